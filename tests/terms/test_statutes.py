"""The catalogue of the law: its order, its dates, its letters, and the clauses that it touches."""

import pytest

from subsim.basics.dates import Day
from subsim.terms.clauses import CLAUSES
from subsim.terms.statutes import CONFIDENCES, PROVISIONS, STANDINGS, STATUTES, in_order, weakest


def test_the_provisions_stand_in_the_order_of_the_index() -> None:
    assert list(PROVISIONS) == [
        *("fal.4", "fal.18", "fal.19", "fal.20", "fal.20a", "fal.22", "fal.25", "fal.18.trial", "fal.28", "fal.28a"),
        *("fal.29", "tele.7", "tele.10", "tele.6", "tele.arrears", "tele.complaint", "al.36", "al.38b", "al.38c"),
        *("law.acceleration", "rl.3", "rl.5", "rl.9a", "rl.9b", "bfl.12"),
    ]


@pytest.mark.parametrize("id", PROVISIONS)
def test_every_provision_belongs_to_a_statute_and_has_a_standing_and_a_confidence(id: str) -> None:
    provision = PROVISIONS[id]
    assert provision.statute in STATUTES.values()
    assert provision.standing in STANDINGS
    assert provision.confidence
    assert set(provision.confidence) <= set(CONFIDENCES)


@pytest.mark.parametrize("id", PROVISIONS)
def test_every_provision_touches_clauses_of_the_contract_alone(id: str) -> None:
    assert set(PROVISIONS[id].touches) <= set(CLAUSES)


@pytest.mark.parametrize("id", PROVISIONS)
def test_every_provision_is_told_in_two_languages(id: str) -> None:
    provision = PROVISIONS[id]
    assert all((provision.heading, provision.heading_en, provision.en, provision.da))
    assert provision.en != provision.da


def test_no_provision_is_called_as_a_clause() -> None:
    assert not PROVISIONS.keys() & CLAUSES.keys()


@pytest.mark.parametrize(
    ("id", "starts"),
    [
        ("fal.18", Day(2014, 6, 13)),
        ("fal.20a", Day(2026, 6, 19)),
        ("fal.28a", Day(2022, 5, 28)),
        ("tele.7", Day(2011, 6, 23)),
        ("tele.10", Day(2020, 12, 21)),
        ("rl.5", Day(2013, 3, 1)),
        ("rl.9b", Day(2002, 8, 1)),
        ("bfl.12", Day(2022, 7, 1)),
    ],
)
def test_a_provision_is_in_force_from_its_first_day_on(id: str, starts: Day) -> None:
    before = Day.fromordinal(starts.toordinal() - 1)
    assert [PROVISIONS[id].in_force(day) for day in (before, starts)] == [False, True]


def test_the_weakest_letter_is_the_one_from_memory() -> None:
    assert (weakest(("S", "A")), weakest(("A", "m")), weakest(("S",))) == ("A", "m", "S")


def test_provisions_are_named_in_the_order_of_the_index() -> None:
    assert in_order({"tele.7", "fal.29", "fal.18"}) == ("fal.18", "fal.29", "tele.7")
