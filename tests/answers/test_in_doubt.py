"""`can-cancel` where facts are in doubt: what is certain, the cases and their rows, what settles it, in words too."""

from typing import Any

import pytest

import subsim
from subsim.answers.in_doubt.answer import AnswerInDoubt
from subsim.basics.languages import language
from subsim.pages.in_doubt import answer_in_doubt_page
from subsim.pages.text import Page, text_of
from tests.support.faulty import with_timeline

LETTER = "id: letter, date: 2020-09-01..2020-10-05, event: give_notice"
ACTIVATED = "id: activated, date: 2020-01-18, event: activate, disputed: true"


def answer(*events: str, date: str, **more: Any) -> dict[str, Any]:
    """The JSON of the answer about these events after a sign-up of 15 January 2020."""
    return subsim.can_cancel(subsim.loads(with_timeline(*events)), date, **more).to_dict()


# The answer


def test_each_key_is_its_value_in_all_worlds_or_null() -> None:
    found = answer(LETTER, date="2020-10-05")
    ordinary = found["routes"][5]
    assert (found["state"], found["earliest_end"], found["route"]) == ("ending", None, "ordinary")
    assert (ordinary["open"], ordinary["ends_on"], ordinary["still_to_pay"]) == (True, "2021-01-15", None)
    assert found["certain"] == {"can_cancel": True, "earliest_end": None, "route": "ordinary"}


@pytest.mark.parametrize(("day", "end"), [("2020-09-15", "2020-10-15"), ("2020-09-16", "2021-01-15")])
def test_a_row_of_a_case_assumed_makes_that_case_certain(day: str, end: str) -> None:
    case = answer(LETTER, date="2020-10-05", assume={"letter": day})["cases"]
    assert case == [{"facts": [{}], "can_cancel": True, "earliest_end": end, "route": "ordinary"}]


def test_a_file_without_doubts_is_one_world_with_one_case() -> None:
    found = answer(date="2020-10-05")
    assert (found["worlds"], found["decisive"]) == ({"possible": 1, "impossible": 0}, [])
    assert found["certain"] == {key: found[key] for key in ("can_cancel", "earliest_end", "route")}
    assert found["cases"] == [{"facts": [{}], **found["certain"]}]


def test_the_doubt_that_settles_it_is_named_and_one_that_changes_nothing_is_not() -> None:
    found = answer(ACTIVATED, "date: 2020-01-20..2020-01-25, event: log_in", date="2020-01-29")
    assert found["decisive"] == ["activated"]


def test_what_lies_after_the_day_asked_changes_nothing_and_makes_worlds_all_the_same() -> None:
    found = answer(LETTER, date="2020-08-31")
    assert (found["worlds"]["possible"], found["cases"][0]["facts"]) == (35, [{}])


def test_another_reading_is_listed_with_what_is_certain_under_it() -> None:
    rows = {row["reading"]: row for row in answer(LETTER, date="2020-10-05")["contested"]}
    assert rows["thirty-days"] == {
        "point": "ordinary-notice",
        "reading": "thirty-days",
        "can_cancel": None,  # under it a letter by 4 September has ended the subscription by now
        "earliest_end": None,
        "route": None,
    }


# In words


@pytest.mark.parametrize(
    ("events", "date", "said"),
    [
        (
            (LETTER,),
            "2020-10-05",
            "in any case from 2021-01-15; from 2020-10-15 if letter was by 2020-09-15",
        ),
        (
            (ACTIVATED,),
            "2020-01-29",
            "in any case from 2020-07-15; from 2020-01-29 if activated did not happen",
        ),
        ((ACTIVATED,), "2020-01-30", "in any case from 2020-07-15"),
        (
            (ACTIVATED, "id: mail, date: 2020-01-29, event: withdraw"),
            "2020-01-30",
            "from 2020-07-15 if activated happened; it had already ended if activated did not happen",
        ),
        (
            ("date: 2020-01-16, event: withdraw", ACTIVATED),
            "2020-01-30",
            "in no case: the subscription had already ended",
        ),
    ],
)
def test_the_sentence_says_what_is_certain_else_what_can_be(events: tuple[str, ...], date: str, said: str) -> None:
    assert answer(*events, date=date)["because"] == said


def test_the_sentence_says_where_there_is_no_subscription() -> None:
    more = "id: more, date: 2020-02-01, event: sign_up, package: basis, subscription: more, disputed: true"
    assert answer(more, date="2020-03-01", subscription="more")["because"] == (
        "from 2020-08-01 if more happened; there is no subscription if more did not happen"
    )


def test_the_page_shows_the_cases_the_days_at_which_they_turn_and_what_to_ask() -> None:
    found = subsim.can_cancel(subsim.loads(with_timeline(LETTER)), "2020-10-05")
    assert isinstance(found, AnswerInDoubt)
    text = text_of(answer_in_doubt_page(found, Page(language("en"), 200)), 200)
    for part in (
        "In any case from 15 January 2021; from 15 October 2020 if the notice (letter) was by 15 September 2020.",
        "35 courses of events are possible.",
        "15 Oct 2020  ordinary notice  the notice (letter) was by 15 September 2020",
        "The answer is another from these days on: the notice (letter) on 16 September 2020.",
        "To settle it, ask the member about the notice (letter).",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("date", "said"),
    [
        # a notice of 5 October at the latest: 5 November for internet, 1 December for TV
        ("2020-10-05", "Mandatory law, as read here, lets the member leave in any case by 1 December 2020 (fal.28, "),
        ("2020-09-30", "Mandatory law, as read here, lets the member leave in any case by 1 November 2020 (fal.28, "),
    ],
)
def test_the_first_paragraph_tells_what_the_law_gives_in_any_case_where_that_is_sooner(date: str, said: str) -> None:
    assert said in first_paragraph(date)


def test_the_first_paragraph_tells_no_law_where_it_is_not_asked() -> None:
    assert first_paragraph("2020-10-05", with_law=False).endswith(" was by 15 September 2020.")


def first_paragraph(date: str, *, with_law: bool = True) -> str:
    found = subsim.can_cancel(subsim.loads(with_timeline(LETTER)), date, with_law=with_law)
    assert isinstance(found, AnswerInDoubt)
    return text_of(answer_in_doubt_page(found, Page(language("en"), 300)), 300).partition("\n")[0]


def test_amounts_of_the_ways_out_have_the_comma_of_their_language() -> None:
    # by 15 October 2020 one more quarter begins, on 15 July: 3 × 149.00 = 447.00
    asked = subsim.loads(with_timeline("id: call, date: 2020-05-01..2020-05-05, event: complain"))
    found = subsim.can_cancel(asked, "2020-06-20")
    assert isinstance(found, AnswerInDoubt)
    page = Page(language("da"), 100)
    assert "447,00" in text_of(answer_in_doubt_page(found, page), page.width)


BUNDLE = """scenario: a bundle that was agreed before its rules changed
prices: {basis: 149.00}
timeline:
  - {date: 2020-07-29, event: sign_up, package: basis, kind: bundle, channel: phone, trial_days: 30}
  - {date: 2020-08-31, event: activate}
  - {id: letter, date: 2020-12-16..2021-01-17, event: give_notice}
"""


def test_the_law_is_asked_on_both_sides_of_the_day_on_which_it_changes() -> None:
    found = subsim.can_cancel(subsim.loads(BUNDLE), "2021-01-01").to_dict()
    ordinary = {row["route"]: row for row in found["law"]["ways"]}["ordinary"]
    assert (ordinary["sure"]["ends_on"], ordinary["better"], ordinary["points"]) == (None, None, None)
