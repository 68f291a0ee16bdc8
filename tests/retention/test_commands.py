"""`subsim retention` and `subsim policies` as they are run."""

import json
from pathlib import Path

import pytest

from tests.support.command import REPOSITORY
from tests.support.command import in_process as subsim

CALLS = REPOSITORY / "scenarios" / "retention" / "cekura" / "recorded-calls.yaml"
BOOKKEEPING = REPOSITORY / "scenarios" / "retention" / "kabelplus" / "erasure-that-bookkeeping-outlasts.yaml"
ERASURE = REPOSITORY / "scenarios" / "retention" / "cekura" / "erasure-while-a-customer.yaml"
SWEDISH = REPOSITORY / "scenarios" / "retention" / "cs-movies" / "access-received-on-2022-12-24.yaml"
LIBRARY = REPOSITORY / "tests" / "retention" / "policies" / "library.yaml"


def test_the_first_sentence_says_what_falls_due() -> None:
    ran = subsim("retention", CALLS, "--date", "2020-05-01")
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (
        0,
        "2 categories fall due: calls and customer by 30 June 2020.",
    )


def test_the_sentence_is_danish_where_that_is_asked_for() -> None:
    ran = subsim("retention", CALLS, "--date", "2020-05-01", "--lang", "da")
    assert (
        ran.stdout.splitlines()[0]
        == "2 kategorier skal slettes: optagede samtaler og kundeoplysninger senest den 30. juni 2020."
    )


def test_json_has_the_keys_of_the_contract() -> None:
    found = json.loads(subsim("retention", CALLS, "--date", "2020-05-01", "--format", "json").stdout)
    assert list(found) == [
        *("date", "policy", "profile", "readings", "settings", "holdings", "requests", "duties"),
        *("refused", "unclear", "contested"),
    ]


def test_json_of_a_holding_has_the_keys_of_the_contract() -> None:
    found = json.loads(subsim("retention", CALLS, "--date", "2020-05-01", "--format", "json").stdout)
    assert list(found["holdings"][0]) == [
        *("category", "id", "held_from", "status", "inactive_on", "use_ends_on", "restricted_from", "retain_until"),
        *("retain_clause", "dispose_by", "not_before", "action", "clause", "moved_by", "kept_longer", "disposed_on"),
        *("verdict", "because"),
    ]


def test_the_other_readings_are_in_the_order_of_the_points() -> None:
    found = json.loads(subsim("retention", CALLS, "--date", "2020-05-01", "--format", "json").stdout)
    assert [(each["point"], each["reading"], each["category"], each["dispose_by"]) for each in found["contested"]] == [
        ("cekura.main-rule", "as-needed", "customer", None),
        ("cekura.calls-end", "notice", "calls", "2020-05-31"),
    ]


@pytest.mark.parametrize(("date", "code"), [("2020-06-30", 0), ("2020-07-01", 1)])
def test_a_check_fails_once_something_is_overdue(date: str, code: int) -> None:
    assert subsim("retention", CALLS, "--date", date, "--check").returncode == code


@pytest.mark.parametrize(("date", "code"), [("2020-03-03", 0), ("2020-03-04", 1)])
def test_a_check_fails_once_a_request_is_past_its_day(date: str, code: int) -> None:
    ran = subsim("retention", ERASURE, "--date", date, "--category", "customer", "--check")
    assert ran.returncode == code


def test_a_reading_of_the_command_line_wins() -> None:
    ran = subsim("retention", CALLS, "--date", "2020-05-01", "--reading", "cekura.calls-end=notice", "--format", "json")
    held = {each["category"]: each["dispose_by"] for each in json.loads(ran.stdout)["holdings"]}
    assert held == {"customer": "2020-06-30", "calls": "2020-05-31"}


def test_a_number_of_the_command_line_wins() -> None:
    ran = subsim("retention", CALLS, "--date", "2020-05-01", "--number", "cekura.call-months=3", "--format", "json")
    held = {each["category"]: each["dispose_by"] for each in json.loads(ran.stdout)["holdings"]}
    assert held["calls"] == "2020-07-30"


@pytest.mark.parametrize("option", ["cekura.cals-end=notice", "cekura.calls-end=notices"])
def test_a_reading_that_the_policy_does_not_have_is_a_fault(option: str) -> None:
    ran = subsim("retention", CALLS, "--date", "2020-05-01", "--reading", option)
    assert (ran.returncode, "did you mean" in ran.stderr) == (2, True)


def test_another_policy_goes_before_that_of_the_file() -> None:
    text = (
        "scenario: A caller\nretention: {policy: cekura}\ntimeline:\n- {date: 2020-01-01, event: relationship_start}\n"
    )
    text += "- {date: 2020-03-01, event: relationship_end}\n"
    ran = subsim("retention", "-", "--date", "2020-03-01", "--policy", "ciemtech", "--format", "json", stdin=text)
    assert [(each["category"], each["dispose_by"]) for each in json.loads(ran.stdout)["holdings"]] == [
        ("account", "2020-03-01")
    ]


def test_a_file_that_names_no_policy_is_told_how_to(tmp_path: Path) -> None:
    file = tmp_path / "member.yaml"
    file.write_text("scenario: A\nprices: {basis: 1.00}\nuntil: 2020-01-01\ntimeline: []\n", encoding="utf-8")
    ran = subsim("retention", file)
    assert (ran.returncode, "--policy NAME" in ran.stderr) == (2, True)


