"""What a portfolio reads and writes: the same members and the same tables in every format, and what is none of them."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from click.testing import CliRunner

import subsim
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.files.keys import keys_of
from subsim.membership.events import EVENTS, Amount, AnnouncePriceChange, Country, MemberId, PackageName, Pay
from subsim.membership.facts import Person
from subsim.portfolio import job as jobs
from subsim.portfolio.arrow import rows_as_batch
from subsim.portfolio.columns import FORMATS, Columns, Format
from subsim.portfolio.compare import Compare
from subsim.portfolio.contested import Contested
from subsim.portfolio.generate import Block, header, members
from subsim.portfolio.header import load_header
from subsim.portfolio.inputs import members_in
from subsim.portfolio.job import CannotRun, Job, do
from subsim.portfolio.members import MemberRecord, Reader, Rejected
from subsim.portfolio.members_file import atomic_members_file
from subsim.portfolio.run import Run
from subsim.portfolio.stored_part import part_written
from subsim.portfolio.tables import write_tables, writer
from subsim.shell.commands import main
from subsim.terms.choice import TermsChoice
from tests.support.portfolios import told_of

PRICES = {PackageName("basis"): Amount(149_00), PackageName("family"): Amount(299_00)}
ENDINGS = (".ndjson", ".ndjson.gz", ".ndjson.zst", ".parquet")
TABLES = ("outcomes", "invoices", "decisions", "rejected")
MEMBERS = 40


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same members in every format, the seventh of them faulty, and their header."""
    folder = tmp_path_factory.mktemp("formats")
    lines = members(Block(0, MEMBERS), seed=7, years=2).splitlines(keepends=True)
    lines[6] = lines[6].replace(b'"package":"', b'"package":"no-such-', 1)
    for ending in ENDINGS:
        write(folder / f"members{ending}", b"".join(lines))
    (folder / "header.yaml").write_text(header(2))
    return folder


def write(path: Path, lines: bytes) -> None:
    with atomic_members_file(path) as file:
        file.write(lines)


def job(base: Path, output: Path, members: str = "members.ndjson", to: Format = "ndjson", part: int = 5000) -> Job:
    shared = load_header(str(base / "header.yaml"))
    return Job(members=base / members, work=Run(shared, decisions=True), output=output, to=to, lines_a_part=part)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


# The members


