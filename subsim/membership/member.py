"""A member as a replay knows them. The member and the subscriptions are the one place of a replay that changes."""

import heapq
from collections.abc import Mapping

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.membership.events import Amount, Announcement, Facts, PackageName
from subsim.membership.ledger import DutyEntry, Ledger
from subsim.membership.rulings import DecisionEntry
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms


class Member:
    """A member as a replay knows them: who, the terms in force, subscriptions in order of sign-up, and the money.

    `by_id` has the latest accepted subscription of each id.
    """

    def __init__(self, facts: Facts, terms: Terms) -> None:
        self.person = facts.person
        self.terms = terms
        self.list_prices: Mapping[PackageName, Amount] = facts.prices
        self.resident: str = facts.person.resident
        self.subscriptions: list[Subscription] = []
        self.by_id: dict[str, Subscription] = {}
        self.duties: list[DutyEntry] = []
        self.ledger = Ledger(self.duties)
        self.announcements: list[Announcement] = []
        self.days_of_changes: set[Day] = set()
        """The days on which an announced change may take effect."""
        self.agenda = [Day.max]
        """A heap of the days on which a deadline may fall, other than a new period; one without any is harmless.

        It ends with a day that never comes.
        """
        self.decisions: list[DecisionEntry] = []

    def expect_deadline(self, day: Day, today: Day) -> None:
        """Look at this day's start when it comes; an event cannot reach back to the start of its own day."""
        if day > today:
            heapq.heappush(self.agenda, day)

    def expect_change(self, day: Day, today: Day) -> None:
        """Look at a day on which an announced change may take effect."""
        if day not in self.days_of_changes:
            self.days_of_changes.add(day)
            self.expect_deadline(day, today)

    def days_ahead(self) -> list[Day]:
        """The days on which time alone may change something, in no order."""
        return [*self.agenda, *[each.next_period for each in self.subscriptions if each.is_live]]

    def note(self, day: Day, event: str, subscription: str | None, clause: str, because: Message) -> None:
        """Note a deadline that changed something."""
        self.decisions.append((day, event, subscription, clause, "took_effect", because))
