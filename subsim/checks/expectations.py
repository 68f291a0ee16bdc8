"""Compares expectations with results: the keys given must match exactly, all others may have any value."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from subsim.basics.json_object import JsonObject, Key
from subsim.basics.texts import Message, join_words
from subsim.files.annotations import OneOf
from subsim.files.expectation import Ask, Expectation, ExpectedState
from subsim.membership.deadlines import DOWNGRADE_TAKES_EFFECT, TRANSITION_BY
from subsim.membership.events import ChangePackage, Restore, SignUp, Suspend
from subsim.membership.facts import FaultInFacts
from subsim.membership.phases import Transition

Json = Any

_STATE_KEYS = tuple(ExpectedState.__annotations__)

_ENDINGS = tuple(
    name
    for name, transition in TRANSITION_BY.items()
    if transition in (Transition.NOTICE, Transition.NOTICE_WITHDRAWN, Transition.END)
)
_DECIDED_BY: dict[str, Collection[str]] = {
    "ends_on": _ENDINGS,
    "ended_on": _ENDINGS,
    "end_reason": _ENDINGS,
    "state": TRANSITION_BY,
    "states": TRANSITION_BY,
    "suspended": (Suspend.name, Restore.name),
    "package": (ChangePackage.name, DOWNGRADE_TAKES_EFFECT),
}
"""The events and deadlines whose last decision set a key of a subscription; any other key is set by its sign-up."""
_CLAUSES = {"binding_ends": "betaling.5", "terms_since": "aendringer.1", "interest": "betaling.2"}
"""The clauses of keys that no single decision sets."""


@frozen(kw_only=True)
class Mismatch(JsonObject):
    """A value that is not as expected, both as JSON, with its clause where one is known."""

    path: str
    expected: Json
    found: Json
    clause: str | None = None
    remark: Message | None = None
    """Why it can never be as expected, where that is known."""

    KEYS = (
        Key("path", "where the value stands, as in `subscriptions.main.ends_on`"),
        Key("expected", "what is expected"),
        Key("found", "what was found"),
    )


@frozen(kw_only=True)
class Comparison:
    """A value and its expectation in one world; `fits` is False where no value could match."""

    path: str
    expected: Json
    found: Json
    clause: str | None = None
    remark: Message | None = None
    fits: bool = True


def disagreements(worlds: Sequence[Iterable[Comparison]]) -> list[Mismatch]:
    """The mismatches over all worlds together, in the order of the first.

    A single expected value must hold in each world. Of several expected values each must hold in some world.
    """
    by_path: dict[str, list[Comparison]] = {}
    for compared in worlds:
        for each in compared:
            by_path.setdefault(each.path, []).append(each)
    return [mismatch for each in by_path.values() if (mismatch := _disagreement(each)) is not None]


def _disagreement(compared: Sequence[Comparison]) -> Mismatch | None:
    expected = compared[0].expected
    found: list[Json] = []
    for each in compared:
        if each.found not in found:
            found.append(each.found)
    fits = all(each.fits for each in compared)
    if isinstance(expected, OneOf):
        wanted = list(expected.values)
        if fits and all(value in found for value in wanted) and all(value in wanted for value in found):
            return None
        expected = {"one_of": wanted}
    elif fits and found == [expected]:
        return None
    odd = next((each for each in compared if not each.fits or each.found != expected), compared[0])
    return Mismatch(
        path=odd.path,
        expected=expected,
        found=found[0] if len(found) == 1 else {"one_of": found},
        clause=odd.clause,
        remark=next((each.remark for each in compared if each.remark is not None and each.found != expected), None),
    )


def mismatches(expect: Expectation, outcome: Mapping[str, Json]) -> list[Mismatch]:
    """The mismatches of an outcome as JSON; FaultInFacts where it is not clear which subscription is meant."""
    return disagreements([compared(expect, outcome)])


def ask_mismatches(ask: Ask, answer: Mapping[str, Json], index: int = 0) -> list[Mismatch]:
    """The mismatches of an answer as JSON; `index` is the question's place in its list."""
    return disagreements([[*ask_compared(ask, answer, index), *doubts_compared(ask, answer, index)]])


