"""A member in a replay. The rules change it, and its subscriptions."""

from bisect import bisect_right
from collections.abc import Mapping
from operator import attrgetter
from typing import Final, TypeAlias

from subsim.basics.dates import LAST_DAY, Day
from subsim.basics.enumerations import Verdict
from subsim.membership.deadlines import PERIOD_BEGINS
from subsim.membership.events import Amount, PackageName
from subsim.membership.facts import Facts, Person
from subsim.membership.knowledge import Announcements
from subsim.membership.ledger import Ledger
from subsim.membership.lines import LineCopies, PeriodRuling, Run
from subsim.membership.rulings import Decision, Ruling
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms

Prices: TypeAlias = Mapping[PackageName, Amount]
"""The monthly price of each package, in øre."""
_Noted: TypeAlias = tuple[Day, str, str | None, Ruling]
"""A decision as a plain tuple."""
_DAY: Final = attrgetter("date")


class Member:
    """A member: the person, the terms in force, the subscriptions in order of sign-up, the ledger and the decisions.

    `by_id` has the latest accepted subscription of each id.
    """

    __slots__ = (
        *(
            "_of_time",
            "_run_on",
            "announcements",
            "by_id",
            "ledger",
            "list_prices",
            "notes_all",
            "of_events",
            "person",
        ),
        *("resident", "subscriptions", "terms"),
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
        self.of_events: list[_Noted | Run] = []
        """The rulings on events, in order, as plain tuples; with what fell due by the event itself."""
        self._of_time: list[_Noted | Run] = []
        """The rulings on deadlines and periods. Of one day they are in order, and come before its events."""
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
        same.of_events = [copies.run(each) if isinstance(each, Run) else each for each in self.of_events]
        same._of_time = [copies.run(each) if isinstance(each, Run) else each for each in self._of_time]
        return same

    def next_deadline(self, after: Day) -> Day:
        """The first day after `after` on which time alone may change something, other than a new period.

        `Day.max` if there is none, as where no subscription is live.
        """
        found = LAST_DAY
        is_live = False
        for each in self.subscriptions:
            if each.ended_on is None:
                is_live = True
                if after < each.binding_ends < found:
                    found = each.binding_ends
                if each.trial_ends is not None and after < each.trial_ends < found:
                    found = each.trial_ends
                if each.notice is not None and after < each.notice.ends_on < found:
                    found = each.notice.ends_on
        if not is_live:
            return found
        days = self.announcements.days
        if days and days[-1] > after:
            found = min(found, days[bisect_right(days, after)])
        expires = self.ledger.method.expires
        if expires is not None and after < expires < found:
            found = expires
        return found

    def next_day(self, after: Day) -> Day:
        """The first day after `after` on which time alone may change something; `Day.max` if there is none."""
        periods = (each.next_period for each in self.subscriptions if each.is_live)
        return min(self.next_deadline(after), *periods, LAST_DAY)

    def note(self, day: Day, what: str, subscription: str | None, ruling: Ruling) -> None:
        """Note the ruling on a deadline or a period."""
        if self.notes_all:
            self._of_time.append((day, what, subscription, ruling))

    def note_run(self, run: Run, months: int, ruling: PeriodRuling) -> None:
        """Note that each period of a run began; the rulings are made when they are read."""
        run.months, run.ruling = months, ruling
        self._of_time.append(run)
        self._run_on += run.after - run.first - 1

    @property
    def noted_of_time(self) -> int:
        """How many rulings on deadlines and periods have been noted, a run as one."""
        return len(self._of_time)

    def note_as_of_event(self, since: int) -> None:
        """Let what fell due after so many of these rulings be noted with the event that is decided now."""
        self.of_events += self._of_time[since:]
        del self._of_time[since:]

    def has_noted_event_on(self, day: Day) -> bool:
        """Whether the ruling on an event of this day has been noted, if it is the latest day noted."""
        last = self.of_events[-1] if self.of_events else None
        return isinstance(last, Run) or (last is not None and last[0] == day)

    @property
    def decisions(self) -> list[Decision]:
        """All decisions, in order; kept as plain tuples until they are read, as in the ledger."""
        found: list[Decision] = []
        for entry in (*self._of_time, *self.of_events):
            if isinstance(entry, Run):
                found += _of_run(entry)
            else:
                found.append(Decision(*entry))
        found.sort(key=_DAY)
        return found

    @property
    def verdicts(self) -> list[Verdict]:
        """What was decided of each event, in order."""
        rulings = [entry[3] for entry in self.of_events if not isinstance(entry, Run)]
        return [ruling.verdict for ruling in rulings if ruling.verdict != "took_effect"]

    @property
    def decided(self) -> int:
        """The number of decisions."""
        return len(self._of_time) + len(self.of_events) + self._run_on


def _of_run(run: Run) -> list[Decision]:
    """One decision for each period of a run."""
    ruling = run.ruling
    assert ruling is not None
    return [
        Decision(day, PERIOD_BEGINS, run.subscription, ruling(number, run.months, run.amount))
        for number, day in enumerate(run.days(), start=run.first)
    ]
