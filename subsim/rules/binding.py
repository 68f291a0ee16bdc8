"""Betalingsoplysninger, the binding: six months from registration (`betaling.5`), which nothing moves (`priser.3`)."""

from subsim.basics.dates import Day, months
from subsim.basics.texts import Message
from subsim.membership.member import Member

# betaling.5: `binding-months`


def binding_ends(member: Member, registered_on: Day, trial_ends: Day | None) -> tuple[Day, Message]:
    """The first day on which a subscription is no longer bound, and its arithmetic: `[registration, this day)`.

    By the reading `binding-scope` all subscriptions share that of the member's first; by `trial-binding` it runs from
    the end of a trial.
    """
    readings = member.terms.readings
    if member.subscriptions and readings.binding_scope == "member":
        ends = member.subscriptions[0].binding_ends
        return ends, Message("bound with the member's first subscription, until {ends}", ends=ends)
    starts = registered_on
    if trial_ends is not None and readings.trial_binding == "from-conversion":
        starts = trial_ends
    count = member.terms.numbers.binding_months
    ends = months(starts, count)
    return ends, Message(
        "bound from {starts} for {months} months, until {ends}", starts=starts, months=count, ends=ends
    )
