"""The walk over all timelines of a look: date by date, event by event, merging those that stand alike.

On each date of the grid there is one timeline for each way to stand: that with the fewest events, of equals the first
found. Each with an event to spare is extended by every event of the alphabet; then time passes to the next date.
"""

from collections.abc import Callable, Iterable
from itertools import chain, pairwise

from attrs import Factory, define, evolve, frozen

from subsim.basics.dates import Day
from subsim.basics.enumerations import Route
from subsim.engine.timeline import play
from subsim.exploring.alphabet import GRID, HORIZON, MAIN, PRICES, Letter, Look
from subsim.exploring.futures import Standing, standing
from subsim.exploring.no_way_out import Stretch, changes_by_itself, has_no_way_out, open_routes, turning_days
from subsim.exploring.targets import Target, reached_by_event, reached_by_events, reached_over_time
from subsim.membership.events import Event, Facts, SignUp
from subsim.membership.member import Member
from subsim.terms.terms import Terms

Timeline = tuple[Event, ...]
Progress = Callable[[int], None]
"""Told of every so many more replays."""
_TOLD_EVERY = 1000


@frozen
class Witness:
    """A timeline that reaches something, and the day by which it has."""

    facts: Facts
    until: Day

    @property
    def events(self) -> int:
        """How many events it takes."""
        return len(self.facts.timeline)


@define(eq=False)
class Found:
    """What walks under the same terms have found.

    By target the shortest timeline that reaches it, and the longest stretch without a way out. `timelines` are those
    that stand for their kind, in the order in which they were found; `merged` is how many more came to stand alike.
    """

    reached: dict[Target, Witness] = Factory(dict)
    longest: Stretch | None = None
    timelines: list[Facts] = Factory(list)
    merged: int = 0
    replays: int = 0

    def note(self, targets: Iterable[Target], facts: Facts, until: Day) -> None:
        """Remember the timeline for what it reaches, if none as short does."""
        for target in targets:
            known = self.reached.get(target)
            if known is None or len(facts.timeline) < known.events:
                self.reached[target] = Witness(facts, until)

    def note_stretch(self, stretch: Stretch | None) -> None:
        """Remember the stretch if it is the longest; of equals the one with the fewest events."""
        if stretch is not None and (self.longest is None or stretch.rank > self.longest.rank):
            self.longest = stretch

    def add(self, other: "Found") -> None:
        """Take in what another walk has found."""
        for target, witness in other.reached.items():
            self.note((target,), witness.facts, witness.until)
        self.note_stretch(other.longest)
        self.timelines += other.timelines
        self.merged += other.merged
        self.replays += other.replays


def ignore(_replays: int) -> None:
    """The progress that nobody looks at."""


def walk(look: Look, terms: Terms, progress: Progress = ignore) -> Found:
    """What all timelines of a look come to under these terms."""
    walker = _Walker(look, terms, progress)
    first, *_ = dates = (*GRID, HORIZON)
    arrivals = [_Arrival(_Node(()), walker.play((), first))]
    for today, following in pairwise(dates):
        arrivals = walker.through(today, following, arrivals)
    return walker.found


@frozen
class _Node:
    """A timeline, the ids that it has named, and since when it has left no way out of the main subscription."""

    timeline: Timeline
    named: frozenset[str] = frozenset()
    closed_since: Day | None = None


@frozen
class _Arrival:
    """A node, and its member as of the date at hand."""

    node: _Node
    member: Member


@define(eq=False)
class _Date:
    """One date of a walk: the ways to stand on it seen so far, and by number of events a node for each."""

    today: Day
    levels: list[list[_Arrival]]
    seen: set[tuple[Standing, frozenset[str], Day | None]] = Factory(set)

    def admit(self, arrival: _Arrival) -> bool:
        """Keep the node, unless one that stands alike is kept already; whether it is kept."""
        node = arrival.node
        key = standing(arrival.member, self.today), node.named, node.closed_since
        if key in self.seen:
            return False
        self.seen.add(key)
        self.levels[len(node.timeline)].append(arrival)
        return True


