"""What is asked for: the outcome of a replay and the answer of can-cancel (scenario-format.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.charges import interest, paid_for_access, still_to_pay
from tests.oracle.days import Json, day_of, iso, kroner, ore
from tests.oracle.exits import Exit, best_exit, open_exits
from tests.oracle.facts import Line, Subscription, Terms, World
from tests.oracle.periods import binding_end, status
from tests.oracle.tables import NUMBERS, OPERATOR_CLAUSES, POINTS, PROFILES, REFERENCE_RATES, ROUTES
from tests.oracle.terms import terms_since
from tests.oracle.walk import run


def chosen_terms(
    doc: Json, profile: str | None, readings: dict[str, str] | None, numbers: dict[str, Any] | None
) -> Terms:
    """Profile, then single readings on top; an argument's profile displaces the file's readings too."""
    name = profile or doc.get("profile", "standard")
    column = PROFILES.index(name)
    taken = {point: choices[column] for point, (_, choices) in POINTS.items()}
    for extra in ({} if profile else doc.get("readings", {}), readings or {}):
        for point, reading in extra.items():
            if point.startswith("law-"):  # the law's own, which never change the contract
                continue
            if reading not in POINTS[point][0]:
                raise ValueError(f"{point} has no reading {reading}")
            taken[point] = reading
    figures = {key: str(value) for key, value in {**NUMBERS, **doc.get("numbers", {}), **(numbers or {})}.items()}
    words = REFERENCE_RATES.split()
    rates = dict(zip(words[::2], words[1::2], strict=True)) | doc.get("reference_rates", {})
    return Terms(
        profile=name,
        readings=taken,
        numbers={key: ore(text) if key == "credit-check-over" else int(text) for key, text in figures.items()},
        prices={key: ore(text) for key, text in doc.get("prices", {}).items()},
        rates={date.fromisoformat(key): Fraction(Decimal(text)) for key, text in rates.items()},
    )


def dates_within(node: Any) -> Iterator[date]:
    """Every date among the values of an `expect` or `ask`."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("id", "package", "subscription"):
                yield from dates_within(value)
    elif isinstance(node, list):
        for value in node:
            yield from dates_within(value)
    elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(node)):
        yield date.fromisoformat(str(node))


def default_until(doc: Json, *more: Any) -> date:
    """The last date of the timeline, the asks and the expectations of the file, and of what is at hand."""
    days = [day_of(event["date"]) for event in doc["timeline"]]
    for event in doc["timeline"]:
        days += [day_of(event[key]) for key in ("effective", "wanted_end") if key in event]
    for node in (doc.get("expect"), doc.get("ask"), *more):
        days += dates_within(node)
    return max(days)


def end_of(doc: Json, *more: Any) -> date:
    """The file's own `until`, else the default one."""
    return day_of(doc["until"]) if "until" in doc else default_until(doc, *more)


def subscription_json(world: World, sub: Subscription) -> Json:
    """One subscription of the `replay` JSON."""
    return {
        "id": sub.id,
        "state": sub.states[-1][1],
        "suspended": sub.suspended,
        "package": sub.package,
        "registered_on": iso(sub.registered_on),
        "binding_ends": iso(binding_end(world, sub)),
        "ends_on": iso(sub.standing.end if sub.standing else None),
        "ended_on": iso(sub.ended_on),
        "end_reason": sub.end_reason,
        "terms_since": iso(terms_since(world, sub, world.today) if sub.ended_on is None else sub.last_terms_since),
        "states": [{"from": iso(day), "state": state} for day, state in sub.states],
    }


def line_json(world: World, line: Line, until: date) -> Json:
    """One line of the `replay` JSON."""
    return {
        "date": iso(line.day),
        "due": iso(line.day),
        "kind": line.kind,
        "subscription": line.owner.id if line.owner is not None else None,
        "package": line.package,
        "from": iso(line.start),
        "to": iso(line.end),
        "amount": kroner(line.amount),
        "paid_on": iso(line.paid_on),
        "interest": kroner(interest(world.terms, line, until)),
        "clause": line.clause,
    }


def totals_json(world: World, lines: list[Json]) -> Json:
    """The totals (scenario-format): owed = charged - paid + refunded - adjusted, interest apart."""
    charged = sum(line.amount for line in world.lines)
    paid = sum(amount for _, amount in world.payments)
    refunded = sum(amount for _, amount, _ in world.refunds)
    return {
        "charged": kroner(charged),
        "paid": kroner(paid),
        "refunded": kroner(refunded),
        "adjusted": kroner(world.adjusted),
        "owed": kroner(charged - paid + refunded - world.adjusted),
        "interest": kroner(sum(ore(line["interest"]) for line in lines)),
    }


