"""A member in a replay. The rules change it, and its subscriptions."""

from collections.abc import Mapping
from typing import TypeAlias

from subsim.basics.dates import LAST_DAY, Day
from subsim.basics.enumerations import Verdict
from subsim.membership.deadlines import PERIOD_BEGINS
from subsim.membership.events import Amount, Facts, PackageName, Person
from subsim.membership.knowledge import Announcements
from subsim.membership.ledger import Ledger, LineCopies, PeriodRuling, Run
from subsim.membership.rulings import Decision, Ruling
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms

Prices: TypeAlias = Mapping[PackageName, Amount]
"""The monthly price of each package, in øre."""


class Member:
    """A member: the person, the terms in force, the subscriptions in order of sign-up, the ledger and the decisions.

    `by_id` has the latest accepted subscription of each id.
    """

    __slots__ = (
        *(
            "_decisions",
            "_run_on",
            "announcements",
            "by_id",
            "ledger",
            "list_prices",
            "notes_all",
            "person",
            "resident",
        ),
        *("subscriptions", "terms"),
    )

    def __init__(
        self,
        person: Person,
        prices: Prices,
        terms: Terms,
        notes_all: bool = True,
        announcements: Announcements | None = None,
    ) -> None:
        self.notes_all = notes_all
        """Whether every decision is noted, or refusals only."""
        self.person = person
        self.terms = terms
        self.list_prices = prices
        self.resident: str = person.resident
        self.subscriptions: list[Subscription] = []
        self.by_id: dict[str, Subscription] = {}
        self.ledger = Ledger()
        self.announcements = Announcements() if announcements is None else announcements
        self._decisions: list[tuple[Day, str, str | None, Ruling] | Run] = []
        self._run_on = 0
        """How many decisions the runs noted stand for beyond one each."""

    def copy(self, facts: Facts) -> "Member":
        """The same member, of whom these facts are told, to be changed apart from this one."""
        copies, announcements = LineCopies(), self.announcements.copy()
        same = Member(facts.person, facts.prices, self.terms, self.notes_all, announcements)
        same.resident = self.resident
        same.ledger = self.ledger.copy(copies)
        known = {id(each): each.copy(announcements, copies) for each in self.subscriptions}
        same.subscriptions = list(known.values())
        same.by_id = {name: known[id(each)] for name, each in self.by_id.items()}
        same._run_on = self._run_on
        same._decisions = [copies.run(each) if isinstance(each, Run) else each for each in self._decisions]
        return same

    def next_deadline(self, after: Day) -> Day:
        """The first day after `after` on which time alone may change something, other than a new period.

        `Day.max` if there is none, and where no subscription is live.
        """
        deadline, is_live = LAST_DAY, False
        for each in self.subscriptions:
            if each.ended_on is None:
                is_live = True
                day: Day | None = each.binding_ends
                if day is not None and after < day < deadline:
                    deadline = day
                day = each.trial_ends
                if day is not None and after < day < deadline:
                    deadline = day
                if each.notice is not None and after < each.notice.ends_on < deadline:
                    deadline = each.notice.ends_on
        if not is_live:
            return deadline
        if self.announcements.days:
            day = self.announcements.next_day(after)
            if day < deadline:
                deadline = day
        day = self.ledger.method.expires
        return day if day is not None and after < day < deadline else deadline

    def next_day(self, after: Day) -> Day:
        """The first day after `after` on which time alone may change something; `Day.max` if there is none."""
        periods = (each.next_period for each in self.subscriptions if each.is_live)
        return min(self.next_deadline(after), *periods, LAST_DAY)

    def note(self, day: Day, event: str, subscription: str | None, ruling: Ruling) -> None:
        """Note the ruling on an event or a deadline."""
        if self.notes_all or ruling.verdict == "refused":
            self._decisions.append((day, event, subscription, ruling))

    def note_run(self, run: Run, months: int, ruling: PeriodRuling) -> None:
        """Note that each period of a run began; the rulings are made when they are read."""
        run.months, run.ruling = months, ruling
        self._decisions.append(run)
        self._run_on += run.after - run.first - 1

    @property
    def decisions(self) -> list[Decision]:
        """All decisions, in order; kept as plain tuples until they are read, as in the ledger."""
        found: list[Decision] = []
        for entry in self._decisions:
            if isinstance(entry, Run):
                found += _of_run(entry)
            else:
                found.append(Decision(*entry))
        return found

    @property
    def verdicts(self) -> list[Verdict]:
        """What was decided of each event and deadline in that order, the settled periods left out: they take effect."""
        return [entry[3].verdict for entry in self._decisions if not isinstance(entry, Run)]

    @property
    def decided(self) -> int:
        """The number of decisions."""
        return len(self._decisions) + self._run_on


def _of_run(run: Run) -> list[Decision]:
    """One decision for each period of a run."""
    ruling = run.ruling
    assert ruling is not None
    return [
        Decision(day, PERIOD_BEGINS, run.subscription, ruling(number, run.months, run.amount))
        for number, day in enumerate(run.days(), start=run.first)
    ]
