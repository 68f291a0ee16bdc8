"""A number of the terms changed and another added, on a copy and in one file: every command takes them from there."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.copies import insert, on_copy

EXIT_DAYS = 'price_exit_days: int = _number(3, "prisaendringer.2", unit="days", largest=3660)'
NEW = 'praise_days: int = _number(9, "tvister.1", unit="days", largest=3660)'
SCENARIO = """\
scenario: A rise on 1 March
prices: {basis: 149.00}
member: {id: "7"}
until: 2021-12-01
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2021-01-10, event: announce_price_change, effective: 2021-03-01, prices: {basis: 169.00}}
"""
AT = ("--date", "2021-01-20")
COMMANDS: dict[str, tuple[str, ...]] = {
    "can-cancel": ("can-cancel", "rise.yaml", *AT),
    "can-cancel too late": ("can-cancel", "rise.yaml", "--date", "2021-02-25"),
    "can-cancel with both": (
        *("can-cancel", "rise.yaml", *AT, "--number", "praise-days=4", "--number", "price-exit-days=3"),
    ),
    "coming": ("coming", "rise.yaml", *AT),
    "letter": ("letter", "rise.yaml", *AT),
    "letter in Danish": ("letter", "rise.yaml", *AT, "--lang", "da"),
    "clauses": ("clauses",),
    "clauses in Danish": ("clauses", "--lang", "da"),
    "readings": ("readings",),
    "terms": ("terms",),
    "schema": ("schema",),
    "draw": ("draw", "rise.yaml", "-o", "life.svg"),
    "members init": ("members", "init", "--database", "sqlite:///base.db"),
    "members import": ("members", "import", "rise.yaml", "--database", "sqlite:///base.db"),
}
"""What is asked on the copy, in this order."""
PAGES = {
    "desk answer": "/en/members/7?date=2021-01-20&subscription=main",
    "desk number": "/api/v1/members/7/can-cancel?date=2021-01-20&number=praise-days%3D4",
    "desk schema": "/api/openapi.json",
}


def change(copy: Path) -> None:
    """The change itself, in one file, and the scenario that is asked."""
    insert(copy / "subsim/terms/terms.py", EXIT_DAYS, f"{EXIT_DAYS.replace('(3,', '(5,')}\n    {NEW}")
    (copy / "rise.yaml").write_text(SCENARIO, encoding="utf-8")


@cache
def results() -> Mapping[str, Any]:
    """What each command and page gives on the copy."""
    return on_copy(change, COMMANDS, PAGES)


@pytest.mark.parametrize("name", [*COMMANDS, *PAGES])
def test_a_command_succeeds_where_a_number_is_changed_and_one_is_new(name: str) -> None:
    found = results()[name]
    assert (found["fault"], found["code"]) == (None, 0), found["output"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("can-cancel", "notice by 24 February 2021"),
        ("can-cancel too late", "ordinary notice open 15 Apr 2021"),
        ("can-cancel with both", "notice by 26 February 2021"),
        ("coming", "24 Feb 2021 last day to give notice for 1 Mar 2021"),
        ("letter", "your notice must reach us by 24 February 2021"),
        ("letter", "Kabelplus must have the notice at least 5 days before"),
        ("letter in Danish", "24. februar 2021"),
        ("letter in Danish", "senest 5 dage forinden"),
        ("clauses", "at least 5 days before that day"),
        ("clauses in Danish", "senest 5 dage forinden"),
        ("terms", "price-exit-days: 5"),
        ("desk answer", "24 February 2021"),
    ],
)
def test_a_command_takes_the_changed_number(name: str, words: str) -> None:
    assert words in " ".join(results()[name]["output"].split())


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "can-cancel with both"])
def test_no_command_speaks_of_the_former_last_day_or_number(name: str) -> None:
    former = "notice by 26 February 2021", "at least 3 days", "senest 3 dage forinden"
    text = " ".join(results()[name]["output"].split())
    assert [words for words in former if words in text] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("readings", "praise-days 9 days tvister.1"),
        ("terms", "praise-days: 9"),
        ("schema", '"praise-days"'),
        ("desk schema", '"praise-days"'),
    ],
)
def test_a_command_knows_the_new_number(name: str, words: str) -> None:
    assert words in " ".join(results()[name]["output"].split())
