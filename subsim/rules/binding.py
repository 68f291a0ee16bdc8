"""Betalingsoplysninger, the binding: six months from registration (`betaling.5`), which nothing moves (`priser.3`)."""

from subsim.days import Day, months
from subsim.state import Member

# betaling.5: `binding-months`


def binding_ends(member: Member, registered_on: Day, trial_ends: Day | None) -> Day:
    """The first day on which a subscription is no longer bound: the binding is `[registration, this day)`.

    By the reading `binding-scope` all subscriptions share that of the member's first; by `trial-binding` it runs from
    the end of a trial.
    """
    readings = member.terms.readings
    if readings.binding_scope == "member" and member.subscriptions:
        return member.subscriptions[0].binding_ends
    starts = registered_on
    if readings.trial_binding == "from-conversion" and trial_ends is not None:
        starts = trial_ends
    return months(starts, member.terms.numbers.binding_months)
