"""A new way out, made on a copy as docs/contributing.md says: a rule, a row and a scenario; every command knows it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from subsim.shell.commands import main
from tests.support.command import REPOSITORY

RULE = '''
RELOCATION: Route = "relocation"


def way(member: Member, subscription: Subscription, notice: Day) -> Way:
    """The way out of a member who lives abroad: the day after the notice."""
    if member.resident == "DK":
        return closed(RELOCATION, "adgang.10", Message("the member lives in Denmark"))
    return Way(RELOCATION, "adgang.10", Message("the member lives abroad"), days_after(notice, 1))
'''
ROW = """
    eligibility.RELOCATION: WayRow(
        rule=eligibility.way,
        clauses=("adgang.10",),
        refused_by=("adgang.10",),
        has_last_day=False,
        label=Message("move abroad"),
        answer=Message("Yes: a notice received on {day} ends the subscription on {end} as the member lives abroad"),
        lead=Message("Yes, you can cancel because you have moved abroad."),
    ),
    termination.ORDINARY: WayRow("""
SCENARIO = """\
scenario: A member who has moved abroad leaves the day after the notice
prices: {basis: 149.00}
member: {id: "7"}
until: 2020-08-01
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-03-01, event: move, resident: SE}
  - {date: 2020-03-10, event: give_notice, ground: relocation}
expect: {ended_on: 2020-03-11, end_reason: relocation}
ask:
  - {date: 2020-03-05, route: relocation, routes: {relocation: {ends_on: 2020-03-06}}}
"""
EARLIER = SCENARIO.replace("  - {date: 2020-03-10, event: give_notice, ground: relocation}\n", "").replace(
    "expect: {ended_on: 2020-03-11, end_reason: relocation}\n", ""
)
MEMBER = {
    "member": {"id": "7"},
    "timeline": [
        {"date": "2020-01-15", "event": "sign_up", "package": "basis"},
        {"date": "2020-03-01", "event": "move", "resident": "SE"},
        {"date": "2020-03-10", "event": "give_notice", "ground": "relocation"},
    ],
}
HEADER = "prices: {basis: 149.00}\nuntil: 2020-08-01\n"
AT = ("--date", "2020-03-05")
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "moved.yaml", "--coverage"),
    "replay": ("replay", "moved.yaml"),
    "can-cancel": ("can-cancel", "earlier.yaml", *AT, "--wanted-end", "2020-03-20"),
    "can-cancel as JSON": ("can-cancel", "earlier.yaml", *AT, "--format", "json"),
    "what-if": ("what-if", "earlier.yaml", "--try", "2020-03-20 give_notice ground=relocation"),
    "cheapest-exit": ("cheapest-exit", "earlier.yaml", *AT),
    "coming": ("coming", "earlier.yaml", *AT),
    "coming where it stands": ("coming", "moved.yaml", "--date", "2020-03-10"),
    "letter": ("letter", "earlier.yaml", *AT, "-o", "letter.md"),
    "verify": ("verify", "letter.md", "earlier.yaml"),
    "terms": ("terms",),
    "draw": ("draw", "moved.yaml", "-o", "life.svg", "--date", "2020-03-10"),
    "explain": ("explain", "moved.yaml"),
    "explain end": ("explain", "moved.yaml", "--about", "ended_on"),
    "compare": ("compare", "moved.yaml"),
    "explore": ("explore", "--events", "1", "--show", "phase trial"),
    "clauses": ("clauses",),
    "readings": ("readings",),
    "audit": ("audit", "-o", "-"),
    "policies": ("policies",),
    "retention": ("retention", "moved.yaml", "--date", "2020-08-01", "--policy", "kabelplus"),
    "schema": ("schema",),
    "schema of answers": ("schema", "--of", "can-cancel"),
    "portfolio run": ("portfolio", "run", "all.ndjson", "-o", "results", "--plot", "svg", "--workers", "1"),
    "portfolio contested": ("portfolio", "contested", "all.ndjson", "-o", "contested", "--workers", "1"),
    "members init": ("members", "init", "--database", "sqlite:///base.db"),
    "members import": ("members", "import", "moved.yaml", "--database", "sqlite:///base.db"),
    "members history": ("members", "history", "7", "--database", "sqlite:///base.db"),
}
"""What is asked on the copy, in this order."""
APART = {
    "serve": "it serves until it is stopped",
    "token": "it knows no ways out",
    "conformance": "it asks another system",
    "new": "it writes a file to start from",
}
RUN_ALL = """
import json, sys
from click.testing import CliRunner
from subsim.shell.commands import main
shown = {}
for name, arguments in json.load(sys.stdin).items():
    done = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    fault = None if done.exception is None or isinstance(done.exception, SystemExit) else repr(done.exception)
    shown[name] = {"code": done.exit_code, "output": done.output, "fault": fault}
