"""The JSON of every result: by the name of its command the class by whose keys it is written, and its schema."""

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


def result_schema(name: str) -> Schema:
    """The schema of the JSON of a result; KeyError where there is none of that name."""
    return result_schemas().whole(table_of(RESULTS[name]))


def result_schemas() -> Schemas:
    """None as yet of the schemas of results."""
    return Schemas({Route: (*WAYS, OPERATOR), EndReason: END_REASONS})
