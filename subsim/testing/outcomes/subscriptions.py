"""Compares subscriptions by id: states, packages and ends, each dated by its decision."""

from collections.abc import Iterator
from typing import Any

from subsim.checks.expectations import clause_that_set, decision_that_set
from subsim.engine.ways import CLAUSES as CLAUSES_OF_WAYS
from subsim.membership.events import GiveNotice, SignUp, Terminate, Withdraw, WithdrawNotice
from subsim.testing.outcomes.difference import LAST_DAY, Difference, at, clauses_of

Json = Any


def of_subscriptions(_part: str, ours: Json, theirs: Json, outcome: Json) -> Iterator[Difference]:
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
                clauses=clauses_of(decision_that_set("registered_on", id, outcome) or {}),
            )
        else:
            yield from _of_subscription(f"subscriptions.{id}", mine, other, outcome)
    for (id, life), other in given.items():
        if (id, life) not in usual:
            refused = [
                each
                for each in outcome.get("refused", ())
                if each["event"] == SignUp.name and each["subscription"] == id
            ]
            yield Difference(
                date=(refused[-1]["date"] if refused else other.get("registered_on")) or LAST_DAY,
                path=f"subscriptions.{id}",
                ours=None,
                theirs={key: other[key] for key in ("state", "package") if key in other},
                clauses=clauses_of(refused[-1]) if refused else ("adgang.1",),
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
            one, other = at(mine, index), at(value, index)
            days = [each["from"] for each in (one, other) if each and each.get("from")]
            day = min(days, default=LAST_DAY)
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


def _last_of_end(ours: Json, outcome: Json, until: str | None) -> Json:
    """Our last decision on the state; also a refused one, where nothing ends the subscription."""
    ends = any(ours.get(key) is not None for key in ("ends_on", "ended_on"))
    kinds = [GiveNotice.name, Withdraw.name, Terminate.name, WithdrawNotice.name]
    kinds += [] if ends else ["binding_ends", "trial_ends", SignUp.name]
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
    """The clause of the decision that ends the subscription, then the other clauses of its way out."""
    decision = _last_of_end(ours, outcome, until)
    own = clauses_of(decision)
    if decision.get("event") != GiveNotice.name or decision.get("verdict") == "refused":
        return own
    route = next((each for each, clauses in CLAUSES_OF_WAYS.items() if own and clauses[0] == own[0]), None)
    return tuple(dict.fromkeys((*own, *(CLAUSES_OF_WAYS[route] if route else ()))))
