"""What the walk knows: the terms, announcements, subscriptions, lines and the member's whole case."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import Factory, define, field, frozen


@frozen(kw_only=True)
class Terms:
    """What decides: numbers (11), readings (9), the price list, the reference rates."""

    profile: str
    readings: dict[str, str]
    numbers: dict[str, int]
    prices: dict[str, int]
    rates: dict[date, Fraction]

    def reading(self, point: str) -> str:
        """The reading taken of a contested point (section 9)."""
        return self.readings[point]

    def days(self, name: str) -> int:
        """A number of the terms by name (section 11)."""
        return self.numbers[name]


@frozen(kw_only=True)
class Announcement:
    """An announcement of a price, service or terms change (section 5)."""

    kind: str
    seq: int
    announced: date
    effective: date
    by_email: bool
    prices: dict[str, int]
    cost_increase: int | None
    packages: tuple[str, ...]
    disadvantage: bool
    urgent: bool
    material: bool
    favourable: bool
    numbers: dict[str, int]
    readings: dict[str, str]


@frozen(kw_only=True)
class PriceEffect:
    """When one price change reaches one subscription (`e`, None for never), and which way it goes."""

    announcement: Announcement
    e: date | None
    price: int
    direction: int
    as_announced: bool

    @property
    def rank(self) -> tuple[date, int]:
        """The later rank decides the price: latest announced E, then announced last (section 5)."""
        return (self.announcement.effective, self.announcement.seq)


@frozen(kw_only=True)
class Pending:
    """A downgrade that waits for the next period (`priser.3`)."""

    package: str
    effective: date
    seq: int


@frozen(kw_only=True)
class Standing:
    """An end that lies ahead, and by which route it came."""

    end: date
    route: str
    by_member: bool
    behind: Standing | None = None
    """Kabelplus' own end that a member's sooner notice overtook; it stands again if the notice is taken back."""


@define(kw_only=True)
class Item:
    """A piece of lent equipment (`udstyr.1`)."""

    value: int
    returned: bool = False
    invoiced: bool = False


@define(kw_only=True, eq=False)
class Subscription:
    """One subscription: a state machine of its own (section 2)."""

    id: str
    registered_on: date
    signed_seq: int
    package: str
    chosen_seq: int
    billing: int
    trial_end: date | None
    channel: str
    signed_terms: Terms
    confirmed_terms: Terms
    long_overdue_seen: bool
    confirmed_on: date | None
    waived: bool = False
    suspended: bool = False
    pending: Pending | None = None
    standing: Standing | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    last_terms: Terms | None = None
    last_terms_since: date | None = None
    items: dict[str, Item] = Factory(dict)
    states: list[tuple[date, str]] = Factory(list)

    @property
    def anchor(self) -> date:
        """The billing anchor (section 3)."""
        return self.trial_end or self.registered_on


@frozen(kw_only=True)
class Movement:
    """A part of a line that was paid, or cancelled, on a day; a part whose payment was returned is negative."""

    day: date
    amount: int
    cancelled: bool


@define(kw_only=True, eq=False)
class Line:
    """One invoice line; it falls due on its date."""

    day: date
    kind: str
    owner: Subscription | None
    package: str | None
    start: date | None
    end: date | None
    amount: int
    clause: str
    movements: list[Movement] = Factory(list)

    @property
    def open(self) -> int:
        """What is neither paid nor cancelled; nothing on a credit."""
        return 0 if self.kind == "credit" else self.amount - sum(m.amount for m in self.movements)

    @property
    def paid(self) -> int:
        """What was paid of it."""
        return sum(m.amount for m in self.movements if not m.cancelled)

    def open_as_began(self, day: date) -> int:
        """What was open as a day began (section 3)."""
        return self.amount - sum(m.amount for m in self.movements if m.day < day)

    def settled_before(self, day: date) -> bool:
        """Whether nothing was open as a day began, and nothing happens to the line from then on."""
        return self.open_as_began(day) == 0 and all(m.day < day for m in self.movements)

    @property
    def paid_on(self) -> date | None:
        """The day it was paid in full; None where a part is open or was cancelled (section 10)."""
        if self.open or any(m.cancelled for m in self.movements):
            return None
        return max((m.day for m in self.movements), default=self.day)


@define(kw_only=True, eq=False)
class World:
    """The member's whole case as one day after the other makes it."""

    terms: Terms
    born: date | None
    resident: str
    private: bool
    today: date
    method: str = "card"
    reported_failing: bool = False
    card_expires: date | None = None  # the last day of the card's last month
    credit: int = 0
    adjusted: int = 0
    long_overdue_seen: bool = False
    subscriptions: list[Subscription] = field(factory=list)
    announcements: list[Announcement] = field(factory=list)
    lines: list[Line] = field(factory=list)
    payments: list[tuple[date, int]] = field(factory=list)
    refunds: list[tuple[date, int, str]] = field(factory=list)
    refused: list[tuple[date, str, str | None, str]] = field(factory=list)
    refused_seqs: set[int] = field(factory=set)
    days_in_arrears: set[date] = field(factory=set)
    duties: list[tuple[date | None, str, str]] = field(factory=list)

    def find(self, sub_id: str) -> Subscription | None:
        """The latest accepted subscription of that id."""
        return next((s for s in reversed(self.subscriptions) if s.id == sub_id), None)

    def holder(self, sub_id: str, item: str) -> Subscription | None:
        """The latest subscription of that id under which the item is out; it may have ended before the id came back."""
        of_id = [s for s in reversed(self.subscriptions) if s.id == sub_id]
        return next((s for s in of_id if item in s.items and not s.items[item].returned), self.find(sub_id))
