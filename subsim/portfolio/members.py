"""One line of NDJSON becomes one member's facts, or is rejected with its reason.

A line is read quickly by msgspec, into Structs made from the classes of the events. Whatever that reading is not sure
of, be it wrong or merely rare, is read again by the reader of scenario files, which alone knows the rules of the format
and alone finds the words for a fault.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import msgspec
from attrs import Factory, frozen
from msgspec import UNSET, Raw, UnsetType
from msgspec.structs import astuple

from subsim.events import (
    EVENTS,
    AgreementEvent,
    Amount,
    Announcement,
    ChangePackage,
    Event,
    Facts,
    GiveNotice,
    PackageName,
    Person,
    SignUp,
    SubscriptionEvent,
    Terminate,
)
from subsim.file_checks import check
from subsim.input_errors import Faults, InputError, InputErrors, Place, said
from subsim.shapes import Key, Kind, Nullable, Text, Words, keys_of, kind_of
from subsim.tree_reader import TreeReader
from subsim.yaml_tree import DEEPEST, Entry, Mapping, Node, Scalar, Sequence

LONGEST_LINE = 10_000_000
"""The most bytes of a line."""
_MOST_SHOWN = 5
_RARE = (Terminate, *Announcement.__args__)
"""The events whose fields have rules between them: a line with one is always read thoroughly."""
_REMEMBERED = 1 << 12
"""How many of the texts of one kind are kept with what they are read as; bounded, so that memory is."""


class Rejected(Exception):  # noqa: N818 - a rejected record is a result, not an error of the program
    """A record that cannot be replayed, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = str(reason)  # which msgspec can write, unlike a message that can be told in Danish


@frozen(kw_only=True)
class MemberRecord:
    """The keys of a line."""

    member: Person = Factory(Person)
    timeline: tuple[Event, ...]


def facts_of(line: bytes, prices: dict[PackageName, Amount]) -> Facts:
    """The facts of one line, without the common announcements; raises Rejected."""
    if len(line) >= LONGEST_LINE:
        raise Rejected(f"the line is longer than {LONGEST_LINE} bytes")
    try:
        person, timeline = _read_quickly(line, prices)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        record = _read_thoroughly(line, prices)
        person, timeline = record.member, record.timeline
    return Facts(person=person, prices=prices, timeline=timeline)


# The quick reading


class _Field(NamedTuple):
    """A field of a Struct: its name, what msgspec decodes it as, and how that becomes the value (None: it is)."""

    name: str
    type: Any
    read: Callable[[Any], Any] | None


def decoder() -> "msgspec.json.Decoder[Any]":
    """The decoder of a line into Structs, tagged by the name of the event."""
    return _quick().decoder


class _Quick:
    """The Structs of the format, each with its class and how its fields are read."""

    def __init__(self) -> None:
        plans = [(shape, _fields_of(shape)) for shape in EVENTS.values() if shape not in _RARE]
        structs = [_struct(shape.__name__, fields, tag=shape.name) for shape, fields in plans]
        self.plans = dict(zip(structs, plans, strict=True))
        self.person = _fields_of(Person)
        person = _struct("Person", self.person)
        union: Any = structs[0]
        for struct in structs[1:]:
            union |= struct
        fields: list[Any] = [("timeline", list[union]), ("member", person | UnsetType, UNSET)]
        record = msgspec.defstruct("Record", fields, gc=False, forbid_unknown_fields=True)
        self.decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(record)


@cache
def _quick() -> _Quick:
    return _Quick()


def _struct(name: str, fields: list[_Field], tag: str | None = None) -> Any:
    return msgspec.defstruct(
        name,
        [(field.name, field.type | UnsetType, UNSET) for field in fields],
        tag=tag,
        tag_field=tag and "event",
        gc=False,
        forbid_unknown_fields=True,
    )


def _fields_of(shape: type) -> list[_Field]:
    return [_field(key) for key in keys_of(shape).values() if key.name != "event"]


def _field(key: Key) -> _Field:
    return _Field(key.name, *_quick_kind(key.kind))


def _quick_kind(kind: Kind) -> tuple[Any, Callable[[Any], Any] | None]:
    match kind:
        case Words(words):
            return Literal[words], None
        case Text(schema={"type": "boolean"}):
            return bool, None
        case Text(schema={"type": "string"}):
            return str, lru_cache(_REMEMBERED)(kind.read)
        case Text(schema={"type": ["string", "number"]}):
            return str | int, lru_cache(_REMEMBERED)(lambda value: kind.read(str(value)))
        case Text():
            return Raw, _number_reader(kind)
        case Nullable(inner):
            return _nullable(*_quick_kind(inner))
    raise TypeError(kind)


def _nullable(inner: Any, read: Callable[[Any], Any] | None) -> tuple[Any, Callable[[Any], Any] | None]:
    if inner is Raw:
        assert read is not None
        return Raw, lambda raw: None if bytes(raw) == b"null" else read(raw)
    return inner | None, read and (lambda value: None if value is None else read(value))


