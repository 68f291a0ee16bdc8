"""All that was ever recorded of a member, and the answers he was given."""

from typing import Any

from sqlalchemy import Connection

from subsim.base.answers import answers_of
from subsim.base.member import history, member_at
from subsim.basics.dates import Day


def history_of(connection: Connection, id: str, today: Day) -> dict[str, Any]:
    """The JSON of `subsim members history`; UnknownMember where the base has none."""
    stored = member_at(connection, id)
    return {
        "id": id,
        "version": stored.version,
        "history": history(connection, id),
        "answers": answers_of(connection, stored, today),
    }
