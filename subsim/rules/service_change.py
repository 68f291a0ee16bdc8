"""Gratis prøvetilbud, changes of the service: 30 days ahead unless urgent (`proevetilbud.3`, `proevetilbud.4`), and
the exit where they are a material disadvantage (`proevetilbud.5`).
"""

from subsim.basics.dates import Day, days_after
from subsim.basics.texts import Message
from subsim.membership.changes import Change, after_notice
from subsim.membership.events import AnnounceServiceChange
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription

# proevetilbud.3: `service-notice-days`


def changes(member: Member, subscription: Subscription, event: AnnounceServiceChange, order: int) -> list[Change]:
    """The change as it reaches a subscription, for each package chosen that it touches."""
    reaches, reason = _day_of_effect(member, event)
    may_exit = event.disadvantage == "material" and reaches is not None
    return [
        Change("service_change", order, event.date, event.effective, reaches, may_exit, reason, package)
        for package in event.packages
        if package in subscription.price_changes
    ]


def last_day_of_notice(change: Change) -> Day:
    """The last day on which a free member's notice comes before the change (`proevetilbud.5`)."""
    assert change.reaches is not None
    return days_after(change.reaches, -1)


def _day_of_effect(member: Member, event: AnnounceServiceChange) -> tuple[Day | None, Message]:
    if "email" not in event.via and member.terms.readings.website_announcement == "email-only":
        return None, Message("a service change published on the website only never takes effect for the member")
    if event.urgent:
        return event.effective, Message("urgent: it takes effect on {day}", day=event.effective)
    day, reason = after_notice(event.date, member.terms.numbers.service_notice_days, event.effective)
    return day, reason + Message("the change takes effect on {day}", day=day)
