"""Imports members into a base from files, in one transaction and with constant memory."""

import gc
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from attrs import Factory, define, frozen
from sqlalchemy import Connection, insert, select, update

from subsim.base.change import fact_ids
from subsim.base.directory import sought
from subsim.base.header import header_at
from subsim.base.member import OWN_KEYS, Fact, StoredMember, id_fault, stored_of
from subsim.base.tables import MEMBERS, RECORDS
from subsim.basics.dates import Day
from subsim.basics.instants import Moment, next_instant
from subsim.basics.texts import Message
from subsim.files.format import ScenarioFile
from subsim.files.key_values import KeyValues, event_day, event_values, field_values, meaning, plain
from subsim.files.scenario import Scenario
from subsim.files.yaml_nodes import Node

_BATCH = 500
_BATCHES_BEFORE_A_COLLECTION = 4


@frozen(kw_only=True)
class Candidate:
    """A member of a file: his id, his own keys and his events, as JSON."""

    file: str
    line: int
    id: str
    keys: KeyValues
    events: list[KeyValues]


@frozen(kw_only=True)
class Omission:
    """A record that was left out, and why; `member` is None where the record names none."""

    file: str
    line: int
    member: str | None
    message: Message

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the record."""
        return {"file": self.file, "line": self.line, "member": self.member, "message": str(self.message)}


@define
class ImportCounts:
    """The counts of an import."""

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    left: int = 0


def candidate_of_file(scenario: Scenario, root: Node, name: str, stem: str) -> Candidate:
    """The member of a scenario file. Without an id he gets the name of the file without its ending."""
    given = plain(root)
    keys = field_values(ScenarioFile, {key: given[key] for key in OWN_KEYS if key in given})
    keys["until"] = scenario.until_of().isoformat()
    id = scenario.facts.person.id
    return Candidate(
        file=name,
        line=scenario.start.line,
        id=stem if id is None else id,
        keys={key: keys[key] for key in OWN_KEYS if key in keys},
        events=[event_values(event) for event in given["timeline"]],
    )


@define
class Intake:
    """Imports candidates into a base; records that cannot be imported are given to `leave`."""

    connection: Connection
    replace: bool
    by: str | None
    now: Moment
    leave: Callable[[Omission], None]
    taken: ImportCounts = Factory(ImportCounts)

    def take(self, candidates: Iterable[Candidate]) -> ImportCounts:
        """Import them all, in batches of different members."""
        for number, batch in enumerate(_batches(candidates), start=1):
            self._take_batch(batch)
            if number % _BATCHES_BEFORE_A_COLLECTION == 0:
                gc.collect()  # results of statements have reference cycles, which are seldom collected in a command
        return self.taken

    def refuse(self, file: str, line: int, member: str | None, message: Message) -> None:
        """Leave a record out."""
        self.taken.left += 1
        self.leave(Omission(file=file, line=line, member=member, message=message))

    def _take_batch(self, batch: list[Candidate]) -> None:
        known = self._known([candidate.id for candidate in batch])
        new: list[Candidate] = []
        for candidate in batch:
            if fault := id_fault(candidate.id):
                self.refuse(candidate.file, candidate.line, candidate.id, fault)
            elif candidate.id not in known:
                new.append(candidate)
            else:
                self._take_known(candidate, known[candidate.id])
        if new:
            self._add(new)

    def _known(self, ids: list[str]) -> dict[str, StoredMember]:
        """The members of these ids that the base knows, locked until the end."""
        query = select(MEMBERS.c.id, MEMBERS.c.version).where(MEMBERS.c.id.in_(ids)).with_for_update()
        versions = {row.id: row.version for row in self.connection.execute(query)}
        if not versions:
            return {}
        header = header_at(self.connection)
        records = select(RECORDS).where(RECORDS.c.member.in_(list(versions)))
        rows = self.connection.execute(records.order_by(RECORDS.c.member, RECORDS.c.record))
        return {
            id: stored_of(id, versions[id], list(of_member), header)
            for id, of_member in groupby(rows, lambda row: row.member)
        }

    def _take_known(self, candidate: Candidate, stored: StoredMember) -> None:
        kept = _kept(stored.facts, candidate.events)
        same_facts = len(kept) == len(stored.facts) == len(candidate.events)
        if same_facts and stored.keys == candidate.keys:
            self.taken.unchanged += 1
        elif not self.replace:
            message = Message(
                "other facts of member {id} are recorded already; --replace puts these in their place", id=candidate.id
            )
            self.refuse(candidate.file, candidate.line, candidate.id, message)
        else:
            self._replace(candidate, stored, kept)

    def _replace(self, candidate: Candidate, stored: StoredMember, kept: list[int]) -> None:
        instant = next_instant(self.now, stored.last_recorded_at)
        rows = [
            self._row(candidate.id, fact.fact, "retracted", None, instant)
            for fact in stored.facts
            if fact.fact not in kept
        ]
        if stored.keys != candidate.keys:
            rows.append(self._row(candidate.id, None, "imported", candidate.keys, instant))
        new = _not_kept(stored.facts, kept, candidate.events)
        if new:
            ids = fact_ids(self.connection, len(new))
            rows += [
                self._row(candidate.id, fact, "imported", event, instant) for fact, event in zip(ids, new, strict=True)
            ]
        self.connection.execute(insert(RECORDS), rows)
        values = _columns(candidate) | {"version": stored.version + 1}
        self.connection.execute(update(MEMBERS).where(MEMBERS.c.id == candidate.id).values(**values))
        self.taken.replaced += 1

    def _add(self, new: list[Candidate]) -> None:
        instant = next_instant(self.now, None)
        ids = iter(fact_ids(self.connection, sum(len(candidate.events) for candidate in new)))
        rows = []
        for candidate in new:
            rows.append(self._row(candidate.id, None, "imported", candidate.keys, instant))
            rows += [self._row(candidate.id, next(ids), "imported", event, instant) for event in candidate.events]
        members = [{"id": candidate.id, "version": 1} | _columns(candidate) for candidate in new]
        self.connection.execute(insert(MEMBERS), members)
        self.connection.execute(insert(RECORDS), rows)
        self.taken.added += len(new)

    def _row(
        self, member: str, fact: int | None, action: str, document: KeyValues | None, instant: str
    ) -> dict[str, Any]:
        return {
            "member": member,
            "fact": fact,
            "action": action,
            "document": None if document is None else json.dumps(document, ensure_ascii=False),
            "recorded_at": instant,
            "recorded_by": self.by,
            "note": None,
        }


def _batches(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """The candidates in batches without two of one member."""
    batch: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.id in batch or len(batch) == _BATCH:
            yield list(batch.values())
            batch = {}
        batch[candidate.id] = candidate
    if batch:
        yield list(batch.values())


def _columns(candidate: Candidate) -> dict[str, Any]:
    person = candidate.keys.get("member", {})
    own = {name: person.get(name) for name in ("name", "email", "phone")}
    return own | sought(candidate.id, {name: value for name, value in own.items() if value is not None})


def _kept(facts: tuple[Fact, ...], events: list[KeyValues]) -> list[int]:
    """The facts that stay: of each date those equal to the first new events, as many as there are in this order.

    So the facts that stay come before the new ones of their date, as in the file.
    """
    by_day: dict[Day, list[Fact]] = {}
    for fact in facts:
        by_day.setdefault(event_day(fact.event), []).append(fact)
    kept = []
    for day, of_day in groupby(events, event_day):
        same_day = iter(by_day.get(day, ()))
        for event in of_day:
            found = next((fact for fact in same_day if _same(fact.event, event)), None)
            if found is None:
                break
            assert found.fact is not None
            kept.append(found.fact)
    return kept


def _not_kept(facts: tuple[Fact, ...], kept: list[int], events: list[KeyValues]) -> list[KeyValues]:
    """The new events: of each date those after the facts that are kept."""
    days_kept = [event_day(fact.event) for fact in facts if fact.fact in kept]
    new = []
    for day, of_day in groupby(events, event_day):
        new += list(of_day)[days_kept.count(day) :]
    return new


def _same(one: KeyValues, other: KeyValues) -> bool:
    return one == other or meaning(one) == meaning(other)
