"""Members whose facts are in doubt: rejected with the option that settles them, or replayed as is assumed."""

from pathlib import Path

import duckdb
import pytest

from tests.support.portfolios import BASIS, PRICES, UNTIL, Results, on_members, results

HEADER = {"header": PRICES + UNTIL}
LETTER = [BASIS, "2020-09-15..2020-09-16 give_notice id: letter"]
"""From the 15th, + 30 days = 15 October, a quarter boundary; from the 16th the next is 15 January 2021."""
DISPUTED = [BASIS, "2020-09-15 give_notice disputed: true"]
CERTAIN = [BASIS]


def run(folder: Path, *members: list[str], assume: str = "", command: str = "run") -> Results:
    """What comes of these members under what is assumed."""
    return results(folder, command, HEADER, *members, more=assume)


def charged(found: Results) -> dict[int, str]:
    """What each member was charged, by line."""
    return {row["line"]: row["totals"]["charged"] for row in found.rows("outcomes")}


def test_a_member_in_doubt_is_rejected_with_the_option_at_each_doubt(tmp_path: Path) -> None:
    found = run(tmp_path, LETTER, CERTAIN, DISPUTED)
    assert (found.exit_code, charged(found)) == (1, {2: "1788.00"})
    assert found.rows("rejected") == [
        {
            "line": 1,
            "reason": "event 2: letter is in doubt, and this asks for one course of events "
            "(assume what it is, as by --assume letter=2020-09-15)",
        },
        {
            "line": 3,
            "reason": "event 2: give_notice:2 is in doubt, and this asks for one course of events "
            "(assume what it is, as by --assume give_notice:2=yes)",
        },
    ]


@pytest.mark.parametrize(("day", "amount"), [("2020-09-15", "1341.00"), ("2020-09-16", "1788.00")])
def test_what_is_assumed_holds_for_the_members_who_have_the_doubt(day: str, amount: str, tmp_path: Path) -> None:
    found = run(tmp_path, LETTER, CERTAIN, assume=f"--assume letter={day}")
    assert (found.exit_code, charged(found)) == (0, {1: amount, 2: "1788.00"})


@pytest.mark.parametrize(("happened", "amount"), [("yes", "1341.00"), ("no", "1788.00")])
def test_a_disputed_event_happened_or_not(happened: str, amount: str, tmp_path: Path) -> None:
    assert charged(run(tmp_path, DISPUTED, assume=f"--assume give_notice:2={happened}")) == {1: amount}


def test_what_a_member_cannot_have_rejects_him_alone(tmp_path: Path) -> None:
    found = run(
        tmp_path, LETTER, [BASIS, "2020-09-20..2020-09-22 give_notice id: letter"], assume="--assume letter=2020-09-15"
    )
    assert charged(found) == {1: "1341.00"}
    (rejected,) = found.rows("rejected")
    assert rejected == {
        "line": 2,
        "reason": "letter is '2020-09-15', expected a day from 2020-09-20 to 2020-09-22 or a range within",
    }


def test_what_no_member_has_is_an_error_and_nothing_is_left(tmp_path: Path) -> None:
    found = run(tmp_path, LETTER, assume="--assume letter=2020-09-15 --assume post=2020-09-15")
    assert (found.exit_code, list(found.folder.iterdir())) == (2, [])
    assert "no record has an event in doubt called 'post'" in found.stderr


@pytest.mark.parametrize("command", ["contested", "law"])
def test_every_command_goes_by_what_is_assumed(command: str, tmp_path: Path) -> None:
    assert run(tmp_path, LETTER, command=command).summary["rejected"] == 1
    assert run(tmp_path / "assumed", LETTER, command=command, assume="--assume letter=2020-09-15").exit_code == 0


def test_the_columns_of_csv_and_parquet_hold_doubts_too(tmp_path: Path) -> None:
    (tmp_path / "header.yaml").write_text(PRICES + UNTIL)
    rows = "member,date,event,package,billing,id,disputed\nA,2020-01-15,sign_up,basis,monthly,,\n"
    (tmp_path / "members.csv").write_text(rows + "A,2020-09-15..2020-09-16,give_notice,,,letter,true\n")
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{tmp_path}/members.csv')) TO '{tmp_path}/members.parquet'")
    for ending in ("csv", "parquet"):
        found = on_members(tmp_path, "run", "--assume", "letter=2020-09-15", ending=ending)
        assert (found.exit_code, charged(found)) == (0, {1: "1341.00"})
        for file in found.folder.iterdir():
            file.unlink()


@pytest.mark.parametrize("day", ["2020-02-01", "2020-03-10"])
def test_an_event_at_fault_has_its_number_in_the_line_whatever_is_assumed(day: str, tmp_path: Path) -> None:
    again = [BASIS, "2020-02-01..2020-03-10 log_in id: first", "2020-02-20 sign_up package: basis"]
    (row,) = run(tmp_path, again, assume=f"--assume first={day}").rows("rejected")
    assert row["reason"].startswith("event 3: the subscription 'main' is signed up again while it is live")
