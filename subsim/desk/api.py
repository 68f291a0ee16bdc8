"""The JSON API: each path with its method and handler."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from attrs import field, frozen
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from subsim.base.change import Wish
from subsim.base.database import BaseRefused, Database, version_of
from subsim.base.directory import USUALLY_FOUND, directory
from subsim.base.history import history_of
from subsim.base.member import UnknownMember, member_at
from subsim.base.requests import Reply
from subsim.basics.faults import InputErrors
from subsim.basics.languages import Code
from subsim.basics.texts import Message
from subsim.desk import clock
from subsim.desk.guard import LANGUAGE, header, language_of, who
from subsim.desk.headers import policy, style_of
from subsim.desk.limits import Answers
from subsim.desk.options import Choice, RequestOptions
from subsim.desk.problems import MEDIA_TYPE, Problem
from subsim.desk.questions import JSON, PICTURE, QUESTIONS, Asker, Content, Question
from subsim.desk.settings import LARGEST_BODY, Settings
from subsim.desk.writes import answer_reply, no_member, replied, request_of, write_reply
from subsim.files.json_nodes import json_tree, json_value
from subsim.files.scenario import Scenario, read_scenario
from subsim.files.schema import schema
from subsim.files.yaml_nodes import Mapping
from subsim.pages.catalogues import clause_as_dict, readings_as_dict
from subsim.terms.clauses import CLAUSES

Asking = Request[Any, Any, Any]  # Litestar's types of user, token and state, of which none is used
Handle = Callable[[Asking], Awaitable[Response[bytes]]]

WRITE = Choice(names=("version", "by", "note", "dry_run", "lang"), required=("event", "version"), parts=("event",))
RETRACT = Choice(names=("version", "by", "note", "dry_run", "lang"), required=("version",))
ANSWER = Choice(
    names=("date", "subscription", "profile", "readings", "numbers", "assume", "lang", "by"), required=("date",)
)
LIST = Choice(names=("search", "limit", "after", "lang"))
MEMBER = Choice(names=("known_at", "lang"))
LANG = Choice(names=("lang",))


@frozen(eq=False)
class Desk:
    """The values that every handler needs: the settings, the base, and threads for answers."""

    settings: Settings
    database: Database
    answers: Answers = field(repr=False)


def language_asked(request: Asking, asked: RequestOptions | None = None) -> Code:
    """The language of letters and errors: `lang`, else Accept-Language, else Danish."""
    scope: Any = request.scope
    if asked is not None and "lang" in asked.values:
        scope[LANGUAGE] = asked.values["lang"]
    return language_of(scope)


def responded(content: Content) -> Response[bytes]:
    """An answer as a response."""
    if content.media_type != JSON:
        headers = {}
        if content.media_type.startswith("text/html"):
            headers["Content-Security-Policy"] = policy(style_of(content.document.decode()))
        return Response(content.document, media_type=content.media_type, headers=headers)
    return json_response(content.value)


def json_response(value: Any, status: int = 200) -> Response[bytes]:
    """A value of JSON as a response, its keys in their order."""
    return Response(json.dumps(value, ensure_ascii=False).encode(), media_type=JSON, status_code=status)


def reply_response(reply: Reply) -> Response[bytes]:
    """A stored reply as a response."""
    media_type = JSON if reply.status < 400 else MEDIA_TYPE
    return Response(reply.body.encode(), media_type=media_type, status_code=reply.status)


# Bodies


async def body_of(request: Asking) -> bytes:
    """The whole body; a Problem where it is too large, however it is sent.

    The rest of a body that is too large is read and dropped, so that the client reads the answer.
    """
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= LARGEST_BODY:
            body += chunk
    if size > LARGEST_BODY:
        raise Problem(413, Message("the body is larger than {most:,} bytes", most=LARGEST_BODY))
    return bytes(body)


async def json_of(request: Asking) -> Any:
    """The value of a JSON body; a Problem where it is none."""
    body = await body_of(request)
    media_type = (header(request.scope, b"content-type") or "").partition(";")[0].strip().lower()
    if media_type != JSON:
        raise Problem(415, Message("the body is not application/json"))
    if (header(request.scope, b"content-encoding") or "identity").strip().lower() != "identity":
        raise Problem(415, Message("the body is compressed, expected the JSON itself"))
    try:
        return json_value(body.decode())
    except UnicodeDecodeError:
        raise Problem(400, Message("the body is not UTF-8")) from None
    except ValueError as fault:
        raise Problem(400, Message("the body is not JSON: {why}", why=fault.args[0])) from None


def asked_in(value: Any, choice: Choice) -> RequestOptions:
    """The options of a body."""
    asked = RequestOptions()
    root = json_tree(value, asked.faults, asked.places.pointer)
    if isinstance(root, Mapping):
        choice.read_body(asked, root)
    else:
        asked.faults.add(root.place, Message("expected an object with {keys}", keys=", ".join(choice.keys)))
    return asked


def asked_by(request: Asking, choice: Choice) -> RequestOptions:
    """The options of a query."""
    asked = RequestOptions()
    choice.read_query(asked, request.scope["query_string"])
    return asked


def no_query(request: Asking, asked: RequestOptions) -> None:
    """Note a fault for each option in the query of a request with a body, except `lang`."""
    LANG.read_query(asked, b"&".join([request.scope["query_string"]]))


def checked(asked: RequestOptions) -> None:
    """A Problem if the options have any fault."""
    try:
        asked.check()
    except InputErrors as errors:
        raise asked.places.problem(errors) from None


# Questions


def question_of_scenario(desk: Desk, question: Question) -> Handle:
    """The question of a scenario in the body."""
    choice = question.choice(parts=("scenario",))

    async def handle(request: Asking) -> Response[bytes]:
        value = await json_of(request)
        asked = asked_in(value, choice)
        no_query(request, asked)
        asker = Asker(language=language_asked(request, asked), today=clock.current_day())

        def answer() -> Content:
            node = asked.nodes.get("scenario")
            scenario = None if node is None else read_scenario(node, asked.faults, asked.values.get("policy"))
            asked.check()
            assert scenario is not None
            return question.answer(asked.as_asked(scenario), asked, asker)

        return responded(await desk.answers.run(lambda: _with_problems(asked, answer)))

    return handle


def question_of_member(desk: Desk, question: Question, in_body: bool = False) -> Handle:
    """The question of a member of the base, its options in the query or in the body."""
    choice = question.choice("known_at")

    async def handle(request: Asking) -> Response[bytes]:
        asked = asked_in(await json_of(request), choice) if in_body else asked_by(request, choice)
        if in_body:
            no_query(request, asked)
        asker = Asker(language=language_asked(request, asked), today=clock.current_day())
        id = request.path_params["id"]

        def answer() -> Content:
            scenario = member_scenario(desk, id, asked, asker)
            asked.check()
            return question.answer(asked.as_asked(scenario), asked, asker)

        return responded(await desk.answers.run(lambda: _with_problems(asked, answer)))

    return handle


def member_scenario(desk: Desk, id: str, asked: RequestOptions, asker: Asker) -> Scenario:
    """The scenario of a member as known at the instant asked about; a Problem where there is none."""
    try:
        with desk.database.reading() as connection:
            stored = member_at(connection, id, asked.values.get("known_at"))
    except UnknownMember:
        raise no_member() from None
    return stored.scenario(asker.today, asked.values.get("policy"))


def _with_problems(asked: RequestOptions, answer: Callable[[], Content]) -> Content:
    try:
        return answer()
    except InputErrors as errors:
        raise asked.places.problem(errors) from None


# Members


def members(desk: Desk) -> Handle:
    """The members by id, or those found."""

    async def handle(request: Asking) -> Response[bytes]:
        asked = asked_by(request, LIST)
        checked(asked)
        limit = asked.values.get("limit", USUALLY_FOUND)
        search, after = asked.values.get("search", ""), asked.values.get("after")

        def found() -> Any:
            with desk.database.reading() as connection:
                return directory(connection, search, limit, after, clock.current_day())

        return json_response(await desk.answers.run(found))

    return handle


def member(desk: Desk) -> Handle:
    """A member: his scenario and the facts that stand."""

    async def handle(request: Asking) -> Response[bytes]:
        asked = asked_by(request, MEMBER)
        checked(asked)
        id = request.path_params["id"]

        def found() -> Any:
            try:
                with desk.database.reading() as connection:
                    return member_at(connection, id, asked.values.get("known_at")).to_dict(clock.current_day())
            except UnknownMember:
                raise no_member() from None

        return json_response(await desk.answers.run(found))

    return handle


def history(desk: Desk) -> Handle:
    """Every record of a member, and the answers given."""

    async def handle(request: Asking) -> Response[bytes]:
        checked(asked_by(request, LANG))
        id = request.path_params["id"]

        def found() -> Any:
            try:
                with desk.database.reading() as connection:
                    return history_of(connection, id, clock.current_day())
            except UnknownMember:
                raise no_member() from None

        return json_response(await desk.answers.run(found))

    return handle


# Writes


def check_edit(desk: Desk) -> None:
    """A Problem unless writes are allowed."""
    if not desk.settings.allow_edit:
        raise Problem(403, Message("this desk is read only: it was started without --allow-edit"))


def _by(request: Asking, desk: Desk, asked: RequestOptions) -> str | None:
    """The writer: the name of the token, or without tokens the option `by`, which is a fault beside a token."""
    if desk.settings.tokens is None:
        by: str | None = asked.values.get("by")
        return by
    if "by" in asked.given:
        message = Message("with a token its name is recorded, and by has no place")
        asked.faults.add(asked.given["by"], message, Message("leave out by"))
    return who(request.scope).name


def event_write(desk: Desk, *, is_correction: bool, is_retraction: bool = False) -> Handle:
    """An event recorded, corrected or retracted."""
    choice = RETRACT if is_retraction else WRITE

    async def handle(request: Asking) -> Response[bytes]:
        check_edit(desk)
        value = await json_of(request)
        asked = asked_in(value, choice)
        no_query(request, asked)
        by = _by(request, desk, asked)
        code = language_asked(request, asked)
        fact = _fact(request) if is_correction else None
        node = asked.nodes.get("event")
        wish = Wish(event=node, fact=fact, faults=asked.faults, here=asked.place_of("event"))
        path, key = request.scope["path"], header(request.scope, b"idempotency-key")
        kept = request_of(who(request.scope).name, key, "POST", path, value)
        now, id = clock.moment(), request.path_params["id"]

        def reply() -> Reply:
            return replied(
                desk.database,
                kept,
                lambda connection: write_reply(connection, id, wish, asked, by=by, now=now, today=clock.current_day()),
                now,
                code,
                is_write=not asked.values.get("dry_run"),
            )

        return reply_response(await desk.answers.run(reply))

    return handle


def _fact(request: Asking) -> int:
    text = request.path_params["fact"]
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Problem(404, Message("there is no such fact that stands"))
    return int(text)


def answer_write(desk: Desk) -> Handle:
    """An answer to be kept."""

    async def handle(request: Asking) -> Response[bytes]:
        check_edit(desk)
        value = await json_of(request)
        asked = asked_in(value, ANSWER)
        no_query(request, asked)
        by = _by(request, desk, asked)
        asker = Asker(language=language_asked(request, asked), today=clock.current_day())
        path, key = request.scope["path"], header(request.scope, b"idempotency-key")
        kept = request_of(who(request.scope).name, key, "POST", path, value)
        now, id = clock.moment(), request.path_params["id"]

        def reply() -> Reply:
            return replied(
                desk.database,
                kept,
                lambda connection: answer_reply(connection, id, asked, asker, by=by, now=now),
                now,
                asker.language,
            )

        return reply_response(await desk.answers.run(reply))

    return handle


# What needs no member


def catalogue(value: Callable[[], Any]) -> Handle:
    """The JSON of a command that has no input."""

    async def handle(request: Asking) -> Response[bytes]:
        checked(asked_by(request, LANG))
        return json_response(value())

    return handle


def health(desk: Desk) -> Handle:
    """Whether the base answers."""

    async def handle(request: Asking) -> Response[bytes]:
        if await desk.answers.run(lambda: version_of(desk.database)) is None:
            raise BaseRefused(Message("there is no base at {url}", url=desk.database.address))
        return json_response({"status": "ok"})

    return handle


def routes(desk: Desk) -> dict[tuple[str, str], Handle]:
    """Every path of the API with its method."""
    id = "/api/v1/members/{id:str}"
    found: dict[tuple[str, str], Handle] = {}
    for name, question in QUESTIONS.items():
        found["POST", f"/api/v1/{name}"] = question_of_scenario(desk, question)
        in_body = "try" in question.options
        found["POST" if in_body else "GET", f"{id}/{name}"] = question_of_member(desk, question, in_body)
    return found | {
        ("GET", "/api/v1/members"): members(desk),
        ("GET", id): member(desk),
        ("GET", f"{id}/history"): history(desk),
        ("GET", f"{id}/picture.svg"): question_of_member(desk, PICTURE),
        ("POST", f"{id}/events"): event_write(desk, is_correction=False),
        ("POST", f"{id}/events/{{fact:str}}/correct"): event_write(desk, is_correction=True),
        ("POST", f"{id}/events/{{fact:str}}/retract"): event_write(desk, is_correction=True, is_retraction=True),
        ("POST", f"{id}/answers"): answer_write(desk),
        ("GET", "/api/v1/clauses"): catalogue(lambda: list(map(clause_as_dict, CLAUSES.values()))),
        ("GET", "/api/v1/readings"): catalogue(readings_as_dict),
        ("GET", "/api/v1/schema"): catalogue(schema),
        ("GET", "/healthz"): health(desk),
    }


def handlers(routes: dict[tuple[str, str], Handle]) -> list[HTTPRouteHandler]:
    """The handlers in the form of Litestar."""
    return [_handler(method, path, handle) for (method, path), handle in routes.items()]


def _handler(method: str, path: str, handle: Handle) -> HTTPRouteHandler:
    async def answer(request: Asking) -> Response[bytes]:
        return await handle(request)

    decorate = get if method == "GET" else post
    return decorate(path, status_code=200, name=f"{method} {path}")(answer)
