import pytest

from tests.support.story import ANNA, story


@pytest.mark.parametrize(
    ("complained", "decided"),
    [
        ("2020-02-01", "2020-03-01"),
        ("2020-01-31", "2020-02-29"),
        ("2021-01-31", "2021-02-28"),
        ("2020-12-15", "2021-01-15"),
    ],
)
def test_a_complaint_is_decided_within_a_month(complained: str, decided: str) -> None:
    told = story(ANNA, f"{complained} complain", until=complained)
    assert told.duties == [f"{decided} complaint_decision tvister.2"]


def test_each_complaint_is_decided_by_itself() -> None:
    told = story(ANNA, "2020-02-01 complain", "2020-02-03 complain")
    assert told.duties == ["2020-03-01 complaint_decision tvister.2", "2020-03-03 complaint_decision tvister.2"]


def test_within_two_months_if_the_terms_said_so() -> None:
    told = story(ANNA, "2020-02-01 complain", numbers="complaint-months: 2")
    assert told.duties == ["2020-04-01 complaint_decision tvister.2"]


def test_who_has_left_may_still_complain() -> None:
    assert story(ANNA, "2020-01-20 withdraw", "2020-02-01 complain").refused == []


def test_who_was_refused_may_complain_too() -> None:
    assert story(f"{ANNA}, service: tv", "2020-02-01 complain").refused == ["2020-01-15 sign_up tv.1"]
