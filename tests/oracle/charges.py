"""Charges, payment and interest (model.md, section 3)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import count

from tests.oracle.changes import price
from tests.oracle.days import half_up, plus
from tests.oracle.exits import Exit
from tests.oracle.facts import Line, Movement, Subscription, Terms, World
from tests.oracle.periods import period_start
from tests.oracle.terms import terms_of


def failing(world: World) -> bool:
    """Whether the payment method fails today (section 3)."""
    if world.method == "invoice":
        return False
    expired = world.method == "card" and world.card_expires is not None and world.today > world.card_expires
    return world.reported_failing or expired


def collect(world: World, line: Line) -> None:
    """Take what is open on a line by the payment method (section 3), with the receipt (`fornyelse.3`)."""
    amount = line.open
    if amount <= 0:
        return
    line.movements.append(Movement(day=world.today, amount=amount, cancelled=False))
    world.payments.append((world.today, amount))
    if world.method == "card":
        world.duties.append((world.today, "receipt", "fornyelse.3"))


def bill(world: World, line: Line) -> None:
    """Issue a line: credit goes first, then the payment method if it works (section 3)."""
    world.lines.append(line)
    used = min(world.credit, line.open)
    if used > 0:
        world.credit -= used
        line.movements.append(Movement(day=world.today, amount=used, cancelled=False))
    if world.method != "invoice" and not failing(world):
        collect(world, line)


def package_on(sub: Subscription, day: date) -> str:
    """The package on a day to come, a pending downgrade counted (`priser.3`)."""
    if sub.pending is not None and sub.pending.effective <= day:
        return sub.pending.package
    return sub.package


def final_end(world: World, sub: Subscription, start: date, end: date, known_end: date | None) -> date:
    """The end of what a period's charge covers (reading `final-period`)."""
    if (
        terms_of(world, sub, start).reading("final-period") == "prorated"
        and known_end is not None
        and start < known_end < end
    ):
        return known_end
    return end


def period_amount(world: World, sub: Subscription, k: int, known_end: date | None) -> int:
    """What period k costs at the price on its first day (section 3; reading `final-period`)."""
    start, end = period_start(sub, k), period_start(sub, k + 1)
    whole = price(world, sub, package_on(sub, start), start) * sub.billing
    until = final_end(world, sub, start, end, known_end)
    return half_up(Fraction(whole * (until - start).days, (end - start).days))


def charge_period(world: World, sub: Subscription, k: int) -> None:
    """Charge period k on its first day (`betaling.2`, `fornyelse.1`)."""
    start, end = period_start(sub, k), period_start(sub, k + 1)
    known_end = sub.standing.end if sub.standing else None
    bill(
        world,
        Line(
            day=world.today,
            kind="period",
            owner=sub,
            package=sub.package,
            start=start,
            end=final_end(world, sub, start, end, known_end),
            amount=period_amount(world, sub, k, known_end),
            clause="betaling.2",
        ),
    )


def still_to_pay(world: World, sub: Subscription, way: Exit, n: date) -> int:
    """The period lines after n and before the end, as if that notice were given on n (scenario-format)."""
    if way.route in ("withdrawal", "trial"):
        return 0
    end = min(way.end, sub.standing.end) if sub.standing else way.end
    return sum(period_amount(world, sub, k, end) for k in periods_between(sub, n, end))


def periods_between(sub: Subscription, after: date, before: date) -> Iterator[int]:
    """The periods that start after one date and before another."""
    for k in count():
        if period_start(sub, k) >= before:
            return
        if period_start(sub, k) > after:
            yield k


def paid_for_access(world: World, sub: Subscription) -> int:
    """What was paid for a subscription's periods and upgrades (`fortrydelse.1`)."""
    return sum(line.paid for line in access_lines(world, sub))


def access_lines(world: World, sub: Subscription) -> list[Line]:
    """A subscription's period and upgrade lines."""
    return [line for line in world.lines if line.owner is sub and line.kind in ("period", "upgrade")]


def cancel_open(world: World, line: Line, amount: int) -> None:
    """Cancel a part of what is open on a line."""
    if amount > 0:
        line.movements.append(Movement(day=world.today, amount=amount, cancelled=True))


def give_credit(world: World, sub: Subscription, amount: int, paid_out: int, clause: str) -> None:
    """One credit line, and the part of it that is paid out (section 10)."""
    world.lines.append(
        Line(
            day=world.today,
            kind="credit",
            owner=sub,
            package=None,
            start=None,
            end=None,
            amount=-amount,
            clause=clause,
        )
    )
    if paid_out > 0:
        world.refunds.append((world.today, paid_out, clause))


def overdue_beyond_limit(world: World, terms: Terms) -> bool:
    """Whether some amount is more than 10 days overdue today (`betaling.4`)."""
    limit = terms.days("overdue-days")
    return any(line.open > 0 and (world.today - line.day).days > limit for line in world.lines)


def rate(terms: Terms, due: date, half_year: date) -> Fraction:
    """The yearly late-payment rate of a half-year, as a fraction (renteloven § 5); never below 0."""
    if half_year not in terms.rates:
        raise ValueError(f"no reference rate for {half_year}: add it under reference_rates")
    return max(Fraction(0), terms.rates[half_year] + (7 if due < date(2013, 3, 1) else 8)) / 100


def interest(terms: Terms, line: Line, until: date) -> int:
    """Interest on a line up to and including a day (`betaling.2`, section 3)."""
    withdrawn = line.owner is not None and line.owner.end_reason == "withdrawal" and line.kind in ("period", "upgrade")
    if withdrawn or line.kind == "credit":
        return 0
    open_days: dict[tuple[date, int], int] = {}
    day = plus(line.day, 1)
    while day <= until and not line.settled_before(day):
        half_year = date(day.year, 1 if day.month < 7 else 7, 1)
        key = half_year, 366 if calendar.isleap(day.year) else 365
        if outstanding := line.open_as_began(day):
            open_days[key] = open_days.get(key, 0) + outstanding
        day = plus(day, 1)
    return half_up(
        sum((days * rate(terms, line.day, half) / year for (half, year), days in open_days.items()), Fraction(0))
    )
