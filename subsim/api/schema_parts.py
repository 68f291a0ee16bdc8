"""What the schemas are made of that no class writes."""

from collections.abc import Iterable

from subsim.basics.json_schema import DIALECT, Schema

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"anyOf": [TEXT, {"type": "null"}]}
NUMBER: Schema = {"type": "integer"}
DATE: Schema = {"type": "string", "format": "date"}
DATE_OR_NULL: Schema = {"anyOf": [DATE, {"type": "null"}]}
MONTH: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
AMOUNT: Schema = {"type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2}$"}
"""Danish kroner with two decimals."""
OBJECT: Schema = {"type": "object"}
OBJECT_OR_NULL: Schema = {"anyOf": [OBJECT, {"type": "null"}]}
BOOLEAN: Schema = {"type": "boolean"}

Keys = dict[str, tuple[Schema, str]]
"""By key the schema of its value, and what it says."""


def list_of(item: Schema) -> Schema:
    """A list of such values."""
    return {"type": "array", "items": item}


def one_of(words: Iterable[str]) -> Schema:
    """One of these words."""
    return {"enum": [*words]}


def counts_of(words: Iterable[str]) -> Schema:
    """An object with a whole number for each of these words."""
    return {"type": "object", "propertyNames": one_of(words), "additionalProperties": NUMBER}


def the(title: str) -> Schema:
    """The object of this title."""
    return {"$ref": f"#/$defs/{title}"}


def object_schema(doc: str, keys: Keys, may_lack: Keys | None = None) -> Schema:
    """An object with these keys, some of which it may lack, and no others."""
    return {
        "type": "object",
        "description": doc,
        "properties": {
            name: {**schema, "description": says} for name, (schema, says) in (keys | (may_lack or {})).items()
        },
        "required": list(keys),
        "additionalProperties": False,
    }


def whole(title: str, **objects: Schema) -> Schema:
    """The schema of a result, which is the object of this title."""
    return {"$schema": DIALECT, **the(title), "$defs": objects}
