"""Betalingsoplysninger, the binding: six months from registration (`betaling.5`), which nothing moves (`priser.3`)."""

from typing import NamedTuple

from subsim.basics.dates import Day, months
from subsim.basics.texts import Message
from subsim.membership.member import Member
from subsim.membership.phases import Transition
from subsim.membership.rulings import Ruling, took_effect
from subsim.membership.subscription import Subscription

# betaling.5: `binding-months`


class Binding(NamedTuple):
    """A binding `[registration, ends)`, and how it was found."""

    ends: Day
    because: Message


def binding(member: Member, registered_on: Day, trial_ends: Day | None) -> Binding:
    """The binding of a subscription that is signed up.

    By the reading `binding-scope` all subscriptions share that of the member's first; by `trial-binding` it runs from
    the end of a trial.
    """
    readings = member.terms.readings
    if member.subscriptions and readings.binding_scope == "member":
        ends = member.subscriptions[0].binding_ends
        return Binding(ends, Message("bound with the member's first subscription, until {ends}", ends=ends))
    starts = registered_on
    if trial_ends is not None and readings.trial_binding == "from-conversion":
        starts = trial_ends
    count = member.terms.numbers.binding_months
    ends = months(starts, count)
    reason = Message("bound from {starts} for {months} months, until {ends}", starts=starts, months=count, ends=ends)
    return Binding(ends, reason)


def ends_today(subscription: Subscription, today: Day) -> bool:
    """Whether the binding's end shows today: not where an end stands already, nor in a trial that lasts longer."""
    return today == subscription.binding_ends and subscription.notice is None and not subscription.in_trial(today)


def end_binding(subscription: Subscription, today: Day) -> Ruling:
    """The binding ends today: the member is free."""
    subscription.make(Transition.BINDING_ENDS, today)
    return took_effect("betaling.5", Message("it ran from the sign-up on {day}", day=subscription.registered_on))