def compared(expect: Expectation, outcome: Mapping[str, Json]) -> list[Comparison]:
    """Every expectation beside the value of an outcome as JSON; FaultInFacts as above."""
    given: dict[str, Json] = {**expect}
    of_the_only_one = {key: value for key, value in given.items() if key in _STATE_KEYS}
    found: list[Comparison] = []
    if of_the_only_one:
        found += _of_subscription("", of_the_only_one, _only_subscription(outcome), outcome)
    for name, state in given.get("subscriptions", {}).items():
        found += _of_subscription(f"subscriptions.{name}.", state, _subscription(outcome, name), outcome, name)
    for key in ("invoices", "refused"):
        if key in given:
            found += _of_list(key, given[key], outcome[key])
    for key, amount in given.get("totals", {}).items():
        found += _of_value(f"totals.{key}", amount, outcome["totals"][key], _CLAUSES.get(key))
    for index, duty in enumerate(given.get("duties", ())):
        if duty not in outcome["duties"]:
            alike = [each for each in outcome["duties"] if each["duty"] == duty["duty"]]
            path, clause = f"duties[{index}]", duty["clause"]
            found.append(Comparison(path=path, expected=duty, found=alike or None, clause=clause, fits=False))
    return found


def doubts_compared(ask: Ask, answer: Mapping[str, Json], index: int = 0) -> Iterator[Comparison]:
    """The expectations on all worlds together: their number, the cases, and the decisive doubts."""
    given: dict[str, Json] = {**ask.expect}
    for key, count in given.get("worlds", {}).items():
        yield from _of_value(f"ask[{index}].worlds.{key}", count, answer["worlds"][key], None)
    if "decisive" in given:
        yield from _of_value(f"ask[{index}].decisive", given["decisive"], answer["decisive"], None)
    if "cases" in given:
        wanted, there = (list(map(_as_case, cases)) for cases in (given["cases"], answer["cases"]))
        yield from _of_value(f"ask[{index}].cases", wanted, there, None)


def _as_case(case: Mapping[str, Json]) -> Json:
    """A case with its rows sorted, since they may be expected in any order."""
    return {**case, "facts": sorted(case["facts"], key=lambda row: sorted(map(str, row.items())))}


_OF_ALL_WORLDS = ("worlds", "decisive", "cases")


def ask_compared(ask: Ask, answer: Mapping[str, Json], index: int = 0) -> list[Comparison]:
    """Every expectation on an answer of one world beside its value, as JSON."""
    given: dict[str, Json] = {key: value for key, value in ask.expect.items() if key not in _OF_ALL_WORLDS}
    routes, law = given.pop("routes", {}), given.pop("law", {})
    given.pop("retention", None)  # compared by a room above
    clause = _first(answer["clauses"])
    found: list[Comparison] = []
    for key, value in given.items():
        found += _of_value(f"ask[{index}].{key}", value, answer[key], clause)
    by_name = {way["route"]: way for way in answer["routes"]}
    for name, expected in routes.items():
        found += _of_route(f"ask[{index}].routes.{name}", expected, by_name.get(name, _CLOSED))
    for name, expected in law.items():
        found += _of_law(f"ask[{index}].law.{name}", name, expected, answer["law"])
    return found


def _of_law(path: str, name: str, expected: Json, law: Mapping[str, Json]) -> Iterator[Comparison]:
    """A row of the law by its route, or by route and kind; and whether the law covers the subscription at all."""
    if name in ("covered", "why_not"):
        yield from _of_value(path, expected, law[name], None)
        return
    route, _, kind = name.partition(".")
    rows = [row for row in law["ways"] if row["route"] == route]
    if kind and kind not in law["kinds"]:
        rows = []
    row = next((row for row in rows if row["kind"] in (None, kind or None)), None)
    if row is None or expected is None:
        there = [f"{route}.{each['kind']}" if each["kind"] else route for each in rows]
        if expected is not None or there:
            yield Comparison(path=path, expected=expected, found=there or None, fits=False)
        return
    provision = _first(row["provisions"])
    for key, value in expected.items():
        if key not in _COLUMNS:
            yield from _of_value(f"{path}.{key}", value, row[key], provision)
        elif value == "closed":
            if row[key]["open"]:
                yield Comparison(path=f"{path}.{key}", expected="closed", found=row[key], clause=provision, fits=False)
        else:
            for inner, amount in value.items():
                yield from _of_value(f"{path}.{key}.{inner}", amount, row[key][inner], provision)


_COLUMNS = ("sure", "arguable")


_CLOSED: dict[str, Json] = {
    "open": False,
    "ends_on": None,
    "give_notice_by": None,
    "refund": None,
    "still_to_pay": None,
    "clauses": (),
}
"""The row of a route that an answer lacks, as before a sign-up or after the end."""


def _of_route(path: str, expected: Json, way: Mapping[str, Json]) -> Iterator[Comparison]:
    clause = _first(way["clauses"])
    if expected == "closed":
        if way["open"]:
            there = {"open": True, "ends_on": way["ends_on"]}
            yield Comparison(path=path, expected="closed", found=there, clause=clause, fits=False)
        return
    for key, value in expected.items():
        yield from _of_value(f"{path}.{key}", value, way[key], clause)


