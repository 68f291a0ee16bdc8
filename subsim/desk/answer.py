"""The answer about a member: the page, its letter, and the answer kept."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from attrs import evolve, frozen
from litestar import Response

from subsim.answers.ask import ask_can_cancel
from subsim.answers.can_cancel import Answer
from subsim.answers.question import case_of
from subsim.base.member import StoredMember
from subsim.base.requests import Reply
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.faults import quote as quoted
from subsim.basics.instants import known_instant
from subsim.basics.languages import Code
from subsim.basics.notation import day_from_iso
from subsim.basics.texts import Message
from subsim.desk import clock
from subsim.desk.api import responded
from subsim.desk.form_text import day_in_words, day_text
from subsim.desk.forms import FormField
from subsim.desk.guard import who
from subsim.desk.options import Choice, RequestOptions
from subsim.desk.questions import QUESTIONS, Asker
from subsim.desk.view import View
from subsim.desk.visit import (
    NotValid,
    Visit,
    done_before,
    form_request,
    page_of,
    redirect,
    stored_of_visit,
    subscription_meant,
)
from subsim.desk.words import event_names
from subsim.desk.writes import answer_reply, plain_answer, replied
from subsim.files.scenario import Scenario
from subsim.pages.in_doubt import named

if TYPE_CHECKING:
    from subsim.answers.ask import AnyAnswer

OF_DOUBTS = Choice(names=("assume",))
"""What the address of an answer may assume."""


@frozen(kw_only=True)
class Question:
    """The question of an answer: the member as known, his scenario, the day and the subscription."""

    stored: StoredMember
    scenario: Scenario
    ids: tuple[str, ...]
    day: Day
    subscription: str
    known_at: str
    assumed: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The whole address of the answer, after the path."""
        return self._query("subscription", self.subscription)

    def query_of_picture(self, code: Code) -> str:
        """The address of the picture in a language, after the path."""
        return self._query("lang", code)

    def _query(self, name: str, value: str) -> str:
        given = [("date", self.day.isoformat()), (name, value)]
        given += [("known_at", self.known_at)] if self.known_at else []
        return urlencode(given + [("assume", each) for each in self.assumed])


def answer_page(visit: Visit) -> Response[bytes]:
    """The page of the answer of a day with its forms; an incomplete address is redirected to the complete one."""
    try:
        question = _question(visit)
    except NotValid as fault:
        return answer_with_faults(visit, fault.errors)
    whole = (question.day.isoformat(), question.subscription, list(question.assumed))
    if (visit.one("date"), visit.one("subscription"), visit.typed.get("assume", [])) != whole:
        return redirect(f"{visit.member_path()}?{question.query}")
    view = visit.view
    try:
        answer = ask_can_cancel(question.scenario, question.day, question.subscription)
    except InputErrors as errors:
        return answer_with_faults(visit, {"date": visit.in_words(errors.errors[0].text)})
    plain = plain_answer(answer, view.page)
    may_edit = visit.desk.settings.allow_edit and not question.known_at
    return page_of(
        visit,
        "answer.html",
        **_form_of_answer(visit, question.stored, question.ids, question.day.isoformat(), question.subscription),
        **_regions(view, question, answer),
        doubts=_doubts(view, question),
        headline=plain.first,
        sentences=plain.sentences,
        plain=plain.text,
        why=plain.why,
        readings=view.other_readings(answer),
        events=view.events(question.stored),
        picture=f"/api/v1/members/{quote(visit.id, safe='')}/picture.svg?{question.query_of_picture(visit.code)}",
        names=event_names(question.scenario.policy, view.page),
        query=question.query,
        may_edit=may_edit,
        assumed=question.assumed,
        note=_note(view, question.known_at),
        key=secrets.token_urlsafe(16),
        done=done_before(visit),
        answered=True,
    )


def _regions(view: View, question: Question, answer: "AnyAnswer") -> dict[str, Any]:
    """The values of the regions; where facts are in doubt, those that hold in every possible world."""
    if not isinstance(answer, Answer):
        one_course = [view.labels["one_course"]]
        no_policy = question.scenario.policy is None
        return {
            "routes": [],
            "ways": view.in_doubt(answer),
            "law": view.law_in_doubt(answer),
            "coming": view.coming_in_doubt(question.scenario, question.subscription, question.day),
            "invoices": view.invoices_in_doubt(question.scenario, question.day),
            "retention": [view.labels["no_policy"]] if no_policy else one_course,
            "one_course": one_course[0],
        }
    case = case_of(question.scenario)
    return {
        "routes": view.routes(answer),
        "ways": [],
        "law": view.law(answer),
        "coming": view.coming(case, question.subscription, question.day),
        "invoices": view.invoices(case, question.day),
        "retention": view.retention(case, question.day),
        "one_course": "",
    }


def _doubts(view: View, question: Question) -> list[FormField]:
    """The form fields of the facts in doubt, with the assumptions to choose from."""
    chosen = dict(each.split("=", 1) for each in question.assumed)
    return [view.doubt(doubt, chosen.get(doubt.id, "")) for doubt in named(question.scenario.doubts)]


