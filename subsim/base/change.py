"""Writes about a member: an event is recorded, corrected or retracted, as a new record."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from sqlalchemy import Connection, func, insert, select, update

from subsim.answers.question import case_of
from subsim.answers.what_if import WhatIf, effect
from subsim.base.member import Action, Fact, StoredMember, member_at
from subsim.base.tables import FACT_IDS, MEMBERS, RECORDS
from subsim.basics.dates import Day
from subsim.basics.faults import Faults, InputErrors, Place
from subsim.basics.instants import Instant, Moment, next_instant
from subsim.basics.json_object import JsonObject, Key
from subsim.basics.texts import Message
from subsim.files.doubts import Doubt, world_count
from subsim.files.json_nodes import json_tree
from subsim.files.key_values import KeyValues, event_values, plain
from subsim.files.kinds import EventKind
from subsim.files.reader import TreeReader
from subsim.files.scenario import Scenario, read_scenario
from subsim.files.yaml_nodes import Entry, Mapping, Node, Scalar, Sequence
from subsim.membership.events import Event

if TYPE_CHECKING:
    from subsim.answers.ask import AnyWhatIf
    from subsim.answers.every_world import WhatIfInDoubt


class UnknownFact(LookupError):  # noqa: N818 - a claim, as in `raise UnknownFact`
    """The member has no fact with this id, or it was retracted."""


class Stale(Exception):  # noqa: N818 - a claim, as in `raise Stale`
    """The write was based on an older version of the member."""

    def __init__(self, version: int) -> None:
        super().__init__(Message("the member has changed meanwhile: the present version is {version}", version=version))
        self.version = version


@frozen(kw_only=True)
class Wish:
    """A write to be done: the tree of an event, and the fact that it corrects; without an event a retraction.

    `faults` collects the faults of the event, with places in its tree. `here` is the place for faults elsewhere in the
    timeline. `origin` is the source of the event and its text.
    """

    event: Node | None
    fact: int | None
    faults: Faults
    here: Place
    origin: tuple[str, str] = ("", "")

    @property
    def action(self) -> Action:
        """The name of the write in the history."""
        if self.event is None:
            return "retracted"
        return "recorded" if self.fact is None else "corrected"


@frozen(kw_only=True)
class WriteResult(JsonObject):
    """The result of a write: the fact, the version after it, its instant and writer, and what it changes.

    For a trial the fact and the instant are None, and the version is the present one. `changes` is None where facts are
    in doubt in so many ways that comparing them would take long, and where the event is in doubt before and after under
    one name.
    """

    fact: int | None
    version: int
    recorded_at: Instant | None
    recorded_by: str | None
    note: str | None
    changes: "AnyWhatIf | None"

    KEYS = (
        Key("fact", "the id of the fact; null for a trial"),
        Key("version", "the version of the member after it"),
        Key("recorded_at", "the instant of the write; null for a trial"),
        Key("recorded_by", "who wrote it"),
        Key("note", "the note of the writer"),
        Key(
            "changes",
            "what it changes, as in `subsim what-if`; null where facts are in doubt in too many ways",
            write=lambda changes: changes.to_dict(),
            kind=WhatIf,
        ),
    )


def write(
    connection: Connection,
    id: str,
    wish: Wish,
    *,
    version: int | None,
    by: str | None,
    note: str | None,
    now: Moment,
    today: Day,
    dry_run: bool = False,
) -> WriteResult:
    """Store a write, or only try it; UnknownMember, UnknownFact, Stale or InputErrors, and then nothing is stored.

    `version` is the version on which the write is based; None for the present one.
    """
    stored = member_at(connection, id, locked=not dry_run)
    if wish.fact is not None and stored.fact(wish.fact) is None:
        raise UnknownFact(wish.fact)
    if version is not None and version != stored.version:
        raise Stale(stored.version)
    change = changed(stored, wish, today)
    written = WriteResult(
        fact=None, version=stored.version, recorded_at=None, recorded_by=by, note=note, changes=change.changes
    )
    if dry_run:
        return written
    fact = fact_ids(connection, 1)[0] if wish.fact is None else wish.fact
    instant = next_instant(now, stored.last_recorded_at)
    document = None if change.event is None else json.dumps(change.event, ensure_ascii=False)
    record = {"member": id, "fact": fact, "action": wish.action, "document": document}
    connection.execute(insert(RECORDS).values(**record, recorded_at=instant, recorded_by=by, note=note))
    connection.execute(update(MEMBERS).where(MEMBERS.c.id == id).values(version=stored.version + 1))
    return evolve(written, fact=fact, version=stored.version + 1, recorded_at=instant)


@frozen(kw_only=True)
class Change:
    """The event as it will be kept, the scenario without it and with it, and what it changes."""

    event: KeyValues | None
    before: Scenario
    after: Scenario
    changes: "AnyWhatIf | None"


def changed(stored: StoredMember, wish: Wish, today: Day) -> Change:
    """The change of a member by a write; InputErrors where the new timeline could not be in a scenario file."""
    facts = [fact for fact in stored.facts if fact.fact != wish.fact or wish.fact is None]
    event = None
    if wish.event is not None:
        event = _given(wish.event)
        if event is None:
            _note_its_own_faults(wish)
            raise wish.faults.as_errors()
        facts.append(
            Fact(fact=wish.fact, action=wish.action, event=event, recorded_at=None, recorded_by=None, note=None)
        )
    after = _scenario(stored.with_facts(facts), wish, today)
    before = stored.scenario(today)
    check_replay(after)
    if before.is_in_doubt or after.is_in_doubt:
        changes = _effect_in_doubt(before, after, _both(stored, facts, wish, today))
        return Change(event=event, before=before, after=after, changes=changes)
    return Change(event=event, before=before, after=after, changes=_effect(before, after))


def fact_ids(connection: Connection, count: int) -> list[int]:
    """New ids of facts, ascending, from a sequence in PostgreSQL; SQLite has only one writer at a time."""
    if connection.dialect.supports_sequences:
        rows = connection.execute(select(FACT_IDS.next_value()).select_from(func.generate_series(1, count)))
        return [row[0] for row in rows]
    last = connection.execute(select(func.coalesce(func.max(RECORDS.c.fact), 0))).scalar_one()
    return list(range(last + 1, last + count + 1))


def _given(node: Node) -> KeyValues | None:
    """The event of a tree as it will be stored; None where it has a fault."""
    unheard = Faults("", "")
    reader = TreeReader(unheard)
    try:
        read = reader.read(node, EventKind(of_timeline=True), Message("an event"))
    except InputErrors:
        return None
    if unheard or not isinstance(read, Event):
        return None
    return event_values(plain(node))


def _note_its_own_faults(wish: Wish) -> None:
    assert wish.event is not None
    TreeReader(wish.faults).read(wish.event, EventKind(of_timeline=True), Message("event"))


def _scenario(stored: StoredMember, wish: Wish, today: Day) -> Scenario:
    """The scenario after the write, with the event at its place in its own tree."""
    document = stored.document(today)
    timeline = document.pop("timeline")
    index = None
    items = [json_tree(event, wish.faults, lambda _: wish.here) for event in timeline]
    if wish.event is not None:
        index = _place_in(timeline, stored, wish)
        items[index] = wish.event
    head = json_tree(document, wish.faults, lambda _: wish.here)
    assert isinstance(head, Mapping)
    entries = head.entries | {
        "timeline": Entry(Scalar("timeline", False, wish.here), Sequence(tuple(items), wish.here))
    }
    scenario = read_scenario(Mapping(entries, wish.here), wish.faults)
    if scenario is None:
        raise wish.faults.as_errors()
    source, text = wish.faults.file, wish.faults.text
    return evolve(scenario, source=source, text=text, added={} if index is None else {index: (source, text)})


def _place_in(timeline: list[KeyValues], stored: StoredMember, wish: Wish) -> int:
    """The index in a timeline of the event of the write, found by identity."""
    fact = next(fact for fact in stored.facts if fact.fact == wish.fact and fact.recorded_at is None)
    return next(index for index, event in enumerate(timeline) if event is fact.event)


def check_replay(scenario: Scenario) -> None:
    """InputErrors where only a replay of the whole timeline shows a fault, such as a live id signed up again.

    Where facts are in doubt, one possible world is enough.
    """
    days = [event.date for event in scenario.facts.timeline] + [doubt.last for doubt in scenario.doubts]
    until = max([scenario.until_of(), *days])
    if not scenario.is_in_doubt:
        case_of(scenario).play(until)
        return
    from subsim.answers.worlds import ScenarioQuestion  # few members are in doubt

    ScenarioQuestion.of(scenario).first(until)


def _effect(before: Scenario, after: Scenario) -> WhatIf:
    """What changes until everything known has happened; until the last day only, if a later rate is missing."""
    try:
        return effect(before, after)
    except InputErrors:
        return effect(before, after, max(before.until_of(), after.until_of()))


_MOST_COMPARED = 100
"""In so many worlds at most a write says what it changes: each is replayed twice."""
_OLD, _NEW = ("before", ""), ("after", "")
"""The marks of the event as it was and as it will be, where both stand in one timeline."""


def _both(stored: StoredMember, after: list[Fact], wish: Wish, today: Day) -> Scenario | None:
    """The scenario with the event as it was and as it will be, each marked as added; None where it cannot be read."""
    old = None if wish.fact is None else stored.fact(wish.fact)
    written = [_unnamed(each) if each.recorded_at is None else each for each in after]
    document = stored.with_facts([*written, *([old] if old else [])]).document(today)
    marks = {id(each.event): _NEW for each in written if each.recorded_at is None}
    if old is not None:
        marks[id(old.event)] = _OLD
    faults = Faults("", "")
    both = read_scenario(json_tree(document, faults, lambda _: wish.here), faults)
    timeline = document["timeline"]
    added = {index: marks[id(event)] for index, event in enumerate(timeline) if id(event) in marks}
    return None if both is None else evolve(both, added=added)


def _unnamed(fact: Fact) -> Fact:
    """The fact without the name of its event, which may stand beside another of this name."""
    return evolve(fact, event={key: value for key, value in fact.event.items() if key != "id"})


def _effect_in_doubt(before: Scenario, after: Scenario, both: Scenario | None) -> "WhatIfInDoubt | None":
    """What a write changes in every possible world; None where they are too many, or two doubts have one name.

    Where an event is corrected both of it stand in one timeline, and a world has a setting of each that is in doubt.
    """
    from subsim.answers.every_world import write_in_doubt  # few members are in doubt

    if both is None or world_count(both.doubts) > _MOST_COMPARED:
        return None
    doubts = tuple(_named(before, after, both))
    if len({doubt.id for doubt in doubts}) < len(doubts):
        return None
    return write_in_doubt(evolve(both, doubts=doubts), _OLD, _NEW)


def _named(before: Scenario, after: Scenario, both: Scenario) -> Iterator[Doubt]:
    """The doubts under the names that they have after the write; before it where the event is retracted or was."""
    of_old = {doubt.index for doubt in both.doubts if both.added.get(doubt.index) == _OLD}
    is_retraction = _NEW not in both.added.values()
    names = iter(before.doubts if is_retraction else after.doubts)
    for doubt in both.doubts:
        if doubt.index in of_old and not is_retraction:
            its = next(each for each in before.doubts if each.settings == doubt.settings and each.event == doubt.event)
        else:
            its = next(names)
        yield evolve(its, index=doubt.index)
