"""Where things stand: the phases of a subscription and the moves between them, and all that a replay remembers.

The member and the subscriptions are the one place of a replay that changes; the rules decide, and change it here.
"""

import heapq
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from attrs import Factory, define, evolve, frozen

from subsim.days import Day, days_after, months
from subsim.events import Amount, Announcement, Facts, PackageName, Person
from subsim.ledger import DutyEntry, Ledger, Line
from subsim.terms import Terms
from subsim.vocabulary import EndReason, Route, Verdict
from subsim.words import Because, because


class Phase(Enum):
    """Where a subscription stands; `trial` covers `bound`, and `ending` covers all but `ended`."""

    TRIAL = "trial"
    BOUND = "bound"
    FREE = "free"
    ENDING = "ending"
    ENDED = "ended"


class Move(Enum):
    """What takes a subscription from one phase to another."""

    SIGN_UP = "sign-up"
    TRIAL_ENDS = "trial ends"
    BINDING_ENDS = "binding ends"
    NOTICE = "notice"
    NOTICE_WITHDRAWN = "notice withdrawn"
    END = "end"


TRANSITIONS: dict[Phase | None, dict[Move, tuple[Phase, ...]]] = {
    None: {Move.SIGN_UP: (Phase.TRIAL, Phase.BOUND, Phase.FREE)},
    Phase.TRIAL: {Move.TRIAL_ENDS: (Phase.BOUND, Phase.FREE), Move.NOTICE: (Phase.ENDING,), Move.END: (Phase.ENDED,)},
    Phase.BOUND: {Move.BINDING_ENDS: (Phase.FREE,), Move.NOTICE: (Phase.ENDING,), Move.END: (Phase.ENDED,)},
    Phase.FREE: {Move.NOTICE: (Phase.ENDING,), Move.END: (Phase.ENDED,)},
    Phase.ENDING: {
        Move.NOTICE: (Phase.ENDING,),
        Move.NOTICE_WITHDRAWN: (Phase.TRIAL, Phase.BOUND, Phase.FREE, Phase.ENDING),
        Move.END: (Phase.ENDED,),
    },
    Phase.ENDED: {},
}
"""The state machine: from each phase, each move that can be made and where it leads.

Where a move leads to more than one phase, the calendar decides: in the trial, in the binding, or free; and to `ending`
where a termination by Kabelplus stands behind the notice withdrawn. A move that is not in the table cannot be made.
"""


class Ruling(NamedTuple):
    """What a rule says of an event: accepted or refused, under which clause, and why."""

    accepted: bool
    clause: str
    because: Because


def accept(clause: str, because: Because) -> Ruling:
    """The event takes effect under this clause."""
    return Ruling(True, clause, because)


def refuse(clause: str, because: Because) -> Ruling:
    """The event changes nothing: this clause does not allow it."""
    return Ruling(False, clause, because)


@frozen
class Notice:
    """A standing end: the first day without service, and the way by which it came.

    `behind` is Kabelplus' own termination, which stands again should the member's sooner notice be withdrawn.
    """

    route: Route
    ends_on: Day
    behind: "Notice | None" = None


@frozen
class Change:
    """An announced change as it reaches one subscription.

    `order` counts the member's announcements. `effective` is the date announced, `reaches` the date on which it takes
    effect here (None: never), and `because` says how that was found. `may_exit` says whether it is of a kind that lets
    the member leave. `price` is the new monthly price in øre; `packages` what a price or service change touches
    (empty: everything).
    """

    kind: Route
    order: int
    announced_on: Day
    effective: Day
    reaches: Day | None
    may_exit: bool
    because: Because
    packages: tuple[str, ...] = ()
    price: int = 0

    def as_announced(self) -> "Change":
        """This change for who signed up knowing it: on the date announced, without an exit."""
        return evolve(self, reaches=self.effective, may_exit=False)

    def outranks(self, other: "Change") -> bool:
        """Whether this price holds where both have taken effect: the later announced date, then the later announced."""
        return (self.effective, self.order) > (other.effective, other.order)


def after_notice(announced_on: Day, days: int, effective: Day) -> tuple[Day, Because]:
    """When a change takes effect that needs so many days' notice: as announced, or later if that is too soon."""
    in_time = days_after(announced_on, days)
    reason = because(
        "announced {announced} + {days} days = {in_time}", announced=announced_on, days=days, in_time=in_time
    )
    if effective < in_time:
        return in_time, reason + because("{effective} is too soon", effective=effective)
    return effective, reason


