"""The erasure of a member's data that are due: facts on which nothing still held depends are deleted.

The data still held and the open requests must have the same result after the erasure as before. A fact that does not
change them is deleted with all its records. `disposed` facts stay as proof.
"""

import json
from collections.abc import Hashable, Iterator
from typing import Any

from attrs import evolve, field, frozen
from sqlalchemy import Connection, delete, insert, or_, update

from subsim.answers.question import case_of
from subsim.base.change import fact_ids
from subsim.base.directory import sought
from subsim.base.member import Fact, StoredMember, member_at
from subsim.base.tables import ANSWERS, MEMBERS, RECORDS, REQUESTS
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.instants import Instant, Moment, next_instant
from subsim.basics.json_object import JsonObject, Key
from subsim.files.key_values import KeyValues
from subsim.membership.data_events import DATA_EVENTS, Disposed
from subsim.membership.facts import PRIVATE
from subsim.retention.report import Asked, Held, Retention
from subsim.retention.retention import retention_without_contested
from subsim.terms.policies import CategoryName, Policy

_DUE = ("due", "overdue")
_OF_A_GROUP = {
    **dict.fromkeys(("dispute_opened", "dispute_closed"), ("dispute", "id")),
    **dict.fromkeys(("hold_placed", "hold_lifted"), ("hold", "id")),
    **dict.fromkeys(
        ("identity_asked", "identity_proved", "request_extended", "request_withdrawn", "request_answered"),
        ("request", "request"),
    ),
}
"""By event the field that names another event without which it cannot stay."""


class WithoutPolicy(Exception):  # noqa: N818 - a claim, as in `raise WithoutPolicy`
    """Neither the member nor the header names a policy."""


@frozen(kw_only=True)
class Erasure(JsonObject):
    """What was erased under a policy, what is kept, and how many facts were deleted; `version` is that after it.

    `is_whole` says that only the proof is left. For a trial the version is the present one.
    """

    member: str
    policy: Policy = field(repr=False)
    date: Day
    disposed: tuple[Held, ...]
    kept: tuple[Held, ...]
    facts: int
    is_whole: bool
    person_erased: bool
    version: int
    recorded_at: Instant | None = None

    KEYS = (
        Key("member", "the id"),
        Key("date", "the day as of which the data are due"),
        Key("disposed", "the holdings whose data are deleted"),
        Key("kept", "the holdings that are kept"),
        Key("facts_deleted", "how many facts are deleted", of="facts"),
        Key("person_erased", "whether name, e-mail and phone are deleted"),
        Key("whole", "whether only the proof is left", of="is_whole"),
        Key("version", "the version of the member after it"),
        Key("recorded_at", "the instant of the erasure; null for a trial"),
    )


def erase(
    connection: Connection,
    id: str,
    *,
    by: str | None,
    note: str | None,
    now: Moment,
    today: Day,
    dry_run: bool = False,
) -> Erasure:
    """Erase what is due today, or only try it; nothing is written where nothing is due.

    UnknownMember, WithoutPolicy, or InputErrors where the member's facts have a fault.
    """
    stored = member_at(connection, id, locked=not dry_run)
    scenario = stored.scenario(today)
    if scenario.policy is None:
        raise WithoutPolicy
    found = retention_without_contested(case_of(scenario), today)
    due = tuple(held for held in found.holdings if held.status in _DUE)
    kept = tuple(held for held in found.holdings if held.disposed_on is None and held not in due)
    proofs = [_fact(event) for event in _proofs(due, kept, today)]
    left = _without_what_nothing_needs(stored.with_facts([*stored.facts, *proofs]), scenario.policy, today)
    gone = len(stored.facts) - sum(fact.fact is not None for fact in left.facts)
    erasure = Erasure(
        member=id,
        policy=scenario.policy,
        date=today,
        disposed=due,
        kept=kept,
        facts=gone if due else 0,
        is_whole=bool(due) and all(fact.event["event"] == Disposed.name for fact in left.facts),
        person_erased=bool(due) and not _is_known(kept, scenario.policy),
        version=stored.version,
    )
    if not due or dry_run:
        return erasure
    instant = next_instant(now, stored.last_recorded_at)
    _write(connection, erasure, left, proofs, {"recorded_at": instant, "recorded_by": by, "note": note})
    return evolve(erasure, version=stored.version + 1, recorded_at=instant)


def _proofs(due: tuple[Held, ...], kept: tuple[Held, ...], today: Day) -> Iterator[KeyValues]:
    """The `disposed` events: one for all categories without anything kept, and one for each other category."""
    still = {held.category for held in kept}
    whole = list(dict.fromkeys(held.category for held in due if held.category not in still))
    named: KeyValues = {"date": today.isoformat(), "event": Disposed.name}
    if whole:
        yield named | {"categories": whole}
    for category in dict.fromkeys(held.category for held in due if held.category in still):
        yield named | {"categories": [category], "ids": [held.id for held in due if held.category == category]}


