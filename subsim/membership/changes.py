"""The changes that Kabelplus announces, as they reach one subscription."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message
from subsim.membership.events import Announcement, AnnouncePriceChange, AnnounceServiceChange, PackageName


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
    because: Message
    package: str | None = None
    price: int = 0

    def touches(self, package: str) -> bool:
        """Whether the change is of this package, or of everything."""
        return self.package in (None, package)

    def outranks(self, other: "Change") -> bool:
        """Whether this price holds where both have taken effect: the later announced date, then the later announced."""
        return self.effective > other.effective or (self.effective == other.effective and self.order > other.order)


class PriceChanges:
    """The changes of one package's price as they reach a subscription, iterated in order of announcement.

    Beside them stand those that are not overtaken, by the day on which each takes effect, so that the price of a day is
    found by halving however many were announced.
    """

    def __init__(self) -> None:
        self._announced: list[Change] = []
        self._days: list[Day] = []
        self._taking_effect: list[Change] = []

    def __iter__(self) -> Iterator[Change]:
        """All of them, in order of announcement."""
        return iter(self._announced)

    def add(self, change: Change) -> None:
        """Know of a change, which is announced after all that are known."""
        self._announced.append(change)
        day = change.reaches
        if day is None:
            return
        first = after = bisect_left(self._days, day)
        if self._ruling_before(bisect_right(self._days, day), change):
            return
        while after < len(self._days) and change.outranks(self._taking_effect[after]):
            after += 1
        self._days[first:after] = [day]
        self._taking_effect[first:after] = [change]

    def _ruling_before(self, place: int, change: Change) -> bool:
        return place > 0 and self._taking_effect[place - 1].outranks(change)

    def ruling(self, day: Day) -> Change | None:
        """The change whose price holds on a day; None where none has taken effect."""
        place = bisect_right(self._days, day)
        return self._taking_effect[place - 1] if place else None

    def on(self, day: Day) -> Change | None:
        """The change that takes effect on a day."""
        ruling = self.ruling(day)
        return ruling if ruling is not None and ruling.reaches == day else None

    def taking_effect(self) -> list[Change]:
        """Those that are not overtaken, in order of announcement."""
        return sorted(self._taking_effect, key=lambda change: change.order)


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
    reason = Message("announced before it was chosen: it takes effect on {day}", day=effective)
    return Change(kind, order, announcement.date, effective, effective, False, reason, package, price)


def touched(announcement: Announcement) -> Iterable[str]:
    """The packages that an announcement names; none where it is of the terms."""
    if isinstance(announcement, AnnouncePriceChange):
        return announcement.prices
    return announcement.packages if isinstance(announcement, AnnounceServiceChange) else ()


def after_notice(announced_on: Day, days: int, effective: Day) -> tuple[Day, Message]:
    """When a change takes effect that needs so many days' notice: as announced, or later if that is too soon."""
    in_time = days_after(announced_on, days)
    reason = Message(
        "announced {announced} + {days} days = {in_time}", announced=announced_on, days=days, in_time=in_time
    )
    if effective < in_time:
        return in_time, reason + Message("{effective} is too soon", effective=effective)
    return effective, reason
