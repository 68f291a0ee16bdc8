"""The tables of a base of the newest version; the folder `migrations` makes them and upgrades older ones.

Ids and instants are text that sorts by code points on both databases; documents are JSON.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Sequence, String, Table, Text

METADATA = MetaData()
KEY = String().with_variant(String(collation="C"), "postgresql")
"""Text sorted by code points, as SQLite does by default."""
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
"""A number that increases automatically; in SQLite only an INTEGER does."""

FACT_IDS = Sequence("fact_ids", metadata=METADATA)
"""The sequence of ids of facts in PostgreSQL; SQLite has one writer at a time and needs none."""

HEADERS = Table(
    "header",
    METADATA,
    Column("header", NUMBER, primary_key=True, autoincrement=True),
    Column("text", Text, nullable=False),
    Column("recorded_at", KEY, nullable=False),
    Column("recorded_by", Text),
)
"""The headers that a base has had, the latest last."""

MEMBERS = Table(
    "member",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("sought", Text, nullable=False),
    Column("sought_phone", Text, nullable=False),
)
"""The members as they are now; `sought` is the folded id, name and e-mail, a line each."""

RECORDS = Table(
    "record",
    METADATA,
    Column("record", NUMBER, primary_key=True, autoincrement=True),
    Column("member", KEY, nullable=False),
    Column("fact", NUMBER),
    Column("action", Text, nullable=False),
    Column("document", Text),
    Column("recorded_at", KEY, nullable=False),
    Column("recorded_by", Text),
    Column("note", Text),
    Index("record_by_member", "member", "record"),
    Index("record_by_fact", "fact"),
)
"""The records of a member: of a fact its event (none where it is retracted), or without a fact his own keys."""

ANSWERS = Table(
    "answer",
    METADATA,
    Column("answer", NUMBER, primary_key=True, autoincrement=True),
    Column("member", KEY, nullable=False),
    Column("date", Text, nullable=False),
    Column("subscription", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("check_line", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("recorded_at", KEY, nullable=False),
    Column("recorded_by", Text),
    Index("answer_by_member", "member", "answer"),
)
"""The answers given, with their options and results."""

REQUESTS = Table(
    "request",
    METADATA,
    Column("asker", KEY, primary_key=True),
    Column("key", KEY, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("recorded_at", KEY, nullable=False),
)
"""The requests that named an idempotency key, with their first answer."""
