"""A second opinion agrees: `tests/oracle` was written from the model alone and shares no code with the engine."""

from hypothesis import given

from tests.support.timelines import Story, stories
from tools.differential.__main__ import differences


@given(stories())
def test_the_engine_and_the_reference_say_the_same_of_any_timeline(story: Story) -> None:
    assert differences(story) == []
