"""The answers of the commands that list something, where facts are in doubt: each different entry with its facts.

`compare`, `what-if`, `cheapest-exit` and `coming` are asked in every possible world. An entry that several worlds have
is listed once, with its facts. All other values are given where they are the same in all worlds.
"""

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from attrs import evolve

from subsim.answers.added_events import without_added
from subsim.answers.can_cancel import Row, WorldCount, rows_as_json
from subsim.answers.cheapest_exit import CheapestExit, cheapest_exit_of
from subsim.answers.coming import PLACES, Coming, coming_of
from subsim.answers.compare import Comparison, compare
from subsim.answers.displayable import Displayable
from subsim.answers.in_doubt.common import same_in_all
from subsim.answers.outcome import Outcome
from subsim.answers.question import Case, NotReplayable
from subsim.answers.what_if import WhatIf, effect
from subsim.answers.worlds import InWorlds, ScenarioQuestion, World
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.json_object import JsonObject, without_sentences
from subsim.basics.values import frozen
from subsim.files.scenario import Scenario
from subsim.terms.choice import TermsChoice
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS, PROFILES, place_of_reading

A = TypeVar("A", bound=JsonObject)
K = TypeVar("K", bound=Hashable)


@frozen
class ListOf(Generic[A]):
    """A list in the JSON of an answer: its key, its entries, and the sort key of the entry at a place."""

    key: str
    entries: Callable[[A], Sequence[Any]]
    order: Callable[[A, int], Any]


@frozen
class Entry:
    """An entry of its first world, its JSON, and the facts of all worlds that have it."""

    value: Any  # whatever the list holds
    json: dict[str, Any]
    facts: tuple[Row, ...]

    @property
    def in_any_case(self) -> bool:
        """Whether all worlds have it."""
        return self.facts == ({},)


@frozen(kw_only=True, repr=False)
class InEveryWorld(Generic[A]):
    """The answer of a command in every possible world; `first` is that of the first."""

    found: InWorlds[A]

    LISTS: ClassVar[tuple[ListOf[Any], ...]]

    @property
    def worlds(self) -> WorldCount:
        """How many worlds there are."""
        return self.found.count

    @property
    def first(self) -> A:
        """The answer in the first of the possible worlds."""
        return next(iter(self.found.found.values()))

    def __repr__(self) -> str:
        """How many answers there are, and in how many worlds, in one line."""
        return f"<{type(self).__name__}: {len(self.found.values())} answers in {self.worlds.possible} worlds>"

    def entries(self, key: str) -> list[Entry]:
        """The different entries of a list, in the order of the list, equals by their first world."""
        return list(self._entries(next(each for each in self.LISTS if each.key == key)))

    def _entries(self, of: ListOf[A]) -> Iterator[Entry]:
        seen: dict[str, tuple[Any, World, int, Any, dict[str, Any]]] = {}
        worlds: dict[str, list[World]] = {}
        answers: dict[int, list[tuple[str, int, dict[str, Any]]]] = {}
        for world, answer in self.found.found.items():
            if id(answer) not in answers:
                answers[id(answer)] = list(_numbered(answer.to_dict()[of.key]))
            for name, place, as_json in answers[id(answer)]:
                if name not in seen:
                    seen[name] = of.order(answer, place), world, place, of.entries(answer)[place], as_json
                worlds.setdefault(name, []).append(world)
        for name, (_order, _world, _place, value, as_json) in sorted(seen.items(), key=lambda each: each[1][:3]):
            yield Entry(value, as_json, tuple(self.found.rows(worlds[name])))

    def by_facts(self, key: Callable[[A], K]) -> list[tuple[K, tuple[Row, ...]]]:
        """Each different value of the key, by first world, with the facts of the worlds that have it."""
        return [(value, tuple(self.found.rows(worlds))) for value, worlds in self.found.by_key(key).items()]

    @property
    def decisive(self) -> list[str]:
        """The doubts each of which alone settles the whole answer; none where it is the same in all worlds."""
        return self.found.decisive(self._gist)

    @property
    def is_one(self) -> bool:
        """Whether all worlds have the same answer."""
        return len({self._gist(answer) for answer in self.found.values()}) == 1

    @staticmethod
    def _gist(answer: A) -> str:
        return json.dumps(without_sentences(answer.to_dict()))

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command: entries with `facts`, and all other values as far as all worlds have them."""
        same = same_in_all([answer.to_dict() for answer in self.found.values()])
        lists = {
            of.key: [{**entry.json, "facts": rows_as_json(entry.facts)} for entry in self._entries(of)]
            for of in self.LISTS
        }
        return {**same, **lists, "worlds": self.worlds.to_dict()}


def _numbered(entries: Sequence[dict[str, Any]]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Each different entry of a list, with its place and what names it: its JSON without its sentences."""
    seen: set[str] = set()
    for place, entry in enumerate(entries):
        name = json.dumps(without_sentences(entry))
        if name not in seen:
            seen.add(name)
            yield name, place, entry


# The commands


def _of_reading(comparison: Comparison, place: int) -> tuple[int, int]:
    """The place of a reading in the model's order."""
    found = comparison.others[place]
    assert found.point is not None
    assert found.reading is not None
    return place_of_reading(POINTS, found.point, found.reading)


