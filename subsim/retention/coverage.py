"""The scenarios that exercise each clause of a policy: those with another result without the rules of the clause."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from subsim.answers.question import Case, case_of
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.files.scenario import Scenario
from subsim.retention.facts import Fact
from subsim.retention.report import Retention
from subsim.retention.retention import retention_of, story_of_case
from subsim.retention.schedule import schedule_of
from subsim.terms.policies import Policy


def policy_coverage(policy: Policy, scenarios: Iterable[Scenario]) -> dict[str, list[str]]:
    """By prefixed id of each clause with rules, of a policy and its statutes, the files that exercise it."""
    changed = {clause: without(policy, clause) for clause in _modelled(policy)}
    found: dict[str, list[str]] = {clause: [] for clause in changed}
    for scenario in scenarios:
        if scenario.policy is not None and scenario.policy.id == policy.id:
            for clause in _exercised(scenario, policy, changed):
                found[clause].append(scenario.source)
    return found


def _modelled(policy: Policy) -> list[str]:
    return [f"{source.id}.{clause.clause}" for source in policy.sources for clause in source.clauses if clause.rules]


def _exercised(scenario: Scenario, policy: Policy, changed: Mapping[str, Policy]) -> Iterator[str]:
    """The clauses whose removal changes the result, each once; `changed` gives the policy without a clause."""
    left = dict(changed)
    for variant in (None, *scenario.variants):
        case = case_of(scenario, variant=variant)
        asks = scenario.asks if variant is None else variant.asks
        for date in {scenario.until_of(variant), *(ask.date for ask in asks)}:
            try:
                story = story_of_case(case, date)
            except InputErrors:
                continue
            usual = _gist(case, policy, story, date)
            exercised = [clause for clause, other in left.items() if _gist(case, other, story, date) != usual]
            for clause in exercised:
                del left[clause]
            yield from exercised


def without(policy: Policy, clause: str) -> Policy:
    """The policy without the rules of one clause, of its own or of a statute."""
    prefix, _, name = clause.partition(".")
    if policy.id == prefix:
        clauses = tuple(evolve(each, rules=()) if each.clause == name else each for each in policy.clauses)
        return evolve(policy, clauses=clauses)
    bound = tuple(
        evolve(each, clauses=tuple(evolve(one, rules=()) if one.clause == name else one for one in each.clauses))
        if each.id == prefix
        else each
        for each in policy.bound
    )
    return evolve(policy, bound=bound)


def _gist(case: Case, policy: Policy, story: list[Fact], date: Day) -> Retention:
    """The result without its sentences."""
    schedule = schedule_of(policy, case.profile, case.policy_readings, case.policy_numbers, case.scenario.settings)
    found = retention_of(story, schedule, date)
    return evolve(
        found,
        holdings=tuple(evolve(each, because=None) for each in found.holdings),
        requests=tuple(evolve(each, because=None) for each in found.requests),
    )
