"""The results of a portfolio run for its members, as columns; settled periods are kept as their runs.

An amount is in øre. One list has the whole numbers of a table, row after row, another its texts, and another its days,
with NO_DAY for none: texts and days are turned into numbers for many members at once. mypyc compiles these functions
with the replay, since they run for every member.
"""

from collections.abc import Iterable

from subsim.basics.dates import Day
from subsim.engine import ways
from subsim.engine.cohorts import Exits
from subsim.membership.events import Announcement
from subsim.membership.lines import PERIODS_UNDER, Line
from subsim.membership.lines import Run as Settled
from subsim.membership.member import Member
from subsim.membership.owed import PERIOD
from subsim.membership.phases import Phase
from subsim.rules import interest

MEMBERS = ("line", "subscriptions", "refunds", "refused", "interest")
"""What stands of a member in `MemberColumns.members`: the number of his line, the lengths of lists, the interest."""
SUBSCRIPTIONS = ("suspended", "states")
SUBSCRIPTION_TEXTS = ("id", "state", "package", "end_reason")
SUBSCRIPTION_DAYS = ("registered_on", "binding_ends", "ends_on", "ended_on", "terms_since")
MONEY = ("member", "amount")
REFUSED_TEXTS = ("event", "subscription", "clause", "reason")
ENTRIES = ("member", "amount", "interest", "periods")
"""What stands of a line; of a run its number of `periods`, which is 0 for a line."""
ENTRY_TEXTS = ("kind", "subscription", "package", "clause")
ENTRY_DAYS = ("due", "from", "to", "paid_on")
"""The days of a line; a run has them in a list of its own, and here NO_DAY."""
EXITS = ("announcement", "subscriptions", "revenue")
NO_DAY = Day.min
_DAYS_OF_RUN = (NO_DAY,) * len(ENTRY_DAYS)
_STATE_OF = {phase: phase.value for phase in Phase}


def late_interest(member: Member, until: Day) -> dict[Line, int]:
    """The interest in øre on each line that was open after its due date, until a day.

    FaultInFacts where a reference rate is not known.
    """
    rates = member.terms.reference_rates
    found: dict[Line, int] = {}
    for entry in member.ledger.issued.entries:
        if not (isinstance(entry, Settled) and entry.is_whole):
            for line in entry.lines() if isinstance(entry, Settled) else (entry,):
                if line.balances is not None:
                    found[line] = interest.interest(line, until, rates)
    return found


def exit_through(number: int, announcement: Announcement, member: Member) -> Exits:
    """Count the subscriptions that can leave because of an announced change, with their monthly prices in øre.

    They are judged as the day of its announcement ends. `number` is the place of the announcement among all, from 0.
    """
    day, kind = announcement.date, announcement.kind
    leaving = [
        each
        for each in member.subscriptions
        if each.is_live and ways.is_sooner(ways.way_out(member, each, day, kind), each.ends_on)
    ]
    return Exits(number, len(leaving), sum([each.price(each.package, day) for each in leaving]))


