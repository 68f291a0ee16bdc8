"""Finds a smallest scenario with a property: events, questions, readings and fields are left out one by one."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import NOTHING, evolve, fields, frozen

from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.files.expectation import Ask
from subsim.files.scenario import Scenario, loads
from subsim.files.writer import scenario_text
from subsim.membership.events import Event
from subsim.membership.facts import Facts, Person
from subsim.terms.readings import Readings
from subsim.terms.terms import Numbers, Terms
from subsim.testing.request import Request, request_of

Json = Any
MOST_TRIES = 300
"""The most smaller timelines that are tried."""


@frozen
class _Story:
    """A scenario in the parts that can be left out."""

    sentence: str
    facts: Facts
    terms: Terms
    until: Day
    asks: tuple[Ask, ...]

    def scenario(self, expect: Mapping[str, Json] | None = None, answers: list[Json] | None = None) -> Scenario:
        """The scenario read from its own text; InputErrors where the parts no longer fit together."""
        return loads(self.text(expect, answers), "<smallest>")

    def text(self, expect: Mapping[str, Json] | None = None, answers: list[Json] | None = None) -> str:
        """The text of the scenario file, with what it expects."""
        return scenario_text(
            self.facts,
            self.terms,
            sentence=self.sentence,
            until=self.until,
            asks=[(ask.date, ask.subscription) for ask in self.asks],
            expect=expect,
            answers=answers,
        )


def smallest(scenario: Scenario, shows: Callable[[Scenario], bool], most_tries: int = MOST_TRIES) -> Scenario:
    """The smallest scenario found with the property, from which nothing more can be left out within so many tries.

    `shows` tests scenarios that can be replayed; the one given must have the property under its own terms. Its variants
    and expectations are left out.
    """
    return smallest_of_request(request_of(scenario), shows, most_tries)


def smallest_of_request(request: Request, shows: Callable[[Scenario], bool], most_tries: int = MOST_TRIES) -> Scenario:
    """The smallest scenario for a request, which may be about a variant or under other terms."""
    story = _story_of(request)
    best, tries, again = story.scenario(), 0, True
    while again:
        again = False
        for smaller in _smaller(story):
            if tries >= most_tries:
                return best
            tries += 1
            scenario = _replayable(smaller)
            if scenario is not None and shows(scenario):
                story, best, again = smaller, scenario, True
                break
    return best


def _story_of(request: Request) -> _Story:
    scenario = request.case.scenario
    facts = evolve(scenario.facts, timeline=scenario.facts.decided)
    return _Story(scenario.sentence, facts, request.case.terms, request.until, request.asks)


def _replayable(story: _Story) -> Scenario | None:
    try:
        scenario = story.scenario()
        request_of(scenario).expected()
    except InputErrors:
        return None
    return scenario


def _smaller(story: _Story) -> Iterator[_Story]:
    """Each scenario with something left out, the largest parts first."""
    yield from (_with_timeline(story, kept) for kept in _shorter(story.facts.timeline))
    yield from (evolve(story, asks=asks) for asks in _shorter(story.asks))
    last = max(
        [*(event.date for event in story.facts.timeline), *(ask.date for ask in story.asks)], default=story.until
    )
    yield from (evolve(story, until=day) for day in _sooner(last, story))
    yield from (evolve(story, terms=terms) for terms in _plainer(story.terms))
    if story.facts.person != Person():
        yield evolve(story, facts=evolve(story.facts, person=Person()))
    named = {str(value) for event in story.facts.timeline for value in _names(event)}
    if unused := [name for name in story.facts.prices if name not in named]:
        prices = {name: price for name, price in story.facts.prices.items() if name not in unused}
        yield evolve(story, facts=evolve(story.facts, prices=prices))
    for index, event in enumerate(story.facts.timeline):
        for plain in _plain(event):
            timeline = (*story.facts.timeline[:index], plain, *story.facts.timeline[index + 1 :])
            yield _with_timeline(story, timeline)


def _with_timeline(story: _Story, timeline: tuple[Event, ...]) -> _Story:
    return evolve(story, facts=evolve(story.facts, timeline=timeline))


def _shorter(values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The values without a half, a quarter and so on down to a single one, the last ones first."""
    size = len(values) // 2 or len(values)
    while size:
        for start in range(len(values) - size, -1, -size):
            yield values[:start] + values[start + size :]
        size //= 2


def _sooner(last: Day, story: _Story) -> Iterator[Day]:
    days = {last, *(_days_decided(story))}
    yield from (day for day in sorted(days) if last <= day < story.until)


def _days_decided(story: _Story) -> list[Day]:
    """The days with a decision or a line, at which a shorter replay may end."""
    outcome = request_of(story.scenario()).case.outcome(story.until)
    return [*(each.date for each in outcome.decisions), *(each.date for each in outcome.invoices)]


def _plainer(terms: Terms) -> Iterator[Terms]:
    if terms == Terms():
        return
    yield Terms()
    if terms.reference_rates:
        yield evolve(terms, reference_rates={})
    for name in (each.name for each in fields(Readings)):
        if (usual := getattr(Readings(), name)) != getattr(terms.readings, name):
            yield evolve(terms, readings=evolve(terms.readings, **{name: usual}))
    for name in (each.name for each in fields(Numbers)):
        if (usual := getattr(Numbers(), name)) != getattr(terms.numbers, name):
            yield evolve(terms, numbers=evolve(terms.numbers, **{name: usual}))


def _names(event: Event) -> Iterator[object]:
    """The values of an event that may be packages."""
    for name in ("package", "to"):
        if hasattr(event, name):
            yield getattr(event, name)
    for name in ("packages", "prices"):
        yield from getattr(event, name, ())


def _plain(event: Event) -> Iterator[Event]:
    """The event with one field at a time set to its default."""
    for field in fields(type(event)):
        usual = field.default
        usual = usual.factory() if hasattr(usual, "factory") else usual
        if field.name not in ("date", "subscription") and usual is not NOTHING and getattr(event, field.name) != usual:
            yield evolve(event, **{field.name: usual})


def text_of(scenario: Scenario) -> str:
    """The text of a scenario file with the timeline, the terms and the questions, and nothing expected."""
    return _story_of(request_of(scenario)).text()


# What the terms say of it, as a file expects it


def scenario_with_expectations(scenario: Scenario) -> str:
    """The text of a scenario without variants, that expects the states, lines, refusals and totals of the terms."""
    request = request_of(scenario)
    expected = request.expected()
    return _story_of(request).text(expectations_of(expected), [_answer(each) for each in expected["answers"]])


def expectations_of(outcome: Mapping[str, Json]) -> dict[str, Json]:
    """The `expect` of a scenario file that an outcome, as JSON, fulfils."""
    states = {each["id"]: {key: each[key] for key in _STATE} for each in outcome["subscriptions"]}
    return {
        "subscriptions": states,
        "invoices": [_kept(each, ("date", "kind", "amount", "subscription", "clause")) for each in outcome["invoices"]],
        "refused": [_kept(each, ("date", "event", "subscription", "clause")) for each in outcome["refused"]],
        "totals": dict(outcome["totals"]),
    }


_STATE = ("state", "package", "binding_ends", "ends_on", "ended_on", "end_reason")


def _kept(entry: Json, keys: tuple[str, ...]) -> Json:
    return {key: entry[key] for key in keys if entry[key] is not None}


def _answer(answer: Json) -> Json:
    return {key: answer[key] for key in ("state", "can_cancel", "earliest_end", "route")}
