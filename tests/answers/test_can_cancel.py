"""What an answer shows of itself, as JSON and in one line."""

import pytest

from subsim.answers.can_cancel import OF_DOUBT, Contested, Reach, WantedEnd
from subsim.basics.dates import Day
from subsim.basics.texts import Message
from tests.support.story import ANNA, story


def test_a_reading_under_which_nothing_can_be_replayed_says_why() -> None:
    failed = Contested(point="binding-start", reading="taken-into-use", fault=Message("no rate"))
    assert failed.replayable is False
    assert failed.to_dict() == {
        "point": "binding-start",
        "reading": "taken-into-use",
        "can_cancel": None,
        "earliest_end": None,
        "route": None,
        "replayable": False,
        "reason": "no rate",
    }


def test_a_reading_with_an_answer_says_nothing_of_a_replay() -> None:
    answered = Contested.of("binding-start", "taken-into-use", Message("x"), (True, Day(2020, 7, 15), "ordinary"))
    assert answered.replayable is None
    assert answered.to_dict() == {
        "point": "binding-start",
        "reading": "taken-into-use",
        "can_cancel": True,
        "earliest_end": "2020-07-15",
        "route": "ordinary",
    }


@pytest.mark.parametrize(("by", "written"), [(Day(2020, 6, 15), "2020-06-15"), (None, None)])
def test_an_end_that_stands_already_needs_no_notice(by: Day | None, written: str | None) -> None:
    wanted = WantedEnd(
        wanted=Day(2020, 7, 15), exact=Reach(ends_on=Day(2020, 7, 15), route="ordinary", give_notice_by=by)
    )
    assert wanted.to_dict()["give_notice_by"] == written


def test_an_answer_is_one_line_about_whom_and_when_with_the_end_if_there_is_one() -> None:
    assert repr(story(ANNA).ask("2020-01-20")) == "<Answer about main on 2020-01-20: 2020-01-20 by withdrawal>"
    bound = story(ANNA, under="notice-in-binding: refused").ask("2020-03-01")
    assert repr(bound) == "<Answer about main on 2020-03-01: no way out>"


def test_an_answer_tells_of_the_law_only_if_it_was_asked() -> None:
    assert "law" not in story(ANNA).ask("2020-01-20").to_dict()


@pytest.mark.parametrize(("found", "exact"), [(Reach(ends_on=Day(2020, 7, 15), route="ordinary"), True), (None, False)])
def test_a_wanted_end_is_exact_if_something_reaches_it(found: Reach | None, exact: bool) -> None:
    assert WantedEnd(wanted=Day(2020, 7, 15), exact=found).to_dict()["exact"] == exact


def test_without_what_tells_of_doubt_an_answer_has_all_its_other_keys() -> None:
    answer = story(ANNA).ask("2020-01-20")
    assert answer.to_dict().keys() - answer.without_doubt().keys() == set(OF_DOUBT)
    assert answer.without_doubt()["route"] == "withdrawal"
