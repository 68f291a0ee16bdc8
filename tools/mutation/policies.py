"""Changes each rule of each privacy policy and statute in one part: `python -m tools.mutation.policies`.

A mutant is a policy as data. A rule is taken away; one of its facts, categories, rights or occasions is left out; its
period is left out, or a number is one more or less; its floor, outcome or condition is reversed. A scenario of the
policy must fail, or for a statute a scenario of any policy that it binds. `policy_survivors.toml` has the reasons why
some survive; the run fails if one survives without a reason, or a reason is no longer needed.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import attrs
from attrs import evolve, frozen

import subsim
from subsim.answers.question import case_of
from subsim.basics.faults import InputErrors
from subsim.files.policy import POLICY_NAMES, shipped_policy
from subsim.files.scenario import Scenario
from subsim.retention.expectations import mismatches_of_case
from subsim.terms.policies import Policy, PolicyClause, Rule, Statute

ROOT = Path(__file__).parents[2]
_TURNED: dict[str, dict[Any, Any]] = {
    "customer": {"ever": "never", "never": "ever"},
    "from_end_of": {"calendar_year": None, "financial_year": "calendar_year"},
    "moved": {"working-day": None},
    "span": {"undue-delay": None, "answer": "undue-delay"},
    "outcome": {"erase": "keep", "keep": "erase", "restrict": "keep"},
    "do": {"erase": "anonymise", "erase_or_anonymise": "erase", "anonymise": "erase"},
    "answered": {"met": None},
    "assessed": {True: False, False: True},
    "high_risk": {True: False},
    "duty": {"notify_authority": "notify_members", "notify_members": "notify_authority"},
    "purpose": {"direct_marketing": None, "other": None},
}
"""What a field of a rule is turned into, by what it is."""
_LISTS = ("after", "not_before", "right", "at", "about", "kinds", "basis")
_PERIODS = ("days", "weeks", "months", "years", "extended_months")


@frozen
class PolicyMutant:
    """A changed source, and what was changed: the policy or statute, the clause and the rule."""

    source: str
    what: str
    changed: Policy | Statute


def mutants_of(source: Policy | Statute) -> Iterator[PolicyMutant]:
    """Every mutant of a policy or of a statute."""
    for place, clause in enumerate(source.clauses):
        for index, rule in enumerate(clause.rules):
            name = f"{source.id}.{clause.clause} {rule.name} {index + 1}"
            yield PolicyMutant(source.id, f"{name}: taken away", _with(source, place, clause, index, None))
            for what, other in _other_rules(rule):
                yield PolicyMutant(source.id, f"{name}: {what}", _with(source, place, clause, index, other))
    for number, value in source.numbers.items():
        for other_value in (value + 1, value - 1):
            numbers: dict[Any, Any] = {**source.numbers, number: other_value}
            changed = evolve(source, numbers=numbers)
            yield PolicyMutant(source.id, f"{source.id} {number}: {value} → {other_value}", changed)


def _with(source: Any, place: int, clause: PolicyClause, index: int, rule: Rule | None) -> Any:
    rules = (*clause.rules[:index], *([] if rule is None else [rule]), *clause.rules[index + 1 :])
    clauses = (*source.clauses[:place], evolve(clause, rules=rules), *source.clauses[place + 1 :])
    return evolve(source, clauses=clauses)


def _other_rules(rule: Rule) -> Iterator[tuple[str, Rule]]:
    fields = attrs.fields_dict(type(rule))
    for name in (each for each in _LISTS if each in fields):
        given = getattr(rule, name)
        for index, left_out in enumerate(given):
            if len(given) > 1 or name in ("not_before", "about", "basis"):
                yield f"{name} without {left_out}", _changed(rule, **{name: given[:index] + given[index + 1 :]})
    for name in (each for each in _PERIODS if getattr(rule, each, None)):
        yield f"without {name}", _changed(rule, **{name: None})
    for name, turned in _TURNED.items():
        value = getattr(rule, name, None)
        if value in turned:
            yield f"{name} {value} → {turned[value]}", _changed(rule, **{name: turned[value]})
    of = getattr(rule, "of", None)
    if isinstance(of, tuple) and len(of) > 1:
        for left_out in of:
            yield f"of without {left_out}", _changed(rule, of=tuple(each for each in of if each != left_out))
    for name in rule.when:
        rest = {each: value for each, value in rule.when.items() if each != name}
        yield f"whatever {name}", _changed(rule, when=type(rule.when)(rest))


def _changed(rule: Any, **fields: Any) -> Rule:
    """The rule, of any class, with other values of these fields."""
    changed: Rule = evolve(rule, **fields)
    return changed


@cache
def scenarios_of(policy: str) -> list[Scenario]:
    """The scenarios of a built-in policy."""
    return [subsim.load(path) for path in sorted((ROOT / "scenarios" / "retention" / policy).glob("*.yaml"))]


def catches(mutant: PolicyMutant) -> str | None:
    """The first scenario that fails under the mutant; None if it survives."""
    for name in POLICY_NAMES:
        policy = shipped_policy(name)
        if isinstance(mutant.changed, Policy) and name == mutant.source:
            policy = evolve(mutant.changed, bound=policy.bound)
        elif isinstance(mutant.changed, Statute) and any(each.id == mutant.source for each in policy.bound):
            bound = tuple(mutant.changed if each.id == mutant.source else each for each in policy.bound)
            policy = evolve(policy, bound=bound)
        else:
            continue
        for scenario in scenarios_of(name):
            if _fails(evolve(scenario, policy=policy)):
                return scenario.source.rpartition("/")[2]
    return None


def _fails(scenario: Scenario) -> bool:
    for variant in (None, *scenario.variants):
        try:
            if mismatches_of_case(case_of(scenario, variant=variant)):
                return True
        except InputErrors:
            return True
    return False


def main(arguments: list[str]) -> int:
    """Try the mutants; the exit code is 1 if one survives without a written reason, or a reason is no longer needed."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation.policies", description=__doc__)
    parser.add_argument("pattern", nargs="?", default="", help="try only the mutants whose names hold this")
    pattern = parser.parse_args(arguments).pattern
    statutes = {each.id: each for name in POLICY_NAMES for each in shipped_policy(name).bound}
    sources: list[Policy | Statute] = [*map(shipped_policy, POLICY_NAMES), *statutes.values()]
    tried = caught = faults = 0
    reasons = written_reasons()
    for mutant in (each for source in sources for each in mutants_of(source) if pattern in each.what):
        tried += 1
        by = catches(mutant)
        caught += by is not None
        if by is None and mutant.what not in reasons:
            print(f"survives without a reason: {mutant.what}", flush=True)
            faults += 1
        elif by is not None and mutant.what in reasons:
            print(f"is caught, and needs no reason: {mutant.what}", flush=True)
            faults += 1
    print(f"{tried} mutants, {caught} caught, {tried - caught} survive, {faults} faults")
    return 1 if faults else 0


def written_reasons() -> dict[str, str]:
    """The reasons why mutants survive, by their changes."""
    with (Path(__file__).parent / "policy_survivors.toml").open("rb") as file:
        return {what: each["reason"] for each in tomllib.load(file)["survivors"] for what in each["mutants"]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
