"""What tells of one course of events goes by the one that is assumed, whatever else was in doubt."""

import subsim
from subsim.answers.what_if import what_if
from subsim.basics.languages import language
from subsim.drawing import draw
from tests.support.faulty import with_timeline

ACTIVATED = "id: activated, date: 2020-01-18, event: activate, disputed: true"
LETTER = "id: letter, date: 2020-03-01..2020-03-20, event: give_notice"


def assuming(**assumed: str | bool) -> subsim.Scenario:
    return subsim.loads(with_timeline(ACTIVATED, LETTER)).assuming(assumed)


def test_what_did_not_happen_is_neither_drawn_nor_explained() -> None:
    scenario = assuming(activated=False, letter="2020-03-10")
    assert "<svg" in draw(scenario, subsim.replay(scenario), language("en"))
    decided = [(str(each.decision.date), each.decision.event) for each in subsim.explain(scenario).reasons]
    assert ("2020-03-10", "give_notice") in decided
    assert "activate" not in [event for _, event in decided]


def test_an_event_tried_before_a_doubt_leaves_the_doubt_with_its_own_event() -> None:
    found = what_if(assuming(activated=False, letter="2020-03-10"), ["2020-01-16 log_in"])
    assert [(each.date.isoformat(), each.event) for each in found.tried] == [("2020-01-16", "log_in")]
    events = [each.event for each in found.after.decisions if each.verdict != "took_effect"]
    assert events == ["sign_up", "log_in", "give_notice"]


def test_an_event_tried_after_the_last_day_is_replayed_up_to() -> None:
    found = what_if(assuming(activated=True, letter="2020-03-10"), ["2021-05-01 pay amount=1"])
    assert [each.date.isoformat() for each in found.tried] == ["2021-05-01"]


def test_what_is_assumed_is_marked_in_the_picture_and_a_range_is_a_bar() -> None:
    scenario = assuming(activated=True, letter="2020-03-10")
    picture = draw(scenario, subsim.replay(scenario), language("en"))
    for words in ("activation; assumed", "assumed; it may have been from 1\xa0Mar\xa02020 to 20\xa0Mar\xa02020"):
        assert words.replace("\xa0", " ") in picture
    assert "the days on which it may" in picture


def test_what_is_in_no_doubt_is_not_marked() -> None:
    scenario = subsim.loads(with_timeline("date: 2020-03-10, event: give_notice"))
    assert "assumed" not in draw(scenario, subsim.replay(scenario), language("en"))
