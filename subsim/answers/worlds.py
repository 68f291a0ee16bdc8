"""The worlds of a scenario with facts in doubt, their differences, and the facts on which these depend.

A world is the scenario with one setting of each doubt. It is impossible where its dates would be an input error. Worlds
that differ only after the day of a question are one for that question, and asked once.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import product
from operator import contains
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import evolve, field

from subsim.answers.can_cancel import Row, WorldCount
from subsim.answers.question import Case, NotReplayable, case_of
from subsim.basics.dates import Day
from subsim.basics.values import frozen, with_fields
from subsim.engine.timeline import CommonPast
from subsim.files.doubts import Doubt, Setting, Span
from subsim.files.one_world import check_count, none_possible, unfit_settings
from subsim.files.scenario import Scenario, Variant
from subsim.terms.choice import OWN_TERMS, TermsChoice

T = TypeVar("T")
V = TypeVar("V")
K = TypeVar("K", bound=Hashable)
World: TypeAlias = tuple[int, ...]
"""A world by the places of its settings, one for each doubt in the order of the file."""
Fact: TypeAlias = Setting | Span
"""The part of a row about one doubt."""


@frozen
class InWorlds(Generic[T]):
    """A value for each possible world, in the order of the worlds; at least one is possible.

    `unplayable` are the impossible worlds that only the replay finds, under the terms in force.
    """

    doubts: tuple[Doubt, ...]
    found: dict[World, T]
    impossible: int
    unplayable: tuple[World, ...] = ()

    @property
    def count(self) -> WorldCount:
        """How many worlds are possible, and how many are not."""
        return WorldCount(possible=len(self.found), impossible=self.impossible)

    def values(self) -> list[T]:
        """The different values, each once, in the order of their first worlds; compared by identity."""
        return list({id(value): value for value in self.found.values()}.values())

    def map(self, function: Callable[[T], V]) -> "InWorlds[V]":
        """The result of a function for each world, called once for each different value."""
        known = {id(value): function(value) for value in self.values()}
        found = {world: known[id(value)] for world, value in self.found.items()}
        return InWorlds(self.doubts, found, self.impossible, self.unplayable)

    def by_key(self, key: Callable[[T], K]) -> dict[K, list[World]]:
        """The worlds of each different key, by first world."""
        keys = {id(value): key(value) for value in self.values()}
        found: dict[K, list[World]] = {}
        for world, value in self.found.items():
            found.setdefault(keys[id(value)], []).append(world)
        return found

    def by_each(self, items: Callable[[T], Iterable[K]]) -> dict[K, list[World]]:
        """By item the worlds whose value has it, in the order of first appearance."""
        found: dict[K, list[World]] = {}
        for its, worlds in self.by_key(lambda value: tuple(items(value))).items():
            for item in its:
                found.setdefault(item, []).extend(worlds)
        return found

    def rows(self, worlds: Iterable[World]) -> list[Row]:
        """The facts of these worlds, joined as far as they can be."""
        return joined(self.doubts, worlds)

    def decisive(self, key: Callable[[T], Hashable]) -> list[str]:
        """The doubts of which each possible setting leaves only one value of the key."""
        keys = {id(value): key(value) for value in self.values()}
        if len(set(keys.values())) == 1:
            return []
        found = []
        for place, doubt in enumerate(self.doubts):
            by_setting: dict[int, Hashable] = {}
            if all(
                by_setting.setdefault(world[place], keys[id(value)]) == keys[id(value)]
                for world, value in self.found.items()
            ):
                found.append(doubt.id)
        return found


def joined(doubts: Sequence[Doubt], worlds: Iterable[World]) -> list[Row]:
    """The rows for these worlds: each world is a row at first, then adjacent rows are joined.

    Joined are rows that differ in one doubt only, the last doubt first: days that follow one another, `True` and
    `False`, and `False` with all days of a range. Rows are in the order of their first worlds.
    """
    rows: list[tuple[tuple[int, int], ...]] = [tuple((place, place) for place in world) for world in sorted(worlds)]
    for place in reversed(range(len(doubts))):
        rows = list(_joined_in(doubts[place], rows, place))
    return [_row(doubts, row) for row in sorted(rows)]


def _joined_in(
    doubt: Doubt, rows: list[tuple[tuple[int, int], ...]], place: int
) -> Iterator[tuple[tuple[int, int], ...]]:
    """The rows, with those joined that differ only in adjacent settings of this doubt."""
    alike: dict[tuple[tuple[int, int], ...], list[tuple[int, int]]] = {}
    for row in rows:
        alike.setdefault((*row[:place], *row[place + 1 :]), []).append(row[place])
    last = len(doubt.settings) - 1
    has_not_happened = doubt.settings[last] is False
    for others, cells in alike.items():
        spans: list[tuple[int, int]] = []
        for first, end in sorted(cells):
            before = spans[-1] if spans else None
            adjoins = before is not None and before[1] + 1 == first
            if before is not None and adjoins and (not (has_not_happened and first == last) or before[0] == 0):
                spans[-1] = (before[0], end)
            else:
                spans.append((first, end))
        for cell in spans:
            yield (*others[:place], cell, *others[place:])


def _row(doubts: Sequence[Doubt], row: tuple[tuple[int, int], ...]) -> Row:
    return {
        doubt.id: _fact(doubt.settings[first], doubt.settings[last])
        for doubt, (first, last) in zip(doubts, row, strict=True)
        if (first, last) != (0, len(doubt.settings) - 1)
    }


def _fact(first: Setting, last: Setting) -> Fact:
    if isinstance(first, Day) and isinstance(last, Day) and first != last:
        return Span(first, last)
    return first


# From a scenario to its worlds

_LATER = "later"
"""The setting of an event after the day of the question."""


@frozen
class ScenarioQuestion:
    """A question about a scenario that may have facts in doubt, under terms, and in a variant with its assumptions."""

    scenario: Scenario
    choice: TermsChoice = OWN_TERMS
    variant: Variant | None = None
    _cases: dict[tuple[Setting, ...], Case] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(
        cls, scenario: Scenario, choice: TermsChoice = OWN_TERMS, variant: Variant | None = None
    ) -> "ScenarioQuestion":
        """The question, with the assumptions of the variant; InputErrors where there are too many worlds."""
        under = scenario.assuming({}, variant)
        check_count(under)
        return cls(under, choice, variant)

    def each(self, until: Day, ask: Callable[[Case], T]) -> InWorlds[T]:
        """The result of `ask` for each possible world, by the events until the end of `until`.

        InputErrors where none is possible, and for any other fault of a possible world.
        """
        doubts = self.scenario.doubts
        found: dict[World, T] = {}
        known: dict[tuple[Setting | str, ...], T | None] = {}
        impossible, unplayable = 0, list[World]()
        for world, settings in self._worlds():
            if settings is None:
                impossible += 1
                continue
            key = tuple(_LATER if _is_later(*each, until) else each[1] for each in zip(doubts, settings, strict=True))
            if key not in known:
                known[key] = self._answer(settings, ask)
            value = known[key]
            if value is None:
                unplayable.append(world)
            else:
                found[world] = value
        if not found:
            raise none_possible(self.scenario)
        return InWorlds(doubts, found, impossible + len(unplayable), tuple(unplayable))

    def first(self, until: Day) -> Case:
        """The first world that is possible by the end of `until`, as a case; InputErrors where none is."""
        for _world, settings in self._worlds():
            if settings is not None:
                case = self._case(settings)
                with suppress(NotReplayable):
                    case.play(until)
                    return case
        raise none_possible(self.scenario)

    def _worlds(self) -> Iterator[tuple[World, tuple[Setting, ...] | None]]:
        """Every world with its settings, or None where one setting alone makes it impossible."""
        doubts = self.scenario.doubts
        unfit = [unfit_settings(self.scenario.facts.timeline[doubt.index], doubt) for doubt in doubts]
        for world in product(*(range(len(doubt.settings)) for doubt in doubts)):
            yield world, None if any(map(contains, unfit, world)) else tuple(map(_setting, doubts, world))

    def case(self, found: InWorlds[Any], world: World) -> Case:
        """The case of a world asked about, or of one that is equal to it on the day of the question."""
        return self._case(tuple(map(_setting, found.doubts, world)))

    def _case(self, settings: tuple[Setting, ...]) -> Case:
        if settings not in self._cases:
            self._cases[settings] = with_fields(self._of_all, scenario=self.scenario.world(settings))
        return self._cases[settings]

    @cached_property
    def _of_all(self) -> Case:
        """What the cases of all worlds share: their terms, and what happened before the first doubt."""
        facts = self.scenario.facts
        before = facts.timeline[: min((doubt.index for doubt in self.scenario.doubts), default=0)]
        past = CommonPast(evolve(facts, timeline=before))
        return evolve(case_of(evolve(self.scenario, doubts=()), self.choice, self.variant), past=past)

    def _answer(self, settings: tuple[Setting, ...], ask: Callable[[Case], T]) -> T | None:
        """The result of `ask` for a world; None where it is impossible."""
        try:
            return ask(self._case(settings))
        except NotReplayable:
            return None


def _setting(doubt: Doubt, place: int) -> Setting:
    return doubt.settings[place]


def _is_later(doubt: Doubt, setting: Setting, until: Day) -> bool:
    return (setting if isinstance(setting, Day) else doubt.day) > until
