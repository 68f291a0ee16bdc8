"""The walk over all timelines of a scope, date by date and event by event. Timelines in the same state are merged.

On each date of the grid the walk keeps one timeline for each state: the one with the fewest events, of equals the first
found. A timeline that has fewer events than allowed is extended by every event of the alphabet. Then time passes to
the next date.
"""

from collections.abc import Callable, Iterable
from itertools import chain, pairwise

from attrs import Factory, define, evolve, frozen

from subsim.basics.dates import Day
from subsim.basics.enumerations import Route
from subsim.engine.timeline import play
from subsim.exploring.alphabet import GRID, HORIZON, MAIN, PRICES, Scope, UndatedEvent
from subsim.exploring.futures import State, state_of
from subsim.exploring.no_way_out import Interval, changes_by_itself, has_no_way_out, open_routes, turning_days
from subsim.exploring.targets import Target, reached_by_event, reached_by_events, reached_over_time
from subsim.membership.events import Event, SignUp
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.terms.terms import Terms

Timeline = tuple[Event, ...]
Progress = Callable[[int], None]
"""Called with a number of replays each time so many more are done."""
_REPLAYS_PER_REPORT = 1000


@frozen
class Witness:
    """A timeline that reaches a target, and the day at whose end it has reached it."""

    facts: Facts
    until: Day

    @property
    def events(self) -> int:
        """The number of events."""
        return len(self.facts.timeline)


@define(eq=False)
class WalkResult:
    """What walks under the same terms have found.

    `reached` gives by target the shortest timeline to it, `longest` the longest interval without a way out.
    `timelines` are those kept, one for each state, in the order in which they were found. `merged` counts those that
    came to a state that was known.
    """

    reached: dict[Target, Witness] = Factory(dict)
    longest: Interval | None = None
    timelines: list[Facts] = Factory(list)
    merged: int = 0
    replays: int = 0

    def note(self, targets: Iterable[Target], facts: Facts, until: Day) -> None:
        """Keep the timeline for each target to which no timeline as short is known."""
        for target in targets:
            known = self.reached.get(target)
            if known is None or len(facts.timeline) < known.events:
                self.reached[target] = Witness(facts, until)

    def note_interval(self, interval: Interval | None) -> None:
        """Keep the interval if it is the longest; of equals the one with the fewest events."""
        if interval is not None and (self.longest is None or interval.rank > self.longest.rank):
            self.longest = interval

    def add(self, other: "WalkResult") -> None:
        """Add what another walk has found."""
        for target, witness in other.reached.items():
            self.note((target,), witness.facts, witness.until)
        self.note_interval(other.longest)
        self.timelines += other.timelines
        self.merged += other.merged
        self.replays += other.replays


def ignore(_replays: int) -> None:
    """A progress callback that does nothing."""


def walk(scope: Scope, terms: Terms, progress: Progress = ignore) -> WalkResult:
    """Replay all timelines of a scope under these terms; `progress` hears of the replays as they are done."""
    walker = _Walker(scope, terms, progress)
    first, *_ = dates = (*GRID, HORIZON)
    arrivals = [_Arrival(_Node(()), walker.play((), first))]
    for today, following in pairwise(dates):
        arrivals = walker.through(today, following, arrivals)
    return walker.found


@frozen
class _Node:
    """A timeline, the ids that it has signed up, and the first day of the current interval without a way out."""

    timeline: Timeline
    named: frozenset[str] = frozenset()
    closed_since: Day | None = None


@frozen
class _Arrival:
    """A node, and its member as of the date of the walk."""

    node: _Node
    member: Member


@define(eq=False)
class _Date:
    """One date of a walk: the states seen on it, and by number of events one arrival for each state."""

    today: Day
    levels: list[list[_Arrival]]
    seen: set[tuple[State, frozenset[str], Day | None]] = Factory(set)

    def admit(self, arrival: _Arrival) -> bool:
        """Keep the arrival and return True; return False where its state is known already."""
        node = arrival.node
        key = state_of(arrival.member, self.today), node.named, node.closed_since
        if key in self.seen:
            return False
        self.seen.add(key)
        self.levels[len(node.timeline)].append(arrival)
        return True


