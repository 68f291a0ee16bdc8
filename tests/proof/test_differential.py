"""A second opinion agrees: `tests/oracle` was written from the model alone and shares no code with the engine."""

from hypothesis import given

from subsim.testing import differences as parts
from subsim.testing.conformance.cases import of_shortest
from tests.support.timelines import Story, stories
from tools.differential.__main__ import differences
from tools.differential.system import replay


@given(stories())
def test_the_engine_and_the_reference_say_the_same_of_any_timeline(story: Story) -> None:
    assert differences(story) == []


def test_the_second_opinion_asked_as_a_system_agrees_on_the_shortest_timeline_to_everything() -> None:
    unlike = {each.id: parts(each.expected, replay(each.request.to_dict())) for each in of_shortest()}
    assert {id: found for id, found in unlike.items() if found} == {}
