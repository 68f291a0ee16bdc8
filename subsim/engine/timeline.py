"""The replay of one member's timeline. It goes from day to day; the rules decide what happens.

A day runs in this order: its start, for each subscription in order of sign-up and for each through all steps of
`_start_of_day`; then its events in the order of the file. Work is done for each event and each deadline, not for each
day.
"""

from subsim.basics.dates import Day
from subsim.engine import changes
from subsim.engine.decisions import decide
from subsim.membership.deadlines import BINDING_ENDS, END_TAKES_EFFECT, TRIAL_ENDS
from subsim.membership.events import DataEvent, Facts, FaultInFacts
from subsim.membership.knowledge import Announcements
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

    def __init__(
        self, facts: Facts, terms: Terms, notes_all: bool = True, announcements: Announcements | None = None
    ) -> None:
        self.member = Member(facts, terms, notes_all, announcements)
        self.taken = 0
        self._events = facts.timeline
        self._begun = Day.min
        """The last day whose start has been replayed."""
        self._deadline: Day | None = None
        """The next deadline after it; None after an event, which may have changed it."""

    def gone_on_with(self, facts: Facts) -> "Timeline":
        """A timeline that has come as far as this one and goes on with other facts, which begin with what it took."""
        other = Timeline(facts, self.member.terms)
        other.member = self.member.copy(facts)
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
        if isinstance(event, DataEvent):
            self.taken += 1
            return self.member
        try:
            ruling = decide(self.member, event)
        except FaultInFacts as fault:
            fault.index = self.taken
            raise
        self.taken += 1
        self._deadline = None
        subscription = getattr(event, "subscription", None)
        self.member.note(event.date, event.name, subscription, ruling)
        return self.member

    def end_day(self, day: Day) -> Member:
        """Replay up to the end of a day."""
        for event in self._events[self.taken :]:
            if event.date > day:
                break
            self.take_event()
        return self.begin_day(day)

    def _pass_time(self, to: Day) -> None:
        """Begin every day up to and including `to` on which something may fall due.

        The periods of an only subscription are begun together as long as nothing else is due.
        """
        member, subscriptions = self.member, self.member.subscriptions
        if not subscriptions:
            self._begun = max(self._begun, to)
            return
        deadline = self._deadline or member.next_deadline(self._begun)
        while True:
            today = deadline
            for subscription in subscriptions:
                if subscription.next_period < today and subscription.ended_on is None:
                    today = subscription.next_period
            if today > to:
                if self._begun < to:
                    self._begun = to
                self._deadline = deadline
                return
            if today < deadline and len(subscriptions) == 1:
                (only,) = subscriptions
                waits = (
                    member.notes_all or only.notice is not None
                )  # to keep the order of the notes, or because an end is known
                renewal.begin_periods(member, only, to, deadline if waits else Day.max)
            else:
                _begin_day(member, today)
                deadline = member.next_deadline(today)
            self._begun = today


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


def _begin_day(member: Member, today: Day) -> None:
    """The start of a day: each subscription in turn, then the reminder of the card."""
    for subscription in member.subscriptions:
        if subscription.is_live:
            _start_of_day(member, subscription, today)
    if today == member.ledger.method.expires:
        renewal.remind_of_card(member, today)


def _start_of_day(member: Member, subscription: Subscription, today: Day) -> None:
    """An end due today; the trial's and binding's end; announced changes; a new period, with a pending downgrade."""
    if subscription.ends_on == today:
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
        renewal.begin_periods(member, subscription, today)
