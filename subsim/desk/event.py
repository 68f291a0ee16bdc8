"""What if, record, correct, retract: the page of an event."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from attrs import Factory, evolve, frozen
from litestar import Response

from subsim.answers.ask import ask_can_cancel
from subsim.answers.what_if import WhatIf
from subsim.base.change import Wish, changed
from subsim.base.member import StoredMember
from subsim.base.requests import Reply
from subsim.basics.faults import InputErrors
from subsim.basics.faults import quote as quoted
from subsim.basics.instants import known_instant
from subsim.basics.texts import Message
from subsim.desk import clock
from subsim.desk.answer import answer_with_faults
from subsim.desk.blocks import Table
from subsim.desk.effect import Effect
from subsim.desk.forms import FormContext, FormField, FormValues, event_tree, fields_of, typed_event
from subsim.desk.guard import who
from subsim.desk.options import RequestOptions
from subsim.desk.problems import Fault, Problem
from subsim.desk.view import View
from subsim.desk.visit import (
    Visit,
    form_request,
    page_of,
    redirect,
    stored_of_visit,
    subscription_meant,
)
from subsim.desk.words import event_names
from subsim.desk.writes import plain_answer, replied, write_reply
from subsim.files.scenario import Scenario
from subsim.membership.data_events import EVERY_EVENT


@frozen(kw_only=True)
class Trial:
    """An event tried on a member: its name, the fact that it corrects, the values typed, and its effect.

    Where facts are in doubt the effect is today's answer without and with the event.
    """

    stored: StoredMember
    event: str
    fact: int | None
    typed: FormValues
    changes: WhatIf | None = None
    sentences: tuple[str, str] | None = None
    errors: Mapping[str, str] = Factory(dict)
    general: tuple[str, ...] = ()


def what_if_page(visit: Visit) -> Response[bytes]:
    """The form of an event, and its effect once it is filled in; without an event, the choice of one."""
    known_at = visit.one("known_at").replace(" ", "+")
    try:
        stored = stored_of_visit(visit, known_instant(known_at) if known_at else None)
    except ValueError as fault:
        return answer_with_faults(visit, {"known_at": visit.in_words(fault.args[0])})
    fact, event = _fact_and_event(visit, stored)
    if event is None:
        return page_of(
            visit,
            "choose.html",
            422 if visit.one("event") else 200,
            **_around_trial(visit, stored),
            chosen=visit.one("event"),
            errors={"event": visit.in_words(_no_event(visit.one("event")))} if visit.one("event") else {},
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


def _fact_and_event(visit: Visit, stored: StoredMember) -> tuple[Any, str | None]:
    """The fact to correct, if any, and the event; a Problem where there is no such fact in force."""
    text, event = visit.one("fact"), visit.one("event")
    if not text:
        return None, event if event in EVERY_EVENT else None
    fact = stored.fact(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
    if fact is None:
        raise Problem(404, Message("there is no such fact that stands"))
    return fact, event if event in EVERY_EVENT else fact.event["event"]


def _no_event(name: str) -> Message:
    return Message("no event is called {found}", found=quoted(name))


def _tried(visit: Visit, trial: Trial) -> Trial:
    """The event with its effect, or with its faults by field."""
    asked = RequestOptions()
    wish = _wish(trial, asked)
    try:
        change = changed(trial.stored, wish, clock.current_day())
        if not isinstance(change.changes, WhatIf):
            return evolve(trial, sentences=(_sentence(visit, change.before), _sentence(visit, change.after)))
        return evolve(trial, changes=change.changes)
    except InputErrors as errors:
        return _with_faults(visit, trial, asked, errors)


def _sentence(visit: Visit, scenario: Scenario) -> str:
    """The answer of today in one sentence."""
    today = clock.current_day()
    answer = ask_can_cancel(scenario, today, subscription_meant(scenario, today))
    return plain_answer(answer, visit.view.page).first


def _effect(view: View, trial: Trial) -> list[Table] | None:
    """The tables of the effect; None where nothing was tried."""
    if trial.sentences is not None:
        headings = [view.labels["as_it_is"], view.labels["with_event"]]
        return [Table(caption=view.labels["answer"], headings=headings, rows=[list(trial.sentences)])]
    return None if trial.changes is None else Effect(view.page).tables(trial.changes)


def _wish(trial: Trial, asked: RequestOptions) -> Wish:
    tree = event_tree(trial.event, trial.typed, asked.places, clock.current_day())
    return Wish(event=tree, fact=trial.fact, faults=asked.faults, here=tree.place)


def _with_faults(visit: Visit, trial: Trial, asked: RequestOptions, errors: InputErrors) -> Trial:
    """The trial with each fault at its field; faults elsewhere in the timeline are shown at the date."""
    return evolve(trial, errors=_by_field(visit, map(asked.places.fault, errors.errors)))


def _by_field(visit: Visit, faults: Iterable[Fault]) -> dict[str, str]:
    by_field: dict[str, list[str]] = {}
    for fault in faults:
        field = "date" if fault.parameter in (None, "event") else str(fault.parameter)
        by_field.setdefault(field, []).extend(visit.in_words(each) for each in (fault.message, fault.remedy) if each)
    return {field: "; ".join(words) for field, words in by_field.items()}


def _around_trial(visit: Visit, stored: StoredMember) -> dict[str, Any]:
    person = stored.keys.get("member", {})
    page = visit.view.page
    return {
        "id": visit.id,
        "name": person.get("name", ""),
        "member_path": visit.member_path(),
        "known_at": visit.one("known_at"),
        "names": event_names(stored.scenario(clock.current_day()).policy, page),
    }


def _trial_page(
    visit: Visit, trial: Trial, status: int | None = None, alert: str = "", key: str = ""
) -> Response[bytes]:
    view, stored = visit.view, trial.stored
    scenario = stored.scenario(clock.current_day())
    around = FormContext(
        packages=tuple(scenario.facts.prices),
        subscriptions=scenario.subscriptions,
        categories=tuple(scenario.policy.categories) if scenario.policy else (),
        today=clock.current_day(),
        language=visit.code,
        labels=view.labels,
    )
    fields = fields_of(trial.event, trial.typed, trial.errors, around)
    may_edit = visit.desk.settings.allow_edit and not visit.one("known_at")
    refused = trial.changes is not None and any(each.verdict == "refused" for each in trial.changes.tried)
    known = {field.name for field in fields}
    return page_of(
        visit,
        "what_if.html",
        status or (422 if trial.errors else 200),
        **_around_trial(visit, stored),
        event=trial.event,
        fact=trial.fact,
        fields=fields,
        hidden=_hidden(fields, trial),
        effect=_effect(view, trial),
        in_doubt=trial.sentences is not None,
        nothing=trial.changes is not None and trial.changes.changes_nothing,
        refused=refused,
        errors={name if name in known else "date": words for name, words in trial.errors.items()},
        error_title=bool(trial.errors) or bool(alert),
        may_edit=may_edit,
        version=stored.version,
        key=key or secrets.token_urlsafe(16),
        remark=visit.one("note") if visit.request.scope["method"] == "POST" else "",
        stale=alert,
    )


def _hidden(fields: Iterable[FormField], trial: Trial) -> list[tuple[str, str]]:
    """The values typed, as hidden fields of the form that records the event."""
    return [
        (f"{_OF_EVENT}{field.name}", value)
        for field in fields
        for value in (trial.typed.get(field.name, []) if field.kind == "boxes" else [field.value])
        if value
    ]


_OF_EVENT = "event."
"""The prefix of the hidden fields in the form that records the event."""


def write_event(visit: Visit) -> Response[bytes]:
    """Record, correct or retract what the form holds."""
    stored = stored_of_visit(visit, None)
    is_retraction = visit.one("action") == "retract"
    event, fact_text = visit.one("event"), visit.one("fact")
    if event not in EVERY_EVENT or (
        fact_text and not (fact_text.isascii() and fact_text.isdigit() and len(fact_text) < 19)
    ):
        raise Problem(422, Message("the form is not complete: open the page again"))
    fact = int(fact_text) if fact_text else None
    fields = {
        name.removeprefix(_OF_EVENT): values for name, values in visit.typed.items() if name.startswith(_OF_EVENT)
    }
    trial = Trial(stored=stored, event=event, fact=fact, typed=fields)
    asked = RequestOptions(values={"note": visit.one("note").strip() or None, "version": _version(visit)})
    wish = _wish(trial, asked)
    if is_retraction:
        wish = evolve(wish, event=None)
    now, by = clock.moment(), who(visit.request.scope).name
    code = visit.code

    def reply(connection: Any) -> Reply:
        return write_reply(connection, visit.id, wish, asked, by=by, now=now, today=clock.current_day())

    try:
        replied(visit.desk.database, form_request(visit), reply, now, code, keep_problems=False)
    except Problem as problem:
        return _refused(visit, trial, problem)
    done = "retracted" if is_retraction else "corrected" if fact is not None else "recorded"
    return redirect(f"{visit.member_path()}?{_after_write(visit, trial)}", done)


def _version(visit: Visit) -> int:
    text = visit.one("version")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Problem(422, Message("the form is not complete: open the page again"))
    return int(text)


def _refused(visit: Visit, trial: Trial, problem: Problem) -> Response[bytes]:
    """The form again with the values typed, and the fault or the notice that it is stale."""
    if problem.status == 409:
        trial = _tried(visit, trial)
        return _trial_page(visit, trial, 409, alert=visit.view.labels["stale"])
    if problem.status == 422 and problem.faults:
        return _trial_page(visit, evolve(trial, errors=_by_field(visit, problem.faults)), 422)
    raise problem


def _after_write(visit: Visit, trial: Trial) -> str:
    """The address of today's answer for the subscription of the event."""
    scenario = stored_of_visit(visit, None).scenario(clock.current_day())
    named = trial.typed.get("subscription", [""])[0]
    subscription = named if named in scenario.subscriptions else subscription_meant(scenario, clock.current_day())
    return urlencode({"date": clock.current_day().isoformat(), "subscription": subscription})
