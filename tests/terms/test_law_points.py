"""The law points: their names, readings and what each column picks."""

import pytest

from subsim.terms.law_points import COLUMNS, LAW_POINTS, law_readings, split
from subsim.terms.readings import POINTS
from subsim.terms.statutes import PROVISIONS


def test_the_points_stand_in_the_order_of_the_page() -> None:
    assert list(LAW_POINTS) == [
        "law-tele-month",
        "law-28-early",
        "law-tv-box",
        "law-bundle-before",
        "law-25-pay",
        "law-25-base",
        "law-content",
        "law-short-change",
        "law-change-window",
        "law-arrears-warning",
        "law-acceleration",
        "law-interest-start",
        "law-version",
    ]


@pytest.mark.parametrize("name", LAW_POINTS)
def test_every_pick_is_one_of_the_readings(name: str) -> None:
    point = LAW_POINTS[name]
    assert [point.picks[column] in point.readings for column in COLUMNS] == [True, True]


@pytest.mark.parametrize("name", LAW_POINTS)
def test_every_point_names_provisions_of_the_catalogue(name: str) -> None:
    assert set(LAW_POINTS[name].provisions) <= set(PROVISIONS)


def test_the_surer_reading_of_content_is_digital_content() -> None:
    assert LAW_POINTS["law-content"].picks == {"sure": "digital-content", "arguable": "service"}


def test_a_chosen_reading_holds_in_both_columns() -> None:
    chosen = {"law-tele-month": "from-receipt"}
    assert [law_readings(column, chosen).law_tele_month for column in COLUMNS] == ["from-receipt", "from-receipt"]


def test_no_point_of_the_law_is_called_as_one_of_the_contract() -> None:
    assert not LAW_POINTS.keys() & POINTS.keys()


def test_choices_are_split_between_contract_and_law() -> None:
    choices = {"ordinary-notice": "earliest", "law-content": "service"}
    assert split(choices) == ({"ordinary-notice": "earliest"}, {"law-content": "service"})
