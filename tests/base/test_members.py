"""The commands of a member base, on SQLite and on PostgreSQL."""

import json
import threading
from pathlib import Path

import pytest

from subsim.base.database import BaseRefused, make, opened
from subsim.base.member import member_at
from subsim.basics.instants import in_copenhagen, moment_of
from tests.support.command import REPOSITORY
from tests.support.members import Base

pytestmark = pytest.mark.xdist_group("base members")  # which starts its servers once

ANNA = """\
scenario: Anna leaves in the binding
prices: {basis: 149.00, family: 299.00}
member: {id: "10042", name: Anna Ærø Hansen, email: anna@example.dk, phone: 12 34 56 78}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-01-15, event: log_in}
  - {date: 2020-03-01, event: give_notice}
"""
HEADER = """\
prices: {basis: 149.00, family: 299.00}
readings: {upgrade-charge: prorated}
announcements:
  - {date: 2020-02-01, event: announce_price_change, prices: {basis: 159.00}, effective: 2020-08-01}
"""
BO = '{"member": {"id": "bo"}, "timeline": [{"date": "2020-02-01", "event": "sign_up", "package": "basis"}]}\n'


@pytest.fixture
def base(address: str) -> Base:
    """A base without a header and without members."""
    make(address).close()
    return Base(address)


@pytest.fixture
def anna(base: Base, tmp_path: Path) -> Base:
    """A base with Anna, from a scenario file."""
    file = tmp_path / "anna.yaml"
    file.write_text(ANNA, encoding="utf-8")
    assert base.json("import", file)["added"] == 1
    return base


@pytest.fixture
def bo(base: Base, tmp_path: Path) -> Base:
    """A base with a header and Bo, from NDJSON."""
    header, file = tmp_path / "header.yaml", tmp_path / "members.ndjson"
    header.write_text(HEADER, encoding="utf-8")
    file.write_text(BO, encoding="utf-8")
    assert base.members("header", header).exit_code == 0
    assert base.json("import", file)["added"] == 1
    return base


def facts(base: Base, id: str = "10042") -> list[tuple[int, str, str]]:
    """Each fact that stands: its id, its date and its event."""
    found = base.json("show", id)["facts"]
    return [(fact["fact"], fact["event"]["date"], fact["event"]["event"]) for fact in found]


# The tables


def test_a_command_without_a_base_is_refused_and_makes_none(address: str) -> None:
    result = Base(address).members("list")
    assert result.exit_code == 2
    assert result.stderr.startswith("there is no base at ")
    assert Base(address).members("list").exit_code == 2


def test_tables_are_not_made_where_there_are_some(base: Base) -> None:
    result = base.members("init")
    assert (result.exit_code, "there are tables already" in result.stderr) == (2, True)


def test_an_older_base_is_refused_until_it_is_upgraded(address: str) -> None:
    make(address, "1").close()
    base = Base(address)
    assert "older than this version" in base.members("list").stderr
    assert base.json("upgrade")["version"] == "2"
    assert base.json("list") == {"members": [], "next": None}


def test_a_newer_base_is_refused(base: Base) -> None:
    from sqlalchemy import text

    database = opened(base.address)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '99'"))
    database.close()
    for command in ("list", "upgrade"):
        result = base.members(command)
        assert (result.exit_code, "newer than this version" in result.stderr) == (2, True)


def test_a_header_with_a_fault_leaves_no_base(address: str, tmp_path: Path) -> None:
    header = tmp_path / "header.yaml"
    header.write_text("prices: {basis: -1}", encoding="utf-8")
    assert Base(address).members("init", "--header", header).exit_code == 2
    assert "there is no base" in Base(address).members("list").stderr


def test_a_base_that_is_taken_away_while_it_is_open_is_missed_and_another_one_in_its_place_is_read(
    tmp_path: Path,
) -> None:
    path, other = tmp_path / "members.db", tmp_path / "other.db"
    make(f"sqlite:///{path}").close()
    make(f"sqlite:///{other}").close()
    file = tmp_path / "anna.yaml"
    file.write_text(ANNA, encoding="utf-8")
    Base(f"sqlite:///{other}").json("import", file)
    database = opened(f"sqlite:///{path}")
    path.unlink()
    with pytest.raises(BaseRefused), database.reading() as connection:
        member_at(connection, "10042")
    other.rename(path)
    with database.reading() as connection:
        assert member_at(connection, "10042").version == 1
    database.close()


# Import


