"""The date arithmetic of the terms, and the only one in the package.

Dates are civil dates in Europe/Copenhagen; intervals are half-open, `[start, end)`.
Nothing moves for weekends or holidays: the terms say nothing of them.
"""

from datetime import UTC, datetime, timedelta
from datetime import date as Day  # noqa: N812 - the terms speak of days, and `date` is a field of every event
from functools import lru_cache
from typing import Final

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Day",
    "calendar_quarter_boundary",
    "day_of_moment",
    "days_after",
    "days_between",
    "days_in_year",
    "first_boundary",
    "half_year",
    "has_aged",
    "last_day_of_month",
    "months",
    "schedule",
    "schedule_past",
    "start_of",
]

FIRST_DAY: Final = Day.min
"""The first day there is."""
LAST_DAY: Final = Day.max
"""The last day there is: where a day that something happens on is wanted, it stands for never."""
_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=1 << 14)
def days_after(day: Day, count: int) -> Day:
    """The day `count` days after `day`: 15 April + 30 is 15 May (`opsigelse.2d`)."""
    return day + timedelta(count)


def days_between(start: Day, end: Day) -> int:
    """The number of days in `[start, end)`; negative where end comes first."""
    return end.toordinal() - start.toordinal()


@lru_cache(maxsize=1 << 14)
def months(anchor: Day, count: int) -> Day:
    """The same day number `count` calendar months after `anchor`, clipped to the month's last day.

    Count from the anchor each time, never from the last result: 31 January gives 28 February, then 31 March.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + count, 12)
    length = 29 if month == 1 and _is_leap(year) else _MONTH_LENGTHS[month]
    return Day(year, month + 1, min(anchor.day, length))


_months: Final = months.__wrapped__
"""The same, of which nothing is remembered."""


def has_aged(born: Day, years: int, by: Day) -> bool:
    """Whether somebody born on a day is at least so many years old by another day.

    Where the years of the calendar tell it, no date is made: hardly two members share a birthday.
    """
    return by.year - born.year > years or months(born, 12 * years) <= by


@lru_cache(maxsize=1 << 14)
def schedule(anchor: Day, step: int) -> list[Day]:
    """`months(anchor, k * step)` for k = 0, 1, 2, …, as far as it was needed; all callers share one list."""
    return [anchor]


def schedule_past(anchor: Day, step: int, day: Day) -> list[Day]:
    """The schedule, with at least two of its days after `day`."""
    days = schedule(anchor, step)
    while len(days) == 1 or days[-2] <= day:
        _extend(days, anchor, step)
    return days


_known: Final[dict[Day, Day]] = {}
"""The days of all schedules, so that equal ones are one object: of the days that a file may name there are 110,000."""


def _extend(days: list[Day], anchor: Day, step: int) -> None:
    """Add its next day to a schedule."""
    day = _months(anchor, len(days) * step)
    days.append(_known.setdefault(day, day))


def first_boundary(anchor: Day, step: int, not_before: Day) -> Day:
    """The first of `months(anchor, k * step)`, k = 0, 1, 2, …, that is on or after `not_before`."""
    passed = (not_before.year - anchor.year) * 12 + not_before.month - anchor.month
    k, days = max(0, passed // step), schedule(anchor, step)
    while len(days) <= k or days[k] < not_before:
        if len(days) <= k:
            _extend(days, anchor, step)
        else:
            k += 1
    return days[k]


def calendar_quarter_boundary(step: int, not_before: Day) -> Day:
    """The first boundary on or after `not_before`, where boundaries come every `step` months from 1 January."""
    return first_boundary(Day(not_before.year, 1, 1), step, not_before)


def start_of(day: Day) -> datetime:
    """Midnight of the day in UTC, for calendar files."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def last_day_of_month(year: int, month: int) -> Day:
    """The last day of a month; a card that expires in the month can be charged until then."""
    return days_after(months(Day(year, month, 1), 1), -1)


def day_of_moment(timestamp: str) -> Day:
    """The Copenhagen date of an ISO timestamp with an offset; ValueError or OverflowError where there is none."""
    import pendulum  # half the start-up time of a command that reads plain dates only

    return pendulum.instance(datetime.fromisoformat(timestamp)).in_timezone("Europe/Copenhagen").date()


def half_year(day: Day) -> Day:
    """The 1 January or 1 July on which the half-year of `day` begins (renteloven § 5)."""
    return Day(day.year, 1 if day.month < 7 else 7, 1)


def days_in_year(year: int) -> int:
    """365 or 366."""
    return 366 if _is_leap(year) else 365


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
