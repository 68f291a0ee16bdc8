"""What one may ask of a scenario from Python: its outcome, whether the member can cancel, what of it is as expected.

A scenario is a `Scenario`, the path of a file, or a mapping with the keys of one. A date is a `date` or ISO text, from
1900-01-01 to 2199-12-31. Whatever is given wrongly is a ValueError that says what is allowed; what is wrong with a
scenario, or shows only when it is replayed, is an InputErrors.
"""

import json
from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any, TypeAlias, get_args

from subsim.answers.can_cancel import Answer
from subsim.answers.outcome import Outcome
from subsim.answers.question import case_of
from subsim.answers.wanted_end import answer_with
from subsim.basics.dates import Day
from subsim.basics.faults import nearest
from subsim.basics.notation import LARGEST, day_from_iso
from subsim.basics.texts import Message, join_words
from subsim.checks import check as checks
from subsim.files.scenario import Scenario, load, loads
from subsim.terms.choice import TermsChoice
from subsim.terms.readings import POINTS, ProfileName
from subsim.terms.terms import NUMBERS

AnyScenario: TypeAlias = Scenario | str | PathLike[str] | Mapping[str, Any]
AnyDay: TypeAlias = Day | str


def replay(
    scenario: AnyScenario,
    until: AnyDay | None = None,
    profile: ProfileName | None = None,
    readings: Mapping[str, str] | None = None,
    numbers: Mapping[str, int] | None = None,
) -> Outcome:
    """The outcome up to and including `until`, by default the scenario's own.

    `profile` wins over all readings of the file, `readings` are single points on top, `numbers` overrule the terms',
    amounts among them in øre.
    """
    case = case_of(_scenario(scenario), _choice(profile, readings, numbers))
    return case.outcome(case.scenario.until_of(None) if until is None else _day("until", until))


def can_cancel(
    scenario: AnyScenario,
    date: AnyDay,
    subscription: str | None = None,
    profile: ProfileName | None = None,
    readings: Mapping[str, str] | None = None,
    numbers: Mapping[str, int] | None = None,
    wanted_end: AnyDay | None = None,
) -> Answer:
    """Whether, when and how the member can cancel as of the end of `date`, and the other readings that change it.

    With a `wanted_end`, also whether some notice ends the subscription on exactly that day. `subscription` may be left
    out where it is clear which is meant.
    """
    day, wanted = _day("date", date), None if wanted_end is None else _day("wanted_end", wanted_end)
    case = case_of(_scenario(scenario), _choice(profile, readings, numbers))
    return answer_with(case, case.scenario.subscription_meant(day, subscription), day, wanted)


def check(
    scenario: AnyScenario,
    profile: ProfileName | None = None,
    readings: Mapping[str, str] | None = None,
    numbers: Mapping[str, int] | None = None,
) -> list[checks.CaseResult]:
    """The results of the scenario's expectations, of personal data too: of the file, and of each of its variants."""
    choice = _choice(profile, readings, numbers)
    return check_scenario(_scenario(scenario), choice)


def check_scenario(scenario: Scenario, choice: TermsChoice) -> list[checks.CaseResult]:
    """The same of a scenario that is read, under terms that are known to be right."""
    if scenario.policy is None:
        return checks.check(scenario, choice)
    from subsim.retention.expectations import mismatches_of_case

    return checks.check(scenario, choice, judges=(mismatches_of_case,))


def _scenario(given: AnyScenario) -> Scenario:
    if isinstance(given, Scenario):
        return given
    if isinstance(given, Mapping):
        return loads(json.dumps(_as_json(given), ensure_ascii=False, indent=1), "<mapping>")
    if isinstance(given, str | PathLike):
        return load(given)
    raise ValueError(
        Message("a scenario is a Scenario, a path or a mapping, found {found}", found=type(given).__name__)
    )


def _as_json(value: Any) -> Any:
    """The value with its dates and decimals as text, which no JSON has."""
    if isinstance(value, Mapping):
        return {str(key): _as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _day(name: str, given: AnyDay) -> Day:
    if not isinstance(given, Day | str) or hasattr(given, "hour"):  # a moment is no day
        found = type(given).__name__
        raise ValueError(Message("{name} is a {found}, expected a date or ISO text", name=name, found=found))
    return day_from_iso(given if isinstance(given, str) else given.isoformat())


def _choice(profile: Any, readings: Mapping[str, Any] | None, numbers: Mapping[str, Any] | None) -> TermsChoice:
    """The terms asked about; ValueError where a profile, a point, a reading or a number is none that there is."""
    if profile is not None:
        _check_name(Message("profile"), profile, get_args(ProfileName))
    for point, reading in (readings or {}).items():
        _check_name(Message("contested point"), point, POINTS)
        _check_name(Message("reading of this point"), reading, POINTS[point].readings)
    for name, value in (numbers or {}).items():
        _check_name(Message("number"), name, NUMBERS)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(Message("{name} is {found}, expected a whole number", name=name, found=repr(value)))
        if NUMBERS[name].unit != "kroner":
            NUMBERS[name].read(str(value))
        elif not 0 <= value <= LARGEST:
            fault = Message(
                "{name} is {found}, expected øre from 0 to {largest}", name=name, found=value, largest=LARGEST
            )
            raise ValueError(fault)
    return TermsChoice(profile=profile, readings=dict(readings or {}), numbers=dict(numbers or {}))


def _check_name(what: Message, name: Any, names: Iterable[str]) -> None:
    words = list(names)
    if name in words:
        return
    fault = Message("no {what} is called {word}", what=what, word=repr(name))
    if isinstance(name, str) and (remedy := nearest(name, words)):
        fault = Message("{fault}; {remedy}", fault=fault, remedy=remedy)
    raise ValueError(Message("{fault}\nthere are {words}", fault=fault, words=join_words(words, "and")))
