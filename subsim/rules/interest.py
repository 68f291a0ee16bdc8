"""Betalingsoplysninger, late payment: interest under renteloven § 5 (`betaling.2`).

Each day after the due date, up to and including the day of payment, costs the amount open at its start × the rate / the
days of the year. The rate is the reference rate of the half-year plus 8, or plus 7 for amounts due before 1 March 2013,
and never below 0. The sum is exact and is rounded once a line.

The reference rates are Danmarks Nationalbank's official lending rates on each 1 January and 1 July, in
`interest-rates.csv`; those of a scenario extend or replace them. The table marks rates with one source only as
provisional.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from subsim.basics.dates import Day, days_after, days_between, days_in_year, half_year, months
from subsim.basics.money import half_up
from subsim.basics.notation import day_from_iso
from subsim.basics.texts import Message
from subsim.membership.facts import FaultInFacts
from subsim.membership.lines import Line

_PERCENT = 10_000
"""The unit of rates: 10,000 are one percent."""
PARTS = 365 * 366 * 100 * _PERCENT
"""The number of parts of an øre, such that the interest of a day of any year is a whole number of them."""
_HIGHER_SURCHARGE_FROM = Day(2013, 3, 1)


def surcharge(due: Day) -> int:
    """The percentage points on top of the reference rate, in 1/10000 percent (renteloven § 5)."""
    return (8 if due >= _HIGHER_SURCHARGE_FROM else 7) * _PERCENT


def interest(line: Line, until: Day, own_rates: dict[Day, int]) -> int:
    """The interest in øre on one line up to and including `until`; FaultInFacts where a reference rate is not known."""
    parts, on_top = 0, surcharge(line.due)
    for late in _late_spans(line, until):
        rate = rate_of_interest(reference_rate(late.half_year, own_rates), on_top)
        parts += parts_of(late.amount, rate, late.starts, late.ends)
    return half_up(parts, PARTS)


def rate_of_interest(reference: int, on_top: int) -> int:
    """The reference rate with the surcharge on top, 0 or more, all in 1/10000 percent."""
    return max(0, reference + on_top)


def parts_of(amount: int, rate: int, starts: Day, ends: Day) -> int:
    """The interest on an amount in øre at a rate for the days `[starts, ends)` of one year, in `PARTS` of an øre."""
    return amount * rate * days_between(starts, ends) * (365 * 366 // days_in_year(starts.year))


def interest_spans(line: Line, until: Day, own_rates: dict[Day, int]) -> "list[InterestSpan]":
    """The days up to and including `until` on which the line bore interest; FaultInFacts as above."""
    return [
        InterestSpan(
            late.starts, late.ends, late.amount, reference_rate(late.half_year, own_rates), surcharge(line.due)
        )
        for late in _late_spans(line, until)
    ]


def half_years_of(line: Line, until: Day) -> list[Day]:
    """The half-years in which the line bore interest."""
    return [late.half_year for late in _late_spans(line, until)]


def reference_rate(begins: Day, own_rates: dict[Day, int]) -> int:
    """The reference rate of the half-year that begins on this day, in 1/10000 percent."""
    published = published_rates().get(begins)
    rate = own_rates.get(begins, published and published.rate)
    if rate is None:
        raise FaultInFacts(
            Message(
                "interest on late payment needs the reference rate of {begins}, which the built-in table lacks",
                begins=begins,
            ),
            Message("add it in percent, for example: reference_rates: {{{begins}: 2.00}}", begins=begins),
        )
    return rate


def is_provisional(begins: Day, own_rates: dict[Day, int]) -> bool:
    """Whether the rate of this half-year comes from the table and is marked provisional there."""
    published = published_rates().get(begins)
    return begins not in own_rates and published is not None and published.is_provisional


def provisional_half_years(lines: Iterable[Line], until: Day, own_rates: dict[Day, int]) -> tuple[Day, ...]:
    """The half-years in which some line bore interest at a provisional rate."""
    begun = [begins for begins in published_rates() if begins <= until and is_provisional(begins, own_rates)]
    if not begun:
        return ()
    late = {half for line in lines for half in half_years_of(line, until)}
    return tuple(begins for begins in begun if begins in late)


class PublishedRate(NamedTuple):
    """A reference rate of the built-in table, in 1/10000 percent."""

    rate: int
    is_provisional: bool


@cache
def published_rates() -> dict[Day, PublishedRate]:
    """The built-in table by half-year."""
    import csv  # needed only where something is late

    with (Path(__file__).parent / "interest-rates.csv").open(encoding="utf-8") as table:
        rows = csv.DictReader([row for row in table if not row.startswith("#")])
        return {
            day_from_iso(row["from"]): PublishedRate(_rate(row["reference_rate"]), row["status"] == "provisional")
            for row in rows
        }


def _rate(percent: str) -> int:
    whole, _, decimals = percent.lstrip("-").partition(".")
    return (-1 if percent.startswith("-") else 1) * int(whole + decimals.ljust(4, "0"))


class _LateSpan:
    """The days `[starts, ends)` of one half-year that each began with the same overdue amount."""

    __slots__ = ("amount", "ends", "half_year", "starts")

    def __init__(self, half_year: Day, starts: Day, ends: Day, amount: int) -> None:
        self.half_year = half_year
        self.starts = starts
        self.ends = ends
        self.amount = amount


class InterestSpan(NamedTuple):
    """The days `[starts, ends)` of one half-year that bore interest on one amount; both rates in 1/10000 percent."""

    starts: Day
    ends: Day
    open: int
    reference_rate: int
    surcharge: int

    @property
    def half_year(self) -> Day:
        """The first day of the half-year."""
        return half_year(self.starts)

    @property
    def days(self) -> int:
        """The number of days."""
        return days_between(self.starts, self.ends)

    @property
    def days_of_year(self) -> int:
        """The days of the year that they lie in."""
        return days_in_year(self.starts.year)

    @property
    def rate(self) -> int:
        """The rate of interest, in 1/10000 percent, 0 or more."""
        return rate_of_interest(self.reference_rate, self.surcharge)

    @property
    def parts(self) -> int:
        """The exact interest, in `PARTS` of an øre."""
        return parts_of(self.open, self.rate, self.starts, self.ends)


def _late_spans(line: Line, until: Day) -> list[_LateSpan]:
    found: list[_LateSpan] = []
    balances = line.balances
    if balances is None or not line.bears_interest:
        return found
    for number, balance in enumerate(balances, start=1):
        if not balance.amount:
            continue
        last = min(balances[number].day, until) if number < len(balances) else until
        starts, ends = days_after(balance.day, 1), days_after(last, 1)
        while starts < ends:
            begins = half_year(starts)
            turn = min(ends, months(begins, 6))
            found.append(_LateSpan(begins, starts, turn, balance.amount))
            starts = turn
    return found
