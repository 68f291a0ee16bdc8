"""The members of a base by id, all of them or those found by part of id, name, e-mail or phone."""

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from subsim.answers.question import case_of
from subsim.base.member import member_at
from subsim.base.tables import MEMBERS
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.files.key_values import KeyValues

MOST_FOUND = 200
USUALLY_FOUND = 50


def folded(text: str) -> str:
    """The text with letters of either case alike."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def sought(id: str, person: KeyValues) -> dict[str, str]:
    """The searchable texts of a member."""
    parts = (id, person.get("name", ""), person.get("email", ""))
    return {
        "sought": "\n".join(folded(" ".join(part.split())) for part in parts),
        "sought_phone": _without_blanks(person.get("phone", "")),
    }


def directory(connection: Connection, text: str, limit: int, after: str | None, today: Day) -> dict[str, Any]:
    """The JSON of `subsim members list`: members by id with their states of today, and the id for the next page."""
    rows = members_found(connection, text, limit + 1, after)
    rows_of_page = rows[:limit]
    return {
        "members": [
            {
                "id": row.id,
                "name": row.name,
                "email": row.email,
                "phone": row.phone,
                "version": row.version,
                "subscriptions": _subscriptions(connection, row.id, today),
            }
            for row in rows_of_page
        ],
        "next": rows_of_page[-1].id if len(rows) > limit else None,
    }


def _subscriptions(connection: Connection, id: str, today: Day) -> list[dict[str, str]]:
    """The latest subscription of each id, as of today; none where the member cannot be replayed."""
    try:
        member = case_of(member_at(connection, id).scenario(today)).play(today)
    except InputErrors:
        return []
    return [
        {"id": each.id, "package": each.package, "state": each.phase.value}
        for each in member.by_id.values()
        if each.phase
    ]


def members_found(connection: Connection, text: str, limit: int, after: str | None) -> list[Row[Any]]:
    """The rows of at most `limit` members found after an id, in order of ids; a complete id finds that member only."""
    query = select(MEMBERS).order_by(MEMBERS.c.id).limit(limit)
    if after is not None:
        query = query.where(MEMBERS.c.id > after)
    for whole in dict.fromkeys((text, text.strip())):
        if whole and connection.execute(select(MEMBERS.c.id).where(MEMBERS.c.id == whole)).scalar() is not None:
            return list(connection.execute(query.where(MEMBERS.c.id == whole)))
    wanted = folded(" ".join(text.split()))
    if wanted:
        found = [_holds(connection, MEMBERS.c.sought, wanted)]
        if phone := _without_blanks(text):
            found.append(_holds(connection, MEMBERS.c.sought_phone, phone))
        query = query.where(or_(*found))
    return list(connection.execute(query))


def _without_blanks(text: str) -> str:
    return folded("".join(text.split()))


def _holds(connection: Connection, column: ColumnElement[str], part: str) -> ColumnElement[bool]:
    """Whether the column contains this text, in which `%` and `_` are plain characters."""
    place = func.strpos if connection.dialect.name == "postgresql" else func.instr
    return place(column, part) > 0
