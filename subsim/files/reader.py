"""Reads a tree of located nodes by the classes of the format. Every fault is noted, and reading goes on."""

from functools import cache
from typing import Any, Final

from subsim.basics.faults import Faults, Place, did_you_mean, nearest, nearest_word, quote
from subsim.basics.names import code_of
from subsim.basics.texts import Message, join_words
from subsim.basics.values import frozen, has_fields
from subsim.files.annotations import OneOf
from subsim.files.doubts import Span
from subsim.files.expectation import Ask
from subsim.files.format import PREFIXED, ScenarioFile
from subsim.files.keys import keys_in_timeline, keys_of, kind_of
from subsim.files.kinds import (
    EitherKind,
    EnumKind,
    EventKind,
    FormKind,
    Key,
    ListKind,
    MappingKind,
    NullableKind,
    OneOfKind,
    RecordKind,
    RuleKind,
    ScalarKind,
    TupleKind,
    ValueKind,
)
from subsim.files.scalars import NAMES
from subsim.files.words import word_meant
from subsim.files.yaml_nodes import Entry, FaultyValue, Mapping, Node, Scalar, Sequence
from subsim.membership.data_events import EVERY_EVENT
from subsim.membership.events import Event
from subsim.membership.facts import PRIVATE, Person
from subsim.terms.policies import RULES

FAULTY: Final = object()
"""The result for a value whose fault has been noted."""


@frozen
class FoundRecord:
    """A record of the file: its class (`Event` for an unknown one), and its values without faults.

    Where the date of an event is a range of days, its value is the first of them.
    """

    shape: Any
    values: dict[str, Any]
    node: Mapping
    span: Span | None = None

    @property
    def id(self) -> str | None:
        """The id that names an event in doubt; not a field `id` of its class."""
        return None if "id" in keys_of(self.shape) else self.values.get("id")

    @property
    def last(self) -> Any:
        """The last day on which the event may have been; None where its date has a fault."""
        return self.values.get("date") if self.span is None else self.span.last


@frozen
class Mention:
    """A name of a package, a subscription or an item in the file."""

    kind: ValueKind
    name: str
    place: Place


