"""Gratis prøvetilbud: a free period for new customers (`proevetilbud.1`), ended by a notice given in it
(`proevetilbud.2`).

`eligibility` checks that a trial is for new customers only. Left out: that the trial starts when account information is
confirmed; here it starts on the day of sign-up.
"""

from typing import Final

from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message
from subsim.membership.deadlines import TRIAL_ENDS
from subsim.membership.member import Member
from subsim.membership.phases import Transition
from subsim.membership.rulings import took_effect
from subsim.membership.subscription import Subscription
from subsim.membership.ways import Way, closed

TRIAL: Final[Route] = "trial"
"""The way out by a notice inside the trial."""
_NOT_IN_A_TRIAL: Final = closed(TRIAL, "proevetilbud.2", Message("not in a trial"))


def way(member: Member, subscription: Subscription, notice: Day) -> Way:
    """The way out by a notice inside the trial, at the end of the trial: on the day after its last."""
    if subscription.trial_ends is None or notice >= subscription.trial_ends:
        return _NOT_IN_A_TRIAL
    ends_on = subscription.trial_ends
    reason = Message("in the trial, which ends on {end}", end=ends_on)
    return Way(TRIAL, "proevetilbud.2", reason, ends_on, days_after(ends_on, -1))


def end_trial(member: Member, subscription: Subscription, today: Day) -> None:
    """The trial ends today: from now on periods are charged."""
    subscription.make(Transition.TRIAL_ENDS, today)
    if member.notes_all:
        reason = Message("it ran from the sign-up on {day}", day=subscription.registered_on)
        member.note(today, TRIAL_ENDS, subscription.id, took_effect("proevetilbud.2", reason))
