"""The questions of the API: which options each takes, and the function of the command that answers it."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import Factory, frozen

from subsim.answers.added_events import with_nodes
from subsim.answers.ask import ask_can_cancel, ask_cheapest_exit, ask_coming, ask_compare, ask_effect, ask_letter
from subsim.answers.coming import DAYS_AHEAD
from subsim.answers.explain import explain
from subsim.answers.letter_check import Order
from subsim.answers.outcome import Outcome
from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors, nearest, quote
from subsim.basics.languages import Code, language
from subsim.basics.texts import Message, join_words
from subsim.desk.options import OTHERWISE, Choice, RequestOptions
from subsim.desk.problems import fault_at
from subsim.files.scenario import Scenario
from subsim.files.yaml_nodes import Sequence
from subsim.pages.coming_calendar import coming_calendar
from subsim.pages.letter import Form, letter_page, letter_pdf
from subsim.pages.text import Page
from subsim.retention.compare import ask_compare_data
from subsim.retention.retention import retention

JSON = "application/json"
UNBROKEN = 1_000_000
"""The width of a page of text that breaks no line."""
CALENDAR = {"json": JSON, "ics": "text/calendar"}
"""The formats of what comes."""
LETTERS = {"markdown": "text/markdown", "html": "text/html", "pdf": "application/pdf"}
"""The formats of a letter with their media types; the first is the default."""


@frozen(kw_only=True)
class Content:
    """The content of an answer: JSON, or a document of a media type."""

    media_type: str = JSON
    value: Any = None  # JSON, whatever the command gives
    document: bytes = b""


@frozen(kw_only=True)
class Asker:
    """The language and the day of a request."""

    language: Code
    today: Day


@frozen(kw_only=True)
class Question:
    """A question by the last part of its path; `formats` are those that may be named, each with its media type."""

    name: str
    options: tuple[str, ...]
    answer: Callable[[Scenario, RequestOptions, Asker], Content]
    formats: Mapping[str, str] = Factory(dict)
    required: tuple[str, ...] = ()

    def choice(self, *more: str, parts: tuple[str, ...] = ()) -> Choice:
        """The options of a request, with those of its path."""
        return Choice(
            names=(*self.options, *OTHERWISE, *more, "lang"),
            formats=tuple(self.formats),
            required=(*parts, *self.required),
            parts=parts,
        )


def subscription_of(scenario: Scenario, asked: RequestOptions, date: Day) -> str:
    """The subscription asked about; InputErrors at the option where there is none or it is not clear."""
    given = asked.values.get("subscription")
    try:
        return scenario.subscription_meant(date, given)
    except InputErrors:
        ids = scenario.subscriptions
        remedy = Message("there are {words}", words=join_words(ids, "and"))
        message = Message("which subscription is meant?")
        if given is not None:
            message = Message("no {what} is called {word}", what=Message("subscription"), word=quote(given))
            remedy = nearest(given, ids) or remedy
        raise fault_at(asked.place_of("subscription"), message, remedy) from None


def order_of(scenario: Scenario, asked: RequestOptions, asker: Asker) -> Order:
    """The order of a letter, or of an answer to store."""
    date = _date(asked, asker)
    subscription = subscription_of(scenario, asked, date)
    return Order(
        date=date,
        subscription=subscription,
        language=asker.language,
        with_law=asked.with_law,
        choice=asked.choice(),
    )


def _date(asked: RequestOptions, asker: Asker) -> Day:
    date: Day = asked.values.get("date") or asker.today
    return date


def _outcome(scenario: Scenario, asked: RequestOptions, until: Day | None) -> Outcome:
    return case_of(scenario, asked.choice()).outcome(until or scenario.until_of())


def _can_cancel(scenario: Scenario, asked: RequestOptions, asker: Asker) -> Content:
    date = _date(asked, asker)
    subscription = subscription_of(scenario, asked, date)
    wanted, choice = asked.values.get("wanted_end"), asked.choice()
    answer = ask_can_cancel(scenario, date, subscription, choice, wanted=wanted, with_law=asked.with_law)
    return Content(value=answer.to_dict())


def _replay(scenario: Scenario, asked: RequestOptions, _asker: Asker) -> Content:
    return Content(value=_outcome(scenario, asked, asked.values.get("until")).to_dict())


def _explain(scenario: Scenario, asked: RequestOptions, _asker: Asker) -> Content:
    explanation = explain(scenario, _outcome(scenario, asked, asked.values.get("date")), with_law=asked.with_law)
    about = asked.values.get("about")
    if about is not None and about not in explanation.subjects:
        message = Message("no {what} is called {word}", what=Message("subject"), word=quote(about))
        there_are = Message("there are {words}", words=join_words(explanation.subjects_in_short, "and"))
        raise fault_at(asked.place_of("about"), message, nearest(about, explanation.subjects_in_short) or there_are)
    return Content(value=explanation.to_dict(about))


def _compare(scenario: Scenario, asked: RequestOptions, _asker: Asker) -> Content:
    until, choice = asked.values.get("until"), asked.choice()
    value = ask_compare(scenario, until, choice).to_dict()
    if scenario.policy is not None:
        data = ask_compare_data(scenario, until or scenario.until_of(), choice)
        value["retention"] = data.to_dict()
    return Content(value=value)


def _what_if(scenario: Scenario, asked: RequestOptions, _asker: Asker) -> Content:
    tries = asked.nodes["try"]
    assert isinstance(tries, Sequence)
    changed = with_nodes(scenario, tries.items, asked.faults, ("", ""))
    if changed is None:
        raise asked.faults.as_errors()
    return Content(value=ask_effect(scenario, changed, asked.values.get("until"), asked.choice()).to_dict())


def _cheapest_exit(scenario: Scenario, asked: RequestOptions, asker: Asker) -> Content:
    date = _date(asked, asker)
    subscription = subscription_of(scenario, asked, date)
    return Content(
        value=ask_cheapest_exit(scenario, date, subscription, asked.choice(), with_law=asked.with_law).to_dict()
    )


def _coming(scenario: Scenario, asked: RequestOptions, asker: Asker) -> Content:
    date, days = _date(asked, asker), asked.values.get("days", DAYS_AHEAD)
    subscription = subscription_of(scenario, asked, date)
    found = ask_coming(scenario, date, subscription, days, asked.choice(), with_law=asked.with_law)
    if asked.values.get("format") == "ics":
        page = Page(language(asker.language), UNBROKEN)
        return Content(media_type=CALENDAR["ics"], document=coming_calendar(found, page))
    return Content(value=found.to_dict())


def _letter(scenario: Scenario, asked: RequestOptions, asker: Asker) -> Content:
    form: Form = asked.values.get("format") or "markdown"
    found = ask_letter(scenario, order_of(scenario, asked, asker))
    document = letter_pdf(found) if form == "pdf" else letter_page(found, form).encode()
    return Content(media_type=LETTERS[form], document=document)


def _retention(scenario: Scenario, asked: RequestOptions, asker: Asker) -> Content:
    policy = scenario.policy
    if policy is None:
        remedy = Message("add retention: {{policy: NAME}}, or give {option}", option="policy")
        raise fault_at(asked.place_of("policy"), Message("the file names no policy"), remedy)
    category = asked.values.get("category")
    if category is not None and category not in policy.categories:
        message = Message("no {what} is called {word}", what=Message("category"), word=quote(category))
        there_are = Message("there are {words}", words=join_words(policy.categories, "and"))
        asked.faults.add(asked.place_of("category"), message, nearest(category, policy.categories) or there_are)
    asked.check()
    found = retention(case_of(scenario, asked.choice()), _date(asked, asker))
    return Content(value=found.of(category).to_dict())


def _picture(scenario: Scenario, asked: RequestOptions, asker: Asker) -> Content:
    from subsim.drawing import draw  # only the picture needs the extra `plot`

    date, until = asked.values.get("date"), asked.values.get("until")
    outcome = _outcome(scenario, asked, date or until)
    svg = draw(scenario, outcome, language(asker.language), date, until and max(until, date or until))
    return Content(media_type="image/svg+xml", document=svg.encode())


QUESTIONS = {
    each.name: each
    for each in (
        Question(name="can-cancel", options=("date", "subscription", "wanted_end", "law"), answer=_can_cancel),
        Question(name="replay", options=("until",), answer=_replay),
        Question(name="explain", options=("date", "about", "law"), answer=_explain),
        Question(name="compare", options=("until",), answer=_compare),
        Question(name="what-if", options=("try", "until"), answer=_what_if, required=("try",)),
        Question(name="cheapest-exit", options=("date", "subscription", "law"), answer=_cheapest_exit),
        Question(
            name="coming", options=("date", "days", "subscription", "law", "format"), answer=_coming, formats=CALENDAR
        ),
        Question(name="letter", options=("date", "subscription", "law", "format"), answer=_letter, formats=LETTERS),
        Question(name="retention", options=("date", "category", "policy"), answer=_retention),
    )
}
"""The questions that may be asked of a scenario in the body and of a member of the base."""
PICTURE = Question(name="picture.svg", options=("date", "until"), answer=_picture, formats={"svg": "image/svg+xml"})
"""The picture of a member of the base."""
