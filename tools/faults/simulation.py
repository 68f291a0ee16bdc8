"""One run of the simulator: random requests to a base under faults, and then the invariants.

These fail: the process (killed at any SQL statement, in a child process), the disk (full, or damaged after the last
commit), the clock (moved forwards and back), the network (requests repeated, reordered or stale), and the workers of a
portfolio run over the export (killed in the middle of a part, or repeating one).
"""

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from attrs import Factory, define, frozen
from sqlalchemy import event as on

from subsim.base.change import Wish
from subsim.base.database import BaseRefused, Database, make, opened
from subsim.base.header import put_header
from subsim.base.history import history_of
from subsim.base.intake import Candidate, Intake
from subsim.base.member import member_at
from subsim.base.outtake import records
from subsim.base.requests import Reply, Request
from subsim.basics.dates import Day
from subsim.basics.notation import ore
from subsim.desk.options import RequestOptions
from subsim.desk.problems import Problem
from subsim.desk.writes import replied, request_of, write_reply
from subsim.files.json_nodes import json_tree
from subsim.portfolio.header import load_header
from subsim.portfolio.intake import candidates
from tools.faults.portfolio import differs

HEADER = "prices: {basis: 149.00, family: 299.00}\nuntil: 2020-12-31\n"
MEMBERS = ("anna", "bo")
TODAY = Day(2020, 6, 1)
_DIED = 9
_RUNS_OF_A_PORTFOLIO = 0.25
"""How many of the runs end with one of a portfolio, which takes as long as all before it."""
_EVENTS: tuple[dict[str, Any], ...] = (
    {"event": "complain"},
    {"event": "pay", "amount": "10.00"},
    {"event": "log_in"},
    {"event": "give_notice"},
    {"event": "change_package", "to": "family"},
    {"event": "transfer"},
)


class Broken(AssertionError):  # noqa: N818 - a claim, as in `raise Broken`
    """An invariant does not hold."""


@frozen
class SentRequest:
    """A request that was sent: the member, the fact, the event, the version and its key."""

    member: str
    fact: int | None
    event: dict[str, Any] | None
    version: int
    key: str


@define
class World:
    """A base, the requests sent to it, and those that it acknowledged."""

    random: Random
    path: Path
    base: Database
    clock: datetime = datetime(2020, 6, 1, tzinfo=UTC)
    sent: list[SentRequest] = Factory(list)
    acknowledged: dict[str, dict[str, Any]] = Factory(dict)


@frozen
class Place:
    """The folder of the runs. Each begins with a copy of the template, in one file that is opened again at each step.

    The runs share the base, as the requests of one desk do, so that its statements are compiled once.
    """

    template: Path
    path: Path
    base: Database


