"""The arguments from Python: scenarios, dates, names and numbers. A wrong one is a ValueError."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from os import PathLike
from typing import Any, TypeAlias, get_args

from subsim.basics.dates import Day
from subsim.basics.faults import nearest
from subsim.basics.notation import LARGEST, day_from_iso
from subsim.basics.texts import Message, join_words
from subsim.files.doubts import names_of_no_doubt
from subsim.files.scalars import MOST_COUNTED
from subsim.files.scenario import Scenario, load, loads
from subsim.files.terms_file import TermsFile, load_terms, loads_terms
from subsim.files.yaml_nodes import DEEPEST
from subsim.terms.choice import MOST_OF_A_POLICY, TermsChoice
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS, ProfileName
from subsim.terms.terms import NUMBERS

AnyScenario: TypeAlias = Scenario | str | PathLike[str] | Mapping[str, Any]
"""A scenario, the path of its file, or a mapping with the keys of one."""
AnyDay: TypeAlias = Day | str
"""A day, or its date as ISO text."""
Readings: TypeAlias = Mapping[str, str] | None
"""Readings by contested point; None is none."""
Numbers: TypeAlias = Mapping[str, int] | None
"""Values by number of the terms, amounts in øre; None is none."""
AnyTerms: TypeAlias = TermsFile | str | PathLike[str] | Mapping[str, Any] | None
"""Terms in place of the built-in ones: the path of a file of terms, or a mapping with its keys; None for no file."""

_NOT_UP_TO = Message("{name} is {found}, expected a whole number from 0 to {largest}")


Assumed: TypeAlias = Mapping[str, str | bool | Day] | None
"""By name the assumptions on facts in doubt; None for no assumption."""


def scenario_of(given: AnyScenario, assume: Assumed = None, terms: AnyTerms = None) -> Scenario:
    """The scenario given, with these assumptions and terms; InputErrors holds all that is wrong."""
    scenario = _scenario_of(given)
    if terms is not None:
        scenario = scenario.under(terms_of(terms))
    if assume is not None and not isinstance(assume, Mapping):
        found = type(assume).__name__
        raise ValueError(Message("{name} is a {found}, expected a mapping of names", name="assume", found=found))
    for _id, fault, remedy in names_of_no_doubt(assume or {}, scenario.doubts):
        raise ValueError(Message("{fault}; {remedy}", fault=fault, remedy=remedy))
    return scenario.assuming(assume or {})


def terms_of(given: TermsFile | str | PathLike[str] | Mapping[str, Any]) -> TermsFile:
    """The terms given as a file, its path, or a mapping; InputErrors holds all that is wrong with them."""
    if isinstance(given, TermsFile):
        return given
    if isinstance(given, Mapping):
        return loads_terms(_text_of(given))
    if isinstance(given, str | PathLike):
        return load_terms(given)
    raise ValueError(Message("terms are a path or a mapping, found {found}", found=type(given).__name__))


def _scenario_of(given: AnyScenario) -> Scenario:
    if isinstance(given, Scenario):
        return given
    if isinstance(given, Mapping):
        return loads(_text_of(given), "<mapping>")
    if isinstance(given, str | PathLike):
        return load(given)
    raise ValueError(
        Message("a scenario is a Scenario, a path or a mapping, found {found}", found=type(given).__name__)
    )


def _text_of(given: Mapping[str, Any]) -> str:
    """The mapping as the text of a file."""
    return json.dumps(_as_json(given, 0), ensure_ascii=False, indent=1)


def _as_json(value: Any, depth: int) -> Any:
    """The value with its dates and decimals as text, which no JSON has; ValueError where no file could hold it."""
    if depth > DEEPEST:
        raise ValueError(Message("found more than {bound} levels of nesting", bound=DEEPEST))
    if isinstance(value, Mapping):
        return {_key(key): _as_json(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each, depth + 1) for each in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Day | Decimal):
        return str(value)
    raise ValueError(
        Message(
            "a mapping holds a {found}, expected texts, numbers, dates, true or false, lists and mappings",
            found=type(value).__name__,
        )
    )


def _key(key: Any) -> str:
    """A key of a mapping: a text, or the date of a half-year."""
    if not isinstance(key, str | Day):
        raise ValueError(Message("a key of a mapping is {found}, expected a text", found=repr(key)))
    return str(key)


def day_of(name: str, given: AnyDay) -> Day:
    """The day that is given for the argument of this name."""
    if not isinstance(given, Day | str) or hasattr(given, "hour"):  # a moment is no day
        found = type(given).__name__
        raise ValueError(Message("{name} is a {found}, expected a date or ISO text", name=name, found=found))
    return day_from_iso(given if isinstance(given, str) else given.isoformat())


def day_or_none(name: str, given: AnyDay | None) -> Day | None:
    """The day given for the argument of this name; None where it is left out."""
    return None if given is None else day_of(name, given)


def subscription_of(scenario: Scenario, date: Day, given: str | None) -> str:
    """The subscription asked about; InputErrors where none is named and it is not clear which is meant."""
    if given is not None:
        check_name(Message("subscription"), given, scenario.subscriptions)
    return scenario.subscription_meant(date, given)


def events_of(given: str | Sequence[str]) -> Sequence[str]:
    """The events to add, as texts; a single one may stand alone."""
    events = [given] if isinstance(given, str) else list(given) if isinstance(given, Iterable) else []
    if not events or not all(isinstance(each, str) for each in events):
        raise ValueError(Message('events are texts such as "2020-04-15 change_package to=family"'))
    return events


def days_ahead_of(given: int) -> int:
    """The number of days ahead; ValueError if it is out of range."""
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= MOST_COUNTED:
        raise ValueError(_NOT_UP_TO.fill(name="days", found=repr(given), largest=MOST_COUNTED))
    return given


def choice_of(scenario: Scenario, profile: Any, readings: Any, numbers: Any) -> TermsChoice:
    """The terms asked about: the names are those of the terms, of law points, and of the scenario's policy."""
    policy = scenario.policy
    readings_of: dict[str, Iterable[str]] = {name: point.readings for name, point in POINTS.items()}
    readings_of |= {name: point.readings for name, point in LAW_POINTS.items()}
    if policy is not None:
        readings_of |= {name: point.readings for name, point in policy.all_points().items()}
    of_policy = policy.all_numbers() if policy else {}
    for what, given in (("readings", readings), ("numbers", numbers)):
        if given is not None and not isinstance(given, Mapping):
            found = type(given).__name__
            raise ValueError(Message("{name} is a {found}, expected a mapping of names", name=what, found=found))
    if profile is not None:
        check_name(Message("profile"), profile, get_args(ProfileName))
    for point, reading in (readings or {}).items():
        check_name(Message("contested point"), point, readings_of)
        check_name(Message("reading of this point"), reading, readings_of[point])
    for name, value in (numbers or {}).items():
        check_name(Message("number"), name, [*NUMBERS, *of_policy])
        _check_number(name, value)
    return TermsChoice(profile=profile, readings=dict(readings or {}), numbers=dict(numbers or {}))


def _check_number(name: str, value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(Message("{name} is {found}, expected a whole number", name=name, found=repr(value)))
    if name in NUMBERS and NUMBERS[name].unit != "kroner":
        NUMBERS[name].read(str(value))
        return
    most = LARGEST if name in NUMBERS else MOST_OF_A_POLICY
    if not 0 <= value <= most:
        expected = Message("{name} is {found}, expected øre from 0 to {largest}") if name in NUMBERS else _NOT_UP_TO
        raise ValueError(expected.fill(name=name, found=repr(value), largest=most))


def check_name(what: Message, name: Any, names: Iterable[str]) -> None:
    """ValueError where the name is none of these; it names the nearest and all there are."""
    words = list(names)
    if name in words:
        return
    fault = Message("no {what} is called {word}", what=what, word=repr(name))
    if isinstance(name, str) and (remedy := nearest(name, words)):
        fault = Message("{fault}; {remedy}", fault=fault, remedy=remedy)
    raise ValueError(Message("{fault}\nthere are {words}", fault=fault, words=join_words(words, "and")))
