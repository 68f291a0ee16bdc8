"""Compares two outcomes: the day, the clause and both values of each difference."""

from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from subsim.answers.outcome import Outcome
from subsim.basics.atomic_file import write_atomically
from subsim.files.scenario import Scenario
from subsim.testing.outcomes.difference import LAST_DAY, Difference, at
from subsim.testing.outcomes.entries import clauses_of_decision, clauses_until, of_list
from subsim.testing.outcomes.shape import COMPARED, plain_outcome
from subsim.testing.outcomes.subscriptions import of_subscriptions
from subsim.testing.reduction import scenario_with_expectations, smallest
from subsim.testing.request import Request, request_of

Json = Any
System = Callable[[dict[str, Any]], Json]
"""A system under test: it takes the JSON of a request and gives that of an outcome, or parts of it."""


def differences(
    ours: Scenario | Outcome | Mapping[str, Json],
    theirs: "Outcome | Mapping[str, Json] | System",
    *,
    save: str | PathLike[str] | None = None,
) -> list[Difference]:
    """The differences between the outcome of another system and ours, the earliest first.

    `ours` is a scenario, its outcome, or the JSON of one; `theirs` an outcome, its JSON, any part of that, or the
    system itself: a function that takes the JSON of a request. What theirs leaves out is not compared. ShapeError, a
    ValueError, says what of theirs is no outcome.

    With `save`, the smallest timeline with a difference at the first clause is written there as a scenario file that
    expects what the terms say. Where `theirs` is an outcome, which cannot be asked again, it is the timeline itself.
    """
    if not isinstance(ours, Scenario):
        if save is not None or callable(theirs):
            raise TypeError("to ask the system or to save a timeline, give the scenario as the first of the two")
        return _unlike(_json(ours), _json(theirs))
    request = request_of(ours)
    found = _of_request(request, theirs) if callable(theirs) else _unlike(request.expected(), _json(theirs))
    if found and save is not None:
        kept = smallest(ours, _parts_alike(theirs, found[0])) if callable(theirs) else ours
        write_atomically(scenario_with_expectations(kept).encode(), Path(save))
    return found


def _of_request(request: Request, system: System) -> list[Difference]:
    return _unlike(request.expected(), _json(system(request.to_dict())))


def _parts_alike(system: System, first: Difference) -> Callable[[Scenario], bool]:
    """Whether the system differs from the terms at the same clause on another timeline."""
    return lambda scenario: any(each.clause == first.clause for each in _of_request(request_of(scenario), system)[:1])


def _json(given: Any) -> Any:
    return given.to_dict() if isinstance(given, Outcome) else given


def _unlike(ours: Mapping[str, Json], theirs: Json) -> list[Difference]:
    """The differences of two outcomes as JSON, by date; on one date decisions come first, then money."""
    usual, given = plain_outcome(ours), plain_outcome(theirs)
    found = [
        each
        for part in COMPARED
        if part in given and part in usual
        for each in _COMPARE[part](part, usual[part], given[part], ours)
    ]
    return sorted(found, key=lambda each: each.date)


# Answers and totals


def _of_answers(_part: str, ours: Json, theirs: Json, _outcome: Json) -> Iterator[Difference]:
    """Compare answers by place, in the order of the questions."""
    for index, mine in enumerate(ours):
        other, path = at(theirs, index), f"answers[{index}]"
        clauses = tuple(mine["clauses"])
        if other is None:
            yield Difference(date=mine["date"], path=path, ours=mine["can_cancel"], theirs=None, clauses=clauses)
            continue
        for key, value in other.items():
            if key == "routes":
                yield from _of_routes(path, mine, value)
            elif mine.get(key) != value:
                yield Difference(
                    date=mine["date"], path=f"{path}.{key}", ours=mine.get(key), theirs=value, clauses=clauses
                )


def _of_routes(path: str, mine: Json, theirs: list[Json]) -> Iterator[Difference]:
    rows = {each["route"]: each for each in mine["routes"]}
    for row in theirs:
        name = row.get("route")
        own = rows.get(name, {"open": False, "ends_on": None, "clauses": ()})
        for key, value in row.items():
            if own.get(key) != value:
                yield Difference(
                    date=mine["date"],
                    path=f"{path}.routes.{name}.{key}",
                    ours=own.get(key),
                    theirs=value,
                    clauses=tuple(own["clauses"]),
                )


def _of_totals(_part: str, ours: Json, theirs: Json, outcome: Json) -> Iterator[Difference]:
    """Compare totals, dated last, since the cause of a different sum comes before it."""
    for key, value in theirs.items():
        if key in ours and ours[key] != value:
            yield Difference(
                date=outcome.get("until") or LAST_DAY,
                path=f"totals.{key}",
                ours=ours[key],
                theirs=value,
                clauses=_of_sum(key, outcome),
            )


def _of_sum(key: str, outcome: Json) -> tuple[str, ...]:
    """The clauses of the entries of a sum; those of the lines where it is 0."""
    part = "refunds" if key == "refunded" else "invoices"
    return tuple(dict.fromkeys(each["clause"] for each in outcome.get(part, ()))) or ("betaling.2",)


_COMPARE: dict[str, Callable[[str, Json, Json, Json], Iterator[Difference]]] = {
    "subscriptions": of_subscriptions,
    "refused": of_list(("date", "event", "subscription"), clauses_of_decision),
    "decisions": of_list(("date", "event", "subscription"), clauses_of_decision),
    "invoices": of_list(("date", "kind", "subscription"), clauses_until),
    "refunds": of_list(("date",), clauses_until),
    "payments": of_list(("date",), clauses_until),
    "duties": of_list(("duty", "date"), clauses_until),
    "answers": _of_answers,
    "totals": _of_totals,
}
