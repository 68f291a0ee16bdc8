"""What Kabelplus does: announce, suspend, terminate (model.md, sections 5 and 7)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.oracle.agreement import live
from tests.oracle.changes import price
from tests.oracle.charges import (
    access_lines,
    bill,
    cancel_open,
    give_credit,
    overdue_beyond_limit,
    package_on,
    periods_between,
)
from tests.oracle.days import Json, day_of, half_up, listed, ore, true
from tests.oracle.ending import end_now
from tests.oracle.exits import ordinary_end
from tests.oracle.facts import Announcement, Line, Standing, Subscription, World
from tests.oracle.periods import binding_end, current_period, in_trial, period_start
from tests.oracle.tables import ACCELERATION_CLAUSE, DEAD_CLAUSE
from tests.oracle.terms import terms_of


def announce(world: World, event: Json, seq: int) -> str | None:
    """Record an announcement; what it does to whom is worked out each time it is asked (section 5)."""
    effective = day_of(event["effective"])
    if effective < world.today:
        raise ValueError(f"{world.today}: effective {effective} lies before the announcement")
    by_cost = event.get("grounds") == "cost"
    world.announcements.append(
        Announcement(
            kind=event["event"].split("_")[1],
            seq=seq,
            announced=world.today,
            effective=effective,
            by_email="email" in listed(event.get("via"), ["email"]),
            prices={name: ore(text) for name, text in event.get("prices", {}).items()},
            cost_increase=ore(event["cost_increase"]) if by_cost else None,
            packages=tuple(listed(event.get("packages"), [])),
            disadvantage=event.get("disadvantage", "none") == "material",
            urgent=true(event.get("urgent")),
            material=true(event.get("material", "true")),
            favourable=true(event.get("favourable")),
            numbers={
                name: ore(str(value)) if name == "credit-check-over" else int(value)
                for name, value in event.get("numbers", {}).items()
            },
            readings=dict(event.get("readings", {})),
        )
    )
    return None


def suspend(world: World, event: Json, seq: int) -> str | None:
    """Stop or restore access; nothing else changes (`betaling.3`, `annullering.1`)."""
    sub = live(world, event)
    if sub is None:
        return "annullering.1"
    sub.suspended = event["event"] == "suspend"
    return None


def accelerated_lines(world: World, sub: Subscription, clause: str) -> list[Line]:
    """The remaining payments that fall due today (`annullering.2`; reading `acceleration`)."""
    terms = terms_of(world, sub, world.today)
    choice = terms.reading("acceleration")
    if choice == "arrears-only" or in_trial(sub, world.today):
        return []
    horizon: date | None = binding_end(world, sub)
    if choice == "to-notice-end":
        in_binding = terms.reading("notice-in-binding")
        in_binding = "counts" if in_binding == "refused" else in_binding
        horizon = ordinary_end(world, sub, world.today, date.min, in_binding)
    assert horizon is not None
    if sub.standing is not None:
        horizon = min(horizon, sub.standing.end)
    lines = []
    for k in periods_between(sub, world.today, horizon):
        start = period_start(sub, k)
        package = package_on(sub, start)
        lines.append(
            Line(
                day=world.today,
                kind="accelerated",
                owner=sub,
                package=package,
                start=start,
                end=period_start(sub, k + 1),
                amount=price(world, sub, package, world.today) * sub.billing,
                clause=clause,
            )
        )
    return lines


def terminate_for_cause(world: World, sub: Subscription, reason: str) -> str | None:
    """Kabelplus ends at once for arrears, breach, misuse or security (section 7)."""
    terms = terms_of(world, sub, world.today)
    persists = terms.reading("late-payment-cure") == "persists" and sub.long_overdue_seen
    if reason == "overdue" and not (overdue_beyond_limit(world, terms) or persists):
        return "betaling.4"
    lines = accelerated_lines(world, sub, ACCELERATION_CLAUSE[reason])
    end_now(world, sub, reason)
    for line in lines:
        bill(world, line)
    return None


def terminate_with_access(world: World, sub: Subscription) -> str | None:
    """Kabelplus ends at the period's end, the binding's or the trial's (`annullering.1a`)."""
    if sub.trial_end is not None and in_trial(sub, world.today):
        end = sub.trial_end
    else:
        end = current_period(sub, world.today)[1]
        if world.today < binding_end(world, sub):
            end = max(end, binding_end(world, sub))
    if sub.standing is not None and sub.standing.end <= end:
        return "annullering.1a"
    sub.standing = Standing(end=end, route="operator", by_member=False)
    return None


def unused_part(line: Line, day: date) -> Fraction:
    """The part of a charge for the days from a day to the end of what it covers (`annullering.1a`)."""
    assert line.start is not None
    assert line.end is not None
    left = max(0, (line.end - day).days)
    return Fraction(line.amount * left, (line.end - line.start).days)


def terminate_with_refund(world: World, sub: Subscription) -> None:
    """Kabelplus ends today and credits what is unused of the current period (`annullering.1a`)."""
    lines: list[Line] = []
    if not in_trial(sub, world.today):
        start, end = current_period(sub, world.today)
        lines = [one for one in access_lines(world, sub) if one.start and start <= one.start < end]
    credit = half_up(sum((unused_part(line, world.today) for line in lines), Fraction(0)))
    left = credit
    for line in lines:
        part = min(left, line.open)
        cancel_open(world, line, part)
        left -= part
    end_now(world, sub, "operator")
    give_credit(world, sub, credit, left, "annullering.1a")


def terminate(world: World, event: Json, seq: int) -> str | None:
    """Kabelplus terminates (section 7)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["terminate"]
    if event.get("reason", "none") != "none":
        return terminate_for_cause(world, sub, event["reason"])
    if event.get("settlement", "access") == "access":
        return terminate_with_access(world, sub)
    terminate_with_refund(world, sub)
    return None
