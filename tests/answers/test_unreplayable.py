"""A reading under which the timeline cannot be replayed is named, and never called settled."""

import json

import pytest

from subsim.answers import question
from subsim.answers.compare import compare
from subsim.api import can_cancel
from subsim.basics.dates import Day
from subsim.basics.languages import language
from subsim.engine.timeline import play
from subsim.files.scenario import loads
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.pages.answer import answer_page
from subsim.pages.compare import compare_page
from subsim.pages.text import Page, text_of
from subsim.terms.readings import Readings
from subsim.terms.terms import Terms
from tests.support.answers import undoubted
from tests.support.command import in_process as subsim

# under `notice-in-binding: refused` the notice of 1 March changes nothing, so that main is live on 1 August
# (and until 1 October under `quarter-anchor: calendar`)
SIGNED_UP_AGAIN = """\
scenario: An id signed up again, which another reading says is still live
prices: {basis: 149.00}
until: 2020-08-20
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-01-16, event: activate}
  - {date: 2020-03-01, event: give_notice}
  - {date: 2020-08-01, event: sign_up, package: basis}
"""
REASON = "the subscription 'main' is signed up again while it is live"
PAGE = Page(language("en"), 1000)


def test_can_cancel_names_each_such_reading_with_the_reason() -> None:
    no_answer = {"can_cancel": None, "earliest_end": None, "route": None, "replayable": False, "reason": REASON}
    assert can_cancel(loads(SIGNED_UP_AGAIN), Day(2020, 8, 10)).to_dict()["contested"] == [
        {"point": "quarter-anchor", "reading": "calendar", **no_answer},  # the first end would be 1 October
        {"point": "notice-in-binding", "reading": "refused", **no_answer},
    ]


def test_before_the_second_sign_up_there_is_nothing_to_name() -> None:
    contested = can_cancel(loads(SIGNED_UP_AGAIN), Day(2020, 7, 31)).to_dict()["contested"]
    assert [each["reading"] for each in contested if "replayable" in each] == []


def test_the_answer_in_words_does_not_say_that_no_reading_changes_it() -> None:
    text = text_of(answer_page(undoubted(can_cancel(loads(SIGNED_UP_AGAIN), Day(2020, 8, 10))), PAGE), PAGE.width)
    assert "No other reading" not in text
    assert f"cannot be replayed: {REASON}" in text


def test_compare_calls_nothing_settled_that_such_a_reading_leaves_open() -> None:
    found = compare(loads(SIGNED_UP_AGAIN)).to_dict()
    keys = ("charged", "refunded", "interest", "refused")
    assert {found[key]["settled"] for key in keys} | {end["settled"] for end in found["ends"]} == {False}


def test_compare_in_words_says_neither_settled_nor_that_nothing_else_changes_anything() -> None:
    text = text_of(compare_page(compare(loads(SIGNED_UP_AGAIN)), PAGE), PAGE.width)
    assert "; settled" not in text
    assert "No single other reading" not in text


def test_compare_marks_the_reading() -> None:
    other = compare(loads(SIGNED_UP_AGAIN)).to_dict()["readings"][1]
    assert (other["reading"], other["replayable"], other["outcome"], other["error"]) == ("refused", False, None, REASON)


def test_a_reading_under_which_another_answer_comes_out_has_the_five_keys_of_before() -> None:
    text = SIGNED_UP_AGAIN.split("  - {date: 2020-08-01")[0]
    keys = {tuple(each) for each in can_cancel(loads(text), Day(2020, 7, 10)).to_dict()["contested"]}
    assert keys == {("point", "reading", "can_cancel", "earliest_end", "route")}


def test_compare_replays_no_terms_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    replayed: list[Readings] = []

    def noted(facts: Facts, terms: Terms, until: Day) -> Member:
        replayed.append(terms.readings)
        return play(facts, terms, until)

    monkeypatch.setattr(question, "play", noted)
    compare(loads(SIGNED_UP_AGAIN))
    assert len(replayed) == len(set(replayed))


def test_the_letter_does_not_say_that_such_a_reading_gives_another_answer() -> None:
    text = subsim("letter", "-", "--date", "2020-08-10", stdin=SIGNED_UP_AGAIN).stdout
    assert "read otherwise, with another answer" not in text


def test_in_danish() -> None:
    text = subsim("can-cancel", "-", "--date", "2020-08-10", "--lang", "da", stdin=SIGNED_UP_AGAIN).stdout
    assert "kan ikke gennemspilles" in text


def test_the_json_of_the_command_is_the_same() -> None:
    result = subsim("can-cancel", "-", "--date", "2020-08-10", "--format", "json", stdin=SIGNED_UP_AGAIN)
    assert [each["reason"] for each in json.loads(result.stdout)["contested"]] == [REASON, REASON]
