"""Bogføringsloven § 12: how long a line of the accounts is kept (`bfl.12`)."""

from subsim.basics.dates import Day, months

MONTHS_KEPT = 60


def kept_through(day: Day) -> Day:
    """The last day on which a line of this day is kept: five years after the end of its financial year.

    The financial year is the calendar year.
    """
    return months(Day(day.year, 12, 31), MONTHS_KEPT)
