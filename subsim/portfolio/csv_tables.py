"""Tables as CSV, which duckdb writes."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from subsim.portfolio.arrow import Batch, rows_as_batch
from subsim.portfolio.arrow_json import nested_as_text
from subsim.portfolio.columns import MONEY, TEXT, Column, Columns, Dialect
from subsim.portfolio.database import literal, quoted, write_rows

_FORMULA, _GUARD = r"^[=+\-@\t\r]", "'"
"""How a cell begins that a spreadsheet takes for a formula, and what keeps it from that."""


def write_csv(batches: Iterator[Batch], path: Path, columns: Columns, temporary: Path, csv: Dialect) -> None:
    """Write the rows as CSV, whole or not at all; OSError where that fails.

    A nested value is JSON. A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    cells = ", ".join(_cell(*each, csv) for each in columns.items())
    schema = nested_as_text(rows_as_batch([], columns)).schema
    rows = pa.RecordBatchReader.from_batches(schema, map(nested_as_text, batches))
    write_rows(f"SELECT {cells} FROM rows", path, temporary, ";" if csv == "danish" else ",", rows=rows)


def _cell(name: str, column: Column, csv: Dialect) -> str:
    """The expression that writes a column in CSV."""
    written = quoted(name)
    if column == TEXT:
        formula = f"regexp_matches({written}, {literal(_FORMULA)})"
        written = f"CASE WHEN {formula} THEN {literal(_GUARD)} || {written} ELSE {written} END"
    elif column == MONEY and csv == "danish":
        written = f"replace({written}::VARCHAR, '.', ',')"
    return f"{written} AS {quoted(name)}"
