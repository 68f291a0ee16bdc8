"""The replay of a member of a portfolio, with everything that is done for speed only.

The rules, and the order of a day, are those of every replay. Two things are different:

- Announcements to all members are not events of a member's timeline. Each subscription learns of them on their day. The
  effect of a change is computed once for all subscriptions with the same knowledge, cohort and package.
- Without reasons only refusals are noted. Then the replay need not stop on the day of a price change; the price of a
  period is asked for as usual.

How a change reaches a subscription, and the way out through one outside a trial, is decided by what the subscription
knew, its package, and whether and until when it is bound on the day of effect. A cohort are the subscriptions that are
alike in this.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any, Final

from subsim.basics.dates import LAST_DAY, Day, days_after
from subsim.engine import ways
from subsim.engine.changes import CHANGES, announced
from subsim.engine.handlers import HANDLERS, handler_of
from subsim.engine.timeline import Timeline
from subsim.membership.changes import Change, PriceChanges
from subsim.membership.events import Announcement, AnnouncePriceChange, AnnounceTermsChange
from subsim.membership.facts import Person
from subsim.membership.knowledge import Announcements, Knowledge, WayThrough, with_entry
from subsim.membership.member import Member, Prices
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms

_MOST_COHORTS: Final = 5_000
"""The most cohorts that are kept, which bounds memory: some 1.1 kB each, with what is made of them."""


class Exits:
    """Who could leave through an announced change as its day ended: subscriptions, and their monthly revenue in øre."""

    __slots__ = ("order", "revenue", "subscriptions")

    def __init__(self, order: int, subscriptions: int, revenue: int) -> None:
        self.order = order
        self.subscriptions = subscriptions
        self.revenue = revenue


class Common:
    """The announcements to all members, in order of date, with results computed for earlier members."""

    def __init__(self, announcements: tuple[Announcement, ...], notes_all: bool = False) -> None:
        self.made = announcements
        self.notes_all = notes_all
        """Whether the replays note all that is decided."""
        self.days = [each.date for each in announcements]
        self.same_day = [bisect_right(self.days, day) for day in self.days]
        """By announcement how many there are up to the end of its day."""
        self.are_days_begun = any(each.effective <= each.date for each in announcements)
        """Whether a day must begin before it is known what is announced on it: a change takes effect on that day."""
        self.days_of_effect = sorted({each.effective for each in announcements}) if notes_all else []
        """The days on which time must stop to note what takes effect, as far as they were found out."""
        self.known: list[_Known] = []
        """What has been announced after none of them, after the first, and so on."""
        self._cohorts = 0
        self._changes: dict[object, Change] = {}
        """Of the cohorts that are kept, by what they say."""
        self._prices: dict[tuple[PriceChanges, Change], PriceChanges] = {}
        """The changes of a price, by those before the last and the last."""
        self._of_one_package: dict[PriceChanges, dict[str, PriceChanges]] = {}
        self._forget()

    @staticmethod
    def can_be(announcements: tuple[Announcement, ...]) -> bool:
        """Whether announcements can be shared: changes of the terms cannot, since other rules depend on them."""
        return all(each.kind != AnnounceTermsChange.kind for each in announcements)

    def _forget(self) -> None:
        self._cohorts = 0
        self._changes.clear()
        self._prices.clear()
        self._of_one_package.clear()
        self.known = [_Known(self.made[:count], self.days_of_effect) for count in range(len(self.made) + 1)]

    def shared(self, changes: list[Change]) -> list[Change]:
        """The changes, or for each an equal one found before."""
        found = []
        for each in changes:
            key = each.order, each.package, each.reaches, each.may_exit, each.because
            found.append(self._changes.setdefault(key, each))
        return found

    def cohort(self, knowledge: Knowledge, order: int, changes: list[Change], binding_ends: Day) -> Knowledge:
        """The knowledge of those who knew this much before an announcement and whom it reaches by equal changes.

        Besides, all of them or none are bound when such a change takes effect, if it lets a member leave.
        """
        bound_on = days_after(binding_ends, -1)
        learnt: list[object] = [order]
        for each in changes:
            learnt += each, each.may_exit and each.has_reached(bound_on)
        alike, is_bound = tuple(learnt), binding_ends > self.made[order].effective
        found = knowledge.next
        if found is None or found.learnt_by != alike:
            found = knowledge.made_by(alike)
        is_new = found is None
        if found is None:
            found = self._more(knowledge, changes)
            found.learnt_by, found.is_shared = alike, True
        if not is_bound and knowledge.next is None:
            knowledge.next, knowledge.next_order = found, order
            return found
        if is_new:
            knowledge.keep(alike, found)
        knowledge.keep((order, binding_ends) if is_bound else order, found)
        return found

    def _more(self, knowledge: Knowledge, changes: list[Change]) -> Knowledge:
        if self._cohorts == _MOST_COHORTS:
            self._forget()
        self._cohorts += 1
        prices, others = knowledge.price_changes, knowledge.changes
        for change in changes:
            if change.kind == AnnouncePriceChange.kind:
                prices = self._prices_after(prices, change)
            else:
                others += (change,)
        return Knowledge(prices, others)

    def _prices_after(self, prices: dict[str, PriceChanges], change: Change) -> dict[str, PriceChanges]:
        """By package the changes of its price after one more: equal ones, and a dict of one package, are found once."""
        assert change.package is not None
        before = prices[change.package]
        after = self._prices.get((before, change))
        if after is None:
            after = self._prices[before, change] = before.after(change)
        if len(prices) > 1:
            return prices | {change.package: after}
        only = self._of_one_package.get(after)
        if only is None:
            only = self._of_one_package[after] = {change.package: after}
        return only


class _Known(Announcements):
    """The announcements to all by some day, and the knowledge of a sign-up then."""

    __slots__ = ("_as_chosen", "_prices", "_to_new")

    def __init__(self, made: tuple[Announcement, ...], days: list[Day]) -> None:
        super().__init__()
        self.made.extend(made)
        self.days = days
        self._as_chosen: dict[str | None, list[Change]] = {}
        self._prices: dict[tuple[str, int], PriceChanges] = {}
        self._to_new = super().known_to_new()
        self._to_new.is_shared = True

    def known_to_new(self) -> Knowledge:
        """The same for all."""
        return self._to_new

    def as_chosen(self, package: str | None) -> list[Change]:
        """Equal for all, and found once."""
        if package not in self._as_chosen:
            self._as_chosen[package] = super().as_chosen(package)
        return self._as_chosen[package]

    def prices_chosen(self, package: str, listed: int, changes: Iterable[Change]) -> PriceChanges:
        """Likewise."""
        if (package, listed) not in self._prices:
            self._prices[package, listed] = super().prices_chosen(package, listed, changes)
        return self._prices[package, listed]


class CohortTimeline(Timeline):
    """A member's own events under replay, with what is announced to all. FaultInFacts as for `play`.

    Without `asks_exits` it is not asked on the way who can leave, and `exits` stays empty.
    """

    __slots__ = ("_asked", "_asks_exits", "_common", "_learnt", "_next_asked", "exits", "refused")

    def __init__(
        self,
        person: Person,
        own: tuple[Any, ...],
        prices: Prices,
        terms: Terms,
        common: Common,
        asks_exits: bool = True,
    ) -> None:
        self._start(Member(person, prices, terms, common.notes_all, common.known[0]), own)
        self._common = common
        self._asks_exits = asks_exits
        self._learnt = 0
        """How many announcements are known to the member."""
        self._asked = 0
        """Of how many it has been asked who can leave through them."""
        self._next_asked = common.days[0] if common.days else LAST_DAY
        """The day of the first of the others."""
        self.exits: list[Exits] = []
        self.refused: set[int] = set()
        """The places of the own events that were refused."""

    def replay(self, until: Day) -> None:
        """Replay up to the end of a day; `member` and `exits` then say what came of it."""
        member, notes_all, handlers = self.member, self._common.notes_all, HANDLERS
        for event in self._events:
            day = event.date
            if day > until:
                break
            if self._next_asked <= day:
                self._hear_until(day)
            handler = handlers.get(type(event)) or handler_of(type(event))
            if self._begun < day and (not handler.asks_no_period or self._may_have_changed(day)):
                self._pass_time(day)
            decide = handler.decide
            if decide is not None:
                ruling = decide(member, event)
                is_refused = ruling.verdict == "refused"
                if is_refused:
                    self.refused.add(self.taken)
                if not handler.keeps_deadlines:
                    self._deadline = None
                    if handler.signs_up and not is_refused:
                        self._begin_first_period(day)
                if notes_all or is_refused:
                    named = event.subscription if handler.has_subscription else None
                    member.of_events.append((day, handler.name, named, ruling))
            self.taken += 1
        if self._next_asked <= until:
            self._hear_until(until)
        self._pass_time(until)
        self._ask_until(bisect_right(self._common.days, until))

    def _hear_until(self, day: Day) -> None:
        """Ask about the announcements before a day, and tell the member of those on it too."""
        days = self._common.days
        if self.member.subscriptions or self._common.notes_all:
            self._ask_until(bisect_left(days, day))
            self._learn_until(bisect_right(days, day))
        else:
            self._learnt, self._asked = bisect_right(days, day), bisect_left(days, day)
            self.member.announcements = self._common.known[self._learnt]
        self._next_asked = days[self._asked] if self._asked < len(days) else LAST_DAY

    def _ask_until(self, count: int) -> None:
        """Find who can leave through the announcements before this count, each at the end of its day."""
        if not self._asks_exits:
            self._learn_until(count)
            self._asked = count
            return
        common, subscriptions = self._common, self.member.subscriptions
        for order in range(self._asked, count):
            day = common.days[order]
            if self._learnt <= order:
                self._learn_until(common.same_day[order])
            if self._may_have_changed(day):
                self._pass_time(day)
            found = revenue = 0
            for each in subscriptions:
                if each.ended_on is None and (each.trial_ends is None or each.trial_ends <= day):
                    for through in each.knowledge.ways_through:
                        if through.order == order and through.package == each.package:
                            break
                    else:
                        through = self._way_through(each, order)
                    ends_on = through.ends_on
                    if ends_on is not None and (each.notice is None or ends_on < each.notice.ends_on):
                        found += 1
                        revenue += through.price
            if found:
                self.exits.append(Exits(order, found, revenue))
        if self._asked < count:
            self._asked = count

    def _learn_until(self, count: int) -> None:
        """Let each live subscription know of the announcements before this count, as `engine.changes.announce` does.

        One that takes effect later than on its day changes nothing of what falls due until then.
        """
        common, member = self._common, self.member
        while self._learnt < count:
            order = self._learnt
            day = common.days[order]
            if common.are_days_begun or (common.notes_all and self._may_have_changed(day)):
                self._pass_time(day)
            known = member.announcements = common.known[order + 1]
            effective = common.made[order].effective
            for each in member.subscriptions:
                if each.ended_on is None:
                    knowledge = each.knowledge
                    if each.binding_ends > effective:
                        more = knowledge.made_by((order, each.binding_ends))
                    elif knowledge.next_order == order:
                        more = knowledge.next
                    else:
                        more = knowledge.made_by(order)
                    each.knowledge = more or self._learn_anew(each, order)
                    each.announcements = known
            if common.notes_all:
                self._note(order)
            self._learnt = order + 1

    def _note(self, order: int) -> None:
        """Note an announcement, and that time must stop where it takes effect."""
        event, subscriptions = self._common.made[order], self.member.subscriptions
        if len(subscriptions) > 1:
            ruling = announced(self.member, event, order)
        else:
            package: str
            if subscriptions and subscriptions[0].ended_on is None:
                knowledge, package = subscriptions[0].knowledge, subscriptions[0].package
            else:
                knowledge, package = self.member.announcements.known_to_new(), ""
            if (package, order) not in knowledge.announced:
                ruling = announced(self.member, event, order)
                knowledge.announced = with_entry(knowledge.announced, (package, order), ruling)
            ruling = knowledge.announced[package, order]
        self.member.of_events.append((event.date, event.name, None, ruling))
        self._deadline = None

    def _learn_anew(self, subscription: Subscription, order: int) -> Knowledge:
        """What a subscription knows after an announcement, kept with what it knew."""
        common, announcement = self._common, self._common.made[order]
        changes = common.shared(CHANGES[announcement.kind].reach(subscription, announcement, order))
        if common.notes_all:
            for change in changes:
                if change.reaches is not None and change.reaches != subscription.binding_ends:
                    subscription.announcements.expect(change.reaches)
        return common.cohort(subscription.knowledge, order, changes, subscription.binding_ends)

    def _way_through(self, subscription: Subscription, order: int) -> WayThrough:
        """The way out of a notice on the day of an announcement by a change of its kind, kept for all of the cohort."""
        announcement, knowledge = self._common.made[order], subscription.knowledge
        day = announcement.date
        ends_on = ways.way_out(self.member, subscription, day, announcement.kind).ends_on
        price = 0 if ends_on is None else subscription.price(subscription.package, day)
        through = WayThrough(subscription.package, order, ends_on, price)
        knowledge.ways_through += (through,)
        return through
