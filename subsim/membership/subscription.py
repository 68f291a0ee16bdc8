"""One subscription of a member: its phase, its end, its periods, its packages and prices.

The rules decide, and call the methods here to change it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from subsim.basics.dates import FIRST_DAY, Day, days_after, months, schedule, schedule_past
from subsim.basics.enumerations import EndReason, Route
from subsim.membership.changes import Change, PriceChanges, terms_under
from subsim.membership.events import Amount, AnnouncePriceChange, Channel, PackageName, SignUp
from subsim.membership.knowledge import Announcements, Knowledge
from subsim.membership.lines import Line, LineCopies, Lines, Run
from subsim.membership.owed import PERIOD
from subsim.membership.phases import TRANSITIONS, Phase, PhaseStart, Transition
from subsim.membership.ways import OPERATOR
from subsim.terms.terms import Terms


class Notice(NamedTuple):
    """A notice or termination in force: the first day without service, and the way with its first clause.

    `behind` is Kabelplus' own termination, which is in force again if the member's sooner notice is withdrawn.
    """

    route: Route
    ends_on: Day
    clause: str
    behind: "Notice | None" = None

    @property
    def is_operators(self) -> bool:
        """Whether it is Kabelplus' own termination."""
        return self.route == OPERATOR


class Period(NamedTuple):
    """A billing period `[starts, ends)` of a package."""

    starts: Day
    ends: Day
    package: PackageName


class Equipment:
    """An item lent, of a value in øre. It is invoiced at most once."""

    __slots__ = ("is_invoiced", "is_returned", "value")

    def __init__(self, value: int) -> None:
        self.value = value
        self.is_returned = False
        self.is_invoiced = False

    def copy(self) -> "Equipment":
        """The same, to be changed apart from this one."""
        same = Equipment(self.value)
        same.is_returned, same.is_invoiced = self.is_returned, self.is_invoiced
        return same


class SpanOfTerms(NamedTuple):
    """The days from `first` to `last`, both included, at whose start the same terms were in force."""

    first: Day
    last: Day
    terms: Terms


