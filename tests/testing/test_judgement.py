"""What a file expects, held against what a system gives: only what it says is compared."""

from copy import deepcopy
from typing import Any

import pytest

from subsim.files.scenario import loads
from subsim.testing.judgement import mismatches_of_system
from subsim.testing.request import Request, request_of

FILE = """\
scenario: asked twice on one day, and of the law
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
ask:
  - {date: 2020-03-01, can_cancel: true}
  - {date: 2020-03-01, earliest_end: 2020-07-15}
  - {date: 2020-08-02, earliest_end: 2020-10-15, law: {withdrawal: {better: law}}}
"""


@pytest.fixture
def asked() -> Request:
    return request_of(loads(FILE))


def found(asked: Request, given: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each.path, str(each.found)) for each in mismatches_of_system(asked, given)]


def with_end(given: dict[str, Any], answer: int, end: str) -> dict[str, Any]:
    changed = deepcopy(given)
    changed["answers"][answer]["earliest_end"] = end
    return changed


def test_what_a_file_expects_of_the_law_is_not_asked_of_a_system(asked: Request) -> None:
    assert found(asked, asked.expected()) == []


def test_a_question_put_twice_is_answered_once_and_held_against_both(asked: Request) -> None:
    assert found(asked, with_end(asked.expected(), 0, "2020-07-16")) == [("ask[1].earliest_end", "2020-07-16")]


def test_an_answer_is_held_against_its_own_question(asked: Request) -> None:
    assert found(asked, with_end(asked.expected(), 1, "2020-10-16")) == [("ask[2].earliest_end", "2020-10-16")]


def test_an_answer_that_is_not_given_is_not_compared(asked: Request) -> None:
    assert found(asked, asked.expected() | {"answers": []}) == []
