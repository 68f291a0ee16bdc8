"""duckdb, set up so that equal input gives equal bytes, in bounded memory, on any machine."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from subsim.basics.atomic_file import atomic_path

_MEMORY = "1GB"
_ROWS_A_GROUP = 20480
"""Rows are kept in memory until so many are written to Parquet at once: ten of duckdb's vectors."""
_FORMS = {
    ".parquet": f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_A_GROUP}",
    ".csv": "FORMAT csv, HEADER true, DELIMITER {separator}",
}
"""How a file is written, by the ending of its name."""


def database(temporary: str = "") -> duckdb.DuckDBPyConnection:
    """A database in memory; one thread keeps the order of rows, and what is too large spills to that folder, if any."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "preserve_insertion_order": True,
            "memory_limit": _MEMORY,
            "temp_directory": temporary,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    connection.execute("SET enable_progress_bar = false")  # it would be printed among the results
    return connection


def write_rows(query: str, path: Path, temporary: Path, separator: str = ",", rows: Any = None) -> None:
    """Write the rows of a query as Parquet or CSV, whole or not at all; OSError where they cannot be.

    The query may name `rows`, which are read from Arrow.
    """
    form = _FORMS[path.suffix].format(separator=literal(separator))
    with atomic_path(path) as unfinished, database(str(temporary)) as connection:
        if rows is not None:
            connection.register("rows", rows)
        try:
            with interruptible():
                whole = literal(str(unfinished.absolute()))
                connection.execute(f"COPY ({query}) TO {whole} ({form}, USE_TMP_FILE false)")
        except duckdb.Error as error:
            raise OSError(errno.EIO, first_line(error), str(path)) from None


@contextmanager
def interruptible() -> Iterator[None]:
    """Let an interrupt be one: duckdb makes a RuntimeError of it."""
    try:
        yield
    except RuntimeError as error:
        if "interrupted" in str(error):
            raise KeyboardInterrupt from None
        raise


def columns_as(types: dict[str, str]) -> str:
    """The columns that a reader of NDJSON is told, by their types."""
    return "{" + ", ".join(f"{quoted(name)}: {literal(kind)}" for name, kind in types.items()) + "}"


def struct(types: dict[str, str]) -> str:
    """The type of a structure with these fields."""
    return "STRUCT(" + ", ".join(f"{quoted(name)} {kind}" for name, kind in types.items()) + ")"


def literal(text: str) -> str:
    """The text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """The name of a column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def file_named(path: Path) -> str:
    """The file in SQL, whatever its name: duckdb reads `*`, `?` and `[` as patterns, and `s3:` as another machine."""
    return literal(re.sub(r"([*?\[])", r"[\1]", str(path.absolute())))


def first_line(error: Exception) -> str:
    """What duckdb says, without its hints to the writers of SQL."""
    return str(error).partition("\n")[0]
