"""The scenarios exercise every clause of every policy: without its rules some of them would come out otherwise."""

from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

import subsim
from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.files.policy import POLICY_NAMES, shipped_policy
from subsim.files.scenario import Scenario
from subsim.retention.coverage import policy_coverage, without
from subsim.retention.expectations import mismatches_of_case
from subsim.terms.policies import Policy

FOLDER = Path(__file__).parents[2] / "scenarios" / "retention"


@cache
def scenarios_of(policy: str) -> list[Scenario]:
    return [subsim.load(path) for path in sorted((FOLDER / policy).glob("*.yaml"))]


@cache
def coverage_of(policy: str) -> dict[str, list[str]]:
    return policy_coverage(shipped_policy(policy), scenarios_of(policy))


def test_there_are_the_fifteen_cases_and_sixty_more() -> None:
    assert len(list(FOLDER.rglob("*.yaml"))) >= 75


@pytest.mark.parametrize("name", POLICY_NAMES)
def test_every_clause_of_a_policy_is_exercised(name: str) -> None:
    covered = coverage_of(name)
    assert [clause for clause, files in covered.items() if clause.startswith(f"{name}.") and not files] == []


def test_every_clause_of_the_statutes_is_exercised_by_some_policy() -> None:
    # every policy of ours ends the use on a withdrawal by a sentence of its own; a test below takes that away
    statutes = {clause for name in POLICY_NAMES for clause in coverage_of(name) if clause.startswith(("gdpr.", "bfl."))}
    unused = [each for each in sorted(statutes) if not any(coverage_of(name)[each] for name in POLICY_NAMES)]
    assert unused == ["gdpr.7-3"]


def rules_of(name: str) -> list[tuple[str, int]]:
    policy = shipped_policy(name)
    return [(clause.clause, index) for clause in policy.clauses for index in range(len(clause.rules))]


RULES = [(name, clause, index) for name in POLICY_NAMES for clause, index in rules_of(name)]


@pytest.mark.parametrize(("name", "clause", "index"), RULES)
def test_a_policy_without_one_of_its_rules_fails_a_scenario(name: str, clause: str, index: int) -> None:
    policy = shipped_policy(name)
    clauses = tuple(
        evolve(each, rules=each.rules[:index] + each.rules[index + 1 :]) if each.clause == clause else each
        for each in policy.clauses
    )
    assert any(_fails(scenario, evolve(policy, clauses=clauses)) for scenario in scenarios_of(name))


def _fails(scenario: Scenario, policy: Policy) -> bool:
    changed = evolve(scenario, policy=policy)
    for variant in (None, *scenario.variants):
        try:
            if mismatches_of_case(case_of(changed, variant=variant)):
                return True
        except InputErrors:
            return True
    return False


def test_a_policy_without_a_clause_keeps_the_others() -> None:
    policy = without(shipped_policy("cekura"), "gdpr.12-3")
    kept = [clause.clause for each in policy.bound for clause in each.clauses if clause.rules]
    assert "12-3" not in kept
    assert "17-1" in kept


def test_a_withdrawal_ends_the_use_by_the_regulation_where_the_policy_is_silent() -> None:
    silent = without(without(shipped_policy("cekura"), "cekura.markedsfoering.1"), "cekura.rettigheder.4")
    text = (
        "scenario: A customer\nretention: {policy: cekura}\ntimeline:\n"
        "- {date: 2020-01-05, event: data_registered, category: marketing_material}\n"
        "- {date: 2020-02-03, event: consent_withdrawn}\n"
    )
    from subsim.retention.retention import retention_without_contested

    scenario = evolve(subsim.loads(text), policy=silent)
    (held,) = retention_without_contested(case_of(scenario), Day(2020, 2, 4)).holdings
    assert held.use_ends_on == Day(2020, 2, 3)
