"""The interest on one line with its arithmetic: a row for the days of one half-year on which one amount was open."""

from typing import Any

from attrs import frozen

from subsim.basics.dates import Day
from subsim.basics.money import half_up, kroner
from subsim.membership.ledger import Line
from subsim.rules import interest

DECIMALS = 4
"""So many decimals of a krone are shown of an exact sum; what follows is cut off, so that it still rounds the same."""


@frozen(kw_only=True)
class InterestRow:
    """The days `[starts, ends)` of one half-year: what was open, in øre, and both rates, in 1/10000 percent.

    `exact` is what they cost, cut off after four decimals of a krone; `is_whole` where nothing was cut off.
    """

    starts: Day
    ends: Day
    days: int
    open: int
    reference_rate: int
    surcharge: int
    days_of_year: int
    exact: int
    is_whole: bool
    is_provisional: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the row; rates are in percent, `interest` in DKK with four decimals."""
        return {
            "from": self.starts.isoformat(),
            "to": self.ends.isoformat(),
            "days": self.days,
            "open": kroner(self.open),
            "reference_rate": _with_decimals(self.reference_rate),
            "supplement": _with_decimals(self.surcharge),
            "days_of_year": self.days_of_year,
            "interest": _with_decimals(self.exact),
            "provisional": self.is_provisional,
        }


@frozen(kw_only=True)
class InterestOfLine:
    """The interest on one line: its rows, their exact sum as a row has it, and the sum rounded, in øre."""

    rows: tuple[InterestRow, ...]
    exact: int
    is_whole: bool
    rounded: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the interest: `{half_years, exact, rounded}`."""
        return {
            "half_years": [row.to_dict() for row in self.rows],
            "exact": _with_decimals(self.exact),
            "rounded": kroner(self.rounded),
        }


def interest_of_line(line: Line, until: Day, own_rates: dict[Day, int]) -> InterestOfLine:
    """The interest on a line up to and including `until`; FaultInFacts where a reference rate is not known."""
    spans = interest.interest_spans(line, until, own_rates)
    parts = sum(span.parts for span in spans)
    exact, is_whole = _cut(parts)
    rows = tuple(_row(span, own_rates) for span in spans)
    return InterestOfLine(rows=rows, exact=exact, is_whole=is_whole, rounded=half_up(parts, interest.PARTS))


def _row(span: interest.InterestSpan, own_rates: dict[Day, int]) -> InterestRow:
    exact, is_whole = _cut(span.parts)
    return InterestRow(
        starts=span.starts,
        ends=span.ends,
        days=span.days,
        open=span.open,
        reference_rate=span.reference_rate,
        surcharge=span.surcharge,
        days_of_year=span.days_of_year,
        exact=exact,
        is_whole=is_whole,
        is_provisional=interest.is_provisional(span.half_year, own_rates),
    )


def _cut(parts: int) -> tuple[int, bool]:
    """Parts of an øre as ten-thousandths of a krone, the rest cut off, and whether there was none."""
    shown, rest = divmod(parts * 10 ** (DECIMALS - 2), interest.PARTS)
    return shown, not rest


def _with_decimals(number: int) -> str:
    """Ten-thousandths with their four decimals: 29494 is `2.9494`."""
    sign = "-" if number < 0 else ""
    whole, decimals = divmod(abs(number), 10**DECIMALS)
    return f"{sign}{whole}.{decimals:0{DECIMALS}d}"