def _note(view: View, known_at: str) -> str:
    return view.labels["as_known"].format(instant=view.instant(known_instant(known_at))) if known_at else ""


def answer_with_faults(visit: Visit, errors: dict[str, str]) -> Response[bytes]:
    """The form with the values typed and their faults, without an answer."""
    stored = stored_of_visit(visit, None)
    ids = stored.scenario(clock.current_day()).subscriptions
    form = _form_of_answer(visit, stored, ids, visit.one("date"), visit.one("subscription"))
    return page_of(
        visit, "answer.html", 422, **form, errors=errors, error_title=True, answered=False, note="", doubts=[]
    )


def _form_of_answer(
    visit: Visit, stored: StoredMember, ids: tuple[str, ...], date: str, subscription: str
) -> dict[str, Any]:
    person = stored.keys.get("member", {})
    try:
        words = day_in_words(day_from_iso(day_text(date, clock.current_day())), visit.code)
    except ValueError:
        words = ""
    return {
        "member_path": visit.member_path(),
        "id": visit.id,
        "name": person.get("name", ""),
        "contact": [person[name] for name in ("phone", "email") if name in person],
        "ids": ids,
        "date": date,
        "date_words": words,
        "subscription": subscription,
        "known_at": visit.one("known_at"),
        "assume": next(iter(visit.typed.get("assume", [])), ""),
    }


def _question(visit: Visit) -> Question:
    """The question; NotValid where something typed is wrong."""
    errors: dict[str, str] = {}
    known_at, today = visit.one("known_at").replace(" ", "+"), clock.current_day()
    instant = None
    if known_at:
        try:
            instant = known_instant(known_at)
        except ValueError as fault:
            errors["known_at"] = f"{visit.one('known_at')}: {visit.in_words(fault.args[0])}"
    day = today
    if visit.one("date").strip():
        try:
            day = day_from_iso(day_text(visit.one("date"), today))
        except ValueError as fault:
            errors["date"] = f"{visit.one('date')}: {visit.in_words(fault.args[0])}"
    stored = stored_of_visit(visit, instant)
    scenario, assumed, unfit = _assuming(stored.scenario(today), visit)
    if unfit:
        errors["assume"] = unfit
    ids, subscription = scenario.subscriptions, visit.one("subscription")
    if subscription and ids and subscription not in ids:
        message = Message("no {what} is called {word}", what=Message("subscription"), word=quoted(subscription))
        errors["subscription"] = visit.in_words(message)
    if errors:
        raise NotValid(errors)
    return Question(
        stored=stored,
        scenario=scenario,
        ids=ids,
        day=day,
        subscription=subscription or subscription_meant(scenario, day),
        known_at=known_at,
        assumed=assumed,
    )


def _assuming(scenario: Scenario, visit: Visit) -> tuple[Scenario, tuple[str, ...], str]:
    """The scenario with the assumptions, the assumptions as `ID=VALUE`, and what is wrong with them."""
    given = tuple(each for each in visit.typed.get("assume", []) if each.partition("=")[2])
    asked = RequestOptions()
    _read_assumed(asked, given)
    try:
        return asked.as_asked(scenario), given, ""
    except InputErrors as errors:
        return scenario, given, "; ".join(visit.in_words(each.text) for each in errors.errors)


def _read_assumed(asked: RequestOptions, given: Iterable[str]) -> None:
    """Add what is assumed, each as `ID=VALUE`."""
    OF_DOUBTS.read_query(asked, urlencode([("assume", each) for each in given]).encode())


def letter_document(visit: Visit, form: str = "html") -> Response[bytes]:
    """The answer as a letter."""
    try:
        question = _question(visit)
    except NotValid as fault:
        return answer_with_faults(visit, fault.errors)
    asked = RequestOptions(values={"date": question.day, "subscription": question.subscription, "format": form})
    asker = Asker(language=visit.code, today=clock.current_day())
    try:
        return responded(QUESTIONS["letter"].answer(question.scenario, asked, asker))
    except InputErrors as errors:
        return answer_with_faults(visit, {"date": visit.in_words(errors.errors[0].text)})


def keep_answer(visit: Visit) -> Response[bytes]:
    """Store the answer of the form."""
    asked_of = {name.removeprefix("answer."): values for name, values in visit.typed.items() if "answer." in name}
    try:
        question = _question(evolve(visit, typed=asked_of))
    except NotValid as fault:
        return answer_with_faults(visit, fault.errors)
    asked = RequestOptions(values={"date": question.day, "subscription": question.subscription})
    _read_assumed(asked, question.assumed)
    asker = Asker(language=visit.code, today=clock.current_day())
    now, by = clock.moment(), who(visit.request.scope).name

    def reply(connection: Any) -> Reply:
        return answer_reply(connection, visit.id, asked, asker, by=by, now=now)

    replied(visit.desk.database, form_request(visit), reply, now, visit.code, keep_problems=False)
    return redirect(f"{visit.member_path()}?{question.query}", "saved")