@define(eq=False)
class Equipment:
    """An item lent: out until it is returned; invoiced at most once."""

    value: int
    is_returned: bool = False
    is_invoiced: bool = False


@define(eq=False)
class Subscription:
    """One subscription to one package (`adgang.1`).

    The current period is `[period_starts, next_period)`; in a trial there is none yet and `next_period` is its end.
    """

    id: str
    package: PackageName
    channel: str
    registered_on: Day
    trial_ends: Day | None
    binding_ends: Day
    billing_anchor: Day
    period_months: int
    confirmed_on: Day | None
    list_prices: Mapping[PackageName, Amount]
    next_period: Day
    period_starts: Day | None = None
    period_number: int = 0
    downgrade: PackageName | None = None
    notice: Notice | None = None
    is_taken_into_use: bool = False
    is_suspended: bool = False
    phase: Phase | None = None
    states: list[tuple[Day, Phase]] = Factory(list)
    ended_on: Day | None = None
    end_reason: EndReason | None = None
    chosen: dict[str, int] = Factory(dict)
    """The package it is on and the one it has asked for, each with the number of announcements before that choice."""
    price_changes: dict[str, list[Change]] = Factory(dict)
    """By package, the price changes as they reach this subscription, in order of announcement."""
    changes: list[Change] = Factory(list)
    """Service and terms changes as they reach this subscription, in order of announcement."""
    equipment: dict[str, Equipment] = Factory(dict)
    lines: list[Line] = Factory(list)
    """The lines of its periods and upgrades."""
    lines_before_period: int = 0
    """How many of `lines` belong to earlier periods."""

    # The state machine

    def make(self, move: Move, today: Day) -> None:
        """Make a move of the table; a move that the table does not have is a fault of the rules."""
        targets = TRANSITIONS[self.phase][move]
        self.phase = targets[0] if len(targets) == 1 else self._phase_by_calendar(today)
        assert self.phase in targets
        if self.states and self.states[-1][0] == today:
            self.states.pop()
        if not self.states or self.states[-1][1] is not self.phase:
            self.states.append((today, self.phase))

    def _phase_by_calendar(self, today: Day) -> Phase:
        if self.notice is not None:
            return Phase.ENDING
        if self.in_trial(today):
            return Phase.TRIAL
        return Phase.BOUND if self.is_bound(today) else Phase.FREE

    @property
    def is_live(self) -> bool:
        """Signed up and not ended."""
        return self.phase is not Phase.ENDED

    @property
    def ends_on(self) -> Day | None:
        """The end that stands and has not come; None where nobody has ended it."""
        return None if self.notice is None else self.notice.ends_on

    def in_trial(self, today: Day) -> bool:
        """Whether the day lies in the free trial."""
        return self.trial_ends is not None and today < self.trial_ends

    def is_bound(self, today: Day) -> bool:
        """Whether the day lies in the binding (`betaling.5`)."""
        return today < self.binding_ends

    def stand_to_end(self, notice: Notice, today: Day) -> None:
        """Let a notice or termination stand; one whose end is today ends the subscription at once."""
        self.make(Move.NOTICE, today)
        self.notice = notice
        if notice.ends_on <= today:
            self.end(notice.route, today)

    def end(self, reason: EndReason, today: Day) -> None:
        """End the subscription as of the start of this day; a pending downgrade falls away."""
        self.make(Move.END, today)
        self.ended_on, self.end_reason = today, reason
        self.notice = self.downgrade = None

    # Periods

    def begin_period(self) -> None:
        """Turn to the next period; always reckoned from the billing anchor."""
        self.period_starts = self.next_period
        self.period_number += 1
        self.next_period = months(self.billing_anchor, self.period_number * self.period_months)
        self.lines_before_period = len(self.lines)

    def coming_periods(self, until: Day) -> list[tuple[Day, Day, PackageName]]:
        """The periods that begin after the current one and before `until`: start, end, package.

        A pending downgrade is counted; a standing end comes first if it is sooner.
        """
        horizon = until if self.notice is None else min(until, self.notice.ends_on)
        package = self.downgrade or self.package
        periods: list[tuple[Day, Day, PackageName]] = []
        starts, number = self.next_period, self.period_number
        while starts < horizon:
            number += 1
            ends = months(self.billing_anchor, number * self.period_months)
            periods.append((starts, ends, package))
            starts = ends
        return periods

    # Packages and prices

    def choose(self, package: str, announcements: int) -> None:
        """Ask for a package, at once or for the next period; what was announced before is part of what is chosen."""
        self.chosen[package] = announcements

    def keep_only_chosen(self) -> None:
        """Drop the choice of every package that the subscription is neither on nor has asked for."""
        self.chosen = {package: at for package, at in self.chosen.items() if package in (self.package, self.downgrade)}

    def learn(self, change: Change) -> None:
        """Know of an announced change from now on."""
        if change.kind == "price_change":
            self.price_changes.setdefault(change.packages[0], []).append(change)
        else:
            self.changes.append(change)

    def chose_knowing(self, change: Change, package: str) -> bool:
        """Whether the change was announced before the package was chosen, or the package is not chosen at all.

        A change of the terms is never part of what is chosen with a package: for it the sign-up counts alone.
        """
        chosen_after = self.chosen.get(package)
        return bool(change.packages) and (chosen_after is None or change.order < chosen_after)

    def reached_on(self, change: Change, package: str) -> Day | None:
        """When the change takes effect here: as announced if the package was chosen knowing it; None is never."""
        return change.effective if self.chose_knowing(change, package) else change.reaches

    def price(self, package: PackageName, day: Day) -> int:
        """The monthly price in øre of a package for this subscription on a day (`priser.2`).

        Of the changes that have taken effect it is the one with the latest announced date, of equals the last
        announced; else the price list's.
        """
        ruling: Change | None = None
        for change in self.price_changes.get(package, ()):
            reached = self.reached_on(change, package)
            if reached is not None and reached <= day and (ruling is None or change.outranks(ruling)):
                ruling = change
        return self.list_prices[package] if ruling is None else ruling.price

    def is_overtaken(self, change: Change, package: str) -> bool:
        """Whether a price change is overtaken, before its own day or on it, by one that outranks it."""
        day = self.reached_on(change, package)
        assert day is not None
        for other in self.price_changes[package]:
            reached = self.reached_on(other, package)
            if reached is not None and reached <= day and other.outranks(change):
                return True
        return False


