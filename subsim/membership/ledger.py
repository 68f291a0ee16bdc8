"""The member's money: lines charged, payments, credit and refunds, in whole øre. The one owner of what is open.

Every line is due on the day it is issued (`betaling.2`). Arrears are the member's, whichever subscription they are of.
"""

from subsim.basics.dates import Day, days_between
from subsim.basics.enumerations import LineKind
from subsim.membership.events import Payment

DutyEntry = tuple[Day | None, str, str]
"""A duty as a replay notes it: the day, the duty, the clause."""


class PaymentMethod:
    """How the member pays; `expires` is the last day on which the card can be charged, where that is known."""

    def __init__(self) -> None:
        self.kind: Payment = "card"
        self.fails = False
        self.expires: Day | None = None

    def collects(self, today: Day) -> bool:
        """Whether Kabelplus can charge the method today of its own accord."""
        if self.fails or self.kind == "invoice":
            return False
        return self.kind != "card" or self.expires is None or today <= self.expires

    def is_failing(self, today: Day) -> bool:
        """Whether the method cannot pay today; an invoiced member's method never fails (`adgang.16`)."""
        return self.kind != "invoice" and not self.collects(today)


class Line:
    """One invoice line; it covers `[starts, ends)`. `open` is what is neither paid nor cancelled of it.

    `open_after` is for a line left open on its due date: what was open after that day and each day that changed it.
    """

    def __init__(
        self,
        kind: LineKind,
        subscription: str,
        package: str | None,
        starts: Day | None,
        ends: Day | None,
        due: Day,
        amount: int,
        clause: str,
    ) -> None:
        self.kind: LineKind = kind
        self.subscription = subscription
        self.package = package
        self.starts = starts
        self.ends = ends
        self.due = due
        self.amount = self.open = amount
        self.clause = clause
        self.paid_on: Day | None = None
        self.is_cancelled = False
        self.bears_interest = True
        self.open_after: list[tuple[Day, int]] | None = None

    def covers(self) -> int:
        """The number of days that the line covers."""
        assert self.starts is not None
        assert self.ends is not None
        return days_between(self.starts, self.ends)


class Ledger:
    """All lines and money of one member.

    `open_lines` are those with something open, oldest due first; those of one due date in the order they arose.
    """

    def __init__(self, duties: list[DutyEntry]) -> None:
        self.duties = duties
        self.method = PaymentMethod()
        self.lines: list[Line] = []
        self.open_lines: list[Line] = []
        self.credit = 0
        self.payments: list[tuple[Day, int]] = []
        self.refunds: list[tuple[Day, int, str]] = []

    def charge(self, line: Line) -> None:
        """Issue a line and settle it on its due date: from the member's credit, then by the payment method."""
        today, left = line.due, line.open
        self.lines.append(line)
        if self.credit:
            used = min(self.credit, left)
            self.credit -= used
            left -= used
        if left and self.method.collects(today):
            self._receive(left, today)
            left = 0
        line.open = left
        if left:
            line.open_after = [(today, left)]
            self.open_lines.append(line)
        else:
            line.paid_on = today

    def take_at_once(self, line: Line) -> None:
        """Issue a line that is paid in full as it is bought, the member's credit untouched (`betaling.2`)."""
        self.lines.append(line)
        self._receive(line.open, line.due)
        line.open, line.paid_on = 0, line.due

    def give_credit(self, line: Line) -> None:
        """Issue a credit line; what it settles and pays out is done by `cancel` and `refund`."""
        self.lines.append(line)
        line.open, line.paid_on = 0, line.due

    def pay(self, amount: int, today: Day) -> int:
        """Take the member's own payment for the oldest due amounts; the surplus is credit, and is returned."""
        self.payments.append((today, amount))
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
        """Charge the payment method for all that is open, if it can be charged; the sum collected."""
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
            line.is_cancelled = True
            line.open -= part
            self._note_open(line, today)
            self.open_lines = [other for other in self.open_lines if other.open]

    def refund(self, amount: int, today: Day, clause: str) -> None:
        """Pay money back to the member."""
        if amount:
            self.refunds.append((today, amount, clause))

    def has_overdue(self, days: int, today: Day) -> bool:
        """Whether some amount is open more than `days` days after its due date (`betaling.4`)."""
        return any(days_between(line.due, today) > days for line in self.open_lines)

    def has_been_overdue(self, days: int, today: Day) -> bool:
        """Whether some amount was open more than `days` days after its due date as this day or one before it began."""
        return any(_open_past(line, days, today) for line in self.lines if line.open_after)

    def _receive(self, amount: int, today: Day) -> None:
        if amount:
            self.payments.append((today, amount))
            if self.method.kind == "card":
                self.duties.append((today, "receipt", "fornyelse.3"))

    def _reduce(self, line: Line, part: int, today: Day) -> None:
        line.open -= part
        self._note_open(line, today)
        if not line.open and not line.is_cancelled:
            line.paid_on = today

    def _note_open(self, line: Line, today: Day) -> None:
        assert line.open_after is not None
        line.open_after.append((today, line.open))


def _open_past(line: Line, days: int, today: Day) -> bool:
    assert line.open_after is not None
    settled_on = line.open_after[-1][0] if not line.open else today
    return days_between(line.due, min(settled_on, today)) > days
