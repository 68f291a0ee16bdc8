"""The replay of one member's timeline. It goes from day to day; the rules decide what happens.

A day runs in this order: its start, for each subscription in order of sign-up: its deadlines, then its period; then the
events of the day in the order of the file. Work is done for each event and each deadline, not for each day. What an
event does not ask about may be done after it: the decisions are put in the order of their days when they are read.
"""

from typing import Any

from subsim.basics.dates import FIRST_DAY, Day
from subsim.engine import changes
from subsim.engine.handlers import HANDLERS, handler_of
from subsim.membership.facts import Facts, FaultInFacts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import binding, equipment, renewal, termination, trial
from subsim.terms.terms import Terms


def play(facts: Facts, terms: Terms, until: Day) -> Member:
    """The member at the end of the day `until`; later events are not replayed.

    FaultInFacts, with the event's place, if a live subscription is signed up again.
    """
    return Timeline(facts, terms).end_day(until)


class Timeline:
    """A replay that can stop at any day. `taken` counts the events replayed so far.

    `member` is one object that the replay changes. FaultInFacts as for `play`.
    """

    __slots__ = ("_begun", "_deadline", "_events", "_passed", "member", "taken")

    def __init__(self, facts: Facts, terms: Terms, member: Member | None = None) -> None:
        """A replay from its beginning; of a `member` who has already come further, from there."""
        self._start(Member(facts.person, facts.prices, terms) if member is None else member, facts.timeline)

    def _start(self, member: Member, timeline: tuple[Any, ...]) -> None:
        self.member = member
        self.taken = 0
        self._events = timeline
        self._begun = FIRST_DAY
        """The last day whose start has been replayed; the first there is too while a first period is put off."""
        self._passed = FIRST_DAY
        """The last day whose deadlines are over."""
        self._deadline: Day | None = None
        """The first deadline after it; None after an event, which may have changed it."""

    def gone_on_with(self, facts: Facts) -> "Timeline":
        """A timeline that has come as far as this one and goes on with other facts, which begin with what it took."""
        other = Timeline(facts, self.member.terms, self.member.copy(facts))
        other.taken, other._begun, other._passed = self.taken, self._begun, self._passed
        return other

    def begin_day(self, day: Day) -> Member:
        """Replay up to the start of a day; all events before the day must have been taken."""
        self._pass_time(day)
        return self.member

    def take_event(self) -> Member:
        """Replay up to and including the next event; events about personal data change nothing."""
        day = self._events[self.taken].date
        self._take(day, self.taken + 1)
        return self.begin_day(day)

    def end_day(self, day: Day) -> Member:
        """Replay up to the end of a day."""
        self._take(day, len(self._events))
        return self.begin_day(day)

    def _take(self, until: Day, count: int) -> None:
        """Take the events up to a day, and so many in all at most. What is due by an event waits if it can."""
        member, noted, handlers = self.member, self.member.of_events, HANDLERS
        for event in self._events[self.taken : count]:
            day = event.date
            if day > until:
                return
            handler = handlers.get(type(event)) or handler_of(type(event))
            decide = handler.decide
            if decide is None:
                self.taken += 1
                continue
            if self._begun < day and (
                self._may_have_changed(day)
                if handler.asks_no_period
                else not handler.announces or event.effective <= day or self._may_have_changed(day)
            ):
                self._pass_time(day)
            try:
                ruling = decide(member, event)
            except FaultInFacts as fault:
                fault.index = self.taken
                raise
            self.taken += 1
            if not handler.keeps_deadlines:
                self._deadline = None
                if handler.signs_up and ruling.verdict == "accepted":
                    self._begin_first_period(day)
            noted.append((day, handler.name, event.subscription if handler.has_subscription else None, ruling))

    def _may_have_changed(self, day: Day) -> bool:
        """Whether time alone may have ended a subscription or changed its package by the end of a day."""
        for each in self.member.subscriptions:
            if each.downgrade is not None or (each.notice is not None and each.notice.ends_on <= day):
                return True
        return False

    def _begin_first_period(self, day: Day) -> None:
        """Begin the period of a sign-up on this day, or put it off till time passes: its day is begun again.

        Another subscription, or what was noted before on the day, would be noted out of order by then.
        """
        member = self.member
        new = member.subscriptions[-1]
        if new.next_period != day:
            return
        if len(member.subscriptions) == 1 and day > FIRST_DAY and not member.has_noted_event_on(day):
            self._begun, self._passed = FIRST_DAY, day
        else:
            before = member.noted_of_time
            renewal.begin_periods(member, new, day)
            member.note_as_of_event(before)

    def _pass_time(self, to: Day) -> None:
        """Begin every day up to and including `to` on which something may fall due.

        The periods of an only subscription are begun together, after its deadlines; a known end or another package
        would change them on the way.
        """
        if to <= self._begun:
            return
        member = self.member
        subscriptions = member.subscriptions
        if subscriptions:
            deadline = self._deadline
            if deadline is None:
                deadline = member.next_deadline(self._passed)
            only = subscriptions[0]
            if len(subscriptions) > 1 or only.notice is not None or only.downgrade is not None:
                deadline = _pass_days(member, deadline, to)
            elif only.ended_on is None:
                while deadline <= to:
                    _meet_deadlines(member, only, deadline)
                    if deadline == member.ledger.method.expires:
                        renewal.begin_periods(member, only, deadline)
                        renewal.remind_of_card(member, deadline)
                    deadline = member.next_deadline(deadline)
                renewal.begin_periods(member, only, to)
            self._deadline = deadline
        self._begun = self._passed = to


