"""A new way out, made on a copy as docs/contributing.md says: a rule, a row and a scenario; every command knows it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.copies import commands_left_out, insert, on_copy, prepend

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
    "portfolio law": ("portfolio", "law", "all.ndjson", "-o", "law", "--workers", "1"),
    "portfolio contested": ("portfolio", "contested", "all.ndjson", "-o", "contested", "--workers", "1"),
    "members init": ("members", "init", "--database", "sqlite:///base.db"),
    "members import": ("members", "import", "moved.yaml", "--database", "sqlite:///base.db"),
    "members history": ("members", "history", "7", "--database", "sqlite:///base.db"),
}
"""What is asked on the copy, in this order."""
PAGES = {
    "desk answer": "/en/members/7?date=2020-03-05",
    "desk letter": "/en/members/7/letter?date=2020-03-05",
    "desk form": "/en/members/7/what-if?event=give_notice",
    "desk effect": "/en/members/7/what-if?event=give_notice&date=2020-03-20&ground=relocation",
    "desk history": "/en/members/7/history",
    "desk schema": "/api/openapi.json",
    "desk can-cancel": "/api/v1/members/7/can-cancel?date=2020-03-05",
}
"""What a desk is asked then, of the member in the base."""


def change(copy: Path) -> None:
    """The change itself: a rule under its heading, a row, a scenario."""
    rules, table = copy / "subsim/rules/eligibility.py", copy / "subsim/engine/ways.py"
    prepend(
        rules,
        "from subsim.basics.dates import Day, days_after\nfrom subsim.basics.enumerations import Route\n"
        "from subsim.membership.subscription import Subscription\nfrom subsim.membership.ways import Way, closed\n",
    )
    rules.write_text(f"{rules.read_text(encoding='utf-8')}\n{RULE}", encoding="utf-8")
    insert(table, "from subsim.rules import termination,", "from subsim.rules import eligibility, termination,")
    insert(table, "\n    termination.ORDINARY: WayRow(", ROW)
    (copy / "moved.yaml").write_text(SCENARIO, encoding="utf-8")


def whole_change(copy: Path) -> None:
    """The change, and the files that the commands read."""
    change(copy)
    (copy / "earlier.yaml").write_text(EARLIER, encoding="utf-8")
    (copy / "header.yaml").write_text(HEADER, encoding="utf-8")
    (copy / "all.ndjson").write_text(json.dumps(MEMBER) + "\n", encoding="utf-8")


@cache
def results() -> Mapping[str, Any]:
    """What each command and page gives on the copy."""
    return on_copy(whole_change, COMMANDS, PAGES)


@pytest.mark.parametrize("name", [*COMMANDS, *PAGES])
def test_a_command_succeeds_where_a_way_out_is_new(name: str) -> None:
    found = results()[name]
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
        ("desk answer", "move abroad"),
        ("desk form", "move abroad"),
        ("desk effect", "move abroad"),
        ("desk schema", '"relocation"'),
        ("desk can-cancel", '"relocation"'),
    ],
)
def test_a_command_speaks_of_the_new_way_out(name: str, words: str) -> None:
    assert words in " ".join(results()[name]["output"].split())


def test_an_exploration_gives_notice_by_it_and_looks_for_it() -> None:
    found = results()["exploration"]
    assert "relocation" in found["grounds"]
    assert {"route relocation", "end relocation", "refusal give_notice adgang.10"} <= set(found["targets"])


def test_every_command_is_among_them() -> None:
    assert commands_left_out(COMMANDS) == set()
