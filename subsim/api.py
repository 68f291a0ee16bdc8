"""What one may ask of a scenario from Python: its outcome, and whether the member can cancel."""

from typing import TYPE_CHECKING

from subsim.answers.can_cancel import Answer
from subsim.answers.outcome import Outcome
from subsim.answers.question import case_of
from subsim.answers.wanted_end import answer_with
from subsim.basics.dates import Day
from subsim.files.scenario import Scenario
from subsim.terms.readings import ProfileName

if TYPE_CHECKING:
    from subsim.checks.check import CaseResult


def replay(
    scenario: Scenario,
    until: Day | None = None,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
) -> Outcome:
    """The outcome up to and including `until`, by default the scenario's own.

    `profile` wins over all readings of the file, `readings` are single points on top, `numbers` overrule the terms'.
    InputErrors where only the replay shows a fault.
    """
    case = case_of(scenario, None, profile, readings, numbers)
    return case.outcome(until or scenario.until_of(None))


def check(
    scenario: Scenario,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
) -> "list[CaseResult]":
    """How the scenario and then each of its variants compare with what they expect, of personal data too."""
    from subsim.checks import check as checks

    if scenario.policy is None:
        return checks.check(scenario, profile, readings, numbers)
    from subsim.retention.expectations import mismatches_of_case

    return checks.check(scenario, profile, readings, numbers, judges=(mismatches_of_case,))


def can_cancel(
    scenario: Scenario,
    date: Day,
    subscription: str | None = None,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
    wanted_end: Day | None = None,
) -> Answer:
    """Whether, when and how the member can cancel as of the end of `date`, and the other readings that change it.

    With a `wanted_end`, also whether some notice ends the subscription on exactly that day. `subscription` may be left
    out where it is clear which is meant. InputErrors as for `replay`.
    """
    case = case_of(scenario, None, profile, readings, numbers)
    return answer_with(case, scenario.subscription_meant(date, subscription), date, wanted_end)
