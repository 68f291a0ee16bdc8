"""The JSON Schema (draft 2020-12) of scenario files, with which editors complete and flag what is written.

It is walked from the classes that the reader goes by. What lies between two values (the order of dates, packages and
subscriptions that are named but never declared) is left to the reader.
"""

from collections.abc import Callable
from typing import Any

from subsim.files.format import (
    EitherKind,
    EnumKind,
    EventKind,
    Key,
    ListKind,
    MappingKind,
    NullableKind,
    RecordKind,
    ScalarKind,
    ScenarioFile,
    TupleKind,
    ValueKind,
    keys_of,
)
from subsim.membership.events import EVENTS

_Schema = dict[str, Any]


def schema() -> _Schema:
    """The JSON Schema of the scenario format."""
    definitions: dict[str, _Schema] = {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of subsim",
        **_record(ScenarioFile, definitions),
        "$defs": dict(sorted(definitions.items())),
    }


def schema_of(kind: ValueKind, definitions: dict[str, _Schema]) -> _Schema:
    """The schema of a value of this kind; what it refers to by `#/$defs/` is put among the definitions."""
    return _of(kind, definitions)


def _of(kind: ValueKind, definitions: dict[str, _Schema]) -> _Schema:
    match kind:
        case ScalarKind():
            return {**kind.schema, "description": str(kind.expected)}
        case EnumKind(words):
            return {"enum": list(words)}
        case NullableKind(inner):
            return {"anyOf": [_of(inner, definitions), {"type": "null"}]}
        case EitherKind(single, mapping):
            return {"anyOf": [_of(single, definitions), _of(mapping, definitions)]}
        case ListKind(item, _, least):
            return {"type": "array", "items": _of(item, definitions), "minItems": least}
        case TupleKind(items):
            pair = [_of(each, definitions) for each in items]
            return {"type": "array", "prefixItems": pair, "minItems": len(pair), "maxItems": len(pair)}
        case MappingKind(key, value, least):
            names, values = _of(key, definitions), _of(value, definitions)
            return {"type": "object", "propertyNames": names, "additionalProperties": values, "minProperties": least}
        case EventKind():
            return _defined("event", definitions, lambda: _any_event(definitions))
        case RecordKind(shape):
            return _defined(shape.__name__, definitions, lambda: _record(shape, definitions))


def _defined(name: str, definitions: dict[str, _Schema], build: Callable[[], _Schema]) -> _Schema:
    if name not in definitions:
        definitions[name] = build()
    return {"$ref": f"#/$defs/{name}"}


def _any_event(definitions: dict[str, _Schema]) -> _Schema:
    """An event by its name: only then do its fields apply, so that an editor flags the field and not the event."""
    for name, event in EVENTS.items():
        definitions[name] = _record(event, definitions)
        definitions[name]["properties"]["event"] = {"const": name}
    return {
        "type": "object",
        "properties": {"event": {"enum": list(EVENTS)}},
        "required": ["date", "event"],
        "allOf": [
            {
                "if": {"properties": {"event": {"const": name}}, "required": ["event"]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in EVENTS
        ],
    }


def _record(shape: Any, definitions: dict[str, _Schema]) -> _Schema:
    keys = keys_of(shape)
    described = {"description": shape.__doc__} if isinstance(shape, type) else {}
    return {
        **described,
        "type": "object",
        "properties": {name: _property(key, definitions) for name, key in keys.items()},
        "required": [name for name, key in keys.items() if key.required],
        "additionalProperties": False,
    }


def _property(key: Key, definitions: dict[str, _Schema]) -> _Schema:
    described = {"description": key.doc} if key.doc else {}
    default = {"default": key.default} if isinstance(key.default, str | int) else {}
    return {**_of(key.kind, definitions), **described, **default}
