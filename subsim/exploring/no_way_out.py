"""Stretches of days in which a member has no way out at all: bound or not, live, no notice standing, no route open."""

from collections.abc import Iterator

from attrs import frozen

from subsim.basics.dates import Day, days_after, days_between
from subsim.basics.enumerations import Route
from subsim.engine.changes import CHANGES
from subsim.engine.ways import ways_out
from subsim.membership.changes import Change
from subsim.membership.events import Facts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import termination, withdrawal


@frozen
class Stretch:
    """The days `[since, until)`, as each ends, on which the timeline leaves no way out of a subscription."""

    since: Day
    until: Day
    facts: Facts

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return days_between(self.since, self.until)

    @property
    def rank(self) -> tuple[int, int]:
        """The longer is more; of equals the one with fewer events."""
        return self.days, -len(self.facts.timeline)


def open_routes(member: Member, name: str, day: Day) -> list[Route]:
    """The routes open for a notice on the last replayed day; none where there is no live subscription."""
    subscription = member.by_id.get(name)
    if subscription is None or not subscription.is_live:
        return []
    return [way.route for way in ways_out(member, subscription, day) if way.ends_on is not None]


def has_no_way_out(member: Member, name: str, routes: list[Route]) -> bool:
    """Whether the subscription is live, no end stands, and none of the routes is open."""
    subscription = member.by_id.get(name)
    return not routes and subscription is not None and subscription.is_live and subscription.notice is None


def changes_by_itself(member: Member, name: str) -> bool:
    """Whether time alone may bring more than another date to judge by: an end, or another package."""
    subscription = member.by_id.get(name)
    return subscription is not None and (subscription.notice is not None or subscription.downgrade is not None)


def turning_days(member: Member, name: str, after: Day, before: Day) -> list[Day]:
    """The days in between on which time alone may open or close a way out, or end the subscription."""
    subscription = member.by_id.get(name)
    if subscription is None or not subscription.is_live:
        return []
    return sorted({day for day in _turning_days(member, subscription) if after < day < before})


def _turning_days(member: Member, subscription: Subscription) -> Iterator[Day]:
    yield from (subscription.binding_ends, subscription.next_period)
    if subscription.notice is not None:
        yield subscription.notice.ends_on
    last_day = withdrawal.last_day(member, subscription)
    if last_day is not None:
        yield days_after(last_day, 1)
    for change in subscription.all_changes():
        yield from _turning_days_of_change(change)


def _turning_days_of_change(change: Change) -> Iterator[Day]:
    """The day of effect, and the days after the last ones of notice."""
    if change.reaches is None:
        return
    yield change.reaches
    if change.under is None:  # it gives no exit
        return
    for window in (CHANGES[change.kind].window(change), termination.bound_window(change, change.announced_on)):
        yield days_after(window.last, 1)
