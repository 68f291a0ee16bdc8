"""Members in Parquet: one event a row, the rows of a member one after the other, the members in the order of their ids.

The columns are made from the classes of the format. A member's rows become the JSON of a record, so that they are read
like any other; duckdb writes it, value by value as text, so that no amount is ever a float.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import msgspec

from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors, nearest, quote
from subsim.basics.texts import Message, join_words
from subsim.files.format import ListKind, MappingKind, Moment, NullableKind, ValueKind, keys_of, kind_of
from subsim.membership.events import EVENTS, Amount, Count, Paid, Person, SignedAmount
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
from subsim.portfolio.members import LONGEST_LINE
from subsim.portfolio.records import Members, fault, unreadable

MEMBER = "member"
"""The column of the member's id."""
_NEEDED = (MEMBER, "date", "event")
_BATCH = 2048

_WHOLE = "U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?"
_AMOUNT = rf"DECIMAL\(\d+,[0-2]\)|{_WHOLE}|VARCHAR"
_TEXT_OF_JSON = "VARCHAR|JSON"


class _Type(NamedTuple):
    """What a column holds: its type as it is written, what it may be when it is read, and this in words."""

    written: str
    accepted: str
    expected: Message


_TEXT = _Type("VARCHAR", f"VARCHAR|{_WHOLE}", Message("VARCHAR or whole numbers"))
_DATE = _Type("DATE", "DATE|VARCHAR", join_words(("DATE", "VARCHAR")))
_MONEY = _Type("DECIMAL(11,2)", _AMOUNT, Message("DECIMAL with at most two decimals, or VARCHAR"))
_TYPES: dict[ValueKind, _Type] = {
    kind_of(bool): _Type("BOOLEAN", "BOOLEAN", join_words(["BOOLEAN"])),
    kind_of(Count): _Type("INTEGER", _WHOLE, Message("whole numbers")),
    **dict.fromkeys(map(kind_of, (Amount, Paid, SignedAmount)), _MONEY),
    kind_of(Day): _DATE,
    kind_of(Moment): _DATE,
}
"""The types of single values; any other is text."""
_LIST = _Type("VARCHAR[]", rf"VARCHAR\[\]|{_TEXT_OF_JSON}", Message("a list of VARCHAR, or JSON as VARCHAR"))
_PRICES = _Type(
    "MAP(VARCHAR, DECIMAL(11,2))",
    rf"MAP\(VARCHAR, ({_AMOUNT})\)|{_TEXT_OF_JSON}",
    Message("a map of VARCHAR to DECIMAL with at most two decimals, or JSON as VARCHAR"),
)


class _Field(NamedTuple):
    """A field of the member or of his events: its column, its key in JSON, and what it holds."""

    column: str
    key: str
    type: _Type


@cache
def _fields_of_member() -> tuple[_Field, ...]:
    """The member's own fields besides his id, which has a column of its own name."""
    return tuple(_Field(key.name, key.name, _type(key.kind)) for key in keys_of(Person).values() if key.name != "id")


@cache
def _fields_of_events() -> tuple[_Field, ...]:
    """The fields of all events, in the order of the format; one that the member himself has is told by its event."""
    own = {field.column for field in _fields_of_member()}
    found: dict[str, _Field] = {}
    for event in EVENTS.values():
        for key in keys_of(event).values():
            column = f"{event.name}_{key.name}" if key.name in own else key.name
            found.setdefault(column, _Field(column, key.name, _type(key.kind)))
    return tuple(found.values())


def _type(kind: ValueKind) -> _Type:
    match kind:
        case NullableKind(inner):
            return _type(inner)
        case ListKind():
            return _LIST
        case MappingKind():
            return _PRICES
        case _:
            return _TYPES.get(kind, _TEXT)


# Reading


@contextmanager
def parquet_members(path: Path) -> Iterator[Members]:
    """The members of a Parquet file as a stream; InputErrors where it is none, or its columns or its order are not."""
    with database() as connection:
        with _faults_told(path):
            source = f"read_parquet({file_named(path)}, hive_partitioning = false)"
            described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            total = connection.execute(f"SELECT num_rows FROM parquet_file_metadata({file_named(path)})").fetchall()
        types = {name: kind for name, kind, *_ in described}
        _check_columns(path, types)
        with _faults_told(path):
            rows = _Rows(path, connection.execute(_query(source, types)), path.stat().st_size, total[0][0])
        yield Members(_records(path, rows), rows.reached)


