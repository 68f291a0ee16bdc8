"""The JSON Schemas of results, from the tables by which they are written and the types of their attributes."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from subsim.basics.dates import Day
from subsim.basics.json_object import AMOUNT, JsonObject, JsonTable, Key, Merge, table_of, type_of
from subsim.basics.texts import Message

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: dict[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Day: {"type": "string", "format": "date"},
    Message: {"type": "string"},
    NoneType: {"type": "null"},
    Any: {},
}


def schema_of_table(table: JsonTable) -> Schema:
    """The schema of what a table writes, with those of all objects in it under `$defs`."""
    definitions: dict[str, Schema] = {}
    return {"$schema": DIALECT, **reference(table, definitions), "$defs": definitions}


def reference(table: JsonTable, definitions: dict[str, Schema]) -> Schema:
    """Where the schema of a table stands among the definitions, to which it is added."""
    if table.title not in definitions:
        definitions[table.title] = {}  # it may stand within itself
        properties, required = _keys(table, definitions)
        definitions[table.title] = {
            "description": table.doc,
            "type": "object",
            "properties": properties,
            **({} if table.is_partial else {"required": required}),
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{table.title}"}


def _keys(table: JsonTable, definitions: dict[str, Schema]) -> tuple[dict[str, Schema], list[str]]:
    """The keys of a table with those merged into it, and which of them are always there."""
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for entry in table.entries:
        if isinstance(entry, Merge):
            more, always = _keys(table_of(type_of(table.shape, entry.of)), definitions)
            properties |= more
            required += always
        else:
            properties[entry.name] = {**_of_key(table, entry, definitions), "description": entry.doc}
            required += [] if entry.optional else [entry.name]
    return properties, required


def _of_key(table: JsonTable, key: Key, definitions: dict[str, Schema]) -> Schema:
    hint = type_of(table.shape, key.attribute)
    kind = (
        {"type": "string", "pattern": AMOUNT}
        if key.is_amount
        else _of_hint(key.kind or _present(hint), key.by, definitions)
    )
    may_be_null = NoneType in get_args(hint) and not key.optional
    return {"anyOf": [kind, {"type": "null"}]} if may_be_null else kind


def _present(hint: Any) -> Any:
    """The type without None, which may stand for a missing value."""
    present = [part for part in get_args(hint) if part is not NoneType]
    return present[0] if get_origin(hint) in (Union, UnionType) and len(present) == 1 else hint


def _of_hint(hint: Any, by: JsonTable | None, definitions: dict[str, Schema]) -> Schema:
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_of_hint(part, by, definitions) for part in parts]}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin in (tuple, list):
        return {"type": "array", "items": _of_hint(parts[0], by, definitions)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of_hint(parts[1], by, definitions)}
    if hasattr(hint, "__supertype__"):
        return _of_hint(hint.__supertype__, by, definitions)
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if by is not None:
        return reference(by, definitions)
    assert issubclass(hint, JsonObject), hint
    return reference(table_of(hint), definitions)
