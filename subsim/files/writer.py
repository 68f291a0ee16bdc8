"""Writes facts as a scenario file that the reader can read again."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, get_args, get_type_hints

from attrs import NOTHING, Attribute, fields

from subsim.basics.dates import Day
from subsim.basics.money import kroner
from subsim.membership.events import FACTS_OF_LAW, Amount, CardMonth, Event, SignedAmount, SubscriptionEvent
from subsim.membership.facts import Facts, Person
from subsim.terms.readings import PROFILES, Readings, as_choices, profile
from subsim.terms.terms import NUMBERS, Numbers, Replacements, Terms


def scenario_text(
    facts: Facts,
    terms: Terms,
    *,
    sentence: str,
    until: Day | None = None,
    asks: Iterable[tuple[Day, str]] = (),
    law_choices: Mapping[str, str] | None = None,
    expect: Mapping[str, Any] | None = None,
    answers: Sequence[Mapping[str, Any]] | None = None,
) -> str:
    """The text of a scenario file with these facts and terms, which asks about a subscription on each day of `asks`.

    `law_choices` are the law points that are set. `expect` holds the expectations of the file, and `answers` those of
    each question, both as JSON.
    """
    nearest = min(PROFILES, key=lambda name: len(_readings_beside(profile(name), terms.readings)))
    head: dict[str, object] = {
        "scenario": sentence,
        "profile": nearest,
        "readings": _readings_beside(profile(nearest), terms.readings) | dict(law_choices or {}),
        "numbers": _numbers_changed(terms.numbers),
        "prices": {name: kroner(price) for name, price in facts.prices.items()},
        "member": _given(facts.person),
        "reference_rates": {day: _percent(rate) for day, rate in terms.reference_rates.items()},
        "until": until,
    }
    lines = [f"{key}: {_flow(value)}" for key, value in head.items() if value not in ({}, None)]
    lines += ["timeline:", *(f"  - {event_line(event)}" for event in facts.timeline)]
    lines += ["expect:", *_block(expect)] if expect else []
    questions = [{"date": day, "subscription": id} for day, id in asks]
    expected = answers or [{} for _ in questions]
    asked = [f"  - {_flow({**each, **answer})}" for each, answer in zip(questions, expected, strict=True)]
    return "\n".join([*lines, *(["ask:", *asked] if asked else []), ""])


def _block(expect: Mapping[str, Any]) -> Iterator[str]:
    """The lines of `expect`: one for each key, and one for each entry of a list."""
    for key, value in expect.items():
        if isinstance(value, list) and value:
            yield f"  {key}:"
            yield from (f"    - {_flow(each)}" for each in value)
        else:
            yield f"  {key}: {_flow(value)}"


def facts_values(facts: Facts, terms: Terms) -> dict[str, object]:
    """The member, the prices and the reference rates as JSON, as a scenario file writes them; null for none."""
    return {
        "prices": {name: kroner(price) for name, price in facts.prices.items()},
        "member": _all_fields(facts.person),
        "reference_rates": {day.isoformat(): _percent(rate) for day, rate in terms.reference_rates.items()},
    }


def event_values(event: Event) -> dict[str, object]:
    """An event as JSON, as a scenario file writes it, with every field of its kind; null for none.

    Fields that only the law uses are left out where they have their default.
    """
    defaults = default_values(type(event))
    values = {
        name: value
        for name, value in _all_fields(event).items()
        if name not in FACTS_OF_LAW or value != defaults.get(name)
    }
    return {"date": values.pop("date"), "event": event.name, **values}


def event_line(event: Event) -> str:
    """An event in one line of YAML, with the fields that differ from their defaults."""
    return _flow(_as_entry(event))


def event_as_json(event: Event) -> object:
    """An event as JSON, with the fields that differ from their defaults."""
    return _as_json(_as_entry(event))


def default_values(kind: type[Event] | type[Person]) -> dict[str, object]:
    """The defaults of the fields of a class that have one, as JSON."""
    hints = get_type_hints(kind)
    return {
        each.name: _as_json(_written(_default(each), hints[each.name]))
        for each in fields(kind)
        if each.default is not NOTHING
    }


def _all_fields(value: Event | Person) -> dict[str, object]:
    hints = get_type_hints(type(value))
    written = ((each.name, _written(getattr(value, each.name), hints[each.name])) for each in fields(type(value)))
    return {name: _as_json(each) for name, each in written}


def _as_json(value: object) -> object:
    match value:
        case dict():
            return {str(key): _as_json(each) for key, each in value.items()}
        case tuple():
            return [_as_json(each) for each in value]
        case Day():
            return value.isoformat()
    return value


def timeline_line(facts: Facts) -> str:
    """The timeline in one line, each event with its fields as in the format; the fields of the member come first."""
    who = _fields_line(facts.person)
    events = (f"{event.date} {event.name} {_fields_line(event)}".rstrip() for event in facts.timeline)
    return (f"[{who}] " if who else "") + "; ".join(events)


def _fields_line(value: Event | Person) -> str:
    return _flow({name: each for name, each in _given(value).items() if name != "date"})[1:-1]


def _as_entry(event: Event) -> dict[str, object]:
    entry: dict[str, object] = {"date": event.date, "event": event.name}
    if isinstance(event, SubscriptionEvent):
        entry["subscription"] = event.subscription
    return entry | _given(event)


def _given(value: Event | Person) -> dict[str, object]:
    """The fields that differ from their defaults, as the format writes them."""
    hints = get_type_hints(type(value))
    return {
        field.name: _written(getattr(value, field.name), hints[field.name])
        for field in fields(type(value))
        if getattr(value, field.name) != _default(field)
    }


def _default(field: "Attribute[Any]") -> Any:
    make = getattr(field.default, "factory", None)
    return field.default if make is None else make()


def _written(value: Any, hint: Any) -> object:
    if value is None:
        return None
    kinds = (hint, *get_args(hint))
    if hint is Replacements:
        return {name: NUMBERS[name].write(each) for name, each in value.items()}
    if isinstance(value, dict):
        return {key: _written(each, kinds[-1]) for key, each in value.items()}
    if Amount in kinds or SignedAmount in kinds:
        return kroner(value)
    if CardMonth in kinds:
        return f"{value:%Y-%m}"
    return value


def _flow(value: object) -> str:
    """A value in one line of YAML, as PyYAML writes it."""
    import yaml

    (line,) = yaml.dump([_scalars_as_text(value)], Dumper=_flow_dumper(), **_IN_ONE_LINE).splitlines()
    return str(line)[1:-1]


_IN_ONE_LINE: dict[str, Any] = {"default_flow_style": True, "sort_keys": False, "allow_unicode": True, "width": 2**30}


@cache
def _flow_dumper() -> Any:
    """A safe dumper that quotes no text without need: the reader takes every scalar as text."""
    import yaml

    class FlowDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # either is one
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

        def ignore_aliases(self, data: object) -> bool:
            return True

        def represent_text(self, data: str) -> Any:
            """Text in double quotes where it does not fit in one line as it is."""
            return self.represent_scalar(f"{_TAG}str", data, None if data.isprintable() else '"')

    FlowDumper.add_representer(str, FlowDumper.represent_text)
    FlowDumper.add_implicit_resolver(f"{_TAG}null", re.compile("(null|Null|NULL|~|<<)$"), list("nN~<"))
    FlowDumper.add_implicit_resolver(f"{_TAG}bool", re.compile("(true|false)$"), list("tf"))
    return FlowDumper


_TAG = "tag:yaml.org,2002:"


def _scalars_as_text(value: object) -> object:
    """The value with every scalar as text, but for True, False and None."""
    match value:
        case dict():
            return {str(key): _scalars_as_text(each) for key, each in value.items()}
        case tuple() | list():
            return list(map(_scalars_as_text, value))
        case bool() | None:
            return value
    return str(value)


def _readings_beside(profile: Readings, readings: Readings) -> dict[str, str]:
    picked = as_choices(profile)
    return {point: reading for point, reading in as_choices(readings).items() if reading != picked[point]}


def _numbers_changed(numbers: Numbers) -> dict[str, int | str]:
    values = {number: getattr(numbers, number.name.replace("-", "_")) for number in NUMBERS.values()}
    return {number.name: number.write(value) for number, value in values.items() if value != number.value}


def _percent(rate: int) -> str:
    return f"{'-' if rate < 0 else ''}{abs(rate) // 10_000}.{abs(rate) % 10_000:04d}"
