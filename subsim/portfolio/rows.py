"""Members as rows, one event a row: the columns, and the records of members made from rows.

Parquet and CSV have this form. The columns are made from the classes of the format. The rows of a member follow one
another, and the members are in the order of their ids, so that no member is read as two.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from subsim.basics.dates import Day
from subsim.basics.faults import InputError, InputErrors, nearest, quote
from subsim.basics.texts import Message, join_words
from subsim.files.annotations import Moment
from subsim.files.keys import keys_in_timeline, keys_of, kind_of
from subsim.files.kinds import ListKind, MappingKind, NullableKind, RecordKind, ValueKind
from subsim.membership.data_events import EVERY_EVENT
from subsim.membership.events import Amount, Count, KnownDay, Paid, SignedAmount, SignUp
from subsim.membership.facts import Person
from subsim.portfolio.members import LONGEST_LINE
from subsim.portfolio.records import TOO_LONG, fault

MEMBER = "member"
"""The column of the member's id."""
NEEDED = (MEMBER, "date", "event")

_WHOLE = "U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?"
_AMOUNT = rf"DECIMAL\(\d+,[0-2]\)|{_WHOLE}|VARCHAR"
_TEXT_OF_JSON = "VARCHAR|JSON"


class Type(NamedTuple):
    """The type of a column: its name in SQL, the types that may be read as it, and these in words."""

    written: str
    accepted: str
    expected: Message


TEXT = Type("VARCHAR", f"VARCHAR|{_WHOLE}", Message("VARCHAR or whole numbers"))
_DATE = Type("DATE", "DATE|VARCHAR", join_words(("DATE", "VARCHAR")))
_MONEY = Type("DECIMAL(11,2)", _AMOUNT, Message("DECIMAL with at most two decimals, or VARCHAR"))
_TYPES: dict[ValueKind, Type] = {
    kind_of(bool): Type("BOOLEAN", "BOOLEAN", join_words(["BOOLEAN"])),
    kind_of(Count): Type("INTEGER", _WHOLE, Message("whole numbers")),
    **dict.fromkeys(map(kind_of, (Amount, Paid, SignedAmount)), _MONEY),
    kind_of(Day): _DATE,
    kind_of(KnownDay): _DATE,
    kind_of(Moment): _DATE,
}
"""The types of single values; any other is text."""
LIST = Type("VARCHAR[]", rf"VARCHAR\[\]|{_TEXT_OF_JSON}", Message("a list of VARCHAR, or JSON as VARCHAR"))
PRICES = Type(
    "MAP(VARCHAR, DECIMAL(11,2))",
    rf"MAP\(VARCHAR, ({_AMOUNT})\)|{_TEXT_OF_JSON}",
    Message("a map of VARCHAR to DECIMAL with at most two decimals, or JSON as VARCHAR"),
)


NAMED = Type("JSON", _TEXT_OF_JSON, Message("JSON as VARCHAR"))


class Field(NamedTuple):
    """A field of the member or of his events: its column, its key in JSON, and its type."""

    column: str
    key: str
    type: Type


@cache
def fields_of_member() -> tuple[Field, ...]:
    """The fields of the member other than his id."""
    return tuple(Field(key.name, key.name, _type(key.kind)) for key in keys_of(Person).values() if key.name != "id")


@cache
def fields_of_events() -> tuple[Field, ...]:
    """The fields of all events, in the order of the format; a name that the member has too is prefixed by its event."""
    own = {field.column for field in fields_of_member()}
    found: dict[str, Field] = {}
    for event in EVERY_EVENT.values():
        for key in keys_of(event).values():
            column = f"{event.name}_{key.name}" if key.name in own else key.name
            found.setdefault(column, Field(column, key.name, _type(key.kind)))
    disputed = keys_in_timeline(EVERY_EVENT[SignUp.name])["disputed"]
    return (*found.values(), Field(disputed.name, disputed.name, _type(disputed.kind)))


def _type(kind: ValueKind) -> Type:
    match kind:
        case NullableKind(inner):
            return _type(inner)
        case ListKind():
            return LIST
        case MappingKind():
            return PRICES
        case RecordKind():
            return NAMED
        case _:
            return _TYPES.get(kind, TEXT)


def check_columns(name: Path | str, found: Iterable[str], *, has_types: bool) -> list[InputError]:
    """The faults of names of columns: those missing, and those unknown.

    Of a file whose columns have types the missing type is named too.
    """
    known = {MEMBER: TEXT} | {field.column: field.type for field in (*fields_of_member(), *fields_of_events())}
    columns = list(found)
    faults = []
    for each in NEEDED:
        if each not in columns:
            remedy = (
                Message("expected {type}", type=known[each].expected)
                if has_types
                else Message("each row needs {columns}", columns=join_words(NEEDED, "and"))
            )
            faults.append(fault(name, Message("the column {name} is missing", name=quote(each)), remedy))
    for each in columns:
        if each not in known:
            meant = nearest(each, known) or Message("there are {words}", words=join_words(known, "and"))
            faults.append(fault(name, Message("no column is called {name}", name=quote(each)), meant))
    return faults


def records(path: Path | str, rows: Iterable[tuple[Any, str, str | None]]) -> Iterator[bytes]:
    """The record of each member, from rows of his id, the JSON of his own fields, and that of the event.

    The JSON is without braces. InputErrors where a row has no id, or its id is smaller than the one before.
    """
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
    """The record of one member; TOO_LONG where his rows are longer than a line may be."""
    persons, events, length = dict[str, None](), list[str](), 0
    for _, person, event in rows:
        if length < LONGEST_LINE:
            if person not in persons:
                persons[person] = None
                length += len(person)
            if event:
                events.append(f"{{{event}}}")
                length += len(event)
    if length >= LONGEST_LINE:
        return TOO_LONG
    return f'{{"member":{_member(persons)},"timeline":[{",".join(events)}]}}'.encode()


def _member(persons: Iterable[str]) -> str:
    """The member's own fields; one with two values becomes a list of them, which the reader refuses."""
    only, *others = persons
    if not others:
        return f"{{{only}}}"
    values: dict[str, list[Any]] = {}
    for person in (only, *others):
        for key, value in msgspec.json.decode(f"{{{person}}}").items():
            if value not in values.setdefault(key, []):
                values[key].append(value)
    return msgspec.json.encode({key: each[0] if len(each) == 1 else each for key, each in values.items()}).decode()
