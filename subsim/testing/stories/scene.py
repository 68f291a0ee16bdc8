"""A growing timeline of one member, and the events that may come next: valid ones, often on a limit."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from attrs import Factory, define, field, frozen
from hypothesis import strategies as st

from subsim.basics.dates import Day, days_after
from subsim.membership.events import NO_CAUSE, Amount, ChangePackage, Event, Move, PackageName, SignUp, Terminate
from subsim.membership.facts import Person
from subsim.rules.operator_termination import CAUSES
from subsim.testing.stories.abilities import ALL, Abilities
from subsim.testing.stories.limits import turns

T = TypeVar("T")

_PLACE = st.integers(0, 9_999)
"""A number for a place in a list that only the scene knows, since a new strategy for every draw is slow."""


def one_of(*choices: object) -> st.SearchStrategy[Any]:
    """One of these values."""
    return st.sampled_from(choices)


def pick(draw: st.DrawFn, choices: Sequence[T]) -> T:
    """One of these values, which are known at drawing time only; it shrinks towards the first."""
    return choices[draw(_PLACE) % len(choices)]


@define(eq=False)
class Scene:
    """The facts about the events so far that the next event needs to be valid and to fall on a limit.

    `last` is the last day on which something may happen, `kinds` what may happen besides a sign-up. `turns` are the
    days that each event makes worth a look, `wanted` the packages that were asked for, `signed_up` the ids that may be
    named, and `may_be_live` those of them that are live under some terms or other, and so can't be signed up again.
    """

    person: Person
    prices: dict[PackageName, Amount]
    today: Day
    last: Day
    kinds: "tuple[Kind, ...]"
    abilities: Abilities = ALL
    events: list[Event] = Factory(list)
    turns: list[list[Day]] = Factory(list)
    wanted: list[PackageName] = Factory(list)
    signed_up: list[str] = Factory(list)
    may_be_live: set[str] = Factory(set)
    resident: str = field(default=Factory(lambda self: self.person.resident, takes_self=True))

    def add(self, event: Event) -> None:
        """Add an event."""
        self.events.append(event)
        self.today = event.date
        self.turns.append(turns(event))
        match event:
            case SignUp():
                self.wanted.append(event.package)
                if event.subscription not in self.signed_up:
                    self.signed_up.append(event.subscription)
                if not self._is_surely_refused(event):
                    self.may_be_live.add(event.subscription)
            case ChangePackage():
                self.wanted.append(event.to)
            case Terminate() if event.settlement == "refund" or _is_never_refused(event):
                self.may_be_live.discard(event.subscription)
            case Move():
                self.resident = event.resident

    def _is_surely_refused(self, event: SignUp) -> bool:
        """Whether no terms, whatever their numbers and readings, accept the sign-up."""
        unagreed = self.person.use == "commercial" and not self.person.written_agreement
        return unagreed or self.resident != "DK" or event.service == "tv"

    def free_ids(self) -> list[str]:
        """The ids that can be signed up now."""
        return [id for id in self.abilities.ids if id not in self.may_be_live]

    def days_between(self, first: Day, last: Day) -> list[list[Day]]:
        """The days of limits from the first to the last, grouped by event; empty groups are left out."""
        found = [days[bisect_left(days, first) : bisect_right(days, last)] for days in self.turns]
        return [days for days in found if days]


def _is_never_refused(event: Terminate) -> bool:
    """Whether it ends a live subscription for a cause that nothing refuses."""
    return event.reason != NO_CAUSE and CAUSES[event.reason].refusal is None


Field = st.SearchStrategy[Any] | Callable[[st.DrawFn, Scene], Any]
"""The values of a field of an event: a strategy, or a function that draws for a scene."""


@frozen
class Kind:
    """A kind of event, how often it comes beside the others, and its fields."""

    event: type[Event]
    weight: int
    fields: dict[str, Field]


def limit(draw: st.DrawFn, scene: Scene, first: int, last: int) -> Day:
    """A limit or a day beside one, from `first` to `last` days after today; today if there is none."""
    days = scene.days_between(days_after(scene.today, first), days_after(scene.today, last))
    return pick(draw, pick(draw, days)) if days else scene.today
