"""Facts in doubt: the days on which an event may have happened, or whether it happened at all, and assumptions on them.

A doubt has settings: its days, `True` and `False`, or its days and `False`. A world takes one setting of each doubt.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from math import prod
from typing import Any, TypeAlias

from attrs import evolve, field

from subsim.basics.dates import Day, days_after, days_between
from subsim.basics.faults import START, Place, nearest, quote
from subsim.basics.notation import day_from_iso
from subsim.basics.texts import Message, join_words
from subsim.basics.values import frozen

MOST_WORLDS = 10_000
"""The largest number of worlds, impossible ones included, that are replayed."""


@frozen
class Span:
    """The days from the first to the last, both included; the first is before the last."""

    first: Day
    last: Day

    def __str__(self) -> str:
        """The notation of a file: `2020-03-01..2020-03-20`."""
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    def days(self) -> tuple[Day, ...]:
        """All of its days."""
        return tuple(days_after(self.first, count) for count in range(days_between(self.first, self.last) + 1))


Setting: TypeAlias = Day | bool
"""A setting of a doubt: the day of the event, True (it happened, no range), or False (it did not)."""
Assumption: TypeAlias = Span | Day | bool
"""An assumption on a doubt: a day or range of days of the event, True (it happened), or False (it did not)."""


def span(text: str) -> Span:
    """The days of `FIRST..LAST`; ValueError where it is no such range."""
    parts = text.split("..")
    if len(parts) != 2 or not all(re.fullmatch(r"\d{4}-\d\d-\d\d", part, re.ASCII) for part in parts):
        raise ValueError(Message("a range is two dates with two dots between, no time and no space"))
    first, last = map(day_from_iso, parts)
    if not first < last:
        raise ValueError(Message("the first day of a range is before the last"))
    return Span(first, last)


@frozen(kw_only=True)
class Doubt:
    """An event in doubt, by its place in the timeline (from 0): on a day of a span, or disputed, or both.

    `day` is the date of the event in the timeline, the first day of a span. `place` is that of the key `date`, or of
    `disputed` where there is no span. `name` is what a reader is told of instead of the id, where a page has one for
    it.
    """

    id: str
    index: int
    event: str
    day: Day
    span: Span | None = None
    disputed: bool = False
    assumed: Assumption | None = None
    name: Message | None = field(default=None, eq=False)
    place: Place = field(default=START, repr=False, eq=False)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """The settings left by the assumption: the days in order, `True`, and last `False`."""
        match self.assumed:
            case False:
                return (False,)
            case Span():
                return self.assumed.days()
            case Day():
                return (self.assumed,)
        happened: tuple[Setting, ...] = (True,) if self.span is None else self.span.days()
        return (*happened, False) if self.disputed and self.assumed is None else happened

    @property
    def called(self) -> Message:
        """What a reader calls it: its name, or its id."""
        return self.name or Message("{id}", id=self.id)

    @property
    def is_named(self) -> bool:
        """Whether the file gives it an id of its own."""
        return self.id != f"{self.event}:{self.index + 1}"

    @property
    def is_open(self) -> bool:
        """Whether more than one setting is left."""
        return len(self.settings) > 1

    @property
    def last(self) -> Day:
        """The last day on which it may have happened, before any assumption."""
        return self.day if self.span is None else self.span.last

    @property
    def expected(self) -> Message:
        """The assumptions allowed, in the notation of the command line."""
        words: list[Message | str] = []
        if self.span is not None:
            words += [
                Message("a day from {first} to {last}", first=self.span.first, last=self.span.last),
                Message("a range within"),
            ]
        return join_words([*words, *(("yes", "no") if self.disputed else ())])

    def assume(self, value: Any) -> "Doubt":
        """The doubt with an assumption: a date or a range as text, a day, or whether it happened.

        ValueError where none of its settings fits.
        """
        assumed = _assumption(value)
        if assumed is None or not self._fits(assumed):
            found = str(value).lower() if isinstance(value, bool) else str(value)
            raise ValueError(
                Message(
                    "{name} is {found}, expected {expected}", name=self.id, found=quote(found), expected=self.expected
                )
            )
        return evolve(self, assumed=assumed)

    def _fits(self, assumed: Assumption) -> bool:
        if isinstance(assumed, bool):
            return self.disputed
        first, last = (assumed.first, assumed.last) if isinstance(assumed, Span) else (assumed, assumed)
        return self.span is not None and self.span.first <= first and last <= self.span.last


def _assumption(value: Any) -> Assumption | None:
    """The assumption that a value stands for; None where it stands for none."""
    if isinstance(value, bool | Span):
        return value
    if isinstance(value, Day):
        return None if hasattr(value, "hour") else value
    if not isinstance(value, str):
        return None
    try:
        return span(value) if ".." in value else day_from_iso(value)
    except ValueError:
        return None


def assumption_of(value: Any) -> Assumption:
    """The assumption of a value: a day or a range as text, or whether it happened; ValueError for anything else."""
    found = _assumption(value)
    if found is None:
        raise ValueError(value)
    return found


def assumed(doubts: Iterable[Doubt], values: Mapping[str, Any]) -> tuple[Doubt, ...]:
    """The doubts with the assumptions in `values`, by name; other names are ignored. ValueError for an unfit value."""
    return tuple(each.assume(values[each.id]) if each.id in values else each for each in doubts)


def names_of_no_doubt(given: Iterable[str], doubts: Iterable[Doubt]) -> Iterator[tuple[str, Message, Message]]:
    """Each name that no doubt has, with what is wrong and what to do."""
    ids = [each.id for each in doubts]
    there_are = Message("the doubts are {ids}", ids=join_words(ids, "and")) if ids else Message("nothing is in doubt")
    for id in given:
        if id not in ids:
            yield id, Message("no event in doubt is called {id}", id=quote(id)), nearest(id, ids) or there_are


def world_count(doubts: Iterable[Doubt]) -> int:
    """The number of worlds, impossible ones included."""
    return prod(len(each.settings) for each in doubts)
