"""The tables of a job, put together from the rows of its parts."""

from pathlib import Path

from subsim.portfolio.columns import Column, Columns, ListOf
from subsim.portfolio.database import columns_as, file_named, struct, write_rows
from subsim.portfolio.files import concatenate

_LONGEST_ROW = 1 << 24
"""The most bytes of a row of JSON that duckdb reads unless it is told."""


def write_table(parts: list[Path], path: Path, columns: Columns, temporary: Path) -> None:
    """Write the rows in these files of NDJSON as one table, whole or not at all; OSError where it cannot be.

    duckdb reads them from one file, so that its groups of rows are the same however the parts were cut.
    """
    rows = temporary / "rows.ndjson"
    concatenate(parts, rows)
    of_column = _type if path.suffix == ".parquet" else _type_of_text
    types = columns_as({name: of_column(column) for name, column in columns.items()})
    longest = max(map(_longest, parts), default=_LONGEST_ROW)
    options = f"columns = {types}, dateformat = '%Y-%m-%d', maximum_object_size = {longest}"
    write_rows(f"SELECT * FROM read_ndjson({file_named(rows)}, {options})", path, temporary)
    rows.unlink()


def _type(column: Column) -> str:
    if isinstance(column, str):
        return column
    if isinstance(column, ListOf):
        return f"{_type(column.columns)}[]"
    return struct({name: _type(each) for name, each in column.items()})


def _type_of_text(column: Column) -> str:
    """What is nested stays the JSON that it is."""
    return column if isinstance(column, str) else "JSON"


def _longest(part: Path) -> int:
    """The bytes of the longest row of a file, or what duckdb reads anyway."""
    if part.stat().st_size < _LONGEST_ROW:
        return _LONGEST_ROW
    with part.open("rb") as rows:
        return max(_LONGEST_ROW, *map(len, rows))
