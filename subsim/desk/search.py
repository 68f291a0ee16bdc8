"""The page that finds a member."""

from urllib.parse import quote, urlencode

from litestar import Response

from subsim.base.directory import USUALLY_FOUND, directory
from subsim.desk import clock
from subsim.desk.guard import language_of
from subsim.desk.view import state_words
from subsim.desk.visit import Visit, page_of, redirect

_FIRST_MEMBERS = 10


def home(visit: Visit) -> Response[bytes]:
    """A redirect to the page in the browser's language."""
    return redirect(f"/{language_of(visit.request.scope)}/")


def find_page(visit: Visit) -> Response[bytes]:
    """The page of the members found; a single one is opened directly."""
    is_search = "search" in visit.typed
    text, after = visit.one("search"), visit.one("after") or None
    with visit.desk.database.reading() as connection:
        limit = USUALLY_FOUND if is_search else _FIRST_MEMBERS
        found = directory(connection, text, limit, after, clock.current_day())
    members = found["members"]
    if is_search and text.strip() and after is None and len(members) == 1:
        return redirect(f"/{visit.code}/members/{quote(members[0]['id'], safe='')}")
    page = visit.view.page
    rows = [{**member, "states": state_words(member["subscriptions"], page)} for member in members]
    more = found["next"] and f"/{visit.code}/?{urlencode({'search': text, 'after': found['next']})}"
    return page_of(visit, "find.html", search=text, members=rows, is_search=is_search, more=more)