def _of_subscription(
    path: str,
    expected: Mapping[str, Json],
    found: Mapping[str, Json] | None,
    outcome: Mapping[str, Json],
    name: str | None = None,
) -> Iterator[Comparison]:
    """Compare the keys of one subscription; all are null if it was never accepted."""
    for key, value in expected.items():
        there = None if found is None else found[key]
        if key == "states":
            value, there = _expected_pairs(value), _pairs(there)
        clause = clause_that_set(key, found["id"] if found else name, outcome)
        for each in _of_value(f"{path}{key}", value, there, clause):
            yield evolve(each, remark=_remark(key, value, found))


def _remark(key: str, expected: Json, found: Mapping[str, Json] | None) -> Message | None:
    """The remark on an expected `ends_on` whose day the replay has reached, so that it is in `ended_on`."""
    if key != "ends_on" or found is None or expected is None or found["ended_on"] != expected:
        return None
    return Message(
        "without an earlier until the replay goes on to {day}, on which it has ended: expect ended_on, or give until",
        day=expected,
    )


def _only_subscription(outcome: Mapping[str, Json]) -> Mapping[str, Json] | None:
    ids = list(dict.fromkeys(each["id"] for each in outcome["subscriptions"]))
    if len(ids) > 1:
        raise FaultInFacts(
            Message(
                "which subscription is expected to be so? the timeline has signed up {ids}", ids=join_words(ids, "and")
            ),
            Message("write it under subscriptions: {{{id}: {{…}}}}", id=ids[0]),
        )
    return _subscription(outcome, ids[0]) if ids else None


def _subscription(outcome: Mapping[str, Json], name: str) -> Mapping[str, Json] | None:
    """The latest with this id; an id may be signed up again once its subscription has ended."""
    return next((each for each in reversed(outcome["subscriptions"]) if each["id"] == name), None)


def _pairs(states: Json) -> Json:
    """States as `[date, state]`; a subscription that was never accepted has none, which is null too."""
    return [[each["from"], each["state"]] if isinstance(each, dict) else list(each) for each in states or ()] or None


def _expected_pairs(states: Json) -> Json:
    return OneOf(tuple(map(_pairs, states.values))) if isinstance(states, OneOf) else _pairs(states)


def _of_list(
    key: str, expected: Sequence[Mapping[str, Json]], found: Sequence[Mapping[str, Json]]
) -> Iterator[Comparison]:
    """Compare the whole list in order, each entry by its given keys."""
    for index, (wanted, there) in enumerate(zip(expected, found, strict=False)):
        for name, value in wanted.items():
            yield from _of_value(f"{key}[{index}].{name}", value, there[name], there["clause"])
    for index in range(len(found), len(expected)):
        row = {name: _as_json(value) for name, value in expected[index].items()}
        yield Comparison(path=f"{key}[{index}]", expected=row, found=None, fits=False)
    for index in range(len(expected), len(found)):
        there = {name: found[index][name] for name in _KEYS_OF_EXTRA[key]}
        yield Comparison(path=f"{key}[{index}]", expected=None, found=there, clause=found[index]["clause"], fits=False)


def _as_json(value: Json) -> Json:
    return {"one_of": list(value.values)} if isinstance(value, OneOf) else value


_KEYS_OF_EXTRA = {"invoices": ("date", "kind", "amount"), "refused": ("date", "event", "clause")}
"""The keys given for an entry that was not expected."""


def _of_value(path: str, expected: Json, found: Json, clause: str | None) -> Iterator[Comparison]:
    yield Comparison(path=path, expected=expected, found=found, clause=clause)


def clause_that_set(key: str, name: str | None, outcome: Mapping[str, Json]) -> str | None:
    """The clause behind a key of a subscription, of an outcome as JSON; None where no single one is."""
    if clause := _CLAUSES.get(key):
        return clause
    decision = decision_that_set(key, name, outcome)
    return None if decision is None else str(decision["clause"])


def decision_that_set(key: str, name: str | None, outcome: Mapping[str, Json]) -> Json | None:
    """The last decision, as JSON, that set the key of a subscription; that refused it if it was never accepted.

    None where no single decision sets the key, or none of the outcome did.
    """
    accepted = any(each["id"] == name for each in outcome["subscriptions"])
    for decision in reversed(outcome["decisions"]):
        if accepted:
            decides = decision["subscription"] == name and decision["verdict"] != "refused"
            if decides and decision["event"] in _DECIDED_BY.get(key, (SignUp.name,)):
                return decision
        elif decision["event"] == SignUp.name and name in (None, decision["subscription"]):
            return decision
    return None


def _first(clauses: Sequence[str]) -> str | None:
    return clauses[0] if clauses else None
