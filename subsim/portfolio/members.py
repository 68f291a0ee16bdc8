"""Reads one line of NDJSON as the record of a member, or rejects it with its reason.

msgspec reads a line quickly into Structs, made from the classes of the events and of the person. They have the same
names, attributes and values; only the class differs. A line that is rare or faulty is read again by the reader of
scenario files, which alone has all rules of the format and the messages of faults.
"""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Mapping_
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Literal

import msgspec
from attrs import Factory, evolve, field, frozen
from msgspec.structs import force_setattr

from subsim.basics.dates import Day
from subsim.basics.faults import Faults, InputError, InputErrors, Place, printable, quote
from subsim.basics.names import checked_name
from subsim.basics.notation import FIRST_DAY, LAST_DAY
from subsim.basics.texts import Message, Plural, join_messages
from subsim.files.annotations import Moment, TimelineEvent
from subsim.files.checks import check
from subsim.files.data_checks import check_data
from subsim.files.doubts import Doubt
from subsim.files.json_nodes import json_value
from subsim.files.keys import keys_of, kind_of
from subsim.files.kinds import EnumKind, Key, NullableKind, ScalarKind, ValueKind
from subsim.files.one_world import one_world
from subsim.files.reader import TreeReader
from subsim.files.scalars import ITEM, PACKAGE, SUBSCRIPTION
from subsim.files.scenario import Scenario, doubts_of
from subsim.files.yaml_nodes import DEEPEST, Entry, Mapping, Node, Scalar, Sequence
from subsim.membership.events import (
    EVENTS,
    Amount,
    Announcement,
    Event,
    GiveNotice,
    MemberId,
    PackageName,
    Terminate,
    Withdraw,
)
from subsim.membership.facts import Facts, Person
from subsim.portfolio.keys import has_each_key_once, has_unique_keys, keys_twice
from subsim.portfolio.plain_lines import is_plain
from subsim.portfolio.records import TOO_LONG
from subsim.rules.termination import ORDINARY
from subsim.terms.policies import Policy

LONGEST_LINE = 10_000_000
"""The most bytes of a line."""
_MOST_LISTED = 5
_REMEMBERED = 1 << 14
"""The number of texts kept with their values, which bounds memory."""