def place_in(folder: Path) -> Place:
    """A folder with the base of the runs and a template with two members."""
    template, path = folder / "template.db", folder / "run.db"
    base = make(_url(template))
    start = datetime(2020, 5, 1, tzinfo=UTC)
    sign_up = {"date": "2020-01-15", "event": "sign_up", "package": "basis"}
    with base.writing() as connection:
        put_header(connection, HEADER, "header", None, start)
        intake = Intake(connection=connection, replace=False, by=None, now=start, leave=lambda _: None)
        intake.take(Candidate(file="", line=1, id=id, keys={"member": {"id": id}}, events=[sign_up]) for id in MEMBERS)
    base.close()
    with closing(sqlite3.connect(template)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(template, path)
    return Place(template, path, opened(_url(path)))


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


def run(seed: int, place: Place) -> None:
    """Make one run; Broken where an invariant does not hold."""
    world = World(random=Random(seed), path=place.path, base=place.base)
    for file in place.path.parent.glob(f"{place.path.name}*"):
        file.unlink()
    shutil.copyfile(place.template, world.path)
    for _ in range(world.random.randrange(4, 10)):
        world.clock += timedelta(seconds=world.random.choice((1, 60, -3600, 86400 * 3, -86400)))
        step = world.random.choices((_ask, _ask_again, _die, _fill_disk), (6, 3, 3, 1))[0]
        step(world)
    _check(world)
    if world.random.random() < _RUNS_OF_A_PORTFOLIO:
        _lose_workers(world)


# Requests


def _new(world: World) -> SentRequest:
    """A new request, valid or with a stale version."""
    random, id = world.random, world.random.choice(MEMBERS)
    with world.base.reading() as connection:
        stored = member_at(connection, id)
    version = stored.version if random.random() < 0.8 else max(1, stored.version - 1)
    event = {"date": f"2020-0{random.randrange(2, 6)}-{random.randrange(10, 28)}", **random.choice(_EVENTS)}
    facts = [fact.fact for fact in stored.facts if fact.event["event"] != "sign_up"]
    fact = random.choice(facts) if facts and random.random() < 0.4 else None
    retracts = fact is not None and random.random() < 0.5
    sent = SentRequest(id, fact, None if retracts else event, version, f"key {len(world.sent)}")
    world.sent.append(sent)
    return sent


def _deliver(world: World, sent: SentRequest, base: Database) -> Reply | None:
    """Pass a request to the writes of the desk; None where the base could not take it."""
    body = {"event": sent.event, "version": sent.version}
    asked = RequestOptions(values={"version": sent.version})
    tree = None if sent.event is None else json_tree(sent.event, asked.faults, asked.places.pointer, "/event")
    here = asked.places.pointer("")
    wish = Wish(event=tree, fact=sent.fact, faults=asked.faults, here=here)
    request: Request | None = request_of(None, sent.key, "POST", f"/{sent.member}/{sent.fact}", body)
    try:
        return replied(
            base,
            request,
            lambda connection: write_reply(connection, sent.member, wish, asked, by=None, now=world.clock, today=TODAY),
            world.clock,
            "en",
        )
    except (BaseRefused, Problem):
        return None


def _note(world: World, sent: SentRequest, reply: Reply | None) -> None:
    """Store a reply. A repeated key must give the same fact, until the key is free after a day."""
    if reply is None or reply.status >= 400:
        return
    body = json.loads(reply.body)
    known = world.acknowledged.setdefault(sent.key, body)
    if known["fact"] != body["fact"]:
        raise Broken(f"{sent.key} was answered with fact {known['fact']} and then with {body['fact']}")


def _ask(world: World) -> None:
    sent = _new(world)
    _note(world, sent, _deliver(world, sent, world.base))


def _ask_again(world: World) -> None:
    """Send an earlier request again, in any order."""
    if world.sent:
        sent = world.random.choice(world.sent)
        _note(world, sent, _deliver(world, sent, world.base))


# Faults


def _die(world: World) -> None:
    """Pass a request in a child process that is killed at some statement, then damage what follows the last commit."""
    sent, statements = _new(world), world.random.randrange(1, 16)
    world.base.close()  # no connection may be carried into a child
    committed = _size(world)
    child = os.fork()
    if child == 0:
        left = [statements]

        @on.listens_for(world.base.engine, "before_cursor_execute")
        def _count(*_: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                os._exit(_DIED)

        reply = _deliver(world, sent, world.base)
        os._exit(0 if reply is not None and reply.status < 400 else 1)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == _DIED:
        _tear(world, committed)


def _size(world: World) -> int:
    log = Path(f"{world.path}-wal")
    return log.stat().st_size if log.exists() else 0


def _tear(world: World, committed: int) -> None:
    """Cut or overwrite the part of the log that was never committed."""
    log = Path(f"{world.path}-wal")
    size = _size(world)
    if size <= committed:
        return
    with log.open("r+b") as file:
        at = world.random.randrange(committed, size)
        if world.random.random() < 0.5:
            file.truncate(at)
        else:
            file.seek(at)
            file.write(world.random.randbytes(min(64, size - at)))


def _fill_disk(world: World) -> None:
    """Pass a request while the disk has no free page."""
    sent, base = _new(world), opened(_url(world.path))

    @on.listens_for(base.engine, "connect")
    def _limit(connection: Any, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    _note(world, sent, _deliver(world, sent, base))
    base.close()


def _lose_workers(world: World) -> None:
    """Run a portfolio over the export with workers that are lost; the results must not change."""
    with world.base.reading() as connection:
        lines = [json.dumps(each.record).encode() for each in records(connection)]
    world.base.close()
    with tempfile.TemporaryDirectory(dir=world.path.parent) as folder:
        header = Path(folder, "header.yaml")
        header.write_text(HEADER, encoding="utf-8")
        if (found := differs(lines, load_header(str(header)), Path(folder), world.random)) is not None:
            raise Broken(f"after workers were lost {found} is another")


# Invariants


def _check(world: World) -> None:
    with closing(sqlite3.connect(world.path)) as plain:
        if plain.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Broken("the file of the base is damaged")
    with world.base.reading() as connection:
        for id in MEMBERS:
            _check_member(connection, id)
        known = {entry["fact"] for id in MEMBERS for entry in history_of(connection, id, TODAY)["history"]}
        lost = [body["fact"] for body in world.acknowledged.values() if body["fact"] not in known]
        if lost:
            raise Broken(f"acknowledged and lost: {lost}")
        _check_portfolio(connection)


def _check_member(connection: Any, id: str) -> None:
    """The version counts the writes, instants rise, and the state at each instant follows from the records."""
    found, stored = history_of(connection, id, TODAY), member_at(connection, id)
    entries = found["history"]
    writes = [entry for entry in entries if entry["action"] != "imported"]
    if stored.version != 1 + len(writes):
        raise Broken(f"{id} has version {stored.version} after {len(writes)} writes")
    instants = [entry["recorded_at"] for entry in entries]
    if instants != sorted(set(instants)):
        raise Broken(f"the instants of {id} do not rise")
    standing: dict[int, Any] = {}
    for entry in entries:
        if entry["event"] is None:
            standing.pop(entry["fact"])
        else:
            standing[entry["fact"]] = entry["event"]
        then = member_at(connection, id, entry["recorded_at"])
        if {fact.fact: fact.event for fact in then.facts} != standing:
            raise Broken(f"{id} was not known so at {entry['recorded_at']}")
    stored.scenario(TODAY)


def _check_portfolio(connection: Any) -> None:
    """The export is read as the same members."""
    exported = [each.record for each in records(connection)]
    lines = (json.dumps(record).encode() for record in exported)
    refused: list[object] = []
    header = {"prices": {"basis": "149.00", "family": "299.00"}}
    assert ore(header["prices"]["basis"]) == 14900
    back = list(candidates(lines, "export", header, lambda *why: refused.append(why)))
    if refused or [{"member": each.keys["member"], "timeline": each.events} for each in back] != exported:
        raise Broken(f"the export is not read back the same: {refused}")
