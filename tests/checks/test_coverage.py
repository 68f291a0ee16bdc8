"""What the scenarios exercise of the model, and how that is told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from subsim import load, loads
from subsim.basics.languages import Code, language
from subsim.checks.coverage import KINDS, Coverage, Kind, coverage
from subsim.files.scenario import Scenario
from subsim.pages.coverage import coverage_page
from subsim.pages.text import Page, text_of
from subsim.terms.choice import TermsChoice

SCENARIOS = Path(__file__).parents[2] / "scenarios"

ANNA = """\
scenario: Anna gives notice when she is free
prices: {basis: 149.00}
until: 2020-12-31
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis, channel: shop, payment: betalingsservice}
  - {date: 2020-08-01, event: give_notice}
"""
ASKED = f"""{ANNA}ask:
  - {{date: 2020-08-01, routes: {{withdrawal: closed}}}}
"""
SUSPENDED = """\
scenario: Access is suspended on {day}
prices: {{basis: 149.00}}
until: 2020-03-31
timeline:
  - {{date: 2020-01-15, event: sign_up, package: basis, payment: invoice}}
  - {{date: 2020-01-20, event: pay, amount: {paid}}}
  - {{date: {day}, event: suspend}}
"""


@pytest.fixture(scope="module")
def whole() -> Coverage:
    return coverage(map(load, sorted(SCENARIOS.rglob("*.yaml"))))


@pytest.mark.parametrize("kind", KINDS)
def test_every_clause_point_reading_transition_and_route_is_exercised_by_some_scenario(
    whole: Coverage, kind: Kind
) -> None:
    assert whole.missing(kind) == []


def of(text: str, kind: Kind, **terms: dict[str, str]) -> list[str]:
    """What one scenario exercises of a kind."""
    return exercised(loads(text), kind, **terms)


def exercised(scenario: Scenario, kind: Kind, **terms: dict[str, str]) -> list[str]:
    return [
        item
        for item, files in coverage([scenario], TermsChoice(readings=terms.get("readings", {}))).files[kind].items()
        if files
    ]


def test_a_reading_is_exercised_only_where_another_one_changes_what_comes_out() -> None:
    # 2020-08-01 + 30 = 2020-08-31; next quarter 2020-10-15, a calendar quarter 2020-10-01, an end of the month none
    assert of(ANNA, "readings") == ["ordinary-notice=quarterly", "quarter-anchor=subscription"]
    assert of(ANNA, "points") == ["ordinary-notice", "quarter-anchor"]


def test_readings_of_the_command_line_are_those_that_count() -> None:
    assert of(ANNA, "readings", readings={"ordinary-notice": "thirty-days"}) == ["ordinary-notice=thirty-days"]


def test_a_clause_is_exercised_if_what_comes_out_rests_on_it() -> None:
    assert of(ANNA, "clauses") == [
        "adgang.1",
        "adgang.16",
        "betaling.2",
        "betaling.5",
        "fornyelse.1",
        "opsigelse.1a",
        "opsigelse.2d",
    ]


def test_a_question_exercises_the_ways_out_that_it_names_and_their_clauses() -> None:
    assert of(ANNA, "routes") == ["ordinary taken"]
    assert of(ASKED, "routes") == ["withdrawal closed", "ordinary taken"]
    assert set(of(ASKED, "clauses")) - set(of(ANNA, "clauses")) == {"fortrydelse.1", "fortrydelse.2", "fortrydelse.3"}


def test_the_moves_of_a_subscription_are_told_in_full() -> None:
    assert of(ANNA, "transitions") == [
        "[*] --> bound: sign-up",
        "bound --> free: binding ends",
        "free --> ending: notice",
        "ending --> ended: end",
    ]


def test_two_moves_on_one_day_are_both_told() -> None:
    withdrawn = ANNA.replace("2020-08-01, event: give_notice", "2020-01-15, event: withdraw").replace("shop", "online")
    assert of(withdrawn, "transitions") == ["[*] --> bound: sign-up", "bound --> ended: end"]


def test_a_notice_that_ends_it_the_same_day_is_a_notice_and_an_end() -> None:
    at_once = ANNA + "numbers: {notice-days: 0}\nreadings: {ordinary-notice: thirty-days}\n"
    assert of(at_once, "transitions")[-2:] == ["free --> ending: notice", "ending --> ended: end"]


def test_an_id_signed_up_again_has_two_lives() -> None:
    again = ANNA + "  - {date: 2020-11-01, event: sign_up, package: basis, channel: shop}\n"
    again += "  - {date: 2020-11-02, event: terminate, reason: breach}\n"
    assert of(again, "transitions")[-2:] == ["free --> ending: notice", "ending --> ended: end"]
    assert "bound --> ended: end" in of(again, "transitions")


@pytest.mark.parametrize(
    ("day", "paid", "late"),
    [
        ("2020-01-15", "1.00", False),
        ("2020-01-16", "1.00", True),
        ("2020-02-01", "446.99", True),
        ("2020-02-01", "447.00", False),
    ],
)
def test_a_suspension_rests_on_late_payment_only_while_something_is_overdue(day: str, paid: str, late: bool) -> None:
    text = SUSPENDED.format(day=day, paid=paid)
    if day < "2020-01-20":
        lines = text.splitlines()
        text = "\n".join([*lines[:-2], lines[-1], lines[-2]]) + "\n"
    assert ("betaling.3" in of(text, "clauses")) is late


def test_a_variant_exercises_what_it_runs_under() -> None:
    variant = f"{ANNA}variants: [{{name: by the 30 days, readings: {{ordinary-notice: thirty-days}}}}]\n"
    assert "ordinary-notice=thirty-days" in of(variant, "readings")


def test_a_case_that_cannot_be_replayed_is_passed_over() -> None:
    twice = f"{ANNA}  - {{date: 2020-08-02, event: sign_up, package: basis}}\n"
    assert of(twice, "clauses") == []


def test_json_names_the_files_of_every_item() -> None:
    anna = loads(ANNA, "anna.yaml")
    told = coverage([anna, loads(ANNA, "bo.yaml")]).to_dict()
    assert told["routes"]["ordinary taken"] == ["anna.yaml", "bo.yaml"]
    assert told["routes"]["trial taken"] == []


@pytest.mark.parametrize(
    ("code", "missing"), [("en", "Exercised by no scenario"), ("da", "Prøves ikke af noget scenarie")]
)
def test_a_page_counts_what_is_exercised_and_lists_what_is_not(code: Code, missing: str) -> None:
    page = text_of(coverage_page(coverage([loads(ANNA)]), Page(language(code), 100)), 100)
    assert missing in page
    assert page.splitlines()[5].split()[-2:] == ["4", "18"]
    assert "bound --> ended: end;" in page


def test_a_page_lists_nothing_where_all_is_exercised(whole: Coverage) -> None:
    assert "no scenario" not in text_of(coverage_page(whole, Page(language("en"), 100)), 100)


# The command


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "subsim", "run", "--coverage", "--lang", "en", *arguments]
    return subprocess.run(command, cwd=SCENARIOS.parent, capture_output=True, encoding="utf-8", check=False)


def test_the_command_tells_the_coverage_after_the_results() -> None:
    told = run("scenarios/transfer")
    assert told.returncode == 0
    assert (
        told.stdout.index("all hold.") < told.stdout.index("exercised") < told.stdout.index("Exercised by no scenario")
    )


def test_the_json_of_a_run_has_its_coverage() -> None:
    told = json.loads(run("scenarios/transfer", "--format", "json").stdout)
    assert told["coverage"]["clauses"]["overdragelse.1"] == ["scenarios/transfer/refused-to-the-member.yaml"]
    assert list(told["coverage"]) == ["clauses", "points", "readings", "transitions", "routes"]


def test_junit_has_no_place_for_coverage() -> None:
    told = run("scenarios/transfer", "--format", "junit")
    assert (told.returncode, told.stdout) == (2, "")
    assert "--coverage goes with --format table or json" in told.stderr
