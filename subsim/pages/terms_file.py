"""The terms as a file from which to start a draft: every number and reading in force, with comments."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from subsim.basics.texts import Message
from subsim.files.writer import event_as_json, event_line
from subsim.membership.events import AnnounceTermsChange
from subsim.pages.catalogues import LETTERS
from subsim.pages.text import Page
from subsim.terms.choice import TermsChoice
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS, PROFILES, as_choices
from subsim.terms.terms import NUMBERS, TERMS_ID, UNIT_NAMES, as_values, question_words, reading_words

_WIDTH = 110
_UNITS = {"kroner": Message("kroner"), **UNIT_NAMES}
_EXAMPLE = "- {date: 2026-03-01, event: announce_terms_change, effective: 2026-05-01, numbers: {notice-days: 14}}"


def terms_as_dict(choice: TermsChoice, changes: Sequence[AnnounceTermsChange]) -> dict[str, Any]:
    """The terms under a choice as JSON, with the keys of the file."""
    terms = choice.terms({})
    found = {
        "terms": TERMS_ID,
        "profile": choice.profile_name,
        "numbers": as_values(terms.numbers),
        "readings": as_choices(terms.readings) | choice.law_readings,
    }
    return found | ({"announcements": [event_as_json(each) for each in changes]} if changes else {})


def terms_text(choice: TermsChoice, changes: Sequence[AnnounceTermsChange], page: Page) -> str:
    """The terms under a choice as YAML that `--terms` takes, with comments in the language of the page."""
    parts = (_head(choice, page), _numbers(choice, page), _readings(choice, page), _changes(changes, page))
    return "\n\n".join("\n".join(part).rstrip() for part in parts) + "\n"


def _head(choice: TermsChoice, page: Page) -> Iterator[str]:
    about = Message(
        "The numbers and readings of the terms. What a draft says otherwise is changed here, and the file given as "
        "--terms FILE. What is left out stays as it is."
    )
    yield from _comment(page.words(about))
    yield f"terms: {TERMS_ID}"
    yield from _comment(page.words(Message("How every contested point is read that the readings below leave out:")))
    for name, reason in PROFILES.items():
        yield from _comment(f"{name}: {page.translate(reason)}", inner="  ")
    yield f"profile: {choice.profile_name}"


def _numbers(choice: TermsChoice, page: Page) -> Iterator[str]:
    yield "numbers:"
    values = as_values(choice.terms({}).numbers)
    lines = {name: f"  {name}: {value}" for name, value in values.items()}
    width = max(map(len, lines.values()))
    for name, line in lines.items():
        number = NUMBERS[name]
        yield f"{line:<{width}}  # {page.words(_UNITS[number.unit])}; {', '.join(number.clauses)}"


def _readings(choice: TermsChoice, page: Page) -> Iterator[str]:
    terms = choice.terms({})
    yield from _comment(page.words(LETTERS))
    yield "readings:"
    for name, reading in as_choices(terms.readings).items():
        meanings = {each: page.words(reading_words(name, each, terms.numbers)) for each in POINTS[name].readings}
        question = page.words(question_words(name, terms.numbers))
        yield from _point(name, reading, f"{question} ({', '.join(POINTS[name].clauses)})", meanings)
    for name, reading in choice.law_readings.items():
        point = LAW_POINTS[name]
        meanings = {each: page.translate(words) for each, words in point.readings.items()}
        yield from _point(name, reading, f"{page.translate(point.question)} ({', '.join(point.provisions)})", meanings)


def _point(name: str, reading: str, question: str, readings: Mapping[str, str]) -> Iterator[str]:
    yield from _comment(question, "  ")
    for each, words in readings.items():
        yield from _comment(f"{each}: {words}", "  ", "  ")
    yield f"  {name}: {reading}\n"


def _changes(changes: Sequence[AnnounceTermsChange], page: Page) -> Iterator[str]:
    heading = Message("What changes on a date is announced, in order of the dates of announcement:")
    yield from _comment(page.words(heading))
    if changes:
        yield "announcements:"
        yield from (f"  - {event_line(each)}" for each in changes)
    else:
        yield "# announcements:"
        yield f"#   {_EXAMPLE}"


def _comment(words: str, before: str = "", inner: str = "") -> list[str]:
    return [f"{before}# {inner}{line}" for line in wrap(words, _WIDTH, break_long_words=False)]
