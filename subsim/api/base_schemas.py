"""The schemas of JSON that no class writes: of the commands of `subsim members`, and of `subsim policies`.

A scenario or an event in it is only said to be an object: `subsim schema --of scenario` has its schema.
"""

from collections.abc import Callable

from subsim.basics.json_schema import DIALECT, Schema

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"anyOf": [_TEXT, {"type": "null"}]}
_NUMBER: Schema = {"type": "integer"}
_DATE: Schema = {"type": "string", "format": "date"}
_OBJECT: Schema = {"type": "object"}
_OBJECT_OR_NULL: Schema = {"anyOf": [_OBJECT, {"type": "null"}]}
_BOOLEAN: Schema = {"type": "boolean"}

_Keys = dict[str, tuple[Schema, str]]
"""By key the schema of its value, and what it says."""


def _list_of(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _the(title: str) -> Schema:
    return {"$ref": f"#/$defs/{title}"}


def _object(doc: str, keys: _Keys) -> Schema:
    return {
        "type": "object",
        "description": doc,
        "properties": {name: {**schema, "description": says} for name, (schema, says) in keys.items()},
        "required": list(keys),
        "additionalProperties": False,
    }


def _whole(title: str, **objects: Schema) -> Schema:
    return {"$schema": DIALECT, **_the(title), "$defs": objects}


_BY: _Keys = {
    "recorded_at": (_TEXT, "the instant of the record"),
    "recorded_by": (_TEXT_OR_NULL, "who wrote it"),
}
_NOTE: _Keys = {"note": (_TEXT_OR_NULL, "the note of the writer")}
_VERSION: _Keys = {"id": (_TEXT, "the id"), "version": (_NUMBER, "the version of the member")}


def _list_schema() -> Schema:
    subscription = _object(
        "A subscription of a member today.",
        {
            "id": (_TEXT, "the id"),
            "package": (_TEXT_OR_NULL, "the package"),
            "state": (_TEXT_OR_NULL, "the state"),
        },
    )
    member = _object(
        "A member of the base.",
        {
            "id": (_TEXT, "the id"),
            "name": (_TEXT_OR_NULL, "the name"),
            "email": (_TEXT_OR_NULL, "the e-mail address"),
            "phone": (_TEXT_OR_NULL, "the phone number"),
            "version": (_NUMBER, "the version of the member"),
            "subscriptions": (_list_of(_the("ListedSubscription")), "the subscriptions"),
        },
    )
    found = _object(
        "Members of the base, by id.",
        {
            "members": (_list_of(_the("ListedMember")), "the members"),
            "next": (_TEXT_OR_NULL, "the id to give as `--after` for more; null where there are none"),
        },
    )
    return _whole("MemberList", MemberList=found, ListedMember=member, ListedSubscription=subscription)


def _show_schema() -> Schema:
    fact = _object(
        "An event that stands.",
        {"fact": (_NUMBER, "the id of the fact"), "event": (_OBJECT, "the event as in a scenario"), **_BY, **_NOTE},
    )
    member = _object(
        "A member of the base, with the facts that stand.",
        {
            **_VERSION,
            "scenario": (_OBJECT, "the whole of it as a scenario file"),
            "facts": (_list_of(_the("StandingFact")), "the facts that stand, by date"),
        },
    )
    return _whole("ShownMember", ShownMember=member, StandingFact=fact)


def _history_schema() -> Schema:
    actions: Schema = {"enum": ["imported", "recorded", "corrected", "retracted"]}
    record = _object(
        "One record of an event.",
        {
            "fact": (_NUMBER, "the id of the fact"),
            "action": (actions, "what was done"),
            "event": (_OBJECT_OR_NULL, "the event as in a scenario; null where it was taken back"),
            **_BY,
            **_NOTE,
        },
    )
    answer = _object(
        "An answer that was given and kept.",
        {
            "answer": (_NUMBER, "the id of the answer"),
            "date": (_DATE, "the day asked about"),
            "subscription": (_TEXT, "the subscription asked about"),
            "language": ({"enum": ["en", "da"]}, "the language of its text"),
            "check": (_TEXT, "the line by which a letter can be checked"),
            "text": (_TEXT, "what was answered"),
            "still": (_BOOLEAN, "whether the member would get the same answer now"),
            **_BY,
        },
    )
    history = _object(
        "All records of a member, oldest first, and the answers given.",
        {
            **_VERSION,
            "history": (_list_of(_the("HistoryRecord")), "the records, oldest first"),
            "answers": (_list_of(_the("GivenAnswer")), "the answers given, oldest first"),
        },
    )
    return _whole("MemberHistory", MemberHistory=history, HistoryRecord=record, GivenAnswer=answer)


def _record_schema() -> Schema:
    written = _object(
        "A fact that was recorded, corrected or taken back, and what that changes.",
        {
            "fact": ({"anyOf": [_NUMBER, {"type": "null"}]}, "the id of the fact; null for a dry run"),
            "version": (_NUMBER, "the version of the member after it"),
            "recorded_at": (_TEXT_OR_NULL, "the instant of the write; null for a dry run"),
            "recorded_by": (_TEXT_OR_NULL, "who wrote it"),
            **_NOTE,
            "changes": (
                _OBJECT_OR_NULL,
                "what it changes, as in `subsim what-if`; null where facts are in doubt in too many ways",
            ),
        },
    )
    return _whole("RecordedFact", RecordedFact=written)


def _import_schema() -> Schema:
    refused = _object(
        "A record that was left out.",
        {
            "file": (_TEXT, "the file"),
            "line": (_NUMBER, "the line"),
            "member": (_TEXT_OR_NULL, "the member; null where it cannot be read"),
            "message": (_TEXT, "what is wrong"),
        },
    )
    counts = _object(
        "What was taken into the base.",
        {
            "added": (_NUMBER, "how many members are new"),
            "unchanged": (_NUMBER, "how many were there with the same facts"),
            "replaced": (_NUMBER, "how many have other facts now"),
            "refused": (_list_of(_the("LeftOutRecord")), "the records that were left out"),
        },
    )
    return _whole("ImportedMembers", ImportedMembers=counts, LeftOutRecord=refused)


def _export_schema() -> Schema:
    written = _object(
        "What was written as a portfolio.",
        {
            "written": (_NUMBER, "how many members were written"),
            "left": (_list_of(_TEXT), "the ids of the members that were left out"),
        },
    )
    return _whole("ExportedMembers", ExportedMembers=written)


def _policies_schema() -> Schema:
    words: Schema = {"type": "object", "additionalProperties": _TEXT}
    category = _object(
        "A category of personal data.",
        {
            "en": (_TEXT, "what it is, in English"),
            "da": (_TEXT, "what it is, in Danish"),
            "held_from": (_list_of(_TEXT), "the facts from which it is held"),
            "per": ({"enum": ["person", "record"]}, "whether it is held once a person or once a record"),
            "basis": (_TEXT_OR_NULL, "the legal basis where that is consent"),
            "purpose": (_TEXT_OR_NULL, "the purpose of the consent"),
            "duty": (_TEXT_OR_NULL, "the duty by which it is kept"),
            "role": ({"enum": ["controller", "processor"]}, "the role of the company"),
            "needed": (_TEXT_OR_NULL, "that for which it is needed"),
        },
    )
    category["properties"]["sv"] = {**_TEXT, "description": "what it is, in Swedish"}
    clause = _object(
        "A clause of a policy or a statute.",
        {
            "clause": (_TEXT, "the id"),
            "heading": (_TEXT, "the heading"),
            "paragraph": (_TEXT_OR_NULL, "the place below the heading"),
            "lines": (_list_of(_NUMBER), "the lines of the source"),
            "says": (words, "what it says, by language"),
            "rules": (_list_of(_TEXT), "its rules, in the notation of the file"),
            "left_out": ({"anyOf": [words, {"type": "null"}]}, "why it has no rule, by language"),
        },
    )
    clause["properties"]["scenarios"] = {**_list_of(_TEXT), "description": "with `--coverage`, the files that use it"}
    point = _object(
        "A contested point of a policy.",
        {
            "question": (words, "the question, by language"),
            "readings": ({"type": "object", "additionalProperties": words}, "the readings, by language"),
            "standard": (_TEXT, "the reading of the profile standard"),
            "member": (_TEXT, "the reading of the profile member"),
            "operator": (_TEXT, "the reading of the profile operator"),
        },
    )
    policy = _object(
        "A privacy policy: the retention schedule.",
        {
            "policy": (_TEXT, "the id"),
            "title": (words, "the title, by language"),
            "in_force": ({"anyOf": [_DATE, {"type": "null"}]}, "the day from which it is in force"),
            "agreement": (_TEXT, "the terms of which it knows the events; `none` for none"),
            "statutes": (_list_of(_TEXT), "the statutes beside it"),
            "categories": ({"type": "object", "additionalProperties": _the("DataCategory")}, "the categories, by id"),
            "clauses": (_list_of(_the("PolicyClause")), "the clauses"),
            "points": ({"type": "object", "additionalProperties": _the("PolicyPoint")}, "the contested points, by id"),
            "numbers": ({"type": "object", "additionalProperties": _NUMBER}, "the numbers, by name"),
            "settings": (_OBJECT, "the settings, by name"),
        },
    )
    objects = {"Policy": policy, "DataCategory": category, "PolicyClause": clause, "PolicyPoint": point}
    return {"$schema": DIALECT, "anyOf": [_list_of(_the("Policy")), _the("Policy")], "$defs": objects}


BASE_SCHEMAS: dict[str, Callable[[], Schema]] = {
    "policies": _policies_schema,
    "members-list": _list_schema,
    "members-show": _show_schema,
    "members-history": _history_schema,
    "members-record": _record_schema,
    "members-import": _import_schema,
    "members-export": _export_schema,
}
"""By command the function that gives its schema; `members-record` is that of `correct` and `retract` too.

The JSON of `policies` is a list, or with a NAME one policy.
"""
