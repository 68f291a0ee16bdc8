"""The rows of the rule tables: each event of a timeline with the rule that decides it."""

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from subsim.basics.dates import Day
from subsim.membership.changes import Change
from subsim.membership.events import Event
from subsim.membership.member import Member
from subsim.membership.rulings import Ruling
from subsim.membership.subscription import Subscription
from subsim.membership.ways import Way

E = TypeVar("E", bound=Event)


# `Any` in a row is the type of its own event: no one type is that of all, and the maker of the row has checked it.


class MemberRule:
    """An event of the member as a whole, the rule that decides it, and the clauses that may refuse it."""

    __slots__ = ("decide", "event", "refused_by")

    def __init__(
        self, event: type[Event], decide: Callable[[Member, Any], Ruling], refused_by: tuple[str, ...]
    ) -> None:
        self.event = event
        self.decide = decide
        self.refused_by = refused_by


class SubscriptionRule:
    """An event of one subscription, the rule that decides it, and the clauses that may refuse it.

    The last of the clauses refuses it where the subscription is not live, unless `after_the_end` is set.
    """

    __slots__ = ("after_the_end", "decide", "event", "refused_by")

    def __init__(
        self,
        event: type[Event],
        decide: Callable[[Member, Subscription, Any], Ruling],
        refused_by: tuple[str, ...],
        after_the_end: bool,
    ) -> None:
        self.event = event
        self.decide = decide
        self.refused_by = refused_by
        self.after_the_end = after_the_end


Rule: TypeAlias = MemberRule | SubscriptionRule


def of_member(event: type[E], decide: Callable[[Member, E], Ruling], *refused_by: str) -> MemberRule:
    """The row of an event of the member; its type makes sure that the rule is one for this event."""
    return MemberRule(event, decide, refused_by)


def of_subscription(
    event: type[E],
    decide: Callable[[Member, Subscription, E], Ruling],
    *refused_by: str,
    after_the_end: bool = False,
) -> SubscriptionRule:
    """The row of an event of a subscription; its type makes sure that the rule is one for this event."""
    return SubscriptionRule(event, decide, refused_by, after_the_end)


class ChangeRule:
    """The rules about one kind of announced change.

    `reach` gives the changes as an announcement, by its order, reaches a subscription. The clause `announced_under`
    allows it. `take_effect` is the ruling on the day of effect. `pending` gives the announced changes that let a
    subscription end; `none_pending` is the closed way where there are none. `last_day` is the last day of a notice
    because of one that takes effect on or after the end of the binding.
    """

    __slots__ = ("announced_under", "event", "last_day", "none_pending", "pending", "reach", "take_effect")

    def __init__(
        self,
        event: type[E],
        announced_under: str,
        *,
        reach: Callable[[Subscription, E, int], list[Change]],
        take_effect: Callable[[Change], Ruling],
        pending: Callable[[Subscription], list[Change]],
        last_day: Callable[[Change], Day],
        none_pending: Way,
    ) -> None:
        """The row of a kind of announced change; its type makes sure that `reach` is one for this announcement."""
        self.event: type[Event] = event
        self.announced_under = announced_under
        self.reach: Callable[[Subscription, Any, int], list[Change]] = reach
        self.take_effect = take_effect
        self.pending = pending
        self.last_day = last_day
        self.none_pending = none_pending
