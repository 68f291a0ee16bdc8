"""What the commands on all members give as JSON fulfils its schema, such as `subsim schema --of portfolio-run`."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from subsim.api.schemas import result_schema
from tests.support.portfolios import BASIS, PRICES, UNTIL, announced, generate, on_members, results

PLAIN = PRICES + UNTIL
WITH_RISE = PLAIN + announced("2020-09-01 announce_price_change prices: {basis: 159.00}, effective: 2020-11-01")
OF_DATA = "until: 2020-05-31\nretention: {policy: cekura}\n"
LEAVES = [BASIS, "2020-09-20 give_notice"]
LEFT = [
    "2019-01-01 relationship_start",
    "2020-03-15 relationship_end",
    "2020-05-05 data_request right: access",
]
GONE = [*LEFT, "2020-05-10 disposed categories: [customer]"]


def faults(name: str, summary: Any) -> list[str]:
    return [each.message for each in Draft202012Validator(result_schema(f"portfolio-{name}")).iter_errors(summary)]


@pytest.mark.parametrize("command", ["run", "law", "contested"])
def test_the_summary_of_members_of_every_kind_fulfils_its_schema(command: str, tmp_path: Path) -> None:
    generate(tmp_path, 60, seed=1)
    summary = on_members(tmp_path, command).summary
    assert (summary["records"], faults(command, summary)) == (60, [])


def test_the_summary_of_what_is_contested_in_a_policy_too_fulfils_its_schema(tmp_path: Path) -> None:
    header = WITH_RISE + "retention: {policy: kabelplus}\n"
    summary = results(tmp_path, "contested", {"header": header}, LEAVES, [BASIS, "2020-02-01 contact"]).summary
    assert (summary["policy"], faults("contested", summary)) == ("kabelplus", [])


def test_the_summary_of_two_headers_fulfils_its_schema(tmp_path: Path) -> None:
    summary = results(tmp_path, "compare", {"before": PLAIN, "after": WITH_RISE}, LEAVES, [BASIS]).summary
    assert (len(summary["routes"]), len(summary["most_affected"]), faults("compare", summary)) == (1, 2, [])


@pytest.mark.parametrize("more", ["", "--month 2020-05 --disposed-since 2020-05-10", "--month 2020-07"])
def test_the_summary_of_what_is_due_fulfils_its_schema(more: str, tmp_path: Path) -> None:
    period = more or "--disposed-since 2020-05-10"
    summary = results(tmp_path, "retention", {"header": OF_DATA}, LEFT, GONE, more=period).summary
    assert ("from" in summary, faults("retention", summary)) == ("--month" in period, [])


def test_the_records_of_a_member_who_stands_twice_are_in_the_schema(tmp_path: Path) -> None:
    twice = '{"member": {"id": "bo"}, "timeline": [{"date": "2020-01-15", "event": "sign_up", "package": "basis"}]}\n'
    (tmp_path / "members.ndjson").write_text(twice * 2, encoding="utf-8")
    (tmp_path / "header.yaml").write_text(PLAIN, encoding="utf-8")
    summary = on_members(tmp_path, "run").summary
    assert (summary["first_duplicates"][0]["first_line"], faults("run", summary)) == (1, [])


@pytest.mark.parametrize("name", ["run", "compare", "contested", "law", "retention"])
def test_a_key_that_is_not_documented_is_a_fault(name: str) -> None:
    assert any("'more' was unexpected" in fault for fault in faults(name, {"more": 1}))
