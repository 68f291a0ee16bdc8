"""A policy is a file that anyone can write: what it says is read, and all its faults are shown in their places."""

from pathlib import Path

import jsonschema
import pytest
import yaml

import subsim
from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.files.policy import POLICY_NAMES, load_policy, loads_policy, shipped_policy
from subsim.files.schema import policy_schema, statute_schema
from subsim.retention.report import Retention
from subsim.retention.retention import retention
from subsim.terms.policies import UponRequest

LIBRARY = Path(__file__).parent / "policies" / "library.yaml"
POLICIES = Path(subsim.__file__).parent / "policies"


def faults_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(InputErrors) as caught:
        loads_policy(text)
    return [(error.line, error.message) for error in caught.value.errors]


def library_with(old: str, new: str) -> str:
    text = LIBRARY.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def of_library(*events: str, on: Day) -> Retention:
    timeline = "".join(f"- {{{event}}}\n" for event in events)
    scenario = subsim.loads(
        f"scenario: A reader\nretention: {{policy: {LIBRARY}}}\nuntil: 2021-01-01\ntimeline:\n{timeline}"
    )
    return retention(case_of(scenario), on)


@pytest.mark.parametrize("name", POLICY_NAMES)
def test_a_policy_of_ours_is_what_the_schema_allows(name: str) -> None:
    document = yaml.safe_load((POLICIES / f"{name}.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(_as_json(document), policy_schema())


@pytest.mark.parametrize("name", ["gdpr", "bfl"])
def test_a_statute_of_ours_is_what_the_schema_allows(name: str) -> None:
    document = yaml.safe_load((POLICIES / f"{name}.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(_as_json(document), statute_schema())


def _as_json(value: object) -> object:
    """Dates as the text that they are in the file."""
    if isinstance(value, dict):
        return {key: _as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_json(each) for each in value]
    return value if isinstance(value, str | int | bool | None) else str(value)


@pytest.mark.parametrize("name", POLICY_NAMES)
def test_every_clause_is_told_in_english_and_danish(name: str) -> None:
    policy = shipped_policy(name)
    untold = [clause.clause for clause in policy.clauses if not (clause.says.en and clause.says.da)]
    assert untold == []


def test_every_clause_of_the_swedish_policy_is_told_in_swedish() -> None:
    assert [clause.clause for clause in shipped_policy("cs-movies").clauses if clause.says.sv is None] == []


@pytest.mark.parametrize("name", POLICY_NAMES)
def test_both_statutes_stand_beside_a_policy_of_ours(name: str) -> None:
    assert [each.id for each in shipped_policy(name).bound] == ["gdpr", "bfl"]


# A sixth policy


def test_a_loan_goes_with_the_first_clean_up_four_weeks_after_it_came_back() -> None:
    loan = "date: 2020-05-01, event: data_registered, category: loans, ends: 2020-06-03"
    (held,) = of_library(loan, on=Day(2020, 6, 10)).holdings
    assert (held.dispose_by, held.moved_by, held.clause) == (Day(2020, 7, 1), None, "library.loans.1")


def test_a_loan_that_came_back_a_day_later_waits_a_year() -> None:
    loan = "date: 2020-05-01, event: data_registered, category: loans, ends: 2020-06-04"
    (held,) = of_library(loan, on=Day(2020, 6, 10)).holdings
    assert (held.dispose_by, held.moved_by) == (Day(2021, 7, 1), "library.loans.2")


def test_a_question_to_the_library_is_answered_in_fourteen_days() -> None:
    found = of_library(
        "date: 2020-01-01, event: relationship_start",
        "date: 2020-06-01, event: data_request, right: access",
        on=Day(2020, 6, 10),
    )
    (asked,) = found.requests
    assert (asked.answer_by, asked.policy_clause, asked.statute_by) == (
        Day(2020, 6, 15),
        "library.answer.1",
        Day(2020, 7, 1),
    )


def test_erasure_that_a_reader_asks_for_is_due_with_the_answer() -> None:
    found = of_library(
        "date: 2020-05-01, event: data_registered, category: loans, ends: 2020-12-03",
        "date: 2020-06-01, event: data_request, right: erasure",
        on=Day(2020, 6, 10),
    )
    assert found.holdings[0].dispose_by == Day(2020, 6, 15)


def test_the_other_reading_of_the_library_is_shown() -> None:
    loan = "date: 2020-05-01, event: data_registered, category: loans, ends: 2020-06-04"
    others = of_library(loan, on=Day(2020, 6, 10)).contested
    assert [(each.point, each.reading, each.dispose_by) for each in others] == [
        ("library.tidy", "at-once", Day(2020, 7, 2))
    ]


# Faults


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("weeks: loan-weeks}", "weeks: loan-week}", 25, "no number is called 'loan-week'"),
        ("weeks: loan-weeks}", "weeks: 4}", 25, "found '4', expected the name of a number"),
        ("of: [reader], after", "of: [readers], after", 35, "no category is called 'readers'"),
        ("to: clean_up", "to: cleanup", 30, "no setting is called 'cleanup'"),
        ("when: {tidy: yearly}", "when: {tidy: weekly}", 30, "no reading of 'tidy' is called 'weekly'"),
        ("when: {tidy: yearly}", "when: {tydi: yearly}", 30, "no point or setting is called 'tydi'"),
        ("standard: yearly", "standard: sometimes", 14, "no reading of 'tidy' is called 'sometimes'"),
        ("rule: limit, of: [loans]", "rule: limits, of: [loans]", 25, "rule is 'limits', expected"),
        ("after: [record_end]", "after: [recordend]", 25, "after is 'recordend', expected"),
        ("after: [record_end]", "after: []", 25, "after is empty, expected at least one entry"),
        ("statutes: [gdpr]", "statutes: [gdrp]", 5, "no statute is called 'gdrp'"),
        ("clause: loans.2", "clause: loans.1", 26, "the clause 'loans.1' is given twice, first on line 21"),
        ("policy: library", "policy: libr.ary", 1, "policy is 'libr.ary': it has a dot"),
        ("answer-days: 14}", "answer-days: 14, unused: 3}", 6, "no rule uses the number 'unused'"),
    ],
)
def test_a_fault_is_shown_in_its_place(old: str, new: str, line: int, message: str) -> None:
    faults = faults_of(library_with(old, new))
    assert any(at == line and told.startswith(message) for at, told in faults), faults


@pytest.mark.parametrize("right", ["objection", "consent_withdrawn", "access"])
def test_no_right_but_erasure_can_come_to_data_being_kept(right: str) -> None:
    answer = "right: [access, erasure], days: answer-days}"
    rule = f"{{rule: upon_request, of: all, right: [erasure, {right}], outcome: keep}}"
    faults = faults_of(library_with(answer, f"{answer}\n  - {rule}"))
    assert faults[0][0] == 41
    assert right in faults[0][1]


def test_an_erasure_can_come_to_data_being_kept() -> None:
    answer = "right: [access, erasure], days: answer-days}"
    rule = "{rule: upon_request, of: all, right: [erasure], outcome: keep}"
    policy = loads_policy(library_with(answer, f"{answer}\n  - {rule}"))
    assert [each.outcome for clause in policy.clauses for each in clause.rules if isinstance(each, UponRequest)] == [
        "keep"
    ]


def test_a_point_that_no_rule_asks_is_a_fault() -> None:
    faults = faults_of(library_with(", when: {tidy: yearly}", ""))
    assert (9, "no rule asks the point 'tidy'") in faults


def test_a_point_with_one_reading_is_a_fault() -> None:
    text = library_with("      at-once: {en: on the day itself, da: den dag selv}\n", "").replace("at-once", "yearly")
    assert (12, "the point 'tidy' has one reading") in faults_of(text)


def test_a_clause_without_rules_and_without_a_reason_is_a_fault() -> None:
    text = library_with("  left_out: {en: it is about no data, da: det handler ikke om oplysninger}\n", "")
    assert (41, "the clause has neither rules nor left_out") in faults_of(text)


def test_a_clause_with_rules_and_a_reason_for_none_is_a_fault() -> None:
    text = library_with("left_out: {en: it", "rules:\n  - {rule: hold, of: all}\n  left_out: {en: it")
    assert any(message == "the clause has both rules and left_out" for _, message in faults_of(text))


def test_a_category_without_a_schedule_is_a_fault() -> None:
    text = library_with("  reader: {en", "  cards: {en: cards, da: kort, held_from: [contact]}\n  reader: {en")
    assert (19, "the category 'cards' has neither a limit nor no_date under any readings") in faults_of(text)


def test_a_category_without_a_schedule_under_one_reading_is_a_fault() -> None:
    text = library_with("weeks: loan-weeks}", "weeks: loan-weeks, when: {tidy: yearly}}")
    assert (18, "the category 'loans' has neither a limit nor no_date under tidy=at-once") in faults_of(text)


def test_a_missing_paraphrase_is_a_fault() -> None:
    text = library_with(
        "says: {en: Once a year the rest goes., da: Én gang om året går resten.}", "says: {en: Once a year.}"
    )
    assert (28, "says lacks the field 'da'") in faults_of(text)


def test_many_faults_are_shown_at_once() -> None:
    text = library_with("weeks: loan-weeks}", "weeks: loan-week}").replace("of: [reader]", "of: [readers]")
    text = text.replace("standard: yearly", "standard: sometimes").replace("to: clean_up", "to: cleanup")
    assert len(faults_of(text)) >= 5


def test_a_policy_that_there_is_none_of_names_the_nearest() -> None:
    with pytest.raises(InputErrors) as caught:
        load_policy("cekur")
    assert (caught.value.errors[0].message, caught.value.errors[0].remedy) == (
        "no policy is called 'cekur'",
        "did you mean 'cekura'?",
    )
