"""The results of a portfolio run for its members, as columns; settled periods are kept as their runs.

A text is its number among all texts, an amount is in øre. One list has the whole numbers of a table, row after row, and
another its days, with NO_DAY for none, since Arrow turns days into numbers faster than Python does. mypyc compiles
these functions with the replay, since they run for every member.
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
from subsim.portfolio.numbered import Numbered
from subsim.rules import interest

MEMBERS = ("line", "subscriptions", "refunds", "refused", "interest")
"""What stands of a member in `MemberColumns.members`: the number of his line, the lengths of lists, the interest."""
SUBSCRIPTIONS = ("id", "state", "suspended", "package", "end_reason", "states")
SUBSCRIPTION_DAYS = ("registered_on", "binding_ends", "ends_on", "ended_on", "terms_since")
MONEY = ("member", "amount")
REFUNDS = ("member", "amount", "clause")
REFUSED = ("event", "subscription", "clause", "reason")
ENTRIES = ("member", "kind", "subscription", "package", "amount", "interest", "clause", "periods")
"""What stands of a line; of a run its number of `periods`, which is 0 for a line."""
ENTRY_DAYS = ("due", "from", "to", "paid_on")
"""The days of a line; a run has them in a list of its own, and here NO_DAY."""
EXITS = ("announcement", "subscriptions", "revenue")
NO_TEXT = 0
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
        self.texts: dict[str | None, int] = Numbered({None: NO_TEXT})
        """The numbers of the texts, in the order of the numbers."""
        self.begin()

    def begin(self) -> None:
        """Remove all members; texts keep their numbers."""
        self.ids: list[str | None] = []
        self.members: list[int] = []
        self.subscriptions: list[int] = []
        self.subscription_days: list[Day] = []
        self.states: list[int] = []
        self.state_days: list[Day] = []
        self.refunds: list[int] = []
        self.refund_days: list[Day] = []
        self.refused: list[int] = []
        self.refused_days: list[Day] = []
        self.entries: list[int] = []
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
        ledger, place, texts = member.ledger, len(self.ids), self.texts
        self._add_lines(place, member, late)
        for day, amount, clause in ledger.refunds:
            self.refunds.extend((place, amount, texts[clause]))
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
        number, texts = 0, self.texts
        for each in member.decisions:
            ruling = each.ruling
            if ruling.verdict == "refused":
                self.refused.extend(
                    (texts[each.event], texts[each.subscription], texts[ruling.clause], texts[str(ruling.because)])
                )
                self.refused_days.append(each.date)
                number += 1
        return number

    def _add_subscriptions(self, member: Member) -> None:
        """Add the subscriptions of a member, and count his phase.

        It is the phase of his latest live subscription, else of his latest one, and `none` without any.
        """
        texts = self.texts
        phase = ""
        live = ""
        for each in member.subscriptions:
            assert each.phase is not None
            phase = _STATE_OF[each.phase]
            if phase != "ended":
                live = phase
            states = each.states
            self.subscriptions.extend(
                (
                    texts[each.id],
                    texts[phase],
                    each.is_suspended,
                    texts[each.package],
                    texts[each.end_reason],
                    len(states),
                )
            )
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
                self.states.append(texts[_STATE_OF[start.phase]])
                self.state_days.append(start.day)
        phase = live or phase or "none"
        self.phases[phase] = self.phases.get(phase, 0) + 1

    def _add_lines(self, place: int, member: Member, late: dict[Line, int]) -> None:
        for entry in member.ledger.issued.entries:
            if isinstance(entry, Line):
                self._add_line(place, entry, late)
            elif entry.is_whole:
                texts, first, after = self.texts, entry.first, entry.after
                of, package = texts[entry.subscription], texts[entry.package]
                kind, clause = texts[PERIOD], texts[PERIODS_UNDER]
                self.entries.extend((place, kind, of, package, entry.amount, 0, clause, after - first))
                self.entry_days.extend(_DAYS_OF_RUN)
                self.run_days.extend(entry.starts[first : after + 1])
            else:
                for line in entry.lines():
                    self._add_line(place, line, late)

    def _add_line(self, place: int, line: Line, late: dict[Line, int]) -> None:
        texts = self.texts
        kind, of, package, clause = texts[line.kind], texts[line.subscription], texts[line.package], texts[line.clause]
        on_it = late.get(line, 0) if late else 0
        self.entries.extend((place, kind, of, package, line.amount, on_it, clause, 0))
        self.entry_days.extend(
            (line.due, line.starts or NO_DAY, line.ends or NO_DAY, line.paid_on or NO_DAY),
        )
