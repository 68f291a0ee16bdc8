"""The lines of settled periods, which stand as one run."""

from subsim.basics.dates import Day
from subsim.membership.lines import Run

STARTS = [Day(2020, month, 15) for month in range(1, 7)]
THIRD_AND_FOURTH = Run("main", "basis", STARTS, 2, 4, 149_00)


def test_a_run_costs_the_amount_of_a_period_for_each_of_its_periods() -> None:
    assert THIRD_AND_FOURTH.in_all == 298_00


def test_the_lines_of_a_run_are_its_periods_and_no_others() -> None:
    run = Run("main", "basis", STARTS, 2, 4, 149_00)
    assert [(line.starts, line.ends, line.paid_on) for line in run.lines()] == [
        (Day(2020, 3, 15), Day(2020, 4, 15), Day(2020, 3, 15)),
        (Day(2020, 4, 15), Day(2020, 5, 15), Day(2020, 4, 15)),
    ]


def test_the_newest_line_of_a_run_comes_first_before_and_after_somebody_asked_for_its_lines() -> None:
    run = Run("main", "basis", STARTS, 2, 4, 149_00)
    newest_first = [Day(2020, 4, 15), Day(2020, 3, 15)]
    assert [line.starts for line in run.newest_first()] == newest_first
    assert len(run.lines()) == 2
    assert [line.starts for line in run.newest_first()] == newest_first
