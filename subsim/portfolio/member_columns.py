"""The results of a portfolio run for its members, as columns; settled periods are kept as their runs.

An amount is in øre, and a text has a number. One list has the whole numbers of a table, row after row, and another its
days, with NO_DAY for none, which are turned into numbers for many members at once. mypyc compiles these functions
with the replay, since they run for every member: there to append a value takes 50 instructions, and to extend a list
by a tuple 450.
"""

from collections.abc import Iterable
from typing import Final

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
SUBSCRIPTIONS = ("suspended", "states", "id", "state", "package", "end_reason")
SUBSCRIPTION_DAYS = ("registered_on", "binding_ends", "ends_on", "ended_on", "terms_since")
MONEY = ("member", "amount")
REFUSED = ("event", "subscription", "clause", "reason")
ENTRIES = ("member", "amount", "interest", "periods", "kind", "subscription", "package", "clause")
"""What stands of a line; of a run its number of `periods`, which is 0 for a line."""
LINE_DAYS = ("due", "from", "to", "paid_on")
"""The days of a line; those of a run are in a list of its own."""
EXITS = ("announcement", "subscriptions", "revenue")
NO_DAY: Final = Day.min
_STATE_OF: Final = {phase: phase.value for phase in Phase}


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
        self.texts: dict[str | None, int] = {None: 0}
        """The number of each text so far, in the order of the numbers."""
        self.begin()

    def begin(self) -> None:
        """Remove all members; the texts keep their numbers."""
        self.ids: list[str | None] = []
        self.members: list[int] = []
        self.subscriptions: list[int] = []
        self.subscription_days: list[Day] = []
        self.states: list[int] = []
        self.state_days: list[Day] = []
        self.refunds: list[int] = []
        self.refund_clauses: list[int] = []
        self.refund_days: list[Day] = []
        self.refused: list[int] = []
        self.refused_days: list[Day] = []
        self.entries: list[int] = []
        self.line_days: list[Day] = []
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

    def _text(self, text: str | None) -> int:
        """The number of a text; a new one gets the next number."""
        number = self.texts.get(text)
        if number is None:
            number = len(self.texts)
            self.texts[text] = number
        return number

    def add(self, number: int, member: Member, late: dict[Line, int], leaving: Iterable[Exits]) -> None:
        """Add a member: the number of his line, the interest on his late lines, and his exits at announcements."""
        ledger, place = member.ledger, len(self.ids)
        self._add_lines(place, member, late)
        for day, amount, clause in ledger.refunds:
            self.refunds.extend((place, amount))
            self.refund_clauses.append(self._text(clause))
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
        exits = self.exits
        for each in leaving:
            exits.append(each.order)
            exits.append(each.subscriptions)
            exits.append(each.revenue)
        members = self.members
        members.append(number)
        members.append(len(member.subscriptions))
        members.append(len(ledger.refunds))
        members.append(refused)
        members.append(sum(late.values()) if late else 0)
        self.ids.append(member.person.id)
        self._add_subscriptions(member)

    def _add_refused(self, member: Member) -> int:
        """Add the refused events, and say how many."""
        number = 0
        for each in member.decisions:
            ruling = each.ruling
            if ruling.verdict == "refused":
                for text in (each.event, each.subscription, ruling.clause, str(ruling.because)):
                    self.refused.append(self._text(text))
                self.refused_days.append(each.date)
                number += 1
        return number

    def _add_subscriptions(self, member: Member) -> None:
        """Add the subscriptions of a member, and count his phase.

        It is the phase of his latest live subscription, else of his latest one, and `none` without any.
        """
        phase = ""
        live = ""
        subscriptions, days = self.subscriptions, self.subscription_days
        for each in member.subscriptions:
            assert each.phase is not None
            phase = _STATE_OF[each.phase]
            if phase != "ended":
                live = phase
            states = each.states
            subscriptions.append(each.is_suspended)
            subscriptions.append(len(states))
            subscriptions.append(self._text(each.id))
            subscriptions.append(self._text(phase))
            subscriptions.append(self._text(each.package))
            subscriptions.append(self._text(each.end_reason))
            days.append(each.registered_on)
            days.append(each.binding_ends)
            days.append(each.ends_on or NO_DAY)
            days.append(each.ended_on or NO_DAY)
            days.append(each.terms_since or NO_DAY)
            for start in states:
                self.states.append(self._text(_STATE_OF[start.phase]))
                self.state_days.append(start.day)
        phase = live or phase or "none"
        self.phases[phase] = self.phases.get(phase, 0) + 1

    def _add_lines(self, place: int, member: Member, late: dict[Line, int]) -> None:
        entries = self.entries
        for entry in member.ledger.issued.entries:
            if isinstance(entry, Line):
                self._add_line(place, entry, late)
            elif entry.is_whole:
                first, after = entry.first, entry.after
                entries.append(place)
                entries.append(entry.amount)
                entries.append(0)
                entries.append(after - first)
                entries.append(self._text(PERIOD))
                entries.append(self._text(entry.subscription))
                entries.append(self._text(entry.package))
                entries.append(self._text(PERIODS_UNDER))
                self.run_days.extend(entry.starts[first : after + 1])
            else:
                for line in entry.lines():
                    self._add_line(place, line, late)

    def _add_line(self, place: int, line: Line, late: dict[Line, int]) -> None:
        entries, days = self.entries, self.line_days
        entries.append(place)
        entries.append(line.amount)
        entries.append(late.get(line, 0) if late else 0)
        entries.append(0)
        entries.append(self._text(line.kind))
        entries.append(self._text(line.subscription))
        entries.append(self._text(line.package))
        entries.append(self._text(line.clause))
        days.append(line.due)
        days.append(line.starts or NO_DAY)
        days.append(line.ends or NO_DAY)
        days.append(line.paid_on or NO_DAY)
