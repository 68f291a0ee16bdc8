"""Writes from the API and the page, each stored at most once for its idempotency key."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from subsim.answers.ask import ask_can_cancel, ask_letter
from subsim.answers.can_cancel import Answer
from subsim.base.answers import SavedAnswer, save
from subsim.base.change import Stale, UnknownFact, Wish, write
from subsim.base.database import Database
from subsim.base.member import UnknownMember, member_at
from subsim.base.requests import OtherRequest, Reply, Request, first_reply, keep_reply
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.instants import Moment
from subsim.basics.languages import Code, language
from subsim.basics.texts import Message
from subsim.desk.options import RequestOptions
from subsim.desk.problems import Fault, Problem
from subsim.desk.questions import UNBROKEN, Asker, order_of
from subsim.pages.answer import answer_page
from subsim.pages.in_doubt import answer_in_doubt_page
from subsim.pages.text import Page, text_of

if TYPE_CHECKING:
    from subsim.answers.ask import AnyAnswer

MOST_OF_KEY = 255


def request_of(asker: str | None, key: str | None, method: str, path: str, body: Any) -> Request | None:
    """The key and the hash of a request; None without an idempotency key."""
    if key is None:
        return None
    if not 1 <= len(key) <= MOST_OF_KEY:
        message = Message(
            "Idempotency-Key has {count} characters, expected 1 to {most}", count=len(key), most=MOST_OF_KEY
        )
        raise Problem(422, message, (Fault(pointer="", parameter=None, message=message),))
    canonical = json.dumps([method, path, body], ensure_ascii=False, sort_keys=True)
    return Request(asker=asker or "", key=key, fingerprint=sha256(canonical.encode()).hexdigest())


def replied(
    database: Database,
    request: Request | None,
    reply: Callable[[Connection], Reply],
    now: Moment,
    code: Code,
    is_write: bool = True,
    keep_problems: bool = True,
) -> Reply:
    """The reply to a request, or the first one if it was answered before.

    A Problem is stored as a reply too, unless it is to be raised.
    """
    if request is None:
        with database.writing() if is_write else database.reading() as connection:
            return reply(connection)
    try:
        with database.writing() as connection:
            found = _first(connection, request, now)
            if found is None:
                found = _with_problem(lambda: reply(connection), code) if keep_problems else reply(connection)
                keep_reply(connection, request, found, now)
        return found
    except IntegrityError:  # another worker has answered the same request meanwhile
        with database.reading() as connection:
            found = _first(connection, request, now)
        assert found is not None
        return found


def _with_problem(reply: Callable[[], Reply], code: Code) -> Reply:
    try:
        return reply()
    except Problem as problem:
        return Reply(status=problem.status, body=problem.body(code).decode())


def _first(connection: Connection, request: Request, now: Moment) -> Reply | None:
    try:
        return first_reply(connection, request, now)
    except OtherRequest:
        message = Message("another request was sent under this Idempotency-Key")
        fault = Fault(pointer="", parameter=None, message=message, remedy=Message("send it under a new key"))
        raise Problem(422, message, (fault,)) from None


def no_member() -> Problem:
    """The problem that the base has no such member; the id is not repeated."""
    return Problem(404, Message("there is no such member"))


def write_reply(
    connection: Connection,
    id: str,
    wish: Wish,
    asked: RequestOptions,
    *,
    by: str | None,
    now: Moment,
    today: Day,
) -> Reply:
    """Store a write, or only try it; a Problem where that is not possible, and then nothing is stored."""
    dry_run = bool(asked.values.get("dry_run"))
    try:
        asked.check()
        written = write(
            connection,
            id,
            wish,
            version=asked.values["version"],
            by=by,
            note=asked.values.get("note"),
            now=now,
            today=today,
            dry_run=dry_run,
        )
    except UnknownMember:
        raise no_member() from None
    except UnknownFact:
        raise Problem(404, Message("there is no such fact that stands")) from None
    except Stale as stale:
        raise Problem(409, stale.args[0], version=stale.version) from None
    except InputErrors as errors:
        raise asked.places.problem(errors) from None
    status = 201 if wish.action == "recorded" and not dry_run else 200
    return Reply(status=status, body=json.dumps(written.to_dict(), ensure_ascii=False))


def answer_reply(
    connection: Connection, id: str, asked: RequestOptions, asker: Asker, *, by: str | None, now: Moment
) -> Reply:
    """Store an answer; a Problem where it cannot be given."""
    try:
        asked.check()
        scenario = asked.as_asked(member_at(connection, id).scenario(asker.today))
        order = order_of(scenario, asked, asker)
        answer = ask_can_cancel(scenario, order.date, order.subscription, order.choice)
        check = ask_letter(scenario, order).check
        saved = SavedAnswer(
            date=order.date,
            subscription=order.subscription,
            language=order.language,
            check_line=check.line,
            text=plain_answer(answer, Page(language(asker.language), UNBROKEN)).text,
            choice=order.choice,
            assumed=check.order.assumed,
            answer=answer,
        )
        entry = save(connection, id, saved, by, now, asker.today)
    except UnknownMember:
        raise no_member() from None
    except InputErrors as errors:
        raise asked.places.problem(errors) from None
    return Reply(status=201, body=json.dumps(entry, ensure_ascii=False))


def plain_answer(answer: "AnyAnswer", page: Page) -> "Plain":
    """An answer in plain text: the first paragraph of the command's page, the paragraphs before the reason, and the
    reason.

    Where facts are in doubt, the last paragraph gives the number of possible worlds.
    """
    blocks = answer_page(answer, page) if isinstance(answer, Answer) else answer_in_doubt_page(answer, page)
    first, *others = text_of(blocks, page.width).split("\n\n")
    begins = page.words(Message("Why: {reason}", reason="")).strip()
    place = next((place for place, block in enumerate(others) if block.startswith(begins)), 0)
    return Plain(first=first, sentences=tuple(others[:place]), why=others[place].partition("\n")[0])


@frozen
class Plain:
    """An answer in paragraphs of plain text."""

    first: str
    sentences: tuple[str, ...]
    why: str

    @property
    def text(self) -> str:
        """The first paragraph and the reason, to be read out."""
        return f"{self.first}\n\n{self.why}"
