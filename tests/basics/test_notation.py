"""Days as a file writes them, and as people write them on the command line. Amounts: `test_money`."""

import pytest

from subsim.basics.dates import Day
from subsim.basics.notation import copenhagen_day, day_as_written, day_from_iso, iso_or_none

TODAY = Day(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "day"), [("2020-02-29", (2020, 2, 29)), ("1900-01-01", (1900, 1, 1)), ("2199-12-31", (2199, 12, 31))]
)
def test_a_day_is_read_from_1900_to_2199(text: str, day: tuple[int, int, int]) -> None:
    assert day_from_iso(text) == Day(*day)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2021-02-29", "no such day"),
        ("2020-04-31", "no such day"),
        ("1899-12-31", "1900-2199"),
        ("2200-01-01", "1900-2199"),
        ("2020-1-15", "YYYY-MM-DD"),
        ("20200115", "YYYY-MM-DD"),
        ("2020-W03-3", "YYYY-MM-DD"),
        ("15.01.2020", "YYYY-MM-DD"),
        ("", "YYYY-MM-DD"),
    ],
)
def test_anything_else_is_no_day(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        day_from_iso(text)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2020-01-15T22:59:59Z", (2020, 1, 15)),
        ("2020-01-15T23:00:00Z", (2020, 1, 16)),
        ("2020-07-15T21:59:59Z", (2020, 7, 15)),
        ("2020-07-15T22:00:00Z", (2020, 7, 16)),
        ("2020-07-15T00:30:00+02:00", (2020, 7, 15)),
        ("2020-07-15T00:30:00+03:00", (2020, 7, 14)),
        ("2020-03-29T22:30:00+00:00", (2020, 3, 30)),
        ("2020-10-25T22:30+00:00", (2020, 10, 25)),
    ],
)
def test_a_moment_counts_on_its_copenhagen_date_in_winter_and_in_summer(moment: str, day: tuple[int, int, int]) -> None:
    assert copenhagen_day(moment) == Day(*day)


@pytest.mark.parametrize("moment", ["2020-01-15T10:00:00", "2020-01-15", "2020-02-30T10:00:00Z", "2020-01-15T25:00Z"])
def test_a_moment_needs_an_offset_and_a_place_in_the_calendar(moment: str) -> None:
    with pytest.raises(ValueError, match=r"offset|no such moment"):
        copenhagen_day(moment)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-04-15", Day(2020, 4, 15)),
        ("15.4.2020", Day(2020, 4, 15)),
        ("15.04.2020", Day(2020, 4, 15)),
        ("15/4/2020", Day(2020, 4, 15)),
        ("29/2/2020", Day(2020, 2, 29)),
        ("15/4-2020", Day(2020, 4, 15)),
        ("15. april 2020", Day(2020, 4, 15)),
        ("den 1. maj 2020", Day(2020, 5, 1)),
        ("d. 3. okt. 2020", Day(2020, 10, 3)),
        ("onsdag den 15. april 2020", Day(2020, 4, 15)),
        ("lørdag den 29. februar 2020", Day(2020, 2, 29)),
        ("15 Sept 2020", Day(2020, 9, 15)),
        ("15 April 2020", Day(2020, 4, 15)),
        ("Wednesday 15 April 2020", Day(2020, 4, 15)),
        ("April 15th, 2020", Day(2020, 4, 15)),
        ("today", TODAY),
        ("I  dag", TODAY),
    ],
)
def test_a_date_may_be_written_as_people_write_it(written: str, day: Day) -> None:
    assert day_as_written(written, lambda: TODAY) == day


@pytest.mark.parametrize(
    "written",
    [
        *("29.2.2021", "15.4/2020", "15.4.20", "4/31/2020", "tomorrow", "15-4-2020", ""),
        *("tirsdag den 15. april 2020", "31. april 2020", "15. marmelade 2020", "april 2020", "15. april"),
    ],
)
def test_anything_else_is_no_date(written: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        day_as_written(written, lambda: TODAY)


@pytest.mark.parametrize(("day", "written"), [(Day(2020, 4, 5), "2020-04-05"), (None, None)])
def test_a_day_that_there_may_be_is_written_if_there_is_one(day: Day | None, written: str | None) -> None:
    assert iso_or_none(day) == written


@pytest.mark.parametrize(
    ("text", "meant"),
    [("15.01.2020", "write 2020-01-15"), ("tirsdag den 15. april 2020", "YYYY-MM-DD$"), ("15.01.2200", "YYYY-MM-DD$")],
)
def test_another_notation_is_answered_with_the_day_it_means_if_it_means_one(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match=meant):
        day_from_iso(text)
