"""The orders on telecoms: six months from the agreement at most, and one month's notice."""

import pytest

from subsim.basics.dates import Day
from subsim.basics.languages import language
from subsim.law.telecoms import notes, ordinary_end
from subsim.terms.law_points import law_readings

SURE, ARGUABLE = law_readings("sure", {}), law_readings("arguable", {})
CONCLUDED = Day(2020, 1, 15)


def test_one_month_to_the_end_of_a_month_is_the_first_of_the_month_after_the_next() -> None:
    assert ordinary_end(CONCLUDED, Day(2021, 1, 20), SURE).ends_on == Day(2021, 3, 1)


def test_one_month_from_receipt_is_the_same_day_of_the_next_month() -> None:
    assert ordinary_end(CONCLUDED, Day(2021, 1, 20), ARGUABLE).ends_on == Day(2021, 2, 20)


@pytest.mark.parametrize(
    ("notice", "end"), [(Day(2020, 1, 29), Day(2020, 2, 29)), (Day(2020, 1, 31), Day(2020, 2, 29))]
)
def test_one_month_from_the_end_of_january_is_the_last_of_february(notice: Day, end: Day) -> None:
    assert ordinary_end(Day(2019, 5, 15), notice, ARGUABLE).ends_on == end


@pytest.mark.parametrize(
    ("notice", "end"), [(Day(2020, 6, 15), Day(2020, 7, 15)), (Day(2020, 6, 16), Day(2020, 7, 16))]
)
def test_the_end_is_not_before_six_months_from_the_agreement(notice: Day, end: Day) -> None:
    assert ordinary_end(CONCLUDED, notice, ARGUABLE).ends_on == end


def test_a_notice_may_come_at_any_time() -> None:
    assert ordinary_end(CONCLUDED, CONCLUDED, SURE).ends_on == Day(2020, 7, 15)


@pytest.mark.parametrize(
    ("day", "provisions"),
    [
        (Day(2020, 12, 20), ["tele.arrears", "tele.complaint"]),
        (Day(2020, 12, 21), ["tele.6", "tele.arrears", "tele.complaint"]),
    ],
)
def test_the_rules_that_are_not_computed_are_told_as_notes(day: Day, provisions: list[str]) -> None:
    assert [note.provision for note in notes(day)] == provisions


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (Day(2020, 6, 14), "bound for six months from the agreement, until 15 July 2020"),
        (Day(2020, 6, 15), "notice of 15 June 2020 + 1 month = 15 July 2020"),
    ],
)
def test_the_binding_is_told_where_it_holds_the_end_back(notice: Day, words: str) -> None:
    assert ordinary_end(CONCLUDED, notice, ARGUABLE).because.text(language("en")).endswith(words)