def _fact(event: KeyValues) -> Fact:
    return Fact(fact=None, action="recorded", event=event, recorded_at=None, recorded_by=None, note=None)


def _is_known(kept: tuple[Held, ...], policy: Policy) -> bool:
    """Whether the name of the member is still needed: where something is held for a relationship."""
    return any(policy.categories[CategoryName(held.category)].needed for held in kept)


# What nothing needs


def _without_what_nothing_needs(stored: StoredMember, policy: Policy, today: Day) -> StoredMember:
    """The member without the facts and keys that do not change the data still held and the open requests."""
    before = _must_stay(stored, today)
    assert before is not None, "the proof of an erasure may stand in every timeline"
    if not _is_known(before.held, policy):
        stored = _without_person(stored)
    for group in _groups(stored):
        smaller = evolve(stored, facts=tuple(fact for fact in stored.facts if fact not in group))
        if _must_stay(smaller, today) == before:
            stored = smaller
    older = _without_birth(stored)
    return older if _must_stay(older, today) == before else stored


@frozen
class _Invariants:
    """What an erasure must not change: the holdings, the open requests, and the outcome of the replay."""

    held: tuple[Held, ...]
    requests: tuple[Asked, ...]
    replay: tuple[object, ...] | None


def _must_stay(stored: StoredMember, today: Day) -> _Invariants | None:
    """What an erasure must not change; None where these facts make no valid scenario."""
    try:
        case = case_of(stored.scenario(today))
        found: Retention = retention_without_contested(case, today)
    except InputErrors:
        return None
    held = tuple(each for each in found.holdings if each.disposed_on is None)
    open_requests = tuple(
        evolve(each, outcomes=()) for each in found.requests if each.answered_on is None and each.withdrawn_on is None
    )
    replay = None
    if held or open_requests:
        outcome = case.outcome(today)
        replay = (outcome.subscriptions, outcome.totals, outcome.refunds)
    return _Invariants(held, open_requests, replay)


def _groups(stored: StoredMember) -> list[list[Fact]]:
    """The facts that may be deleted, in groups that can be deleted together only."""
    groups: dict[Hashable, list[Fact]] = {}
    for number, fact in enumerate(stored.facts):
        if fact.event["event"] != Disposed.name:
            groups.setdefault(_group(fact.event, number), []).append(fact)
    return list(groups.values())


def _group(event: KeyValues, number: int) -> Hashable:
    name = event["event"]
    if name == "data_request":
        return "request", event.get("request", event["right"])
    if name in _OF_A_GROUP:
        kind, key = _OF_A_GROUP[name]
        return kind, event[key]
    if name in DATA_EVENTS and not name.startswith("relationship_"):
        return number
    return "relationship" if name in DATA_EVENTS else number


def _without_person(stored: StoredMember) -> StoredMember:
    """The member without the private fields and without the title of the file that he came from."""
    keys = dict(stored.keys)
    person = {key: value for key, value in keys.pop("member", {}).items() if key not in PRIVATE}
    if "scenario" in keys:
        keys["scenario"] = stored.id
    return evolve(stored, keys=keys | ({"member": person} if person else {}))


def _without_birth(stored: StoredMember) -> StoredMember:
    person = {key: value for key, value in stored.keys.get("member", {}).items() if key != "born"}
    return evolve(stored, keys=stored.keys | {"member": person}) if "member" in stored.keys else stored


# Writing


def _write(
    connection: Connection, erasure: Erasure, left: StoredMember, proofs: list[Fact], recorded: dict[str, Any]
) -> None:
    """Write the facts that are left, and the proofs, into the base."""
    id, ids = erasure.member, fact_ids(connection, len(proofs))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what is deleted is overwritten in the file
    remaining = [fact.fact for fact in left.facts if fact.fact is not None]
    of_member = RECORDS.c.member == id
    connection.execute(
        delete(RECORDS).where(of_member, or_(RECORDS.c.fact.is_(None), RECORDS.c.fact.not_in(remaining)))
    )
    rows: list[dict[str, Any]] = [
        {"fact": None, "action": "imported", "document": json.dumps(left.keys, ensure_ascii=False)}
    ]
    rows += [
        {"fact": fact, "action": "recorded", "document": json.dumps(proof.event, ensure_ascii=False)}
        for fact, proof in zip(ids, proofs, strict=True)
    ]
    connection.execute(insert(RECORDS), [{"member": id, **row, **recorded} for row in rows])
    values: dict[str, Any] = {"version": erasure.version + 1}
    if erasure.person_erased:
        values |= dict.fromkeys(PRIVATE) | sought(id, {})
        connection.execute(delete(ANSWERS).where(ANSWERS.c.member == id))
        connection.execute(delete(REQUESTS))  # their bodies are not filed by member
    connection.execute(update(MEMBERS).where(MEMBERS.c.id == id).values(**values))
