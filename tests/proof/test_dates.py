"""A sample of every date: the days on which months and leap years are odd; `python -m tools.dates` walks them all."""

import pytest

from subsim.basics.dates import Day
from tools.dates import TRIALS, sign_ups, walk

ODD = (
    *(Day(2020, 1, 31), Day(2020, 2, 29), Day(2020, 8, 30), Day(2023, 12, 31)),
    *(Day(2099, 8, 31), Day(2100, 2, 28)),
)


@pytest.mark.parametrize("trial", TRIALS)
@pytest.mark.parametrize("sign_up", ODD, ids=str)
def test_every_end_of_a_sign_up_keeps_the_laws(sign_up: Day, trial: int) -> None:
    found = list(walk(sign_up, trial, step=7))
    assert [fault for fault in found if fault is not None] == []
    assert len(found) > 40


def test_the_walk_has_every_day_of_a_leap_cycle_and_of_the_turn_of_the_century() -> None:
    days = list(sign_ups())
    assert len(days) == 1461 + 730
    assert Day(2020, 2, 29) in days
    assert Day(2100, 3, 1) in days
