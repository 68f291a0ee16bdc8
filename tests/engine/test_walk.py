from itertools import pairwise
from pathlib import Path

from tools.walk import walk

NOTICE = Path("scenarios/stories/anna-and-the-price-rise.yaml")


def test_the_walk_of_a_notice_stays_short() -> None:
    files = [file for file, _function in walk(NOTICE)]
    turns = sum(before != after for before, after in pairwise(files))
    assert (len(files) <= 64, len(set(files)) <= 15, turns <= 37) == (True, True, True)
