"""Timelines that begin with the same events: each goes on from one replay of them as if it were replayed alone."""

from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from subsim.answers.outcome_of_member import outcome_of
from subsim.basics.dates import Day
from subsim.engine.timeline import CommonPast, play
from subsim.membership.events import FaultInFacts
from subsim.membership.member import Member
from tests.support.timelines import Story, stories


def told(member: Member, until: Day) -> dict[str, Any]:
    return outcome_of(member, until, "a story", "standard").to_dict()


@given(stories(), st.data())
def test_what_goes_on_from_a_common_past_is_as_if_replayed_from_the_start(drawn: Story, data: st.DataObject) -> None:
    events, until = drawn.facts.timeline, drawn.until
    cut = data.draw(st.integers(0, len(events)))
    shorter = evolve(drawn.facts, timeline=events[: data.draw(st.integers(cut, len(events)))])
    past = CommonPast(evolve(drawn.facts, timeline=events[:cut]))
    try:
        alone = [told(play(facts, drawn.terms, until), until) for facts in (drawn.facts, shorter, drawn.facts)]
    except FaultInFacts:
        assume(False)
    assert [told(past.play(facts, drawn.terms, until), until) for facts in (drawn.facts, shorter, drawn.facts)] == alone
