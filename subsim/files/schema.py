"""The JSON Schema (draft 2020-12) of scenario files, for editors that complete and check.

It is made from the classes that the reader uses. Faults between several values (the order of dates, packages and
subscriptions that are named but never declared) are found by the reader only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args

from subsim.files.format import PREFIXED, ScenarioFile
from subsim.files.header import HeaderFile
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
from subsim.files.terms_file import TermsFile
from subsim.membership.data_events import EVERY_EVENT
from subsim.membership.events import Announcement, AnnounceTermsChange
from subsim.terms.policies import RULES, Policy, Statute
from subsim.terms.readings import Choices
from subsim.terms.terms import Replacements

_Schema = dict[str, Any]


def schema() -> _Schema:
    """The JSON Schema of scenario files; with a policy without an agreement `prices` may be left out."""
    needed = [{"required": ["prices"]}, {"required": ["retention"]}]
    return _whole("A scenario of subsim", ScenarioFile) | {"anyOf": needed}


def policy_schema() -> _Schema:
    """The JSON Schema of policy files."""
    return _whole("A privacy policy of subsim", Policy)


def terms_schema() -> _Schema:
    """The JSON Schema of files of terms, which know no policy and announce changes of the terms only."""
    found = _whole("A file of terms of subsim", TermsFile)
    for name in ("Choices", "Replacements"):
        found["$defs"][name].pop("patternProperties")
        found["$defs"][name]["description"] = _OF_TERMS[name]
    return _with_events(found, [AnnounceTermsChange.name])


def header_schema() -> _Schema:
    """The JSON Schema of the headers of portfolios and bases; `prices` as for scenarios."""
    found = _whole("A header of subsim", HeaderFile)
    return _with_events(found, [each.name for each in get_args(Announcement)])


FILE_SCHEMAS: dict[str, Callable[[], _Schema]] = {
    "scenario": schema,
    "policy": policy_schema,
    "terms": terms_schema,
    "header": header_schema,
}
"""By kind of file the function that gives its schema."""


def statute_schema() -> _Schema:
    """The JSON Schema of the files of statutes, which stand beside the policies."""
    return _whole("A statute of subsim", Statute)


def schema_of(kind: ValueKind, definitions: dict[str, _Schema]) -> _Schema:
    """The schema of a value of this kind; the schemas to which it refers are added to the definitions."""
    return _of(kind, definitions)


def _of(kind: ValueKind, definitions: dict[str, _Schema]) -> _Schema:
    match kind:
        case ScalarKind():
            return {**kind.schema, "description": str(kind.expected)}
        case EnumKind(words):
            return {"enum": list(words)}
        case NullableKind(inner):
            return {"anyOf": [_of(inner, definitions), {"type": "null"}]}
        case OneOfKind(inner):
            return {"anyOf": [_of(inner, definitions), _one_of(_of(inner, definitions))]}
        case EitherKind(single, mapping):
            return {"anyOf": [_of(single, definitions), _of(mapping, definitions)]}
        case FormKind(kinds):
            return {"anyOf": [_of(each, definitions) for each in kinds]}
        case ListKind(item, _, least):
            return {"type": "array", "items": _of(item, definitions), "minItems": least}
        case TupleKind(items):
            pair = [_of(each, definitions) for each in items]
            return {"type": "array", "prefixItems": pair, "minItems": len(pair), "maxItems": len(pair)}
        case MappingKind(key, value, least):
            names, values = _of(key, definitions), _of(value, definitions)
            return {"type": "object", "propertyNames": names, "additionalProperties": values, "minProperties": least}
        case EventKind(of_timeline):
            name = "event" if of_timeline else "event_not_in_doubt"
            return _defined(name, definitions, lambda: _any_event(definitions, of_timeline))
        case RuleKind():
            return _defined("rule", definitions, lambda: _any_rule(definitions))
        case RecordKind(shape):
            return _defined(shape.__name__, definitions, lambda: _record(shape, definitions))


def _whole(title: str, shape: Any) -> _Schema:
    definitions: dict[str, _Schema] = {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_record(shape, definitions),
        "$defs": dict(sorted(definitions.items())),
    }


def _with_events(schema: _Schema, names: Sequence[str]) -> _Schema:
    """A schema whose events are of these names only, without the definitions that it then does not need."""
    definitions = schema["$defs"]
    events = definitions["event_not_in_doubt"]
    events["properties"]["event"]["enum"] = [*names]
    events["allOf"] = [each for each in events["allOf"] if each["if"]["properties"]["event"]["const"] in names]
    needed, waiting = set[str](), [{key: value for key, value in schema.items() if key != "$defs"}]
    while waiting:
        new = {*_references(waiting.pop())} - needed
        needed |= new
        waiting += [definitions[name] for name in new]
    return {**schema, "$defs": {name: definitions[name] for name in sorted(needed)}}


def _references(schema: Any) -> Iterator[str]:
    """The names of the definitions to which a schema refers."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix("#/$defs/")
        schema = [*schema.values()]
    if isinstance(schema, list):
        for each in schema:
            yield from _references(each)


