"""Log in and out."""

from collections.abc import Callable
from typing import Any

from litestar import Response

from subsim.basics.languages import Code
from subsim.desk import clock
from subsim.desk.guard import SESSION, who
from subsim.desk.problems import Problem
from subsim.desk.settings import SESSION_HOURS
from subsim.desk.visit import Visit, page_of, redirect


def login_page(visit: Visit) -> Response[bytes]:
    """The form that asks for a token."""
    return page_of(visit, "login.html", next=_own_path(visit.one("next"), visit.code))


def _own_path(place: str, code: Code) -> str:
    """The path if it is one of ours, else the start page, so that a link cannot redirect to another site."""
    is_ours = place.startswith("/") and not place.startswith("//") and "\\" not in place and place.isprintable()
    return place if is_ours else f"/{code}/"


def login(guard: Any) -> Callable[[Visit], Response[bytes]]:
    """Gives the handler that checks a token and begins a session."""

    def login(visit: Visit) -> Response[bytes]:
        place = _own_path(visit.one("next"), visit.code)
        sessions = guard().sessions
        if sessions is None:
            return redirect(place)
        try:
            name = guard().name_of_token(visit.one("token").strip(), visit.request.scope)
        except Problem as problem:
            errors = {"token": visit.in_words(problem.detail)}
            return page_of(
                visit, "login.html", problem.status, problem.headers, next=place, errors=errors, error_title=True
            )
        response = redirect(place)
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


def logout(guard: Any) -> Callable[[Visit], Response[bytes]]:
    """Gives the handler that ends a session."""

    def logout(visit: Visit) -> Response[bytes]:
        cookie, sessions = who(visit.request.scope).cookie, guard().sessions
        if cookie is not None and sessions is not None:
            sessions.attempts.end(cookie)
        response = redirect(f"/{visit.code}/login" if sessions is not None else f"/{visit.code}/")
        response.set_cookie(SESSION, "", max_age=0, path="/", httponly=True, samesite="lax")
        return response

    return logout
