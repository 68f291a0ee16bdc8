"""The JSON Schemas of results, made from the tables of keys and the types of the attributes."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from attrs import Factory, frozen

from subsim.basics.dates import Day
from subsim.basics.json_object import AMOUNT, JsonTable, Key, Merge, table_of, type_of
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


@frozen
class Schemas:
    """The schemas of the objects that tables write, by title.

    `lists` gives by type the words of a closed list that the type itself does not name.
    """

    lists: Mapping[Any, tuple[str, ...]]
    definitions: dict[str, Schema] = Factory(dict)

    def whole(self, table: JsonTable) -> Schema:
        """The schema of the value that a table describes, with the schemas of its objects under `$defs`."""
        return {"$schema": DIALECT, **self.reference(table), "$defs": self.definitions}

    def reference(self, table: JsonTable) -> Schema:
        """The reference to the schema of a table, which is added to the definitions."""
        if table.title not in self.definitions:
            self.definitions[table.title] = {}  # it may stand within itself
            properties, required = self._keys(table)
            self.definitions[table.title] = {
                "description": table.doc,
                "type": "object",
                "properties": properties,
                **({} if table.is_partial else {"required": required}),
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{table.title}"}

    def _keys(self, table: JsonTable) -> tuple[dict[str, Schema], list[str]]:
        """The schemas of the keys of a table, merged ones included, and the keys that are always present."""
        properties: dict[str, Schema] = {}
        required: list[str] = []
        for entry in table.entries:
            if isinstance(entry, Merge):
                more, always = self._keys(table_of(type_of(table.shape, entry.of)))
                properties |= more
                required += always
            else:
                properties[entry.name] = {**self._of_key(table, entry), "description": entry.doc}
                required += [] if entry.optional else [entry.name]
        return properties, required

    def _of_key(self, table: JsonTable, key: Key) -> Schema:
        hint = type_of(table.shape, key.attribute)
        kind = {"type": "string", "pattern": AMOUNT} if key.is_amount else self._of(key.kind or _present(hint), key.by)
        may_be_null = NoneType in get_args(hint) and not key.optional
        return {"anyOf": [kind, {"type": "null"}]} if may_be_null else kind

    def _of(self, hint: Any, by: JsonTable | None) -> Schema:
        origin, parts = get_origin(hint), get_args(hint)
        if hint in self.lists:
            return {"enum": list(self.lists[hint])}
        if origin in (Union, UnionType):
            return {"anyOf": [self._of(part, by) for part in parts]}
        if origin is Literal:
            return {"enum": list(parts)}
        if origin in (tuple, list):
            return {"type": "array", "items": self._of(parts[0], by)}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self._of(parts[1], by)}
        if hasattr(hint, "__supertype__"):
            return self._of(hint.__supertype__, by)
        if hint in _SIMPLE:
            return _SIMPLE[hint]
        return self.reference(by or table_of(hint))


def _present(hint: Any) -> Any:
    """The type without None."""
    present = [part for part in get_args(hint) if part is not NoneType]
    return present[0] if get_origin(hint) in (Union, UnionType) and len(present) == 1 else hint
