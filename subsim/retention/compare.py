"""Compares the dates of a member's data under every profile and every single other reading of the policy."""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from subsim.answers.in_doubt.common import same_in_all
from subsim.answers.question import Case, case_of
from subsim.answers.worlds import InWorlds, ScenarioQuestion
from subsim.basics.dates import Day
from subsim.basics.json_object import JsonObject, Key
from subsim.files.scenario import Scenario
from subsim.retention.report import OtherResult, Retention
from subsim.retention.retention import changes, retention, retention_of, schedule_of_case, story_of_case
from subsim.retention.schedule import schedule_of
from subsim.terms.choice import TermsChoice
from subsim.terms.readings import PROFILES, ProfileName


@frozen
class UnderProfile(JsonObject):
    """The dates that differ under a profile; none where it has the same readings."""

    profile: ProfileName
    changes: tuple[OtherResult, ...]

    @property
    def changed(self) -> list[dict[str, Any]]:
        """The changes as JSON, without point and reading, which a whole profile does not have."""
        return [
            {key: value for key, value in each.to_dict().items() if key not in ("point", "reading")}
            for each in self.changes
        ]

    KEYS = (
        Key("profile", "the profile"),
        Key("changes", "the holdings and requests with other dates", of="changed"),
    )


@frozen
class DataComparison(JsonObject):
    """The data held as of a day, and the differences under each profile and each single other reading."""

    found: Retention
    profiles: tuple[UnderProfile, ...]

    KEYS = (
        Key("date", "the day as of which the data are held", of="found.date"),
        Key("policy", "the policy", of="found.policy"),
        Key("profile", "the profile of the file", of="found.profile"),
        Key("profiles", "the dates that differ under each profile"),
        Key("readings", "the single other readings that change a date", of="found.contested"),
    )


def compare_data(case: Case, date: Day) -> DataComparison:
    """The dates of the data as of a day under every reading; the scenario must name a policy.

    InputErrors where only the replay shows a fault.
    """
    found = retention(case, date)
    return DataComparison(found, tuple(_profiles(case, found, date)))


@frozen
class DataComparisonInDoubt:
    """The comparison in every possible world, where facts of the contract are in doubt."""

    found: InWorlds[DataComparison]

    @property
    def certain(self) -> DataComparison | None:
        """The comparison, where it is the same in all worlds."""
        first, *others = self.found.values()
        return first if all(other.to_dict() == first.to_dict() for other in others) else None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `retention` in `subsim compare`: each key its value in all possible worlds, else null."""
        found: dict[str, Any] = same_in_all([each.to_dict() for each in self.found.values()])
        return found


def ask_compare_data(scenario: Scenario, date: Day, choice: TermsChoice) -> DataComparison | DataComparisonInDoubt:
    """The comparison of a scenario as of a day, in every possible world where facts are in doubt."""
    if not scenario.is_in_doubt:
        return compare_data(case_of(scenario, choice), date)
    return DataComparisonInDoubt(
        ScenarioQuestion.of(scenario, choice).each(date, lambda case: compare_data(case, date))
    )


def _profiles(case: Case, found: Retention, date: Day) -> Iterator[UnderProfile]:
    """Each profile with the numbers and settings of the case, and its own readings of all points."""
    own, story = schedule_of_case(case), story_of_case(case, date)
    for profile in PROFILES:
        schedule = schedule_of(own.policy, profile, {}, own.numbers, own.settings)
        other = retention_of(story, schedule, date)
        yield UnderProfile(profile, tuple(changes(found, other)))
