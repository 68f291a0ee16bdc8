"""Joins the parts of a table into one file of any format."""

import errno
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, TypeAlias

import pyarrow as pa
from pyarrow._parquet import ParquetWriter  # `pyarrow.parquet` loads file systems and SSL, 4 % of the start of a run

from subsim.basics.atomic_file import atomic_file, atomic_path
from subsim.portfolio.arrow import Batch, schema_of
from subsim.portfolio.columns import Columns, Dialect, Format
from subsim.portfolio.stored_part import batches_in

_ROWS_A_GROUP = 20480
"""So many rows are written to Parquet at once, but for the last: how the parts were cut does not show."""
_PARQUET: dict[str, Any] = {
    "version": "2.6",
    "writer_engine_version": "V2",
    "data_page_version": "1.0",
    "use_dictionary": True,
    "write_statistics": True,
    "compression": "zstd",
    "store_schema": False,
    "store_decimal_as_integer": True,
}
"""How Parquet is written: as `pyarrow.parquet` does unless told otherwise, but for the last three."""

Write: TypeAlias = Callable[[Iterator[Batch], Path, Columns], None]
"""Writes rows as a table, whole or not at all; OSError where it cannot be."""


def writer(to: Format, temporary: Path, csv: Dialect) -> Write:
    """The function that writes tables of this format; ModuleNotFoundError where a library for it is missing."""
    if to == "csv":
        from subsim.portfolio.csv_tables import write_csv  # only CSV needs duckdb

        return partial(write_csv, temporary=temporary, csv=csv)
    return write_parquet if to == "parquet" else write_ndjson


def write_tables(tables: Mapping[Path, tuple[list[Path], Columns]], write: Write, at_once: int) -> None:
    """Write each table from these parts, some at the same time; OSError where one cannot be written."""
    stop = Event()

    def rows(parts: list[Path]) -> Iterator[Batch]:
        for batch in batches_in(parts):
            if stop.is_set():
                raise InterruptedError  # so that it is not there half written
            yield batch

    with ThreadPoolExecutor(at_once) as pool:
        try:
            for each in [
                pool.submit(_write_table, write, rows(parts), path, columns)
                for path, (parts, columns) in tables.items()
            ]:
                each.result()
        finally:
            stop.set()


def _write_table(write: Write, rows: Iterator[Batch], path: Path, columns: Columns) -> None:
    try:
        write(rows, path, columns)
    except pa.ArrowException as error:
        raise OSError(errno.EIO, str(error).partition("\n")[0], str(path)) from None


def write_ndjson(batches: Iterator[Batch], path: Path, _columns: Columns) -> None:
    """Write the rows as NDJSON, whole or not at all."""
    from subsim.portfolio.arrow_json import lines_of  # it is slow to load, and Parquet needs none of it

    with atomic_file(path) as file:
        for batch in batches:
            file.write(lines_of(batch))


def write_parquet(batches: Iterator[Batch], path: Path, columns: Columns) -> None:
    """Write the rows as Parquet, whole or not at all."""
    schema = schema_of(columns)
    with atomic_path(path) as unfinished:
        writer = ParquetWriter(unfinished, schema, **_PARQUET)
        try:
            for group in _groups(batches, schema):
                writer.write_table(group, row_group_size=_ROWS_A_GROUP)
        finally:
            writer.close()


def _groups(batches: Iterator[Batch], schema: Any) -> Iterator[Any]:
    """The rows in groups of equal size, each in one piece of memory."""
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
