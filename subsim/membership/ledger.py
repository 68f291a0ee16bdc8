"""The member's money: lines charged, payments, credit and refunds, in whole øre. The one owner of what is open.

Every line is due on the day it is issued (`betaling.2`). Arrears are the member's, whichever subscription they are of.
"""

from itertools import pairwise
from typing import NamedTuple

from subsim.basics.dates import LAST_DAY, Day, days_after, days_between
from subsim.basics.enumerations import DutyName
from subsim.membership import events
from subsim.membership.lines import Balance, Line, LineCopies, Lines, Run
from subsim.membership.owed import RECEIPT


class Duty(NamedTuple):
    """Something that must be done by `date`; None where the terms give no date."""

    date: Day | None
    duty: DutyName
    clause: str


class Payment(NamedTuple):
    """Money that came from the member on `date`, in øre; negative where it went back as a payment returned."""

    date: Day
    amount: int


class Adjustment(NamedTuple):
    """A correction of the member's credit on `date`, in øre, up or down."""

    date: Day
    amount: int


class Refund(NamedTuple):
    """Money that went back to the member on `date`, in øre, under `clause`."""

    date: Day
    amount: int
    clause: str


class LinePart(NamedTuple):
    """A part of a line, in øre."""

    line: Line
    amount: int


class PaymentMethod:
    """How the member pays; `expires` is the last day on which the card can be charged, where that is known.

    `last_day` is the last one on which Kabelplus can charge the method without the member; None if it can on none.
    """

    __slots__ = ("expires", "fails", "kind", "last_day")

    def __init__(self) -> None:
        self.kind: events.Payment = "card"
        self.fails = False
        self.expires: Day | None = None
        self.last_day: Day | None = LAST_DAY

    def become(self, kind: events.Payment, expires: Day | None, *, fails: bool) -> None:
        """Pay in this way from now on."""
        self.kind, self.expires, self.fails = kind, expires, fails
        if fails or kind == "invoice":
            self.last_day = None
        else:
            self.last_day = expires if kind == "card" and expires is not None else LAST_DAY

    def collects(self, today: Day) -> bool:
        """Whether Kabelplus can charge the method today without the member."""
        last_day = self.last_day
        return last_day is not None and today <= last_day

    def is_failing(self, today: Day) -> bool:
        """Whether the method cannot pay today; an invoiced member's method never fails (`adgang.16`)."""
        return self.kind != "invoice" and not self.collects(today)


