"""The results of the members of a part, kept as columns until some are written."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from subsim.portfolio.arrow import Batch, rows_as_batch
from subsim.portfolio.columns import Columns
from subsim.portfolio.sums import Sums

Rows = dict[str, list[Any]]
"""Of each table some rows: their values are as JSON has them, or days or messages."""
Found = TypeVar("Found", contravariant=True)


class Sheets(Protocol[Found]):
    """The tables of a job, with the rows that are not written yet."""

    def add(self, found: Found) -> None:
        """Add what was found of a member."""

    def take(self, sums: Sums) -> dict[str, Batch]:
        """The rows of each table since the last time; what only the columns tell is added to the sums."""


class RowSheets:
    """Tables whose rows are given as dicts."""

    def __init__(self, tables: Mapping[str, Columns]) -> None:
        self._tables = tables
        self._rows: Rows = {name: [] for name in tables}

    def add(self, found: Rows) -> None:
        """Add some rows."""
        for table, rows in found.items():
            self._rows[table] += rows

    def take(self, _sums: Sums) -> dict[str, Batch]:
        """The rows of each table since the last time."""
        found = {name: rows_as_batch(self._rows[name], columns) for name, columns in self._tables.items()}
        self._rows = {name: [] for name in self._tables}
        return found
