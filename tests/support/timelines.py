"""Whole stories of one member, drawn by the testing kit, for tests that must hold of every one of them.

`stories()` draws facts, terms and a day to ask about; `as_scenario` writes them as a file that can be saved and run.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import Factory, evolve, frozen
from hypothesis import note
from hypothesis import strategies as st

from subsim.answers.can_cancel import Answer, answer_of
from subsim.answers.outcome import Outcome
from subsim.api import replay
from subsim.basics.dates import Day, days_after
from subsim.engine.timeline import play
from subsim.files.scenario import Scenario
from subsim.files.writer import scenario_text
from subsim.membership.events import Event, SignUp
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import as_choices
from subsim.terms.terms import NUMBERS, Terms
from subsim.testing.strategies import LAST_DAY, days_of, terms, timelines_unshown

_LAW_CHOICES = st.lists(
    st.sampled_from([(name, reading) for name, point in LAW_POINTS.items() for reading in point.readings]), max_size=2
)
_TIMELINES, _TERMS = timelines_unshown(), terms()


@frozen(repr=False)
class Story:
    """Facts and terms, and a day on which something is asked about one subscription; `until` is no earlier."""

    facts: Facts
    terms: Terms
    day: Day
    until: Day
    subscription: str
    law_choices: dict[str, str] = Factory(dict)

    def __repr__(self) -> str:
        return f"<{len(self.facts.timeline)} events, {self.subscription} asked on {self.day}, until {self.until}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))  # the facts are shown as a file instead

    def questions(self) -> Iterator["Story"]:
        """The same story asked about each subscription at the end of each day of an event, and of its own day."""
        sign_ups = [event for event in self.facts.timeline if isinstance(event, SignUp)]
        for day in sorted({self.day, *(event.date for event in self.facts.timeline)}):
            for id in dict.fromkeys(event.subscription for event in sign_ups if event.date <= day):
                note(f"{id} asked on {day}")
                yield evolve(self, day=day, subscription=id)

    def facts_so_far(self, *more: Event) -> Facts:
        """The facts up to and including the day asked about, and these more."""
        so_far = tuple(event for event in self.facts.timeline if event.date <= self.day)
        return evolve(self.facts, timeline=so_far + more)

    def outcome(self, facts: Facts | None = None, until: Day | None = None) -> Outcome:
        """The outcome of the facts, or of others, under the terms of the story."""
        return outcome_of(self.facts if facts is None else facts, self.terms, until or self.until)

    def member(self, facts: Facts | None = None, until: Day | None = None) -> Member:
        """The member at the end of the day asked about, or of another, after the facts or others."""
        return play(self.facts if facts is None else facts, self.terms, until or self.day)

    def answer(self, facts: Facts | None = None, day: Day | None = None) -> Answer:
        """What `can-cancel` answers on the day asked about, or on another."""
        day = day or self.day
        return answer_of(self.member(facts, day), self.subscription, day)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Facts, terms, and days to ask about; a failing test shows it as a scenario file."""
    told = draw(_TIMELINES)
    day = draw(days_of(told))
    last = max(day, told.timeline[-1].date)
    until = draw(st.sampled_from([max(day, days_after(last, count)) for count in (0, 1, 35, 370)]))
    sign_ups = [event for event in told.timeline if isinstance(event, SignUp)]
    ids = sorted({event.subscription for event in sign_ups if event.date <= day}) or ["main"]
    law_choices = dict(draw(_LAW_CHOICES))
    story = Story(told, draw(_TERMS), day, min(until, LAST_DAY), draw(st.sampled_from(ids)), law_choices)
    note(as_scenario(told, story.terms, until=story.until, asks=[(day, story.subscription)], law_choices=law_choices))
    return story


def outcome_of(facts: Facts, terms: Terms, until: Day) -> Outcome:
    """The outcome of a replay up to and including `until`."""
    scenario = Scenario(
        source="<drawn>",
        sentence="A drawn timeline",
        facts=facts,
        readings=as_choices(terms.readings),
        numbers={name: getattr(terms.numbers, name.replace("-", "_")) for name in NUMBERS},
        reference_rates=terms.reference_rates,
    )
    return replay(scenario, until)


# As a file


def as_scenario(
    facts: Facts,
    terms: Terms,
    *,
    until: Day | None = None,
    asks: Iterable[tuple[Day, str]] = (),
    law_choices: dict[str, str] | None = None,
) -> str:
    """The scenario file that tells these facts under these terms, and asks on each day about a subscription."""
    return scenario_text(facts, terms, sentence="A drawn timeline", until=until, asks=asks, law_choices=law_choices)
