"""What Python may give: scenarios, dates, names and numbers; what is wrong is one clear ValueError."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import subsim
from subsim.answers.coming import Coming
from subsim.answers.displayable import Displayable
from subsim.api.notebook import PAGES
from tests.support.command import REPOSITORY

STORY: dict[str, Any] = {
    "scenario": "Anna gives notice",
    "prices": {"basis": 149.00},
    "member": {"id": "10042", "born": date(1980, 5, 1)},
    "until": date(2020, 8, 1),
    "timeline": [
        {"date": date(2020, 1, 15), "event": "sign_up", "package": "basis", "trial_days": 0},
        {"date": "2020-03-01", "event": "give_notice"},
    ],
    "expect": {"ended_on": "2020-07-15"},
}
IN_DOUBT: dict[str, Any] = {
    "scenario": "A letter that came some day",
    "prices": {"basis": 149.00},
    "timeline": [
        {"date": "2020-01-15", "event": "sign_up", "package": "basis"},
        {"id": "letter", "date": "2020-09-01..2020-10-05", "event": "give_notice"},
    ],
}
NO_DATE = "not a date of the form YYYY-MM-DD"


def test_a_scenario_may_be_a_mapping_a_path_or_what_was_loaded(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text("scenario: x\nprices: {basis: 149.00}\nuntil: 2020-08-01\ntimeline: []\n")
    assert subsim.replay(STORY).to_dict()["subscriptions"][0]["ended_on"] == "2020-07-15"
    assert [result.ok for result in subsim.check(STORY)] == [True]
    outcomes = [subsim.replay(each).to_dict() for each in (path, str(path), subsim.load(path))]
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_a_date_may_be_iso_text() -> None:
    text, day = (subsim.can_cancel(STORY, each).to_dict() for each in ("2020-02-01", date(2020, 2, 1)))
    assert text == day


def test_the_faults_of_a_mapping_are_those_of_a_file() -> None:
    with pytest.raises(subsim.InputErrors, match="no event is called 'give_notise'"):
        subsim.replay(STORY | {"timeline": [{"date": "2020-01-15", "event": "give_notise"}]})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"profile": "membr"}, "no profile is called 'membr'; did you mean 'member'\\?\nthere are standard, member"),
        ({"readings": {"quarter-ancor": "calendar"}}, "no contested point is called 'quarter-ancor'; did you mean"),
        ({"readings": {"quarter-anchor": "moon"}}, "no reading of this point is called 'moon'\nthere are"),
        ({"numbers": {"notice-day": 30}}, "no number is called 'notice-day'; did you mean 'notice-days'"),
        ({"numbers": {"binding-months": 10**9}}, "at most 1200 months"),
        ({"numbers": {"notice-days": 100_000_000}}, "at most 3660 days"),
        ({"numbers": {"binding-months": -5}}, "not a whole number of months"),
        ({"numbers": {"notice-days": "30"}}, "notice-days is '30', expected a whole number"),
        ({"until": date.max}, "dates lie in 1900-2199"),
        ({"until": date.min}, "dates lie in 1900-2199"),
        ({"until": datetime(2020, 1, 1)}, "until is a datetime, expected a date or ISO text"),
        ({"until": "1.2.2020"}, NO_DATE),
        ({"until": 20200101}, "until is a int, expected a date or ISO text"),
        ({"readings": ["quarter-anchor"]}, "readings is a list, expected a mapping of names"),
        ({"numbers": "notice-days=30"}, "numbers is a str, expected a mapping of names"),
        ({"assume": ["letter"]}, "assume is a list, expected a mapping of names"),
    ],
)
def test_what_is_given_wrongly_is_a_value_error_that_says_what_is_allowed(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        subsim.replay(STORY, **given)


@pytest.mark.parametrize("given", [{"date": datetime(2020, 1, 1)}, {"date": "2020-01-01T10:00:00Z"}, {"date": None}])
def test_the_date_of_a_question_is_a_date(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"expected a date or ISO text|not a date of the form"):
        subsim.can_cancel(STORY, **given)


# Every question


QUESTIONS: dict[str, Callable[..., Any]] = {
    "Outcome": lambda **more: subsim.replay(STORY, **more),
    "Answer": lambda **more: subsim.can_cancel(STORY, "2020-02-01", **more),
    "AnswerInDoubt": lambda **more: subsim.can_cancel(IN_DOUBT, "2020-10-05", **more),
    "ComparisonInDoubt": lambda **more: subsim.compare(IN_DOUBT, **more),
    "WhatIfInDoubt": lambda **more: subsim.what_if(IN_DOUBT, "2020-02-01 change_package to=basis", **more),
    "CheapestExitInDoubt": lambda **more: subsim.cheapest_exit(IN_DOUBT, "2020-10-05", **more),
    "ComingInDoubt": lambda **more: subsim.coming(IN_DOUBT, "2020-10-05", **more),
    "Explanation": lambda **more: subsim.explain(STORY, **more),
    "Comparison": lambda **more: subsim.compare(STORY, **more),
    "WhatIf": lambda **more: subsim.what_if(STORY, "2020-02-01 change_package to=basis", **more),
    "CheapestExit": lambda **more: subsim.cheapest_exit(STORY, "2020-02-01", **more),
    "Coming": lambda **more: subsim.coming(STORY, "2020-02-01", **more),
    "LetterDocument": lambda **more: subsim.letter(STORY, "2020-02-01", **more),
    "CaseResult": lambda **more: subsim.check(STORY, **more)[0],
}
IN_ONE_LINE = {
    "Outcome": "<Outcome until 2020-08-01, standard: main ended>",
    "Answer": "<Answer about main on 2020-02-01: 2020-07-15 by ordinary>",
    "AnswerInDoubt": "<AnswerInDoubt about main on 2020-10-05: 2 answers in 35 worlds>",
    "ComparisonInDoubt": "<ComparisonInDoubt: 35 answers in 35 worlds>",
    "WhatIfInDoubt": "<WhatIfInDoubt: 35 answers in 35 worlds>",
    "CheapestExitInDoubt": "<CheapestExitInDoubt: 35 answers in 35 worlds>",
    "ComingInDoubt": "<ComingInDoubt: 35 answers in 35 worlds>",
    "Explanation": "<Explanation until 2020-08-01: 5 decisions>",
    "Comparison": "<Comparison until 2020-08-01: 2 other readings differ>",
    "WhatIf": "<WhatIf until 2020-08-01: change_package accepted; nothing changes>",
    "CheapestExit": "<CheapestExit from main on 2020-02-01: 2020-07-15 by ordinary for 447.00>",
    "Coming": "<Coming for main, 2020-02-01 to 2021-01-31: 12 items>",
    "LetterDocument": "<LetterDocument of 2020-02-01 about main, in en>",
    "CaseResult": "<CaseResult of <mapping>: holds>",
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_result_is_of_an_exported_class(kind: str) -> None:
    assert type(QUESTIONS[kind]()) is getattr(subsim, kind)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_console_shows_a_result_in_one_line(kind: str) -> None:
    assert repr(QUESTIONS[kind]()) == IN_ONE_LINE[kind]


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_question_takes_a_reading_of_the_contract_and_of_the_law(kind: str) -> None:
    readings = {"ordinary-notice": "thirty-days", "law-25-pay": "nothing"}
    assert QUESTIONS[kind](readings=readings, profile="member", numbers={"notice-days": 31}) is not None


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_question_refuses_a_profile_that_there_is_not(kind: str) -> None:
    with pytest.raises(ValueError, match="there are standard, member and operator"):
        QUESTIONS[kind](profile="membr")


@pytest.mark.parametrize("kind", PAGES)
def test_a_notebook_shows_a_result_as_the_page_of_its_command(kind: str) -> None:
    page = QUESTIONS[kind]()._repr_html_()
    assert (page.startswith('<div class="subsim">\n'), "2020" in page, "<html" in page) == (True, True, False)


def test_every_result_with_a_page_has_its_writer() -> None:
    kinds = {each.__name__ for each in Displayable.__subclasses__()} - {"Cancellation"} | {"Answer"}
    assert kinds == set(PAGES)


def test_a_letter_is_in_the_language_that_is_asked_for_and_as_text_its_markdown() -> None:
    letter = subsim.letter(STORY, "2020-02-01", language="da")
    assert (str(letter) == letter.markdown, letter.markdown.splitlines()[0], '<html lang="da">' in letter.html) == (
        True,
        "# Opsigelse af dit abonnement",
        True,
    )


def _within_itself() -> dict[str, Any]:
    given: dict[str, Any] = {}
    given["scenario"] = given
    return given


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: subsim.letter(STORY, "2020-02-01", language="fr"), "no language is called 'fr'\nthere are en and da"),  # type: ignore[arg-type]
        (lambda: subsim.coming(STORY, "2020-02-01", days=-1), "days is -1, expected a whole number from 0 to 3660"),
        (lambda: subsim.coming(STORY, "2020-02-01", days=3661), "expected a whole number from 0 to 3660"),
        (lambda: subsim.can_cancel(STORY, "2020-02-01", "hus"), "no subscription is called 'hus'\nthere are main"),
        (lambda: subsim.what_if(STORY, []), 'events are texts such as "2020-04-15 change_package to=family"'),
        (lambda: subsim.replay(STORY, numbers={"credit-check-over": -1}), "expected øre from 0 to 99999999999"),
        (lambda: subsim.compare(STORY, until="x"), NO_DATE),
        (lambda: subsim.what_if(STORY, None), "events are texts such as"),  # type: ignore[arg-type]
        (lambda: subsim.load(None), "a path is a text or a path object, found NoneType"),  # type: ignore[arg-type]
        (lambda: subsim.loads(7), "a scenario is read from text or bytes, found int"),  # type: ignore[arg-type]
        (lambda: subsim.replay({"scenario": object()}), "a mapping holds a object, expected texts, numbers"),
        (lambda: subsim.replay({"timeline": {1, 2}}), "a mapping holds a set, expected texts, numbers"),
        (lambda: subsim.replay({1: 2}), "a key of a mapping is 1, expected a text"),  # type: ignore[dict-item]
        (lambda: subsim.replay(_within_itself()), "found more than 20 levels of nesting"),
        (lambda: subsim.explain(STORY).about("invoice:999"), "no subject is called 'invoice:999'"),
        (lambda: subsim.explain(STORY).only("invoice:0"), "no subject is called 'invoice:0'"),
        (lambda: subsim.explain(STORY).to_dict("ends_om"), "did you mean 'ends_on'"),
    ],
)
def test_a_wrong_argument_says_what_is_allowed(ask: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ask()


def test_the_days_ahead_may_be_none_and_the_most() -> None:
    found = [subsim.coming(STORY, "2020-02-01", days=days) for days in (0, 3660)]
    assert [each.until.isoformat() for each in found if isinstance(each, Coming)] == ["2020-02-01", "2030-02-08"]


def test_a_policys_own_readings_and_numbers_may_be_chosen_and_no_others() -> None:
    story = {**STORY, "retention": {"policy": "kabelplus"}}
    with pytest.raises(ValueError, match="did you mean 'kabelplus\\.inactivity-months'"):
        subsim.check(story, numbers={"kabelplus.inactivity-month": 12})
    assert [case.ok for case in subsim.check(story, numbers={"kabelplus.inactivity-months": 12})] == [True]
    with pytest.raises(ValueError, match="no number is called"):
        subsim.check(STORY, numbers={"kabelplus.inactivity-months": 12})


def test_what_the_law_gives_can_be_left_out() -> None:
    assert ["law" in subsim.can_cancel(STORY, "2020-02-01", with_law=law).to_dict() for law in (False, True)] == [
        False,
        True,
    ]


def test_dir_lists_what_is_exported_and_every_one_is_there() -> None:
    names = [name for name in dir(subsim) if name != "__version__"]
    assert (names, [getattr(subsim, name).__name__ for name in names]) == (sorted(subsim.__all__), names)


def test_the_import_alone_loads_nothing_more() -> None:
    code = "import subsim, sys; print(sorted(name for name in sys.modules if name.startswith('subsim')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout == "['subsim']\n"


# Facts in doubt


def test_what_is_assumed_may_be_a_day_a_text_or_a_truth() -> None:
    for assumed in (date(2020, 9, 15), "2020-09-15", "2020-09-01..2020-09-15"):
        answer = subsim.can_cancel(IN_DOUBT, "2020-10-05", assume={"letter": assumed}).to_dict()
        assert answer["earliest_end"] == "2020-10-15"


@pytest.mark.parametrize(
    ("assume", "said"),
    [
        ({"letter": False}, "letter is 'false', expected a day from 2020-09-01 to 2020-10-05 or a range within"),
        ({"letter": "2020-10-06"}, "letter is '2020-10-06', expected a day"),
        ({"letter": 5}, "letter is '5', expected a day"),
        ({"lettr": "2020-09-15"}, "no event in doubt is called 'lettr'; did you mean 'letter'"),
    ],
)
def test_what_cannot_be_assumed_is_a_value_error(assume: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        subsim.can_cancel(IN_DOUBT, "2020-10-05", assume=assume)
