"""The announcements made to a member, and those that each subscription is told of."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any, Final, TypeVar

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.membership.changes import Change, PriceChanges, terms_under
from subsim.membership.events import Announcement, AnnouncePriceChange, AnnounceTermsChange, PackageName
from subsim.membership.rulings import Ruling
from subsim.terms.terms import Terms

Key = TypeVar("Key")
Value = TypeVar("Value")


class Announcements:
    """The announcements made to a member, in order, and the days on which a change may take effect."""

    __slots__ = ("days", "made")

    def __init__(self) -> None:
        self.made: list[Announcement] = []
        """In order; the place of each is its order."""
        self.days: list[Day] = []
        """In order of time, each once."""

    def copy(self) -> "Announcements":
        """The same, to be added to."""
        same = Announcements()
        same.made, same.days = self.made.copy(), self.days.copy()
        return same

    def expect(self, day: Day) -> None:
        """Keep a day on which an announced change may take effect."""
        days = self.days
        if not days or days[-1] < day:
            days.append(day)
            return
        place = bisect_left(days, day)
        if days[place] != day:
            days.insert(place, day)

    @property
    def packages(self) -> set[str]:
        """Every package that some announcement names."""
        return {package for each in self.made for package in each.touched}

    def terms_for(self, terms: Terms, day: Day) -> Terms:
        """The terms for a sign-up on a day: as announced for that day or an earlier one."""
        return terms_under(terms, [change for change in self.as_chosen(None) if change.effective <= day])

    def known_to_new(self) -> "Knowledge":
        """The knowledge of a new subscription: the changes of the terms. Its sign-up is to the last of them."""
        return Knowledge({}, tuple(self.as_chosen(None)) if self.made else ())

    def prices_chosen(self, package: str, listed: int, changes: Iterable[Change]) -> PriceChanges:
        """The prices of a package that is chosen now: `listed` in øre, before these changes as chosen."""
        prices = PriceChanges(listed)
        for change in changes:
            if change.kind == AnnouncePriceChange.kind:
                prices.add(change)
        return prices

    def as_chosen(self, package: str | None) -> list[Change]:
        """The changes of a package (None: of the terms) announced before a subscription chooses it.

        They take effect as announced and give no exit, since they are part of the choice (the model, section 5).
        """
        return [
            _as_chosen(each, order, package)
            for order, each in enumerate(self.made)
            if (package in each.touched if package is not None else isinstance(each, AnnounceTermsChange))
        ]


def _as_chosen(announcement: Announcement, order: int, package: str | None) -> Change:
    day = announcement.effective
    price = announcement.prices[PackageName(package or "")] if isinstance(announcement, AnnouncePriceChange) else 0
    return Change(announcement, order, day, _known_before(day), may_exit=False, package=package, price=price)


@lru_cache(maxsize=1 << 10)
def _known_before(day: Day) -> Message:
    return Message("announced before it was chosen: it takes effect on {day}", day=day)


class WayThrough:
    """The way out of a package on the day of an announcement, through it: where it ends, and the monthly price then.

    `ends_on` is None where it is closed; the price is in øre.
    """

    __slots__ = ("ends_on", "order", "package", "price")

    def __init__(self, package: str, order: int, ends_on: Day | None, price: int) -> None:
        self.package = package
        self.order = order
        self.ends_on = ends_on
        self.price = price


_NONE: Final[dict[Any, Any]] = {}
"""What stands for a dict in which nothing is kept yet; thousands of them would take memory."""


def with_entry(kept: dict[Key, Value], key: Key, value: Value) -> dict[Key, Value]:
    """The dict with one more entry: the same one, but another in place of the one that all share while it is empty."""
    if not kept:
        return {key: value}
    kept[key] = value
    return kept


class Knowledge:
    """The changes that a subscription knows of, in order of announcement: by package its prices, and the others.

    The packages chosen are the one a subscription has and the one it has asked for. A later choice never includes
    changes of the terms: the sign-up is to the terms as announced.

    A Knowledge shared by several subscriptions never changes. A change of it makes another one, which is kept with it
    for the next subscription that learns or chooses the same.
    """

    __slots__ = (
        *("_by_day", "_only", "_only_key", "_others", "amendments", "announced", "changes", "is_shared", "learnt_by"),
        *("next", "next_order", "price_changes", "ways_through"),
    )

    def __init__(self, price_changes: dict[str, PriceChanges], changes: tuple[Change, ...]) -> None:
        self.price_changes = price_changes
        self.changes = changes
        self.is_shared = False
        self.amendments: tuple[Change, ...] = tuple([each for each in changes if each.amends]) if changes else ()
        """The changes of the terms that change a number or a reading."""
        self.ways_through: tuple[WayThrough, ...] = ()
        """If shared: the ways out found so far on the day of an announcement."""
        self.announced: dict[tuple[str, int], Ruling] = _NONE
        """If shared: the rulings on announcements made so far."""
        self.learnt_by: tuple[object, ...] | None = None
        """If shared: what this was learnt by."""
        self.next: Knowledge | None = None
        """If shared: what those know who are not bound when the announcement of the place `next_order` takes effect."""
        self.next_order: int | None = None
        self._only_key: object = None
        self._only: Knowledge | None = None
        """If shared: another Knowledge made of it, by what was learnt or chosen. Most have one only."""
        self._others: dict[object, Knowledge] = _NONE
        """All the others, likewise."""
        self._by_day: dict[Day, list[Change]] | None = None

    def made_by(self, key: object) -> "Knowledge | None":
        """The Knowledge made of a shared one that is kept under this key."""
        return self._only if self._only_key == key else self._others.get(key)

    def keep(self, key: object, made: "Knowledge") -> None:
        """Keep a Knowledge made of this one, which is shared, under a key under which none is kept."""
        if self._only is None:
            self._only_key, self._only = key, made
        else:
            self._others = with_entry(self._others, key, made)

    def kept(self, key: object, made: Callable[[], "Knowledge"]) -> "Knowledge":
        """The Knowledge made of a shared one under this key, now if not before."""
        found = self.made_by(key)
        if found is None:
            found = made()
            found.is_shared = True
            self.keep(key, found)
        return found

    def copy(self) -> "Knowledge":
        """A copy that is not shared."""
        prices = {package: changes.copy() for package, changes in self.price_changes.items()}
        return Knowledge(prices, self.changes)

    def _like(self) -> "Knowledge":
        """Another one that shares the changes of prices, so that it may not learn of more."""
        return Knowledge(self.price_changes.copy(), self.changes)

    def learn(self, changes: Iterable[Change]) -> None:
        """Add changes that were announced after all others; not allowed if shared."""
        assert not self.is_shared
        for change in changes:
            if change.kind == AnnouncePriceChange.kind:
                assert change.package is not None
                self.price_changes[change.package].add(change)
            else:
                self.changes += (change,)
                if change.amends:
                    self.amendments += (change,)
                if self._by_day is not None and change.reaches is not None:
                    self._by_day.setdefault(change.reaches, []).append(change)

    def choosing(self, package: str, listed: int, announcements: Announcements) -> "Knowledge":
        """This, with a package that is chosen now, after all announcements so far; if shared, another one.

        `listed` is the package's price before all changes, in øre.
        """
        if self.is_shared:
            key = package, len(announcements.made)
            return self.kept(key, lambda: self._like()._choose(package, listed, announcements))
        return self._choose(package, listed, announcements)

    def _choose(self, package: str, listed: int, announcements: Announcements) -> "Knowledge":
        as_chosen = announcements.as_chosen(package) if announcements.made else []
        self.price_changes[package] = announcements.prices_chosen(package, listed, as_chosen)
        if as_chosen:
            others = [change for change in self.changes if change.package != package]
            others += [each for each in as_chosen if each.kind != AnnouncePriceChange.kind]
            self.changes = tuple(sorted(others, key=lambda change: change.order))
            self._by_day = None
        return self

    def keeping(self, *packages: str | None) -> "Knowledge":
        """This, without the changes of all other packages."""
        gone = self.price_changes.keys() - set(packages)
        if not gone:
            return self
        return self.kept(packages, lambda: self._without(gone)) if self.is_shared else self._without(gone)

    def _without(self, packages: Collection[str]) -> "Knowledge":
        prices = {package: changes for package, changes in self.price_changes.items() if package not in packages}
        return Knowledge(prices, tuple([change for change in self.changes if change.package not in packages]))

    def on(self, day: Day, package: str) -> list[Change]:
        """The changes of a package and of the terms that take effect on a day, that of the price first."""
        price = self.price_changes[package].on(day)
        if not self.changes:
            return [] if price is None else [price]
        if self._by_day is None:
            self._by_day = {}
            for change in self.changes:
                if change.reaches is not None:
                    self._by_day.setdefault(change.reaches, []).append(change)
        others = [change for change in self._by_day.get(day, ()) if change.touches(package)]
        return others if price is None else [price, *others]
