"""A member in a replay. The rules change it, and its subscriptions."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from subsim.basics.dates import Day
from subsim.basics.enumerations import Verdict
from subsim.membership.deadlines import PERIOD_BEGINS
from subsim.membership.events import Amount, Facts, PackageName
from subsim.membership.knowledge import Announcements
from subsim.membership.ledger import Ledger, LineCopies, Run
from subsim.membership.rulings import Decision, Ruling
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms


class Member:
    """A member: the person, the terms in force, the subscriptions in order of sign-up, the ledger and the decisions.

    `by_id` has the latest accepted subscription of each id.
    """

    def __init__(
        self, facts: Facts, terms: Terms, notes_all: bool = True, announcements: Announcements | None = None
    ) -> None:
        self.notes_all = notes_all
        """Whether every decision is noted, or refusals only."""
        self.person = facts.person
        self.terms = terms
        self.list_prices: Mapping[PackageName, Amount] = facts.prices
        self.resident: str = facts.person.resident
        self.subscriptions: list[Subscription] = []
        self.by_id: dict[str, Subscription] = {}
        self.ledger = Ledger()
        self.announcements = Announcements() if announcements is None else announcements
        self._decisions: list[tuple[Day, str, str | None, Ruling] | _NotedRun] = []
        self._run_on = 0
        """How many decisions the runs noted stand for beyond one each."""

    def copy(self, facts: Facts) -> "Member":
        """The same member, of whom these facts are told, to be changed apart from this one."""
        copies, same = LineCopies(), Member(facts, self.terms, self.notes_all, self.announcements.copy())
        same.resident = self.resident
        same.ledger = self.ledger.copy(copies)
        known = {id(each): each.copy(same.announcements, copies) for each in self.subscriptions}
        same.subscriptions = list(known.values())
        same.by_id = {name: known[id(each)] for name, each in self.by_id.items()}
        same._decisions = [each.copy(copies) if isinstance(each, _NotedRun) else each for each in self._decisions]
        return same

    def next_deadline(self, after: Day) -> Day:
        """The first day after `after` on which time alone may change something, other than a new period.

        `Day.max` if there is none, and where no subscription is live.
        """
        deadline, is_live = Day.max, False
        for each in self.subscriptions:
            if each.ended_on is None:
                is_live = True
                notice, trial_ends = each.notice, each.trial_ends
                if after < each.binding_ends < deadline:
                    deadline = each.binding_ends
                if trial_ends is not None and after < trial_ends < deadline:
                    deadline = trial_ends
                if notice is not None and after < notice.ends_on < deadline:
                    deadline = notice.ends_on
        if not is_live:
            return deadline
        if self.announcements.days:
            deadline = min(deadline, self.announcements.next_day(after))
        expires = self.ledger.method.expires
        return expires if expires is not None and after < expires < deadline else deadline

    def next_day(self, after: Day) -> Day:
        """The first day after `after` on which time alone may change something; `Day.max` if there is none."""
        periods = (each.next_period for each in self.subscriptions if each.is_live)
        return min(self.next_deadline(after), *periods, Day.max)

    def note(self, day: Day, event: str, subscription: str | None, ruling: Ruling) -> None:
        """Note the ruling on an event or a deadline."""
        if self.notes_all or ruling.verdict == "refused":
            self._decisions.append((day, event, subscription, ruling))

    def note_run(self, run: Run, months: int, ruling: "PeriodRuling") -> None:
        """Note that each period of a run began; the rulings are made when they are read."""
        self._decisions.append(_NotedRun(run, months, ruling))
        self._run_on += run.after - run.first - 1

    @property
    def decisions(self) -> list[Decision]:
        """All decisions, in order; kept as plain tuples until they are read, as in the ledger."""
        found: list[Decision] = []
        for entry in self._decisions:
            if isinstance(entry, _NotedRun):
                found += entry.decisions()
            else:
                found.append(Decision(*entry))
        return found

    @property
    def verdicts(self) -> list[Verdict]:
        """What was decided of each event and deadline in that order, the settled periods left out: they take effect."""
        return [entry[3].verdict for entry in self._decisions if not isinstance(entry, _NotedRun)]

    @property
    def decided(self) -> int:
        """The number of decisions."""
        return len(self._decisions) + self._run_on


PeriodRuling: TypeAlias = Callable[[int, int, int], Ruling]
"""Gives the ruling on a period by its number, counted from 0, its months, and its price in øre."""


class _NotedRun:
    """The decisions on the periods of a run, as they are noted."""

    def __init__(self, run: Run, months: int, ruling: PeriodRuling) -> None:
        self.run = run
        self._months = months
        self._ruling = ruling

    def copy(self, copies: LineCopies) -> "_NotedRun":
        """The same, of the copy of the run."""
        return _NotedRun(copies.run(self.run), self._months, self._ruling)

    def decisions(self) -> list[Decision]:
        """One decision for each period."""
        run = self.run
        return [
            Decision(day, PERIOD_BEGINS, run.subscription, self._ruling(number, self._months, run.amount))
            for number, day in enumerate(run.days(), start=run.first)
        ]
