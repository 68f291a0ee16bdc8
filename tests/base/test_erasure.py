"""`subsim members erase`: what is due is gone from the base, and what is kept comes out as before."""

import json
from pathlib import Path
from typing import Any

import pytest

from subsim.base.database import make
from tests.support.members import Base

pytestmark = pytest.mark.xdist_group("base members")  # which starts its servers once

BO = [
    {"date": "2019-01-01", "event": "relationship_start"},
    {"date": "2020-01-10", "event": "data_registered", "category": "calls", "id": "call-1"},
    {"date": "2020-04-30", "event": "relationship_end"},
]
"""Customer and call were due on 30 June 2020; nothing keeps them."""
EVA = [
    {"date": "2024-02-01", "event": "relationship_start"},
    {"date": "2024-03-05", "event": "data_registered", "category": "bookkeeping", "id": "v1"},
    {"date": "2024-05-05", "event": "contact"},
    {"date": "2025-01-15", "event": "relationship_end"},
]
"""Customer and correspondence were due on 15 March 2025; the voucher of 2024 is kept until 1 January 2030."""
ANNA = """\
scenario: Anna Ærø left long ago
retention: {policy: kabelplus, settings: {clean_up: 02-01}}
prices: {basis: 149.00}
member: {id: anna, name: Anna Ærø, email: anna@example.dk, phone: "12345678", born: 1980-01-01}
timeline:
  - {date: 2022-01-15, event: sign_up, package: basis}
  - {date: 2022-02-28, event: log_in}
  - {date: 2022-06-10, event: give_notice}
  - {date: 2022-06-11, event: contact}
"""
"""Due on 1 February 2024; the vouchers of January and April 2022 on 1 February 2028."""


@pytest.fixture
def base(address: str, tmp_path: Path) -> Base:
    """A base with Bo, Eva and Anna."""
    make(address).close()
    header, people, anna = tmp_path / "header.yaml", tmp_path / "members.ndjson", tmp_path / "anna.yaml"
    header.write_text("retention: {policy: cekura}\n")
    people.write_text(line("bo", "Bo Bosen", BO) + line("eva", "Eva Evasen", EVA))
    anna.write_text(ANNA)
    found = Base(address)
    assert found.members("header", header).exit_code == 0
    assert found.json("import", people, anna)["added"] == 3
    return found


def line(id: str, name: str, timeline: list[dict[str, str]]) -> str:
    return json.dumps({"member": {"id": id, "name": name}, "timeline": timeline}) + "\n"


def events(base: Base, id: str) -> list[Any]:
    """Every event of every record of a member."""
    return [each["event"]["event"] for each in base.json("history", id)["history"]]


def test_of_a_member_of_whom_all_is_due_only_the_proof_is_left(base: Base) -> None:
    erased = base.json("erase", "bo")
    assert (erased["whole"], erased["facts_deleted"], erased["version"]) == (True, 3, 2)
    (proof,) = base.json("history", "bo")["history"]
    assert proof["event"] | {"date": ""} == {"date": "", "event": "disposed", "categories": ["customer", "calls"]}


def test_the_name_is_no_longer_found(base: Base) -> None:
    assert [each["id"] for each in base.json("list", "--search", "bosen")["members"]] == ["bo"]
    base.json("erase", "bo")
    assert base.json("list", "--search", "bosen")["members"] == []
    assert base.json("show", "bo")["scenario"]["member"] == {"id": "bo"}


def test_what_a_minimum_keeps_stays_with_the_facts_that_it_hangs_on(base: Base) -> None:
    erased = base.json("erase", "eva")
    assert [(each["category"], each["id"], each["dispose_by"]) for each in erased["kept"]] == [
        ("bookkeeping", "v1", "2030-01-01")
    ]
    assert events(base, "eva") == ["data_registered", "disposed"]


def test_vouchers_of_the_agreement_keep_the_events_that_they_are_billed_by(base: Base) -> None:
    base.json("erase", "anna")
    assert events(base, "anna") == ["sign_up", "give_notice", "disposed"]
    scenario = base.json("show", "anna")["scenario"]
    assert (scenario["scenario"], scenario["member"]) == ("anna", {"id": "anna"})


def test_what_is_kept_comes_out_after_the_erasure_as_before(base: Base) -> None:
    kept = base.json("erase", "anna", "--dry-run")["kept"]
    base.json("erase", "anna")
    assert base.json("erase", "anna")["kept"] == kept


def test_a_dry_run_and_a_second_erasure_change_nothing(base: Base) -> None:
    assert base.json("erase", "bo", "--dry-run")["whole"]
    assert len(events(base, "bo")) == 3
    base.json("erase", "bo")
    again = base.json("erase", "bo")
    assert (again["disposed"], again["facts_deleted"], again["version"]) == ([], 0, 2)


def test_no_byte_of_the_name_is_left_in_the_file(base: Base) -> None:
    if not base.address.startswith("sqlite"):
        pytest.skip("PostgreSQL keeps what was deleted until its own clean-up")
    for id in ("bo", "anna"):
        base.json("erase", id)
    file = Path(base.address.removeprefix("sqlite:///"))
    left = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    assert (b"Bosen" in left, b"Anna" in left, b"Evasen" in left) == (False, False, True)


def test_a_member_without_a_policy_is_told_what_to_add(base: Base, tmp_path: Path) -> None:
    file = tmp_path / "per.yaml"
    file.write_text(ANNA.replace("retention:", "# retention:").replace("  - {date: 2022-06-11, event: contact}\n", ""))
    base.json("import", file, "--replace")
    result = base.members("erase", "anna")
    assert (result.exit_code, "add retention: {policy: NAME}" in result.stderr) == (2, True)
