"""An answer's work grows with the member's history, no faster: function calls are counted, never time."""

import cProfile
import importlib
import pstats
from collections.abc import Callable
from typing import Any

import pytest

from subsim.answers.cheapest_exit import cheapest_exit
from subsim.answers.coming import coming
from subsim.answers.compare import compare
from subsim.answers.explain import explain
from subsim.answers.question import case_of
from subsim.answers.why_not import why_not
from subsim.api import can_cancel, replay
from subsim.basics.dates import Day, days_after
from subsim.basics.languages import language
from subsim.drawing import draw
from subsim.engine.timeline import play
from subsim.files.scenario import Scenario, loads
from subsim.terms.terms import Terms

ASKED = Day(2021, 6, 1)
why_not_module = importlib.import_module("subsim.answers.why_not")


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


def signed_up(number: int) -> Scenario:
    """So many subscriptions within a year, each suspended once."""
    lines = [
        f"  - {{date: {days_after(Day(2020, 1, 1), place * 300 // number)}, event: sign_up, package: basis, "
        f"subscription: s{place}}}\n"
        for place in range(number)
    ]
    lines += [f"  - {{date: 2020-12-01, event: suspend, subscription: s{place}}}\n" for place in range(number)]
    return loads(f"scenario: x\nprices: {{basis: 149.00}}\nuntil: 2021-06-01\ntimeline:\n{''.join(lines)}")


def _reasons(scenario: Scenario) -> object:
    case = case_of(scenario)
    return why_not(scenario.facts, case.terms, case.answer("main", ASKED))


ANSWERS: dict[str, Callable[[Scenario], object]] = {
    "replay": replay,
    "can-cancel": lambda scenario: can_cancel(scenario, ASKED),
    "compare": compare,
    # every advice is replayed to its end: so many replays as there are ends within the year, in a history however long
    "cheapest-exit": lambda scenario: cheapest_exit(scenario, Day(2021, 9, 15)),
    "coming": lambda scenario: coming(scenario, ASKED),
}


def growth(work: Callable[[Scenario], object], few: Scenario, many: Scenario) -> float:
    """How many times as many calls the larger history takes."""
    work(few)  # what is reckoned once for all
    return calls(lambda: work(many)) / calls(lambda: work(few))


def rises(number: int) -> Scenario:
    """So many rises, two days apart, each to take effect after 40 days."""
    days = [days_after(Day(2020, 8, 2), 2 * place) for place in range(number)]
    lines = [
        f"  - {{date: {day}, event: announce_price_change, prices: {{basis: {150 + place}.00}}, "
        f"effective: {days_after(day, 40)}}}\n"
        for place, day in enumerate(days)
    ]
    start = "  - {date: 2020-01-15, event: sign_up, package: basis}\n"
    return loads(f"scenario: x\nprices: {{basis: 149.00}}\nuntil: 2022-01-01\ntimeline:\n{start}{''.join(lines)}")


def _explained(scenario: Scenario) -> object:
    return explain(scenario, replay(scenario))


def test_an_explanation_of_twice_the_rises_is_about_twice_the_work() -> None:
    assert growth(_explained, rises(120), rises(240)) < 2.2


def all_pending(number: int) -> Scenario:
    """So many changes of the terms within a month, none of which takes effect before the last is announced."""
    lines = [
        f"  - {{date: {days_after(Day(2020, 8, 2), place * 30 // number)}, event: announce_terms_change, "
        f"effective: {days_after(Day(2021, 9, 1), place)}}}\n"
        for place in range(number)
    ]
    start = "  - {date: 2020-01-15, event: sign_up, package: basis}\n"
    return loads(f"scenario: x\nprices: {{basis: 149.00}}\nuntil: 2021-06-01\ntimeline:\n{start}{''.join(lines)}")


@pytest.mark.parametrize("answer", ["can-cancel", "cheapest-exit", "coming", "explain"])
def test_twice_the_changes_pending_at_once_are_at_most_about_twice_the_work(answer: str) -> None:
    work = _explained if answer == "explain" else ANSWERS[answer]
    assert growth(work, all_pending(60), all_pending(120)) < 2.2


def test_a_year_of_changes_pending_at_once_is_asked_for_its_reasons_in_bounded_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(why_not_module, "_MOST_REPLAYED", 600)
    assert growth(_reasons, all_pending(60), all_pending(120)) < 1.6


def test_changed_terms_are_put_together_once_a_question_however_many_there_are() -> None:
    history = "".join(
        f"  - {{date: {days_after(Day(2020, 8, 2), 2 * place)}, event: announce_terms_change, "
        f"effective: {days_after(Day(2020, 8, 2), 2 * place + 40)}, numbers: {{notice-days: {20 + place % 20}}}}}\n"
        for place in range(60)
    )
    start = "  - {date: 2020-01-15, event: sign_up, package: basis}\n"
    scenario = loads(f"scenario: x\nprices: {{basis: 149.00}}\nuntil: 2022-01-01\ntimeline:\n{start}{history}")
    terms = play(scenario.facts, Terms(), Day(2021, 6, 1)).by_id["main"]
    assert calls(lambda: terms.terms_on(Day(2021, 6, 1))) < 400


@pytest.mark.parametrize("answer", list(ANSWERS))
def test_twice_the_announcements_are_at_most_about_twice_the_work(answer: str) -> None:
    assert growth(ANSWERS[answer], announced(60), announced(120)) < 2.4


def test_reasons_are_looked_for_in_a_bounded_part_of_the_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(why_not_module, "_LATEST", 10)
    assert growth(_reasons, announced(60), announced(120)) < 2.4


def _drawn(scenario: Scenario) -> object:
    return draw(scenario, replay(scenario), language("en"))


def _drawn_with_what_comes(scenario: Scenario) -> object:
    return draw(scenario, replay(scenario, ASKED), language("en"), ASKED)


@pytest.mark.parametrize("picture", [_drawn, _drawn_with_what_comes])
@pytest.mark.parametrize("history", [announced, signed_up])
def test_a_picture_of_twice_the_history_is_about_twice_the_work(
    picture: Callable[[Scenario], object], history: Callable[[int], Scenario]
) -> None:
    assert growth(picture, history(20), history(40)) < 2.4
