"""Where two outcomes part: on which day, under which clause, and what each says there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import frozen

from subsim.answers.outcome import Outcome
from subsim.basics.atomic_file import atomic_path
from subsim.checks.expectations import clause_that_set, decision_that_set
from subsim.engine.ways import CLAUSES as CLAUSES_OF_WAYS
from subsim.files.scenario import Scenario
from subsim.terms.clauses import CLAUSES
from subsim.testing.reduction import scenario_with_expectations, smallest
from subsim.testing.request import Request, request_of
from subsim.testing.shape import COMPARED, outcome_given

Json = Any
System = Callable[[dict[str, Any]], Json]
"""A system under test: it takes the JSON of a request and gives that of an outcome, or parts of it."""
_LAST_DAY = "9999-12-31"


@frozen(kw_only=True)
class Difference:
    """One value on which two outcomes differ, both as JSON, with the day and the clauses that decide it.

    `clauses` are those of the terms behind our value, that which decides it first; a refusal of theirs alone has the
    clause that theirs names before it. `date` is ISO text.
    """

    date: str
    path: str
    ours: Json
    theirs: Json
    clauses: tuple[str, ...] = ()

    @property
    def clause(self) -> str | None:
        """The clause that decides our value."""
        return self.clauses[0] if self.clauses else None

    def __str__(self) -> str:
        """The difference in one line."""
        where = self.date if self.clause is None else f"{self.date} {self.clause}"
        return f"{where}: {self.path} is {_shown(self.theirs)}, expected {_shown(self.ours)}"


def differences(
    ours: Scenario | Outcome | Mapping[str, Json],
    theirs: "Outcome | Mapping[str, Json] | System",
    *,
    save: str | PathLike[str] | None = None,
) -> list[Difference]:
    """Where the outcome of another system is not ours, the earliest first: there they part.

    `ours` is a scenario, its outcome, or the JSON of one; `theirs` an outcome, its JSON, any part of that, or the
    system itself: a function that takes the JSON of a request. What theirs leaves out is not compared. ShapeError, a
    ValueError, says what of theirs is no outcome.

    With `save` and differences, the smallest timeline on which the system still parts at that clause is written there
    as a scenario file that expects what the terms say; of an outcome, which can't be asked again, the timeline itself.
    """
    if not isinstance(ours, Scenario):
        if save is not None or callable(theirs):
            raise TypeError("to ask the system or to save a timeline, give the scenario as the first of the two")
        return _unlike(_json(ours), _json(theirs))
    request = request_of(ours)
    found = _of_request(request, theirs) if callable(theirs) else _unlike(request.expected(), _json(theirs))
    if found and save is not None:
        kept = smallest(ours, _parts_alike(theirs, found[0])) if callable(theirs) else ours
        with atomic_path(Path(save)) as path:
            path.write_text(scenario_with_expectations(kept), encoding="utf-8")
    return found


def _of_request(request: Request, system: System) -> list[Difference]:
    return _unlike(request.expected(), _json(system(request.to_dict())))


def _parts_alike(system: System, first: Difference) -> Callable[[Scenario], bool]:
    """Whether the system parts from the terms at the same clause on another timeline."""
    return lambda scenario: any(each.clause == first.clause for each in _of_request(request_of(scenario), system)[:1])


def _json(given: Any) -> Any:
    return given.to_dict() if isinstance(given, Outcome) else given


def _shown(value: Json) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(each)}" for key, each in value.items()) + "}"
    return "nothing" if value is None else str(value)


def _unlike(ours: Mapping[str, Json], theirs: Json) -> list[Difference]:
    """Where two outcomes as JSON differ, by date; of one date what was decided first, and then the money."""
    usual, given = outcome_given(ours), outcome_given(theirs)
    found = [
        each
        for part in COMPARED
        if part in given and part in usual
        for each in _COMPARE[part](part, usual[part], given[part], ours)
    ]
    return sorted(found, key=lambda each: each.date)


# Lists, entry by entry


def _matched(
    ours: list[Json], theirs: list[Json], keys: Iterable[str]
) -> tuple[list[tuple[int, Json, Json]], list[tuple[int, Json]], list[tuple[int, Json]]]:
    """The entries that belong together and differ, with their place in ours; then those of ours alone, of theirs alone.

    Entries that are alike in all that theirs say belong together; of the rest those that have the same under the keys,
    as far as theirs have these. The order of a list says nothing else.
    """
    left, alone = dict(enumerate(ours)), []
    for place, entry in enumerate(theirs):
        same = next((index for index, each in left.items() if _says(each, entry, entry)), None)
        if same is None:
            alone.append((place, entry))
        else:
            del left[same]
    pairs, unexpected = [], []
    for place, entry in alone:
        like = next((index for index, each in left.items() if _says(each, entry, keys)), None)
        if like is None:
            unexpected.append((place, entry))
        else:
            pairs.append((like, left.pop(like), entry))
    return pairs, list(left.items()), unexpected


def _says(ours: Json, theirs: Json, keys: Iterable[str]) -> bool:
    return all(ours.get(key) == theirs[key] for key in keys if key in theirs)


def _of_list(
    identity: tuple[str, ...], clauses: Callable[[Json, Json], tuple[str, ...]]
) -> Callable[[str, Json, Json, Json], Iterator[Difference]]:
    """The comparison of a list whose entries are told apart by these keys; `clauses` are those of an entry."""

    def compare(part: str, ours: Json, theirs: Json, outcome: Json) -> Iterator[Difference]:
        pairs, missing, unexpected = _matched(ours, theirs, identity)
        for index, mine, other in pairs:
            for key, value in other.items():
                if key in mine and mine[key] != value:
                    yield Difference(
                        date=_earlier(mine, other),
                        path=f"{part}[{index}].{key}",
                        ours=mine.get(key),
                        theirs=value,
                        clauses=_clauses_of(mine) or clauses(outcome, mine),
                    )
        for index, mine in missing:
            yield Difference(
                date=mine.get("date") or _LAST_DAY,
                path=f"{part}[{index}]",
                ours=_in_short(mine),
                theirs=None,
                clauses=_clauses_of(mine) or clauses(outcome, mine),
            )
        for _, other in unexpected:
            yield Difference(
                date=other.get("date") or _LAST_DAY,
                path=part,
                ours=None,
                theirs=_in_short(other),
                clauses=clauses(outcome, other),
            )

    return compare


def _earlier(ours: Json, theirs: Json) -> str:
    return min(ours.get("date") or _LAST_DAY, theirs.get("date") or _LAST_DAY)


def _in_short(entry: Json) -> Json:
    return {key: entry[key] for key in ("date", "event", "duty", "kind", "subscription", "amount") if entry.get(key)}


def _clauses_of(entry: Json) -> tuple[str, ...]:
    return (entry["clause"],) if entry.get("clause") else ()


def _clauses_of_decision(outcome: Json, entry: Json) -> tuple[str, ...]:
    """The clause by which theirs decides an event otherwise, where it names one of the terms, and that of ours."""
    alike = [each for each in outcome.get("decisions", ()) if _says(each, entry, ("date", "event", "subscription"))]
    theirs = [each for each in _clauses_of(entry) if each in CLAUSES]
    return tuple(dict.fromkeys((*theirs, *_clauses_of(alike[0] if alike else {}))))


def _clauses_until(outcome: Json, entry: Json) -> tuple[str, ...]:
    """The clause of our last decision about the subscription of an entry that ours has not, up to its date."""
    date, id = entry.get("date") or _LAST_DAY, entry.get("subscription")
    decisions = outcome.get("decisions", ())
    made = [each for each in decisions if each["date"] <= date and (id is None or each["subscription"] in (None, id))]
    return _clauses_of(made[-1] if made else decisions[0] if decisions else {})


# Subscriptions


def _of_subscriptions(_part: str, ours: Json, theirs: Json, outcome: Json) -> Iterator[Difference]:
    """By id, the latest of an id that was signed up again last; one that theirs has and ours not was refused."""
    usual, given = _by_id(ours), _by_id(theirs)
    for (id, life), mine in usual.items():
        other = given.get((id, life))
        if other is None:
            yield Difference(
                date=mine["registered_on"],
                path=f"subscriptions.{id}",
                ours={"state": mine["state"], "package": mine["package"]},
                theirs=None,
                clauses=_clauses_of(decision_that_set("registered_on", id, outcome) or {}),
            )
        else:
            yield from _of_subscription(f"subscriptions.{id}", mine, other, outcome)
    for (id, life), other in given.items():
        if (id, life) not in usual:
            refused = [
                each for each in outcome.get("refused", ()) if each["event"] == "sign_up" and each["subscription"] == id
            ]
            yield Difference(
                date=(refused[-1]["date"] if refused else other.get("registered_on")) or _LAST_DAY,
                path=f"subscriptions.{id}",
                ours=None,
                theirs={key: other[key] for key in ("state", "package") if key in other},
                clauses=_clauses_of(refused[-1]) if refused else ("adgang.1",),
            )


def _by_id(subscriptions: Json) -> dict[tuple[str, int], Json]:
    found: dict[tuple[str, int], Json] = {}
    for each in subscriptions:
        id = each.get("id") or "main"
        found[id, sum(1 for known, _ in found if known == id)] = each
    return found


def _of_subscription(path: str, ours: Json, theirs: Json, outcome: Json) -> Iterator[Difference]:
    for key, value in theirs.items():
        if key not in ours or (mine := ours[key]) == value:
            continue
        if key == "states":
            index = next((at for at, (one, other) in enumerate(zip(mine, value, strict=False)) if one != other), None)
            index = min(len(mine), len(value)) if index is None else index
            one, other = _at(mine, index), _at(value, index)
            days = [each["from"] for each in (one, other) if each and each.get("from")]
            day = min(days, default=_LAST_DAY)
            yield Difference(
                date=day,
                path=f"{path}.states[{index}]",
                ours=one,
                theirs=other,
                clauses=_clauses_of_end(ours, outcome, day),
            )
            continue
        decision = decision_that_set(key, ours["id"], outcome) or {}
        date = ours["registered_on"] if key == "binding_ends" else decision.get("date") or ours["registered_on"]
        clause = clause_that_set(key, ours["id"], outcome)
        clauses: tuple[str, ...] = (clause,) if clause else ()
        if key in _ENDS:
            clauses = _clauses_of_end(ours, outcome, None)
            date = _date_of_end(ours, outcome) or date
        yield Difference(date=date, path=f"{path}.{key}", ours=mine, theirs=value, clauses=clauses)


_ENDS = ("ends_on", "ended_on", "end_reason", "state")


def _at(values: list[Json], index: int) -> Json:
    return values[index] if index < len(values) else None


def _last_of_end(ours: Json, outcome: Json, until: str | None) -> Json:
    """Our last decision that bears on the state: a refused one too, where nothing ends the subscription."""
    ends = any(ours.get(key) is not None for key in ("ends_on", "ended_on"))
    kinds = ["give_notice", "withdraw", "terminate", "withdraw_notice"]
    kinds += [] if ends else ["binding_ends", "trial_ends", "sign_up"]
    made = [
        each
        for each in outcome.get("decisions", ())
        if each["subscription"] == ours["id"]
        and each["event"] in kinds
        and (until is None or each["date"] <= until)
        and not (ends and each["verdict"] == "refused")
    ]
    return made[-1] if made else decision_that_set("state", ours["id"], outcome) or {}


def _date_of_end(ours: Json, outcome: Json) -> str | None:
    date: str | None = _last_of_end(ours, outcome, None).get("date")
    return date


def _clauses_of_end(ours: Json, outcome: Json, until: str | None) -> tuple[str, ...]:
    """The clause of the decision that ends it, then the other clauses of the way it took."""
    decision = _last_of_end(ours, outcome, until)
    own = _clauses_of(decision)
    if decision.get("event") != "give_notice" or decision.get("verdict") == "refused":
        return own
    route = next((each for each, clauses in CLAUSES_OF_WAYS.items() if own and clauses[0] == own[0]), None)
    return tuple(dict.fromkeys((*own, *(CLAUSES_OF_WAYS[route] if route else ()))))


# Answers and totals


def _of_answers(_part: str, ours: Json, theirs: Json, _outcome: Json) -> Iterator[Difference]:
    """By place: theirs are the answers to the questions in their order."""
    for index, mine in enumerate(ours):
        other, path = _at(theirs, index), f"answers[{index}]"
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
    """Dated last: whatever makes a sum another shows before it, if theirs tells it."""
    for key, value in theirs.items():
        if key in ours and ours[key] != value:
            yield Difference(
                date=outcome.get("until") or _LAST_DAY,
                path=f"totals.{key}",
                ours=ours[key],
                theirs=value,
                clauses=_of_sum(key, outcome),
            )


def _of_sum(key: str, outcome: Json) -> tuple[str, ...]:
    """The clauses of what is summed up; those of the lines where it is nothing."""
    part = "refunds" if key == "refunded" else "invoices"
    return tuple(dict.fromkeys(each["clause"] for each in outcome.get(part, ()))) or ("betaling.2",)


_COMPARE: dict[str, Callable[[str, Json, Json, Json], Iterator[Difference]]] = {
    "subscriptions": _of_subscriptions,
    "refused": _of_list(("date", "event", "subscription"), _clauses_of_decision),
    "decisions": _of_list(("date", "event", "subscription"), _clauses_of_decision),
    "invoices": _of_list(("date", "kind", "subscription"), _clauses_until),
    "refunds": _of_list(("date",), _clauses_until),
    "payments": _of_list(("date",), _clauses_until),
    "duties": _of_list(("duty", "date"), _clauses_until),
    "answers": _of_answers,
    "totals": _of_totals,
}
