"""Answers given to members: the question, the text, and whether the answer still holds."""

import json
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, insert, select

from subsim.answers.can_cancel import Answer
from subsim.answers.question import case_of
from subsim.base.member import Stored, member_at
from subsim.base.tables import ANSWERS
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.instants import Moment, next_instant
from subsim.basics.json_object import without_sentences
from subsim.basics.languages import Code
from subsim.basics.notation import day_from_iso
from subsim.terms.choice import TermsChoice
from subsim.terms.terms import NUMBERS


@frozen(kw_only=True)
class Saved:
    """An answer to store: its options, its text and its check line."""

    date: Day
    subscription: str
    language: Code
    check_line: str
    text: str
    choice: TermsChoice
    answer: Answer


def save(connection: Connection, id: str, saved: Saved, by: str | None, now: Moment, today: Day) -> dict[str, Any]:
    """Store an answer. Return its entry as in `answers_of`; UnknownMember where the base has no such member."""
    member_at(connection, id)
    last = connection.execute(
        select(ANSWERS.c.recorded_at).where(ANSWERS.c.member == id).order_by(ANSWERS.c.answer.desc()).limit(1)
    ).scalar()
    values = {
        "member": id,
        "date": saved.date.isoformat(),
        "subscription": saved.subscription,
        "language": saved.language,
        "check_line": saved.check_line,
        "text": saved.text,
        "options": json.dumps(_written(saved.choice), ensure_ascii=False),
        "result": _gist(saved.answer),
        "recorded_at": next_instant(now, last),
        "recorded_by": by,
    }
    connection.execute(insert(ANSWERS).values(**values))
    return answers_of(connection, member_at(connection, id), today)[-1]


def answers_of(connection: Connection, stored: Stored, today: Day) -> list[dict[str, Any]]:
    """The answers given to a member, the oldest first, each with whether it still holds."""
    rows = connection.execute(select(ANSWERS).where(ANSWERS.c.member == stored.id).order_by(ANSWERS.c.answer))
    return [
        {
            "answer": row.answer,
            "date": row.date,
            "subscription": row.subscription,
            "language": row.language,
            "check": row.check_line,
            "text": row.text,
            "still": _still(stored, row, today),
            "recorded_at": row.recorded_at,
            "recorded_by": row.recorded_by,
        }
        for row in rows
    ]


def _still(stored: Stored, row: Any, today: Day) -> bool:
    """Whether the member, asked now with the same options, would get the same answer."""
    options = json.loads(row.options)
    options["numbers"] = {name: NUMBERS[name].read(value) for name, value in options.get("numbers", {}).items()}
    try:
        case = case_of(stored.scenario(today), TermsChoice(**options))
        answer = case.answer(row.subscription, day_from_iso(row.date))
        return _says(without_sentences(answer.to_dict()), json.loads(row.result))
    except InputErrors:
        return False


def _gist(answer: Answer) -> str:
    """The answer without its sentences, whose wording may change."""
    return json.dumps(without_sentences(answer.without_doubt()), ensure_ascii=False, sort_keys=True)


def _says(now: Any, kept: Any) -> bool:
    """Whether an answer has all the values that were stored; more keys, as of later versions, do not count."""
    match now, kept:
        case dict(), dict():
            return all(key in now and _says(now[key], kept[key]) for key in kept)
        case list(), list():
            return len(now) == len(kept) and all(map(_says, now, kept))
    return bool(now == kept)


def _written(choice: TermsChoice) -> dict[str, Any]:
    """The choices on which the answer may depend, with numbers as text."""
    choice = choice.without_policy()
    numbers = {name: str(NUMBERS[name].write(value)) for name, value in choice.numbers.items()}
    return {name: value for name, value in {**choice.to_dict(), "numbers": numbers}.items() if value}
