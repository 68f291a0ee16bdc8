"""The page of the desk: find, answer, what if, correct, history, letter, login; in Danish and in English."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from attrs import Factory, evolve, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from litestar import Response
from litestar.static_files import create_static_files_router

from subsim.answers.question import case_of
from subsim.answers.what_if import WhatIf
from subsim.base.change import Wish, changed
from subsim.base.directory import USUALLY_FOUND, directory
from subsim.base.history import history_of
from subsim.base.member import Stored, UnknownMember, member_at
from subsim.base.requests import Reply, Request
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.faults import quote as quoted
from subsim.basics.instants import known_instant
from subsim.basics.languages import CODES, Code, language
from subsim.basics.notation import day_from_iso
from subsim.basics.texts import Message
from subsim.desk import clock
from subsim.desk.api import Asking, Desk, Handle, body_of, check_edit, responded
from subsim.desk.forms import Around, FormField, Typed, event_tree, fields_of, typed_event
from subsim.desk.guard import SESSION, form_token, header, language_of, who
from subsim.desk.options import Asked, pairs
from subsim.desk.problems import Problem, told_in
from subsim.desk.questions import QUESTIONS, UNBROKEN, Asker
from subsim.desk.settings import SESSION_HOURS
from subsim.desk.typed import day_in_words, typed_day
from subsim.desk.view import View, state_words
from subsim.desk.words import labels
from subsim.desk.writes import answer_reply, plain_answer, replied, request_of, write_reply
from subsim.engine.labels import EVENTS as EVENT_LABELS
from subsim.files.scenario import Scenario
from subsim.membership.events import EVENTS, SignUp
from subsim.pages.text import Page

DONE = "subsim_done"
"""The cookie that says for one page what was done."""
_DONE_WORDS = ("recorded", "corrected", "retracted", "saved")
_FIRST_MEMBERS = 10
T = TypeVar("T")


@frozen(kw_only=True)
class Visit:
    """A request of the page: who asks, in which language, and what was given."""

    request: Asking
    desk: Desk
    code: Code
    typed: Mapping[str, list[str]] = Factory(dict)

    def one(self, name: str) -> str:
        """The first value of that name; empty where there is none."""
        return self.typed.get(name, [""])[0]

    @property
    def id(self) -> str:
        """The member that the path names."""
        id: str = self.request.path_params["id"]
        return id

    @property
    def view(self) -> View:
        """What puts values into words."""
        return View(Page(language(self.code), UNBROKEN))

    def member_path(self, *parts: str) -> str:
        """The path of the member, and below it."""
        return "/".join([f"/{self.code}/members/{quote(self.id, safe='')}", *parts])

    def told(self, message: Message) -> str:
        """A message in the language of the page."""
        return told_in(message, self.code)


class NotValid(Exception):  # noqa: N818 - a claim, as in `raise NotValid`
    """What was typed has faults, by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__()
        self.errors = errors


# Templates