def _defined(name: str, definitions: dict[str, _Schema], build: Callable[[], _Schema]) -> _Schema:
    if name not in definitions:
        definitions[name] = build()
    return {"$ref": f"#/$defs/{name}"}


def _one_of(value: _Schema) -> _Schema:
    values = {"type": "array", "items": value, "minItems": 2, "uniqueItems": True}
    return {"type": "object", "properties": {"one_of": values}, "required": ["one_of"], "additionalProperties": False}


def _any_event(definitions: dict[str, _Schema], of_timeline: bool) -> _Schema:
    records = {
        name: _record_of(shape, keys_in_timeline(shape) if of_timeline else keys_of(shape), definitions)
        for name, shape in EVERY_EVENT.items()
    }
    return _one_by_name("event", records, ["date", "event"], definitions, "" if of_timeline else "_not_in_doubt")


def _any_rule(definitions: dict[str, _Schema]) -> _Schema:
    records = {name: _record(shape, definitions) for name, shape in RULES.items()}
    return _one_by_name("rule", records, ["rule"], definitions)


def _one_by_name(
    tag: str, records: Mapping[str, _Schema], required: list[str], definitions: dict[str, _Schema], suffix: str = ""
) -> _Schema:
    """The schema of one of these records, chosen by name, so that an editor marks a faulty field, not the record."""
    for name, record in records.items():
        definitions[name + suffix] = record
        record["properties"][tag] = {"const": name}
    return {
        "type": "object",
        "properties": {tag: {"enum": list(records)}},
        "required": required,
        "allOf": [
            {
                "if": {"properties": {tag: {"const": name}}, "required": [tag]},
                "then": {"$ref": f"#/$defs/{name}{suffix}"},
            }
            for name in records
        ],
    }


def _record(shape: Any, definitions: dict[str, _Schema]) -> _Schema:
    return _record_of(shape, keys_of(shape), definitions)


def _record_of(shape: Any, keys: Mapping[str, Key], definitions: dict[str, _Schema]) -> _Schema:
    return {
        "description": _DESCRIBED.get(shape, shape.__doc__),
        "type": "object",
        "properties": {name: _property(key, definitions) for name, key in keys.items()},
        "required": [name for name, key in keys.items() if key.required],
        **({"patternProperties": {_PREFIXED: _of(kind_of(PREFIXED[shape]), definitions)}} if shape in PREFIXED else {}),
        "additionalProperties": False,
    }


_DESCRIBED: dict[Any, str] = {
    Choices: "The reading of contested points and of law points; names with a prefix are those of a policy.",
    Replacements: "Values of numbers of the terms; names with a prefix are those of a policy.",
}
_OF_TERMS = {
    "Choices": "The reading of contested points and of law points.",
    "Replacements": "Values of numbers of the terms.",
}
_PREFIXED = r"^[a-z0-9-]+\.[a-z0-9.-]+$"
"""The pattern of prefixed names of policies, which a schema of all scenarios cannot list."""


def _property(key: Key, definitions: dict[str, _Schema]) -> _Schema:
    described = {"description": key.doc} if key.doc else {}
    default = {"default": key.default} if isinstance(key.default, str | int) else {}
    return {**_of(key.kind, definitions), **described, **default}
