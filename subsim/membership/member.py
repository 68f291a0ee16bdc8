"""A member as a replay knows them: with the subscriptions, it is what the rules change."""

from collections.abc import Mapping

from subsim.basics.dates import Day
from subsim.membership.events import Amount, Facts, PackageName
from subsim.membership.knowledge import Announcements
from subsim.membership.ledger import Ledger
from subsim.membership.rulings import Decision, Ruling
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms


class Member:
    """A member: who it is, the terms in force, the subscriptions in order of sign-up, the money, all that was decided.

    `by_id` has the latest accepted subscription of each id.
    """

    def __init__(self, facts: Facts, terms: Terms, notes_all: bool = True) -> None:
        self.notes_all = notes_all
        """Whether all that is decided is noted with its reason, or refusals only."""
        self.person = facts.person
        self.terms = terms
        self.list_prices: Mapping[PackageName, Amount] = facts.prices
        self.resident: str = facts.person.resident
        self.subscriptions: list[Subscription] = []
        self.by_id: dict[str, Subscription] = {}
        self.ledger = Ledger()
        self.announcements = Announcements()
        self._decisions: list[tuple[Day, str, str | None, Ruling]] = []

    def next_deadline(self, after: Day) -> Day:
        """The first day after `after` on which time alone may change something, other than a new period.

        It is the last day there is if there is none.
        """
        deadline = self.announcements.next_day(after) if self.announcements.days else Day.max
        expires = self.ledger.method.expires
        if expires is not None and after < expires < deadline:
            deadline = expires
        for each in self.subscriptions:
            if each.ended_on is None:
                notice, trial_ends = each.notice, each.trial_ends
                if after < each.binding_ends < deadline:
                    deadline = each.binding_ends
                if trial_ends is not None and after < trial_ends < deadline:
                    deadline = trial_ends
                if notice is not None and after < notice.ends_on < deadline:
                    deadline = notice.ends_on
        return deadline

    def next_day(self, after: Day) -> Day:
        """The first day after `after` on which time alone may change something; the last day if there is none."""
        periods = (each.next_period for each in self.subscriptions if each.is_live)
        return min(self.next_deadline(after), *periods, Day.max)

    def note(self, day: Day, event: str, subscription: str | None, ruling: Ruling) -> None:
        """Note what was decided of an event or of a deadline."""
        if self.notes_all or ruling.verdict == "refused":
            self._decisions.append((day, event, subscription, ruling))

    @property
    def decisions(self) -> list[Decision]:
        """All that was decided, in that order; kept as plain tuples until it is asked for, as in the ledger."""
        return [Decision(*entry) for entry in self._decisions]

    @property
    def decided(self) -> int:
        """How many decisions there are."""
        return len(self._decisions)
