"""Gratis prøvetilbud, changes of the service: 30 days ahead unless urgent (`proevetilbud.3`, `proevetilbud.4`), and
the exit where they are a material disadvantage (`proevetilbud.5`).
"""

from subsim.basics.dates import Day, days_after
from subsim.basics.texts import Message
from subsim.membership.changes import Change, DayAfterNotice, DayOfEffect, after_notice
from subsim.membership.events import AnnounceServiceChange
from subsim.membership.rules import ChangeRule
from subsim.membership.rulings import Ruling, took_effect
from subsim.membership.subscription import Subscription
from subsim.membership.ways import closed
from subsim.terms.terms import Terms

# proevetilbud.3: `service-notice-days`


def reach(subscription: Subscription, event: AnnounceServiceChange, order: int) -> list[Change]:
    """The change as it reaches a subscription, for each package chosen that it touches."""
    terms = subscription.terms_on(event.date)
    effect = _day_of_effect(event, terms)
    return [
        Change(
            event,
            order,
            effect.day,
            effect.because,
            may_exit=event.disadvantage == "material" and effect.day is not None,
            package=package,
            under=terms,
        )
        for package in event.packages
        if package in subscription.price_changes
    ]


def take_effect(change: Change) -> Ruling:
    """The change applies from this day on."""
    return took_effect("proevetilbud.3", change.because)


def pending(subscription: Subscription) -> list[Change]:
    """The service changes of the package in force that let the member leave."""
    return [
        change
        for change in subscription.knowledge.changes
        if change.kind == AnnounceServiceChange.kind and change.may_exit and change.touches(subscription.package)
    ]


def last_day(change: Change) -> Day:
    """Until when a free member may give notice, before the day of effect (`proevetilbud.5`)."""
    assert change.reaches is not None
    return days_after(change.reaches, -1)


def needs_urgency(event: AnnounceServiceChange, terms: Terms) -> bool:
    """Whether the change takes effect on the date announced only because it is urgent (`proevetilbud.4`)."""
    return event.urgent and _after_notice(event, terms).day != event.effective


def _after_notice(event: AnnounceServiceChange, terms: Terms) -> DayAfterNotice:
    return after_notice(event.date, terms.numbers.service_notice_days, event.effective)


def _day_of_effect(event: AnnounceServiceChange, terms: Terms) -> DayOfEffect:
    if "email" not in event.via and terms.readings.website_announcement == "email-only":
        return DayOfEffect(
            None, Message("a service change published on the website only never takes effect for the member")
        )
    if event.urgent:
        return DayOfEffect(event.effective, Message("urgent: it takes effect on {day}", day=event.effective))
    effect = _after_notice(event, terms)
    return DayOfEffect(effect.day, effect.because + Message("the change takes effect on {day}", day=effect.day))


CHANGE: ChangeRule = ChangeRule(
    AnnounceServiceChange,
    "proevetilbud.3",
    reach=reach,
    take_effect=take_effect,
    pending=pending,
    last_day=last_day,
    none_pending=closed(
        AnnounceServiceChange.kind,
        "proevetilbud.5",
        Message("no change of this package's service is pending that is a material disadvantage"),
    ),
)
