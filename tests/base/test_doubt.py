"""Facts in doubt in a base: recorded with a range of days or as disputed, asked, and settled by a correction."""

import json
from pathlib import Path
from typing import Any

import pytest

from subsim.base.database import make
from tests.support.members import Base

SIGNED_UP = """\
scenario: Anna has signed up
prices: {basis: 149.00}
member: {id: anna}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
"""
IN_DOUBT = """\
  - {id: activated, date: 2020-01-18, event: activate, disputed: true}
  - {id: letter, date: 2020-03-01..2020-03-20, event: give_notice}
"""


@pytest.fixture
def base(tmp_path: Path) -> Base:
    """A base with Anna, of whom nothing is in doubt."""
    found = Base(f"sqlite:///{tmp_path / 'members.db'}")
    make(found.address).close()
    return imported(found, tmp_path / "anna.yaml", SIGNED_UP)


def imported(base: Base, file: Path, text: str, *options: str) -> Base:
    """The base with the member of a file."""
    file.write_text(text, encoding="utf-8")
    result = base.members("import", file, *options)
    assert result.exit_code == 0, result.stderr
    return base


def ends(base: Base, *options: str) -> list[str]:
    """The ends that a notice of 1 April 2021 may lead to, the soonest first."""
    result = base.run("can-cancel", "@anna", "--date", "2021-04-01", "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    return [case["earliest_end"] for case in json.loads(result.stdout)["cases"]]


def test_a_file_in_doubt_is_imported_as_it_is(base: Base, tmp_path: Path) -> None:
    imported(base, tmp_path / "anna.yaml", SIGNED_UP + IN_DOUBT, "--replace")
    events = base.json("show", "anna")["scenario"]["timeline"]
    assert events[1:] == [
        {"date": "2020-01-18", "event": "activate", "id": "activated", "disputed": True},
        {"date": "2020-03-01..2020-03-20", "event": "give_notice", "id": "letter"},
    ]


def test_the_same_file_in_doubt_changes_nothing(base: Base, tmp_path: Path) -> None:
    imported(base, tmp_path / "anna.yaml", SIGNED_UP + IN_DOUBT, "--replace")
    assert base.json("import", tmp_path / "anna.yaml")["unchanged"] == 1


def test_a_fact_is_recorded_on_one_of_some_days_and_settled_by_a_correction(base: Base) -> None:
    written = base.json("record", "anna", "2021-03-10..2021-03-20 give_notice id=letter")
    assert (written["version"], written["changes"]["worlds"]) == (2, {"possible": 11, "impossible": 0})
    in_doubt = ends(base)
    base.json("correct", "anna", written["fact"], "2021-03-12 give_notice")
    assert (in_doubt, ends(base)) == (["2021-04-15", "2021-07-15"], ["2021-04-15"])


def ended_on(changes: Any) -> list[Any]:
    """By the facts on which it hangs the day of the end as it is and as it would be."""
    return [
        (each["facts"], *(each[side] and each[side].get("ended_on") for side in ("before", "after")))
        for each in changes["subscriptions"]
    ]


def test_a_write_tells_what_it_changes_in_every_course_of_events(base: Base) -> None:
    written = base.json("record", "anna", "2021-03-16..2021-03-17 give_notice id=letter")
    assert ended_on(written["changes"]) == [
        ([{"letter": "2021-03-16"}], None, "2021-04-15"),
        ([{"letter": "2021-03-17"}], None, "2021-07-15"),
    ]


def test_settling_a_fact_tells_what_it_changes_where_it_was_otherwise(base: Base) -> None:
    written = base.json("record", "anna", "2021-03-16..2021-03-17 give_notice id=letter")
    settled = base.json("correct", "anna", written["fact"], "2021-03-16 give_notice id=letter")
    assert ended_on(settled["changes"]) == [([{"letter": "2021-03-17"}], "2021-07-15", "2021-04-15")]


def test_taking_a_disputed_fact_back_changes_something_only_if_it_happened(base: Base) -> None:
    written = base.json("record", "anna", "2021-03-12 give_notice id=letter disputed=true")
    retracted = base.json("retract", "anna", written["fact"])
    assert ended_on(retracted["changes"]) == [([{"letter": True}], "2021-04-15", None)]


def test_a_write_that_leaves_the_same_fact_in_doubt_tells_no_changes(base: Base) -> None:
    written = base.json("record", "anna", "2021-03-16..2021-03-20 give_notice id=letter")
    narrowed = base.json("correct", "anna", written["fact"], "2021-03-16..2021-03-17 give_notice id=letter")
    assert narrowed["changes"] is None


def test_a_certain_event_beside_a_fact_in_doubt_is_told_with_what_it_changes_in_any_case(base: Base) -> None:
    base.json("record", "anna", "2021-03-16..2021-03-17 give_notice id=letter")
    written = base.json("record", "anna", "2021-03-18 move resident=SE")
    assert [(each["event"], each["facts"]) for each in written["changes"]["tried"]] == [("move", [{}])]


def test_a_fact_is_recorded_as_disputed_and_taken_back(base: Base) -> None:
    written = base.json("record", "anna", "2021-03-12 give_notice disputed=true")
    in_doubt = ends(base)
    retracted = base.json("retract", "anna", written["fact"])
    assert (in_doubt, ends(base), retracted["version"]) == (["2021-04-15", "2021-07-15"], ["2021-07-15"], 3)


@pytest.mark.parametrize(("assumed", "end"), [("2021-03-16", "2021-04-15"), ("2021-03-17", "2021-07-15")])
def test_what_is_assumed_of_a_member_settles_the_answer(base: Base, assumed: str, end: str) -> None:
    base.json("record", "anna", "2021-03-10..2021-03-20 give_notice id=letter")
    assert ends(base, "--assume", f"letter={assumed}") == [end]


def test_a_range_moves_until_to_its_last_day(base: Base) -> None:
    base.json("record", "anna", "2021-03-10..2021-03-20 complain")
    assert base.json("show", "anna")["scenario"]["until"] == "2021-03-20"


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        ("2021-03-20..2021-03-10 complain", "the first day of a range is before the last"),
        ("2020-02-01..2020-02-05 sign_up package=basis", "no setting of what is in doubt makes a timeline that is"),
        ("2021-03-10 complain disputed=perhaps", "disputed is 'perhaps': neither true nor false"),
    ],
)
def test_what_no_file_could_hold_is_refused_and_nothing_is_stored(base: Base, event: str, fault: str) -> None:
    result = base.members("record", "anna", event)
    assert (result.exit_code, fault in result.stderr) == (2, True), result.stderr
    assert base.json("show", "anna")["version"] == 1


def test_a_member_in_doubt_is_exported_in_doubt(base: Base, tmp_path: Path) -> None:
    (tmp_path / "header.yaml").write_text("prices: {basis: 149.00}\n", encoding="utf-8")
    assert base.members("header", tmp_path / "header.yaml").exit_code == 0
    line = '{"member": {"id": "bo"}, "timeline": [{"date": "2020-02-01", "event": "sign_up", "package": "basis"}]}\n'
    imported(base, tmp_path / "members.ndjson", line)
    base.json("record", "bo", "2021-03-10..2021-03-20 complain")
    base.members("export", "-o", tmp_path / "out.ndjson")
    lines = (tmp_path / "out.ndjson").read_text(encoding="utf-8").splitlines()
    (bo,) = (each for each in map(json.loads, lines) if each["member"]["id"] == "bo")
    assert bo["timeline"][1] == {"date": "2021-03-10..2021-03-20", "event": "complain"}
