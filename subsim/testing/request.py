"""The requests to a system under test: a timeline under terms, with the expected outcome."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from subsim.answers.can_cancel import answer_of
from subsim.answers.question import Case, case_of
from subsim.api.arguments import scenario_of as scenario_given
from subsim.basics.dates import Day
from subsim.files.expectation import Ask
from subsim.files.scenario import Scenario, Variant
from subsim.files.writer import default_values, event_values, facts_values
from subsim.membership.events import EVENTS
from subsim.membership.facts import Person
from subsim.terms.choice import TermsChoice
from subsim.terms.readings import as_choices
from subsim.terms.terms import as_values


@frozen
class Request:
    """One question to a system: a scenario, or one of its variants, replayed until a date.

    `id` names it among others. `expected` raises InputErrors where the terms cannot replay it.
    """

    id: str
    case: Case
    until: Day
    asks: tuple[Ask, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the request: the keys of a scenario file, every field of every event with its default."""
        facts, terms = self.case.scenario.facts, self.case.terms
        return {
            "case": self.id,
            "scenario": self.case.scenario.sentence,
            **facts_values(facts, terms),
            "profile": self.case.profile,
            "readings": as_choices(terms.readings),
            "numbers": as_values(terms.numbers),
            "until": self.until.isoformat(),
            "timeline": [event_values(event) for event in facts.decided],
            "ask": [{"date": ask.date.isoformat(), "subscription": ask.subscription} for ask in self.asks],
        }

    def expected(self) -> dict[str, Any]:
        """The expected outcome: the JSON of `replay`, and under `answers` that of `can-cancel` for each question."""
        return self.case.outcome(self.until).to_dict() | {"answers": [self._answer(ask) for ask in self.asks]}

    def _answer(self, ask: Ask) -> dict[str, Any]:
        return answer_of(self.case.play(ask.date), ask.subscription, ask.date).to_dict()


def request_of(
    scenario: Scenario, variant: Variant | None = None, choice: TermsChoice | None = None, *, id: str | None = None
) -> Request:
    """The request for a scenario or one of its variants, under its terms and the choices on top of them."""
    case = case_of(scenario, choice or TermsChoice(), variant)
    name = scenario.source if variant is None else f"{scenario.source}#{variant.name}"
    asks = scenario.asks if variant is None else variant.asks
    return Request(id or name, case, scenario.until_of(variant), _once(asks))


def scenario_of(request: Mapping[str, Any]) -> Scenario:
    """The scenario of the JSON of a request; InputErrors where it is not one."""
    kept = {key: value for key, value in request.items() if key != "case"}
    kept["member"] = _without(request["member"], default_values(Person))
    kept["timeline"] = [_event_of(each) for each in request["timeline"]]
    return scenario_given(kept)


def _event_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The event in the form of a file, with its subscription even if that is the default."""
    named = {"subscription": values["subscription"]} if values.get("subscription") else {}
    return {**_without(values, default_values(EVENTS[values["event"]])), **named}


def _without(values: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The values that differ from their defaults."""
    return {key: value for key, value in values.items() if key not in defaults or value != defaults[key]}


def _once(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    """The questions without expectations, each once."""
    once = {(ask.date, ask.subscription): Ask(date=ask.date, subscription=ask.subscription) for ask in asks}
    return tuple(once.values())
