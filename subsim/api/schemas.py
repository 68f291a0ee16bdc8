"""The JSON of every result: by the name of its command its class and its schema."""

from functools import cache

from subsim.answers.can_cancel import Answer
from subsim.answers.cheapest_exit import CheapestExit, PresentEnd
from subsim.answers.coming import KINDS, Coming, Kind
from subsim.answers.compare import AmountSpread, Certainty, Comparison, Result
from subsim.answers.every_world import CheapestExitInDoubt, ComingInDoubt, ComparisonInDoubt, WhatIfInDoubt
from subsim.answers.explanation import Explanation
from subsim.answers.law import LawAnswer
from subsim.answers.outcome import Outcome
from subsim.answers.verification import Verification
from subsim.answers.what_if import SumDifference, WhatIf
from subsim.api.base_schemas import BASE_SCHEMAS
from subsim.api.other_schemas import OTHER_SCHEMAS
from subsim.api.portfolio_schemas import PORTFOLIO_SCHEMAS
from subsim.basics.enumerations import EndReason, LawRoute, LineKind, Route, State
from subsim.basics.json_object import JsonObject, table_of
from subsim.basics.json_schema import Schema, Schemas
from subsim.checks.run import Run
from subsim.engine.ways import END_REASONS, WAYS
from subsim.membership.owed import LINES
from subsim.membership.phases import STATES
from subsim.membership.ways import OPERATOR
from subsim.retention.compare import DataComparison
from subsim.retention.report import Retention
from subsim.terms.law_routes import LAW_ROUTES

RESULTS: dict[str, type[JsonObject]] = {
    "can-cancel": Answer,
    "cheapest-exit": CheapestExit,
    "coming": Coming,
    "compare": Comparison,
    "compare-retention": DataComparison,
    "explain": Explanation,
    "law": LawAnswer,
    "replay": Outcome,
    "retention": Retention,
    "run": Run,
    "verify": Verification,
    "what-if": WhatIf,
}
"""The results that have a schema.

`law` is the object under the key `law` of the others, `compare-retention` that under `retention` of `compare`.
"""


_LISTS = {
    CheapestExit: CheapestExitInDoubt.LISTS,
    Coming: ComingInDoubt.LISTS,
    Comparison: ComparisonInDoubt.LISTS,
    WhatIf: WhatIfInDoubt.LISTS,
}
"""The lists of results that have, where facts are in doubt, each different entry with its facts."""
_PARTS = (PresentEnd, Result, AmountSpread, Certainty, SumDifference)
"""The objects in these results outside of the lists."""


CATALOGUES = ("clauses", "explore", "readings")
"""The commands about the terms themselves whose JSON has a schema too; that of `clauses` is a list."""

_OF_NO_CLASS = BASE_SCHEMAS | PORTFOLIO_SCHEMAS | OTHER_SCHEMAS
WITH_SCHEMA = (*RESULTS, *CATALOGUES, *_OF_NO_CLASS)
"""All results that have a schema."""


def _catalogue_schema(name: str) -> Schema:
    from subsim.exploring.exploration import Exploration
    from subsim.pages.catalogues import ClauseEntry, ReadingsCatalogue

    shapes: dict[str, type[JsonObject]] = {
        "clauses": ClauseEntry,
        "explore": Exploration,
        "readings": ReadingsCatalogue,
    }
    schema = result_schemas().whole(table_of(shapes[name]))
    if name != "clauses":
        return schema
    return {"$schema": schema["$schema"], "type": "array", "items": {"$ref": schema["$ref"]}, "$defs": schema["$defs"]}


def title_of(schema: Schema) -> str:
    """The title of the object that a result is, or is a list of, or is one way or the other."""
    of: Schema = schema.get("items") or schema.get("anyOf", [schema])[-1]
    return str(of["$ref"]).rpartition("/")[2]


def result_schema(name: str) -> Schema:
    """The schema of the JSON of a result or a catalogue; KeyError where there is none of that name."""
    if name in _OF_NO_CLASS:
        return _OF_NO_CLASS[name]()
    if name in CATALOGUES:
        return _catalogue_schema(name)
    schema = result_schemas().whole(table_of(RESULTS[name]))
    entries = _titles_of_entries()
    return {
        **schema,
        "$defs": {
            title: _with_facts(each) if title in entries else _in_doubt(title, each)
            for title, each in schema["$defs"].items()
        },
    }


def result_schemas() -> Schemas:
    """A collection for the schemas of results, still empty."""
    return Schemas(
        {
            Route: (*WAYS, OPERATOR),
            EndReason: END_REASONS,
            LawRoute: tuple(LAW_ROUTES),
            LineKind: tuple(LINES),
            State: STATES,
            Kind: tuple(KINDS),
        }
    )


def _in_doubt(title: str, schema: Schema) -> Schema:
    """The schema of an object, with null where facts in doubt leave a value open."""
    if title not in _titles_in_doubt() or title in _NEVER_IN_DOUBT:
        return schema
    lists = _keys_of_lists().get(title)
    properties = {
        key: each if _may_be_null(each) or key in (lists or ()) else _or_null(each)
        for key, each in schema["properties"].items()
    }
    return {**schema, "properties": properties if lists is None else {**properties, "worlds": _WORLDS}}


def _with_facts(schema: Schema) -> Schema:
    """The schema of an entry of a list, with its facts."""
    return {**schema, "properties": {**schema["properties"], "facts": _FACTS}}


_WORLDS: Schema = {
    "type": "object",
    "properties": {
        "possible": {"type": "integer", "description": "how many are possible"},
        "impossible": {"type": "integer", "description": "how many are not, by what their days say"},
    },
    "required": ["possible", "impossible"],
    "additionalProperties": False,
    "description": "where facts are in doubt, how many courses of events they leave",
}
_FACTS: Schema = {
    "type": "array",
    "items": {"type": "object", "additionalProperties": {"type": ["string", "boolean"]}},
    "description": "where facts are in doubt, rows of those that give the entry",
}


@cache
def _keys_of_lists() -> dict[str, list[str]]:
    """By title of a result that has such lists, their keys."""
    return {table_of(shape).title: [of.key for of in lists] for shape, lists in _LISTS.items()}


@cache
def _titles_of_entries() -> frozenset[str]:
    """The titles of the entries of these lists."""
    found = set()
    for shape in _LISTS:
        schema = result_schemas().whole(table_of(shape))["$defs"][table_of(shape).title]
        for key in _keys_of_lists()[table_of(shape).title]:
            found.add(schema["properties"][key]["items"]["$ref"].rpartition("/")[2])
    return frozenset(found)


_NEVER_IN_DOUBT = ("WorldCount", "Certain", "CaseInDoubt")
"""The objects about the worlds themselves."""


@cache
def _titles_in_doubt() -> frozenset[str]:
    """The titles of all objects of which a value is null where the worlds differ."""
    others = (table_of(shape).title for shape in (*_LISTS, *_PARTS))
    return frozenset((*result_schemas().whole(table_of(Answer))["$defs"], *others))


def _may_be_null(schema: Schema) -> bool:
    return not schema.keys() - {"description"} or {"type": "null"} in schema.get("anyOf", ())


def _or_null(schema: Schema) -> Schema:
    described = {"description": schema["description"]}
    kind = {key: value for key, value in schema.items() if key != "description"}
    return {"anyOf": [*(kind["anyOf"] if set(kind) == {"anyOf"} else [kind]), {"type": "null"}], **described}
