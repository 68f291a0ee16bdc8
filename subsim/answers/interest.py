"""The interest on one line with its arithmetic: a row for the days of one half-year on which one amount was open."""

from attrs import frozen

from subsim.basics.dates import Day
from subsim.basics.json_object import JsonObject, Key, money
from subsim.basics.money import half_up
from subsim.membership.lines import Line
from subsim.rules import interest

DECIMALS = 4
"""The decimals of a krone of an exact sum. The rest is cut off, so that the sum still rounds the same."""


def _with_decimals(number: int) -> str:
    """A number of ten-thousandths with four decimals: 29494 is `2.9494`."""
    sign = "-" if number < 0 else ""
    whole, decimals = divmod(abs(number), 10**DECIMALS)
    return f"{sign}{whole}.{decimals:0{DECIMALS}d}"


@frozen(kw_only=True)
class InterestRow(JsonObject):
    """The days of one half-year on which one amount was open, with both rates.

    The days are `[starts, ends)`; `open` is in øre, the rates are in 1/10000 percent.
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

    KEYS = (
        Key("from", "the first day", of="starts"),
        Key("to", "the first day that is no longer among them", of="ends"),
        Key("days", "how many days"),
        money("open", "what was open"),
        Key("reference_rate", "the reference rate in percent", write=_with_decimals, kind=str),
        Key("supplement", "what is added to it in percent", of="surcharge", write=_with_decimals, kind=str),
        Key("days_of_year", "the days of the year"),
        Key("interest", "what these days cost, with four decimals", of="exact", write=_with_decimals, kind=str),
        Key("provisional", "whether the reference rate may still change", of="is_provisional"),
    )


@frozen(kw_only=True)
class InterestOfLine(JsonObject):
    """The interest on one line: its rows, their exact sum as a row has it, and the sum rounded.

    `rounded` is in øre.
    """

    rows: tuple[InterestRow, ...]
    exact: int
    is_whole: bool
    rounded: int

    KEYS = (
        Key("half_years", "the days of one half-year on which one amount was open", of="rows"),
        Key("exact", "the sum, in kroner with four decimals", write=_with_decimals, kind=str),
        money("rounded", "the sum, rounded"),
    )


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
    """Parts of an øre as ten-thousandths of a krone, cut off, and whether nothing was cut off."""
    kept, rest = divmod(parts * 10 ** (DECIMALS - 2), interest.PARTS)
    return kept, not rest