@define(eq=False)
class _Walker:
    """A walk under way."""

    look: Look
    terms: Terms
    progress: Progress
    found: Found = Factory(Found)

    def through(self, today: Day, following: Day, arrivals: Iterable[_Arrival]) -> list[_Arrival]:
        """Try every event of the date on all that come to it, fewest events first, then let time pass.

        Gives what comes to the following date with an event to spare; the rest goes on to the horizon at once. The
        empty timeline stays behind: every timeline begins on the first date.
        """
        date = _Date(today, [[] for _ in range(self.look.events + 1)])
        for arrival in arrivals:
            self.found.merged += not date.admit(arrival)
        *extensible, spent = date.levels
        for arrival in chain.from_iterable(extensible):
            self._extend(arrival, date)
        for arrival in spent:
            self._pass_time(arrival, today, HORIZON)
        going_on = (arrival for arrival in chain.from_iterable(extensible) if arrival.node.timeline)
        return [self._pass_time(arrival, today, following) for arrival in going_on]

    def _extend(self, arrival: _Arrival, date: _Date) -> None:
        """Let every event of the alphabet happen next, where a scenario may tell it."""
        node, before = arrival.node, arrival.member
        for letter in self.look.letters:
            if not _may_be_told(letter, node.named, before):
                continue
            event = letter.on(date.today)
            after = self.play((*node.timeline, event), date.today)
            named = node.named if letter.names is None else node.named | {letter.names}
            extended = evolve(node, timeline=(*node.timeline, event), named=named)
            facts = self._facts(extended.timeline)
            self.found.note(reached_by_events(after), facts, date.today)
            self.found.note(reached_by_event(before, event, after), facts, date.today)
            if date.admit(_Arrival(extended, after)):
                self.found.timelines.append(facts)
            else:
                self.found.merged += 1

    def _pass_time(self, arrival: _Arrival, today: Day, until: Day) -> _Arrival:
        """Let time pass with no more events, and see on which of the days there is a way out."""
        node, member = arrival.node, arrival.member
        facts = self._facts(node.timeline)
        routes = open_routes(member, MAIN, today)
        self.found.note((Target("route", route) for route in routes), facts, today)
        node = self._with_day(node, member, today, routes)
        for day in turning_days(member, MAIN, today, until):
            on_the_day = self.play(node.timeline, day) if changes_by_itself(member, MAIN) else member
            node = self._with_day(node, on_the_day, day, open_routes(on_the_day, MAIN, day))
        if until == HORIZON and node.closed_since is not None:
            self.found.note_stretch(Stretch(node.closed_since, HORIZON, facts))
        later = self.play(node.timeline, until)
        self.found.note(reached_by_events(later), facts, until)
        self.found.note(reached_over_time(later, today), facts, until)
        return _Arrival(node, later)

    def _with_day(self, node: _Node, member: Member, day: Day, routes: list[Route]) -> _Node:
        """The node as this day ends: a stretch without a way out begins, goes on, or is over."""
        is_closed = has_no_way_out(member, MAIN, routes)
        if is_closed == (node.closed_since is not None):
            return node
        if node.closed_since is not None:
            self.found.note_stretch(Stretch(node.closed_since, day, self._facts(node.timeline)))
        return evolve(node, closed_since=day if is_closed else None)

    def play(self, timeline: Timeline, until: Day) -> Member:
        """The member at the end of a day."""
        self.found.replays += 1
        if self.found.replays % _TOLD_EVERY == 0:
            self.progress(_TOLD_EVERY)
        return play(self._facts(timeline), self.terms, until)

    def _facts(self, timeline: Timeline) -> Facts:
        return Facts(person=self.look.person, prices=PRICES, timeline=timeline)


def _may_be_told(letter: Letter, named: frozenset[str], member: Member) -> bool:
    """Whether a scenario may go on so: no live id is signed up again, and no other event names an unknown one."""
    if letter.kind is SignUp:
        current = member.by_id.get(letter.names or MAIN)
        return (current is None or not current.is_live) and (letter.names == MAIN or MAIN in named)
    return letter.names is None or letter.names in named
