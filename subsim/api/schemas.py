"""The JSON of every result: by the name of its command the class by whose keys it is written, and its schema."""

from functools import cache

from subsim.answers.can_cancel import Answer
from subsim.answers.cheapest_exit import CheapestExit
from subsim.answers.coming import Coming
from subsim.answers.compare import Comparison
from subsim.answers.explain import Explanation
from subsim.answers.law import LawAnswer
from subsim.answers.letter import Verification
from subsim.answers.outcome import Outcome
from subsim.answers.what_if import WhatIf
from subsim.basics.enumerations import EndReason, Route
from subsim.basics.json_object import JsonObject, table_of
from subsim.basics.json_schema import Schema, Schemas
from subsim.checks.run import Run
from subsim.engine.ways import END_REASONS, OPERATOR, WAYS
from subsim.retention.report import Retention

RESULTS: dict[str, type[JsonObject]] = {
    "can-cancel": Answer,
    "cheapest-exit": CheapestExit,
    "coming": Coming,
    "compare": Comparison,
    "explain": Explanation,
    "law": LawAnswer,
    "replay": Outcome,
    "retention": Retention,
    "run": Run,
    "verify": Verification,
    "what-if": WhatIf,
}
"""The results that have a schema; `law` is what `law` holds in the others."""


IN_DOUBT = "can-cancel"
"""The result that is given where facts are in doubt: a value is then null where the worlds differ."""


def result_schema(name: str) -> Schema:
    """The schema of the JSON of a result; KeyError where there is none of that name."""
    schema = result_schemas().whole(table_of(RESULTS[name]))
    return {**schema, "$defs": {title: _in_doubt(title, each) for title, each in schema["$defs"].items()}}


def result_schemas() -> Schemas:
    """None as yet of the schemas of results."""
    return Schemas({Route: (*WAYS, OPERATOR), EndReason: END_REASONS})


def _in_doubt(title: str, schema: Schema) -> Schema:
    """An object as it may be where facts are in doubt, if it may stand in such a result."""
    if title not in _titles_in_doubt() or title in _NEVER_IN_DOUBT:
        return schema
    properties = {key: each if _may_be_null(each) else _or_null(each) for key, each in schema["properties"].items()}
    return {**schema, "properties": properties}


_NEVER_IN_DOUBT = ("WorldCount", "Certain", "CaseInDoubt")
"""The objects that tell of the worlds themselves."""


@cache
def _titles_in_doubt() -> frozenset[str]:
    """The titles of all objects in the result of all worlds."""
    return frozenset(result_schemas().whole(table_of(RESULTS[IN_DOUBT]))["$defs"])


def _may_be_null(schema: Schema) -> bool:
    return not schema.keys() - {"description"} or {"type": "null"} in schema.get("anyOf", ())


def _or_null(schema: Schema) -> Schema:
    described = {"description": schema["description"]}
    kind = {key: value for key, value in schema.items() if key != "description"}
    return {"anyOf": [*(kind["anyOf"] if set(kind) == {"anyOf"} else [kind]), {"type": "null"}], **described}