class Rejected(Exception):  # noqa: N818 - a rejected record is a result, not an error of the program
    """A record that cannot be replayed, and why: as a message, and as the text that tables have."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message
        self.reason = printable(str(message))


@frozen(kw_only=True)
class MemberRecord:
    """The keys of a line: the person, and his events without the announcements to all.

    `doubts` are the events in doubt; a record that is replayed has none. `numbers` are the places of its events in the
    line, from 1, where assumptions have moved events or left some out.
    """

    member: Person = Factory(Person)
    timeline: tuple[TimelineEvent, ...]
    doubts: tuple[Doubt, ...] = field(default=(), metadata={"in_file": False})
    numbers: tuple[int, ...] = field(default=(), metadata={"in_file": False})

    def number(self, place: int) -> int:
        """The number in the line, from 1, of the event at a place of the timeline, from 1."""
        return self.numbers[place - 1] if self.numbers else place


class Reader:
    """Reads lines under one price list, and under a policy of personal data, if there is one.

    `as_events` gives events instead of Structs with the same attributes. `assume` settles facts in doubt, by their
    names; None leaves them in doubt. `met` has the names of those that some record had.
    """

    def __init__(
        self,
        prices: dict[PackageName, Amount],
        policy: Policy | None = None,
        *,
        as_events: bool = False,
        assume: Mapping_[str, str | bool] | None = MappingProxyType({}),
    ) -> None:
        self._prices, self._policy = prices, policy
        self.assume, self.met = assume, set[str]()
        self._decode = _decoder(tuple(prices)).decode if prices and not as_events else None

    def record(self, line: bytes) -> MemberRecord:
        """The record in a line; raises Rejected. A key that is there twice is left to `checked`."""
        record = self._quickly(line)
        return self._thoroughly(line) if record is None else record

    def checked(self, line: bytes) -> MemberRecord:
        """The record in a line, or Rejected also where a key is there twice."""
        record = self._quickly(line)
        if record is not None and (has_each_key_once(line, record) or has_unique_keys(line)):
            return record
        return self._thoroughly(line)

    def _quickly(self, line: bytes) -> MemberRecord | None:
        """The record as Structs; None where that is not sure."""
        if self._decode is None:
            return None
        try:
            record: MemberRecord = self._decode(line)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        born = record.member.born
        return record if (born is None or FIRST_DAY <= born <= LAST_DAY) and is_plain(record.timeline) else None

    def _thoroughly(self, line: bytes) -> MemberRecord:
        if line == TOO_LONG:
            raise Rejected(Message("the line is longer than {bound:,} bytes", bound=LONGEST_LINE))
        record = read_thoroughly(line, self._prices, self._policy)
        if self.assume is None or not record.doubts:
            return record
        self.met.update(doubt.id for doubt in record.doubts if doubt.id in self.assume)
        return _settled(record, self._prices, self.assume)


# The quick reading

_RARE = Announcement.__args__
"""The events that a line seldom has, and whose fields have rules between them: it is always read thoroughly."""
_LEFT_OUT: dict[type[Event], tuple[str, ...]] = {Withdraw: ("sent",), Terminate: ("settlement",)}
"""Fields that may not always be given: no Struct has them, and a line that gives one is read thoroughly."""
_DENIALS = ("trial_price_told", "solicited")
"""Fields of a sign-up that may be given as false only, and not always: `is_plain` judges that."""


class _Digits(str):
    """A number as written, since no float ever holds money."""

    __slots__ = ()


class _Read(type):
    """A type that msgspec has read for every value, which so is never of that type."""

    read: Callable[[Any], Any]
    """The value as the thorough reading has it; ValueError is doubt."""
    __instancecheck__ = id  # type: ignore[assignment] # any value will do, and no id is 0: quicker than a method


@lru_cache(_REMEMBERED, typed=True)
def _value(kind: _Read, value: Any) -> Any:
    """The value of a kind: msgspec asks here without a call of the type between."""
    return kind.read(value)


def _read_as(read: Callable[[str], Any], bare: bool = False) -> _Read:
    """The type of a value that is read so."""

    def value_of(value: Any) -> Any:
        if type(value) is str and not bare:
            return read(value)
        if type(value) in (int, _Digits):
            return read(str(value))
        raise ValueError

    return _Read("Read", (), {"read": staticmethod(value_of)})


def _denial(value: Any) -> bool:
    if value is not False:
        raise ValueError
    return False


_DENIAL = _Read("Denial", (), {"read": staticmethod(_denial)})
"""What may be given as false only."""


@cache
def _decoder(packages: tuple[PackageName, ...]) -> "msgspec.json.Decoder[Any]":
    """The decoder of a line whose packages are these."""
    types: dict[ValueKind, Any] = {kind_of(bool): bool, kind_of(Moment): Day, PACKAGE: Literal[packages]}
    types |= {name: _read_as(_plain_name) for name in (SUBSCRIPTION, ITEM)}
    union: Any = None
    for shape in EVENTS.values():
        if shape not in _RARE:
            union = union | _event(shape, types) if union else _event(shape, types)
    of_person = {kind_of(Day): Day, kind_of(MemberId): str | int}
    person = _struct("Person", keys_of(Person).values(), types | of_person, {"__post_init__": _check_id})
    fields: list[Any] = [("timeline", tuple[union, ...]), ("member", person, Person())]
    record = msgspec.defstruct(
        "Record",
        fields,
        namespace={"doubts": (), "number": _as_it_is},
        gc=False,
        frozen=True,
        forbid_unknown_fields=True,
        omit_defaults=True,
    )
    return msgspec.json.Decoder(record, dec_hook=_value, float_hook=_Digits)


def _check_id(person: Any) -> None:
    """Make the id a checked text; hardly any comes twice, so none is remembered."""
    id = person.id
    if id is not None and not (type(id) is str and id.isalnum()):
        force_setattr(person, "id", checked_name(str(id)))


def _as_it_is(_record: Any, place: int) -> int:
    """The place of an event of a record without doubts: its own."""
    return place


def _event(shape: type[Event], types: dict[ValueKind, Any]) -> Any:
    """The Struct of an event; `subscription` is None where the event has none, so that each has the attribute."""
    namespace: dict[str, Any] = {"name": shape.name}
    keys = {name: key for name, key in keys_of(shape).items() if name != "event"}
    if "subscription" not in keys:
        namespace["subscription"] = None
    for name in _LEFT_OUT.get(shape, ()):
        namespace[name] = keys.pop(name).default
    if shape is GiveNotice:
        namespace["__post_init__"] = _doubt_wish
    return _struct(shape.__name__, keys.values(), types, namespace, shape.name)


def _struct(
    name: str,
    keys: Iterable[Key],
    types: dict[ValueKind, Any],
    namespace: dict[str, Any] | None = None,
    tag: str | None = None,
) -> Any:
    fields: list[Any] = []
    for key in keys:
        kind = _DENIAL if key.name in _DENIALS else _type(key.kind, types)
        fields.append((key.name, kind) if key.required else (key.name, kind, _default(key)))
    return msgspec.defstruct(
        name,
        fields,
        namespace=namespace,
        tag=tag,
        tag_field=tag and "event",
        kw_only=True,
        gc=False,
        frozen=True,
        forbid_unknown_fields=True,
        omit_defaults=True,
    )


def _default(key: Key) -> Any:
    """The default of a key; a word as an object of its own, so that the same word is not omitted where it was given."""
    is_word = isinstance(key.default, str) and not isinstance(key.kind, ScalarKind)
    return key.default.encode().decode() if is_word else key.default


def _type(kind: ValueKind, types: dict[ValueKind, Any]) -> Any:
    """The type as which msgspec decodes a value of this kind; `types` has the types made so far."""
    match kind:
        case EnumKind(words):
            return Literal[words]
        case NullableKind(inner):
            return _type(inner, types) | None
        case ScalarKind() if kind not in types:
            types[kind] = _read_as(kind.read, kind.bare)
    return types[kind]


def _plain_name(text: str) -> str:
    """A name that cannot look like another one of the record; any other is doubt."""
    if not text.isascii():
        raise ValueError
    return checked_name(text)


def _doubt_wish(notice: GiveNotice) -> None:
    """The wish for an end goes with one ground only, which is for the thorough reading to judge."""
    if notice.wanted_end is not None and notice.ground != ORDINARY:
        raise ValueError


# The thorough reading


_JSON: "msgspec.json.Decoder[Any]" = msgspec.json.Decoder(float_hook=_Digits)


def read_thoroughly(line: bytes, prices: dict[PackageName, Amount], policy: Policy | None = None) -> MemberRecord:
    """The record as the reader of scenario files has it; raises Rejected with all its faults."""
    try:
        value = _JSON.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Rejected(_no_json(line)) from None
    if isinstance(value, dict) and "id" in value:
        raise Rejected(
            Message(
                "the id of a member stands under member: write {form}", form='{"member": {"id": "1"}, "timeline": …}'
            )
        )
    try:
        root = _record_node(value)
    except ValueError as fault:
        raise Rejected(fault.args[0]) from None
    faults = Faults("", "")
    for place, key in keys_twice(line):
        where = Place(1 if place is None else place + 2, 1)
        faults.add(where, Message("{key} is given twice", key=quote(key)), Message("keep one of the two"))
    reader = TreeReader(faults)
    try:
        record = reader.read(root, kind_of(MemberRecord), Message("a record"))
        check(reader, prices)
        check_data(reader, policy)
        if faults:
            raise faults.as_errors()
    except InputErrors as errors:
        raise Rejected(_reason(errors.errors)) from None
    assert isinstance(record, MemberRecord)
    return evolve(record, doubts=tuple(doubts_of(reader.events)))


def _settled(
    record: MemberRecord, prices: dict[PackageName, Amount], assume: Mapping_[str, str | bool]
) -> MemberRecord:
    """The only possible course of events of a record under the assumptions; Rejected where there are several."""
    facts = Facts(person=record.member, prices=prices, timeline=record.timeline)
    places = tuple(Place(number, 1) for number in range(1, len(record.timeline) + 1))
    whole = Scenario(source="", sentence="", facts=facts, doubts=record.doubts, places=places)
    try:
        world = one_world(whole.assuming(assume))
    except InputErrors as errors:
        raise Rejected(_reason(errors.errors)) from None
    except ValueError as fault:
        raise Rejected(fault.args[0]) from None
    numbers = tuple(place.line for place in world.places)
    return MemberRecord(member=record.member, timeline=world.facts.timeline, numbers=numbers)


def _record_node(value: Any) -> Node:
    """The tree of a record; the place of an event is its number in the timeline plus 1, in place of a line."""
    root = _node(value, Place(1, 1), 1)
    timeline = value.get("timeline") if isinstance(value, dict) else None
    if isinstance(root, Mapping) and isinstance(timeline, list):
        items = tuple(_node(event, Place(number, 1), 3) for number, event in enumerate(timeline, start=2))
        key = Scalar("timeline", False, root.place)
        return Mapping(root.entries | {"timeline": Entry(key, Sequence(items, root.place))}, root.place)
    return root


def _node(value: Any, place: Place, depth: int) -> Node:
    if depth > DEEPEST:
        raise ValueError(Message("more than {bound} levels of nesting", bound=DEEPEST))
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


def _no_json(line: bytes) -> Message:
    """Why the line is not JSON, as the decoder of JSON says it; it is the only line that the decoder sees."""
    try:
        json_value(line.decode().rstrip("\r\n"))
    except UnicodeDecodeError as error:
        byte = f"0x{line[error.start]:02x}"
        return Message("the line has the byte {byte}, expected UTF-8 text", byte=byte)
    except ValueError as fault:
        found = fault.args[0].values
        if "column" in found:
            return Message("not JSON: column {column}: {why}", column=found["column"], why=found["why"])
        return Message("not JSON: {why}", why=fault.args[0])
    return Message("this is no JSON")


def _reason(errors: tuple[InputError, ...]) -> Message:
    parts = list(map(_fault, errors[:_MOST_LISTED]))
    if more := len(errors) - len(parts):
        parts.append(Plural("and {n} more", "and {n} more", n=more))
    return join_messages(parts)


def _fault(error: InputError) -> Message:
    words = with_remedy(error.text, error.advice)
    return words if error.line == 1 else event_fault(error.line - 1, words)


def with_remedy(fault: Message, remedy: Message | None) -> Message:
    """A fault, with its remedy in brackets."""
    return fault if remedy is None else Message("{fault} ({remedy})", fault=fault, remedy=remedy)


def event_fault(number: int, words: Message) -> Message:
    """A fault at an event of the timeline, by its number from 1."""
    return Message("event {number}: {words}", number=number, words=words)
