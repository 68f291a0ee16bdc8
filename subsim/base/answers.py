"""Answers given to members: the question, the text, and whether the answer still holds."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import Connection, Row, insert, select

from subsim.answers.ask import ask_can_cancel
from subsim.answers.can_cancel import Answer
from subsim.answers.letter_check import YES_OR_NO
from subsim.base.member import StoredMember, member_at
from subsim.base.tables import ANSWERS
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.instants import Moment, next_instant
from subsim.basics.json_object import without_sentences
from subsim.basics.languages import Code
from subsim.basics.notation import day_from_iso
from subsim.terms.choice import TermsChoice
from subsim.terms.terms import NUMBERS

if TYPE_CHECKING:
    from subsim.answers.ask import AnyAnswer


@frozen(kw_only=True)
class SavedAnswer:
    """An answer to store: its options, its text and its check line.

    `assumed` is what was assumed of facts in doubt, as the command line has it.
    """

    date: Day
    subscription: str
    language: Code
    check_line: str
    text: str
    choice: TermsChoice
    assumed: Mapping[str, str]
    answer: "AnyAnswer"


def save(
    connection: Connection, id: str, saved: SavedAnswer, by: str | None, now: Moment, today: Day
) -> dict[str, Any]:
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
        "options": json.dumps(_written(saved), ensure_ascii=False),
        "result": _gist(saved.answer),
        "recorded_at": next_instant(now, last),
        "recorded_by": by,
    }
    connection.execute(insert(ANSWERS).values(**values))
    return answers_of(connection, member_at(connection, id), today)[-1]


def answers_of(connection: Connection, stored: StoredMember, today: Day) -> list[dict[str, Any]]:
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


def _still(stored: StoredMember, row: Row[Any], today: Day) -> bool:
    """Whether the member, asked now with the same options, would get the same answer."""
    options = json.loads(row.options)
    options["numbers"] = {name: NUMBERS[name].read(value) for name, value in options.get("numbers", {}).items()}
    try:
        scenario = stored.scenario(today).assuming(_assumed(options.pop("assume", {})))
        answer = ask_can_cancel(scenario, day_from_iso(row.date), row.subscription, TermsChoice(**options))
        return _says(without_sentences(answer.to_dict()), json.loads(row.result))
    except (InputErrors, ValueError):  # of a day that may no longer be assumed too
        return False


def _assumed(given: dict[str, str]) -> dict[str, str | bool]:
    return {id: YES_OR_NO.get(value, value) for id, value in given.items()}


def _gist(answer: "AnyAnswer") -> str:
    """The answer without its sentences, whose wording may change, and without the number of worlds.

    Events after its date change that number.
    """
    found = answer.without_doubt() if isinstance(answer, Answer) else answer.to_dict()
    kept = {key: value for key, value in found.items() if key != "worlds"}
    return json.dumps(without_sentences(kept), ensure_ascii=False, sort_keys=True)


def _says(now: object, kept: object) -> bool:
    """Whether an answer has all the values that were stored; more keys, as of later versions, do not count."""
    match now, kept:
        case dict(), dict():
            return all(key in now and _says(now[key], kept[key]) for key in kept)
        case list(), list():
            return len(now) == len(kept) and all(map(_says, now, kept))
    return bool(now == kept)


def _written(saved: SavedAnswer) -> dict[str, Any]:
    """What is chosen and assumed that the answer may rest on, numbers as text."""
    choice = saved.choice.without_policy()
    numbers = {name: str(NUMBERS[name].write(value)) for name, value in choice.numbers.items()}
    return {
        name: value
        for name, value in {**choice.to_dict(), "numbers": numbers, "assume": {**saved.assumed}}.items()
        if value
    }
