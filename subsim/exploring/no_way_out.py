"""The days on which a subscription has no way out: it is live, no notice has been given, and no route is open."""

from collections.abc import Iterator

from attrs import frozen

from subsim.basics.dates import Day, days_between
from subsim.basics.enumerations import Route
from subsim.engine.ways import exits_of, ways_out
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import withdrawal


@frozen
class Interval:
    """The days `[since, until)` at whose end a subscription has no way out, and the timeline that leads there."""

    since: Day
    until: Day
    facts: Facts

    @property
    def days(self) -> int:
        """The number of days."""
        return days_between(self.since, self.until)

    @property
    def rank(self) -> tuple[int, int]:
        """The order of intervals: by days, then the one with fewer events is the greater."""
        return self.days, -len(self.facts.timeline)


def open_routes(member: Member, name: str, day: Day) -> list[Route]:
    """The routes open to a notice on `day`, the last day replayed; none without a live subscription of that name."""
    subscription = member.by_id.get(name)
    if subscription is None or not subscription.is_live:
        return []
    return [way.route for way in ways_out(member, subscription, day) if way.ends_on is not None]


def has_no_way_out(member: Member, name: str, routes: list[Route]) -> bool:
    """Whether the subscription is live, no notice has been given, and `routes` is empty."""
    subscription = member.by_id.get(name)
    return not routes and subscription is not None and subscription.is_live and subscription.notice is None


def changes_by_itself(member: Member, name: str) -> bool:
    """Whether time alone may end the subscription or change its package."""
    subscription = member.by_id.get(name)
    return subscription is not None and (subscription.notice is not None or subscription.downgrade is not None)


def turning_days(member: Member, name: str, after: Day, before: Day) -> list[Day]:
    """The days between `after` and `before`, neither included, on which time alone may change what is open.

    On such a day a way out may open or close, or the subscription may end.
    """
    subscription = member.by_id.get(name)
    if subscription is None or not subscription.is_live:
        return []
    return sorted({day for day in _turning_days(member, subscription) if after < day < before})


def _turning_days(member: Member, subscription: Subscription) -> Iterator[Day]:
    yield from (subscription.binding_ends, subscription.next_period)
    if subscription.notice is not None:
        yield subscription.notice.ends_on
    too_late = withdrawal.too_late_from(member, subscription)
    if too_late is not None:
        yield too_late
    for change in subscription.all_changes():
        if change.reaches is not None:
            yield change.reaches
            yield from (exit.too_late_from for exit in exits_of(change))
