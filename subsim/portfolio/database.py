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
"""The rows written to Parquet at once: ten vectors of duckdb."""
_FORMS = {
    ".parquet": f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_A_GROUP}",
    ".csv": "FORMAT csv, HEADER true, DELIMITER {separator}",
}
"""By ending of a name the options to write the file."""


def database(temporary: str = "") -> duckdb.DuckDBPyConnection:
    """A database in memory with one thread, which keeps the order of rows; large data go to `temporary`, if given."""
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
    """Pass on an interrupt, which duckdb turns into a RuntimeError."""
    try:
        yield
    except RuntimeError as error:
        if "interrupted" in str(error):
            raise KeyboardInterrupt from None
        raise


def columns_as(types: dict[str, str]) -> str:
    """The columns of a reader of NDJSON, by their types."""
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
    """A file in SQL. duckdb reads `*`, `?` and `[` in a name as patterns, and `s3:` as another machine."""
    return literal(re.sub(r"([*?\[])", r"[\1]", str(path.absolute())))


def first_line(error: Exception) -> str:
    """The first line of duckdb's message, without its hints about SQL."""
    return str(error).partition("\n")[0]
