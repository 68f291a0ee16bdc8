"""Where things stand: the phases of a subscription and the moves between them, and all that a replay remembers.

The member and the subscriptions are the one place of a replay that changes; the rules decide, and change it here.
"""

import heapq
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple, TypeAlias

from subsim.basics.dates import Day, days_after, months
from subsim.basics.enumerations import EndReason, Route, Verdict
from subsim.basics.reasons import Because, because
from subsim.membership.events import (
    Amount,
    Announcement,
    AnnouncePriceChange,
    AnnounceServiceChange,
    Facts,
    PackageName,
    SignUp,
)
from subsim.membership.ledger import DutyEntry, Ledger, Line
from subsim.terms.terms import Terms


class Phase(Enum):
    """Where a subscription stands; `trial` covers `bound`, and `ending` covers all but `ended`."""

    TRIAL = "trial"
    BOUND = "bound"
    FREE = "free"
    ENDING = "ending"
    ENDED = "ended"

    __hash__ = object.__hash__  # each is one object, and that of an Enum is slow


class Move(Enum):
    """What takes a subscription from one phase to another."""

    SIGN_UP = "sign-up"
    TRIAL_ENDS = "trial ends"
    BINDING_ENDS = "binding ends"
    NOTICE = "notice"
    NOTICE_WITHDRAWN = "notice withdrawn"
    END = "end"

    __hash__ = object.__hash__  # as above


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


Ruling: TypeAlias = tuple[Verdict, str, Because]
"""What a rule says of an event: accepted or refused, under which clause, and why."""


def accept(clause: str, because: Because) -> Ruling:
    """The event takes effect under this clause."""
    return "accepted", clause, because


def refuse(clause: str, because: Because) -> Ruling:
    """The event changes nothing: this clause does not allow it."""
    return "refused", clause, because


class Notice(NamedTuple):
    """A standing end: the first day without service, and the way by which it came.

    `behind` is Kabelplus' own termination, which stands again should the member's sooner notice be withdrawn.
    """

    route: Route
    ends_on: Day
    behind: "Notice | None" = None


class Change(NamedTuple):
    """An announced change as it reaches one subscription.

    `order` counts the member's announcements. `effective` is the date announced, `reaches` the date on which it takes
    effect here (None: never), and `because` says how that was found. `may_exit` says whether it lets the member leave.
    `package` is what a price or service change touches (None: everything), `price` the new monthly price in øre.
    """

    kind: Route
    order: int
    announced_on: Day
    effective: Day
    reaches: Day | None
    may_exit: bool
    because: Because
    package: str | None = None
    price: int = 0

    def touches(self, package: str) -> bool:
        """Whether the change is of this package, or of everything."""
        return self.package in (None, package)

    def outranks(self, other: "Change") -> bool:
        """Whether this price holds where both have taken effect: the later announced date, then the later announced."""
        return self.effective > other.effective or (self.effective == other.effective and self.order > other.order)


def known_before(announcement: Announcement, order: int, package: str | None) -> Change | None:
    """An announced change of this package (None: of the terms) for who chooses knowing it; None if it is of another.

    It takes effect on the date announced and gives no exit.
    """
    kind: Route
    price, effective = 0, announcement.effective
    if isinstance(announcement, AnnouncePriceChange):
        if package not in announcement.prices:
            return None
        kind, price = "price_change", announcement.prices[PackageName(package)]
    elif isinstance(announcement, AnnounceServiceChange):
        if package not in announcement.packages:
            return None
        kind = "service_change"
    elif package is not None:
        return None
    else:
        kind = "terms_change"
    reason = because("announced before it was chosen: it takes effect on {day}", day=effective)
    return Change(kind, order, announcement.date, effective, effective, False, reason, package, price)


def touched(announcement: Announcement) -> Iterable[str]:
    """The packages that an announcement names; none where it is of the terms."""
    if isinstance(announcement, AnnouncePriceChange):
        return announcement.prices
    return announcement.packages if isinstance(announcement, AnnounceServiceChange) else ()


def after_notice(announced_on: Day, days: int, effective: Day) -> tuple[Day, Because]:
    """When a change takes effect that needs so many days' notice: as announced, or later if that is too soon."""
    in_time = days_after(announced_on, days)
    reason = because(
        "announced {announced} + {days} days = {in_time}", announced=announced_on, days=days, in_time=in_time
    )
    if effective < in_time:
        return in_time, reason + because("{effective} is too soon", effective=effective)
    return effective, reason


class Equipment:
    """An item lent, of a value in øre: out until it is returned; invoiced at most once."""

    def __init__(self, value: int) -> None:
        self.value = value
        self.is_returned = False
        self.is_invoiced = False