class MemberColumns:
    """The columns of the members added. Each list has the values of all rows in turn, named by the tuples above."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Remove all members."""
        self.ids: list[str | None] = []
        self.members: list[int] = []
        self.subscriptions: list[int] = []
        self.subscription_texts: list[str | None] = []
        self.subscription_days: list[Day] = []
        self.states: list[str | None] = []
        self.state_days: list[Day] = []
        self.refunds: list[int] = []
        self.refund_clauses: list[str | None] = []
        self.refund_days: list[Day] = []
        self.refused_texts: list[str | None] = []
        self.refused_days: list[Day] = []
        self.entries: list[int] = []
        self.entry_texts: list[str | None] = []
        self.entry_days: list[Day] = []
        self.run_days: list[Day] = []
        """The days on which the periods of the runs begin, and the last of each ends."""
        self.payments: list[int] = []
        """Those but of whole runs, of which each period is paid on its first day."""
        self.payment_days: list[Day] = []
        self.adjustments: list[int] = []
        self.adjustment_days: list[Day] = []
        self.exits: list[int] = []
        self.phases: dict[str, int] = {}
        """How many members are in each phase."""

    def add(self, number: int, member: Member, late: dict[Line, int], leaving: Iterable[Exits]) -> None:
        """Add a member: the number of his line, the interest on his late lines, and his exits at announcements."""
        ledger, place = member.ledger, len(self.ids)
        self._add_lines(place, member, late)
        for day, amount, clause in ledger.refunds:
            self.refunds.extend((place, amount))
            self.refund_clauses.append(clause)
            self.refund_days.append(day)
        refused = self._add_refused(member) if member.decisions else 0
        for received in ledger.received:
            if not isinstance(received, Settled):
                self.payments.extend((place, received[1]))
                self.payment_days.append(received[0])
            elif not received.is_whole:
                for day in received.days():
                    self.payments.extend((place, received.amount))
                    self.payment_days.append(day)
        for adjustment in ledger.adjustments:
            self.adjustments.extend((place, adjustment.amount))
            self.adjustment_days.append(adjustment.date)
        for each in leaving:
            self.exits.extend((each.order, each.subscriptions, each.revenue))
        interest_in_all = sum(late.values()) if late else 0
        self.members.extend((number, len(member.subscriptions), len(ledger.refunds), refused, interest_in_all))
        self.ids.append(member.person.id)
        self._add_subscriptions(member)

    def _add_refused(self, member: Member) -> int:
        """Add the refused events, and say how many."""
        number = 0
        for each in member.decisions:
            ruling = each.ruling
            if ruling.verdict == "refused":
                self.refused_texts.extend((each.event, each.subscription, ruling.clause, str(ruling.because)))
                self.refused_days.append(each.date)
                number += 1
        return number

    def _add_subscriptions(self, member: Member) -> None:
        """Add the subscriptions of a member, and count his phase.

        It is the phase of his latest live subscription, else of his latest one, and `none` without any.
        """
        phase = ""
        live = ""
        for each in member.subscriptions:
            assert each.phase is not None
            phase = _STATE_OF[each.phase]
            if phase != "ended":
                live = phase
            states = each.states
            self.subscriptions.extend((each.is_suspended, len(states)))
            self.subscription_texts.extend((each.id, phase, each.package, each.end_reason))
            self.subscription_days.extend(
                (
                    each.registered_on,
                    each.binding_ends,
                    each.ends_on or NO_DAY,
                    each.ended_on or NO_DAY,
                    each.terms_since or NO_DAY,
                )
            )
            for start in states:
                self.states.append(_STATE_OF[start.phase])
                self.state_days.append(start.day)
        phase = live or phase or "none"
        self.phases[phase] = self.phases.get(phase, 0) + 1

    def _add_lines(self, place: int, member: Member, late: dict[Line, int]) -> None:
        for entry in member.ledger.issued.entries:
            if isinstance(entry, Line):
                self._add_line(place, entry, late)
            elif entry.is_whole:
                first, after = entry.first, entry.after
                self.entries.extend((place, entry.amount, 0, after - first))
                self.entry_texts.extend((PERIOD, entry.subscription, entry.package, PERIODS_UNDER))
                self.entry_days.extend(_DAYS_OF_RUN)
                self.run_days.extend(entry.starts[first : after + 1])
            else:
                for line in entry.lines():
                    self._add_line(place, line, late)

    def _add_line(self, place: int, line: Line, late: dict[Line, int]) -> None:
        self.entries.extend((place, line.amount, late.get(line, 0) if late else 0, 0))
        self.entry_texts.extend((line.kind, line.subscription, line.package, line.clause))
        self.entry_days.extend(
            (line.due, line.starts or NO_DAY, line.ends or NO_DAY, line.paid_on or NO_DAY),
        )
