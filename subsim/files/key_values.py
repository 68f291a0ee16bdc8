"""The keys of a file with their values, as JSON: without defaults, and with one notation for each value.

Facts are stored in this form, shown as in a file, and read again. An amount is text with two decimals; a timestamp
keeps its time.
"""

from collections.abc import Mapping as Table_
from functools import cache
from typing import Any

from subsim.basics.dates import Day
from subsim.basics.money import kroner
from subsim.files.annotations import MomentOrSpan, Percent
from subsim.files.doubts import Span
from subsim.files.format import PREFIXED
from subsim.files.keys import keys_in_timeline, keys_of, kind_of
from subsim.files.kinds import EitherKind, Key, ListKind, MappingKind, NullableKind, RecordKind, ScalarKind, ValueKind
from subsim.files.yaml_nodes import Mapping, Node, Scalar, Sequence
from subsim.membership.data_events import EVERY_EVENT

KeyValues = dict[str, Any]
"""A mapping as JSON: its keys in the order of the format."""


def plain(node: Node) -> Any:
    """A node and all below it as JSON: scalars as their text, null as None."""
    match node:
        case Scalar():
            return None if node.is_null else node.text
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(entries):
            return {key: plain(entry.value) for key, entry in entries.items()}
        case _:
            raise TypeError(f"a value with a fault is not given: {node}")


def event_values(value: Table_[str, Any]) -> KeyValues:
    """An event without faults, as JSON; its scalars may be text, numbers or booleans."""
    given = _field_values(keys_in_timeline(EVERY_EVENT[value["event"]]), value)
    return given if given.pop("disputed", False) is False else {**given, "disputed": True}


def field_values(shape: Any, value: Table_[str, Any]) -> KeyValues:
    """The fields of a class that have a value, as JSON; those that are null are left out."""
    found = _field_values(keys_of(shape), value)
    if shape in PREFIXED:
        found |= {
            name: _written(kind_of(PREFIXED[shape]), each)
            for name, each in value.items()
            if "." in name and each is not None
        }
    return found


def _field_values(keys: Table_[str, Key], value: Table_[str, Any]) -> KeyValues:
    return {name: _written(key.kind, value[name]) for name, key in keys.items() if value.get(name) is not None}


def meaning(event: Table_[str, Any]) -> KeyValues:
    """An event as JSON without the keys that have their default, so that events with the same meaning are equal."""
    keys = _defaults(event["event"])
    shorter = {name: value for name, value in event.items() if name not in keys or keys[name] != value}
    return shorter | {"date": plain_date(event)}


def plain_date(event: Table_[str, Any]) -> str:
    """The Copenhagen date of an event as JSON, or its range of dates, as text."""
    found = _date(event)
    return str(found) if isinstance(found, Span) else found.isoformat()


def event_day(event: Table_[str, Any]) -> Day:
    """The Copenhagen date of an event as JSON; the first one of a range."""
    found = _date(event)
    return found.first if isinstance(found, Span) else found


def last_day(event: Table_[str, Any]) -> Day:
    """The Copenhagen date of an event as JSON; the last one of a range."""
    found = _date(event)
    return found.last if isinstance(found, Span) else found


def _date(event: Table_[str, Any]) -> Day | Span:
    kind = kind_of(MomentOrSpan)
    assert isinstance(kind, ScalarKind)
    found: Day | Span = kind.read(event["date"])
    return found


@cache
def _defaults(event: str) -> KeyValues:
    return {
        name: _default(key)
        for name, key in keys_of(EVERY_EVENT[event]).items()
        if not key.required and key.default is not None
    }


def _default(key: Key) -> Any:
    return list(key.default) if isinstance(key.default, tuple) else key.default


def _written(kind: ValueKind, value: Any) -> Any:
    match kind:
        case NullableKind(inner):
            return None if value is None else _written(inner, value)
        case EitherKind(single, mapping):
            return _written(mapping if isinstance(value, Table_) else single, value)
        case ListKind(item):
            return [_written(item, each) for each in value]
        case MappingKind(_, inner):
            return {str(name): _written(inner, each) for name, each in value.items()}
        case RecordKind(shape):
            return field_values(shape, value)
        case ScalarKind():
            return _text(kind, value)
    return str(value)


def _text(kind: ScalarKind, value: Any) -> Any:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    read = kind.read(text)
    if isinstance(read, bool | str):
        return read
    if isinstance(read, int) and kind.bare:
        return read
    if isinstance(read, int) and kind != _PERCENT:
        return kroner(read)
    return text


_PERCENT = kind_of(Percent)
