"""Betalingsoplysninger, the binding: six months from registration (`betaling.5`), which nothing moves (`priser.3`)."""

from functools import lru_cache

from subsim.basics.dates import Day, months
from subsim.basics.texts import Message, Plural
from subsim.membership.deadlines import BINDING_ENDS
from subsim.membership.member import Member
from subsim.membership.phases import Transition
from subsim.membership.rulings import took_effect
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms

# betaling.5: `binding-months`


class Binding:
    """A binding `[registration, ends)`, and how it was found."""

    __slots__ = ("because", "ends")

    def __init__(self, ends: Day, because: Message) -> None:
        self.ends = ends
        self.because = because


def binding(member: Member, terms: Terms, registered_on: Day, trial_ends: Day | None) -> Binding:
    """The binding of a subscription that is signed up.

    By the reading `binding-scope` all subscriptions are bound from the sign-up of the member's first; by
    `trial-binding` it runs from the end of a trial. The terms are those of the sign-up.
    """
    readings, count = terms.readings, terms.numbers.binding_months
    first = member.subscriptions[0] if member.subscriptions and readings.binding_scope == "member" else None
    if first is not None:
        registered_on, trial_ends = first.registered_on, first.trial_ends
    starts = registered_on
    if trial_ends is not None and readings.trial_binding == "from-conversion":
        starts = trial_ends
    if first is not None:
        ends = months(starts, count)
        return Binding(ends, Message("bound with the member's first subscription, until {ends}", ends=ends))
    return _bound_from(starts, count)


@lru_cache(maxsize=1 << 10)
def _bound_from(starts: Day, count: int) -> Binding:
    """The binding of so many months from a day; sign-ups of one day share it."""
    ends = months(starts, count)
    reason: Message = Plural(
        "bound from {starts} for {n} month, until {ends}",
        "bound from {starts} for {n} months, until {ends}",
        starts=starts,
        n=count,
        ends=ends,
    )
    return Binding(ends, reason)


def ends_today(subscription: Subscription, today: Day) -> bool:
    """Whether the phase changes today because the binding ends: not with a notice in force, nor in a longer trial."""
    return today == subscription.binding_ends and subscription.notice is None and not subscription.in_trial(today)


def end_binding(member: Member, subscription: Subscription, today: Day) -> None:
    """The binding ends today: the member is free."""
    subscription.make(Transition.BINDING_ENDS, today)
    if member.notes_all:
        reason = Message("it ran from the sign-up on {day}", day=subscription.registered_on)
        member.note(today, BINDING_ENDS, subscription.id, took_effect("betaling.5", reason))