def _of_law_reading(comparison: Comparison, place: int) -> tuple[Day, int, int]:
    """The day of the subscription's sign-up, and the place of a reading of the law."""
    found = comparison.law[place]
    signed_up = next(
        end.registered_on for end in comparison.result.ends[::-1] if end.subscription == found.subscription
    )
    return signed_up, *place_of_reading(LAW_POINTS, found.point, found.reading)


_PROFILES: list[str | None] = [*PROFILES]


class ComparisonInDoubt(InEveryWorld[Comparison], Displayable):
    """What `compare` gives in every possible world."""

    LISTS = (
        ListOf(
            "ends",
            lambda found: found.end_spreads,
            lambda found, place: found.result.ends[place].registered_on,
        ),
        ListOf(
            "profiles",
            lambda found: found.profiles,
            lambda found, place: _PROFILES.index(found.profiles[place].profile),
        ),
        ListOf("readings", lambda found: found.others, _of_reading),
        ListOf("law", lambda found: found.law, _of_law_reading),
    )


class CheapestExitInDoubt(InEveryWorld[CheapestExit], Displayable):
    """What `cheapest-exit` gives in every possible world."""

    LISTS = (
        ListOf(
            "advice",
            lambda found: found.advice,
            lambda found, place: (found.advice[place].cost, found.advice[place].ends_on),
        ),
    )


class ComingInDoubt(InEveryWorld[Coming], Displayable):
    """What `coming` gives in every possible world."""

    LISTS = (
        ListOf(
            "coming",
            lambda found: found.items,
            lambda found, place: (found.items[place].date, PLACES[found.items[place].kind]),
        ),
    )


def _when(found: Any, place: int) -> Day:
    """The date of an entry, by which entries are sorted; the last date where it has none."""
    return found[place].either.date or Day.max


class WhatIfInDoubt(InEveryWorld[WhatIf], Displayable):
    """What `what-if` gives in every possible world."""

    LISTS = (
        ListOf("tried", lambda found: found.tried, lambda found, place: found.tried[place].date),
        ListOf(
            "subscriptions",
            lambda found: found.subscriptions,
            lambda found, place: found.subscriptions[place].either.registered_on,
        ),
        ListOf("invoices", lambda found: found.invoices, lambda found, place: _when(found.invoices, place)),
        ListOf("refused", lambda found: found.refused, lambda found, place: _when(found.refused, place)),
        ListOf("duties", lambda found: found.duties, lambda found, place: _when(found.duties, place)),
    )


class OutcomeInDoubt(InEveryWorld[Outcome]):
    """The outcome of a replay in every possible world."""

    LISTS = (ListOf("invoices", lambda found: found.invoices, lambda found, place: found.invoices[place].date),)


def outcome_in_doubt(scenario: Scenario, until: Day, choice: TermsChoice) -> OutcomeInDoubt:
    """The outcome up to and including a day in every possible world; InputErrors as for `compare_in_doubt`."""
    return OutcomeInDoubt(found=ScenarioQuestion.of(scenario, choice).each(until, lambda case: case.outcome(until)))


def compare_in_doubt(scenario: Scenario, until: Day, choice: TermsChoice) -> ComparisonInDoubt:
    """What `compare` gives in every possible world; InputErrors where none is possible or there are too many."""
    return ComparisonInDoubt(
        found=ScenarioQuestion.of(scenario, choice).each(until, lambda case: compare(case.scenario, until, choice))
    )


def cheapest_exit_in_doubt(
    scenario: Scenario, date: Day, subscription: str, choice: TermsChoice, *, with_law: bool
) -> CheapestExitInDoubt:
    """What `cheapest-exit` gives in every possible world; InputErrors as for `compare_in_doubt`."""
    return CheapestExitInDoubt(
        found=ScenarioQuestion.of(scenario, choice).each(
            date, lambda case: cheapest_exit_of(case, subscription, date, with_law=with_law)
        )
    )


def coming_in_doubt(
    scenario: Scenario, date: Day, subscription: str, days: int, choice: TermsChoice, *, with_law: bool
) -> ComingInDoubt:
    """What `coming` gives in every possible world; InputErrors as for `compare_in_doubt`."""
    return ComingInDoubt(
        found=ScenarioQuestion.of(scenario, choice).each(
            date, lambda case: coming_of(case, subscription, date, days, with_law=with_law)
        )
    )


def what_if_in_doubt(changed: Scenario, until: Day | None, choice: TermsChoice) -> WhatIfInDoubt:
    """What `what-if` gives in every possible world of a scenario with added events, which are not in doubt.

    A world in which an added event cannot happen is impossible. Without `until` each world is replayed until everything
    known in it has happened.
    """
    return WhatIfInDoubt(
        found=ScenarioQuestion.of(changed, choice).each(
            until or Day.max, lambda case: effect(without_added(case.scenario), case.scenario, until, choice)
        )
    )


def write_in_doubt(both: Scenario, old: tuple[str, str], new: tuple[str, str]) -> WhatIfInDoubt:
    """What a write changes in every possible world, in a scenario that has the event before and after it.

    `old` and `new` are the origins of the two among the added events. Each world is replayed until everything known in
    it has happened; until the last day only where a later reference rate is not known.
    """

    def changes(case: Case) -> WhatIf:
        before, after = without_added(case.scenario, new), without_added(case.scenario, old)
        before = evolve(before, added={})
        try:
            return effect(before, after)
        except NotReplayable:
            raise
        except InputErrors:
            return effect(before, after, max(before.until_of(), after.until_of()))

    return WhatIfInDoubt(found=ScenarioQuestion.of(both).each(Day.max, changes))