@cache
def templates() -> Environment:
    """The templates; all that they are given is escaped."""
    return Environment(
        loader=PackageLoader("subsim.desk"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(
    visit: Visit, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> Response[bytes]:
    scope = visit.request.scope
    text = templates().get_template(template).render(_shared(scope, visit.code, visit.desk), **values)
    response = Response(text.encode(), media_type="text/html", status_code=status, headers=dict(headers or {}))
    if scope["method"] == "GET" and header(scope, b"cookie") and DONE in (header(scope, b"cookie") or ""):
        response.set_cookie(DONE, "", max_age=0, path="/", httponly=True, samesite="lax")
    return response


def _shared(scope: Any, code: Code, desk: Desk | None) -> dict[str, Any]:
    """What every template needs."""
    other: Code = "en" if code == "da" else "da"
    path, query = scope["path"], scope["query_string"].decode("latin-1")
    inner = (path.removeprefix(f"/{code}") if path.startswith(f"/{code}") else "") or "/"
    asks = who(scope) if "subsim.who" in scope else None
    token = form_token(desk.settings, asks) if desk is not None and asks is not None else ""
    return {
        "w": SimpleNamespace(**labels(code)),
        "code": code,
        "other": other,
        "other_href": f"/{other}{quote(inner)}" + (f"?{query}" if query and scope["method"] in ("GET", "HEAD") else ""),
        "token": token,
        "logged_in": asks is not None and asks.cookie is not None,
        "errors": {},
        "error_title": False,
        "done": "",
    }


def _get(desk: Desk, code: Code, answer: Callable[[Visit], Response[bytes]]) -> Handle:
    """A page that is asked for; what it needs of the base is worked out on a thread."""

    async def handle(request: Asking) -> Response[bytes]:
        visit = Visit(request=request, desk=desk, code=code, typed=_typed(request.scope["query_string"]))
        return await desk.answers.run(lambda: answer(visit))

    return handle


def _post(desk: Desk, code: Code, answer: Callable[[Visit], Response[bytes]], *, is_edit: bool = True) -> Handle:
    """A form that is sent: it must carry its token, and a write must be allowed."""

    async def handle(request: Asking) -> Response[bytes]:
        if is_edit:
            check_edit(desk)
        body = await body_of(request)
        media_type = (header(request.scope, b"content-type") or "").partition(";")[0].strip().lower()
        if media_type != "application/x-www-form-urlencoded":
            raise Problem(415, Message("the body is not a form"))
        visit = Visit(request=request, desk=desk, code=code, typed=_typed(body))
        if not secrets.compare_digest(
            visit.one("csrf").encode(), form_token(desk.settings, who(request.scope)).encode()
        ):
            raise Problem(403, Message("the form has no token of this desk: open the page again"))
        return await desk.answers.run(lambda: answer(visit))

    return handle


def _typed(text: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs(text):
        found.setdefault(name, []).append("\N{REPLACEMENT CHARACTER}" if value is None else value)
    return found


def _redirect(place: str, done: str = "") -> Response[bytes]:
    response = Response(b"", status_code=303, media_type="text/plain", headers={"Location": place})
    if done:
        response.set_cookie(DONE, done, max_age=60, path="/", httponly=True, samesite="lax")
    return response


def _done(visit: Visit) -> str:
    """What the visit before has done, in words; said once."""
    for part in (header(visit.request.scope, b"cookie") or "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == DONE and value in _DONE_WORDS:
            return visit.view.labels[value]
    return ""


# Find


def _home(visit: Visit) -> Response[bytes]:
    return _redirect(f"/{language_of(visit.request.scope)}/")


def _find(visit: Visit) -> Response[bytes]:
    is_search = "search" in visit.typed
    text, after = visit.one("search"), visit.one("after") or None
    with visit.desk.database.reading() as connection:
        limit = USUALLY_FOUND if is_search else _FIRST_MEMBERS
        found = directory(connection, text, limit, after, clock.current_day())
    members = found["members"]
    if is_search and text.strip() and after is None and len(members) == 1:
        return _redirect(f"/{visit.code}/members/{quote(members[0]['id'], safe='')}")
    page = visit.view.page
    rows = [{**member, "states": state_words(member["subscriptions"], page)} for member in members]
    more = found["next"] and f"/{visit.code}/?{urlencode({'search': text, 'after': found['next']})}"
    return _page(visit, "find.html", search=text, members=rows, is_search=is_search, more=more)


# The answer


@frozen(kw_only=True)
class Question:
    """What an answer is asked about: the member as known, his scenario, the day and the subscription."""

    stored: Stored
    scenario: Scenario
    ids: tuple[str, ...]
    day: Day
    subscription: str
    known_at: str

    def query(self, **more: str) -> str:
        """The whole address of the answer, after the path."""
        given = {"date": self.day.isoformat(), "subscription": self.subscription}
        return urlencode(given | ({"known_at": self.known_at} if self.known_at else {}) | more)


def _answer(visit: Visit) -> Response[bytes]:
    try:
        question = _question(visit)
    except NotValid as fault:
        return _answer_with_faults(visit, fault.errors)
    if (visit.one("date"), visit.one("subscription")) != (question.day.isoformat(), question.subscription):
        return _redirect(f"{visit.member_path()}?{question.query()}")
    view, case = visit.view, case_of(question.scenario)
    try:
        answer = case.answer(question.subscription, question.day)
    except InputErrors as errors:
        return _answer_with_faults(visit, {"date": visit.told(errors.errors[0].text)})
    plain = plain_answer(answer, view.page)
    may_edit = visit.desk.settings.allow_edit and not question.known_at
    return _page(
        visit,
        "answer.html",
        **_form_of_answer(visit, question.stored, question.ids, question.day.isoformat(), question.subscription),
        headline=plain.first,
        plain=plain.text,
        why=plain.why,
        routes=view.routes(answer),
        coming=view.coming(case, question.subscription, question.day),
        readings=view.other_readings(answer),
        law=view.law(answer),
        no_readings=view.page.say(Message("No other reading of a contested point would change this answer")),
        invoices=view.invoices(case, question.day),
        events=view.events(question.stored),
        picture=f"/api/v1/members/{quote(visit.id, safe='')}/picture.svg?{_picture_query(question, visit.code)}",
        names={name: EVENT_LABELS[name].text(view.page) for name in EVENTS},
        query=question.query(),
        may_edit=may_edit,
        note=_note(view, question.known_at),
        key=secrets.token_urlsafe(16),
        done=_done(visit),
        answered=True,
    )


def _picture_query(question: Question, code: Code) -> str:
    given = {"date": question.day.isoformat(), "lang": code}
    return urlencode(given | ({"known_at": question.known_at} if question.known_at else {}))


def _note(view: View, known_at: str) -> str:
    return view.labels["as_known"].format(instant=view.instant(known_instant(known_at))) if known_at else ""


def _answer_with_faults(visit: Visit, errors: dict[str, str]) -> Response[bytes]:
    """The form with what was typed, and no answer."""
    stored = _stored(visit, None)
    ids = _ids(stored.scenario(clock.current_day()))
    form = _form_of_answer(visit, stored, ids, visit.one("date"), visit.one("subscription"))
    return _page(visit, "answer.html", 422, **form, errors=errors, error_title=True, answered=False, note="")


def _form_of_answer(visit: Visit, stored: Stored, ids: tuple[str, ...], date: str, subscription: str) -> dict[str, Any]:
    person = stored.keys.get("member", {})
    try:
        words = day_in_words(day_from_iso(typed_day(date, clock.current_day())), visit.code)
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
    }


def _stored(visit: Visit, known_at: str | None) -> Stored:
    try:
        with visit.desk.database.reading() as connection:
            return member_at(connection, visit.id, known_at)
    except UnknownMember:
        raise Problem(404, Message("there is no such member")) from None


def _ids(scenario: Scenario) -> tuple[str, ...]:
    return tuple(dict.fromkeys(event.subscription for event in scenario.facts.timeline if isinstance(event, SignUp)))


def _question(visit: Visit) -> Question:
    """What is asked about; NotValid where something typed is wrong."""
    errors: dict[str, str] = {}
    known_at, today = visit.one("known_at").replace(" ", "+"), clock.current_day()
    instant = None
    if known_at:
        try:
            instant = known_instant(known_at)
        except ValueError as fault:
            errors["known_at"] = f"{visit.one('known_at')}: {visit.told(fault.args[0])}"
    day = today
    if visit.one("date").strip():
        try:
            day = day_from_iso(typed_day(visit.one("date"), today))
        except ValueError as fault:
            errors["date"] = f"{visit.one('date')}: {visit.told(fault.args[0])}"
    stored = _stored(visit, instant)
    scenario = stored.scenario(today)
    ids, subscription = _ids(scenario), visit.one("subscription")
    if subscription and ids and subscription not in ids:
        message = Message("no {what} is called {word}", what=Message("subscription"), word=quoted(subscription))
        errors["subscription"] = visit.told(message)
    if errors:
        raise NotValid(errors)
    return Question(
        stored=stored,
        scenario=scenario,
        ids=ids,
        day=day,
        subscription=subscription or _subscription_meant(scenario, day),
        known_at=known_at,
    )


def _subscription_meant(scenario: Scenario, day: Day) -> str:
    """The subscription last signed up among those live on the day, else the last."""
    member = case_of(scenario).play(day)
    live = [each.id for each in member.subscriptions if each.is_live]
    known = [each.id for each in member.subscriptions]
    return [*_ids(scenario), *known, *live][-1] if live or known or _ids(scenario) else "main"


def _letter(visit: Visit, form: str = "html") -> Response[bytes]:
    try:
        question = _question(visit)
    except NotValid as fault:
        return _answer_with_faults(visit, fault.errors)
    asked = Asked(values={"date": question.day, "subscription": question.subscription, "format": form})
    asker = Asker(language=visit.code, today=clock.current_day())
    return responded(QUESTIONS["letter"].answer(question.scenario, asked, asker))


def _history(visit: Visit) -> Response[bytes]:
    stored = _stored(visit, None)
    with visit.desk.database.reading() as connection:
        found = history_of(connection, visit.id, clock.current_day())
    view = visit.view
    records = [
        {
            **entry,
            "word": view.labels[entry["action"]],
            "day": view.iso(entry["event"]["date"]) if entry["event"] else "",
            "name": EVENT_LABELS[entry["event"]["event"]].text(view.page) if entry["event"] else "",
            "fields": view.fields(entry["event"]) if entry["event"] else "",
            "at": view.instant(entry["recorded_at"]),
        }
        for entry in found["history"]
    ]
    answers = [
        {**entry, "day": view.iso(entry["date"]), "at": view.instant(entry["recorded_at"])}
        for entry in found["answers"]
    ]
    name = stored.keys.get("member", {}).get("name", "")
    return _page(
        visit, "history.html", id=visit.id, name=name, records=records, answers=answers, member_path=visit.member_path()
    )


# What if, record, correct


@frozen(kw_only=True)
class Trial:
    """An event that is tried on a member: its name, the fact that it corrects, what was typed, and its effect."""

    stored: Stored
    event: str
    fact: int | None
    typed: Typed
    changes: WhatIf | None = None
    errors: Mapping[str, str] = Factory(dict)
    general: tuple[str, ...] = ()


def _what_if(visit: Visit) -> Response[bytes]:
    known_at = visit.one("known_at").replace(" ", "+")
    try:
        stored = _stored(visit, known_instant(known_at) if known_at else None)
    except ValueError as fault:
        return _answer_with_faults(visit, {"known_at": visit.told(fault.args[0])})
    fact, event = _fact_and_event(visit, stored)
    if event is None:
        return _page(
            visit,
            "choose.html",
            422 if visit.one("event") else 200,
            **_around_trial(visit, stored),
            chosen=visit.one("event"),
            errors={"event": visit.told(_no_event(visit.one("event")))} if visit.one("event") else {},
            error_title=bool(visit.one("event")),
        )
    fields = {name: values for name, values in visit.typed.items() if name not in ("event", "fact", "known_at")}
    trial = Trial(stored=stored, event=event, fact=None if fact is None else fact.fact, typed=fields)
    if fields:
        trial = _tried(visit, trial)
    elif fact is not None:
        trial = evolve(trial, typed=typed_event(fact.event))
    else:
        trial = evolve(trial, typed={"date": [clock.current_day().isoformat()]})
    return _trial_page(visit, trial)


def _fact_and_event(visit: Visit, stored: Stored) -> tuple[Any, str | None]:
    """The fact to correct, if any, and the event; a Problem where no such fact stands."""
    text, event = visit.one("fact"), visit.one("event")
    if not text:
        return None, event if event in EVENTS else None
    fact = stored.fact(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
    if fact is None:
        raise Problem(404, Message("there is no such fact that stands"))
    return fact, event if event in EVENTS else fact.event["event"]


def _no_event(name: str) -> Message:
    return Message("no event is called {found}", found=quoted(name))


def _tried(visit: Visit, trial: Trial) -> Trial:
    """The event with its effect, or with its faults by field."""
    asked = Asked()
    wish = _wish(trial, asked)
    try:
        return evolve(trial, changes=changed(trial.stored, wish, clock.current_day()).changes)
    except InputErrors as errors:
        return _with_faults(visit, trial, asked, errors)


def _wish(trial: Trial, asked: Asked) -> Wish:
    tree = event_tree(trial.event, trial.typed, asked.places, clock.current_day())
    return Wish(event=tree, fact=trial.fact, faults=asked.faults, here=tree.place)


def _with_faults(visit: Visit, trial: Trial, asked: Asked, errors: InputErrors) -> Trial:
    """Each fault at its field; what lies elsewhere in the timeline is told of the date."""
    by_field: dict[str, str] = {}
    for error in errors.errors:
        fault = asked.places.fault(error)
        field = fault.parameter if fault.parameter not in (None, "event") else "date"
        words = [visit.told(fault.message), *([visit.told(fault.remedy)] if fault.remedy else [])]
        assert field is not None
        by_field[field] = "; ".join([*([by_field[field]] if field in by_field else []), *words])
    return evolve(trial, errors=by_field)


def _around_trial(visit: Visit, stored: Stored) -> dict[str, Any]:
    person = stored.keys.get("member", {})
    page = visit.view.page
    return {
        "id": visit.id,
        "name": person.get("name", ""),
        "member_path": visit.member_path(),
        "known_at": visit.one("known_at"),
        "names": {name: EVENT_LABELS[name].text(page) for name in EVENTS},
    }


def _trial_page(
    visit: Visit, trial: Trial, status: int | None = None, alert: str = "", key: str = ""
) -> Response[bytes]:
    view, stored = visit.view, trial.stored
    scenario = stored.scenario(clock.current_day())
    around = Around(
        packages=tuple(scenario.facts.prices),
        subscriptions=_ids(scenario),
        today=clock.current_day(),
        language=visit.code,
        labels=view.labels,
    )
    fields = fields_of(trial.event, trial.typed, trial.errors, around)
    may_edit = visit.desk.settings.allow_edit and not visit.one("known_at")
    refused = trial.changes is not None and any(each.verdict == "refused" for each in trial.changes.tried)
    known = {field.name for field in fields}
    return _page(
        visit,
        "what_if.html",
        status or (422 if trial.errors else 200),
        **_around_trial(visit, stored),
        event=trial.event,
        fact=trial.fact,
        fields=fields,
        hidden=_hidden(fields, trial),
        effect=None if trial.changes is None else view.effect(trial.changes),
        nothing=trial.changes is not None and trial.changes.changes_nothing,
        refused=refused,
        errors={name if name in known else "date": words for name, words in trial.errors.items()},
        error_title=bool(trial.errors) or bool(alert),
        may_edit=may_edit,
        version=stored.version,
        key=key or secrets.token_urlsafe(16),
        remark=visit.one(_NOTE) if visit.request.scope["method"] == "POST" else "",
        stale=alert,
    )


def _hidden(fields: Iterable[FormField], trial: Trial) -> list[tuple[str, str]]:
    """What was typed, for the form that records it."""
    return [
        (f"event.{_NOTE}" if field.name == _NOTE else field.name, value)
        for field in fields
        for value in (trial.typed.get(field.name, []) if field.kind == "boxes" else [field.value])
        if value
    ]


_NOTE = "note"
"""The field of a remark beside an event; an event's own field of that name is sent as `event.note`."""
_OWN_FIELDS = ("csrf", "key", "version", "fact", "event", "note", "action", "known_at")
"""The fields of the form that records, which are none of the event's."""


def _write(visit: Visit) -> Response[bytes]:
    """Record, correct or retract what the form holds."""
    stored = _stored(visit, None)
    is_retraction = visit.one("action") == "retract"
    event, fact_text = visit.one("event"), visit.one("fact")
    if event not in EVENTS or (fact_text and not (fact_text.isascii() and fact_text.isdigit() and len(fact_text) < 19)):
        raise Problem(422, Message("the form is not complete: open the page again"))
    fact = int(fact_text) if fact_text else None
    fields = {name: values for name, values in visit.typed.items() if name not in _OWN_FIELDS}
    fields = {_NOTE if name == f"event.{_NOTE}" else name: values for name, values in fields.items()}
    trial = Trial(stored=stored, event=event, fact=fact, typed=fields)
    asked = Asked(values={"note": visit.one(_NOTE).strip() or None, "version": _version(visit)})
    wish = _wish(trial, asked)
    if is_retraction:
        wish = evolve(wish, event=None)
    now, by = clock.moment(), who(visit.request.scope).name
    told = visit.code

    def reply(connection: Any) -> Reply:
        return write_reply(connection, visit.id, wish, asked, by=by, now=now, today=clock.current_day())

    try:
        replied(visit.desk.database, _request(visit), reply, now, told, keep_problems=False)
    except Problem as problem:
        return _refused(visit, trial, problem)
    done = "retracted" if is_retraction else "corrected" if fact is not None else "recorded"
    return _redirect(f"{visit.member_path()}?{_after_write(visit, trial)}", done)


def _version(visit: Visit) -> int:
    text = visit.one("version")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Problem(422, Message("the form is not complete: open the page again"))
    return int(text)


def _request(visit: Visit) -> Request | None:
    """The form as a request that is answered once: its own key, and all that it holds."""
    body = {name: values for name, values in visit.typed.items() if name != "csrf"}
    key = visit.one("key")
    return request_of(
        who(visit.request.scope).name, f"form:{key}"[:255] if key else None, "POST", visit.request.scope["path"], body
    )


def _refused(visit: Visit, trial: Trial, problem: Problem) -> Response[bytes]:
    """The form again with what was typed: stale, or with its faults."""
    if problem.status == 409:
        trial = _tried(visit, trial)
        return _trial_page(visit, trial, 409, alert=visit.view.labels["stale"])
    if problem.status == 422 and problem.faults:
        by_field: dict[str, str] = {}
        for fault in problem.faults:
            words = "; ".join(visit.told(each) for each in (fault.message, fault.remedy) if each)
            by_field[fault.parameter if fault.parameter not in (None, "event") else "date"] = words
        return _trial_page(visit, evolve(trial, errors=by_field), 422)
    raise problem


def _after_write(visit: Visit, trial: Trial) -> str:
    """The address of the answer of today, of the subscription that was written about."""
    scenario = _stored(visit, None).scenario(clock.current_day())
    named = trial.typed.get("subscription", [""])[0]
    subscription = named if named in _ids(scenario) else _subscription_meant(scenario, clock.current_day())
    return urlencode({"date": clock.current_day().isoformat(), "subscription": subscription})


def _save(visit: Visit) -> Response[bytes]:
    """Keep the answer of the form."""
    try:
        question = _question(visit)
    except NotValid as fault:
        return _answer_with_faults(visit, fault.errors)
    asked = Asked(values={"date": question.day, "subscription": question.subscription})
    asker = Asker(language=visit.code, today=clock.current_day())
    now, by = clock.moment(), who(visit.request.scope).name

    def reply(connection: Any) -> Reply:
        return answer_reply(connection, visit.id, asked, asker, by=by, now=now)

    replied(visit.desk.database, _request(visit), reply, now, visit.code, keep_problems=False)
    return _redirect(f"{visit.member_path()}?{question.query()}", "saved")


# Log in and out


def _login_form(visit: Visit) -> Response[bytes]:
    return _page(visit, "login.html", next=_own_path(visit.one("next"), visit.code))


def _own_path(place: str, code: Code) -> str:
    """A path of ours, else the start: nobody is sent elsewhere by a link."""
    is_ours = place.startswith("/") and not place.startswith("//") and "\\" not in place and place.isprintable()
    return place if is_ours else f"/{code}/"


def _login(guard: Any) -> Callable[[Visit], Response[bytes]]:
    """Take a token and begin a session."""

    def login(visit: Visit) -> Response[bytes]:
        place = _own_path(visit.one("next"), visit.code)
        sessions = guard().sessions
        if sessions is None:
            return _redirect(place)
        try:
            name = guard().name_of_token(visit.one("token").strip(), visit.request.scope)
        except Problem as problem:
            errors = {"token": visit.told(problem.detail)}
            return _page(
                visit, "login.html", problem.status, problem.headers, next=place, errors=errors, error_title=True
            )
        response = _redirect(place)
        public = visit.desk.settings.public_url
        response.set_cookie(
            SESSION,
            sessions.cookie(name, clock.epoch_seconds()),
            max_age=SESSION_HOURS * 3600,
            path="/",
            httponly=True,
            samesite="lax",
            secure=bool(public and public.startswith("https:")),
        )
        return response

    return login


def _logout(guard: Any) -> Callable[[Visit], Response[bytes]]:
    """End the session."""

    def logout(visit: Visit) -> Response[bytes]:
        cookie, sessions = who(visit.request.scope).cookie, guard().sessions
        if cookie is not None and sessions is not None:
            sessions.attempts.end(cookie)
        response = _redirect(f"/{visit.code}/login" if sessions is not None else f"/{visit.code}/")
        response.set_cookie(SESSION, "", max_age=0, path="/", httponly=True, samesite="lax")
        return response

    return logout


# Problems, files, paths


def problem_page(scope: Any, problem: Problem) -> Response[bytes]:
    """A problem as a page: with the search field where something is not found, without a body where it redirects."""
    if problem.status == 303:
        return Response(b"", status_code=303, media_type="text/plain", headers=problem.headers)
    code = language_of(scope)
    words = labels(code)
    detail = told_in(problem.detail, code)
    faults = [told_in(fault.message, code) for fault in problem.faults]
    text = (
        templates()
        .get_template("problem.html")
        .render(
            _shared(scope, code, None),
            status=problem.status,
            headline=words["not_found"] if problem.status == 404 else words["problem"],
            detail=detail,
            details=[each for each in faults if each != detail],
            error_title=True,
        )
    )
    return Response(text.encode(), status_code=problem.status, media_type="text/html", headers=problem.headers)


def static_files() -> Any:
    """The style, the script and the icon."""
    return create_static_files_router(
        path="/static", directories=[Path(__file__).parent / "static"], include_in_schema=False, html_mode=False
    )


def routes(desk: Desk, guard: Callable[[], Any]) -> dict[tuple[str, str], Handle]:
    """Every path of the page with its method."""
    found: dict[tuple[str, str], Handle] = {("GET", "/"): _get(desk, "da", _home)}
    for code in CODES:
        member = f"/{code}/members/{{id:str}}"
        found |= {
            ("GET", f"/{code}"): _get(desk, code, _find),
            ("GET", member): _get(desk, code, _answer),
            ("GET", f"{member}/letter"): _get(desk, code, _letter),
            ("GET", f"{member}/letter.pdf"): _get(desk, code, partial(_letter, form="pdf")),
            ("GET", f"{member}/history"): _get(desk, code, _history),
            ("GET", f"{member}/what-if"): _get(desk, code, _what_if),
            ("POST", f"{member}/events"): _post(desk, code, _write),
            ("POST", f"{member}/answers"): _post(desk, code, _save),
            ("GET", f"/{code}/login"): _get(desk, code, _login_form),
            ("POST", f"/{code}/login"): _post(desk, code, _login(guard), is_edit=False),
            ("POST", f"/{code}/logout"): _post(desk, code, _logout(guard), is_edit=False),
        }
    return found
