"""The replay of one member's timeline. It goes from day to day; the rules decide what happens.

A day runs in this order: its start, for each subscription in order of sign-up and for each through all steps of
`_start_of_day`; then its events in the order of the file. Work is done for each event and each deadline, not for each
day.
"""

from typing import Any, Final

from subsim.basics.dates import LAST_DAY, Day
from subsim.engine import changes
from subsim.engine.decisions import decide
from subsim.membership import events
from subsim.membership.deadlines import BINDING_ENDS, END_TAKES_EFFECT, TRIAL_ENDS
from subsim.membership.events import DATA_EVENTS, Facts, FaultInFacts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import binding, equipment, renewal, termination, trial
from subsim.terms.terms import Terms


def play(facts: Facts, terms: Terms, until: Day) -> Member:
    """The member at the end of the day `until`; later events are not replayed.

    FaultInFacts, with the event's place, if a live subscription is signed up again.
    """
    return Timeline(facts, terms).end_day(until)


CHANGES_ANNOUNCED: Final = frozenset(rule.event.name for rule in changes.CHANGES.values())
"""The events that announce a change."""
KEEPS_DEADLINES: Final = frozenset(
    each.name
    for each in (
        *(events.Activate, events.Buy, events.Charge, events.Complain, events.ConfirmationReceived),
        *(events.CreditAdjusted, events.CreditPaidOut, events.InvoiceEquipment, events.LendEquipment),
        *(events.LogIn, events.Move, events.Pay, events.PaymentMethodFails, events.PaymentReturned),
        *(events.Reminder, events.Restore, events.ReturnEquipment, events.Suspend, events.Transfer),
    )
)
"""The events that move no deadline: no end, trial, binding or expiry of a card."""


class Timeline:
    """A replay that can stop at any day. `taken` counts the events replayed so far.

    `member` is one object that the replay changes. FaultInFacts as for `play`.
    """

    __slots__ = ("_begun", "_deadline", "_events", "member", "taken")

    def __init__(self, facts: Facts, terms: Terms, member: Member | None = None) -> None:
        """A replay from its beginning; of a `member` who has already come further, from there."""
        self._start(Member(facts.person, facts.prices, terms) if member is None else member, facts.timeline)

    def _start(self, member: Member, timeline: tuple[Any, ...]) -> None:
        self.member = member
        self.taken = 0
        self._events = timeline
        self._begun = Day.min
        """The last day whose start has been replayed."""
        self._deadline: Day | None = None
        """The next deadline after it; None after an event, which may have changed it."""

    def gone_on_with(self, facts: Facts) -> "Timeline":
        """A timeline that has come as far as this one and goes on with other facts, which begin with what it took."""
        other = Timeline(facts, self.member.terms, self.member.copy(facts))
        other.taken, other._begun, other._deadline = self.taken, self._begun, self._deadline
        return other

    def begin_day(self, day: Day) -> Member:
        """Replay up to the start of a day; all events before the day must have been taken."""
        self._pass_time(day)
        return self.member

    def take_event(self) -> Member:
        """Replay up to and including the next event; events about personal data change nothing."""
        event = self._events[self.taken]
        self._pass_time(event.date)
        name = event.name
        if name in DATA_EVENTS:
            self.taken += 1
            return self.member
        try:
            ruling = decide(self.member, event)
        except FaultInFacts as fault:
            fault.index = self.taken
            raise
        self.taken += 1
        if name in CHANGES_ANNOUNCED:
            self._expect_announced()
        elif name not in KEEPS_DEADLINES:
            self._deadline = None
        self.member.note(event.date, name, getattr(event, "subscription", None), ruling)
        return self.member

    def _expect_announced(self) -> None:
        """Let the next deadline be no later than the next day on which something announced may take effect."""
        deadline, announced = self._deadline, self.member.announcements
        if deadline is not None and self.member.subscriptions:
            self._deadline = min(deadline, announced.next_day(self._begun))

    def end_day(self, day: Day) -> Member:
        """Replay up to the end of a day."""
        timeline = self._events
        while self.taken < len(timeline) and timeline[self.taken].date <= day:
            self.take_event()
        return self.begin_day(day)

    def _pass_time(self, to: Day) -> None:
        """Begin every day up to and including `to` on which something may fall due.

        The periods of an only subscription are begun together as long as nothing else is due.
        """
        if to <= self._begun:
            return
        member = self.member
        subscriptions = member.subscriptions
        if subscriptions:
            deadline = self._deadline
            if deadline is None:
                deadline = member.next_deadline(self._begun)
            only = subscriptions[0] if len(subscriptions) == 1 else None
            while True:
                if only is not None and only.next_period < deadline and only.ended_on is None:
                    if only.next_period > to:
                        break
                    waits = member.notes_all or only.notice is not None  # for the order of notes, or a known end
                    renewal.begin_periods(member, only, to, deadline if waits else LAST_DAY)
                    continue
                today = deadline
                if only is None:
                    for subscription in subscriptions:
                        if subscription.ended_on is None and subscription.next_period < today:
                            today = subscription.next_period
                if today > to:
                    break
                waits = only is None or member.notes_all or only.notice is not None
                _begin_day(member, today, today if waits else to)
                deadline = member.next_deadline(today)
            self._deadline = deadline
        self._begun = to


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


def _begin_day(member: Member, today: Day, to: Day) -> None:
    """The start of a day: each subscription in turn, then the reminder of the card.

    A period that begins brings those with it that begin by `to`, which is today unless nothing else is due till then.
    """
    for subscription in member.subscriptions:
        if subscription.ended_on is None:
            _start_of_day(member, subscription, today, to)
    if today == member.ledger.method.expires:
        renewal.remind_of_card(member, today)


def _start_of_day(member: Member, subscription: Subscription, today: Day, to: Day) -> None:
    """An end due today; the trial's and binding's end; announced changes; a new period, with a pending downgrade."""
    if subscription.notice is not None and subscription.notice.ends_on == today:
        member.note(today, END_TAKES_EFFECT, subscription.id, termination.take_end(subscription, today))
        equipment.fall_due(member, subscription, today)
        return
    if subscription.trial_ends == today:
        member.note(today, TRIAL_ENDS, subscription.id, trial.end_trial(subscription, today))
    elif binding.ends_today(subscription, today):
        member.note(today, BINDING_ENDS, subscription.id, binding.end_binding(subscription, today))
    if member.announcements.may_take_effect_on(today):
        changes.take_effect(member, subscription, today)
    if subscription.next_period == today:
        renewal.begin_periods(member, subscription, to)
