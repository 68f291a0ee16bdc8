"""The changes that Kabelplus announces: how each reaches the subscriptions, and when it takes effect."""

from functools import lru_cache
from typing import Final

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.membership.changes import Change
from subsim.membership.deadlines import takes_effect
from subsim.membership.events import (
    Announcement,
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    ChangeKind,
)
from subsim.membership.member import Member
from subsim.membership.rules import ChangeRule
from subsim.membership.rulings import Ruling, accept
from subsim.membership.subscription import Subscription
from subsim.rules import price_change, service_change, terms_change

CHANGES: Final[dict[ChangeKind, ChangeRule]] = {
    AnnouncePriceChange.kind: price_change.CHANGE,
    AnnounceServiceChange.kind: service_change.CHANGE,
    AnnounceTermsChange.kind: terms_change.CHANGE,
}
"""The rules about each kind of change."""
_TAKES_EFFECT: Final = {kind: takes_effect(kind) for kind in CHANGES}


def announce(member: Member, event: Announcement) -> Ruling:
    """Tell each live subscription of the change as it reaches it."""
    rule, announcements = CHANGES[event.kind], member.announcements
    reach = rule.reach
    order, effective = len(announcements.made), event.effective
    reason = _announced_for(effective)
    for subscription in member.subscriptions:
        if subscription.ended_on is None:
            changes = reach(subscription, event, order)
            if changes:
                subscription.knowledge.learn(changes)
            for change in changes:
                subscription.come_under(change, event.date)
                if change.reaches is not None and change.reaches != effective:
                    announcements.expect(change.reaches)
                if change.touches(subscription.package):
                    reason = _reaches(member, subscription, change, reason)
    announcements.made.append(event)
    announcements.expect(effective)
    return accept(rule.announced_under, reason)


def announced(member: Member, event: Announcement, order: int) -> Ruling:
    """The ruling on the announcement of this order; each live subscription must have been told of it."""
    reason = _announced_for(event.effective)
    for subscription in member.subscriptions:
        if subscription.ended_on is None:
            for change in subscription.changes_just_announced(order):
                reason = _reaches(member, subscription, change, reason)
    return accept(CHANGES[event.kind].announced_under, reason)


@lru_cache(maxsize=1 << 10)
def _announced_for(effective: Day) -> Message:
    return Message("announced for {effective}", effective=effective)


def _reaches(member: Member, subscription: Subscription, change: Change, reason: Message) -> Message:
    """The reason with the way in which a change of the package or the terms in force reaches a subscription."""
    if len(member.subscriptions) > 1:
        reason += Message("for {subscription}", subscription=subscription.id)
    return reason + change.because


def take_effect(member: Member, subscription: Subscription, today: Day) -> None:
    """Note the changes that take effect for a subscription today."""
    for change in subscription.knowledge.on(today, subscription.package):
        subscription.come_under(change, today)
        ruling = CHANGES[change.kind].take_effect(change)
        member.note(today, _TAKES_EFFECT[change.kind], subscription.id, ruling)
