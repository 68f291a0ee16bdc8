"""The schemas of JSON that no class writes: of the commands of `subsim members`, and of `subsim policies`.

A scenario or an event in it is only said to be an object: `subsim schema --of scenario` has its schema.
"""

from collections.abc import Callable

from subsim.api.schema_parts import (
    BOOLEAN,
    DATE,
    NUMBER,
    OBJECT,
    OBJECT_OR_NULL,
    TEXT,
    TEXT_OR_NULL,
    Keys,
    list_of,
    object_schema,
    the,
    whole,
)
from subsim.basics.json_object import table_of
from subsim.basics.json_schema import DIALECT, Schema, Schemas
from subsim.retention.report import Held

_BY: Keys = {
    "recorded_at": (TEXT, "the instant of the record"),
    "recorded_by": (TEXT_OR_NULL, "who wrote it"),
}
_NOTE: Keys = {"note": (TEXT_OR_NULL, "the note of the writer")}
_VERSION: Keys = {"id": (TEXT, "the id"), "version": (NUMBER, "the version of the member")}


def _list_schema() -> Schema:
    subscription = object_schema(
        "A subscription of a member today.",
        {
            "id": (TEXT, "the id"),
            "package": (TEXT_OR_NULL, "the package"),
            "state": (TEXT_OR_NULL, "the state"),
        },
    )
    member = object_schema(
        "A member of the base.",
        {
            "id": (TEXT, "the id"),
            "name": (TEXT_OR_NULL, "the name"),
            "email": (TEXT_OR_NULL, "the e-mail address"),
            "phone": (TEXT_OR_NULL, "the phone number"),
            "version": (NUMBER, "the version of the member"),
            "subscriptions": (list_of(the("ListedSubscription")), "the subscriptions"),
        },
    )
    found = object_schema(
        "Members of the base, by id.",
        {
            "members": (list_of(the("ListedMember")), "the members"),
            "next": (TEXT_OR_NULL, "the id to give as `--after` for more; null where there are none"),
        },
    )
    return whole("MemberList", MemberList=found, ListedMember=member, ListedSubscription=subscription)


def _show_schema() -> Schema:
    fact = object_schema(
        "An event that stands.",
        {"fact": (NUMBER, "the id of the fact"), "event": (OBJECT, "the event as in a scenario"), **_BY, **_NOTE},
    )
    member = object_schema(
        "A member of the base, with the facts that stand.",
        {
            **_VERSION,
            "scenario": (OBJECT, "the whole of it as a scenario file"),
            "facts": (list_of(the("StandingFact")), "the facts that stand, by date"),
        },
    )
    return whole("ShownMember", ShownMember=member, StandingFact=fact)


def _history_schema() -> Schema:
    actions: Schema = {"enum": ["imported", "recorded", "corrected", "retracted"]}
    record = object_schema(
        "One record of an event.",
        {
            "fact": (NUMBER, "the id of the fact"),
            "action": (actions, "what was done"),
            "event": (OBJECT_OR_NULL, "the event as in a scenario; null where it was taken back"),
            **_BY,
            **_NOTE,
        },
    )
    answer = object_schema(
        "An answer that was given and kept.",
        {
            "answer": (NUMBER, "the id of the answer"),
            "date": (DATE, "the day asked about"),
            "subscription": (TEXT, "the subscription asked about"),
            "language": ({"enum": ["en", "da"]}, "the language of its text"),
            "check": (TEXT, "the line by which a letter can be checked"),
            "text": (TEXT, "what was answered"),
            "still": (BOOLEAN, "whether the member would get the same answer now"),
            **_BY,
        },
    )
    history = object_schema(
        "All records of a member, oldest first, and the answers given.",
        {
            **_VERSION,
            "history": (list_of(the("HistoryRecord")), "the records, oldest first"),
            "answers": (list_of(the("GivenAnswer")), "the answers given, oldest first"),
        },
    )
    return whole("MemberHistory", MemberHistory=history, HistoryRecord=record, GivenAnswer=answer)


def _record_schema() -> Schema:
    written = object_schema(
        "A fact that was recorded, corrected or taken back, and what that changes.",
        {
            "fact": ({"anyOf": [NUMBER, {"type": "null"}]}, "the id of the fact; null for a dry run"),
            "version": (NUMBER, "the version of the member after it"),
            "recorded_at": (TEXT_OR_NULL, "the instant of the write; null for a dry run"),
            "recorded_by": (TEXT_OR_NULL, "who wrote it"),
            **_NOTE,
            "changes": (
                OBJECT_OR_NULL,
                "what it changes, as in `subsim what-if`; null where facts are in doubt in too many ways",
            ),
        },
    )
    return whole("RecordedFact", RecordedFact=written)


def _import_schema() -> Schema:
    refused = object_schema(
        "A record that was left out.",
        {
            "file": (TEXT, "the file"),
            "line": (NUMBER, "the line"),
            "member": (TEXT_OR_NULL, "the member; null where it cannot be read"),
            "message": (TEXT, "what is wrong"),
        },
    )
    counts = object_schema(
        "What was taken into the base.",
        {
            "added": (NUMBER, "how many members are new"),
            "unchanged": (NUMBER, "how many were there with the same facts"),
            "replaced": (NUMBER, "how many have other facts now"),
            "refused": (list_of(the("LeftOutRecord")), "the records that were left out"),
        },
    )
    return whole("ImportedMembers", ImportedMembers=counts, LeftOutRecord=refused)


