"""The replay of a member of a portfolio, with everything that is done for speed only.

The rules, and the order of a day, are those of every replay. Two things are different:

- Announcements to all members are not events of a member's timeline. Each subscription learns of them on their day. The
  effect of a change is computed once for all subscriptions with the same knowledge, cohort and package.
- Without reasons only refusals are noted. Then the replay need not stop on the day of a price change; the price of a
  period is asked for as usual.

The subscriptions of a cohort have the same end of the binding, or any end before all later changes. Nothing else about
a subscription decides how a change reaches it, or the way out through one outside a trial.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from subsim.basics.dates import Day
from subsim.engine import ways
from subsim.engine.changes import CHANGES, announced
from subsim.engine.decisions import decide
from subsim.engine.timeline import Timeline
from subsim.membership.events import Announcement, DataEvent, Facts, SignUp
from subsim.membership.knowledge import Announcements, Knowledge
from subsim.membership.rulings import Ruling
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms

_MOST_COHORTS = 20_000
"""The most cohorts that are kept, which bounds memory."""


class Exits(NamedTuple):
    """Who could leave through an announced change as its day ended: subscriptions, and their monthly revenue in øre."""

    order: int
    subscriptions: int
    revenue: int


class Common:
    """The announcements to all members, in order of date, with results computed for earlier members."""

    def __init__(self, announcements: tuple[Announcement, ...], notes_all: bool = False) -> None:
        self.made = announcements
        self.notes_all = notes_all
        """Whether the replays note all that is decided."""
        self.days = [each.date for each in announcements]
        self.are_days_begun = notes_all or any(each.effective <= each.date for each in announcements)
        """Whether a day must begin before it is known what is announced on it, for the order of what is noted, or for
        a change that takes effect on that very day."""
        self.days_of_effect = sorted({each.effective for each in announcements}) if notes_all else []
        """The days on which time must stop to note what takes effect, as far as they were found out."""
        self._first_effects = [Day.max]
        for each in reversed(announcements):
            self._first_effects.insert(0, min(each.effective, self._first_effects[0]))
        self.unheard: dict[tuple[str, int], Ruling] = {}
        """What was ruled of an announcement that reached nobody, by its order."""
        self._cohorts = 0
        self.known: list[_Known] = []
        """What has been announced after none of them, after the first, and so on."""
        self._forget()

    @staticmethod
    def can_be(announcements: tuple[Announcement, ...]) -> bool:
        """Whether announcements can be shared: changes of the terms cannot, since other rules depend on them."""
        return all(each.kind != "terms_change" for each in announcements)

    def _forget(self) -> None:
        self._cohorts = 0
        self.known = [_Known(self.made[:count], self.days_of_effect) for count in range(len(self.made) + 1)]

    def cohort(self, knowledge: Knowledge, binding_ends: Day, learnt: int) -> Knowledge:
        """The knowledge of a sign-up with this knowledge and end of the binding, shared by all of the cohort."""
        if self._cohorts == _MOST_COHORTS:
            self._forget()
        key = binding_ends if binding_ends > self._first_effects[learnt] else Day.min
        return knowledge.kept(key, lambda: self._begun(knowledge))

    def _begun(self, knowledge: Knowledge) -> Knowledge:
        self._cohorts += 1
        return knowledge.copy()


class _Known(Announcements):
    """The announcements to all by some day, and the knowledge of a sign-up then."""

    def __init__(self, made: tuple[Announcement, ...], days: list[Day]) -> None:
        super().__init__()
        self.made.extend(made)
        self.days = days
        self._to_new = super().known_to_new()
        self._to_new.is_shared = True

    def known_to_new(self) -> Knowledge:
        """The same for all."""
        return self._to_new

    def may_take_effect_on(self, day: Day) -> bool:
        """Whether effects are noted: then it is for the changes themselves to say."""
        return bool(self.days)


class CohortTimeline(Timeline):
    """A member's own events under replay, with what is announced to all. FaultInFacts as for `play`.

    Without `asks_exits` it is not asked on the way who can leave, and `exits` stays empty.
    """

    def __init__(self, own: Facts, terms: Terms, common: Common, asks_exits: bool = True) -> None:
        super().__init__(own, terms, common.notes_all, common.known[0])
        self._common = common
        self._asks_exits = asks_exits
        self._learnt = 0
        """How many announcements are known to the member."""
        self._asked = 0
        """Of how many it has been asked who can leave through them."""
        self.exits: list[Exits] = []
        self.refused: set[int] = set()
        """The places of the own events that were refused."""

    def replay(self, until: Day) -> None:
        """Replay up to the end of a day; `member` and `exits` then say what came of it."""
        events = self._events
        while self.taken < len(events) and events[self.taken].date <= until:
            self._take()
        self._come_to(until)
        self._ask_until(bisect_right(self._common.days, until))

    def _take(self) -> None:
        """Take the next event; a subscription signed up by it is put into a cohort."""
        member, event = self.member, self._events[self.taken]
        self._come_to(event.date)
        if not isinstance(event, DataEvent):
            ruling = decide(member, event)
            self._deadline = None
            if ruling.verdict == "refused":
                self.refused.add(self.taken)
            if self._common.notes_all or ruling.verdict == "refused":
                member.note(event.date, event.name, getattr(event, "subscription", None), ruling)
            if event.name == SignUp.name and ruling.verdict == "accepted":
                new = member.subscriptions[-1]
                new.knowledge = self._common.cohort(new.knowledge, new.binding_ends, self._learnt)
        self.taken += 1

    def _come_to(self, day: Day) -> None:
        """Begin a day, and tell the member of the announcements of it and before."""
        days = self._common.days
        if self._asked < len(days) and days[self._asked] <= day:
            if self.member.subscriptions or self._common.notes_all:
                self._ask_until(bisect_left(days, day))
                self._learn_until(bisect_right(days, day))
            else:
                self._learnt, self._asked = bisect_right(days, day), bisect_left(days, day)
                self.member.announcements = self._common.known[self._learnt]
        self._pass_time(day)

    def _ask_until(self, count: int) -> None:
        """Find who can leave through the announcements before this count, each at the end of its day."""
        if not self._asks_exits:
            self._learn_until(count)
            self._asked = count
            return
        days = self._common.days
        while self._asked < count:
            order = self._asked
            self._learn_until(bisect_right(days, days[order]))
            if self._may_have_changed(days[order]):
                self._pass_time(days[order])
            self._ask(order)
            self._asked += 1

    def _may_have_changed(self, day: Day) -> bool:
        """Whether time alone may change who can leave by the end of a day; new periods do not."""
        subscriptions = self.member.subscriptions
        if len(subscriptions) != 1 or subscriptions[0].downgrade is not None:
            return bool(subscriptions)
        if self._deadline is None:
            self._deadline = self.member.next_deadline(self._begun)
        return self._deadline <= day

    def _learn_until(self, count: int) -> None:
        """Let the member know of the announcements before this count.

        One that takes effect later than on its day changes nothing of what falls due until then.
        """
        while self._learnt < count:
            if self._common.are_days_begun:
                self._pass_time(self._common.days[self._learnt])
            self._learn(self._learnt)
            self._learnt += 1

    def _learn(self, order: int) -> None:
        """Let each live subscription know of an announcement, as `engine.changes.announce` does."""
        known = self.member.announcements = self._common.known[order + 1]
        for subscription in self.member.subscriptions:
            if subscription.ended_on is None:
                subscription.knowledge = self._learnt_of(subscription, order)
                subscription.announcements = known
        if self._common.notes_all:
            self._note(order)

    def _note(self, order: int) -> None:
        """Note an announcement, and that time must stop where it takes effect."""
        event, subscriptions = self._common.made[order], self.member.subscriptions
        if len(subscriptions) > 1:
            ruling = announced(self.member, event, order)
        else:
            known, key = self._common.unheard, ("", order)
            if subscriptions and subscriptions[0].ended_on is None:
                known, key = subscriptions[0].knowledge.announced, (subscriptions[0].package, order)
            if key not in known:
                known[key] = announced(self.member, event, order)
            ruling = known[key]
        self.member.note(event.date, event.name, None, ruling)
        self._deadline = None

    def _learnt_of(self, subscription: Subscription, order: int) -> Knowledge:
        """What a subscription knows after an announcement."""
        knowledge = subscription.knowledge
        return knowledge.after.get(order) or knowledge.kept(order, lambda: self._learn_anew(subscription, order))

    def _learn_anew(self, subscription: Subscription, order: int) -> Knowledge:
        more, announcement = subscription.knowledge.copy(), self._common.made[order]
        changes = CHANGES[announcement.kind].reach(subscription, announcement, order)
        more.learn(changes)
        if self._common.notes_all:
            for change in changes:
                if change.reaches is not None and change.reaches != subscription.binding_ends:
                    subscription.announcements.expect(change.reaches)
        return more

    def _ask(self, order: int) -> None:
        found = revenue = 0
        day = self._common.days[order]
        for each in self.member.subscriptions:
            if each.ended_on is None and (each.trial_ends is None or each.trial_ends <= day):
                ends_on = self._end_through(each, order, day)
                if ends_on is not None and (each.notice is None or ends_on < each.notice.ends_on):
                    found += 1
                    revenue += each.price(each.package, day)
        if found:
            self.exits.append(Exits(order, found, revenue))

    def _end_through(self, subscription: Subscription, order: int, day: Day) -> Day | None:
        """Where a notice on the day of an announcement ends a subscription by a change of its kind; None: nowhere."""
        ends, key = subscription.knowledge.ends, (subscription.package, order)
        if key not in ends:
            kind = self._common.made[order].kind
            ends[key] = ways.way_out(self.member, subscription, day, kind).ends_on
        return ends[key]
