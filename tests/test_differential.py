"""A second opinion agrees: `tests/reference.py` was written from the model alone and shares no code with the engine."""

from differential import differences
from hypothesis import given
from timelines import Story, stories


@given(stories())
def test_the_engine_and_the_reference_say_the_same_of_any_timeline(story: Story) -> None:
    assert differences(story) == []
