"""The possible worlds in runs: along one doubt, the answer keeps its form and each date moves in one direction."""

from collections.abc import Hashable, Iterator, Sequence

from subsim.answers.can_cancel import Answer
from subsim.answers.worlds import InWorlds, ScenarioQuestion, World
from subsim.basics.dates import Day, months
from subsim.files.doubts import Doubt
from subsim.files.scenario import Scenario
from subsim.law.consumer_contracts import MONTHS_BEFORE_NOTICE
from subsim.membership.events import Announcement, GiveNotice, SignUp
from subsim.terms.statutes import PROVISIONS


def runs_of(asked: ScenarioQuestion, found: InWorlds[Answer]) -> Iterator[list[World]]:
    """The possible worlds in runs along the doubt with the most settings, cut where the form of the answer changes.

    They are cut too before a day on which something else happens or takes effect, or the law is another.
    """
    doubts = found.doubts
    along = _longest(doubts)
    if along is None:
        yield list(found.found)
        return
    cuts = set(_cuts(asked.scenario, along))
    forms = {id(answer): _form(answer) for answer in found.values()}
    lines: dict[World, list[World]] = {}
    for world in found.found:
        lines.setdefault((*world[:along], *world[along + 1 :]), []).append(world)
    for line in lines.values():
        run: list[World] = []
        for world in line:
            day = doubts[along].settings[world[along]]
            follows = bool(run) and run[-1][along] + 1 == world[along] and day not in cuts and day is not False
            if run and (not follows or forms[id(found.found[run[-1]])] != forms[id(found.found[world])]):
                yield run
                run = []
            run.append(world)
        yield run


def is_along_notice(scenario: Scenario) -> bool:
    """Whether the doubt with the most settings is of a notice."""
    along = _longest(scenario.doubts)
    return along is not None and isinstance(scenario.facts.timeline[scenario.doubts[along].index], GiveNotice)


def _longest(doubts: Sequence[Doubt]) -> int | None:
    """The place of the doubt with the most settings."""
    return max(range(len(doubts)), key=lambda place: len(doubts[place].settings), default=None)


def _cuts(scenario: Scenario, along: int) -> Iterator[Day | None]:
    """The days on which something but the event in doubt happens, takes effect or begins to count."""
    yield from _DAYS_OF_LAW
    for index, event in enumerate(scenario.facts.timeline):
        if index != scenario.doubts[along].index:
            yield event.date
        if isinstance(event, Announcement):
            yield event.effective
        if isinstance(event, SignUp):
            its = next((doubt.settings for doubt in scenario.doubts if doubt.index == index), ())
            days = {event.date, *(day for day in its if isinstance(day, Day))}
            yield from (months(day, MONTHS_BEFORE_NOTICE) for day in days)


_DAYS_OF_LAW = {day for each in PROVISIONS.values() for day in (each.starts, each.until)}
"""The days on which a provision comes into force, or goes."""


def _form(answer: Answer) -> Hashable:
    """The form of an answer: all but dates and amounts that move with the day of an event."""
    ways = tuple((way.open, way.give_notice_by is None, bool(way.still_to_pay)) for way in answer.routes)
    return answer.state, answer.can_cancel, answer.route, answer.notice_stands, ways
