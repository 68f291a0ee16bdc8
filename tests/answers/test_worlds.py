"""The worlds of a file: how the rows of their facts are joined, which settle what differs, and what is not asked."""

from typing import Any

import pytest

import subsim
from subsim.answers.can_cancel import rows_as_json
from subsim.answers.question import Case
from subsim.answers.worlds import InWorlds, ScenarioQuestion, World, joined
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.files.doubts import Doubt, Span
from tests.support.faulty import with_timeline

# Rows


def doubt(id: str, last: int, *, disputed: bool = False) -> Doubt:
    first = Day(2020, 3, 1)
    return Doubt(id=id, index=0, event="log_in", day=first, span=Span(first, Day(2020, 3, last)), disputed=disputed)


def rows(doubts: list[Doubt], *worlds: tuple[int, ...]) -> list[dict[str, Any]]:
    return rows_as_json(joined(doubts, worlds))


def test_days_that_follow_one_another_become_one_row_and_days_apart_do_not() -> None:
    assert rows([doubt("a", 5)], (0,), (1,), (3,)) == [{"a": "2020-03-01..2020-03-02"}, {"a": "2020-03-04"}]
    assert rows([doubt("a", 5)], (0,), (2,), (3,)) == [{"a": "2020-03-01"}, {"a": "2020-03-03..2020-03-04"}]


def test_what_may_be_anything_is_left_out() -> None:
    assert rows([doubt("a", 2), doubt("b", 2)], (0, 0), (0, 1)) == [{"a": "2020-03-01"}]
    assert rows([doubt("a", 2)], (0,), (1,)) == [{}]


def test_not_to_have_happened_joins_all_days_of_a_range_and_no_part_of_them() -> None:
    disputed = [doubt("a", 3, disputed=True)]
    assert rows(disputed, (0,), (1,), (2,), (3,)) == [{}]
    assert rows(disputed, (1,), (2,), (3,)) == [{"a": "2020-03-02..2020-03-03"}, {"a": False}]
    assert rows(disputed, (0,), (1,), (2,)) == [{"a": "2020-03-01..2020-03-03"}]


def test_the_last_doubt_is_joined_first_and_rows_stand_by_their_first_world() -> None:
    doubts = [doubt("a", 2), doubt("b", 3)]
    assert rows(doubts, (0, 0), (0, 1), (1, 1), (1, 2)) == [
        {"a": "2020-03-01", "b": "2020-03-01..2020-03-02"},
        {"a": "2020-03-02", "b": "2020-03-02..2020-03-03"},
    ]


# What differs


def found(doubts: list[Doubt], **values: str) -> InWorlds[str]:
    """A value in each world, whose places are the digits of its name."""
    worlds: dict[World, str] = {tuple(map(int, name.removeprefix("w"))): value for name, value in values.items()}
    return InWorlds(tuple(doubts), worlds, 0)


def decisive(doubts: list[Doubt], **values: str) -> list[str]:
    return found(doubts, **values).decisive(str)


def test_a_doubt_is_decisive_of_which_every_setting_leaves_one_value() -> None:
    doubts = [doubt("a", 2), doubt("b", 2)]
    assert decisive(doubts, w00="x", w01="x", w10="y", w11="y") == ["a"]
    assert decisive(doubts, w00="x", w01="y", w10="x", w11="y") == ["b"]
    assert decisive(doubts, w00="x", w01="y", w10="y", w11="x") == []
    assert decisive(doubts, w00="x", w01="x", w10="x", w11="x") == []


def test_a_setting_that_no_possible_world_has_hinders_nothing() -> None:
    assert decisive([doubt("a", 2), doubt("b", 2)], w00="x", w11="y") == ["a", "b"]


def test_values_are_told_by_their_first_worlds() -> None:
    worlds = found([doubt("a", 3)], w0="y", w1="x", w2="y")
    assert worlds.by_key(str) == {"y": [(0,), (2,)], "x": [(1,)]}
    assert worlds.by_each(lambda value: [value, "both"]) == {"y": [(0,), (2,)], "both": [(0,), (2,), (1,)], "x": [(1,)]}


# Which worlds are asked


def asked_of(*events: str, until: str) -> tuple[int, InWorlds[Any]]:
    """How many worlds are replayed, and what is found of each."""
    asked = ScenarioQuestion.of(subsim.loads(with_timeline(*events)))
    cases = list[Case]()

    def ask(case: Case) -> str:
        cases.append(case)
        return str(case.play(Day.fromisoformat(until)).subscriptions[0].ends_on)

    worlds = asked.each(Day.fromisoformat(until), ask)
    return len(cases), worlds


@pytest.mark.parametrize(("until", "asked"), [("2020-09-01", 1), ("2020-09-02", 2), ("2020-09-03", 3)])
def test_days_after_the_day_asked_are_asked_once(until: str, asked: int) -> None:
    count, worlds = asked_of("date: 2020-09-02..2020-09-04, event: give_notice", until=until)
    assert (count, worlds.count.possible, worlds.count.impossible) == (asked, 3, 0)


def test_a_day_after_the_effect_of_an_announcement_is_impossible_and_not_asked() -> None:
    rise = "event: announce_price_change, effective: 2020-09-02, prices: {basis: 159.00}"
    count, worlds = asked_of(f"id: rise, date: 2020-09-01..2020-09-03, {rise}", until="2020-09-03")
    assert (count, [*worlds.found], worlds.count.impossible, worlds.unplayable) == (2, [(0,), (1,)], 1, ())


def test_one_impossible_day_makes_a_world_impossible_whatever_else_is_in_doubt() -> None:
    rise = "event: announce_price_change, effective: 2020-09-02, prices: {basis: 159.00}"
    events = "date: 2020-08-01, event: log_in, disputed: true", f"date: 2020-09-02..2020-09-03, {rise}"
    _, worlds = asked_of(*events, until="2020-09-03")
    assert ([*worlds.found], worlds.count.impossible) == ([(0, 0), (1, 0)], 2)


def test_a_world_that_cannot_be_replayed_is_impossible_too() -> None:
    again = "date: 2020-09-01, event: sign_up, package: basis, disputed: true"
    _, worlds = asked_of(again, until="2020-09-01")
    assert ([*worlds.found], worlds.count.impossible, worlds.unplayable) == ([(1,)], 1, ((0,),))
    assert asked_of(again, until="2020-08-31")[1].count.possible == 2


def test_that_no_world_is_possible_is_a_fault() -> None:
    one, other = (f"date: 2020-09-0{day}..2020-09-1{day}, event: sign_up, package: basis" for day in (1, 2))
    with pytest.raises(InputErrors, match="no setting of what is in doubt makes a timeline that is possible"):
        asked_of(one, other, until="2020-10-01")