@pytest.mark.parametrize("ending", ENDINGS[1:])
def test_the_same_members_give_the_same_results_in_every_format(base: Path, tmp_path: Path, ending: str) -> None:
    plain, other = job(base, tmp_path / "plain"), job(base, tmp_path / "other", f"members{ending}")
    assert do(plain, 1) == do(other, 1)
    for table in TABLES:
        name = f"{table}.ndjson"
        assert (other.output / name).read_bytes() == (plain.output / name).read_bytes()
    assert [each["line"] for each in rows(other.output / "rejected.ndjson")] == [7]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_members_are_written_as_the_same_bytes(tmp_path: Path, ending: str) -> None:
    lines = members(Block(0, 30), seed=1, years=1)
    write(tmp_path / f"one{ending}", lines)
    with atomic_members_file(tmp_path / f"two{ending}") as file:
        for line in lines.splitlines(keepends=True):
            file.write(line)
    assert (tmp_path / f"one{ending}").read_bytes() == (tmp_path / f"two{ending}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


EVERY_EVENT: list[dict[str, Any]] = [
    {
        "event": "sign_up",
        "package": "basis",
        "subscription": "m",
        "channel": "phone",
        "billing": "yearly",
        "payment": "card",
        "card_expires": "2022-05",
        "trial_days": 14,
        "confirmation": "pending",
        "credit_check": "passed",
        "service": "tv",
        "kind": "bundle",
        "withdrawal_info": "2021-06-03",
        "express_request": True,
        "content_consent": True,
        "trial_price_told": False,
        "solicited": False,
    },
    {"event": "confirmation_received", "subscription": "m"},
    {"event": "log_in", "subscription": "m"},
    {"event": "activate", "subscription": "m", "filter_changed": True, "express_request": False},
    {"event": "withdraw", "subscription": "m", "sent": "2021-05-30"},
    {"event": "give_notice", "subscription": "m", "ground": "ordinary", "wanted_end": "2021-09-01"},
    {"event": "withdraw_notice", "subscription": "m", "agreed": False},
    {"event": "change_package", "subscription": "m", "to": "family"},
    {"event": "buy", "subscription": "m", "item": 'a "film"', "amount": "999999999.99", "access_days": 30}
    | {"content_consent": True},
    {"event": "pay", "amount": "0.01"},
    {"event": "payment_returned", "amount": "0.01"},
    {"event": "credit_adjusted", "amount": "-999999999.99", "note": "a mistake"},
    {"event": "credit_paid_out", "amount": "1.00"},
    {"event": "charge", "item": "a visit", "amount": "2.50"},
    {"event": "payment_method_fails"},
    {"event": "payment_method_renewed", "card_expires": "2023-12"},
    {"event": "reminder", "fee": "99.99"},
    {"event": "complain", "subscription": "m", "about": "bill"},
    {"event": "transfer", "subscription": "m"},
    {"event": "move", "resident": "SE"},
    {"event": "lend_equipment", "subscription": "m", "item": "box", "value": "600.00"},
    {"event": "return_equipment", "subscription": "m", "item": "box"},
    {"event": "invoice_equipment", "subscription": "m", "item": "box"},
    {
        "event": "announce_price_change",
        "prices": {"basis": "155.50", "family": "0.10"},
        "grounds": "cost",
        "effective": "2021-09-01",
        "via": ["email", "website"],
        "cost_increase": "12.34",
        "law_imposed": True,
    },
    {
        "event": "announce_service_change",
        "packages": ["basis", "family"],
        "effective": "2021-09-01",
        "via": ["website"],
        "disadvantage": "material",
        "urgent": True,
        "law_imposed": True,
    },
    {
        "event": "announce_terms_change",
        "effective": "2021-09-01",
        "via": ["email"],
        "material": False,
        "favourable": True,
        "law_imposed": False,
        "numbers": {"notice-days": 60, "credit-check-over": "4000.50"},
        "readings": {"ordinary-notice": "thirty-days"},
    },
    {"event": "suspend", "subscription": "m", "warned": "2021-05-20"},
    {"event": "restore", "subscription": "m"},
    {"event": "terminate", "subscription": "m", "reason": "none", "settlement": "refund"} | {"warned": "2021-05-21"},
]
MEMBER = {"id": "M1", "born": "1980-04-01", "resident": "DK", "use": "commercial", "written_agreement": True}


def test_every_event_with_every_field_is_read_from_parquet_as_from_json(tmp_path: Path) -> None:
    assert [event["event"] for event in EVERY_EVENT] == list(EVENTS)
    for event in EVERY_EVENT:
        assert {"date", *event} == set(keys_of(EVENTS[event["event"]]))
    line = json.dumps({"member": MEMBER, "timeline": [{"date": "2021-06-01"} | event for event in EVERY_EVENT]})
    write(tmp_path / "members.parquet", line.encode())
    assert records_in(tmp_path / "members.parquet") == [Reader(PRICES).record(line.encode())]


def records_in(path: Path) -> list[MemberRecord]:
    with members_in(path) as found:
        return list(map(Reader(PRICES).record, found.records))


def parquet(path: Path, *selects: str) -> Path:
    """A Parquet file with these rows, as `SELECT` has them."""
    duckdb.execute(f"COPY ({' UNION ALL BY NAME '.join(selects)}) TO '{path}' (FORMAT parquet)")
    return path


def test_columns_may_be_text_whole_numbers_or_json(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "members.parquet",
        "SELECT 7 AS member, '2021-06-01T23:30:00Z' AS date, 'pay' AS event, '999999999.99' AS amount",
        "SELECT 7 AS member, '2021-06-03' AS date, 'pay' AS event, '49' AS amount",
        """SELECT 7 AS member, '2021-06-04' AS date, 'announce_price_change' AS event, '2021-09-01' AS effective,
           '{"basis": 155.10}' AS prices, '["email"]' AS via""",
    )
    (record,) = records_in(path)
    assert record.member == Person(id=MemberId("7"))
    assert record.timeline == (
        Pay(date=Day(2021, 6, 2), amount=Amount(99_999_999_999)),
        Pay(date=Day(2021, 6, 3), amount=Amount(49_00)),
        AnnouncePriceChange(
            date=Day(2021, 6, 4), prices={PackageName("basis"): Amount(155_10)}, effective=Day(2021, 9, 1)
        ),
    )


def test_no_amount_is_ever_a_float(tmp_path: Path) -> None:
    amounts = "SELECT 'M1' AS member, DATE '2021-06-01' AS date, 'pay' AS event, {} AS amount"
    exact = parquet(tmp_path / "exact.parquet", amounts.format("999999999.99::DECIMAL(38,2)"))
    (record,) = records_in(exact)
    expected = (Pay(date=Day(2021, 6, 1), amount=Amount(99_999_999_999)),)
    assert told_of(record.member, record.timeline) == told_of(Person(id=MemberId("M1")), expected)
    assert faults_of(parquet(tmp_path / "float.parquet", amounts.format("49.5::DOUBLE"))) == [
        ("the column 'amount' is DOUBLE", "expected DECIMAL with at most two decimals, or VARCHAR")
    ]


LOG_IN = "SELECT {} AS member, DATE '2021-06-01' AS date, 'log_in' AS event"
SIGN_UP = "SELECT {} AS member, DATE '2021-05-01' AS date, 'sign_up' AS event, 'basis' AS package"


def test_the_members_own_fields_may_stand_in_any_of_the_rows(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "members.parquet",
        SIGN_UP.format("'M1'"),
        LOG_IN.format("'M1'") + ", DATE '1980-04-01' AS born, NULL AS resident",
        LOG_IN.format("'M1'") + ", DATE '1980-04-01' AS born, 'SE' AS resident",
    )
    (record,) = records_in(path)
    assert told_of(record.member, ()) == told_of(
        Person(id=MemberId("M1"), born=Day(1980, 4, 1), resident=Country("SE")), ()
    )
    assert [event.name for event in record.timeline] == ["sign_up", "log_in", "log_in"]


def test_two_values_of_one_of_the_members_own_fields_are_a_fault(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "members.parquet", *(LOG_IN.format("'M1'") + f", '{c}' AS resident" for c in ("DK", "SE"))
    )
    with pytest.raises(Rejected) as rejected:
        records_in(path)
    assert rejected.value.reason.startswith("resident is a list of 2, expected a country of two capital letters")


def test_a_row_without_any_field_of_an_event_is_a_member_without_events(tmp_path: Path) -> None:
    path = parquet(tmp_path / "members.parquet", "SELECT 'M1' AS member, NULL::DATE AS date, NULL::VARCHAR AS event")
    (record,) = records_in(path)
    assert told_of(record.member, record.timeline) == told_of(Person(id=MemberId("M1")), ())


def test_a_fault_in_a_row_is_that_of_the_event(tmp_path: Path) -> None:
    path = parquet(tmp_path / "members.parquet", SIGN_UP.format("'M1'"), "SELECT 'M1' AS member, 'buy' AS event")
    with pytest.raises(Rejected) as rejected:
        records_in(path)
    assert rejected.value.reason.startswith("event 2: buy lacks the field 'date' (add date: ")


def test_a_member_with_too_many_rows_is_rejected(tmp_path: Path) -> None:
    rows = (
        "SELECT 'M1' AS member, DATE '2021-06-01' AS date, 'buy' AS event, repeat('x', 1000000) AS item FROM range({})"
    )
    with pytest.raises(Rejected, match="the line is longer than 10,000,000 bytes"):
        records_in(parquet(tmp_path / "members.parquet", rows.format(30)))


def test_a_file_is_read_by_its_name_and_not_as_a_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "year=2021"
    folder.mkdir()
    parquet(folder / "members1.parquet", LOG_IN.format("'another'"))
    (folder / "members1.parquet").rename(folder / "members[1]*.parquet")
    parquet(folder / "members1.parquet", LOG_IN.format("'another'"))
    with members_in(folder / "members[1]*.parquet") as found:
        assert len(list(found.records)) == 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_how_much_of_a_file_has_been_read_is_all_in_the_end(base: Path, ending: str) -> None:
    with members_in(base / f"members{ending}") as found:
        assert len(list(found.records)) == MEMBERS
        assert found.reached() == (base / f"members{ending}").stat().st_size


def test_zstd_may_be_of_several_frames_some_of_them_empty(tmp_path: Path) -> None:
    write(tmp_path / "members.ndjson.zst", b'{"timeline": []}\n')
    frame = (tmp_path / "members.ndjson.zst").read_bytes()
    skipped = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"note"
    (tmp_path / "members.ndjson.zst").write_bytes(skipped + frame + skipped + frame)
    with members_in(tmp_path / "members.ndjson.zst") as found:
        assert list(found.records) == [b'{"timeline": []}\n'] * 2


# Files that are no members


def faults_of(path: Path) -> list[tuple[str, str | None]]:
    """The faults of a file with their remedies."""
    with pytest.raises(InputErrors) as errors, members_in(path) as found:
        list(found.records)
    return [(error.message, error.remedy) for error in errors.value.errors]


@pytest.mark.parametrize(
    ("ending", "name"), {".ndjson.gz": "gzip", ".ndjson.zst": "zstd", ".parquet": "Parquet"}.items()
)
def test_a_file_that_is_cut_off_or_empty_is_told(base: Path, tmp_path: Path, ending: str, name: str) -> None:
    whole = (base / f"members{ending}").read_bytes()
    for length in (0, len(whole) // 2, len(whole) - 1):
        cut = tmp_path / f"cut{ending}"
        cut.write_bytes(whole[:length])
        message = f"it is cut off: the end of its {name} data is missing"
        assert faults_of(cut) == [(message, "copy it again, or make it again")]


@pytest.mark.parametrize(
    ("of", "named", "message", "ending"),
    [
        (".ndjson.gz", ".ndjson", "it is gzip, but by its name NDJSON", ".ndjson.gz"),
        (".parquet", ".ndjson", "it is Parquet, but by its name NDJSON", ".parquet"),
        (".ndjson.zst", ".ndjson.gz", "it is zstd, but by its name gzip", ".ndjson.zst"),
        (".ndjson.gz", ".parquet", "it is gzip, but by its name Parquet", ".ndjson.gz"),
    ],
)
def test_a_file_of_another_format_than_its_name_says_is_told(
    base: Path, tmp_path: Path, of: str, named: str, message: str, ending: str
) -> None:
    (tmp_path / f"members{named}").write_bytes((base / f"members{of}").read_bytes())
    assert faults_of(tmp_path / f"members{named}") == [(message, f"let its name end in {ending}")]


@pytest.mark.parametrize(
    ("ending", "name"), {".ndjson.gz": "gzip", ".ndjson.zst": "zstd", ".parquet": "Parquet"}.items()
)
def test_plain_text_is_no_other_format(base: Path, tmp_path: Path, ending: str, name: str) -> None:
    (tmp_path / f"members{ending}").write_bytes((base / "members.ndjson").read_bytes())
    ((message, remedy),) = faults_of(tmp_path / f"members{ending}")
    assert (message, remedy) == (f"it is NDJSON, but by its name {name}", "let its name end in .ndjson")


@pytest.mark.parametrize(("ending", "name"), {".csv.gz": "gzip", ".csv.zst": "zstd"}.items())
def test_noise_is_no_packed_file(tmp_path: Path, ending: str, name: str) -> None:
    (tmp_path / f"members{ending}").write_bytes(b"\x00noise")
    ((message, remedy),) = faults_of(tmp_path / f"members{ending}")
    assert (message, remedy) == (
        f"it is damaged: its {name} data cannot be unpacked",
        "copy it again, or make it again",
    )


@pytest.mark.parametrize("ending", ENDINGS[1:])
def test_damage_in_the_middle_is_told(base: Path, tmp_path: Path, ending: str) -> None:
    damaged = bytearray((base / f"members{ending}").read_bytes())
    damaged[1000:1040] = b"\xff" * 40
    (tmp_path / f"members{ending}").write_bytes(damaged)
    ((message, _),) = faults_of(tmp_path / f"members{ending}")
    assert message.startswith(("it cannot be read as Parquet: ", "it is damaged: its "))


def test_what_is_no_text_is_no_ndjson(tmp_path: Path) -> None:
    (tmp_path / "members.ndjson").write_bytes('{"timeline": []}'.encode("utf-16"))
    assert faults_of(tmp_path / "members.ndjson") == [
        (
            "members are not read from this: by its beginning it is UTF-16",
            "expected a file that ends in .ndjson, .csv, .ndjson.gz, .csv.gz, .ndjson.zst, .csv.zst or .parquet",
        )
    ]


def test_all_faults_of_the_columns_are_told(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "members.parquet",
        """SELECT 1.5 AS member, 'x' AS packge, TIMESTAMP '2021-06-01' AS date, 'true' AS filter_changed,
           3.0::FLOAT AS access_days, 1.005 AS amount, {'basis': 1} AS prices""",
    )
    money = "DECIMAL with at most two decimals"
    assert faults_of(path) == [
        ("the column 'event' is missing", "expected VARCHAR or whole numbers"),
        ("no column is called 'packge'", "did you mean 'package'?"),
        ("the column 'member' is DECIMAL(2,1)", "expected VARCHAR or whole numbers"),
        ("the column 'date' is TIMESTAMP", "expected DATE or VARCHAR"),
        ("the column 'filter_changed' is VARCHAR", "expected BOOLEAN"),
        ("the column 'access_days' is FLOAT", "expected whole numbers"),
        ("the column 'amount' is DECIMAL(4,3)", f"expected {money}, or VARCHAR"),
        ("the column 'prices' is STRUCT(basis INTEGER)", f"expected a map of VARCHAR to {money}, or JSON as VARCHAR"),
    ]


SORT = "sort the rows by member, and those of a member by the order of the events"


@pytest.mark.parametrize(
    ("ids", "message", "remedy"),
    [
        (("'M1'", "'M2'", "'M1'"), "member 'M1' stands after 'M2'", SORT),
        (("9", "10", "9"), "member '9' stands after '10'", SORT),
        (("'M1'", "NULL"), "member number 2 has no id", "give each row its member"),
    ],
)
def test_members_that_are_not_in_the_order_of_their_ids_are_told(
    tmp_path: Path, ids: tuple[str, ...], message: str, remedy: str
) -> None:
    path = parquet(tmp_path / "members.parquet", *map(LOG_IN.format, ids))
    assert faults_of(path) == [(message, remedy)]


def test_a_run_of_members_that_cannot_be_read_to_the_end_leaves_nothing(base: Path, tmp_path: Path) -> None:
    path = parquet(tmp_path / "members.parquet", *map(LOG_IN.format, ("'M2'", "'M1'")))
    command = ["portfolio", "run", path, "--header", base / "header.yaml", "-o", tmp_path / "out", "--workers", 1]
    done = CliRunner().invoke(main, [*map(str, command), "--lang", "en"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{path}: member 'M1' stands after 'M2'\n{SORT}\n"
    assert list((tmp_path / "out").iterdir()) == []


# The tables


@pytest.fixture(scope="module")
def run(base: Path) -> Path:
    """A folder with the run of all members in every format, in parts of different sizes."""
    for number, to in enumerate(FORMATS):
        do(job(base, base / to, to=to, part=7 + number), 1)
    return base


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_hold_the_same_in_every_format(run: Path, table: str) -> None:
    ndjson = rows(run / "ndjson" / f"{table}.ndjson")
    assert ndjson != []
    with (run / "csv" / f"{table}.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == [{name: as_text(each) for name, each in row.items()} for row in ndjson]
    found = duckdb.execute(f"SELECT * FROM '{run}/parquet/{table}.parquet'")
    names = [name for name, *_ in found.description]
    assert [dict(zip(names, map(as_json, row), strict=True)) for row in found.fetchall()] == ndjson


@pytest.mark.parametrize("work", [Compare, Contested])
def test_the_tables_of_a_comparison_hold_the_same_in_parquet(base: Path, tmp_path: Path, work: Any) -> None:
    header = load_header(str(base / "header.yaml"))
    dearer = load_header(str(base / "header.yaml"), TermsChoice(readings={"ordinary-notice": "thirty-days"}))
    done = work(header, dearer) if work is Compare else work(header)
    for to in ("ndjson", "parquet"):
        do(Job(members=base / "members.ndjson", work=done, output=tmp_path / to, to=to), 1)
    for table in done.tables:
        found = duckdb.execute(f"SELECT * FROM '{tmp_path}/parquet/{table}.parquet'")
        names = [name for name, *_ in found.description]
        values = [dict(zip(names, map(as_json, row), strict=True)) for row in found.fetchall()]
        assert values == rows(tmp_path / "ndjson" / f"{table}.ndjson")


def as_text(value: Any) -> str:
    """What CSV has for a value of JSON: nothing for null, and JSON where there is more than one value."""
    if isinstance(value, dict | list):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return "" if value is None else str(value)


def as_json(value: Any) -> Any:
    """What JSON has for a value of Parquet: dates and amounts are text there."""
    if isinstance(value, dict):
        return {name: as_json(each) for name, each in value.items()}
    if isinstance(value, list):
        return list(map(as_json, value))
    return str(value) if isinstance(value, Day | Decimal) else value


TYPES = {
    "outcomes": {
        "line": "BIGINT",
        "member": "VARCHAR",
        "subscriptions": "STRUCT(id VARCHAR, state VARCHAR, suspended BOOLEAN, package VARCHAR, registered_on DATE, "
        "binding_ends DATE, ends_on DATE, ended_on DATE, end_reason VARCHAR, terms_since DATE, "
        'states STRUCT("from" DATE, state VARCHAR)[])[]',
        "refunds": "STRUCT(date DATE, amount DECIMAL(18,2), clause VARCHAR)[]",
        "refused": 'STRUCT(date DATE, "event" VARCHAR, "subscription" VARCHAR, clause VARCHAR, reason VARCHAR)[]',
        "totals": "STRUCT(charged DECIMAL(18,2), paid DECIMAL(18,2), refunded DECIMAL(18,2), adjusted DECIMAL(18,2), "
        "owed DECIMAL(18,2), interest DECIMAL(18,2))",
    },
    "invoices": {
        "line": "BIGINT",
        "member": "VARCHAR",
        "date": "DATE",
        "due": "DATE",
        "kind": "VARCHAR",
        "subscription": "VARCHAR",
        "package": "VARCHAR",
        "from": "DATE",
        "to": "DATE",
        "amount": "DECIMAL(18,2)",
        "paid_on": "DATE",
        "interest": "DECIMAL(18,2)",
        "clause": "VARCHAR",
    },
    "decisions": {
        "line": "BIGINT",
        "member": "VARCHAR",
        "date": "DATE",
        "event": "VARCHAR",
        "subscription": "VARCHAR",
        "clause": "VARCHAR",
        "verdict": "VARCHAR",
        "because": "VARCHAR",
    },
    "rejected": {"line": "BIGINT", "reason": "VARCHAR"},
}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_all_its_columns_with_their_types_even_without_rows(base: Path, tmp_path: Path, table: str) -> None:
    (base / "none.ndjson").write_bytes(b"")
    for to in ("parquet", "csv"):
        do(job(base, tmp_path / to, "none.ndjson", to), 1)
    described = duckdb.execute(f"DESCRIBE FROM '{tmp_path}/parquet/{table}.parquet'").fetchall()
    assert {name: kind for name, kind, *_ in described} == TYPES[table]
    assert (tmp_path / "csv" / f"{table}.csv").read_text() == ",".join(TYPES[table]) + "\n"


def test_the_decisions_are_those_of_plain_replay(run: Path) -> None:
    shared = yaml.load((run / "header.yaml").read_text(), yaml.BaseLoader)
    decisions = rows(run / "ndjson" / "decisions.ndjson")
    lines = (run / "members.ndjson").read_bytes().splitlines()
    for number in (1, 12, MEMBERS):
        record = json.loads(lines[number - 1])
        timeline = sorted([*shared["announcements"], *record["timeline"]], key=lambda event: str(event["date"]))
        scenario = {"scenario": "One of many", "prices": shared["prices"], "until": shared["until"]}
        plain = subsim.replay(subsim.loads(json.dumps(scenario | {"member": record["member"], "timeline": timeline})))
        who = {"line": number, "member": record["member"]["id"]}
        expected = [who | decision for decision in plain.to_dict()["decisions"]]
        assert [each for each in decisions if each["line"] == number] == expected
        assert len(expected) >= 3


REJECTED = {"line": "BIGINT", "reason": "VARCHAR"}


def part_of(path: Path, rows: list[dict[str, Any]], columns: Columns = REJECTED) -> Path:
    """A part of a table with these rows."""
    with part_written(path, columns) as write:
        write(rows_as_batch(rows, columns))
    return path


def put_together(parts: list[Path], path: Path, to: Format) -> None:
    write_tables({path: (parts, REJECTED)}, writer(to, path.parent, "international"), at_once=1)


@pytest.mark.parametrize("to", FORMATS)
def test_the_bytes_of_a_table_do_not_depend_on_how_its_parts_were_cut(tmp_path: Path, to: Format) -> None:
    lines = [{"line": number, "reason": f"because of {number % 7}"} for number in range(25_000)]
    written = []
    for size in (25_000, 7_000, 999):
        parts = [part_of(tmp_path / f"{at}.arrow", lines[at : at + size]) for at in range(0, 25_000, size)]
        put_together(parts, tmp_path / f"table.{to}", to)
        written.append((tmp_path / f"table.{to}").read_bytes())
    assert written[0] == written[1] == written[2]
    if to != "ndjson":
        (count,) = duckdb.execute(f"SELECT count(*), max(line) FROM '{tmp_path}/table.{to}'").fetchall()
        assert count == (25_000, 24_999)


def test_a_row_may_be_of_any_length(tmp_path: Path) -> None:
    part = part_of(tmp_path / "0.arrow", [{"line": 1, "reason": "x" * 20_000_000}])
    put_together([part], tmp_path / "table.parquet", "parquet")
    assert duckdb.execute(f"SELECT length(reason) FROM '{tmp_path}/table.parquet'").fetchall() == [(20_000_000,)]


def test_two_workers_write_the_same_bytes_as_one(run: Path, tmp_path: Path) -> None:
    two = job(run, tmp_path / "two", "members.parquet", "parquet", part=5)
    do(two, 2)
    for table in TABLES:
        name = f"{table}.parquet"
        assert (two.output / name).read_bytes() == (run / "parquet" / name).read_bytes()
    assert not two.parts.exists()


def test_a_run_killed_while_its_tables_are_put_together_is_resumed_with_the_same_bytes(
    run: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "subsim", "portfolio", "run", f"{run / 'members.ndjson'}", "-o", f"{out}"]
    command += ["--decisions", "--workers", "1", "--part", "8"]
    for _ in range(10):  # the moment is short, and a busy machine may miss it
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while not (out / "outcomes.parquet").exists() and process.poll() is None:
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if not (out / "summary.json").exists():
            break
        shutil.rmtree(out)
    assert not (out / "summary.json").exists()
    assert subprocess.run([*command, "--resume"], stdout=subprocess.DEVNULL, timeout=60).returncode == 1
    for table in TABLES:
        assert (out / f"{table}.parquet").read_bytes() == (run / "parquet" / f"{table}.parquet").read_bytes()
    assert not (out / "parts").exists()


def test_a_run_may_be_resumed_in_another_format_until_it_is_finished(run: Path, tmp_path: Path) -> None:
    stopped = job(run, tmp_path / "out", to="parquet")
    jobs._begin(stopped, resume=False)
    jobs._work_through(stopped, 1, None)
    (tmp_path / "out" / "outcomes.parquet").write_bytes(b"put together before it was stopped")
    resumed = job(run, tmp_path / "out", to="csv")
    do(resumed, 1, resume=True)
    names = sorted(path.name for path in resumed.output.iterdir())
    assert names == [*sorted(f"{table}.csv" for table in TABLES), "run.json", "summary.json"]
    with pytest.raises(CannotRun, match="holds this run finished, but not as parquet: name another folder"):
        do(stopped, 1, resume=True)


def test_a_run_with_decisions_is_not_resumed_without(run: Path) -> None:
    shared = load_header(str(run / "header.yaml"))
    without = Job(members=run / "members.ndjson", work=Run(shared), output=run / "ndjson", to="ndjson", lines_a_part=8)
    with pytest.raises(CannotRun, match="another header, other options or another version"):
        do(without, 1, resume=True)


@pytest.mark.parametrize("to", FORMATS)
def test_a_part_that_cannot_be_read_is_told_as_an_error_of_the_table(tmp_path: Path, to: Format) -> None:
    (tmp_path / "0.arrow").write_bytes(b"this is no table")
    with pytest.raises(OSError, match="but only read 12") as error:
        put_together([tmp_path / "0.arrow"], tmp_path / f"table.{to}", to)
    assert error.value.filename == f"{tmp_path}/table.{to}"
    assert not (tmp_path / f"table.{to}").exists()
