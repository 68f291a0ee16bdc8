"""The announcements that reach each subscription, and the days on which each way out but the ordinary one is open.

One replay goes through the timeline. A way is asked for on the first day of its window, and again only after an event
that may close it, so that the work is proportional to the history.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush

from attrs import Factory, define, frozen

from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.engine import ways
from subsim.engine.timeline import Timeline
from subsim.membership.changes import Change
from subsim.membership.events import AnnouncePriceChange, ChangePackage, Event
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.membership.ways import Way
from subsim.rules.withdrawal import WITHDRAWAL
from subsim.terms.terms import Terms


@frozen(kw_only=True)
class Window:
    """The first and the last day on which a way out other than the ordinary one is open; None: not known yet."""

    route: Route
    first: Day
    last: Day | None


@frozen(kw_only=True)
class AnnouncedChange:
    """An announced change for one subscription, which it `reaches` on that day, or never."""

    change: Change
    reaches: Day | None
    window: Window | None


@frozen
class SubscriptionWindows:
    """The changes announced to one subscription, in order, and the window of its withdrawal."""

    announced: tuple[AnnouncedChange, ...]
    withdrawal: Window | None


def windows(facts: Facts, terms: Terms, until: Day) -> list[SubscriptionWindows]:
    """The windows of each subscription, in order of sign-up, as known at the end of `until`."""
    walk = _Walk(facts, terms, until)
    for day in walk.stops():
        walk.stop_at(day)
    return walk.found()


@define(eq=False)
class _Trace:
    """A way out under observation, through a change or (None) by withdrawal; `last` is its last day as known so far."""

    first: Day
    route: Route
    change: Change | None = None
    was_open: bool = False
    is_over: bool = False
    last: Day | None = None

    def ask(self, way: Way | None, day: Day) -> None:
        """Note whether the way is open at the end of a day; one that is closed then was open until that day."""
        if way is not None and way.ends_on is not None:
            self.was_open, self.last = True, way.give_notice_by
        else:
            self.close(day)

    def close(self, last: Day) -> None:
        """End the window; its last day is this one if it was ever open."""
        self.is_over = True
        if self.was_open:
            self.last = last

    def is_open_on(self, day: Day) -> bool:
        """Whether the way out may still be open on the day, so that an event may close it."""
        return self.was_open and not self.is_over and (self.last is None or day <= self.last)

    def window(self, subscription: Subscription) -> Window | None:
        """The window; None where it was never open. An end of the subscription closes it."""
        ended_on = subscription.ended_on
        if not self.is_over and ended_on is not None and self.is_open_on(ended_on):
            self.close(max(self.first, days_after(ended_on, -1)))
        return Window(route=self.route, first=self.first, last=self.last) if self.was_open else None


@define(eq=False)
class _Lane:
    """One subscription in the replay, with the `traces` of its changes in order of announcement.

    `prices` are the open changes of the price of the package in force, by day of effect and place in `traces`.
    """

    subscription: Subscription
    withdrawal: _Trace
    traces: list[_Trace] = Factory(list)
    prices: list[tuple[Day, int]] = Factory(list)
    package: str = ""

    def ask(self, member: Member, trace: _Trace, day: Day) -> None:
        """Ask whether the change of a trace lets the member leave at the end of a day."""
        assert trace.change is not None
        change = self.subscription.as_known(trace.change)
        is_pending = self.subscription.is_live and change is not None and ways.is_pending(self.subscription, change)
        way = ways.way_through(member, self.subscription, change, day) if change and is_pending else None
        trace.ask(way, day)

    def ask_all(self, member: Member, day: Day) -> None:
        """Ask the same for every open trace."""
        self.package = self.subscription.package
        for trace in self.traces:
            if trace.is_open_on(day):
                self.ask(member, trace, day)

    def close_overtaken(self, by: Change, day: Day) -> None:
        """Close the windows of the price changes that a new one overtakes: they follow its day of effect."""
        place = bisect_left(self.prices, (by.reaches or Day.max, -1))
        while place < len(self.prices):
            trace = self.traces[self.prices[place][1]]
            assert trace.change is not None
            if not self.subscription.is_overtaken(trace.change):
                return
            if trace.is_open_on(day):
                trace.close(day)
            del self.prices[place]

    def windows(self) -> SubscriptionWindows:
        """The windows of the subscription."""
        return SubscriptionWindows(tuple(self._announced()), self.withdrawal.window(self.subscription))

    def _announced(self) -> Iterator[AnnouncedChange]:
        subscription = self.subscription
        final = {(each.order, each.package): each for each in subscription.all_changes()}
        known = {name: subscription.price_changes_of(name) for name in {package for _, package in final} if name}
        for trace in self.traces:
            change = trace.change
            assert change is not None
            reaches, at_last = change.reaches, final[change.order, change.package]
            if change.kind == AnnouncePriceChange.kind and change.package and at_last.reaches is not None:
                ruling = known[change.package].ruling(at_last.reaches)
                reaches = None if ruling is not None and ruling.outranks(at_last) else reaches
            yield AnnouncedChange(change=change, reaches=reaches, window=trace.window(subscription))


class _Walk:
    """The replay, stopped at the end of every day on which something happens, or on which a trial is over."""

    def __init__(self, facts: Facts, terms: Terms, until: Day) -> None:
        self._timeline = Timeline(facts, terms)
        self._until = until
        self._events = facts.timeline
        self._pending: list[tuple[Day, int, int]] = []
        """By day on which it is first asked, the lane and the trace of a change announced in a trial."""
        self._lanes: list[_Lane] = []
        self._places: dict[Subscription, int] = {}
        self._live_places: list[int] = []
        """The lanes that an announcement may reach."""

    def found(self) -> list[SubscriptionWindows]:
        """The windows of all subscriptions at the end of the last day."""
        self._timeline.end_day(self._until)
        return [lane.windows() for lane in self._lanes]

    def stops(self) -> Iterator[Day]:
        """The days to stop at, in order; the end of a trial is one if something was announced in the trial."""
        days = iter(sorted({event.date for event in self._events if event.date <= self._until}))
        event_day = next(days, None)
        while event_day is not None or self._pending:
            waiting = self._pending[0][0] if self._pending else Day.max
            if event_day is not None and event_day <= waiting:
                yield event_day
                event_day = next(days, None)
            else:
                yield waiting

    def stop_at(self, day: Day) -> None:
        """Replay up to the end of a day, and note what has opened and closed."""
        taken, made = self._timeline.taken, len(self._member.announcements.made)
        self._timeline.end_day(day)
        happened = self._events[taken : self._timeline.taken]
        for subscription in self._member.subscriptions[len(self._lanes) :]:
            self._meet(subscription, day)
        self._ask_after_events(happened, day)
        if len(self._member.announcements.made) > made:
            for place in self._live_places:
                self._note_announcements(place, made, day)
            self._live_places = [place for place in self._live_places if self._lanes[place].subscription.is_live]
        while self._pending and self._pending[0][0] <= day:
            _, place, number = heappop(self._pending)
            self._ask_first(place, number, day)

    @property
    def _member(self) -> Member:
        return self._timeline.member

    def _meet(self, subscription: Subscription, day: Day) -> None:
        place = self._places[subscription] = len(self._lanes)
        lane = _Lane(subscription, _Trace(subscription.registered_on, WITHDRAWAL), package=subscription.package)
        self._lanes.append(lane)
        self._live_places.append(place)
        self._ask_withdrawal(lane, day)

    def _ask_withdrawal(self, lane: _Lane, day: Day) -> None:
        is_live = lane.subscription.is_live
        way = ways.way_out(self._member, lane.subscription, day, WITHDRAWAL) if is_live else None
        lane.withdrawal.ask(way, day)

    def _ask_after_events(self, happened: Iterable[Event], day: Day) -> None:
        """Ask again for the subscriptions of the day's events."""
        touched: dict[Subscription, bool] = {}
        for event in happened:
            subscription = self._member.by_id.get(getattr(event, "subscription", None) or "")
            if subscription is not None:
                touched[subscription] = touched.get(subscription, False) or isinstance(event, ChangePackage)
        for subscription, chose in touched.items():
            lane = self._lanes[self._places[subscription]]
            if lane.withdrawal.is_open_on(day) and day > lane.withdrawal.first:
                self._ask_withdrawal(lane, day)
            if chose or not subscription.is_live or lane.package != subscription.package:
                lane.ask_all(self._member, day)

    def _note_announcements(self, place: int, made: int, day: Day) -> None:
        """Note the announcements of a day, those after the first `made`, as they reach one subscription."""
        lane = self._lanes[place]
        subscription = lane.subscription
        first = max(day, subscription.trial_ends or day)
        for change in subscription.changes_since(made):
            if change.kind == AnnouncePriceChange.kind:
                lane.close_overtaken(change, day)
            lane.traces.append(_Trace(first, change.kind, change))
            if first > day:
                if first <= self._until:
                    heappush(self._pending, (first, place, len(lane.traces) - 1))
            else:
                self._ask_first(place, len(lane.traces) - 1, day)

    def _ask_first(self, place: int, number: int, day: Day) -> None:
        lane = self._lanes[place]
        trace = lane.traces[number]
        lane.ask(self._member, trace, day)
        change = trace.change
        if trace.was_open and change and change.kind == AnnouncePriceChange.kind and change.reaches:
            insort(lane.prices, (change.reaches, number))
