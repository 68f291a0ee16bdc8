"""The classes of a scenario file. Their annotations say what may be written.

The reader of scenario files and the JSON Schema both use `keys_of` a class (`subsim.files.keys`). So a field added to a
class here, or to an event in `subsim.membership.events`, is read and described at once.
"""

from typing import Any, Literal

from attrs import Factory, field

from subsim.basics.dates import Day
from subsim.basics.values import frozen
from subsim.files.annotations import Assumed, DoubtName, HalfYear, Percent, TimelineEvent
from subsim.files.expectation import Ask, Expectation
from subsim.membership.events import Amount, PackageName
from subsim.membership.facts import Person
from subsim.terms.policies import PartName, SettingName, SettingValue, Value
from subsim.terms.readings import Choices, ProfileName
from subsim.terms.terms import Replacements


@frozen(kw_only=True)
class Variant:
    """The same timeline under other readings, profile or last date, with expectations and questions of its own.

    `assume` settles some of the doubts.
    """

    name: str
    readings: Choices = Factory(lambda: Choices({}))
    profile: ProfileName | None = None
    assume: dict[DoubtName, Assumed] = Factory(dict)
    until: Day | None = None
    expect: Expectation = Factory(Expectation)
    asks: tuple[Ask, ...] = field(default=(), metadata={"key": "ask"})


@frozen(kw_only=True)
class RetentionChoice:
    """By which policy, one of ours or a file, the personal data go; `settings` are what it leaves to the controller."""

    policy: str
    settings: dict[SettingName, SettingValue | None] = Factory(dict)


@frozen(kw_only=True)
class ScenarioFile:
    """A scenario: facts about one member of Kabelplus, and what the terms of 2019 make of them."""

    scenario: str
    terms: Literal["kabelplus-2019-10-30"] = "kabelplus-2019-10-30"
    profile: ProfileName | None = None
    readings: Choices = Factory(lambda: Choices({}))
    numbers: Replacements = Factory(lambda: Replacements({}))
    prices: dict[PackageName, Amount] = Factory(dict)
    retention: RetentionChoice | None = None
    member: Person = Factory(Person)
    reference_rates: dict[HalfYear, Percent] = Factory(dict)
    until: Day | None = None
    timeline: tuple[TimelineEvent, ...]
    expect: Expectation = Factory(Expectation)
    asks: tuple[Ask, ...] = field(default=(), metadata={"key": "ask"})
    variants: tuple[Variant, ...] = ()


PREFIXED: dict[Any, Any] = {Choices: PartName, Replacements: Value}
"""The mappings that also take the prefixed names of a policy, and what their values are then."""
