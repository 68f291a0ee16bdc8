"""A row of the law's answer: what decides it, whether it is confirmed, and its arithmetic."""

import pytest

from subsim.answers.law import Floor, LawWay
from subsim.answers.statutory_ways.rank import is_better
from subsim.api import can_cancel
from subsim.basics.dates import Day
from subsim.basics.enumerations import LawRoute
from subsim.basics.languages import language
from subsim.basics.texts import Message
from subsim.files.scenario import loads
from subsim.terms.law_routes import ORDINARY, PURCHASE, WITHDRAWAL
from tests.support.answers import undoubted

SURE = Floor(ends_on=Day(2021, 3, 1), refund=1, still_to_pay=0, because=Message("one month to the end of a month"))


def way(route: LawRoute, *provisions: str, sure: Floor = SURE, arguable: Floor = SURE) -> LawWay:
    return LawWay(
        route=route,
        kind=None,
        contract=SURE,
        sure=sure,
        arguable=arguable,
        better="same",
        provisions=provisions,
        points=(),
    )


@pytest.mark.parametrize(
    ("route", "provisions", "decisive"),
    [
        (WITHDRAWAL, ("fal.18", "fal.19", "fal.25"), "fal.19"),
        (ORDINARY, ("fal.29", "tele.7"), "tele.7"),
        (ORDINARY, ("fal.28", "fal.29"), "fal.28"),
        (ORDINARY, ("fal.28", "fal.29", "tele.7"), "tele.7"),
        (PURCHASE, ("fal.18", "fal.19", "fal.22"), "fal.18"),
    ],
)
def test_one_provision_decides_a_row(route: LawRoute, provisions: tuple[str, ...], decisive: str) -> None:
    assert way(route, *provisions).decisive == decisive


def test_a_row_that_rests_on_memory_is_not_confirmed() -> None:
    assert [way(ORDINARY, id).is_confirmed for id in ("fal.28", "tele.7")] == [True, False]


@pytest.mark.parametrize(
    ("sure", "arguable", "words"),
    [
        (SURE, SURE, "one month to the end of a month"),
        (SURE, Floor(ends_on=Day(2021, 2, 20), because=SURE.because), "one month to the end of a month"),
        (
            SURE,
            Floor(ends_on=Day(2021, 2, 20), because=Message("from receipt")),
            "one month to the end of a month; arguably; from receipt",
        ),
        (
            SURE,
            Floor(ends_on=Day(2021, 3, 1), refund=1, still_to_pay=0, because=Message("from receipt")),
            "one month to the end of a month",
        ),
    ],
)
def test_the_arithmetic_of_the_other_column_is_told_where_it_comes_to_something_else(
    sure: Floor, arguable: Floor, words: str
) -> None:
    assert way(ORDINARY, "tele.7", sure=sure, arguable=arguable).because.text(language("en")) == words


# Which is better


@pytest.mark.parametrize(
    "better",
    [
        Floor(ends_on=Day(2021, 2, 28), refund=0, still_to_pay=0),
        Floor(ends_on=Day(2021, 3, 1), refund=1, still_to_pay=1),
    ],
)
def test_a_day_sooner_or_an_oere_more_back_is_better(better: Floor) -> None:
    other = Floor(ends_on=Day(2021, 3, 1), refund=0, still_to_pay=1)
    assert (is_better(ORDINARY, better, other), is_better(ORDINARY, other, better)) == (True, False)


def test_an_oere_less_to_pay_is_better() -> None:
    less, more = (Floor(ends_on=Day(2021, 3, 1), refund=0, still_to_pay=cost) for cost in (0, 1))
    assert (is_better(ORDINARY, less, more), is_better(ORDINARY, more, less)) == (True, False)


def test_a_later_last_day_is_better_of_a_withdrawal_alone() -> None:
    later, sooner = (Floor(ends_on=Day(2021, 3, 1), give_notice_by=Day(2021, 3, day)) for day in (2, 1))
    assert [is_better(route, later, sooner) for route in (WITHDRAWAL, ORDINARY)] == [True, False]


# The answer


def test_the_rows_of_a_route_and_the_notes_go_by_what_was_sold() -> None:
    text = "scenario: s\nprices: {basis: 149.00}\ntimeline: [{date: 2021-01-15, event: sign_up, package: basis%s}]\n"
    laws = [undoubted(can_cancel(loads(text % kind), Day(2022, 1, 20))).law for kind in ("", ", kind: tv")]
    assert [law and [each.kind for each in law.ways_by(ORDINARY)] for law in laws] == [
        ["internet", "tv", "bundle"],
        [None],
    ]
    notes = [law and {note.provision for note in law.notes} for law in laws]
    assert [found and "tele.6" in found for found in notes] == [True, False]
