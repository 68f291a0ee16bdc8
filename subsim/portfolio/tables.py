"""The tables of a job: parts of them as files of columns, and how these become one file of any format."""

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from subsim.basics.atomic_file import atomic_file, atomic_path
from subsim.portfolio.arrow import Batch, lines_of, nested_as_text, rows_as_batch, schema_of
from subsim.portfolio.columns import MONEY, TEXT, Column, Columns, Dialect
from subsim.portfolio.database import first_line, literal, quoted, write_rows

_ROWS_A_GROUP = 20480
"""So many rows are written to Parquet at once, but for the last: how the parts were cut does not show."""
_FORMULA, _GUARD = r"^[=+\-@\t\r]", "'"
"""How a cell begins that a spreadsheet takes for a formula, and what keeps it from that."""


@contextmanager
def part_written(path: Path, columns: Columns) -> Iterator[Callable[[Batch], object]]:
    """What writes rows to a part of a table, which is there, whole, after the block; OSError where it cannot be."""
    with atomic_file(path) as file, pa.ipc.new_stream(file, schema_of(columns)) as stream:
        yield stream.write_batch


def batches_in(parts: Iterable[Path]) -> Iterator[Batch]:
    """The rows of these parts of a table, in their order."""
    for part in parts:
        with pa.OSFile(str(part)) as file, pa.ipc.open_stream(file) as stream:
            yield from stream


def write_table(
    parts: list[Path], path: Path, columns: Columns, temporary: Path, csv: Dialect = "international"
) -> None:
    """Write the rows of these parts as one table, whole or not at all; OSError where it cannot be.

    The ending of its name says how. In CSV what is nested is JSON, and a text that a spreadsheet would take for a
    formula has an apostrophe before it.
    """
    write: dict[str, Callable[[Iterator[Batch], Path, Columns], None]]
    write = {".ndjson": _as_ndjson, ".parquet": _as_parquet, ".csv": partial(_as_csv, temporary=temporary, csv=csv)}
    try:
        write[path.suffix](batches_in(parts), path, columns)
    except pa.ArrowException as error:
        raise OSError(errno.EIO, first_line(error), str(path)) from None


def _as_ndjson(batches: Iterator[Batch], path: Path, _columns: Columns) -> None:
    with atomic_file(path) as file:
        for batch in batches:
            file.write(lines_of(batch))


def _as_parquet(batches: Iterator[Batch], path: Path, columns: Columns) -> None:
    schema = schema_of(columns)
    options = {"compression": "zstd", "store_schema": False, "store_decimal_as_integer": True}
    with atomic_path(path) as unfinished, pq.ParquetWriter(unfinished, schema, **options) as writer:
        for group in _groups(batches, schema):
            writer.write_table(group, row_group_size=_ROWS_A_GROUP)


def _groups(batches: Iterator[Batch], schema: Any) -> Iterator[Any]:
    """The rows in groups of equal size, each in one piece."""
    held, rows = list[Batch](), 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= _ROWS_A_GROUP:
            table = pa.Table.from_batches(held, schema)
            whole = rows - rows % _ROWS_A_GROUP
            for start in range(0, whole, _ROWS_A_GROUP):
                yield table.slice(start, _ROWS_A_GROUP).combine_chunks()
            rest = table.slice(whole)
            held, rows = rest.to_batches(), rest.num_rows
    if rows:
        yield pa.Table.from_batches(held, schema).combine_chunks()


def _as_csv(batches: Iterator[Batch], path: Path, columns: Columns, temporary: Path, csv: Dialect) -> None:
    cells = ", ".join(_cell(*each, csv) for each in columns.items())
    schema = nested_as_text(rows_as_batch([], columns)).schema
    stopped: list[KeyboardInterrupt] = []

    def flat() -> Iterator[Batch]:
        try:
            yield from map(nested_as_text, batches)
        except KeyboardInterrupt as interrupt:  # duckdb, which asks for the rows, would make another error of it
            stopped.append(interrupt)
            raise

    rows = pa.RecordBatchReader.from_batches(schema, flat())
    try:
        write_rows(f"SELECT {cells} FROM rows", path, temporary, ";" if csv == "danish" else ",", rows=rows)
    except OSError:
        if stopped:
            raise stopped[0] from None
        raise


def _cell(name: str, column: Column, csv: Dialect) -> str:
    """What is written of a column in CSV."""
    written = quoted(name)
    if column == TEXT:
        formula = f"regexp_matches({written}, {literal(_FORMULA)})"
        written = f"CASE WHEN {formula} THEN {literal(_GUARD)} || {written} ELSE {written} END"
    elif column == MONEY and csv == "danish":
        written = f"replace({written}::VARCHAR, '.', ',')"
    return f"{written} AS {quoted(name)}"