class TreeReader:
    """Reads nodes by their kinds. Collects the events, the questions, and each name that they mention."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.events: list[FoundRecord] = []
        self.asks: list[FoundRecord] = []
        self.mentions: list[Mention] = []
        self.prefixed: list[tuple[Any, Entry]] = []
        """The readings and numbers whose names belong to a policy, not to the terms."""
        self.meant: set[tuple[Place, str]] = set()
        """The keys for which an unknown key was probably meant, each with the place of its mapping."""

    def read(self, node: Node, kind: ValueKind, what: Message | str) -> Any:
        """The value of a node, FAULTY if it has a fault; `what` names it in messages."""
        match node, kind:
            case FaultyValue(), _:
                return FAULTY
            case _, OneOfKind(inner):
                return self._one_of(node, inner, what)
            case Mapping(), RecordKind(shape) if "one_of" in node.entries and "one_of" not in keys_of(shape):
                return self._misplaced_one_of(node, what)
            case Scalar(is_null=True), NullableKind():
                return None
            case _, NullableKind(inner):
                return self.read(node, inner, what)
            case _, EitherKind(single, mapping):
                return self.read(node, mapping if isinstance(node, Mapping) else single, what)
            case _, FormKind(kinds) if fits := [each for each in kinds if _has_form(node, each)]:
                return self.read(node, fits[0], what)
            case Scalar(), ScalarKind():
                return self._text(node, kind, what)
            case Scalar(), EnumKind():
                return self._word(node, kind, what)
            case Sequence(), ListKind():
                return self._listing(node, kind, what)
            case Sequence(items), TupleKind(kinds) if len(items) == len(kinds):
                values = [self.read(item, each, what) for item, each in zip(items, kinds, strict=True)]
                return FAULTY if FAULTY in values else tuple(values)
            case Mapping(), MappingKind():
                return self._table(node, kind, what)
            case Mapping(), EventKind(of_timeline):
                return self._event(node, of_timeline)
            case Mapping(), RuleKind():
                return self._rule(node)
            case Mapping(), RecordKind(shape):
                return self._record(node, shape, what)
            case _:
                return self._unlike(node, kind, what)

    def _record(self, node: Mapping, shape: Any, what: Message | str) -> Any:
        if shape is Person:
            self._hide(node)
        values, sound = self._fields(*self._without_prefixed(node, shape), what)
        if shape is Ask:
            self.asks.append(FoundRecord(shape, values, node))
        return _built(shape, values) if sound else FAULTY

    def _hide(self, node: Mapping) -> None:
        """Hide the private fields of the member in the lines of faults."""
        for name in PRIVATE:
            value = node.get(name)
            if isinstance(value, Scalar) and value.text:
                self.faults.hide(value.text)

    def _without_prefixed(self, node: Mapping, shape: Any) -> tuple[Mapping, dict[str, Key]]:
        """The node and its keys; of readings and numbers those with a prefix are put into `prefixed` unchecked."""
        keys = keys_of(shape)
        if shape not in PREFIXED:
            return node, keys
        entries = [(name, entry) for name, entry in node.entries.items() if "." in name]
        self.prefixed += [(shape, entry) for _, entry in entries]
        value = kind_of(PREFIXED[shape])
        return node, keys | {name: Key(name, value) for name, _ in entries}

    def _event(self, node: Mapping, of_timeline: bool) -> Any:
        name = node.get("event")
        shape = EVERY_EVENT.get(name.text) if isinstance(name, Scalar) else None
        keys = keys_in_timeline if of_timeline else keys_of
        if shape is not None:
            values, sound = self._fields(node, keys(shape), shape.name)
        else:
            others = _keys_of_any_event().difference(keys(Event))
            rest = {key: entry for key, entry in node.entries.items() if key not in others}
            event_node = Mapping(rest, node.place, node.is_whole)
            values, sound = self._fields(event_node, keys(Event), Message("this event"))
        date = values.get("date")
        span = date if isinstance(date, Span) else None
        if span is not None:
            values["date"] = span.first
        self.events.append(FoundRecord(shape or Event, values, node, span))
        return _built(shape, values) if shape and sound else FAULTY

    def _one_of(self, node: Node, kind: ValueKind, what: Message | str) -> Any:
        """A value, or a list of values that it may have; a list of fewer than two different ones is a fault."""
        if not isinstance(node, Mapping) or "one_of" not in node.entries:
            return self.read(node, kind, what)
        listed = node.get("one_of")
        if len(node.entries) > 1 or not isinstance(listed, Sequence):
            return self._unlike_one_of(node, what)
        values = [self.read(item, kind, what) for item in listed.items]
        if any(value is FAULTY for value in values):
            return FAULTY
        if len(values) < 2 or any(value in values[:place] for place, value in enumerate(values)):
            return self._unlike_one_of(node, what)
        return OneOf(tuple(values))

    def _unlike_one_of(self, node: Mapping, what: Message | str) -> Any:
        message = Message("{what} has a one_of that is no list of two or more different values", what=what)
        self.faults.add(node.place, message, Message("as in: {example}", example="{one_of: [2020-04-01, null]}"))
        return FAULTY

    def _misplaced_one_of(self, node: Mapping, what: Message | str) -> Any:
        message = Message("one_of stands for a single value, which {what} is not", what=what)
        self.faults.add(node.place, message, Message("write it at the single values within"))
        return FAULTY

    def _rule(self, node: Mapping) -> Any:
        name = node.get("rule")
        if name is None:
            remedy = Message("add {key}: {expected}", key="rule", expected=join_words(RULES))
            self.faults.add(
                node.place, Message("{what} lacks the field {key}", what=Message("a rule"), key="'rule'"), remedy
            )
            return FAULTY
        shape = RULES.get(name.text) if isinstance(name, Scalar) else None
        if shape is None:
            return self.read(name, EnumKind(tuple(RULES)), "rule")
        values, sound = self._fields(node, keys_of(shape), shape.name)
        return _built(shape, values) if sound else FAULTY

    def _fields(self, node: Mapping, keys: dict[str, Key], what: Message | str) -> tuple[dict[str, Any], bool]:
        """The values without faults by their keys, and whether there was no fault at all."""
        values = {}
        missing = {key.name for key in keys.values() if key.required}.difference(node.entries)
        sound = not missing
        for name, entry in node.entries.items():
            if name in keys:
                values[name] = self.read(entry.value, keys[name].kind, name)
            else:
                sound = False
                self.meant.add((node.place, self._note_unknown_key(entry.key, keys, what)))
        for name in keys:
            if name in missing:
                self.note_missing(node, keys[name], what)
        good = {name: value for name, value in values.items() if value is not FAULTY}
        return good, sound and len(good) == len(values)

    def note_missing(self, node: Mapping, key: Key, what: Message | str) -> None:
        """Note that a mapping lacks a field, unless an unknown key was probably meant for it."""
        if not node.is_whole or (node.place, key.name) in self.meant:
            return
        remedy = Message("add {key}: {expected}", key=key.name, expected=_expected(key.kind))
        self.faults.add(node.place, Message("{what} lacks the field {key}", what=what, key=quote(key.name)), remedy)

    def _note_unknown_key(self, key: Scalar, keys: dict[str, Key], what: Message | str) -> str:
        """Note an unknown key; return the key that was probably meant."""
        if odd := next((each for each in key.text if each.isspace() and each not in " \t\n"), None):
            message = Message("found the white space {code}", code=code_of(odd))
            self.faults.add(key.place, message, Message("write a plain space"))
            return nearest_word(key.text.partition(":")[0], keys) or key.text
        name, colon, rest = key.text.partition(":")
        meant = name if colon and name in keys else word_meant(key.text, keys)
        if meant is None:
            remedy = Message("its fields are {keys}", keys=join_words(keys, "and"))
        elif meant == name:
            remedy = Message("write a space after the colon: {key}: {value}", key=name, value=rest)
        else:
            remedy = did_you_mean(meant)
        self.faults.add(key.place, Message("{what} has no field {found}", what=what, found=quote(key.text)), remedy)
        return meant or key.text

    def _text(self, node: Scalar, kind: ScalarKind, what: Message | str) -> Any:
        if node.is_null or (kind.bare and not node.plain):
            return self._unlike(node, kind, what)
        try:
            value = kind.read(node.text)
        except ValueError as error:
            message = Message("{what} is {found}: {why}", what=what, found=quote(node.text), why=error.args[0])
            remedy = nearest(node.text, kind.words()) or Message("expected {expected}", expected=kind.expected)
            self.faults.add(node.place, message, remedy)
            return FAULTY
        if kind in NAMES:
            self.mentions.append(Mention(kind, value, node.place))
        return value

    def _word(self, node: Scalar, kind: EnumKind, what: Message | str) -> Any:
        if node.is_null:
            return self._unlike(node, kind, what)
        if node.text in kind.words:
            return node.text
        if kind.are_events:
            message = Message("no event is called {found}", found=quote(node.text))
            if meant := word_meant(node.text, kind.words):
                remedy: Message | None = did_you_mean(meant)
            else:
                remedy = Message("the events are {words}", words=join_words(kind.words, "and"))
        else:
            found, words = quote(node.text), join_words(kind.words)
            message = Message("{what} is {found}, expected {words}", what=what, found=found, words=words)
            remedy = nearest(node.text, kind.words)
        self.faults.add(node.place, message, remedy)
        return FAULTY

    def _listing(self, node: Sequence, kind: ListKind, what: Message | str) -> Any:
        if len(node.items) < kind.least:
            return self._empty(node, what)
        entry = (
            Message("an entry of {what}", what=what)
            if isinstance(kind.item, RecordKind | EventKind | TupleKind)
            else what
        )
        items = [self.read(item, kind.item, entry) for item in node.items]
        return FAULTY if FAULTY in items else kind.build(items)

    def _table(self, node: Mapping, kind: MappingKind, what: Message | str) -> Any:
        if len(node.entries) < kind.least:
            return self._empty(node, what) if node.is_whole else FAULTY
        table = {}
        for name, entry in node.entries.items():
            key = self.read(entry.key, kind.key, Message("a key of {what}", what=what))
            table[key] = self.read(entry.value, kind.value, Message("{what}.{key}", what=what, key=name))
        return FAULTY if FAULTY in table or FAULTY in table.values() else table

    def _empty(self, node: Node, what: Message | str) -> Any:
        self.faults.add(node.place, Message("{what} is empty, expected at least one entry", what=what))
        return FAULTY

    def _unlike(self, node: Node, kind: ValueKind, what: Message | str) -> Any:
        found, expected = _found(node), _expected(kind)
        message = Message("{what} is {found}, expected {expected}", what=what, found=found, expected=expected)
        self.faults.add(node.place, message, _remedy(node, kind))
        return FAULTY


@cache
def _keys_of_any_event() -> frozenset[str]:
    return frozenset(key for event in EVERY_EVENT.values() for key in keys_of(event))


def _has_form(node: Node, kind: ValueKind) -> bool:
    """Whether the node could be of this kind by its form alone."""
    match kind:
        case ScalarKind() | EnumKind():
            return isinstance(node, Scalar)
        case ListKind() | TupleKind():
            return isinstance(node, Sequence)
        case _:
            return isinstance(node, Mapping)


_OF_DOUBT = Key("", kind_of(bool))
"""The keys about doubt, for which the class of an event has no field."""


def _built(shape: Any, values: dict[str, Any]) -> Any:
    if not has_fields(shape):
        return values
    keys = keys_of(shape)
    fields: dict[str, Any] = {}
    for name, value in values.items():
        key = keys.get(name, _OF_DOUBT)
        if key.spread:
            fields.setdefault(key.attribute, {})[name] = value
        elif key.attribute:
            fields[key.attribute] = value
    return shape(**fields)


def _found(node: Node) -> Message | str:
    match node:
        case Scalar(text=""):
            return Message("empty")
        case Scalar(plain=True):
            return quote(node.text)
        case Scalar():
            return Message("the text {text}, in quotes", text=quote(node.text))
        case Sequence():
            return Message("a list of {count}", count=len(node.items))
        case Mapping() | FaultyValue():
            return Message("a mapping")


def _remedy(node: Node, kind: ValueKind) -> Message | None:
    match node, kind:
        case _, RecordKind(shape) if shape is ScenarioFile:
            return Message("a scenario begins with scenario: and a sentence")
        case _, EventKind():
            return Message("write the event as {event}", event=_EVENT)
        case _, ListKind(item=EventKind()):
            return Message("begin each event with a dash: {event}", event=f"- {_EVENT}")
        case Mapping(), ListKind():
            return Message("begin each entry of the list with a dash")
        case Scalar(text=text), ListKind(item=ScalarKind() | EnumKind()) if text.strip():
            return Message("put it in brackets: {list}", list=f"[{text}]")
    return None


_EVENT = "{date: 2020-04-15, event: give_notice}"


def _expected(kind: ValueKind) -> Message:
    match kind:
        case ScalarKind():
            return kind.expected
        case EnumKind():
            return Message("the name of an event") if kind.are_events else join_words(kind.words)
        case NullableKind(inner) | OneOfKind(inner):
            return _expected(inner)
        case ListKind():
            return Message("a list")
        case FormKind(kinds):
            return join_words([*dict.fromkeys(map(_expected, kinds))])
        case TupleKind(items):
            return Message("a list of {values}", values=join_words(map(_expected, items), "and"))
        case MappingKind() | RecordKind() | RuleKind() | EventKind() | EitherKind():
            return Message("a mapping (key: value)")