class Subscription:
    """One subscription to one package (`adgang.1`).

    The current period is `[period_starts, next_period)`; in a trial there is none yet and `next_period` is its end.
    """

    __slots__ = (
        *("_starts", "amended_by", "announcements", "billing_anchor", "binding_ends", "channel", "confirmed_on"),
        *("confirmed_under", "downgrade", "end_reason", "ended_on", "equipment", "id", "is_suspended"),
        *("is_taken_into_use", "issued", "knowledge", "latest_terms", "list_prices", "next_period", "notice"),
        *("package", "period_months", "period_number", "period_starts", "phase", "price_at_sign_up"),
        *("registered_on", "sign_up", "signed_under", "states", "terms", "trial_ends"),
    )

    def __init__(
        self,
        sign_up: SignUp,
        list_prices: Mapping[PackageName, Amount],
        announcements: Announcements,
        terms: Terms,
        *,
        trial_ends: Day | None,
        period_months: int,
        knowledge: Knowledge | None = None,
    ) -> None:
        """A new subscription; with `knowledge` one that is to be made a copy of another that has it."""
        self.phase: Phase | None = None
        self.is_taken_into_use = self.is_suspended = False
        self.downgrade: PackageName | None = None
        """The package asked for from the next period on."""
        self.notice: Notice | None = None
        self.ended_on: Day | None = None
        self.end_reason: EndReason | None = None
        self.period_starts: Day | None = None
        self.sign_up = sign_up
        self.id, self.package = sign_up.subscription, sign_up.package
        self.channel: Channel = sign_up.channel
        self.registered_on = sign_up.date
        self.confirmed_on = sign_up.date if sign_up.confirmation == "same-day" else None
        self.trial_ends = trial_ends
        self.binding_ends = sign_up.date
        """The first day that is not bound; set by the rules."""
        self.billing_anchor = self.next_period = trial_ends or sign_up.date
        self.period_number, self.period_months = 0, period_months
        self._starts = schedule(self.billing_anchor, period_months)
        self.states: list[PhaseStart] = []
        self.issued = Lines()
        self.equipment: dict[str, Equipment] = {}
        self.terms = terms
        """The terms before their first change."""
        self.list_prices = list_prices
        self.announcements = announcements
        """Those of the member, who owns them."""
        self.knowledge = announcements.known_to_new() if knowledge is None else knowledge
        """The announced changes that it knows of."""
        self.amended_by: tuple[Change, ...] = ()
        """The changes of the terms that have taken effect since the sign-up."""
        self.latest_terms: Change | None = None
        """The change of the terms in force that has the latest effective date."""
        if knowledge is not None:
            return
        for change in self.knowledge.changes:
            self.come_under(change, sign_up.date)
        self.signed_under = self.confirmed_under = self.terms_on(self.registered_on)
        """The terms of the sign-up, and those by which the withdrawal period is counted."""
        self.choose(self.package)
        self.price_at_sign_up = self.price(self.package, sign_up.date)

    def copy(self, announcements: Announcements, copies: LineCopies) -> "Subscription":
        """The same subscription of a copy of its member, whose announcements and lines these are."""
        same = Subscription(
            self.sign_up,
            self.list_prices,
            announcements,
            self.terms,
            trial_ends=self.trial_ends,
            period_months=self.period_months,
            knowledge=self.knowledge if self.knowledge.is_shared else self.knowledge.copy(),
        )
        same.phase, same.states = self.phase, self.states.copy()
        same.is_taken_into_use, same.is_suspended = self.is_taken_into_use, self.is_suspended
        same.package, same.downgrade = self.package, self.downgrade
        same.notice, same.ended_on, same.end_reason = self.notice, self.ended_on, self.end_reason
        same.period_number, same.period_starts = self.period_number, self.period_starts
        same.next_period, same.billing_anchor, same._starts = self.next_period, self.billing_anchor, self._starts
        same.channel, same.registered_on, same.confirmed_on = self.channel, self.registered_on, self.confirmed_on
        same.binding_ends = self.binding_ends
        same.issued = self.issued.copy(copies)
        same.equipment = {item: lent.copy() for item, lent in self.equipment.items()}
        same.amended_by, same.latest_terms = self.amended_by, self.latest_terms
        same.signed_under, same.confirmed_under = self.signed_under, self.confirmed_under
        same.price_at_sign_up = self.price_at_sign_up
        return same

    # The state machine

    def make(self, transition: Transition, today: Day) -> None:
        """Make a transition; KeyError for one that the table does not have, which is a fault of the rules."""
        targets = TRANSITIONS[self.phase][transition]
        if len(targets) == 1:
            phase = targets[0]
        else:
            phase = self.phase_without_notice(today) if self.notice is None else Phase.ENDING
        assert phase in targets
        self.phase = phase
        states = self.states
        if states and states[-1].day == today:
            states.pop()
        if not states or states[-1].phase is not phase:
            states.append(PhaseStart(today, phase))

    def phase_without_notice(self, day: Day) -> Phase:
        """The phase of a day before the end, notices apart: in the trial, in the binding, or free."""
        if self.trial_ends is not None and day < self.trial_ends:
            return Phase.TRIAL
        return Phase.BOUND if day < self.binding_ends else Phase.FREE

    @property
    def is_live(self) -> bool:
        """Signed up and not ended."""
        return self.ended_on is None

    @property
    def ends_on(self) -> Day | None:
        """The end in force that has not come yet; None where there is none."""
        return None if self.notice is None else self.notice.ends_on

    def in_trial(self, today: Day) -> bool:
        """Whether the day lies in the free trial."""
        return self.trial_ends is not None and today < self.trial_ends

    def is_bound(self, today: Day) -> bool:
        """Whether the day lies in the binding (`betaling.5`)."""
        return today < self.binding_ends

    def stand_to_end(self, notice: Notice, today: Day) -> None:
        """Put a notice or termination in force; one whose end is today ends the subscription at once."""
        self.make(Transition.NOTICE, today)
        self.notice = notice
        if notice.ends_on <= today:
            self.end(notice.route, today)

    def end(self, reason: EndReason, today: Day) -> None:
        """End the subscription as of the start of this day; a pending downgrade falls away."""
        self.make(Transition.END, today)
        self.ended_on, self.end_reason = today, reason
        self.notice = self.downgrade = None

    # Periods

    def starts_past(self, day: Day) -> list[Day]:
        """The first days of all periods, by number counted from 0, until past a day."""
        starts = self._starts
        if len(starts) == 1 or starts[-2] <= day:
            return schedule_past(self.billing_anchor, self.period_months, day)
        return starts

    def turn_past(self, to: Day, before: Day, amount: int) -> Run:
        """Issue the next period and each after it that begins by `to` and before `before`, all at one amount.

        The last of them becomes the current one.
        """
        starts, first = self.starts_past(to), self.period_number
        after = bisect_right(starts, to, first) if to < before else bisect_left(starts, before, first)
        run = Run(self.id, self.package, starts, first, after, amount)
        self.issued.entries.append(run)
        self.period_number, self.period_starts, self.next_period = after, starts[after - 1], starts[after]
        return run

    def turn_to_next_period(self) -> None:
        """Make the next period the current one."""
        starts, number = self.starts_past(self.next_period), self.period_number + 1
        self.period_number, self.period_starts, self.next_period = number, starts[number - 1], starts[number]

    @property
    def lines(self) -> list[Line]:
        """The lines of its periods and upgrades, in the order in which they were issued."""
        return self.issued.all()

    @property
    def lines_of_period(self) -> list[Line]:
        """The lines of the current period: that of the period, and those of upgrades in it."""
        lines = self.lines
        first = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].kind == PERIOD), 0)
        return lines[first:]

    def coming_periods(self, until: Day) -> list[Period]:
        """The periods that begin after the current one and before `until`.

        With the package of a pending downgrade, and none after the end in force.
        """
        horizon = until if self.notice is None else min(until, self.notice.ends_on)
        package = self.downgrade or self.package
        periods: list[Period] = []
        starts, number = self.next_period, self.period_number
        while starts < horizon:
            number += 1
            ends = months(self.billing_anchor, number * self.period_months)
            periods.append(Period(starts, ends, package))
            starts = ends
        return periods

    # Packages and prices

    def choose(self, package: PackageName) -> None:
        """Choose a package, at once or for the next period, with the changes announced so far as part of the choice."""
        self.knowledge = self.knowledge.choosing(package, self.list_prices[package], self.announcements)

    def keep_only_chosen(self) -> None:
        """Forget every package chosen that the subscription neither has nor has asked for."""
        self.knowledge = self.knowledge.keeping(self.package, self.downgrade)

    @property
    def price_changes(self) -> dict[str, PriceChanges]:
        """By each package chosen the changes of its price as they reach this subscription."""
        return self.knowledge.price_changes

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of the terms and of the service of the packages chosen, in order of announcement."""
        return self.knowledge.changes

    @property
    def amendments(self) -> tuple[Change, ...]:
        """The changes of the terms that change a number or a reading, likewise."""
        return self.knowledge.amendments

    # The terms

    def terms_on(self, day: Day) -> Terms:
        """The terms that bind the subscription on a day, by what has been announced so far."""
        amendments = self.knowledge.amendments
        if not amendments:
            return self.terms
        return terms_under(self.terms, [change for change in amendments if change.has_reached(day)])

    @property
    def terms_now(self) -> Terms:
        """The terms that bind it now, or bound it on its last day."""
        return terms_under(self.terms, self.amended_by)

    @property
    def terms_since(self) -> Day | None:
        """The day from which the latest change of the terms in force binds the subscription; None without a change."""
        if self.latest_terms is None or self.latest_terms.reaches is None:
            return None
        return max(self.latest_terms.reaches, self.registered_on)

    def spans_of_terms(self, today: Day) -> list[SpanOfTerms]:
        """The days up to today, by the terms in force at the start of each.

        A change announced on a day is not yet known at its start. Before the sign-up the terms as announced count.
        """
        known = [
            (max(change.reaches, days_after(change.announced_on, 1)), change)
            for change in self.amendments
            if change.reaches is not None
        ]
        firsts = sorted({FIRST_DAY, *(day for day, _ in known if day <= today)})
        lasts = [*(days_after(day, -1) for day in firsts[1:]), today]
        return [
            SpanOfTerms(first, last, terms_under(self.terms, [change for day, change in known if day <= first]))
            for first, last in zip(firsts, lasts, strict=True)
        ]

    def come_under(self, change: Change, today: Day) -> None:
        """Note a change of the terms that is in force from today on; other changes are ignored."""
        if change.new_terms is not None and change.has_reached(today):
            if change.amends:
                self.amended_by += (change,)
            if self.latest_terms is None or change.outranks(self.latest_terms):
                self.latest_terms = change

    def all_changes(self) -> list[Change]:
        """Every announced change; of a package not chosen yet as it would reach a choice made now."""
        chosen = [change for changes in self.price_changes.values() for change in changes]
        others = self.announcements.packages - self.price_changes.keys()
        known = [change for package in sorted(others) for change in self.announcements.as_chosen(package)]
        return sorted([*chosen, *self.changes, *known], key=_order)

    def changes_since(self, order: int) -> list[Change]:
        """The changes of the package in force and of the terms whose order is at least `order`."""
        prices = self.price_changes[self.package].since(order)
        others = self.changes[bisect_left(self.changes, order, key=_order) :]
        return sorted([*prices, *(each for each in others if each.touches(self.package))], key=_order)

    def changes_just_announced(self, order: int) -> list[Change]:
        """The changes of the package in force and of the terms by the last announcement, whose order is `order`."""
        package = self.package
        price = self.knowledge.price_changes[package].latest
        found = [price] if price is not None and price.order == order else []
        changes = self.knowledge.changes
        first = len(changes)
        while first and changes[first - 1].order == order:
            first -= 1
        return found + [change for change in changes[first:] if change.touches(package)]

    def as_known(self, change: Change) -> Change | None:
        """The change as it reaches the subscription now; None if it is not of the package in force or the terms."""
        if change.kind == AnnouncePriceChange.kind:
            found: Sequence[Change] = self.price_changes[self.package].since(change.order)[:1]
        else:
            first = bisect_left(self.changes, change.order, key=_order)
            found = self.changes[first : bisect_right(self.changes, change.order, key=_order)]
        names = change.order, change.package
        return next((each for each in found if (each.order, each.package) == names), None)

    def price_changes_of(self, package: str) -> PriceChanges:
        """The changes of a package's price, as for `all_changes`."""
        if package in self.price_changes:
            return self.price_changes[package]
        known = PriceChanges(self.list_prices[PackageName(package)])
        for change in self.announcements.as_chosen(package):
            if change.kind == AnnouncePriceChange.kind:
                known.add(change)
        return known

    def price(self, package: PackageName, day: Day) -> int:
        """The monthly price in øre of a package for this subscription on a day (`priser.2`).

        It is the price of the change in force with the latest effective date, of equals the last announced; without one
        it is that of the price list.
        """
        changes = self.knowledge.price_changes.get(package)
        return (self.price_changes_of(package) if changes is None else changes).price(day)

    def held_price(self, day: Day) -> tuple[int, Day]:
        """The monthly price in øre of the package in force on a day, and the next day on which it changes."""
        return self.knowledge.price_changes[self.package].held(day)

    def is_overtaken(self, change: Change) -> bool:
        """Whether another price change, in force by this one's day of effect, outranks it."""
        assert change.package is not None
        assert change.reaches is not None
        ruling = self.price_changes_of(change.package).ruling(change.reaches)
        return ruling is not None and ruling.outranks(change)


def _order(change: Change) -> int:
    return change.order
