"""Facts in doubt: the answer is that of every world, written as a plain file and replayed by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.doubtful import LISTS, Doubtful, differences_of_lists, doubtful_files
from tools.doubt.__main__ import differences


@settings(max_examples=15)
@given(doubtful_files())
def test_the_answer_to_facts_in_doubt_is_that_of_every_world_of_its_own(file: Doubtful) -> None:
    assert differences(file) == []


@settings(max_examples=15)
@given(st.sampled_from(sorted(LISTS)), doubtful_files())
def test_what_lists_entries_gives_each_that_some_world_of_its_own_has(command: str, file: Doubtful) -> None:
    assert differences_of_lists(command, file) == []
