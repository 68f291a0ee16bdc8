"""What Python may give: scenarios, dates, names and numbers; what is wrong is one clear ValueError."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import subsim

STORY: dict[str, Any] = {
    "scenario": "Anna gives notice",
    "prices": {"basis": 149.00},
    "member": {"id": "10042", "born": date(1980, 5, 1)},
    "until": date(2020, 8, 1),
    "timeline": [
        {"date": date(2020, 1, 15), "event": "sign_up", "package": "basis", "trial_days": 0},
        {"date": "2020-03-01", "event": "give_notice"},
    ],
    "expect": {"ended_on": "2020-07-15"},
}
NO_DATE = "not a date of the form YYYY-MM-DD"


def test_a_scenario_may_be_a_mapping_a_path_or_what_was_loaded(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text("scenario: x\nprices: {basis: 149.00}\nuntil: 2020-08-01\ntimeline: []\n")
    assert subsim.replay(STORY).to_dict()["subscriptions"][0]["ended_on"] == "2020-07-15"
    assert [result.ok for result in subsim.check(STORY)] == [True]
    outcomes = [subsim.replay(each).to_dict() for each in (path, str(path), subsim.load(path))]
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_a_date_may_be_iso_text() -> None:
    text, day = (subsim.can_cancel(STORY, each).to_dict() for each in ("2020-02-01", date(2020, 2, 1)))
    assert text == day


def test_the_faults_of_a_mapping_are_those_of_a_file() -> None:
    with pytest.raises(subsim.InputErrors, match="no event is called 'give_notise'"):
        subsim.replay(STORY | {"timeline": [{"date": "2020-01-15", "event": "give_notise"}]})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"profile": "membr"}, "no profile is called 'membr'; did you mean 'member'\\?\nthere are standard, member"),
        ({"readings": {"quarter-ancor": "calendar"}}, "no contested point is called 'quarter-ancor'; did you mean"),
        ({"readings": {"quarter-anchor": "moon"}}, "no reading of this point is called 'moon'\nthere are"),
        ({"numbers": {"notice-day": 30}}, "no number is called 'notice-day'; did you mean 'notice-days'"),
        ({"numbers": {"binding-months": 10**9}}, "at most 1200 months"),
        ({"numbers": {"notice-days": 100_000_000}}, "at most 3660 days"),
        ({"numbers": {"binding-months": -5}}, "not a whole number of months"),
        ({"numbers": {"notice-days": "30"}}, "notice-days is '30', expected a whole number"),
        ({"until": date.max}, "dates lie in 1900-2199"),
        ({"until": date.min}, "dates lie in 1900-2199"),
        ({"until": datetime(2020, 1, 1)}, "until is a datetime, expected a date or ISO text"),
        ({"until": "1.2.2020"}, NO_DATE),
        ({"until": 20200101}, "until is a int, expected a date or ISO text"),
    ],
)
def test_what_is_given_wrongly_is_a_value_error_that_says_what_is_allowed(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        subsim.replay(STORY, **given)


@pytest.mark.parametrize("given", [{"date": datetime(2020, 1, 1)}, {"date": "2020-01-01T10:00:00Z"}, {"date": None}])
def test_the_date_of_a_question_is_a_date(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"expected a date or ISO text|not a date of the form"):
        subsim.can_cancel(STORY, **given)
