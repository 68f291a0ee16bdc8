"""Ændringer: changed terms (`aendringer.1`, `aendringer.2`); a material change needs e-mail and 30 days, and lets the
member leave unless it is undisputedly favourable (`aendringer.3`).

New numbers and readings bind a subscription from the day on which the change takes effect for it. The change itself is
judged by the terms that it replaces.
"""

from subsim.basics.dates import Day, days_after
from subsim.basics.texts import Message
from subsim.membership.changes import Change, DayOfEffect, after_notice
from subsim.membership.events import AnnounceTermsChange
from subsim.membership.rules import ChangeRule
from subsim.membership.rulings import Ruling, took_effect
from subsim.membership.subscription import Subscription
from subsim.membership.ways import closed
from subsim.terms.terms import NUMBERS, Terms

# aendringer.3: `terms-notice-days`


def reach(subscription: Subscription, event: AnnounceTermsChange, order: int) -> list[Change]:
    """The change as it reaches a subscription signed up before it; a later sign-up includes it."""
    terms = subscription.terms_on(event.date)
    effect = _day_of_effect(event, terms)
    may_exit = event.material and not event.favourable and effect.day is not None
    return [Change(event, order, effect.day, effect.because, may_exit=may_exit, under=terms)]


def take_effect(change: Change) -> Ruling:
    """The change applies from this day on, with its new numbers and readings."""
    reason = change.because
    if change.new_terms is not None:
        for name, value in change.new_terms.numbers.items():
            reason += Message("{name} is now {value}", name=name, value=NUMBERS[name].write(value))
        for point, reading in change.new_terms.readings.items():
            reason += Message("{name} is now {value}", name=point, value=reading)
    return took_effect("aendringer.1", reason)


def pending(subscription: Subscription) -> list[Change]:
    """The changes of the terms that let the member leave."""
    return [
        change
        for change in subscription.knowledge.changes
        if change.kind == AnnounceTermsChange.kind and change.may_exit
    ]


def last_day(change: Change) -> Day:
    """Until when a free member may give notice, before the day of effect (`aendringer.3`)."""
    assert change.reaches is not None
    return days_after(change.reaches, -1)


def _day_of_effect(event: AnnounceTermsChange, terms: Terms) -> DayOfEffect:
    by_email = "email" in event.via
    if not event.material:
        if not by_email and terms.readings.website_announcement == "email-only":
            return DayOfEffect(None, Message("a terms change published on the website only never binds the member"))
        return DayOfEffect(event.effective, Message("not material: it takes effect on {day}", day=event.effective))
    if not by_email:
        return DayOfEffect(None, Message("a material change that was not sent by e-mail never binds the member"))
    effect = after_notice(event.date, terms.numbers.terms_notice_days, event.effective)
    return DayOfEffect(effect.day, effect.because + Message("the change takes effect on {day}", day=effect.day))


CHANGE: ChangeRule = ChangeRule(
    AnnounceTermsChange,
    "aendringer.1",
    reach=reach,
    take_effect=take_effect,
    pending=pending,
    last_day=last_day,
    none_pending=closed(
        AnnounceTermsChange.kind, "aendringer.3", Message("no material change of the terms is pending")
    ),
)
