"""What lies ahead of a day if nothing else happens: the timeline as known that day, played on deadline by deadline."""

from collections.abc import Iterator

from attrs import evolve, frozen

from subsim.answers.question import Case
from subsim.basics.dates import Day
from subsim.engine.timeline import Replay
from subsim.membership.member import Member


def known_on(case: Case, date: Day) -> Case:
    """The case as it is known at the end of a date: without what happens later."""
    facts = case.scenario.facts
    known = tuple(event for event in facts.timeline if event.date <= date)
    return evolve(case, scenario=evolve(case.scenario, facts=evolve(facts, timeline=known)))


@frozen
class Stretch:
    """The days `[first, after)` on which only the day of a notice changes, and how the member stands on all of them.

    The member is that of the next stretch as soon as that is asked for: use it before.
    """

    member: Member
    first: Day
    after: Day


def stretches(case: Case, date: Day, after: Day) -> Iterator[Stretch]:
    """The days `[date, after)` of a case known on `date`, cut at each deadline; one replay goes through all of them."""
    replay = Replay(case.scenario.facts, case.terms)
    member = replay.end(date)
    first = date
    while first < after:
        next_deadline = min([after, *(day for day in member.days_ahead() if day > first)])
        yield Stretch(member, first, next_deadline)
        first = next_deadline
        if first < after:
            replay.begin(first)
