"""Gratis prøvetilbud: a free period for new customers (`proevetilbud.1`), ended by a notice given in it
(`proevetilbud.2`).

That a trial is for new customers stands with the other guards of a sign-up, in `eligibility`. Left out: that the trial
starts when account information is confirmed; here it starts on the day of sign-up.
"""

from subsim.basics.dates import Day
from subsim.membership.subscription import Subscription


def ends_on(subscription: Subscription, notice: Day) -> Day | None:
    """The end of a notice received inside the trial: the day after its last; None outside a trial."""
    return subscription.trial_ends if subscription.in_trial(notice) else None