def test_a_member_answers_like_his_file_to_the_byte(anna: Base, tmp_path: Path) -> None:
    for command in (["replay"], ["can-cancel", "--date", "2020-03-05"], ["compare"], ["explain"]):
        of_file = anna.run(command[0], tmp_path / "anna.yaml", *command[1:], "--format", "json")
        of_member = anna.run(command[0], "@10042", *command[1:], "--format", "json")
        assert (of_member.exit_code, of_member.stdout_bytes) == (0, of_file.stdout_bytes)


@pytest.mark.parametrize("name", ["kabelplus/a-return-in-time", "cekura/another-number-of-months"])
def test_what_is_held_about_a_member_is_told_like_of_his_file(base: Base, name: str) -> None:
    file = REPOSITORY / "scenarios" / "retention" / f"{name}.yaml"
    base.json("import", file)
    asked = ("--date", "2021-08-28", "--format", "json")
    of_member, of_file = (base.run("retention", each, *asked) for each in (f"@{file.stem}", file))
    assert (of_member.exit_code, of_member.stdout_bytes) == (0, of_file.stdout_bytes)


def test_the_same_facts_again_change_nothing(anna: Base, tmp_path: Path) -> None:
    again = anna.json("import", tmp_path / "anna.yaml")
    assert again == {"added": 0, "unchanged": 1, "replaced": 0, "refused": []}
    assert anna.json("show", "10042")["version"] == 1


def test_a_default_written_out_is_the_same_fact(anna: Base, tmp_path: Path) -> None:
    file = tmp_path / "again.yaml"
    file.write_text(ANNA.replace("sign_up, package", "sign_up, channel: online, package"), encoding="utf-8")
    assert anna.json("import", file)["unchanged"] == 1


