"""A member as the base has him at an instant, and his scenario."""

import json
from collections.abc import Sequence
from typing import Any, Literal

from attrs import evolve, field, frozen
from sqlalchemy import Connection, Row, select

from subsim.base.header import StoredHeader, header_at
from subsim.base.tables import MEMBERS, RECORDS
from subsim.basics.dates import Day
from subsim.basics.faults import START, Faults, Place
from subsim.basics.instants import Instant
from subsim.basics.json_object import JsonObject, Key
from subsim.basics.texts import Message
from subsim.files.format import ScenarioFile
from subsim.files.json_nodes import json_tree
from subsim.files.key_values import KeyValues, event_day, last_day
from subsim.files.keys import keys_of
from subsim.files.scenario import Scenario, scenario_of

Action = Literal["imported", "recorded", "corrected", "retracted"]
OWN_KEYS = tuple(name for name in keys_of(ScenarioFile) if name not in ("timeline", "expect", "ask", "variants"))
"""The keys of a scenario file that go with its member."""
LONGEST_ID = 100


class UnknownMember(LookupError):  # noqa: N818 - a claim, as in `raise UnknownMember`
    """The base has no such member, or had none at the instant asked about."""


@frozen(kw_only=True)
class Fact(JsonObject):
    """An event in force: its id, and the action, instant, writer and note of its latest record."""

    fact: int | None
    action: Action
    event: KeyValues = field(eq=False)
    recorded_at: Instant | None
    recorded_by: str | None
    note: str | None

    @property
    def order(self) -> tuple[Day, float]:
        """The sort key of facts: by date, then in the order first recorded; without an id last."""
        return event_day(self.event), float("inf") if self.fact is None else self.fact

    KEYS = (
        Key("fact", "the id"),
        Key("event", "the event as it was given"),
        Key("recorded_at", "the instant of the latest record"),
        Key("recorded_by", "who wrote it"),
        Key("note", "the note of the writer"),
    )


@frozen(kw_only=True)
class StoredMember:
    """A member of the base: his own keys, his facts in order, and the header at that instant."""

    id: str
    version: int
    keys: KeyValues
    facts: tuple[Fact, ...]
    header: StoredHeader | None
    last_recorded_at: Instant

    @property
    def has_own_keys(self) -> bool:
        """Whether he came from a scenario file, whose keys replace those of the header."""
        return "scenario" in self.keys

    def document(self, today: Day) -> KeyValues:
        """The member as the JSON of a scenario file, with today as `until` where none is given."""
        keys = dict(self.keys)
        timeline = [fact.event for fact in self.facts]
        if not self.has_own_keys:
            shared = self.header.shared if self.header else {}
            keys = {**shared, "scenario": self.id, **keys}
            timeline = _merged(self.header.announcements if self.header else [], timeline)
        moved = [last_day(fact.event).isoformat() for fact in self.facts if fact.action in ("recorded", "corrected")]
        keys["until"] = max([keys.get("until") or today.isoformat(), *moved])
        return {name: keys[name] for name in OWN_KEYS if name in keys} | {"timeline": timeline}

    def scenario(self, today: Day, policy: str | None = None) -> Scenario:
        """The scenario of the document; InputErrors where the header does not fit the facts.

        `policy` replaces the one that is named there.
        """
        faults = Faults(f"@{self.id}", "")
        return scenario_of(json_tree(self.document(today), faults, _at_the_start), faults, policy)

    def fact(self, fact: int) -> Fact | None:
        """The fact with this id, if there is one in force."""
        return next((each for each in self.facts if each.fact == fact), None)

    def with_facts(self, facts: list[Fact]) -> "StoredMember":
        """The member with these facts instead."""
        return evolve(self, facts=tuple(sorted(facts, key=lambda fact: fact.order)))

    def to_dict(self, today: Day) -> dict[str, Any]:
        """The JSON of `subsim members show`."""
        return {
            "id": self.id,
            "version": self.version,
            "scenario": self.document(today),
            "facts": [fact.to_dict() for fact in self.facts],
        }


def member_at(connection: Connection, id: str, known_at: Instant | None = None, locked: bool = False) -> StoredMember:
    """The member as the base had him at an instant, by default now; UnknownMember where it had none."""
    query = select(MEMBERS.c.version).where(MEMBERS.c.id == id)
    version = connection.execute(query.with_for_update() if locked else query).scalar()
    if version is None:
        raise UnknownMember(id)
    records = select(RECORDS).where(RECORDS.c.member == id).order_by(RECORDS.c.record)
    if known_at is not None:
        records = records.where(RECORDS.c.recorded_at <= known_at)
    rows = connection.execute(records).all()
    if not rows:
        raise UnknownMember(id)
    return stored_of(id, version, rows, header_at(connection, known_at))


def stored_of(id: str, version: int, rows: Sequence[Row[Any]], header: StoredHeader | None) -> StoredMember:
    """The member made from these records, the oldest first."""
    keys: KeyValues = {}
    facts: dict[int, Fact] = {}
    for row in rows:
        if row.fact is None:
            keys = json.loads(row.document)
        elif row.document is None:
            facts.pop(row.fact, None)
        else:
            facts[row.fact] = Fact(
                fact=row.fact,
                action=row.action,
                event=json.loads(row.document),
                recorded_at=row.recorded_at,
                recorded_by=row.recorded_by,
                note=row.note,
            )
    return StoredMember(
        id=id,
        version=version,
        keys=keys,
        facts=tuple(sorted(facts.values(), key=lambda fact: fact.order)),
        header=header,
        last_recorded_at=max(row.recorded_at for row in rows),
    )


def history(connection: Connection, id: str) -> list[dict[str, Any]]:
    """Every record of the member's facts, the oldest first; UnknownMember where there is none."""
    query = select(RECORDS).where(RECORDS.c.member == id, RECORDS.c.fact.is_not(None)).order_by(RECORDS.c.record)
    return [
        {
            "fact": row.fact,
            "action": row.action,
            "event": None if row.document is None else json.loads(row.document),
            "recorded_at": row.recorded_at,
            "recorded_by": row.recorded_by,
            "note": row.note,
        }
        for row in connection.execute(query)
    ]


def id_fault(id: str) -> Message | None:
    """What is wrong with an id, None if a base can have it."""
    if not 1 <= len(id) <= LONGEST_ID:
        return Message("the id has {count} characters, expected 1 to {most}", count=len(id), most=LONGEST_ID)
    if id in (".", ".."):
        return Message("an id may not be . or ..")
    if "/" in id:
        return Message("the id has a slash, which no id in a base may have")
    if not all(character.isprintable() or character.isspace() for character in id) or _CONTROLS.intersection(id):
        return Message("the id has a control character, which no id in a base may have")
    return None


_CONTROLS = frozenset(map(chr, (*range(32), *range(127, 160))))


def _merged(announcements: list[KeyValues], own: list[KeyValues]) -> list[KeyValues]:
    """All events by date, with the announcements to all before the member's own on each date."""
    return sorted([*announcements, *own], key=event_day)


def _at_the_start(_pointer: str) -> Place:
    return START
