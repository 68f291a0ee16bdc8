import pytest

from subsim.basics.dates import (
    Day,
    calendar_quarter_boundary,
    days_after,
    days_between,
    days_in_year,
    first_boundary,
    half_year,
    has_aged,
    last_day_of_month,
    months,
)


def test_15_april_and_30_days_is_15_may() -> None:
    assert days_after(Day(2020, 4, 15), 30) == Day(2020, 5, 15)


@pytest.mark.parametrize(
    ("start", "end"), [((2020, 2, 15), (2020, 3, 16)), ((2021, 2, 15), (2021, 3, 17)), ((2020, 12, 15), (2021, 1, 14))]
)
def test_30_days_are_counted_through_february_and_the_turn_of_the_year(
    start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    assert days_after(Day(*start), 30) == Day(*end)


def test_days_between_does_not_count_the_last_day() -> None:
    assert days_between(Day(2020, 1, 15), Day(2020, 4, 15)) == 91


def test_days_between_is_negative_where_the_end_comes_first() -> None:
    assert days_between(Day(2020, 1, 15), Day(2020, 1, 14)) == -1


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, (2020, 1, 31)), (1, (2020, 2, 29)), (2, (2020, 3, 31)), (3, (2020, 4, 30)), (12, (2021, 1, 31))],
)
def test_months_after_the_31st_are_clipped_to_the_month_and_never_chained(
    count: int, expected: tuple[int, int, int]
) -> None:
    assert months(Day(2020, 1, 31), count) == Day(*expected)


@pytest.mark.parametrize(
    ("year", "expected"), [(2019, (2020, 2, 29)), (2020, (2021, 2, 28)), (1999, (2000, 2, 29)), (2099, (2100, 2, 28))]
)
def test_half_a_year_after_31_august_is_the_last_of_february(year: int, expected: tuple[int, int, int]) -> None:
    assert months(Day(year, 8, 31), 6) == Day(*expected)


def test_who_is_born_on_29_february_is_18_on_28_february() -> None:
    assert months(Day(2000, 2, 29), 216) == Day(2018, 2, 28)


@pytest.mark.parametrize(
    ("not_before", "expected"),
    [
        ((2019, 12, 1), (2020, 1, 15)),
        ((2020, 1, 15), (2020, 1, 15)),
        ((2020, 1, 16), (2020, 4, 15)),
        ((2020, 4, 15), (2020, 4, 15)),
        ((2020, 4, 16), (2020, 7, 15)),
        ((2021, 12, 31), (2022, 1, 15)),
    ],
)
def test_the_first_quarter_boundary_is_on_or_after_the_day_and_never_before_the_anchor(
    not_before: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    assert first_boundary(Day(2020, 1, 15), 3, Day(*not_before)) == Day(*expected)


@pytest.mark.parametrize(
    ("not_before", "expected"),
    [((2020, 2, 29), (2020, 2, 29)), ((2020, 3, 1), (2020, 5, 30)), ((2021, 2, 28), (2021, 2, 28))],
)
def test_a_boundary_clipped_in_february_goes_back_to_its_day_in_may(
    not_before: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    assert first_boundary(Day(2019, 11, 30), 3, Day(*not_before)) == Day(*expected)


@pytest.mark.parametrize(
    ("not_before", "expected"),
    [
        ((2020, 1, 1), (2020, 1, 1)),
        ((2020, 1, 2), (2020, 4, 1)),
        ((2020, 7, 1), (2020, 7, 1)),
        ((2020, 7, 2), (2020, 10, 1)),
        ((2020, 10, 2), (2021, 1, 1)),
    ],
)
def test_calendar_quarters_turn_in_january_april_july_and_october(
    not_before: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    assert calendar_quarter_boundary(3, Day(*not_before)) == Day(*expected)


@pytest.mark.parametrize(("year", "month", "day"), [(2020, 2, 29), (2021, 2, 28), (2020, 4, 30), (2020, 12, 31)])
def test_the_last_day_of_a_month(year: int, month: int, day: int) -> None:
    assert last_day_of_month(year, month) == Day(year, month, day)


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        ((2020, 1, 1), (2020, 1, 1)),
        ((2020, 6, 30), (2020, 1, 1)),
        ((2020, 7, 1), (2020, 7, 1)),
        ((2020, 12, 31), (2020, 7, 1)),
    ],
)
def test_a_half_year_begins_on_1_january_or_1_july(day: tuple[int, int, int], begins: tuple[int, int, int]) -> None:
    assert half_year(Day(*day)) == Day(*begins)


@pytest.mark.parametrize(("year", "days"), [(2019, 365), (2020, 366), (2000, 366), (2100, 365)])
def test_the_days_of_a_year(year: int, days: int) -> None:
    assert days_in_year(year) == days


@pytest.mark.parametrize(
    ("by", "is_18"),
    [(Day(2019, 2, 27), False), (Day(2019, 2, 28), True), (Day(2018, 12, 31), False), (Day(2020, 1, 1), True)],
)
def test_somebody_born_on_28_february_2001_is_18_from_that_day_on(by: Day, is_18: bool) -> None:
    assert has_aged(Day(2001, 2, 28), 18, by) == is_18