def _export_schema() -> Schema:
    written = object_schema(
        "What was written as a portfolio.",
        {
            "written": (NUMBER, "how many members were written"),
            "left": (list_of(TEXT), "the ids of the members that were left out"),
        },
    )
    return whole("ExportedMembers", ExportedMembers=written)


def _init_schema() -> Schema:
    made = object_schema("A base that was made.", {"database": (TEXT, "the address, without its password")})
    return whole("MadeBase", MadeBase=made)


def _upgrade_schema() -> Schema:
    keys: Keys = {
        "database": (TEXT, "the address, without its password"),
        "version": (TEXT, "the version of its tables"),
    }
    return whole("UpgradedBase", UpgradedBase=object_schema("A base that has this version of its tables.", keys))


def _erase_schema() -> Schema:
    held = Schemas({}).whole(table_of(Held))["$defs"]
    erased = object_schema(
        "What was erased of a member, and what is kept.",
        {
            "member": (TEXT, "the id"),
            "date": (DATE, "the day as of which the data are due"),
            "disposed": (list_of(the("Held")), "the holdings whose data are deleted"),
            "kept": (list_of(the("Held")), "the holdings that are kept"),
            "facts_deleted": (NUMBER, "how many facts are deleted"),
            "person_erased": (BOOLEAN, "whether name, e-mail and phone are deleted"),
            "whole": (BOOLEAN, "whether only the proof is left"),
            "version": (NUMBER, "the version of the member after it"),
            "recorded_at": (TEXT_OR_NULL, "the instant of the erasure; null for a dry run"),
        },
    )
    return whole("ErasedMember", ErasedMember=erased, **held)


def _policies_schema() -> Schema:
    words: Schema = {"type": "object", "additionalProperties": TEXT}
    category = object_schema(
        "A category of personal data.",
        {
            "en": (TEXT, "what it is, in English"),
            "da": (TEXT, "what it is, in Danish"),
            "held_from": (list_of(TEXT), "the facts from which it is held"),
            "per": ({"enum": ["person", "record"]}, "whether it is held once a person or once a record"),
            "basis": (TEXT_OR_NULL, "the legal basis where that is consent"),
            "purpose": (TEXT_OR_NULL, "the purpose of the consent"),
            "duty": (TEXT_OR_NULL, "the duty by which it is kept"),
            "role": ({"enum": ["controller", "processor"]}, "the role of the company"),
            "needed": (TEXT_OR_NULL, "that for which it is needed"),
        },
    )
    category["properties"]["sv"] = {**TEXT, "description": "what it is, in Swedish"}
    clause = object_schema(
        "A clause of a policy or a statute.",
        {
            "clause": (TEXT, "the id"),
            "heading": (TEXT, "the heading"),
            "paragraph": (TEXT_OR_NULL, "the place below the heading"),
            "lines": (list_of(NUMBER), "the lines of the source"),
            "says": (words, "what it says, by language"),
            "rules": (list_of(TEXT), "its rules, in the notation of the file"),
            "left_out": ({"anyOf": [words, {"type": "null"}]}, "why it has no rule, by language"),
        },
    )
    clause["properties"]["scenarios"] = {**list_of(TEXT), "description": "with `--coverage`, the files that use it"}
    point = object_schema(
        "A contested point of a policy.",
        {
            "question": (words, "the question, by language"),
            "readings": ({"type": "object", "additionalProperties": words}, "the readings, by language"),
            "standard": (TEXT, "the reading of the profile standard"),
            "member": (TEXT, "the reading of the profile member"),
            "operator": (TEXT, "the reading of the profile operator"),
        },
    )
    policy = object_schema(
        "A privacy policy: the retention schedule.",
        {
            "policy": (TEXT, "the id"),
            "title": (words, "the title, by language"),
            "in_force": ({"anyOf": [DATE, {"type": "null"}]}, "the day from which it is in force"),
            "agreement": (TEXT, "the terms of which it knows the events; `none` for none"),
            "statutes": (list_of(TEXT), "the statutes beside it"),
            "categories": ({"type": "object", "additionalProperties": the("DataCategory")}, "the categories, by id"),
            "clauses": (list_of(the("PolicyClause")), "the clauses"),
            "points": ({"type": "object", "additionalProperties": the("PolicyPoint")}, "the contested points, by id"),
            "numbers": ({"type": "object", "additionalProperties": NUMBER}, "the numbers, by name"),
            "settings": (OBJECT, "the settings, by name"),
        },
    )
    objects = {"Policy": policy, "DataCategory": category, "PolicyClause": clause, "PolicyPoint": point}
    return {"$schema": DIALECT, "anyOf": [list_of(the("Policy")), the("Policy")], "$defs": objects}


BASE_SCHEMAS: dict[str, Callable[[], Schema]] = {
    "policies": _policies_schema,
    "members-list": _list_schema,
    "members-show": _show_schema,
    "members-history": _history_schema,
    "members-record": _record_schema,
    "members-import": _import_schema,
    "members-export": _export_schema,
    "members-init": _init_schema,
    "members-upgrade": _upgrade_schema,
    "members-erase": _erase_schema,
}
"""By command the function that gives its schema; `members-record` is that of `correct` and `retract` too.

The JSON of `policies` is a list, or with a NAME one policy.
"""