def replay(
    doc: Json,
    until: date | None = None,
    profile: str | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, Any] | None = None,
) -> Json:
    """The outcome of a scenario document, without the words for humans."""
    terms = chosen_terms(doc, profile, readings, numbers)
    last = until or end_of(doc)
    world = run(doc, terms, last)
    lines = [line_json(world, line, last) for line in world.lines]
    member = doc.get("member", {})
    return {
        "scenario": doc.get("scenario"),
        "until": iso(last),
        "profile": terms.profile,
        "readings": terms.readings,
        "numbers": {
            key: kroner(value) if key == "credit-check-over" else value for key, value in terms.numbers.items()
        },
        "member": {
            "id": member.get("id"),
            "born": member.get("born"),
            "resident": member.get("resident", "DK"),
            "use": member.get("use", "private"),
        },
        "subscriptions": [subscription_json(world, sub) for sub in world.subscriptions],
        "invoices": lines,
        "payments": [{"date": iso(day), "amount": kroner(amount)} for day, amount in world.payments],
        "refunds": [
            {"date": iso(day), "amount": kroner(amount), "clause": clause} for day, amount, clause in world.refunds
        ],
        "refused": [
            {"date": iso(day), "event": event, "subscription": sub_id, "clause": clause}
            for day, event, sub_id, clause in world.refused
        ],
        "duties": [{"date": iso(day), "duty": duty, "clause": clause} for day, duty, clause in world.duties],
        "totals": totals_json(world, lines),
    }


def only_id(doc: Json) -> str:
    """The subscription meant where none is named."""
    ids = {e.get("subscription", "main") for e in doc["timeline"] if e["event"] == "sign_up"}
    return ids.pop() if len(ids) == 1 else "main"


def route_json(world: World, sub: Subscription | None, route: str, way: Exit | None) -> Json:
    """One row of the `can-cancel` JSON; a closed one has neither dates nor amounts."""
    row: Json = {"route": route, "open": way is not None, "ends_on": None, "give_notice_by": None}
    row |= {"refund": None, "still_to_pay": None, "clauses": list(ROUTES[route])}
    if sub is not None and way is not None:
        refund = paid_for_access(world, sub) if route == "withdrawal" else 0
        row["ends_on"], row["give_notice_by"] = iso(way.end), iso(way.notice_by)
        row["refund"] = kroner(refund)
        row["still_to_pay"] = kroner(still_to_pay(world, sub, way, world.today))
    return row


def account_json(world: World) -> Json:
    """What the member owes as today ends (scenario-format, Since 0.2)."""
    late = [line for line in world.lines if line.day < world.today and line.open]
    try:
        lines = [line_json(world, line, world.today) for line in world.lines]
        interest_so_far = totals_json(world, lines)["interest"]
    except ValueError:  # a reference rate is not known
        interest_so_far = None
    return {
        "owed": totals_json(world, [])["owed"],
        "overdue": kroner(sum(line.open for line in late)),
        "overdue_since": iso(min((line.day for line in late), default=None)),
        "interest": interest_so_far,
    }


def answer(world: World, sub_id: str) -> Json:
    """Whether and how a subscription can be cancelled as of the end of today, and what is owed (scenario-format)."""
    sub = world.find(sub_id)
    state = status(world, sub, world.today) if sub is not None else None
    result: Json = {"date": iso(world.today), "subscription": sub_id, "state": state, **account_json(world)}
    result["wanted_end"] = None  # not asked for here: tests/answers/test_wanted_end.py tries every notice in turn
    if sub is None or state == "ended":
        result |= {"can_cancel": False, "earliest_end": None, "route": None, "clauses": []}
        result["routes"] = [route_json(world, None, route, None) for route in ROUTES]
        return result
    exits = open_exits(world, sub, world.today)
    best = best_exit(exits)
    end, route = (best.end, best.route) if best is not None else (None, None)
    if sub.standing is not None and (end is None or sub.standing.end <= end):
        end, route = sub.standing.end, sub.standing.route
    clauses: tuple[str, ...] = ("betaling.5", "opsigelse.2")
    if route is not None:
        clauses = ROUTES.get(route, OPERATOR_CLAUSES)
    result |= {"can_cancel": route is not None, "earliest_end": iso(end), "route": route}
    result["clauses"] = list(clauses)
    result["routes"] = [route_json(world, sub, name, exits.get(name)) for name in ROUTES]
    return result


def contested_points(doc: Json, terms: Terms, own: Json, day: date, sub_id: str, **chosen: Any) -> list[Json]:
    """The single other readings that would change the answer, each by a replay of its own."""
    asked = ("can_cancel", "earliest_end", "route")
    found = []
    for point, (choices, _) in POINTS.items():
        for reading in choices:
            if reading == terms.readings[point]:
                continue
            readings = {**(chosen["readings"] or {}), point: reading}
            other = chosen_terms(doc, chosen["profile"], readings, chosen["numbers"])
            result = answer(run(doc, other, day), sub_id)
            if any(result[key] != own[key] for key in asked):
                found.append({"point": point, "reading": reading} | {key: result[key] for key in asked})
    return found


def can_cancel(
    doc: Json,
    date: date,
    subscription: str | None = None,
    profile: str | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, Any] | None = None,
    contested: bool = True,
) -> Json:
    """The answer of `can-cancel`, without the words for humans."""
    sub_id = subscription or only_id(doc)
    terms = chosen_terms(doc, profile, readings, numbers)
    result = answer(run(doc, terms, date), sub_id)
    if contested:
        result["contested"] = contested_points(
            doc, terms, result, date, sub_id, profile=profile, readings=readings, numbers=numbers
        )
    return result