class Ledger:
    """All lines, money and duties of one member.

    Payments, refunds and duties are kept as plain tuples, those of a run as the run. They become values only when they
    are read: most replays read none, and making them would take a fifth of the time of a replay.

    `open_lines` are the lines with an open part, by due date, then in the order in which they were issued.
    """

    __slots__ = ("_adjustments", "_duties", "_payments", "_refunds", "credit", "issued", "method", "open_lines")

    def __init__(self) -> None:
        self._duties: list[tuple[Day | None, DutyName, str] | Run] = []
        self.method = PaymentMethod()
        self.issued = Lines()
        self.open_lines: list[Line] = []
        self.credit = 0
        self._payments: list[tuple[Day, int] | Run] = []
        self._adjustments: tuple[tuple[Day, int], ...] = ()
        self._refunds: tuple[tuple[Day, int, str], ...] = ()

    def copy(self, copies: LineCopies) -> "Ledger":
        """The same, of copies."""
        same = Ledger()
        same.issued = self.issued.copy(copies)
        same.open_lines = [copies.line(line) for line in self.open_lines]
        same._duties = [copies.run(each) if isinstance(each, Run) else each for each in self._duties]
        same._payments = [copies.run(each) if isinstance(each, Run) else each for each in self._payments]
        same._adjustments, same._refunds = self._adjustments, self._refunds
        same.credit = self.credit
        same.method.become(self.method.kind, self.method.expires, fails=self.method.fails)
        return same

    @property
    def lines(self) -> list[Line]:
        """All lines, in the order in which they were issued."""
        return self.issued.all()

    @property
    def payments(self) -> list[Payment]:
        """All money from the member, in order."""
        found: list[Payment] = []
        for entry in self._payments:
            if isinstance(entry, Run):
                found += [Payment(day, entry.amount) for day in entry.days()]
            else:
                found.append(Payment(*entry))
        return found

    @property
    def received(self) -> "list[tuple[Day, int] | Run]":
        """The payments: day and amount of each, or a run whose lines are all paid."""
        return self._payments

    @property
    def adjustments(self) -> list[Adjustment]:
        """All corrections of the credit, in order."""
        return [Adjustment(*entry) for entry in self._adjustments]

    @property
    def refunds(self) -> list[Refund]:
        """All money paid back to the member, in order."""
        return [Refund(*entry) for entry in self._refunds]

    @property
    def duties(self) -> list[Duty]:
        """All duties, in the order in which they arose."""
        found: list[Duty] = []
        for entry in self._duties:
            if isinstance(entry, Run):
                found += [Duty(day, RECEIPT, "fornyelse.3") for day in entry.days()]
            else:
                found.append(Duty(*entry))
        return found

    def charge_run(self, run: Run) -> None:
        """Issue periods that are all paid on their days. There must be no credit, and the last must be collectable."""
        self.issued.entries.append(run)
        self._payments.append(run)
        if self.method.kind == "card":
            self._duties.append(run)

    def charge(self, line: Line) -> None:
        """Issue a line and settle it on its due date: from the member's credit, then by the payment method."""
        today, left = line.due, line.open
        self.issued.add(line)
        if self.credit:
            used = min(self.credit, left)
            self.credit -= used
            left -= used
        if left and self.method.collects(today):
            self._receive(left, today)
            left = 0
        line.open = left
        if left:
            line.balances = [Balance(today, left)]
            self.open_lines.append(line)
        else:
            line.paid_on = today

    def take_at_once(self, line: Line) -> None:
        """Issue a line that is paid in full when it is bought, without using the credit (`betaling.2`)."""
        self.issued.add(line)
        self._receive(line.open, line.due)
        line.open, line.paid_on = 0, line.due

    def give_credit(self, line: Line) -> None:
        """Issue a credit line; the caller settles and pays it out by `cancel` and `refund`."""
        self.issued.add(line)
        line.open, line.paid_on = 0, line.due

    def pay(self, amount: int, today: Day) -> int:
        """Take the member's own payment for the oldest due amounts. Return the surplus, which becomes credit."""
        self._payments.append((today, amount))
        return self._cover(amount, today)

    def adjust_credit(self, amount: int, today: Day) -> int:
        """Change the credit by an amount of either sign; an increase covers the oldest due amounts first.

        Return the surplus. A decrease may not go below zero; the caller refuses that.
        """
        self._adjustments += ((today, amount),)
        if amount > 0:
            return self._cover(amount, today)
        self.credit += amount
        return 0

    def take_back(self, amount: int, today: Day) -> list[LinePart]:
        """Return a payment: from the credit first, then from the newest paid lines, which open again.

        Return these lines, each with its part. The amount may not exceed `stands_paid`; the caller refuses that.
        """
        self._payments.append((today, -amount))
        from_credit = min(amount, self.credit)
        self.credit -= from_credit
        amount -= from_credit
        opened: list[LinePart] = []
        for line in reversed(self.lines):
            if part := min(amount, line.paid):
                self._reopen(line, part, today)
                opened.append(LinePart(line, part))
                amount -= part
        self.open_lines = [line for line in self.lines if line.open]
        return opened

    def charged_in_all(self) -> int:
        """The sum of all lines."""
        return sum([entry.in_all if isinstance(entry, Run) else entry.amount for entry in self.issued.entries])

    def paid_in_all(self) -> int:
        """The sum of all payments, less those returned."""
        return sum([entry.in_all if isinstance(entry, Run) else entry[1] for entry in self._payments])

    def refunded_in_all(self) -> int:
        """The sum of all refunds."""
        return sum([amount for _day, amount, _clause in self._refunds])

    def adjusted_in_all(self) -> int:
        """The sum of all corrections of the credit."""
        return sum([amount for _day, amount in self._adjustments])

    def stands_paid(self) -> int:
        """The member's money that has not been returned or paid out: paid on lines, and credit."""
        return self.credit + sum([line.paid for line in self.lines])

    def _cover(self, amount: int, today: Day) -> int:
        """Cover the oldest due amounts; the surplus becomes credit."""
        for line in self.open_lines:
            if not amount:
                break
            part = min(amount, line.open)
            amount -= part
            self._reduce(line, part, today)
        self.open_lines = [line for line in self.open_lines if line.open]
        self.credit += amount
        return amount

    def collect_arrears(self, today: Day) -> int:
        """Charge the payment method for all that is open, if it can be charged. Return the sum collected."""
        if not self.method.collects(today):
            return 0
        collected = sum(line.open for line in self.open_lines)
        for line in self.open_lines:
            self._receive(line.open, today)
            self._reduce(line, line.open, today)
        self.open_lines = []
        return collected

    def cancel(self, line: Line, part: int, today: Day) -> None:
        """Drop a part of what is open of a line; such a line never counts as paid."""
        if part:
            line.cancelled += part
            line.open -= part
            self._note_open(line, today)
            self.open_lines = [other for other in self.open_lines if other.open]

    def refund(self, amount: int, today: Day, clause: str) -> None:
        """Pay money back to the member."""
        if amount:
            self._refunds += ((today, amount, clause),)

    def pay_out_credit(self, amount: int, today: Day, clause: str) -> None:
        """Pay out a part of the credit. The amount may not exceed it; the caller refuses that."""
        self.credit -= amount
        self._refunds += ((today, amount, clause),)

    def owe(self, date: Day | None, duty: DutyName, clause: str) -> None:
        """Note a duty, of the member or of Kabelplus."""
        self._duties.append((date, duty, clause))

    def has_overdue(self, days: int, today: Day) -> bool:
        """Whether some amount is open more than `days` days after its due date (`betaling.4`)."""
        return any(days_between(line.due, today) > days for line in self.open_lines)

    def has_been_overdue(self, days: int, first: Day, last: Day) -> bool:
        """Whether a day of `[first, last]` began with some amount open more than `days` days after its due date."""
        return any(_open_past(line, days, first, last) for line in self.lines if line.balances)

    def _receive(self, amount: int, today: Day) -> None:
        if amount:
            self._payments.append((today, amount))
            if self.method.kind == "card":
                self._duties.append((today, RECEIPT, "fornyelse.3"))

    def _reduce(self, line: Line, part: int, today: Day) -> None:
        line.open -= part
        self._note_open(line, today)
        if not line.open and not line.cancelled:
            line.paid_on = today

    def _reopen(self, line: Line, part: int, today: Day) -> None:
        if line.balances is None:
            line.balances = [Balance(line.due, 0)]
        line.open += part
        line.paid_on = None
        self._note_open(line, today)

    def _note_open(self, line: Line, today: Day) -> None:
        assert line.balances is not None
        line.balances.append(Balance(today, line.open))


def _open_past(line: Line, days: int, first: Day, last: Day) -> bool:
    """Whether a day of `[first, last]`, more than `days` days after the due date, began with the line open."""
    assert line.balances is not None
    late_from = max(first, days_after(line.due, days + 1))
    return any(
        before.amount and max(late_from, days_after(before.day, 1)) <= min(after.day, last)
        for before, after in pairwise([*line.balances, Balance(last, 0)])
    )
