"""Compares the answers of a system under test with the located expectations of a scenario file."""

from collections.abc import Iterator, Mapping
from re import findall
from typing import Any

from attrs import evolve

from subsim.basics.faults import Faults, Place
from subsim.basics.texts import Message
from subsim.checks.expectations import Mismatch, ask_mismatches, mismatches
from subsim.files.scenario import Scenario, Variant
from subsim.files.yaml_nodes import Mapping as MappingNode
from subsim.files.yaml_nodes import Node, Sequence, tree
from subsim.pages.run import mismatch_line
from subsim.testing.outcomes.shape import LISTS, TOTALS, plain_outcome
from subsim.testing.request import Request

Json = Any


class _NotGiven:
    """A value that a system does not give: equal to any expected value."""

    def __eq__(self, _other: object) -> bool:
        return True

    def __ne__(self, _other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment] # it is like values of any hash


_NOT_GIVEN = _NotGiven()


def mismatches_of_system(request: Request, given: Json) -> list[Mismatch]:
    """The mismatches of a system's outcome, as JSON, with the case; ShapeError if it is not an outcome.

    Parts that it does not give are not compared, nor expectations on the law and on personal data.
    """
    outcome = plain_outcome(given)
    asked = request.case.variant or request.case.scenario
    expect = {key: value for key, value in asked.expect.items() if _part_of(key) in outcome}
    found = list(mismatches(expect, _filled(outcome, request.expected())))  # type: ignore[arg-type] # the same keys, fewer of them
    answers = {
        (ask.date, ask.subscription): answer
        for ask, answer in zip(request.asks, outcome.get("answers", []), strict=False)
    }
    for index, ask in enumerate(asked.asks):
        answer = answers.get((ask.date, ask.subscription), {})
        compared = {key: value for key, value in ask.expect.items() if key in answer}
        wanted = evolve(ask, expect=compared)  # type: ignore[arg-type] # the same keys, fewer of them
        found += [each for each in ask_mismatches(wanted, _answer(answer), index) if _is_given(each, answer)]
    return [_plain(each) for each in found]


def _part_of(key: str) -> str:
    """The part of an outcome that has a key of `expect`."""
    return key if key in (*LISTS, "totals") else "subscriptions"


def _filled(outcome: Mapping[str, Json], ours: Mapping[str, Json]) -> dict[str, Json]:
    """The outcome with `_NotGiven` for missing values, and with our decisions, which name the clauses."""
    filled: dict[str, Json] = {
        part: [dict.fromkeys(keys, _NOT_GIVEN) | entry for entry in outcome.get(part, ())]
        for part, keys in LISTS.items()
    }
    return filled | {
        "decisions": ours["decisions"],
        "totals": dict.fromkeys(TOTALS, _NOT_GIVEN) | outcome.get("totals", {}),
    }


def _answer(answer: Mapping[str, Json]) -> dict[str, Json]:
    row: dict[str, Json] = dict.fromkeys(("open", "ends_on", "give_notice_by", "refund", "still_to_pay"), _NOT_GIVEN)
    routes = [{**row, "clauses": (), **each} for each in answer.get("routes", ())]
    known: dict[str, Json] = dict.fromkeys(LISTS["answers"], _NOT_GIVEN)
    return {**known, "clauses": (), **answer, "routes": routes}


def _is_given(mismatch: Mismatch, answer: Mapping[str, Json]) -> bool:
    """Whether the system gives the value of a mismatch of an answer; a route that it leaves out is not given."""
    _, _, path = mismatch.path.partition("].")
    key, _, rest = path.partition(".")
    route = rest.partition(".")[0]
    return key in answer if key != "routes" else any(each.get("route") == route for each in answer.get("routes", ()))


def _plain(mismatch: Mismatch) -> Mismatch:
    return mismatch if isinstance(mismatch.clause, str) else evolve(mismatch, clause=None)


def located(scenario: Scenario, variant: Variant | None, mismatch: Mismatch) -> str:
    """The mismatch with its place in the file, in the form of a fault of the file."""
    faults = Faults(scenario.source, scenario.text)
    root = tree(scenario.text, Faults(scenario.source, scenario.text))
    place = scenario.start if root is None else _place(root, list(_steps(scenario, variant, mismatch.path)))
    faults.add(place, Message("{mismatch}", mismatch=mismatch_line(mismatch)), mismatch.remark)
    return str(faults.as_errors())


def _steps(scenario: Scenario, variant: Variant | None, path: str) -> Iterator[str | int]:
    """The keys and list indices from the top of the file to the expectation."""
    if variant is not None:
        yield from ("variants", scenario.variants.index(variant))
    if not path.startswith("ask["):
        yield "expect"
    for name, place in findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        yield int(place) if place else name


def _place(node: Node, steps: list[str | int]) -> Place:
    """The place at the end of the steps, as far as the file has it."""
    for step in steps:
        if isinstance(node, MappingNode) and isinstance(step, str) and step in node.entries:
            node = node.entries[step].value
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    return node.place
