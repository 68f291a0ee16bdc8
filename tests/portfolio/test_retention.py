"""`subsim portfolio retention`: what is due of all members in a period, and what is kept, unclear or overdue."""

import csv
import json
import shutil
from pathlib import Path

import pytest
import yaml

from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.files.policy import POLICY_NAMES, load_policy
from subsim.portfolio.generate import Block
from subsim.portfolio.generate import header as header_of
from subsim.portfolio.generate import members as generated
from subsim.portfolio.members_file import atomic_members_file
from subsim.retention.retention import retention_without_contested
from tests.support.portfolios import PRICES, Results, Row, on_members, results, scenario

CEKURA = "until: 2020-05-31\nretention: {policy: cekura}\n"
CALLED = [
    "2019-01-01 relationship_start",
    "2020-01-10 data_registered category: calls, id: call-1",
    "2020-04-30 relationship_end",
]
"""Customer and call due on 30 June."""
LEFT = ["2019-01-01 relationship_start", "2020-03-15 relationship_end"]
"""Customer due on 15 May."""
DISPUTED = [*LEFT, "2020-04-01 dispute_opened id: d, assessed: true"]
SETTLED = [*DISPUTED, "2020-05-20 dispute_closed id: d"]
"""Due on 20 May, when the dispute was closed."""
ASKED = [*LEFT, "2020-05-05 data_request right: access"]
"""The answer is due on 5 June."""
GONE = [*LEFT, "2020-05-10 disposed categories: [customer]"]
OLD = ["2014-03-05 data_registered category: bookkeeping, id: v1"]
"""Kept until and due on 1 January 2020."""
ALL = CALLED, LEFT, DISPUTED, SETTLED, ASKED, GONE, OLD