DecisionEntry = tuple[Day, str, str | None, str, Verdict, Because]
"""A decision as a replay notes it: day, event, subscription, clause, verdict, reason."""


@define(eq=False)
class Member:
    """A member as a replay knows them: who, the terms in force, subscriptions in order of sign-up, and the money."""

    person: Person
    terms: Terms
    list_prices: Mapping[PackageName, Amount]
    resident: str
    ledger: Ledger
    duties: list[DutyEntry]
    subscriptions: list[Subscription] = Factory(list)
    by_id: dict[str, Subscription] = Factory(dict)
    """The latest accepted subscription of each id."""
    announcements: list[Announcement] = Factory(list)
    agenda: list[Day] = Factory(list)
    """A heap of the days on which a deadline may fall; a day on which none does is harmless."""
    days_of_changes: set[Day] = Factory(set)
    """The days on which an announced change may take effect."""
    decisions: list[DecisionEntry] = Factory(list)

    def expect_deadline(self, day: Day, today: Day) -> None:
        """Look at this day's start when it comes; an event cannot reach back to the start of its own day."""
        if day > today:
            heapq.heappush(self.agenda, day)

    def expect_change(self, change: Change, today: Day) -> None:
        """Look at the days on which an announced change may take effect: as announced, or as it reaches."""
        for day in (change.effective, change.reaches):
            if day is not None:
                self.days_of_changes.add(day)
                self.expect_deadline(day, today)

    def note(self, day: Day, event: str, subscription: str | None, clause: str, because: Because) -> None:
        """Note a deadline that changed something."""
        self.decisions.append((day, event, subscription, clause, "took_effect", because))


def new_member(facts: Facts, terms: Terms) -> Member:
    """A member before anything has happened."""
    duties: list[DutyEntry] = []
    return Member(facts.person, terms, facts.prices, facts.person.resident, Ledger(duties), duties)


def diagram() -> str:
    """The transition table as a Mermaid state diagram, for the README."""
    arrows = [
        f"    {'[*]' if phase is None else phase.value} --> {target.value}: {move.value}"
        for phase, moves in TRANSITIONS.items()
        for move, targets in moves.items()
        for target in targets
    ]
    return "\n".join(["stateDiagram-v2", *arrows, f"    {Phase.ENDED.value} --> [*]"])