class CommonPast:
    """The events with which several timelines begin, replayed once under each terms; each timeline goes on from there.

    `shared` has those events.
    """

    def __init__(self, shared: Facts) -> None:
        self._shared = shared
        self._replayed: dict[int, tuple[Terms, Timeline]] = {}

    def play(self, facts: Facts, terms: Terms, until: Day) -> Member:
        """The same as `play` gives, of facts that may begin otherwise too."""
        past = self._shared.timeline
        if not past or past[-1].date > until or facts.timeline[: len(past)] != past:
            return play(facts, terms, until)
        if id(terms) not in self._replayed:
            timeline = Timeline(self._shared, terms)
            timeline.end_day(past[-1].date)
            self._replayed[id(terms)] = terms, timeline
        return self._replayed[id(terms)][1].gone_on_with(facts).end_day(until)


def _pass_days(member: Member, deadline: Day, to: Day) -> Day:
    """Begin one after another the days up to and including `to` on which something is due.

    `deadline` is the first deadline; the first one after `to` comes back.
    """
    while True:
        today = deadline
        for each in member.subscriptions:
            if each.ended_on is None and each.next_period < today:
                today = each.next_period
        if today > to:
            return deadline
        _begin_day(member, today)
        if today == deadline:
            deadline = member.next_deadline(today)


def _begin_day(member: Member, today: Day) -> None:
    """The start of a day: each subscription in turn, its deadlines, then its period; then the reminder of the card."""
    for subscription in member.subscriptions:
        if subscription.ended_on is None:
            _meet_deadlines(member, subscription, today)
            renewal.begin_periods(member, subscription, today)
    if today == member.ledger.method.expires:
        renewal.remind_of_card(member, today)


def _meet_deadlines(member: Member, subscription: Subscription, today: Day) -> None:
    """An end due today; or the trial's and binding's end, and announced changes."""
    if subscription.notice is not None and subscription.notice.ends_on == today:
        termination.take_end(member, subscription, today)
        equipment.fall_due(member, subscription, today)
        return
    if subscription.trial_ends == today:
        trial.end_trial(member, subscription, today)
    elif binding.ends_today(subscription, today):
        binding.end_binding(member, subscription, today)
    if member.announcements.days:
        changes.take_effect(member, subscription, today)
