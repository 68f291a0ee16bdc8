"""The desk as an ASGI app: Litestar behind the guard, with problems in the format of each path."""

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException

from subsim.base.database import BaseRefused, opened
from subsim.basics.texts import Message
from subsim.desk import api, page
from subsim.desk.documents import documents
from subsim.desk.guard import TEMPLATE, Guard, Receive, Scope, Send, is_api, language_of
from subsim.desk.headers import STATIC
from subsim.desk.limits import Answers
from subsim.desk.log import log_fault
from subsim.desk.problems import MEDIA_TYPE, Problem
from subsim.desk.settings import Settings


def create() -> Guard:
    """The app of a worker, with the settings that its parent process put into the environment."""
    return app(Settings.of(os.environ))


def app(settings: Settings) -> Guard:
    """The desk with these settings; BaseRefused where there is no base."""
    answers = Answers(settings.answer_seconds)
    desk = api.Desk(settings=settings, database=opened(settings.database), answers=answers)
    guard: Guard
    routes = api.routes(desk) | documents() | page.routes(desk, lambda: guard)
    litestar = Litestar(
        route_handlers=[*api.handlers(routes), page.static_files()],
        exception_handlers={
            Problem: _on_problem,
            BaseRefused: _on_refusal,
            NotFoundException: _on_no_path,
            HTTPException: _on_http,
            Exception: _on_fault,
        },
        openapi_config=None,
        on_shutdown=[answers.close, desk.database.close],
        logging_config=None,
    )

    async def respond(scope: Scope, receive: Receive, send: Send, problem: Problem) -> None:
        response = problem_response(scope, problem)
        message_headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.headers.items()]
        body = response.content
        media_type = str(response.media_type or MEDIA_TYPE)
        charset = "; charset=utf-8" if media_type.startswith("text/") else ""
        message_headers += [
            (b"content-type", f"{media_type}{charset}".encode()),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": response.status_code, "headers": message_headers})
        await send({"type": "http.response.body", "body": body})

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[TEMPLATE] = _template(scope["path"], routes)
        if scope["type"] == "http" and scope["method"] not in ("GET", "POST", "HEAD"):
            await respond(scope, receive, send, _wrong_method(scope["path"], routes))
        else:
            await litestar(scope, receive, send)  # type: ignore[arg-type] # Litestar types ASGI more narrowly

    def on_method(request: Request[Any, Any, Any], _error: MethodNotAllowedException) -> Response[bytes]:
        return problem_response(request.scope, _wrong_method(request.scope["path"], routes))

    litestar.exception_handlers[MethodNotAllowedException] = on_method
    guard = Guard(app=dispatch, settings=settings, respond=respond)
    return guard


def problem_response(scope: Any, problem: Problem) -> Response[bytes]:
    """A problem in the format of its path: JSON for the API, else a page."""
    if not is_api(scope["path"]) and not scope["path"].startswith("/static/"):
        return page.problem_page(scope, problem)
    return Response(
        problem.body(language_of(scope)),
        media_type=MEDIA_TYPE,
        status_code=problem.status,
        headers=problem.headers,
    )


def _on_problem(request: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    return problem_response(request.scope, problem)


def _on_refusal(request: Request[Any, Any, Any], refused: BaseRefused) -> Response[bytes]:
    return problem_response(request.scope, Problem(503, Message("the base does not answer")))


def _on_no_path(request: Request[Any, Any, Any], _error: NotFoundException) -> Response[bytes]:
    return problem_response(request.scope, Problem(404, Message("there is no such path")))


def _wrong_method(path: str, routes: Mapping[tuple[str, str], Any]) -> Problem:
    """The problem of a method that a path does not have, with those that it has, or of an unknown path."""
    found = _template(path, routes)
    allowed = {method for method, template in routes if template == found}
    if not allowed:
        return Problem(404, Message("there is no such path"))
    allow = ", ".join(sorted(allowed | ({"HEAD"} if "GET" in allowed else set())))
    return Problem(405, Message("the path takes {methods}", methods=allow), headers={"Allow": allow})


def _template(path: str, routes: Mapping[tuple[str, str], Any]) -> str | None:
    """The template of a path; None where there is no such path."""
    if path.startswith(STATIC):
        return f"{STATIC}{{file}}"
    return next((template for _, template in routes if _pattern(template).fullmatch(path.rstrip("/") or "/")), None)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """The paths of a template, whose parameters stand in braces."""
    parts = re.split(r"\{[^}]*\}", template)
    return re.compile("[^/]+".join(map(re.escape, parts)))


def _on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    return problem_response(request.scope, Problem(error.status_code, Message("the request cannot be answered")))


def _on_fault(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    log_fault(error)
    return problem_response(request.scope, Problem(500, Message("a fault of ours; it has been logged")))