@contextmanager
def _faults_told(path: Path) -> Iterator[None]:
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
        with _faults_told(self.path):
            while batch := self.found.fetchmany(_BATCH):
                self.read += len(batch)
                yield from batch

    def reached(self) -> int:
        """As many of the file's bytes as the rows are of its rows."""
        return self.size * self.read // max(1, self.total)


def _check_columns(path: Path, types: dict[str, str]) -> None:
    fields = {field.column: field for field in (*_fields_of_member(), *_fields_of_events())}
    expected = {MEMBER: _TEXT} | {name: field.type for name, field in fields.items()}
    faults = [
        fault(
            path,
            Message("the column {name} is missing", name=quote(name)),
            Message("expected {type}", type=each.expected),
        )
        for name, each in expected.items()
        if name in _NEEDED and name not in types
    ]
    for name, found in types.items():
        if name not in expected:
            message = Message("no column is called {name}", name=quote(name))
            remedy = nearest(name, expected) or Message("there are {words}", words=join_words(expected, "and"))
            faults.append(fault(path, message, remedy))
        elif not re.fullmatch(expected[name].accepted, found):
            message = Message("the column {name} is {found}", name=quote(name), found=found)
            faults.append(fault(path, message, Message("expected {type}", type=expected[name].expected)))
    if faults:
        raise InputErrors(faults)


def _query(source: str, types: dict[str, str]) -> str:
    own = [f"""'"id":' || {_json(MEMBER, "VARCHAR")}""", *_pairs(_fields_of_member(), types)]
    event = _pairs(_fields_of_events(), types)
    return f"SELECT {MEMBER}, concat_ws(',', {', '.join(own)}), concat_ws(',', {', '.join(event)}) FROM {source}"


def _pairs(fields: Iterable[_Field], types: dict[str, str]) -> list[str]:
    """The key and the value of each field; null, which `concat_ws` leaves out, where the row has none."""
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
    return any(field.column == column and field.type in (_LIST, _PRICES) for field in _fields_of_events())


def _records(path: Path, rows: Iterable[tuple[Any, str, str | None]]) -> Iterator[bytes]:
    before: Any = None
    for number, (member, of_member) in enumerate(groupby(rows, itemgetter(0)), start=1):
        if member is None:
            message = Message("member number {number} has no id", number=number)
            raise InputErrors([fault(path, message, Message("give each row its member"))])
        if before is not None and member < before:
            message = Message("member {id} stands after {before}", id=quote(f"{member}"), before=quote(f"{before}"))
            remedy = Message("sort the rows by member, and those of a member by the order of the events")
            raise InputErrors([fault(path, message, remedy)])
        before = member
        yield _record(of_member)


def _record(rows: Iterable[tuple[Any, str, str | None]]) -> bytes:
    """The record of one member, which is longer than a line may be where his rows are, but not much longer."""
    persons, events, length = dict[str, None](), list[str](), 0
    for _, person, event in rows:
        if length < LONGEST_LINE:
            if person not in persons:
                persons[person] = None
                length += len(person)
            if event:
                events.append(f"{{{event}}}")
                length += len(event)
    return f'{{"member":{_member(persons)},"timeline":[{",".join(events)}]}}'.encode()


def _member(persons: Iterable[str]) -> str:
    """The member as his rows have him; a field with two values becomes a list of them, which is a fault of its own."""
    only, *others = persons
    if not others:
        return f"{{{only}}}"
    values: dict[str, list[Any]] = {}
    for person in (only, *others):
        for key, value in msgspec.json.decode(f"{{{person}}}").items():
            if value not in values.setdefault(key, []):
                values[key].append(value)
    return msgspec.json.encode({key: each[0] if len(each) == 1 else each for key, each in values.items()}).decode()


# Writing


def write_parquet_members(lines: Path, path: Path, temporary: Path) -> None:
    """Write members in NDJSON as Parquet, whole or not at all; OSError where they cannot be."""
    own, of_events = _fields_of_member(), _fields_of_events()
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
