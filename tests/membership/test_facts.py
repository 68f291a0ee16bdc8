"""The facts of a member."""

from attrs import evolve

from subsim.basics.dates import Day
from subsim.membership.data_events import Activity
from tests.support.story import ANNA, story


def test_what_is_decided_are_the_events_that_are_not_about_personal_data() -> None:
    facts = story(ANNA).scenario.facts
    (sign_up,) = facts.timeline
    assert evolve(facts, timeline=(sign_up, Activity(date=Day(2020, 1, 16)))).decided == (sign_up,)
