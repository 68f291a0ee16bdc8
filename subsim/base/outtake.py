"""Exports the members of a base as records of a portfolio, in order of ids and with constant memory."""

from collections.abc import Iterator
from itertools import groupby

from attrs import frozen
from sqlalchemy import Connection, select

from subsim.base.header import header_at
from subsim.base.member import StoredMember, stored_of
from subsim.base.tables import MEMBERS, RECORDS
from subsim.basics.texts import Message
from subsim.files.key_values import KeyValues, plain_date

_BATCH = 500


@frozen(kw_only=True)
class Record:
    """A member as a record of a portfolio; without one where that is not possible, and `left_out` says why."""

    id: str
    record: KeyValues | None = None
    left_out: Message | None = None


def records(connection: Connection) -> Iterator[Record]:
    """Every member of the base."""
    for stored in members(connection):
        if stored.has_own_keys:
            yield Record(id=stored.id, left_out=Message("has keys of its own, which no portfolio can hold"))
        else:
            yield Record(id=stored.id, record=_record(stored))


def members(connection: Connection) -> Iterator[StoredMember]:
    """Every member as of now, in order of ids."""
    header, last = header_at(connection), ""
    while True:
        page = select(MEMBERS.c.id, MEMBERS.c.version).where(MEMBERS.c.id > last).order_by(MEMBERS.c.id).limit(_BATCH)
        versions = {row.id: row.version for row in connection.execute(page)}
        if not versions:
            return
        rows = connection.execute(
            select(RECORDS).where(RECORDS.c.member.in_(list(versions))).order_by(RECORDS.c.member, RECORDS.c.record)
        )
        for id, of_member in groupby(rows, lambda row: row.member):
            yield stored_of(id, versions[id], list(of_member), header)
        last = max(versions)


def _record(stored: StoredMember) -> KeyValues:
    person = {"id": stored.id} | stored.keys.get("member", {})
    timeline = [fact.event | {"date": plain_date(fact.event)} for fact in stored.facts]
    return {"member": person, "timeline": timeline}
