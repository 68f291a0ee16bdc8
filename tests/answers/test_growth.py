"""An answer's work grows with the member's history, no faster: function calls are counted, never time."""

import cProfile
import pstats
from collections.abc import Callable
from typing import Any

import pytest

from subsim.answers.cheapest_exit import cheapest_exit
from subsim.answers.coming import coming
from subsim.answers.compare import compare
from subsim.answers.question import case_of
from subsim.answers.why_not import why_not
from subsim.api import can_cancel, replay
from subsim.basics.dates import Day, days_after
from subsim.files.scenario import Scenario, loads

ASKED = Day(2021, 6, 1)


def announced(number: int) -> Scenario:
    """So many announcements within a year, each to take effect after 100 days."""
    first = Day(2020, 8, 2)
    lines = []
    for place in range(number):
        day = days_after(first, place * 300 // number)
        kind = ("price", "service", "terms")[place % 3]
        of = {"price": f"prices: {{basis: {150 + place % 50}.00}}, ", "service": "packages: [basis], ", "terms": ""}[
            kind
        ]
        lines.append(f"  - {{date: {day}, event: announce_{kind}_change, {of}effective: {days_after(day, 100)}}}\n")
    start = "  - {date: 2020-01-15, event: sign_up, package: basis}\n"
    return loads(f"scenario: x\nprices: {{basis: 149.00}}\nuntil: 2022-01-01\ntimeline:\n{start}{''.join(lines)}")


def calls(work: Callable[[], Any]) -> int:
    profile = cProfile.Profile()
    profile.runcall(work)
    found: Any = pstats.Stats(profile)  # its sums are not in its published types
    return int(found.total_calls)


def _reasons(scenario: Scenario) -> object:
    case = case_of(scenario)
    return why_not(scenario.facts, case.terms, case.answer("main", ASKED))


ANSWERS: dict[str, Callable[[Scenario], object]] = {
    "replay": replay,
    "can-cancel": lambda scenario: can_cancel(scenario, ASKED),
    "why not": _reasons,
    "compare": compare,
    # every advice is replayed to its end: so many replays as there are ends within the year, in a history however long
    "cheapest-exit": lambda scenario: cheapest_exit(scenario, Day(2021, 9, 15)),
    "coming": lambda scenario: coming(scenario, ASKED),
}


@pytest.mark.parametrize("answer", list(ANSWERS))
def test_twice_the_announcements_are_at_most_about_twice_the_work(answer: str) -> None:
    work = ANSWERS[answer]
    few, many = announced(120), announced(240)
    work(few)  # what is reckoned once for all
    assert calls(lambda: work(many)) / calls(lambda: work(few)) < 2.4
