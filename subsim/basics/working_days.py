"""The calendar of Danish working days: weekends, public holidays and the other days on which no period ends.

Public holidays come from the library `holidays`; Store Bededag is one of them until 2023. Besides them 5 June, 24 and
31 December count as closed where a period in law ends on them.
"""

from functools import cache

from subsim.basics.dates import Day, days_after

_SATURDAY = 5
_CLOSED_BESIDES = ((6, 5), (12, 24), (12, 31))
"""Month and day of the days that are no public holidays but on which no period ends either."""
_LAST_YEAR = 2300
"""The last year to compute: the library stops at 2100 by default, though its rules go on."""


def is_public_holiday(day: Day) -> bool:
    """Whether the day is a Danish public holiday; a plain Sunday is not."""
    return not _is_never_a_holiday(day) and day in _public_holidays(day.year)


def _is_never_a_holiday(day: Day) -> bool:
    """Whether no year has a holiday at this date, so that the library need not be loaded.

    Maundy Thursday is 19 March at the soonest and Whit Monday 14 June at the latest; the others are at Christmas.
    """
    return (1, 1) < (day.month, day.day) < (3, 19) or (6, 14) < (day.month, day.day) < (12, 24)


def is_weekend(day: Day) -> bool:
    """Whether the day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def is_working_day(day: Day) -> bool:
    """Whether the day is a working day: no Saturday, Sunday or public holiday, not 5 June, 24 or 31 December."""
    return not (is_weekend(day) or (day.month, day.day) in _CLOSED_BESIDES or is_public_holiday(day))


def next_working_day(day: Day) -> Day:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day = days_after(day, 1)
    return day


@cache
def _public_holidays(year: int) -> frozenset[Day]:
    from holidays.countries.denmark import (
        Denmark,
    )  # takes a quarter of a second, and is needed only where a period ends

    calendar = type("Denmark", (Denmark,), {"end_year": _LAST_YEAR})
    return frozenset(calendar(years=year))