class Subscription:
    """One subscription to one package (`adgang.1`).

    The current period is `[period_starts, next_period)`; in a trial there is none yet and `next_period` is its end.
    `lines` are those of its periods and upgrades, of which the first `lines_before_period` belong to earlier periods.
    """

    def __init__(
        self,
        member: "Member",
        sign_up: SignUp,
        *,
        trial_ends: Day | None,
        binding_ends: Day,
        period_months: int,
    ) -> None:
        self.id = sign_up.subscription
        self.package = sign_up.package
        self.channel: str = sign_up.channel
        self.registered_on = sign_up.date
        self.confirmed_on = sign_up.date if sign_up.confirmation == "same-day" else None
        self.trial_ends = trial_ends
        self.binding_ends = binding_ends
        self.billing_anchor = self.next_period = trial_ends or sign_up.date
        self.period_months = period_months
        self.period_number = 0
        self.period_starts: Day | None = None
        self.downgrade: PackageName | None = None
        self.notice: Notice | None = None
        self.is_taken_into_use = False
        self.is_suspended = False
        self.phase: Phase | None = None
        self.states: list[tuple[Day, Phase]] = []
        self.ended_on: Day | None = None
        self.end_reason: EndReason | None = None
        self.lines: list[Line] = []
        self.lines_before_period = 0
        self.equipment: dict[str, Equipment] = {}
        self.list_prices = member.list_prices
        self.announced = member.announcements
        """All that has been announced to the member, in that order."""
        self.price_changes: dict[str, list[Change]] = {}
        """The packages chosen, the one it is on and the one it has asked for; by each the changes of its price as they
        reach this subscription, in order of announcement."""
        self.changes = self._known_before(None)
        """The changes of the terms and of the service of the packages chosen, likewise.

        Those of the terms are never part of what is chosen later: the sign-up is to the terms as announced.
        """
        self.choose(self.package)

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
        return self.ended_on is None

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

    def turn_to_next_period(self) -> tuple[Day, Day]:
        """Make the next period the current one, `[start, end)`; always reckoned from the billing anchor."""
        starts = self.period_starts = self.next_period
        self.period_number += 1
        ends = self.next_period = months(self.billing_anchor, self.period_number * self.period_months)
        self.lines_before_period = len(self.lines)
        return starts, ends

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

    def choose(self, package: str) -> None:
        """Ask for a package, at once or for the next period, knowing what has been announced of it."""
        self._drop_changes_of(package)
        self.price_changes[package] = []
        for change in self._known_before(package):
            self.learn(change)
        self.changes.sort(key=lambda change: change.order)

    def keep_only_chosen(self) -> None:
        """Drop the choice of every package that the subscription is neither on nor has asked for."""
        for package in self.price_changes.keys() - {self.package, self.downgrade}:
            del self.price_changes[package]
            self._drop_changes_of(package)

    def learn(self, change: Change) -> None:
        """Know of an announced change from now on, of the terms or of a package that is chosen."""
        if change.kind == "price_change":
            assert change.package is not None
            self.price_changes[change.package].append(change)
        else:
            self.changes.append(change)

    def all_changes(self) -> list[Change]:
        """Every change announced, of a package that is not chosen as it is known to who chooses it now."""
        chosen = [change for changes in self.price_changes.values() for change in changes]
        others = {name for each in self.announced for name in touched(each)} - self.price_changes.keys()
        known = [change for package in sorted(others) for change in self._known_before(package)]
        return sorted([*chosen, *self.changes, *known], key=lambda change: change.order)

    def _known_before(self, package: str | None) -> list[Change]:
        known = [known_before(each, order, package) for order, each in enumerate(self.announced)]
        return [change for change in known if change is not None]

    def _drop_changes_of(self, package: str) -> None:
        self.changes = [change for change in self.changes if change.package != package]

    def price_changes_of(self, package: str) -> list[Change]:
        """The changes of a package's price in order of announcement, as for `all_changes`."""
        if package in self.price_changes:
            return self.price_changes[package]
        return [change for change in self._known_before(package) if change.kind == "price_change"]

    def price(self, package: PackageName, day: Day) -> int:
        """The monthly price in øre of a package for this subscription on a day (`priser.2`).

        Of the changes that have taken effect it is the one with the latest announced date, of equals the last
        announced; else the price list's.
        """
        ruling: Change | None = None
        for change in self.price_changes_of(package):
            reached = change.reaches
            if reached is not None and reached <= day and (ruling is None or change.effective >= ruling.effective):
                ruling = change
        return self.list_prices[package] if ruling is None else ruling.price

    def is_overtaken(self, change: Change) -> bool:
        """Whether a price change is overtaken, before its own day or on it, by one that outranks it."""
        assert change.package is not None
        assert change.reaches is not None
        for other in self.price_changes_of(change.package):
            if other.outranks(change) and other.reaches is not None and other.reaches <= change.reaches:
                return True
        return False


DecisionEntry = tuple[Day, str, str | None, str, Verdict, Because]
"""A decision as a replay notes it: day, event, subscription, clause, verdict, reason."""


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

    def note(self, day: Day, event: str, subscription: str | None, clause: str, because: Because) -> None:
        """Note a deadline that changed something."""
        self.decisions.append((day, event, subscription, clause, "took_effect", because))


def diagram() -> str:
    """The transition table as a Mermaid state diagram, for the README."""
    arrows = [
        f"    {'[*]' if phase is None else phase.value} --> {target.value}: {move.value}"
        for phase, moves in TRANSITIONS.items()
        for move, targets in moves.items()
        for target in targets
    ]
    return "\n".join(["stateDiagram-v2", *arrows, f"    {Phase.ENDED.value} --> [*]"])
