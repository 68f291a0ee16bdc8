"""Bogføringsloven: how long a line is kept."""

import pytest

from subsim.basics.dates import Day
from subsim.law.bookkeeping import kept_through


@pytest.mark.parametrize("day", [Day(2020, 1, 1), Day(2020, 1, 15), Day(2020, 12, 31)])
def test_a_line_is_kept_for_five_years_from_the_end_of_its_year(day: Day) -> None:
    assert kept_through(day) == Day(2025, 12, 31)


def test_a_line_of_the_next_year_is_kept_a_year_longer() -> None:
    assert kept_through(Day(2021, 1, 1)) == Day(2026, 12, 31)
