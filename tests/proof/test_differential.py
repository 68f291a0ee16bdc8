"""A second opinion agrees: `tests/oracle` was written from the model alone and shares no code with the engine."""

from hypothesis import given, settings

from subsim.testing import differences as parts
from subsim.testing.conformance.cases import of_shortest
from tests.support.timelines import Story, stories
from tools.differential.__main__ import differences, differences_of_terms_file
from tools.differential.system import replay


@given(stories())
def test_the_engine_and_the_reference_say_the_same_of_any_timeline(story: Story) -> None:
    assert differences(story) == []


@settings(max_examples=15)
@given(stories())
def test_they_say_the_same_where_the_terms_stand_in_a_file_of_their_own(story: Story) -> None:
    assert differences_of_terms_file(story) == []


def test_the_second_opinion_asked_as_a_system_agrees_on_the_shortest_timeline_to_everything() -> None:
    unlike = {each.id: parts(each.expected, replay(each.request.to_dict())) for each in of_shortest()}
    assert {id: found for id, found in unlike.items() if found} == {}
