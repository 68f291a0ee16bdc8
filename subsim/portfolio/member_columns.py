"""What a portfolio run writes of members, and adds up, as columns of whole numbers: settled periods as their runs.

Days are their ordinals and 0 for none, texts their numbers among all texts, and amounts øre. These functions run for
each of a million members, so mypyc compiles them with the replay.
"""

from collections.abc import Iterable

from subsim.basics.dates import Day
from subsim.engine import ways
from subsim.engine.cohorts import Exits
from subsim.membership.events import Announcement
from subsim.membership.ledger import PERIODS_UNDER, Line
from subsim.membership.ledger import Run as Settled
from subsim.membership.member import Member
from subsim.membership.owed import PERIOD
from subsim.membership.phases import Phase
from subsim.rules import interest

MEMBERS = ("line", "subscriptions", "refunds", "refused", "interest")
"""What stands of a member in `MemberColumns.members`: the number of his line, the lengths of lists, the interest."""
SUBSCRIPTIONS = (
    *("id", "state", "suspended", "package", "registered_on", "binding_ends", "ends_on", "ended_on", "end_reason"),
    *("terms_since", "states"),
)
STATES = ("from", "state")
MONEY = ("member", "date", "amount")
REFUNDS = ("member", "date", "amount", "clause")
REFUSED = ("date", "event", "subscription", "clause", "reason")
ENTRIES = (
    *("member", "kind", "subscription", "package", "due", "from", "to", "amount", "paid_on", "interest", "clause"),
    "periods",
)
"""What stands of a line; of a run its number of `periods`, which is 0 for a line, and its days as none."""
EXITS = ("announcement", "subscriptions", "revenue")
NO_TEXT = 0
_STATE_OF = {phase: phase.value for phase in Phase}


def late_interest(member: Member, until: Day) -> dict[Line, int]:
    """The interest on each line that was open after its due date; FaultInFacts where a reference rate is not known."""
    rates = member.terms.reference_rates
    found: dict[Line, int] = {}
    for entry in member.ledger.issued.entries:
        if not (isinstance(entry, Settled) and entry.is_whole):
            for line in entry.lines() if isinstance(entry, Settled) else (entry,):
                if line.balances is not None:
                    found[line] = interest.interest(line, until, rates)
    return found


def exit_through(number: int, announcement: Announcement, member: Member) -> Exits:
    """Who can leave through an announced change of this number, as the day of its announcement ends."""
    day, kind = announcement.date, announcement.kind
    leaving = [
        each
        for each in member.subscriptions
        if each.is_live and ways.is_sooner(ways.way_out(member, each, day, kind), each.ends_on)
    ]
    return Exits(number, len(leaving), sum([each.price(each.package, day) for each in leaving]))


class MemberColumns:
    """The columns of the members added: each list has the values of one row after the other, as the tuples above."""

    def __init__(self) -> None:
        self.texts: list[str | None] = [None]
        """The texts by their numbers, of which NO_TEXT is none."""
        self._texts: dict[str | None, int] = {None: NO_TEXT}
        self.begin()

    def begin(self) -> None:
        """Begin anew, without any member; texts keep their numbers."""
        self.ids: list[str | None] = []
        self.members: list[int] = []
        self.subscriptions: list[int] = []
        self.states: list[int] = []
        self.refunds: list[int] = []
        self.refused: list[int] = []
        self.entries: list[int] = []
        self.days: list[int] = []
        """The days on which the periods of the runs begin, and the last of each ends."""
        self.payments: list[int] = []
        """Those but of whole runs, of which each period is paid on its first day."""
        self.adjustments: list[int] = []
        self.exits: list[int] = []
        self.phases: dict[str, int] = {}
        """How many members are in each phase."""

    def add(self, number: int, member: Member, late: dict[Line, int], leaving: Iterable[Exits]) -> None:
        """Add the member in this line, with the interest on his late lines and the ways out that he had."""
        ledger, place, refused = member.ledger, len(self.ids), 0
        self._add_lines(place, member, late)
        for day, amount, clause in ledger.refunds:
            self.refunds.extend((place, day.toordinal(), amount, self._text(clause)))
        for each in member.decisions:
            ruling = each.ruling
            if ruling.verdict == "refused":
                self.refused.extend(
                    (
                        each.date.toordinal(),
                        self._text(each.event),
                        self._text(each.subscription),
                        self._text(ruling.clause),
                        self._text(str(ruling.because)),
                    )
                )
                refused += 1
        for received in ledger.received:
            if not isinstance(received, Settled):
                self.payments.extend((place, received[0].toordinal(), received[1]))
            elif not received.is_whole:
                for day in received.days():
                    self.payments.extend((place, day.toordinal(), received.amount))
        for adjustment in ledger.adjustments:
            self.adjustments.extend((place, adjustment.date.toordinal(), adjustment.amount))
        for each_exit in leaving:
            self.exits.extend((each_exit.order, each_exit.subscriptions, each_exit.revenue))
        self.members.extend(
            (
                number,
                len(member.subscriptions),
                len(ledger.refunds),
                refused,
                sum(late.values()),
            )
        )
        self.ids.append(member.person.id)
        self._add_subscriptions(member)

    def _add_subscriptions(self, member: Member) -> None:
        """Where each stands, and the phase of the latest, a live one before those that have ended; `none` without."""
        phase = ""
        live = ""
        for each in member.subscriptions:
            assert each.phase is not None
            phase = _STATE_OF[each.phase]
            if phase != "ended":
                live = phase
            self.subscriptions.extend(
                (
                    self._text(each.id),
                    self._text(phase),
                    each.is_suspended,
                    self._text(each.package),
                    each.registered_on.toordinal(),
                    each.binding_ends.toordinal(),
                    _ordinal(each.ends_on),
                    _ordinal(each.ended_on),
                    self._text(each.end_reason),
                    _ordinal(each.terms_since),
                    len(each.states),
                )
            )
            for start in each.states:
                self.states.extend((start.day.toordinal(), self._text(_STATE_OF[start.phase])))
        phase = live or phase or "none"
        self.phases[phase] = self.phases.get(phase, 0) + 1

    def _add_lines(self, place: int, member: Member, late: dict[Line, int]) -> None:
        for entry in member.ledger.issued.entries:
            if isinstance(entry, Line):
                self._add_line(place, entry, late.get(entry, 0))
            elif entry.is_whole:
                self._add_run(place, entry)
            else:
                for line in entry.lines():
                    self._add_line(place, line, late.get(line, 0))

    def _add_run(self, place: int, run: Settled) -> None:
        of, package = self._text(run.subscription), self._text(run.package)
        clause, number = self._text(PERIODS_UNDER), run.after - run.first
        self.entries.extend((place, self._text(PERIOD), of, package, 0, 0, 0, run.amount, 0, 0, clause, number))
        self.days.extend([day.toordinal() for day in run.starts[run.first : run.after + 1]])

    def _add_line(self, place: int, line: Line, on_it: int) -> None:
        self.entries.extend(
            (
                place,
                self._text(line.kind),
                self._text(line.subscription),
                self._text(line.package),
                line.due.toordinal(),
                _ordinal(line.starts),
                _ordinal(line.ends),
                line.amount,
                _ordinal(line.paid_on),
                on_it,
                self._text(line.clause),
                0,
            )
        )

    def _text(self, text: str | None) -> int:
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = len(self.texts)
            self.texts.append(text)
        return found


def _ordinal(day: Day | None) -> int:
    return 0 if day is None else day.toordinal()
