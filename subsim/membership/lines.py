"""Invoice lines and their order of issue: single lines, and runs of periods that are one entry until somebody asks.

A line knows what is open of it. `subsim.membership.ledger` alone changes that.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from subsim.basics.dates import Day, days_between
from subsim.basics.enumerations import LineKind
from subsim.membership.owed import CREDIT, PERIOD
from subsim.membership.rulings import Ruling


class Balance:
    """What is open of a line at the end of `day`, in øre."""

    __slots__ = ("amount", "day")

    def __init__(self, day: Day, amount: int) -> None:
        self.day = day
        self.amount = amount


class Line:
    """One invoice line; it covers `[starts, ends)`. `open` is what is neither paid nor cancelled of it.

    `subscription` is None for a charge of the member as a whole.
    """

    __slots__ = (
        *("amount", "balances", "bears_interest", "cancelled", "clause", "due", "ends", "kind", "open"),
        *("package", "paid_on", "starts", "subscription"),
    )

    def __init__(
        self,
        kind: LineKind,
        subscription: str | None,
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
        self.cancelled = 0
        """What was cancelled of it, in øre."""
        self.bears_interest = True
        self.balances: list[Balance] | None = None
        """Of a line open after its due date: the open amount on that day, and on each later day that changed it."""

    @property
    def paid(self) -> int:
        """What was paid of it, in øre, by the method, by hand or from the credit; nothing of a credit line."""
        return 0 if self.kind == CREDIT else self.amount - self.open - self.cancelled

    def copy(self) -> "Line":
        """The same line, to be changed apart from this one."""
        same = Line(
            self.kind, self.subscription, self.package, self.starts, self.ends, self.due, self.amount, self.clause
        )
        same.open, same.paid_on, same.cancelled = self.open, self.paid_on, self.cancelled
        same.bears_interest = self.bears_interest
        same.balances = None if self.balances is None else self.balances.copy()
        return same

    def covers(self) -> int:
        """The number of days that the line covers."""
        assert self.starts is not None
        assert self.ends is not None
        return days_between(self.starts, self.ends)


PERIODS_UNDER: Final = "betaling.2"
"""The clause under which a period is charged."""


PeriodRuling: TypeAlias = Callable[[int, int, int], Ruling]
"""Gives the ruling on a period by its number, counted from 0, its months, and its price in øre."""


class Run:
    """The lines of periods that follow one another at one price, each collected in full on its day.

    They are the lines of `[starts[number], starts[number + 1])` for each number of `[first, after)`. They are one
    entry until the lines are asked for; from then on each is a line of its own.
    """

    __slots__ = ("_lines", "after", "amount", "first", "months", "package", "ruling", "starts", "subscription")

    def __init__(self, subscription: str, package: str, starts: list[Day], first: int, after: int, amount: int) -> None:
        self.subscription = subscription
        self.package = package
        self.starts = starts
        self.first = first
        self.after = after
        self.amount = amount
        self.ruling: PeriodRuling | None = None
        """What rules on each of its periods, of so many `months`, where that is noted."""
        self.months = 0
        self._lines: list[Line] | None = None

    @property
    def in_all(self) -> int:
        """The sum of their amounts."""
        return self.amount * (self.after - self.first)

    def lines(self) -> list[Line]:
        """Each line; the same ones whoever asks."""
        if self._lines is None:
            self._lines = list(map(self._line, range(self.first, self.after)))
        return self._lines

    def newest_first(self) -> Iterator[Line]:
        """Each line, the last first, to be read only: lines that are made here are not stored."""
        if self._lines is not None:
            return reversed(self._lines)
        return map(self._line, range(self.after - 1, self.first - 1, -1))

    def _line(self, number: int) -> Line:
        starts, ends = self.starts[number], self.starts[number + 1]
        line = Line(PERIOD, self.subscription, self.package, starts, ends, starts, self.amount, PERIODS_UNDER)
        line.open, line.paid_on = 0, starts
        return line

    def copy(self) -> "Run":
        """The same run, with lines of its own where somebody has asked for them."""
        same = Run(self.subscription, self.package, self.starts, self.first, self.after, self.amount)
        same.months, same.ruling = self.months, self.ruling
        same._lines = None if self._lines is None else [line.copy() for line in self._lines]
        return same

    @property
    def is_whole(self) -> bool:
        """Whether its lines have not been asked for; after that they may have been changed."""
        return self._lines is None

    def days(self) -> list[Day]:
        """The days on which they are due and paid."""
        return self.starts[self.first : self.after]


class LineCopies:
    """Copies of the lines and runs of one member, one of each whoever asks."""

    def __init__(self) -> None:
        self._lines: dict[int, Line] = {}
        self._runs: dict[int, Run] = {}

    def line(self, line: Line) -> Line:
        """The copy of a line; of one that a run has made, once that run is copied."""
        if id(line) not in self._lines:
            self._lines[id(line)] = line.copy()
        return self._lines[id(line)]

    def run(self, run: Run) -> Run:
        """The copy of a run."""
        if id(run) not in self._runs:
            same = self._runs[id(run)] = run.copy()
            if not run.is_whole:
                self._lines |= {id(line): copy for line, copy in zip(run.lines(), same.lines(), strict=True)}
        return self._runs[id(run)]

    def entry(self, entry: Line | Run) -> Line | Run:
        """The copy of either."""
        return self.run(entry) if isinstance(entry, Run) else self.line(entry)


class Lines:
    """Lines in the order in which they were issued, some of them as runs."""

    __slots__ = ("_all", "_asked", "entries")

    def __init__(self) -> None:
        self.entries: list[Line | Run] = []
        """The lines as they stand, runs among them."""
        self._all: list[Line] | None = None
        """The lines of the entries that have been asked for, from the first on."""
        self._asked = 0

    def add(self, entry: Line | Run) -> None:
        """Issue a line or a run."""
        self.entries.append(entry)

    def copy(self, copies: LineCopies) -> "Lines":
        """The same, of copies."""
        same = Lines()
        same.entries = [copies.entry(entry) for entry in self.entries]
        return same

    def all(self) -> list[Line]:
        """Each line by itself."""
        if self._all is None:
            self._all = []
        every, entries = self._all, self.entries
        for number in range(self._asked, len(entries)):
            entry = entries[number]
            if isinstance(entry, Run):
                every.extend(entry.lines())
            else:
                every.append(entry)
        self._asked = len(entries)
        return every

    def newest_first(self) -> Iterator[Line]:
        """Each line, the last one issued first, to be read only; they are made one by one."""
        for entry in reversed(self.entries):
            if isinstance(entry, Run):
                yield from entry.newest_first()
            else:
                yield entry