def test_a_policy_file_stands_beside_its_scenario(tmp_path: Path) -> None:
    (tmp_path / "library.yaml").write_text(LIBRARY.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "reader.yaml"
    text = "scenario: A reader\nretention: {policy: library.yaml}\ntimeline:\n"
    text += "- {date: 2020-01-01, event: relationship_start}\n"
    file.write_text(text, encoding="utf-8")
    assert subsim("retention", file, "--date", "2020-02-01").returncode == 0


def test_the_faults_of_a_policy_file_are_shown_in_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("policy: broken\n", encoding="utf-8")
    file = tmp_path / "reader.yaml"
    file.write_text(
        "scenario: A\nretention: {policy: broken.yaml}\nuntil: 2020-01-01\ntimeline: []\n", encoding="utf-8"
    )
    ran = subsim("retention", file)
    assert (ran.returncode, "broken.yaml:1:1: a policy lacks the field 'title'" in ran.stderr) == (2, True)


def test_a_letter_says_until_when_and_what_became_of_the_request() -> None:
    text = subsim("retention", ERASURE, "--date", "2020-02-10", "--letter").stdout
    assert "- To be erased by 3 March 2020 at the latest." in text
    assert "- Kept while we have an agreement with you." in text


def test_a_letter_tells_what_should_have_happened_by_now() -> None:
    text = subsim("retention", BOOKKEEPING, "--date", "2020-08-01", "--letter").stdout
    told = ("inactive from 15 May 2020; was to be erased by 2 July 2020", "We were to answer it by 2 July 2020.")
    assert [words.lower() in text.lower() for words in told] == [True, True]


def test_a_letter_says_once_what_is_so_of_several() -> None:
    lines = subsim("retention", BOOKKEEPING, "--date", "2020-08-01", "--letter").stdout.splitlines()
    assert [line for line in lines if "kept until" in line] == [
        "- Invoices, payments, collection: kept until 1 January 2025 (2).",
        "- Invoices, payments, collection: kept until 1 January 2026 (2).",
    ]


def test_a_letter_in_danish_names_the_day_in_danish() -> None:
    text = subsim("retention", ERASURE, "--date", "2020-02-10", "--letter", "--lang", "da").stdout
    assert "senest den 3. marts 2020" in text


def test_the_sentences_of_a_letter_have_the_numbers_that_are_chosen() -> None:
    text = subsim("retention", ERASURE, "--date", "2020-02-10", "--letter", "--number", "cekura.call-months=3").stdout
    (sentence,) = [line for line in text.splitlines() if line.startswith("- cekura.opbevaring.7")]
    assert ("3 months" in sentence, "2 months" in sentence) == (True, False)


def test_a_letter_by_a_swedish_policy_has_its_words_in_swedish_too() -> None:
    text = subsim("retention", SWEDISH, "--date", "2022-12-27", "--letter").stdout
    assert "(Swedish: namn, e-post, betalningssätt, inställningar)" in text
    assert "(Swedish: Alla förfrågningar besvaras som dataskyddslagarna säger.)" in text


def test_the_schedule_of_a_swedish_policy_has_its_words_in_swedish_too() -> None:
    text = " ".join(subsim("policies", "cs-movies").stdout.split())
    assert "Swedish:" in text


@pytest.mark.parametrize(("name", "begins"), [("letter.html", b"<!doctype html>"), ("letter.pdf", b"%PDF")])
def test_a_letter_may_be_written_to_a_file_as_its_ending_says(tmp_path: Path, name: str, begins: bytes) -> None:
    ran = subsim("retention", ERASURE, "--date", "2020-02-10", "--letter", "-o", tmp_path / name)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert (tmp_path / name).read_bytes()[: len(begins)].lower() == begins.lower()


def test_a_file_without_a_letter_is_refused(tmp_path: Path) -> None:
    ran = subsim("retention", ERASURE, "--date", "2020-02-10", "-o", tmp_path / "letter.md")
    assert (ran.returncode, "add --letter" in ran.stderr) == (2, True)


def test_compare_tells_what_each_profile_and_reading_makes_of_the_dates() -> None:
    result = subsim("compare", CALLS, "--format", "json")
    found = json.loads(result.stdout)["retention"]
    changed = {
        each["profile"]: [(one["category"], one["dispose_by"]) for one in each["changes"]] for each in found["profiles"]
    }
    # notice 31 March + 2 months = 31 May; the operator's reading names no date for the customer
    assert changed == {"standard": [], "member": [("calls", "2020-05-31")], "operator": [("customer", None)]}
    assert [(each["reading"], each["category"]) for each in found["readings"]] == [
        ("as-needed", "customer"),
        ("notice", "calls"),
    ]


def test_the_policies_are_listed() -> None:
    found = json.loads(subsim("policies", "--format", "json").stdout)
    assert [each["policy"] for each in found] == ["kabelplus", "cekura", "ciemtech", "cs-movies", "courlux"]


def test_a_policy_file_is_shown_as_a_schedule() -> None:
    ran = subsim("policies", LIBRARY)
    assert (ran.returncode, "A loan is forgotten 4 weeks after it came back." in ran.stdout) == (0, True)


def test_a_schedule_tells_each_category_in_danish_beside_its_id() -> None:
    ran = subsim("policies", "cekura", "--lang", "da")
    (calls,) = [line for line in ran.stdout.splitlines() if line.startswith("calls")]
    assert " ".join(calls.split()) == "calls optagede samtaler post post registreret optagede samtaler"


def test_a_policy_that_there_is_none_of_is_a_fault() -> None:
    ran = subsim("policies", "cekur")
    assert (ran.returncode, "did you mean 'cekura'?" in ran.stderr) == (2, True)


def test_the_schema_of_policies_is_printed() -> None:
    assert json.loads(subsim("schema", "--of", "policy").stdout)["title"] == "A privacy policy of subsim"
