"""Portfolios told in a test, what a command makes of them, and each member as a scenario of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import yaml
from attrs import frozen
from click.testing import CliRunner

from subsim.files.scenario import Scenario, loads
from subsim.membership.events import EVENTS, Event
from subsim.membership.facts import Person
from subsim.portfolio.arrow_json import lines_of
from subsim.portfolio.generate import Block
from subsim.portfolio.generate import header as header_of
from subsim.portfolio.generate import members as generated
from subsim.portfolio.job import Work
from subsim.portfolio.members import MemberRecord
from subsim.portfolio.sums import Sums
from subsim.shell.commands import main

Row = dict[str, Any]
BASIS = "2020-01-15 sign_up package: basis, billing: monthly"
"""149.00 on the 15th of each month; bound until 15 July 2020."""
PRICES = "prices: {basis: 149.00, family: 299.00}\n"
UNTIL = "until: 2020-12-31\n"
_TO = ("--to", "ndjson")


def event(line: str) -> Row:
    """An event of a line such as `2020-09-10 give_notice ground: price_change`."""
    date, name, *fields = line.split(" ", 2)
    written: Row = yaml.load("{" + ", ".join([f"date: {date}", f"event: {name}", *fields]) + "}", yaml.BaseLoader)
    return {key: value == "true" if value in ("true", "false") else value for key, value in written.items()}


def announced(*lines: str) -> str:
    """The announcements of a header."""
    return f"announcements: {json.dumps([event(line) for line in lines])}\n"


def rows_of(work: Work, own: MemberRecord, sums: Sums) -> dict[str, list[Row]]:
    """The rows of a member as the only one; Rejected where the replay shows a fault."""
    sheets = work.sheets()
    sheets.add(work.of_member(own, 1, sums))
    return {table: [*map(json.loads, lines_of(rows).splitlines())] for table, rows in sheets.take(sums).items()}


@frozen
class Results:
    """What a command on all members left: its exit code, what it printed, and the folder of its tables."""

    exit_code: int
    stdout: str
    stderr: str
    folder: Path

    @property
    def summary(self) -> Row:
        """The sums."""
        found: Row = json.loads((self.folder / "summary.json").read_bytes())
        return found

    def rows(self, table: str) -> list[Row]:
        """The rows of a table."""
        return [json.loads(line) for line in (self.folder / f"{table}.ndjson").read_bytes().splitlines()]


def results(folder: Path, command: str, headers: dict[str, str], *members: list[str], more: str = "") -> Results:
    """What a command makes of members with these timelines under headers, each the file of an option."""
    folder.mkdir(exist_ok=True)
    timelines = [[event(line) for line in member] for member in members]
    (folder / "members.ndjson").write_text("".join(json.dumps({"timeline": each}) + "\n" for each in timelines))
    options = []
    for name, header in headers.items():
        (folder / f"{name}.yaml").write_text(header)
        options += [f"--{name}", folder / f"{name}.yaml"]
    return on_members(folder, command, *options, *more.split())


def on_members(folder: Path, command: str, *options: object, lang: str = "en", ending: str = "ndjson") -> Results:
    """What a command makes, on one worker, of the members in a folder, written to `out` there."""
    where = folder / f"members.{ending}", "-o", folder / "out"
    arguments = [command, *where, "--workers", 1, *_TO, "--lang", lang, *options]
    done = CliRunner(env={"COLUMNS": "100"}).invoke(main, ["portfolio", *map(str, arguments)])
    return Results(done.exit_code, done.stdout, done.stderr, folder / "out")


def on_two_workers(folder: Path, command: str, *options: object) -> Results:
    """The same in processes, on two workers and in small parts, written to `two` there."""
    arguments = [command, folder / "members.ndjson", "-o", folder / "two", "--workers", 2, "--part", 9, *_TO, *options]
    process = [sys.executable, "-m", "subsim", "portfolio", *map(str, arguments)]
    done = subprocess.run(process, capture_output=True, text=True, timeout=60, check=False)
    return Results(done.returncode, done.stdout, done.stderr, folder / "two")


def generate(folder: Path, number: int, seed: int) -> tuple[list[Row], Row]:
    """Make up members and their header in a folder; each as it is written."""
    lines = generated(Block(0, number), seed=seed, years=3)
    (folder / "members.ndjson").write_bytes(lines)
    (folder / "header.yaml").write_text(header_of(3))
    return list(map(json.loads, lines.splitlines())), yaml.load(header_of(3), yaml.BaseLoader)


def scenario(record: Row, header: Row) -> Scenario:
    """A member under a header as a scenario: sorting keeps the announcements before the member's events of a date."""
    timeline = sorted([*header["announcements"], *record["timeline"]], key=lambda event: str(event["date"]))
    shared = {key: value for key, value in header.items() if key != "announcements"}
    return loads(json.dumps({"scenario": "One of many", **shared, **record, "timeline": timeline}))


def told_of(person: Person, timeline: tuple[Event, ...]) -> tuple[Row, list[tuple[str, Row]]]:
    """Who a member is and what happened: the values of all fields with their types, whatever class has them."""
    return _fields(person, Person), [(event.name, _fields(event, EVENTS[event.name])) for event in timeline]


def _fields(value: object, shape: type) -> Row:
    values = {field.name: getattr(value, field.name) for field in attrs.fields(shape)}
    return {name: (type(each), each) for name, each in values.items()}
