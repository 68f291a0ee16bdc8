"""Members in Parquet: one event a row, the rows of a member one after the other, the members in the order of their ids.

The rows of a member become the JSON of a record, which is read like any other. duckdb writes it, value by value as
text, so that no amount is ever a float.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from subsim.basics.faults import InputErrors, quote
from subsim.basics.texts import Message
from subsim.portfolio.database import (
    columns_as,
    database,
    file_named,
    first_line,
    interruptible,
    quoted,
    struct,
    write_rows,
)
from subsim.portfolio.records import Members, fault, unreadable
from subsim.portfolio.rows import (
    LIST,
    MEMBER,
    NAMED,
    PRICES,
    TEXT,
    Field,
    check_columns,
    fields_of_events,
    fields_of_member,
    records,
)

_BATCH = 2048

# Reading


@contextmanager
def parquet_members(path: Path) -> Iterator[Members]:
    """The members of a Parquet file as a stream; InputErrors where the format, columns or order are wrong."""
    with database() as connection:
        with _read_faults(path):
            source = f"read_parquet({file_named(path)}, hive_partitioning = false)"
            described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            total = connection.execute(f"SELECT num_rows FROM parquet_file_metadata({file_named(path)})").fetchall()
        types = {name: kind for name, kind, *_ in described}
        _check_columns(path, types)
        with _read_faults(path):
            rows = _Rows(path, connection.execute(_query(source, types)), path.stat().st_size, total[0][0])
        yield Members(records(path, rows), rows.reached)


@contextmanager
def _read_faults(path: Path) -> Iterator[None]:
    try:
        with interruptible():
            yield
    except duckdb.Error as error:
        raise unreadable(path, "Parquet", first_line(error)) from None


class _Rows:
    """The rows of a query, batch by batch, and how much of the file they are."""

    def __init__(self, path: Path, found: duckdb.DuckDBPyConnection, size: int, total: int) -> None:
        self.path, self.found, self.size, self.total, self.read = path, found, size, total, 0

    def __iter__(self) -> Iterator[tuple[Any, str, str | None]]:
        """The id, the JSON of the member's own fields and that of the event, without their braces."""
        with _read_faults(self.path):
            while batch := self.found.fetchmany(_BATCH):
                self.read += len(batch)
                yield from batch

    def reached(self) -> int:
        """The part of the file's bytes that corresponds to the rows read so far."""
        return self.size * self.read // max(1, self.total)


def _check_columns(path: Path, types: dict[str, str]) -> None:
    fields = {field.column: field for field in (*fields_of_member(), *fields_of_events())}
    faults = check_columns(path, types, has_types=True)
    for name, found in types.items():
        expected = TEXT if name == MEMBER else fields[name].type if name in fields else None
        if expected is not None and not re.fullmatch(expected.accepted, found):
            message = Message("the column {name} is {found}", name=quote(name), found=found)
            faults.append(fault(path, message, Message("expected {type}", type=expected.expected)))
    if faults:
        raise InputErrors(faults)


def _query(source: str, types: dict[str, str]) -> str:
    own = [f"""'"id":' || {_json(MEMBER, "VARCHAR")}""", *_pairs(fields_of_member(), types)]
    event = _pairs(fields_of_events(), types)
    return f"SELECT {MEMBER}, concat_ws(',', {', '.join(own)}), concat_ws(',', {', '.join(event)}) FROM {source}"


def _pairs(fields: Iterable[Field], types: dict[str, str]) -> list[str]:
    """The key and the value of each field; null where the row has none, which `concat_ws` leaves out."""
    return [
        f"""'"{field.key}":' || {_json(field.column, types[field.column])}"""
        for field in fields
        if field.column in types
    ]


def _json(column: str, found: str) -> str:
    """The JSON of a column's values, numbers digit by digit as they are."""
    name = quoted(column)
    if found == "VARCHAR[]":
        return f"to_json({name})"
    if found.startswith("MAP"):
        return f"to_json({name}::MAP(VARCHAR, VARCHAR))"
    if found in ("VARCHAR", "JSON") and _is_nested(column):
        return f"CASE WHEN json_valid({name}) THEN {name}::VARCHAR ELSE to_json({name}::VARCHAR) END"
    if found in ("VARCHAR", "DATE"):
        return f"to_json({name}::VARCHAR)"
    return f"{name}::VARCHAR"


def _is_nested(column: str) -> bool:
    return any(field.column == column and field.type in (LIST, NAMED, PRICES) for field in fields_of_events())


# Writing

_RANGE = re.compile(rb'"date": *"\d{4}-\d\d-\d\d\.\.')


def _has_ranges(lines: Path) -> bool:
    """Whether some event may have been on one of several days, which no DATE can hold."""
    with lines.open("rb") as file:
        return any(_RANGE.search(line) for line in file)


def write_parquet_members(lines: Path, path: Path, temporary: Path) -> None:
    """Write members in NDJSON as Parquet, whole or not at all; OSError where that fails."""
    own, of_events = fields_of_member(), fields_of_events()
    if _has_ranges(lines):
        of_events = tuple(field._replace(type=TEXT) if field.key == "date" else field for field in of_events)
    types = {
        "member": struct({"id": "VARCHAR"} | {field.key: field.type.written for field in own}),
        "timeline": struct({field.key: field.type.written for field in of_events}) + "[]",
    }
    columns = [f"member.id AS {MEMBER}", *(f"member.{quoted(field.key)}" for field in own)]
    columns += [f"event.{quoted(field.key)} AS {quoted(field.column)}" for field in of_events]
    source = f"read_ndjson({file_named(lines)}, columns = {columns_as(types)}, dateformat = '%Y-%m-%d')"
    write_rows(
        f"SELECT {', '.join(columns)} FROM (SELECT member, unnest(timeline) AS event FROM {source})", path, temporary
    )