def _number_reader(kind: Text) -> Callable[[Raw], Any]:
    """Read a number by its digits as they are written: no float ever holds money."""

    @lru_cache(_REMEMBERED)
    def read(written: bytes) -> Any:
        text = written.decode("ascii")
        quoted = text.startswith('"')
        return _doubt() if quoted and kind.bare else kind.read(text[1:-1] if quoted else text)

    return lambda raw: read(bytes(raw))


def _doubt() -> Any:
    raise ValueError


def _read_quickly(line: bytes, prices: dict[PackageName, Amount]) -> tuple[Person, tuple[Event, ...]]:
    quick = _quick()
    record = quick.decoder.decode(line)
    timeline = []
    for written in record.timeline:
        shape, fields = quick.plans[type(written)]
        timeline.append(_built(shape, fields, written))
    if not _is_plain(timeline, prices):
        _doubt()
    person = Person() if record.member is UNSET else _built(Person, quick.person, record.member)
    return person, tuple(timeline)


def _built(shape: Any, fields: list[_Field], written: Any) -> Any:
    """The value of the class; TypeError, a field that lacks, is doubt."""
    values = {
        field.name: value if field.read is None else field.read(value)
        for field, value in zip(fields, astuple(written), strict=True)
        if value is not UNSET
    }
    try:
        return shape(**values)
    except TypeError:
        return _doubt()


def _is_plain(timeline: list[Event], prices: dict[PackageName, Amount]) -> bool:
    """Whether nothing between the values of a timeline can be wrong; if not, it may yet be right."""
    if any(earlier.date > later.date for earlier, later in pairwise(timeline)):
        return False
    ids = {event.subscription for event in timeline if isinstance(event, SignUp)}
    return len(ids) == 1 and all(_is_plain_event(event, ids, prices) for event in timeline)


def _is_plain_event(event: Event, ids: set[str], prices: dict[PackageName, Amount]) -> bool:
    match event:
        case SubscriptionEvent(subscription=name) if name not in ids:
            return False
        case SignUp(package=package) | ChangePackage(to=package):
            return package in prices
        case GiveNotice(wanted_end=wanted):
            return wanted is None
        case AgreementEvent(subscription=name):
            return name is None or name in ids
        case _:
            return True


# The thorough reading


class _Digits(str):
    """A number as it is written."""

    __slots__ = ()


_JSON: "msgspec.json.Decoder[Any]" = msgspec.json.Decoder(float_hook=_Digits)


def _read_thoroughly(line: bytes, prices: dict[PackageName, Amount]) -> MemberRecord:
    """The record as the reader of scenario files has it; raises Rejected with all its faults."""
    try:
        root = _record_node(_JSON.decode(line))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Rejected(f"not JSON: {error}") from None
    faults = Faults("", "")
    reader = TreeReader(faults)
    try:
        record = reader.read(root, kind_of(MemberRecord), said("a record"))
        check(reader, prices)
        if faults:
            raise faults.as_errors()
    except InputErrors as errors:
        raise Rejected(_reason(errors.errors)) from None
    assert isinstance(record, MemberRecord)
    return record


def _record_node(value: Any) -> Node:
    """The tree of a record; an event's number in the timeline stands in the place of a line, one further."""
    root = _node(value, Place(1, 1), 1)
    timeline = value.get("timeline") if isinstance(value, dict) else None
    if isinstance(root, Mapping) and isinstance(timeline, list):
        items = tuple(_node(event, Place(number, 1), 3) for number, event in enumerate(timeline, start=2))
        key = Scalar("timeline", False, root.place)
        return Mapping(root.entries | {"timeline": Entry(key, Sequence(items, root.place))}, root.place)
    return root


def _node(value: Any, place: Place, depth: int) -> Node:
    if depth > DEEPEST:
        raise ValueError(f"more than {DEEPEST} levels")
    match value:
        case dict():
            entries = {
                key: Entry(Scalar(key, False, place), _node(each, place, depth + 1)) for key, each in value.items()
            }
            return Mapping(entries, place)
        case list():
            return Sequence(tuple(_node(each, place, depth + 1) for each in value), place)
        case _Digits():
            return Scalar(str(value), True, place)
        case str():
            return Scalar(value, False, place)
        case None:
            return Scalar("null", True, place)
        case _:
            return Scalar(str(value).lower(), True, place)


def _reason(errors: tuple[InputError, ...]) -> str:
    parts = list(map(_fault, errors[:_MOST_SHOWN]))
    if len(errors) > _MOST_SHOWN:
        parts.append(f"and {len(errors) - _MOST_SHOWN} more")
    return "; ".join(parts)


def _fault(error: InputError) -> str:
    words = f"{error.message}" if error.remedy is None else f"{error.message} ({error.remedy})"
    return words if error.line == 1 else event_fault(error.line - 1, words)


def event_fault(number: int, words: str) -> str:
    """A fault at an event of the timeline, which are counted from 1."""
    return f"event {number}: {words}"
