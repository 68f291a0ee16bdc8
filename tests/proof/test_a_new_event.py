"""A new event, made on a copy as docs/contributing.md says: a class, a rule and a scenario; every command knows it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.copies import commands_left_out, insert, on_copy, prepend

CLASS = '''
@frozen(kw_only=True)
class Praise(SubscriptionEvent):
    """The member praises the service, perhaps in words."""

    label = Message("praise")
    the = Message("the praise")
    left_out = Message("Had there been no praise on {days}")
    synonyms = "ros"

    note: str | None = None


# Equipment
'''
RULE = '''
def praise(member: Member, subscription: Subscription, event: Praise) -> Ruling:
    """Praise is refused where the subscription has ended, and else changes nothing."""
    if subscription.ended_on is not None:
        return refuse("tvister.1", Message("the subscription has ended"))
    return accept("tvister.1", Message("Kabelplus says thank you"))


RULES: tuple[Rule, ...] = (
    of_subscription(Praise, praise, "tvister.1"),
'''
SCENARIO = """\
scenario: Praise after the end is refused
prices: {basis: 149.00}
member: {id: "7"}
until: 2021-08-01
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis, billing: monthly}
  - {date: 2020-03-01, event: praise, note: quick}
  - {date: 2020-07-01, event: give_notice}
  - {date: 2021-02-01, event: praise}
expect:
  state: ended
  refused: [{date: 2021-02-01, event: praise, clause: tvister.1}]
"""
IN_DOUBT = """\
scenario: The praise came on one of two days
prices: {basis: 149.00}
member: {id: "8"}
until: 2020-08-01
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-03-01..2020-03-02, event: praise}
"""
MEMBER = {
    "member": {"id": "7"},
    "timeline": [
        {"date": "2020-01-15", "event": "sign_up", "package": "basis"},
        {"date": "2020-03-01", "event": "praise"},
    ],
}
ROWS = "member,date,event,package,note\n7,2020-01-15,sign_up,basis,\n7,2020-03-01,praise,,quick\n"
HEADER = "prices: {basis: 149.00}\nuntil: 2020-08-01\n"
AT = ("--date", "2020-03-05")
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "praised.yaml", "--coverage"),
    "replay": ("replay", "praised.yaml"),
    "can-cancel": ("can-cancel", "praised.yaml", *AT),
    "can-cancel in doubt": ("can-cancel", "in-doubt.yaml", *AT),
    "what-if": ("what-if", "praised.yaml", "--try", "2020-03-20 praise note=again"),
    "cheapest-exit": ("cheapest-exit", "praised.yaml", *AT),
    "coming": ("coming", "praised.yaml", *AT),
    "letter": ("letter", "praised.yaml", *AT, "-o", "letter.md"),
    "letter in doubt": ("letter", "in-doubt.yaml", *AT, "-o", "doubt.md"),
    "verify": ("verify", "letter.md", "praised.yaml"),
    "terms": ("terms",),
    "draw": ("draw", "praised.yaml", "-o", "life.svg"),
    "explain": ("explain", "praised.yaml"),
    "explain date": ("explain", "praised.yaml", "--date", "2020-03-01"),
    "compare": ("compare", "praised.yaml"),
    "clauses": ("clauses",),
    "readings": ("readings",),
    "audit": ("audit", "-o", "-"),
    "policies": ("policies",),
    "retention": ("retention", "praised.yaml", "--date", "2020-08-01", "--policy", "kabelplus"),
    "explore": ("explore", "--events", "1", "--show", "phase trial"),
    "schema": ("schema",),
    "schema of outcomes": ("schema", "--of", "replay"),
    "portfolio generate": (
        "portfolio",
        "generate",
        "--members",
        "20",
        "--seed",
        "1",
        "-o",
        "made/all.ndjson",
        "--workers",
        "1",
    ),
    "portfolio run": ("portfolio", "run", "all.ndjson", "-o", "results", "--workers", "1"),
    "portfolio run as CSV": ("portfolio", "run", "all.csv", "-o", "from-csv", "--workers", "1"),
    "portfolio law": ("portfolio", "law", "all.ndjson", "-o", "law", "--workers", "1"),
    "portfolio contested": ("portfolio", "contested", "all.ndjson", "-o", "contested", "--workers", "1"),
    "members init": ("members", "init", "--database", "sqlite:///base.db"),
    "members import": ("members", "import", "praised.yaml", "--database", "sqlite:///base.db"),
    "members history": ("members", "history", "7", "--database", "sqlite:///base.db"),
}
"""What is asked on the copy, in this order."""
PAGES = {
    "desk answer": "/en/members/7?date=2020-03-05",
    "desk choice": "/en/members/7/what-if",
    "desk form": "/en/members/7/what-if?event=praise",
    "desk effect": "/en/members/7/what-if?event=praise&date=2020-03-20&note=again",
    "desk history": "/en/members/7/history",
    "desk schema": "/api/openapi.json",
    "desk timeline": "/api/v1/members/7",
}
"""What a desk is asked then, of the member in the base."""


def change(copy: Path) -> None:
    """The change itself, a class, a rule and a scenario, and the other files that the commands read."""
    events, rules = copy / "subsim/membership/events.py", copy / "subsim/rules/complaints.py"
    insert(events, "\n# Equipment\n", CLASS)
    insert(events, "*(Complain, Transfer, Move),", "*(Complain, Praise, Transfer, Move),")
    insert(rules, "\nRULES: tuple[Rule, ...] = (", RULE)
    prepend(
        rules,
        "from subsim.membership.events import Praise\nfrom subsim.membership.rulings import refuse\n"
        "from subsim.membership.rules import of_subscription\n"
        "from subsim.membership.subscription import Subscription\n",
    )
    (copy / "praised.yaml").write_text(SCENARIO, encoding="utf-8")
    (copy / "in-doubt.yaml").write_text(IN_DOUBT, encoding="utf-8")
    (copy / "all.ndjson").write_text(json.dumps(MEMBER) + "\n", encoding="utf-8")
    (copy / "all.csv").write_text(ROWS, encoding="utf-8")
    (copy / "made").mkdir()
    (copy / "header.yaml").write_text(HEADER, encoding="utf-8")


@cache
def results() -> Mapping[str, Any]:
    """What each command and page gives on the copy."""
    return on_copy(change, COMMANDS, PAGES)


@pytest.mark.parametrize("name", [*COMMANDS, *PAGES])
def test_a_command_succeeds_where_an_event_is_new(name: str) -> None:
    found = results()[name]
    assert (found["fault"], found["code"]) == (None, 0), found["output"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("run", "1 file, 1 case: all hold"),
        ("replay", "praise"),
        ("can-cancel in doubt", "the praise"),
        ("what-if", "praise"),
        ("explain date", "Kabelplus says thank you"),
        ("schema", '"praise"'),
        ("members history", "praise"),
        ("reference", "|complain|praise|transfer|"),
        ("desk choice", ">praise</option>"),
        ("desk form", "Note"),
        ("desk effect", "praise"),
        ("desk history", "praise"),
        ("desk schema", '"praise"'),
    ],
)
def test_a_command_speaks_of_the_new_event(name: str, words: str) -> None:
    assert words in " ".join(results()[name]["output"].split())


def test_an_exploration_tries_it_and_looks_for_its_refusal() -> None:
    found = results()["exploration"]
    assert "praise" in found["events"]
    assert "refusal praise tvister.1" in found["targets"]


def test_every_command_is_among_them() -> None:
    assert commands_left_out(COMMANDS) == set()