from subsim.exploring.alphabet import ALPHABET
from subsim.exploring.targets import TARGETS
explored = sorted({str(each.fields["ground"]) for each in ALPHABET if "ground" in each.fields})
shown["exploration"] = {"grounds": explored, "targets": [f"{each.kind} {each.name}" for each in TARGETS]}
json.dump(shown, sys.stdout)
"""


def insert(path: Path, before: str, text: str) -> None:
    """Put a text in the place of another that stands once in a file."""
    source = path.read_text(encoding="utf-8")
    assert source.count(before) == 1, before
    path.write_text(source.replace(before, text), encoding="utf-8")


def change(copy: Path) -> None:
    """The change itself: a rule under its heading, a row, a scenario."""
    rules, table = copy / "subsim/rules/eligibility.py", copy / "subsim/engine/ways.py"
    rules.write_text(
        "from subsim.basics.dates import Day, days_after\nfrom subsim.basics.enumerations import Route\n"
        "from subsim.membership.subscription import Subscription\nfrom subsim.membership.ways import Way, closed\n"
        f"{rules.read_text(encoding='utf-8')}\n{RULE}",
        encoding="utf-8",
    )
    insert(table, "from subsim.rules import termination,", "from subsim.rules import eligibility, termination,")
    insert(table, "\n    termination.ORDINARY: WayRow(", ROW)
    (copy / "moved.yaml").write_text(SCENARIO, encoding="utf-8")


@cache
def shown() -> Mapping[str, Any]:
    """What each command gives on the copy: its exit code, its output, and the exception that ended it, if any.

    `exploration` holds the grounds and the targets of an exploration, which itself takes minutes.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(REPOSITORY / "subsim", copy / "subsim", ignore=shutil.ignore_patterns("__pycache__"))
        change(copy)
        (copy / "earlier.yaml").write_text(EARLIER, encoding="utf-8")
        (copy / "header.yaml").write_text(HEADER, encoding="utf-8")
        (copy / "all.ndjson").write_text(json.dumps(MEMBER) + "\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", RUN_ALL],
            input=json.dumps(COMMANDS),
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": "agg"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        found: Mapping[str, Any] = json.loads(done.stdout)
        return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_succeeds_where_a_way_out_is_new(name: str) -> None:
    found = shown()[name]
    assert (found["fault"], found["code"]) == (None, 0), found["output"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("run", "1 file, 1 case: all hold"),
        ("replay", "move abroad"),
        ("can-cancel", "Yes: a notice received on 5 March 2020 ends the subscription on 6 March 2020 as the member"),
        ("what-if", "move abroad"),
        ("cheapest-exit", "move abroad"),
        ("explain", "the member lives abroad"),
        ("compare", "move abroad"),
        ("schema", '"relocation"'),
        ("schema of answers", '"relocation"'),
        ("portfolio run", "move abroad"),
    ],
)
def test_a_command_speaks_of_the_new_way_out(name: str, words: str) -> None:
    assert words in " ".join(shown()[name]["output"].split())


def test_an_exploration_gives_notice_by_it_and_looks_for_it() -> None:
    found = shown()["exploration"]
    assert "relocation" in found["grounds"]
    assert {"route relocation", "end relocation", "refusal give_notice adgang.10"} <= set(found["targets"])


def test_every_command_is_among_them() -> None:
    assert {arguments[0] for arguments in COMMANDS.values()} | set(APART) == set(main.list_commands(None))  # type: ignore[arg-type]
