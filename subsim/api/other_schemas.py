"""The schemas of `subsim conformance` and `subsim clauses --source law`, whose JSON no class writes."""

from collections.abc import Callable
from typing import get_args

from subsim.api.schema_parts import (
    BOOLEAN,
    DATE,
    DATE_OR_NULL,
    NUMBER,
    TEXT,
    TEXT_OR_NULL,
    Keys,
    list_of,
    object_schema,
    one_of,
    the,
    whole,
)
from subsim.basics.json_schema import Schema
from subsim.terms.statutes import Standing

_JUDGEMENTS = ("agrees", "differs", "not_supported")


def _conformance_schema() -> Schema:
    difference = object_schema(
        "A value on which a system and the terms differ.",
        {
            "date": (TEXT, "the day of the value"),
            "path": (TEXT, "where it stands in the outcome"),
            "ours": ({}, "the value by the terms"),
            "theirs": ({}, "the value of the system"),
            "clauses": (list_of(TEXT), "the clauses that decide it, the first one most"),
        },
    )
    result = object_schema(
        "The result of one question.",
        {
            "id": (TEXT, "the name of the question"),
            "kind": (one_of(("scenario", "shortest", "random")), "from where the question comes"),
            "status": (one_of((*_JUDGEMENTS, "error")), "whether the system agrees"),
            "clauses": ({"type": "object", "additionalProperties": one_of(_JUDGEMENTS)}, "the judgement by clause"),
            "differences": (list_of(the("SystemDifference")), "the differences"),
            "reason": (TEXT_OR_NULL, "why there is no outcome; null where there is one"),
        },
    )
    counts: Keys = {
        "agrees": (NUMBER, "in how many the system agrees"),
        "differs": (NUMBER, "in how many it differs"),
        "not_supported": (NUMBER, "in how many it says that it does not support something"),
    }
    found = object_schema(
        "How far another system does what the terms say.",
        {
            "system": (TEXT, "the system"),
            "cases": (NUMBER, "how many questions it was asked"),
            **counts,
            "errors": (NUMBER, "in how many it gave no outcome"),
            "stopped": (TEXT_OR_NULL, "why it was asked no more; null where it was asked all"),
            "clauses": (list_of(the("ClauseCounts")), "the same by clause"),
            "smallest": (
                {"type": "object", "additionalProperties": TEXT},
                "by clause the smallest scenario on which they differ",
            ),
            "results": (list_of(the("SystemResult")), "the result of each question"),
        },
    )
    clause = object_schema(
        "How many questions about a clause came out how.", {"clause": (TEXT, "the clause"), **counts}
    )
    return whole(
        "Conformance", Conformance=found, ClauseCounts=clause, SystemResult=result, SystemDifference=difference
    )


def _provisions_schema() -> Schema:
    provision = object_schema(
        "A provision of the law.",
        {
            "id": (TEXT, "the id"),
            "statute": (TEXT, "the statute, in Danish"),
            "statute_en": (TEXT, "the statute, in English"),
            "heading": (TEXT, "the heading, in Danish"),
            "heading_en": (TEXT, "the heading, in English"),
            "en": (TEXT, "what it says, in English"),
            "da": (TEXT, "what it says, in Danish"),
            "from": (DATE, "the day from which it is in force"),
            "until": (DATE_OR_NULL, "the first day on which it is not in force any more; null where it has no end"),
            "by": (one_of(("sign-up", "event", "due date", "line")), "the date by which it holds"),
            "standing": (one_of(get_args(Standing)), "how far it binds"),
            "confidence": (one_of("SAm"), "our confidence in it"),
            "sources": (list_of(TEXT), "the numbers of its sources"),
            "touches": (list_of(TEXT), "the clauses of the contract that it is about"),
            "computed": (BOOLEAN, "whether something is computed from it"),
        },
    )
    schema = whole("ProvisionEntry", ProvisionEntry=provision)
    return {"$schema": schema["$schema"], "type": "array", "items": the("ProvisionEntry"), "$defs": schema["$defs"]}


OTHER_SCHEMAS: dict[str, Callable[[], Schema]] = {
    "conformance": _conformance_schema,
    "clauses-law": _provisions_schema,
}
"""By command the function that gives its schema; that of `clauses --source law` is a list."""
