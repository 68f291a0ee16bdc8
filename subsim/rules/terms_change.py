"""Ændringer: changed terms (`aendringer.1`, `aendringer.2`); a material change needs e-mail and 30 days, and lets the
member leave unless it is undisputedly favourable (`aendringer.3`).

Left out: what the changed terms then say; the model keeps to those of 2019-10-30.
"""

from subsim.basics.dates import Day, days_after
from subsim.basics.texts import Message
from subsim.membership.changes import Change, after_notice
from subsim.membership.events import AnnounceTermsChange
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription

# aendringer.3: `terms-notice-days`


def changes(member: Member, subscription: Subscription, event: AnnounceTermsChange, order: int) -> list[Change]:
    """The change as it reaches a subscription; one signed up later agreed to it."""
    reaches, reason = _day_of_effect(member, event)
    may_exit = event.material and not event.favourable and reaches is not None
    return [Change("terms_change", order, event.date, event.effective, reaches, may_exit, reason)]


def last_day_of_notice(change: Change) -> Day:
    """The last day on which a free member's notice comes before the change (`aendringer.3`)."""
    assert change.reaches is not None
    return days_after(change.reaches, -1)


def _day_of_effect(member: Member, event: AnnounceTermsChange) -> tuple[Day | None, Message]:
    by_email = "email" in event.via
    if not event.material:
        if not by_email and member.terms.readings.website_announcement == "email-only":
            return None, Message("a terms change published on the website only never binds the member")
        return event.effective, Message("not material: it takes effect on {day}", day=event.effective)
    if not by_email:
        return None, Message("a material change that was not sent by e-mail never binds the member")
    day, reason = after_notice(event.date, member.terms.numbers.terms_notice_days, event.effective)
    return day, reason + Message("the change takes effect on {day}", day=day)
