"""The Danish calendar of working days, both sides of every holiday; typed from an almanac."""

import pytest
from holidays.countries.denmark import Denmark

from subsim.basics.dates import Day
from subsim.basics.working_days import is_public_holiday, is_working_day, next_working_day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (Day(2023, 1, 1), "New Year's Day"),
        (Day(2023, 4, 6), "Maundy Thursday"),
        (Day(2023, 4, 7), "Good Friday"),
        (Day(2023, 4, 9), "Easter Sunday"),
        (Day(2023, 4, 10), "Easter Monday"),
        (Day(2023, 5, 5), "Store Bededag"),
        (Day(2023, 5, 18), "Ascension"),
        (Day(2023, 5, 28), "Whit Sunday"),
        (Day(2023, 5, 29), "Whit Monday"),
        (Day(2023, 12, 25), "Christmas Day"),
        (Day(2023, 12, 26), "second day of Christmas"),
    ],
)
def test_a_public_holiday_is_no_working_day(day: Day, name: str) -> None:
    assert (is_public_holiday(day), is_working_day(day)) == (True, False), name


@pytest.mark.parametrize("day", [Day(2023, 6, 5), Day(2024, 12, 24), Day(2024, 12, 31)])
def test_a_customary_day_off_is_closed_without_being_a_public_holiday(day: Day) -> None:
    assert (is_public_holiday(day), is_working_day(day)) == (False, False)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (Day(2024, 4, 26), "Store Bededag is none since 2024"),
        (Day(2023, 5, 1), "1 May"),
        (Day(2023, 5, 19), "the day after Ascension"),
        (Day(2023, 4, 5), "the Wednesday before Easter"),
        (Day(2024, 12, 23), "the day before Christmas Eve"),
        (Day(2024, 12, 27), "the day after Christmas"),
        (Day(2023, 6, 6), "the day after Constitution Day"),
    ],
)
def test_an_ordinary_day_is_a_working_day(day: Day, name: str) -> None:
    assert is_working_day(day), name


def test_a_saturday_and_a_sunday_are_no_working_days_and_no_public_holidays() -> None:
    saturday, sunday = Day(2021, 5, 15), Day(2021, 5, 16)
    assert [is_working_day(day) or is_public_holiday(day) for day in (saturday, sunday)] == [False, False]


def test_a_working_day_is_its_own_next_one() -> None:
    assert next_working_day(Day(2021, 4, 6)) == Day(2021, 4, 6)


def test_the_next_working_day_after_maundy_thursday_is_the_tuesday() -> None:
    assert next_working_day(Day(2021, 4, 1)) == Day(2021, 4, 6)


def test_holidays_are_known_beyond_the_year_2100() -> None:
    assert is_public_holiday(Day(2150, 12, 25))


def test_the_last_day_of_the_calendar_moves_into_the_next_year() -> None:
    assert next_working_day(Day(2199, 12, 31)) == Day(2200, 1, 2)


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        (Day(2285, 3, 19), True),  # Maundy Thursday at its soonest
        (Day(2038, 6, 14), True),  # Whit Monday at its latest
        (Day(2285, 3, 18), False),
        (Day(2038, 6, 15), False),
    ],
)
def test_the_holidays_of_spring_lie_between_their_soonest_and_their_latest_day(day: Day, is_holiday: bool) -> None:
    assert is_public_holiday(day) == is_holiday


def test_the_library_knows_no_holiday_where_it_is_not_asked() -> None:
    every = {(day.month, day.day) for year in range(1900, 2300) for day in Denmark(years=year)}  # type: ignore[no-untyped-call]
    assert [day for day in sorted(every) if (1, 1) < day < (3, 19) or (6, 14) < day < (12, 24)] == []
