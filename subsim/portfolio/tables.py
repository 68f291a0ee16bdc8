"""The tables of a job, put together from the rows of its parts."""

from pathlib import Path

from subsim.portfolio.columns import MONEY, TEXT, Column, Columns, Dialect, ListOf
from subsim.portfolio.database import columns_as, file_named, literal, quoted, struct, write_rows
from subsim.portfolio.files import concatenate

_LONGEST_ROW = 1 << 24
"""The most bytes of a row of JSON that duckdb reads unless it is told."""
_FORMULA, _GUARD = r"^[=+\-@\t\r]", "'"
"""How a cell begins that a spreadsheet takes for a formula, and what keeps it from that."""


def write_table(
    parts: list[Path], path: Path, columns: Columns, temporary: Path, csv: Dialect = "international"
) -> None:
    """Write the rows in these files of NDJSON as one table, whole or not at all; OSError where it cannot be.

    In CSV a text that a spreadsheet would take for a formula has an apostrophe before it. duckdb reads the rows from
    one file, so that its groups of rows are the same however the parts were cut.
    """
    rows = temporary / "rows.ndjson"
    concatenate(parts, rows)
    of_column = _type if path.suffix == ".parquet" else _type_of_text
    types = columns_as({name: of_column(column) for name, column in columns.items()})
    longest = max(map(_longest, parts), default=_LONGEST_ROW)
    options = f"columns = {types}, dateformat = '%Y-%m-%d', maximum_object_size = {longest}"
    cells = "*" if path.suffix == ".parquet" else ", ".join(_cell(*each, csv) for each in columns.items())
    separator = ";" if csv == "danish" else ","
    write_rows(f"SELECT {cells} FROM read_ndjson({file_named(rows)}, {options})", path, temporary, separator)
    rows.unlink()


def _cell(name: str, column: Column, csv: Dialect) -> str:
    """What is written of a column in CSV."""
    written = quoted(name)
    if column == TEXT:
        formula = f"regexp_matches({written}, {literal(_FORMULA)})"
        written = f"CASE WHEN {formula} THEN {literal(_GUARD)} || {written} ELSE {written} END"
    elif column == MONEY and csv == "danish":
        written = f"replace({written}::VARCHAR, '.', ',')"
    return f"{written} AS {quoted(name)}"


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