@pytest.fixture(scope="module")
def may(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The lists of May 2020, and what was disposed of since 10 May."""
    folder = tmp_path_factory.mktemp("retention")
    more = "--month 2020-05 --disposed-since 2020-05-10"
    return results(folder, "retention", {"header": CEKURA}, *ALL, more=more)


def test_a_holding_due_in_the_period_is_a_row(may: Results) -> None:
    assert [(row["line"], row["category"], row["dispose_by"], row["status"]) for row in may.rows("disposals")] == [
        (2, "customer", "2020-05-15", "overdue"),
        (4, "customer", "2020-05-20", "overdue"),
        (5, "customer", "2020-05-15", "overdue"),
    ]


def test_a_row_names_what_is_done_and_by_which_clause(may: Results) -> None:
    assert may.rows("disposals")[0] == {
        "line": 2,
        "member": None,
        "category": "customer",
        "id": "1",
        "action": "erase_or_anonymise",
        "dispose_by": "2020-05-15",
        "clause": "cekura.opbevaring.3",
        "status": "overdue",
    }


def test_what_only_a_dispute_keeps_is_listed_with_the_clause_that_keeps_it(may: Results) -> None:
    (row,) = may.rows("kept")
    assert row == {
        "line": 3,
        "member": None,
        "category": "customer",
        "id": "1",
        "due_but_for_this": "2020-05-15",
        "clause": "cekura.opbevaring.3",
        "kept_by": "cekura.opbevaring.9",
        "kept_until": None,
    }


def test_what_should_have_gone_is_listed_with_the_days(may: Results) -> None:
    # to 31 May: 16 days from the 15th, 11 from the 20th, 151 from 1 January
    found = [(row["line"], row["due_by"], row["days"]) for row in may.rows("overdue")]
    assert found == [(2, "2020-05-15", 16), (4, "2020-05-20", 11), (5, "2020-05-15", 16), (7, "2020-01-01", 151)]


def test_what_was_disposed_of_since_a_day_is_listed(may: Results) -> None:
    found = [(row["line"], row["category"], row["action"], row["disposed_on"]) for row in may.rows("disposed")]
    assert found == [(6, "customer", "erased", "2020-05-10")]


def test_the_summary_sums_by_clause_day_and_month(may: Results) -> None:
    summary = may.summary
    assert (summary["disposals"], summary["kept"], summary["overdue"], summary["members_with_disposals"]) == (
        3,
        1,
        4,
        3,
    )
    assert summary["by_day"] == [
        {"date": "2020-05-15", "category": "customer", "clause": "cekura.opbevaring.3", "holdings": 2},
        {"date": "2020-05-20", "category": "customer", "clause": "cekura.opbevaring.3", "holdings": 1},
    ]
    months = summary["months"]
    assert (len(months), months[0]["month"], months[-1]["month"]) == (13, "2020-05", "2021-05")
    assert months[1] == {
        "month": "2020-06",
        "holdings": 2,
        "by_clause": {"cekura.opbevaring.3": 1, "cekura.opbevaring.7": 1},
    }


def test_a_request_is_listed_in_the_month_of_its_answer(tmp_path: Path) -> None:
    june = results(tmp_path, "retention", {"header": CEKURA}, ASKED, more="--month 2020-06")
    assert [(row["request"], row["answer_by"], row["status"]) for row in june.rows("requests")] == [
        ("access", "2020-06-05", "open")
    ]


def test_a_request_that_nobody_answered_is_overdue_after_its_day(tmp_path: Path) -> None:
    header = CEKURA.replace("05-31", "06-10")
    june = results(tmp_path, "retention", {"header": header}, ASKED, more="--month 2020-06")
    late = [(row["request"], row["days"]) for row in june.rows("overdue") if row["request"]]
    assert late == [("access", 5)]


def test_a_holding_is_listed_on_the_last_day_of_a_period_and_not_the_day_before(tmp_path: Path) -> None:
    on = results(tmp_path / "on", "retention", {"header": CEKURA}, CALLED, more="--from 2020-06-01 --until 2020-06-30")
    by = results(tmp_path / "by", "retention", {"header": CEKURA}, CALLED, more="--from 2020-06-01 --until 2020-06-29")
    assert (on.summary["disposals"], by.summary["disposals"]) == (2, 0)


def test_the_page_names_the_categories_as_the_policy_does(tmp_path: Path) -> None:
    more = "--from 2020-06-01 --until 2020-06-30 --lang da"
    page = results(tmp_path, "retention", {"header": CEKURA}, CALLED, more=more).stdout
    assert ("optagede samtaler  cekura.opbevaring.7" in page, "kundeoplysninger   cekura.opbevaring.3" in page) == (
        True,
        True,
    )


def test_what_happened_after_the_period_does_not_count(tmp_path: Path) -> None:
    header = CEKURA.replace("2020-05-31", "2021-12-31")
    gone = [*LEFT, "2020-06-01 disposed categories: [customer]"]
    found = results(tmp_path, "retention", {"header": header}, gone, more="--month 2020-05")
    assert (found.summary["until"], found.summary["disposals"]) == ("2020-05-31", 1)


def test_without_a_period_only_what_was_disposed_of_is_listed(tmp_path: Path) -> None:
    found = results(tmp_path, "retention", {"header": CEKURA}, GONE, more="--disposed-since 2020-05-11")
    assert (found.exit_code, found.rows("disposed")) == (0, [])
    assert not (found.folder / "disposals.ndjson").exists()


def test_the_terms_list_their_vouchers_from_the_replay(tmp_path: Path) -> None:
    header = PRICES + "until: 2025-12-31\nretention: {policy: kabelplus}\nreadings: {kabelplus.clean-up: no-grace}\n"
    anna = ["2020-01-15 sign_up package: basis", "2020-02-29 log_in", "2020-06-10 give_notice"]
    found = results(tmp_path, "retention", {"header": header}, anna, more="--month 2026-01")
    rows = [(row["id"], row["dispose_by"], row["clause"]) for row in found.rows("disposals")]
    assert ("invoice:1", "2026-01-01", "kabelplus.opbevaring.3a") in rows


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("", "name a period: --month, or --from and --until"),
        ("--month 2020-13", "not a month such as 2026-01"),
        ("--month 2020-05 --from 2020-05-01", "leave out --from and --until"),
        ("--from 2020-05-01", "--from and --until go together"),
        ("--from 2020-05-02 --until 2020-05-01", "--until is 2020-05-01, expected 2020-05-02 (--from) or later"),
        ("--disposed-since 2020-05-01 --plot", "--plot draws a period"),
    ],
)
def test_a_period_that_is_none_is_refused(tmp_path: Path, more: str, words: str) -> None:
    found = results(tmp_path, "retention", {"header": CEKURA}, LEFT, more=more)
    assert (found.exit_code, words in " ".join(found.stderr.split())) == (2, True)


def test_a_header_without_a_policy_says_what_to_add(tmp_path: Path) -> None:
    found = results(tmp_path, "retention", {"header": PRICES + "until: 2020-05-31\n"}, LEFT, more="--month 2020-05")
    assert (found.exit_code, "add retention: {policy: NAME}, or give --policy NAME" in found.stderr) == (2, True)


def test_another_policy_may_be_named_in_the_place_of_the_header_s(tmp_path: Path) -> None:
    found = results(tmp_path, "retention", {"header": CEKURA}, LEFT, more="--month 2020-03 --policy ciemtech")
    assert [(row["category"], row["dispose_by"]) for row in found.rows("disposals")] == [("account", "2020-03-15")]


def test_a_record_with_a_fault_is_rejected_in_its_place(tmp_path: Path) -> None:
    wrong = ["2020-01-01 relationship_start", "2020-01-02 data_registered category: callz"]
    found = results(tmp_path, "retention", {"header": CEKURA}, LEFT, wrong, more="--month 2020-05")
    assert found.exit_code == 1
    assert found.rows("rejected") == [
        {"line": 2, "reason": "event 2: the policy has no category 'callz' (did you mean 'calls'?)"}
    ]


def test_events_about_personal_data_are_rejected_where_no_policy_is_named(tmp_path: Path) -> None:
    found = results(tmp_path, "run", {"header": PRICES + "until: 2020-05-31\n"}, ["2020-01-01 activity"])
    assert "needs a policy" in found.rows("rejected")[0]["reason"]


def test_a_run_passes_over_events_about_personal_data(tmp_path: Path) -> None:
    header = PRICES + "until: 2020-05-31\nretention: {policy: kabelplus}\n"
    anna = ["2020-01-15 sign_up package: basis", "2020-02-01 contact", "2020-02-02 data_request right: access"]
    found = results(tmp_path, "run", {"header": header}, anna)
    assert (found.exit_code, len(found.rows("invoices"))) == (0, 2)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_lists_are_the_same_from_every_format(tmp_path: Path, ending: str) -> None:
    _generate(tmp_path, "cekura", 30)
    period = "--from", "2020-06-01", "--until", "2022-12-31"
    plain = on_members(tmp_path, "retention", *period)
    _as(ending, tmp_path)
    other = on_members(tmp_path / ending, "retention", *period, ending=ending)
    assert other.rows("disposals") == plain.rows("disposals")
    assert other.summary == plain.summary
    assert plain.summary["disposals"] > 0


@pytest.mark.parametrize("policy", POLICY_NAMES)
def test_every_row_is_what_retention_answers_for_the_member_alone(tmp_path: Path, policy: str) -> None:
    records, header = _generate(tmp_path, policy, 25)
    found = on_members(tmp_path, "retention", "--from", "2020-01-01", "--until", "2022-12-31")
    assert found.exit_code == 0
    listed = {(row["line"], row["category"], row["id"], row["dispose_by"]) for row in found.rows("disposals")}
    expected = set()
    for line, record in enumerate(records, start=1):
        case = case_of(scenario(record, header | {"announcements": header.get("announcements", [])}))
        for held in retention_without_contested(case, Day(2022, 12, 31)).holdings:
            day = held.dispose_by
            if held.disposed_on is None and day is not None and Day(2020, 1, 1) <= day <= Day(2022, 12, 31):
                expected.add((line, held.category, held.id, day.isoformat()))
    assert listed == expected


def test_contested_tells_of_policy_points_in_holdings_and_days(tmp_path: Path) -> None:
    found = results(tmp_path, "contested", {"header": CEKURA}, [*LEFT, "2020-03-20 contact"])
    keys = ("reading", "category", "due_before", "due_after", "days")
    # contact 20 March + 2 months; the end alone 15 March + 2 months
    assert [tuple(row[key] for key in keys) for row in found.rows("contested_data")] == [
        ("as-needed", "customer", "2020-05-20", None, None),
        ("as-needed", "correspondence", "2020-05-20", None, None),
        ("stop", "customer", "2020-05-20", "2020-05-15", -5),
        ("stop", "correspondence", "2020-05-20", "2020-05-15", -5),
    ]
    assert [
        (row["point"], row["reading"], row["members"], row["records"], row["days_apart"], row["one_sided"])
        for row in found.summary["data_readings"]
    ] == [("cekura.stop-or-contact", "stop", 1, 2, 10, 0), ("cekura.main-rule", "as-needed", 1, 2, 0, 2)]


def test_the_pictures_show_what_falls_due(tmp_path: Path) -> None:
    found = results(tmp_path, "retention", {"header": CEKURA}, *ALL, more="--month 2020-05 --plot")
    assert "cekura.opbevaring.7" in (found.folder / "disposals-by-month.svg").read_text()
    assert "past its last day" in (found.folder / "holdings-by-status.svg").read_text()


def _generate(folder: Path, policy: str, number: int) -> tuple[list[Row], Row]:
    """Members with facts that a policy goes by, and their header."""
    lines = generated(Block(0, number), 1, 3, load_policy(policy))
    (folder / "members.ndjson").write_bytes(lines)
    text = header_of(3, load_policy(policy), policy)
    (folder / "header.yaml").write_text(text)
    return list(map(json.loads, lines.splitlines())), yaml.load(text, yaml.BaseLoader)


def _as(ending: str, folder: Path) -> None:
    """Write the members of a folder in another format, into a folder of its name."""
    (folder / ending).mkdir()
    shutil.copy(folder / "header.yaml", folder / ending)
    lines = (folder / "members.ndjson").read_bytes()
    if ending == "parquet":
        with atomic_members_file(folder / ending / "members.parquet") as file:
            file.write(lines)
        return
    rows = []
    for record in map(json.loads, lines.splitlines()):
        own = {"member": record["member"]["id"], "born": record["member"]["born"]}
        rows += [own | {key: _cell(value) for key, value in each.items()} for each in record["timeline"]]
    with (folder / ending / "members.csv").open("w", newline="") as file_of_text:
        writer = csv.DictWriter(file_of_text, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)


def _cell(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else str(value)