def test_other_facts_of_a_known_member_are_an_error_that_names_him(anna: Base, tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    file.write_text(ANNA.replace("2020-03-01", "2020-03-02"), encoding="utf-8")
    result = anna.members("import", file, "--format", "json")
    (refused,) = json.loads(result.stdout)["refused"]
    assert (result.exit_code, refused["member"], refused["line"]) == (1, "10042", 1)
    assert facts(anna)[2] == (3, "2020-03-01", "give_notice")


def test_replace_retracts_what_is_gone_and_keeps_what_stays(anna: Base, tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    file.write_text(ANNA.replace("2020-03-01", "2020-03-02"), encoding="utf-8")
    assert anna.json("import", file, "--replace")["replaced"] == 1
    assert facts(anna) == [(1, "2020-01-15", "sign_up"), (2, "2020-01-15", "log_in"), (4, "2020-03-02", "give_notice")]
    actions = [(entry["fact"], entry["action"]) for entry in anna.json("history", "10042")["history"]]
    assert actions == [(1, "imported"), (2, "imported"), (3, "imported"), (3, "retracted"), (4, "imported")]


def test_replace_keeps_the_order_of_the_file_within_a_date(anna: Base, tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    log_in, sign_up = ANNA.splitlines()[5], ANNA.splitlines()[4]
    file.write_text(ANNA.replace(log_in, f"  - {{date: 2020-01-15, event: activate}}\n{log_in}"), encoding="utf-8")
    assert sign_up in file.read_text(encoding="utf-8")
    anna.json("import", file, "--replace")
    assert [event for _, _, event in facts(anna)] == ["sign_up", "activate", "log_in", "give_notice"]


def test_a_bad_record_is_named_and_left_out(bo: Base, tmp_path: Path) -> None:
    file = tmp_path / "more.ndjson"
    file.write_text(BO.replace("basis", "bassis").replace("bo", "ib") + BO.replace("bo", "eva"), encoding="utf-8")
    result = bo.members("import", file, "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["added"]) == (1, 1)
    assert [(each["line"], each["member"]) for each in found["refused"]] == [(1, "ib")]


@pytest.mark.parametrize(
    ("line", "english", "danish"),
    [
        (
            '{"id": "ib", "timeline": []}',
            'the id of a member stands under member: write {"member": {"id": "1"}, "timeline": …}',
            'et medlems id skal stå under member: skriv {"member": {"id": "1"}, "timeline": …}',
        ),
        (
            '{"member": {"id": "ib"}, "timeline": [}',
            "not JSON: column 39: a value is missing here",
            "ikke JSON: kolonne 39: her mangler en værdi",
        ),
    ],
)
def test_what_is_wrong_with_a_record_is_told_in_the_language_and_in_json_in_english(
    bo: Base, tmp_path: Path, line: str, english: str, danish: str
) -> None:
    file = tmp_path / "more.ndjson"
    file.write_text(line, encoding="utf-8")
    result = bo.members("import", file, "--format", "json", "--lang", "da")
    (refused,) = json.loads(result.stdout)["refused"]
    assert (result.exit_code, refused["message"], result.stderr) == (1, english, f"{file}:1: {danish}\n")


@pytest.mark.parametrize("id", ["a/b", ".", "..", "x" * 101, "a\\u0001b"])
def test_an_id_that_no_base_may_have_is_refused(bo: Base, tmp_path: Path, id: str) -> None:
    file = tmp_path / "more.ndjson"
    file.write_text(BO.replace("bo", id), encoding="utf-8")
    result = bo.members("import", file, "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["added"]) == (1, 0)


def test_the_longest_id_is_taken(bo: Base, tmp_path: Path) -> None:
    file = tmp_path / "more.ndjson"
    file.write_text(BO.replace("bo", "x" * 100), encoding="utf-8")
    assert bo.json("import", file)["added"] == 1


def test_a_file_that_is_not_there_refuses_all(anna: Base, tmp_path: Path) -> None:
    file = tmp_path / "eva.yaml"
    file.write_text(ANNA.replace("10042", "eva"), encoding="utf-8")
    assert anna.members("import", file, tmp_path / "none.yaml").exit_code == 2
    assert [member["id"] for member in anna.json("list")["members"]] == ["10042"]


def test_a_file_that_is_cut_off_stores_nothing(bo: Base, tmp_path: Path) -> None:
    import gzip

    file = tmp_path / "more.ndjson.gz"
    lines = "".join(BO.replace("bo", f"m{number}") for number in range(2000))
    file.write_bytes(gzip.compress(lines.encode())[:-20])
    assert bo.members("import", file).exit_code == 2
    assert [member["id"] for member in bo.json("list")["members"]] == ["bo"]


# Export


@pytest.mark.parametrize("ending", [".ndjson", ".ndjson.gz", ".parquet"])
def test_what_is_exported_comes_back_the_same(bo: Base, tmp_path: Path, ending: str) -> None:
    output = tmp_path / "out" / f"members{ending}"
    output.parent.mkdir()
    assert bo.json("export", "-o", output) == {"written": 1, "left": []}
    assert bo.json("import", output) == {"added": 0, "unchanged": 1, "replaced": 0, "refused": []}
    assert (output.parent / "header.yaml").read_text(encoding="utf-8").endswith(HEADER)


@pytest.mark.parametrize("ending", [".ndjson", ".parquet"])
def test_what_is_in_doubt_is_exported_and_comes_back_in_doubt(bo: Base, tmp_path: Path, ending: str) -> None:
    doubtful, output = tmp_path / "eva.ndjson", tmp_path / f"out{ending}"
    letter = {"date": "2020-09-15..2020-09-16", "event": "give_notice", "id": "letter", "disputed": True}
    record = json.loads(BO) | {"member": {"id": "eva"}}
    doubtful.write_text(json.dumps(record | {"timeline": [*record["timeline"], letter]}) + "\n", encoding="utf-8")
    assert bo.json("import", doubtful)["added"] == 1
    assert bo.json("export", "-o", output)["written"] == 2
    assert bo.json("import", output) == {"added": 0, "unchanged": 2, "replaced": 0, "refused": []}


def test_export_names_a_member_with_keys_of_his_own(anna: Base, tmp_path: Path) -> None:
    result = anna.members("export", "-o", tmp_path / "members.ndjson", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, {"written": 0, "left": ["10042"]})


# The header


def test_announcements_to_all_come_before_a_members_own_of_their_date_and_have_no_id(bo: Base) -> None:
    found = bo.json("show", "bo")
    assert [event["event"] for event in found["scenario"]["timeline"]] == ["announce_price_change", "sign_up"]
    assert [fact["event"]["event"] for fact in found["facts"]] == ["sign_up"]
    assert found["scenario"]["scenario"] == "bo"
    assert found["scenario"]["readings"] == {"upgrade-charge": "prorated"}


def test_the_older_header_still_answers(bo: Base, tmp_path: Path) -> None:
    before = bo.json("show", "bo")["facts"][0]["recorded_at"]
    header = tmp_path / "new.yaml"
    header.write_text("prices: {basis: 199.00, family: 299.00}", encoding="utf-8")
    assert bo.members("header", header).exit_code == 0
    asked = ("replay", "@bo", "--until", "2020-02-01", "--format", "json")
    amounts = [json.loads(bo.run(*asked, *known).stdout)["totals"]["charged"] for known in ([], ["--known-at", before])]
    assert amounts == ["597.00", "447.00"]


def test_a_header_that_lacks_a_package_is_refused(bo: Base, tmp_path: Path) -> None:
    header = tmp_path / "new.yaml"
    header.write_text("prices: {basis: 199.00}", encoding="utf-8")
    result = bo.members("header", header)
    assert (result.exit_code, "the price list lacks family" in result.stderr) == (2, True)


# Recording


def test_an_event_recorded_is_a_fact_with_its_instant_and_author(anna: Base) -> None:
    written = anna.json("record", "10042", "2020-06-01 pay amount=10", "--by", "Kim", "--note", "on the phone")
    assert (written["fact"], written["version"], written["recorded_by"], written["note"]) == (
        4,
        2,
        "Kim",
        "on the phone",
    )
    assert anna.json("show", "10042")["facts"][3] == {
        "fact": 4,
        "event": {"date": "2020-06-01", "event": "pay", "amount": "10.00"},
        "recorded_at": written["recorded_at"],
        "recorded_by": "Kim",
        "note": "on the phone",
    }


def test_a_dry_run_stores_nothing_and_shows_the_same_changes(anna: Base) -> None:
    event = "2020-02-01 change_package to=family"
    tried = anna.json("record", "10042", event, "--dry-run")
    assert (tried["fact"], tried["recorded_at"], tried["version"]) == (None, None, 1)
    assert anna.json("record", "10042", event)["changes"] == tried["changes"]


def test_an_event_that_the_terms_refuse_is_a_fact(anna: Base) -> None:
    written = anna.json("record", "10042", "2020-06-01 transfer")
    assert [row["after"]["event"] for row in written["changes"]["refused"]] == ["transfer"]
    assert facts(anna)[3] == (4, "2020-06-01", "transfer")


@pytest.mark.parametrize(
    "event",
    ["2020-06-01 change_package to=bassis", "2020-06-01 sign_up package=basis", "2020-06-31 pay amount=1", "pay"],
)
def test_an_event_that_no_scenario_file_could_hold_is_refused(anna: Base, event: str) -> None:
    assert anna.members("record", "10042", event).exit_code == 2
    assert anna.json("show", "10042")["version"] == 1


def test_a_stale_version_is_refused_and_nothing_is_lost(anna: Base) -> None:
    anna.json("record", "10042", "2020-06-01 pay amount=10", "--version", "1")
    result = anna.members("record", "10042", "2020-06-01 pay amount=20", "--version", "1")
    assert (result.exit_code, "the present version is 2" in result.stderr) == (2, True)
    assert len(facts(anna)) == 4


def test_a_correction_keeps_its_place_and_the_older_record(anna: Base) -> None:
    anna.json("correct", "10042", 1, "2020-01-15 sign_up package=family")
    assert facts(anna)[:2] == [(1, "2020-01-15", "sign_up"), (2, "2020-01-15", "log_in")]
    packages = [entry["event"]["package"] for entry in anna.json("history", "10042")["history"] if entry["fact"] == 1]
    assert packages == ["basis", "family"]


def test_a_retraction_leaves_the_history(anna: Base) -> None:
    written = anna.json("retract", "10042", 3)
    assert (written["fact"], written["version"]) == (3, 2)
    assert [fact for fact, _, _ in facts(anna)] == [1, 2]
    last = anna.json("history", "10042")["history"][-1]
    assert (last["action"], last["event"]) == ("retracted", None)


@pytest.mark.parametrize(
    ("code", "asked", "shown"),
    [
        ("da", "show", ["15. jan. 2020", "tilmelding", "Pakke: basis"]),
        ("da", "history", ["importeret", "15. jan. 2020", "tilmelding", "Pakke: basis"]),
        ("en", "history", ["imported", "15 Jan 2020", "sign-up", "Package: basis"]),
    ],
)
def test_the_facts_are_shown_in_the_words_of_the_language(anna: Base, code: str, asked: str, shown: list[str]) -> None:
    page = anna.members(asked, "10042", "--lang", code).stdout
    first = next(line for line in page.splitlines() if line.lstrip().startswith("1 "))
    assert [words for words in shown if words not in first] == []
    assert "2020-01-15" not in page


def test_the_instant_of_a_record_is_shown_by_the_clock_of_copenhagen(anna: Base) -> None:
    recorded = anna.json("history", "10042")["history"][0]["recorded_at"]
    assert f"{in_copenhagen(moment_of(recorded)):%H:%M:%S}" in anna.members("history", "10042").stdout


def test_a_fact_retracted_cannot_be_corrected(anna: Base) -> None:
    anna.json("retract", "10042", 3)
    assert anna.members("correct", "10042", 3, "2020-03-01 give_notice").exit_code == 2


def test_a_retraction_that_leaves_no_sign_up_is_refused(anna: Base) -> None:
    assert anna.members("retract", "10042", 1).exit_code == 2
    assert len(facts(anna)) == 3


def test_what_was_known_is_asked_by_the_instant_that_instant_included(anna: Base) -> None:
    written = anna.json("record", "10042", "2020-02-10 change_package to=family")
    at = written["recorded_at"]
    before = f"{at[:20]}{int(at[20:26]) - 1:06d}Z" if at[20:26] != "000000" else None
    asked = ("can-cancel", "@10042", "--date", "2020-03-01", "--format", "json")
    replayed = ("replay", "@10042", "--format", "json")
    now, then = (anna.run(*replayed, *known).stdout for known in ([], ["--known-at", at]))
    assert now == then
    if before is not None:
        package = json.loads(anna.run(*replayed, "--known-at", before).stdout)["subscriptions"][0]["package"]
        assert package == "basis"
    assert anna.run(*asked, "--known-at", at).exit_code == 0


def test_before_his_first_record_a_member_is_unknown(anna: Base) -> None:
    result = anna.run("replay", "@10042", "--known-at", "2020-01-01")
    assert (result.exit_code, "the base knew no member '10042'" in result.stderr) == (2, True)


def test_an_event_recorded_later_than_until_moves_it(anna: Base) -> None:
    assert anna.json("show", "10042")["scenario"]["until"] == "2020-03-01"
    anna.json("record", "10042", "2020-05-05 pay amount=1")
    assert anna.json("show", "10042")["scenario"]["until"] == "2020-05-05"


def test_two_writers_on_one_version_give_one_fact(anna: Base) -> None:
    codes: list[int] = []

    def write(amount: int) -> None:
        codes.append(_write(anna.address, amount))

    threads = [threading.Thread(target=write, args=(amount,)) for amount in (1, 2, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [0, 2, 2, 2]
    assert len(facts(anna)) == 4


def _write(address: str, amount: int) -> int:
    """A write on version 1, each over a connection of its own; 2 where it is stale."""
    from datetime import UTC, datetime

    from subsim.answers.added_events import event_node
    from subsim.base.change import Stale, Wish, write
    from subsim.basics.dates import Day
    from subsim.basics.faults import START, Faults

    database = opened(address)
    faults = Faults("EVENT", f"2020-06-01 pay amount={amount}")
    wish = Wish(event=event_node(faults.text, faults), fact=None, faults=faults, here=START)
    try:
        with database.writing() as connection:
            write(
                connection,
                "10042",
                wish,
                version=1,
                by=None,
                note=None,
                now=datetime.now(UTC),
                today=Day(2020, 6, 1),
            )
    except Stale:
        return 2
    finally:
        database.close()
    return 0


# Search


@pytest.mark.parametrize(
    "text", ["10042", "ærø", "ÆRØ", "hansen", "ANNA@", "12345678", "1234 5678", "34 56", "  anna  "]
)
def test_a_member_is_found_by_part_of_what_names_her(anna: Base, text: str) -> None:
    assert [member["id"] for member in anna.json("list", "--search", text)["members"]] == ["10042"]


@pytest.mark.parametrize("text", ["%", "_", "anna_", "10042%", "nobody"])
def test_signs_of_patterns_are_themselves(anna: Base, text: str) -> None:
    assert anna.json("list", "--search", text) == {"members": [], "next": None}


def test_an_id_given_whole_is_that_member_alone(bo: Base, tmp_path: Path) -> None:
    file = tmp_path / "more.ndjson"
    file.write_text(BO.replace("bo", "bob") + BO.replace("bo", "lebo"), encoding="utf-8")
    bo.json("import", file)
    assert [member["id"] for member in bo.json("list", "--search", "bo")["members"]] == ["bo"]
    assert [member["id"] for member in bo.json("list", "--search", "b")["members"]] == ["bo", "bob", "lebo"]


def test_a_list_goes_on_after_its_last_id(bo: Base, tmp_path: Path) -> None:
    file = tmp_path / "more.ndjson"
    file.write_text("".join(BO.replace("bo", id) for id in ("Ab", "aa", "ø")), encoding="utf-8")
    bo.json("import", file)
    first = bo.json("list", "--limit", 2)
    assert ([member["id"] for member in first["members"]], first["next"]) == (["Ab", "aa"], "aa")
    rest = bo.json("list", "--limit", 2, "--after", "aa")
    assert ([member["id"] for member in rest["members"]], rest["next"]) == (["bo", "ø"], None)


def test_a_list_shows_the_states_of_today(bo: Base) -> None:
    (member,) = bo.json("list")["members"]
    assert member["subscriptions"] == [{"id": "main", "package": "basis", "state": "free"}]
