"""The changes that Kabelplus announces, as they reach one subscription."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Final

from subsim.basics.dates import LAST_DAY, Day, days_after
from subsim.basics.texts import Message, Plural
from subsim.membership.events import Announcement, AnnounceTermsChange, ChangeKind
from subsim.terms.readings import Choices
from subsim.terms.terms import Replacements, Terms


class Change:
    """An announced change as it reaches one subscription.

    `order` counts the member's announcements. `effective` is the date announced, `reaches` the date on which it takes
    effect here (None: never), and `because` says how that was found. `may_exit` says whether it lets the member leave.
    `package` is what a price or service change touches (None: everything), `price` the new monthly price in øre.
    `under` are the terms of the day of the announcement, by which its exit is judged (None: it gives none), and
    `new_terms` is the announcement of a change of the terms.
    """

    __slots__ = (
        *("amends", "announced_on", "because", "effective", "kind", "may_exit", "new_terms", "order", "package"),
        *("price", "reaches", "under"),
    )

    def __init__(
        self,
        announcement: Announcement,
        order: int,
        reaches: Day | None,
        because: Message,
        *,
        may_exit: bool,
        package: str | None = None,
        price: int = 0,
        under: Terms | None = None,
    ) -> None:
        self.kind: ChangeKind = announcement.kind
        self.order = order
        self.announced_on = announcement.date
        self.effective = announcement.effective
        self.reaches = reaches
        self.may_exit = may_exit
        self.because = because
        self.package = package
        self.price = price
        self.under = under
        self.new_terms: AnnounceTermsChange | None = None
        self.amends = False
        """Whether it changes a number or a reading of the terms."""
        if isinstance(announcement, AnnounceTermsChange):
            self.new_terms = announcement
            self.amends = bool(announcement.numbers or announcement.readings)

    def has_reached(self, day: Day) -> bool:
        """Whether it has taken effect by this day."""
        return self.reaches is not None and self.reaches <= day

    def touches(self, package: str) -> bool:
        """Whether the change is of this package, or of everything."""
        return self.package in (None, package)

    def outranks(self, other: "Change") -> bool:
        """Whether this one applies where both are in force: the later effective date, of equals the later announced."""
        return self.effective > other.effective or (self.effective == other.effective and self.order > other.order)


_ORDER: Final = attrgetter("order")


class PriceChanges:
    """The changes of one package's price as they reach a subscription, iterated in order of announcement.

    `listed` is its monthly price before all changes, in øre. Those that are not overtaken are also kept by their day of
    effect, so that a binary search finds the price of a day.
    """

    __slots__ = ("_announced", "_days", "_prices", "_taking_effect")

    def __init__(self, listed: int) -> None:
        self._announced: tuple[Change, ...] = ()
        self._taking_effect: tuple[Change, ...] = ()
        """Those not overtaken, by day of effect: the same tuple where that is the order of announcement of all."""
        self._days: tuple[Day, ...] = (LAST_DAY,)
        """Their days of effect; the last day there is stands at the end."""
        self._prices: tuple[int, ...] = (listed,)
        """The price before each of the days."""

    def __iter__(self) -> Iterator[Change]:
        """All of them, in order of announcement."""
        return iter(self._announced)

    @property
    def latest(self) -> Change | None:
        """The one that was announced last."""
        return self._announced[-1] if self._announced else None

    def since(self, order: int) -> tuple[Change, ...]:
        """Those that were announced at this place or after it."""
        return self._announced[bisect_left(self._announced, order, key=_ORDER) :]

    def copy(self) -> "PriceChanges":
        """A copy that can be added to."""
        same = PriceChanges(0)
        same._announced, same._taking_effect = self._announced, self._taking_effect
        same._days, same._prices = self._days, self._prices
        return same

    def add(self, change: Change) -> None:
        """Add a change, which was announced after all others."""
        before, ruling = self._announced, self._taking_effect
        self._announced += (change,)
        day, days = change.reaches, self._days
        if day is None:
            return
        first = after = count = len(ruling)
        if count and day <= days[count - 1]:
            first, after = bisect_left(days, day), bisect_right(days, day)
        if after and ruling[after - 1].outranks(change):
            return
        while after < count and change.outranks(ruling[after]):
            after += 1
        this, day_of_effect, price = (change,), (day,), (change.price,)
        is_last_of_both = first == count and ruling is before
        self._taking_effect = self._announced if is_last_of_both else ruling[:first] + this + ruling[after:]
        self._days = days[:first] + day_of_effect + days[after:]
        self._prices = self._prices[: first + 1] + price + self._prices[after + 1 :]

    def after(self, change: Change) -> "PriceChanges":
        """These and one more, which was announced after all of them."""
        more = self.copy()
        more.add(change)
        return more

    def held(self, day: Day) -> tuple[int, Day]:
        """The monthly price in øre that holds on a day, and the next day on which it changes (`LAST_DAY`: never)."""
        days = self._days
        place = 0 if day < days[0] else bisect_right(days, day)
        return self._prices[place], days[place]

    def price(self, day: Day) -> int:
        """The monthly price in øre that holds on a day."""
        return self._prices[bisect_right(self._days, day)]

    def ruling(self, day: Day) -> Change | None:
        """The change whose price holds on a day; None where none has taken effect."""
        place = bisect_right(self._days, day)
        return self._taking_effect[place - 1] if place else None

    def on(self, day: Day) -> Change | None:
        """The change that takes effect on a day."""
        days = self._days
        place = bisect_left(days, day)
        return self._taking_effect[place] if days[place] == day else None

    def taking_effect(self) -> list[Change]:
        """Those that are not overtaken, in order of announcement."""
        return sorted(self._taking_effect, key=_ORDER)


def terms_under(terms: Terms, changes: Iterable[Change]) -> Terms:
    """The terms after these changes: of several of one name the latest effective date counts, of equals the last."""
    numbers, readings = Replacements({}), Choices({})
    for change in sorted(changes, key=lambda each: (each.effective, each.order)):
        if change.new_terms is not None:
            numbers.update(change.new_terms.numbers)
            readings.update(change.new_terms.readings)
    return terms.amended(numbers, readings) if numbers or readings else terms


class DayOfEffect:
    """The day on which an announced change takes effect for a subscription (None: never), and how it was found."""

    __slots__ = ("because", "day")

    def __init__(self, day: Day | None, because: Message) -> None:
        self.day = day
        self.because = because


class DayAfterNotice:
    """The first day on which a change can take effect after its notice, and how it was found."""

    __slots__ = ("because", "day")

    def __init__(self, day: Day, because: Message) -> None:
        self.day = day
        self.because = because


@lru_cache(maxsize=1 << 10)
def after_notice(announced_on: Day, days: int, effective: Day) -> DayAfterNotice:
    """The day of effect of a change with so many days' notice: the date announced, or later if that is too soon."""
    in_time = days_after(announced_on, days)
    reason: Message = Plural(
        "announced {announced} + {n} day = {in_time}",
        "announced {announced} + {n} days = {in_time}",
        announced=announced_on,
        n=days,
        in_time=in_time,
    )
    if effective < in_time:
        return DayAfterNotice(in_time, reason + Message("{effective} is too soon", effective=effective))
    return DayAfterNotice(effective, reason)
