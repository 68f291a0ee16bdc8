"""The headers of a base: the keys shared by members without keys of their own."""

from functools import lru_cache

from attrs import frozen
from sqlalchemy import Connection, insert, select

from subsim.base.tables import HEADERS
from subsim.basics.faults import START, Faults
from subsim.basics.instants import Instant, Moment, next_instant
from subsim.basics.texts import Message, join_words
from subsim.files.header import HeaderFile, read_header
from subsim.files.key_values import KeyValues, event_values, field_values, plain


@frozen(eq=False)
class StoredHeader:
    """A header as JSON: the keys in place of those of a scenario, and the announcements in order of date."""

    text: str
    shared: KeyValues
    announcements: list[KeyValues]

    def to_dict(self) -> KeyValues:
        """The JSON of `subsim members header`."""
        return {**self.shared, **({"announcements": self.announcements} if self.announcements else {})}


def header_at(connection: Connection, known_at: Instant | None = None) -> StoredHeader | None:
    """The header in force at an instant, by default now; None where there was none."""
    query = select(HEADERS.c.text).order_by(HEADERS.c.header.desc()).limit(1)
    if known_at is not None:
        query = query.where(HEADERS.c.recorded_at <= known_at)
    text = connection.execute(query).scalar()
    return None if text is None else header_of(text)


@lru_cache(maxsize=16)
def header_of(text: str) -> StoredHeader:
    """The header in a text that was read without fault."""
    given = plain(read_header(text, "header").root)
    announcements = [event_values(event) for event in given.pop("announcements", None) or []]
    return StoredHeader(text=text, shared=field_values(HeaderFile, given), announcements=announcements)


def put_header(connection: Connection, text: str, name: str, by: str | None, now: Moment) -> None:
    """Replace the present header; InputErrors where that is not possible.

    Packages of the present header must stay, since members may have them.
    """
    file = read_header(text, name).file
    present = header_at(connection)
    missing = [package for package in present.shared.get("prices", {}) if package not in file.prices] if present else []
    if missing:
        faults = Faults(name, text)
        message = Message(
            "the price list lacks {packages}, which the present one has", packages=join_words(missing, "and")
        )
        faults.add(START, message, Message("keep every package: members may be on it"))
        raise faults.as_errors()
    last = connection.execute(select(HEADERS.c.recorded_at).order_by(HEADERS.c.header.desc()).limit(1)).scalar()
    values = {"text": text, "recorded_at": next_instant(now, last), "recorded_by": by}
    connection.execute(insert(HEADERS).values(**values))