@define(eq=False)
class _Walker:
    """A walk, and what it has found so far."""

    scope: Scope
    terms: Terms
    progress: Progress
    found: WalkResult = Factory(WalkResult)

    def through(self, today: Day, following: Day, arrivals: Iterable[_Arrival]) -> list[_Arrival]:
        """Extend the arrivals by the events of the date, fewest events first, then let time pass.

        Returns the arrivals at the following date that can be extended again. A timeline of the most events is
        replayed to the horizon at once. The empty timeline is dropped: every timeline begins on the first date.
        """
        date = _Date(today, [[] for _ in range(self.scope.most_events + 1)])
        for arrival in arrivals:
            self.found.merged += not date.admit(arrival)
        *extensible, complete = date.levels
        for arrival in chain.from_iterable(extensible):
            self._extend(arrival, date)
        for arrival in complete:
            self._pass_time(arrival, today, HORIZON)
        going_on = (arrival for arrival in chain.from_iterable(extensible) if arrival.node.timeline)
        return [self._pass_time(arrival, today, following) for arrival in going_on]

    def _extend(self, arrival: _Arrival, date: _Date) -> None:
        """Add each event of the alphabet to the timeline, where a scenario may have it next."""
        node, before = arrival.node, arrival.member
        for undated in self.scope.alphabet:
            if not _can_follow(undated, node.named, before):
                continue
            event = undated.on(date.today)
            after = self.play((*node.timeline, event), date.today)
            named = node.named if undated.subscription is None else node.named | {undated.subscription}
            extended = evolve(node, timeline=(*node.timeline, event), named=named)
            facts = self._facts(extended.timeline)
            self.found.note(reached_by_events(after), facts, date.today)
            self.found.note(reached_by_event(before, event, after), facts, date.today)
            if date.admit(_Arrival(extended, after)):
                self.found.timelines.append(facts)
            else:
                self.found.merged += 1

    def _pass_time(self, arrival: _Arrival, today: Day, until: Day) -> _Arrival:
        """Replay to a day without more events, and note on which of the days there is a way out."""
        node, member = arrival.node, arrival.member
        facts = self._facts(node.timeline)
        routes = open_routes(member, MAIN, today)
        self.found.note((Target("route", route) for route in routes), facts, today)
        node = self._with_day(node, member, today, routes)
        for day in turning_days(member, MAIN, today, until):
            on_the_day = self.play(node.timeline, day) if changes_by_itself(member, MAIN) else member
            node = self._with_day(node, on_the_day, day, open_routes(on_the_day, MAIN, day))
        if until == HORIZON and node.closed_since is not None:
            self.found.note_interval(Interval(node.closed_since, HORIZON, facts))
        later = self.play(node.timeline, until)
        self.found.note(reached_by_events(later), facts, until)
        self.found.note(reached_over_time(later, today), facts, until)
        return _Arrival(node, later)

    def _with_day(self, node: _Node, member: Member, day: Day, routes: list[Route]) -> _Node:
        """The node at the end of the day, which may begin or end an interval without a way out."""
        is_closed = has_no_way_out(member, MAIN, routes)
        if is_closed == (node.closed_since is not None):
            return node
        if node.closed_since is not None:
            self.found.note_interval(Interval(node.closed_since, day, self._facts(node.timeline)))
        return evolve(node, closed_since=day if is_closed else None)

    def play(self, timeline: Timeline, until: Day) -> Member:
        """The member at the end of a day."""
        self.found.replays += 1
        if self.found.replays % _REPLAYS_PER_REPORT == 0:
            self.progress(_REPLAYS_PER_REPORT)
        return play(self._facts(timeline), self.terms, until)

    def _facts(self, timeline: Timeline) -> Facts:
        return Facts(person=self.scope.person, prices=PRICES, timeline=timeline)


def _can_follow(undated: UndatedEvent, named: frozenset[str], member: Member) -> bool:
    """Whether the event may come next: no live id is signed up again, and no other event names an unknown id."""
    if undated.kind is SignUp:
        current = member.by_id.get(undated.subscription or MAIN)
        return (current is None or not current.is_live) and (undated.subscription == MAIN or MAIN in named)
    return undated.subscription is None or undated.subscription in named
