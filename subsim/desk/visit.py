"""A request of the page: the values typed, the templates, redirects, and forms."""

import secrets
from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from attrs import Factory, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from litestar import Response

from subsim.answers.question import case_of
from subsim.answers.worlds import ScenarioQuestion as Worlds
from subsim.base.member import StoredMember, UnknownMember, member_at
from subsim.base.requests import Request
from subsim.basics.dates import Day
from subsim.basics.languages import Code, language
from subsim.basics.texts import Message
from subsim.desk.api import Asking, Desk, Handle, body_of, check_edit
from subsim.desk.guard import form_token, header, who
from subsim.desk.options import pairs
from subsim.desk.problems import Problem, in_language
from subsim.desk.questions import UNBROKEN
from subsim.desk.view import View
from subsim.desk.words import labels
from subsim.desk.writes import request_of
from subsim.files.scenario import Scenario
from subsim.pages.text import Page

DONE = "subsim_done"
"""The cookie with the message shown once on the next page."""
_DONE_WORDS = ("recorded", "corrected", "retracted", "saved")


@frozen(kw_only=True)
class Visit:
    """A request of the page: the asker, the language, and the values given."""

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
        """The view in the language of the request."""
        return View(Page(language(self.code), UNBROKEN))

    def member_path(self, *parts: str) -> str:
        """The path of the member, with more parts below it."""
        return "/".join([f"/{self.code}/members/{quote(self.id, safe='')}", *parts])

    def in_words(self, message: Message) -> str:
        """A message in the language of the page."""
        return in_language(message, self.code)


class NotValid(Exception):  # noqa: N818 - a claim, as in `raise NotValid`
    """What was typed has faults, by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__()
        self.errors = errors


@cache
def templates() -> Environment:
    """The templates, which escape all values."""
    return Environment(
        loader=PackageLoader("subsim.desk"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page_of(
    visit: Visit, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> Response[bytes]:
    """A template filled in with these values and with what every page has."""
    scope = visit.request.scope
    text = templates().get_template(template).render(shared(scope, visit.code, visit.desk), **values)
    response = Response(text.encode(), media_type="text/html", status_code=status, headers=dict(headers or {}))
    if scope["method"] == "GET" and header(scope, b"cookie") and DONE in (header(scope, b"cookie") or ""):
        response.set_cookie(DONE, "", max_age=0, path="/", httponly=True, samesite="lax")
    return response


def shared(scope: Any, code: Code, desk: Desk | None) -> dict[str, Any]:
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


def get_page(desk: Desk, code: Code, answer: Callable[[Visit], Response[bytes]]) -> Handle:
    """The handler of a page; its answer is computed on a thread."""

    async def handle(request: Asking) -> Response[bytes]:
        visit = Visit(request=request, desk=desk, code=code, typed=_typed(request.scope["query_string"]))
        return await desk.answers.run(lambda: answer(visit))

    return handle


def post_form(desk: Desk, code: Code, answer: Callable[[Visit], Response[bytes]], *, is_edit: bool = True) -> Handle:
    """The handler of a form; it must have its token, and writes must be allowed."""

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


def redirect(place: str, done: str = "") -> Response[bytes]:
    """A redirect to another page, which shows the message `done` once."""
    response = Response(b"", status_code=303, media_type="text/plain", headers={"Location": place})
    if done:
        response.set_cookie(DONE, done, max_age=60, path="/", httponly=True, samesite="lax")
    return response


def done_before(visit: Visit) -> str:
    """The message of the request before, shown once."""
    for part in (header(visit.request.scope, b"cookie") or "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == DONE and value in _DONE_WORDS:
            return visit.view.labels[value]
    return ""


def stored_of_visit(visit: Visit, known_at: str | None) -> StoredMember:
    """The member of the path as known by an instant; a Problem where there is none."""
    try:
        with visit.desk.database.reading() as connection:
            return member_at(connection, visit.id, known_at)
    except UnknownMember:
        raise Problem(404, Message("there is no such member")) from None


def subscription_meant(scenario: Scenario, day: Day) -> str:
    """The subscription last signed up among those live on the day, else the last.

    Where facts are in doubt, by the first possible world.
    """
    member = (Worlds.of(scenario).first(day) if scenario.is_in_doubt else case_of(scenario)).play(day)
    live = [each.id for each in member.subscriptions if each.is_live]
    known = [each.id for each in member.subscriptions]
    return ["main", *scenario.subscriptions, *known, *live][-1]


def form_request(visit: Visit) -> Request | None:
    """The form as a request with an idempotency key, which is answered once."""
    body = {name: values for name, values in visit.typed.items() if name != "csrf"}
    key = visit.one("key")
    return request_of(
        who(visit.request.scope).name, f"form:{key}"[:255] if key else None, "POST", visit.request.scope["path"], body
    )
