"""The paths of the page; problems as a page, and the files beside it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from litestar import Response
from litestar.static_files import create_static_files_router

from subsim.basics.languages import CODES
from subsim.desk.answer import answer_page, keep_answer, letter_document
from subsim.desk.api import Desk, Handle
from subsim.desk.event import what_if_page, write_event
from subsim.desk.guard import language_of
from subsim.desk.history import history_page
from subsim.desk.problems import Problem, in_language
from subsim.desk.search import find_page, home
from subsim.desk.session import login, login_page, logout
from subsim.desk.visit import get_page, post_form, shared, templates
from subsim.desk.words import labels


def problem_page(scope: Any, problem: Problem) -> Response[bytes]:
    """A problem as a page: with the search field where something is not found, without a body where it redirects."""
    if problem.status == 303:
        return Response(b"", status_code=303, media_type="text/plain", headers=problem.headers)
    code = language_of(scope)
    words = labels(code)
    detail = in_language(problem.detail, code)
    faults = [in_language(fault.message, code) for fault in problem.faults]
    text = (
        templates()
        .get_template("problem.html")
        .render(
            shared(scope, code, None),
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
    found: dict[tuple[str, str], Handle] = {("GET", "/"): get_page(desk, "da", home)}
    for code in CODES:
        member = f"/{code}/members/{{id:str}}"
        found |= {
            ("GET", f"/{code}"): get_page(desk, code, find_page),
            ("GET", member): get_page(desk, code, answer_page),
            ("GET", f"{member}/letter"): get_page(desk, code, letter_document),
            ("GET", f"{member}/letter.pdf"): get_page(desk, code, partial(letter_document, form="pdf")),
            ("GET", f"{member}/history"): get_page(desk, code, history_page),
            ("GET", f"{member}/what-if"): get_page(desk, code, what_if_page),
            ("POST", f"{member}/events"): post_form(desk, code, write_event),
            ("POST", f"{member}/answers"): post_form(desk, code, keep_answer),
            ("GET", f"/{code}/login"): get_page(desk, code, login_page),
            ("POST", f"/{code}/login"): post_form(desk, code, login(guard), is_edit=False),
            ("POST", f"/{code}/logout"): post_form(desk, code, logout(guard), is_edit=False),
        }
    return found
