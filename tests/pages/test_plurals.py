"""A number of one is never told with a plural: in both languages, on the pages of the scenarios."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from subsim.answers.coming import coming_of
from subsim.answers.explain import explain
from subsim.answers.question import Case, case_of
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.languages import CODES, Code, language
from subsim.basics.texts import Plural, join_words
from subsim.files.scenario import load
from subsim.pages.answer import answer_page
from subsim.pages.blocks import Blocks
from subsim.pages.catalogues import clauses_page, readings_page
from subsim.pages.coming import coming_page
from subsim.pages.explain import explain_page
from subsim.pages.outcome import outcome_page
from subsim.pages.text import Page, text_of
from subsim.terms.choice import TermsChoice
from subsim.terms.clauses import CLAUSES
from subsim.terms.terms import NUMBERS
from tools.catalogue import catalogue

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))[::40]
ALL_ONE = TermsChoice(numbers={name: 1 for name, number in NUMBERS.items() if number.unit != "kroner"})
"""Every period of the terms is one day, one month or one year."""


def plural_words(code: Code) -> set[str]:
    """The words that follow a number of several in the catalogue, and never a number of one."""
    forms = [
        tuple(message.id if code == "en" else message.string or ())
        for message in catalogue()
        if not isinstance(message.id, str)
    ]
    after = [[re.findall(r"\{n\} (\w+)", form) for form in each] for each in forms]
    several = {word for each in after for word in each[1]}
    return several - {word for each in after for word in each[0]}


def pages_of(case: Case, page: Page) -> Iterator[Blocks]:
    """What people read of a scenario on its last day."""
    until = case.scenario.until_of()
    outcome = case.outcome(until)
    yield outcome_page(outcome, page)
    yield explain_page(explain(case.scenario, outcome, with_law=False), page)
    for name in {each.id for each in outcome.subscriptions}:
        yield answer_page(case.answer(name, until), page)
        yield coming_page(coming_of(case, name, until), page)


@pytest.mark.parametrize("choice", [TermsChoice(), ALL_ONE], ids=["as they are", "with every number one"])
@pytest.mark.parametrize("code", CODES)
def test_no_page_of_a_scenario_tells_one_with_a_plural(code: Code, choice: TermsChoice) -> None:
    wrong = re.compile(rf"(?<![\d.,:-])1 ({'|'.join(sorted(plural_words(code)))})\b")
    page, found = Page(language(code), 1000), dict[str, list[str]]()
    for path in SCENARIOS:
        try:
            texts = [text_of(blocks, 1000) for blocks in pages_of(case_of(load(path), choice), page)]
        except InputErrors:  # with other numbers some timelines cannot be replayed
            continue
        if lines := [line for text in texts for line in text.splitlines() if wrong.search(line)]:
            found[path.name] = lines
    assert found == {}


@pytest.mark.parametrize("code", CODES)
def test_the_catalogues_tell_one_with_no_plural(code: Code) -> None:
    page = Page(language(code), 1000)
    text = text_of((*clauses_page(CLAUSES.values(), page), *readings_page(page)), 1000)
    assert re.findall(rf"(?<![\d.,:-])1 (?:{'|'.join(sorted(plural_words(code)))})\b", text) == []


def test_the_plural_words_are_those_that_a_reader_would_miss() -> None:
    assert {"days", "months", "records", "members"} <= plural_words("en")
    assert {"dage", "måneder", "poster", "medlemmer"} <= plural_words("da")


@pytest.mark.parametrize(
    ("n", "english", "danish"),
    [
        (1, "notice of 1 May 2020 + 1 day = 2 May 2020", "opsigelse den 1. maj 2020 + 1 dag = 2. maj 2020"),
        (30, "notice of 1 May 2020 + 30 days = 2 May 2020", "opsigelse den 1. maj 2020 + 30 dage = 2. maj 2020"),
    ],
)
def test_an_arithmetic_has_the_plural_of_its_number(n: int, english: str, danish: str) -> None:
    said = Plural(
        "notice of {notice} + {n} day = {in_time}",
        "notice of {notice} + {n} days = {in_time}",
        notice=Day(2020, 5, 1),
        in_time=Day(2020, 5, 2),
        n=n,
    )
    assert [said.text(language(code)) for code in CODES] == [english, danish]


# Long lists


@pytest.mark.parametrize(
    ("number", "ends"),
    [
        (30, "w28, w29 or w30"),
        (31, "w29, w30 or w31"),
        (32, "w29, w30 and 2 others"),
        (130, "w29, w30 and 100 others"),
    ],
)
def test_a_long_list_says_how_many_more_there_are(number: int, ends: str) -> None:
    assert str(join_words([f"w{place}" for place in range(1, number + 1)])).endswith(ends)


def test_the_rest_of_a_long_list_in_danish() -> None:
    assert join_words([str(place) for place in range(40)], "and").text(language("da")).endswith("29 og 10 andre")
