"""Why not, or why not sooner: the smallest changes of a timeline that would have given the member a better answer.

They are found by replaying changed timelines: with the notice on an earlier day, or without some events. No rule is
used here.
"""

from attrs import evolve

from subsim.answers.can_cancel import Cancellation, cancellation_of
from subsim.basics.dates import Day, days_after, days_between
from subsim.basics.enumerations import EndReason
from subsim.basics.values import frozen
from subsim.engine.timeline import Timeline, play
from subsim.engine.ways import WAYS, is_withdrawal
from subsim.membership.events import Event
from subsim.membership.facts import Facts, FaultInFacts
from subsim.membership.member import Member
from subsim.terms.terms import Terms

_FARTHEST_BACK = 366
"""How many days before the day asked about the timeline may be changed."""
_LATEST = 100
"""How many events of those days are left out in turn, the latest."""
_MOST_REPLAYED = 20_000
"""How many events are replayed for that at most: of a timeline of more than 200, fewer are left out in turn."""
_MOST = 5
"""The largest number of changes given; the smallest come first."""


@frozen(kw_only=True)
class Alternative:
    """A change of the timeline, and the better end that it gives.

    Either the notice comes by `notice_by`, or the events `without` do not happen. `last` is the last day on which that
    way is open, where it has one; `is_over` says that the subscription would have ended already.
    """

    notice_by: Day | None = None
    without: tuple[Event, ...] = ()
    route: EndReason
    ends_on: Day
    last: Day | None = None
    is_over: bool = False


def why_not(facts: Facts, terms: Terms, answer: Cancellation) -> list[Alternative]:
    """The changes under which the answer would have been better for the member, the smallest first.

    Where the answer is no, any end is better; else a sooner one, or one by withdrawal. There are none without a live
    subscription, or where it can end on the same day.
    """
    if answer.state in (None, "ended") or answer.earliest_end == answer.date:
        return []
    past = tuple(event for event in facts.timeline if event.date <= answer.date)
    search = _Search(evolve(facts, timeline=past), terms, answer, play(facts, terms, answer.date))
    return [*search.earlier_notice(), *search.events_left_out()][:_MOST]


@frozen
class _Search:
    """The timeline up to the day asked about, its answer, and the member on that day."""

    facts: Facts
    terms: Terms
    answer: Cancellation
    member: Member

    @property
    def registered_on(self) -> Day:
        """The day of the subscription's sign-up, before which nothing is changed."""
        return self.member.by_id[self.answer.subscription].registered_on

    # An earlier notice

    def earlier_notice(self) -> list[Alternative]:
        """The change with the latest earlier notice that is worth it, if there is one.

        Between two decisions only the day changes, so one replay that stops at each decision serves all days.
        """
        date, name = self.answer.date, self.answer.subscription
        decided = {decision.date for decision in self.member.decisions}
        farthest = min(_FARTHEST_BACK, days_between(self.registered_on, date))
        timeline, found = Timeline(self.facts, self.terms), list[Alternative]()
        for back in range(farthest, 0, -1):
            day = days_after(date, -back)
            member = timeline.end_day(day) if day in decided or back == farthest else timeline.member
            earlier = cancellation_of(member, name, day)
            if earlier.route and earlier.earliest_end and self._is_worth_it(back, earlier.earliest_end):
                found = [Alternative(notice_by=day, route=earlier.route, ends_on=earlier.earliest_end)]
        return found

    def _is_worth_it(self, days_earlier: int, end: Day) -> bool:
        """Whether the end is sooner by at least twice as many days as the notice; always where the answer is no."""
        wanted = self.answer.earliest_end
        return wanted is None or days_between(end, wanted) >= 2 * days_earlier

    # Events left out

    def events_left_out(self) -> list[Alternative]:
        """The changes that leave out events: the fewest events first, of equal numbers the latest."""
        date = self.answer.date
        first = days_after(date, -_FARTHEST_BACK)
        by_kind: dict[tuple[str, str | None], list[int]] = {}
        timeline = self.facts.timeline
        latest = min(_LATEST, _MOST_REPLAYED // len(timeline) + 1)
        for index, event in list(enumerate(timeline))[-latest:]:
            if event.date >= first:
                by_kind.setdefault((event.name, getattr(event, "subscription", None)), []).append(index)
        found = [instead for indexes in by_kind.values() for instead in self._of_one_kind(indexes)]
        return sorted(
            found, key=lambda each: (len(each.without), days_between(each.without[-1].date, self.answer.date))
        )

    def _of_one_kind(self, indexes: list[int]) -> list[Alternative]:
        """The changes that leave out one of these events, else the one that leaves out all, if that is better."""
        singles = [better for index in indexes for better in self._better_without([index])]
        return singles or (self._better_without(indexes) if len(indexes) > 1 else [])

    def _better_without(self, indexes: list[int]) -> list[Alternative]:
        end = self._end_without(indexes)
        return [end] if end is not None and self._is_better(end) else []

    def _end_without(self, indexes: list[int]) -> Alternative | None:
        """The end that is possible, or has come, without these events; None if there is none."""
        left_out, events = set(indexes), list(enumerate(self.facts.timeline))
        without = tuple(event for index, event in events if index in left_out)
        kept = tuple(event for index, event in events if index not in left_out)
        name, date = self.answer.subscription, self.answer.date
        try:
            member = play(evolve(self.facts, timeline=kept), self.terms, date)
        except FaultInFacts:
            return None
        subscription = member.by_id.get(name)
        if subscription is None or subscription.registered_on != self.registered_on:
            return None
        if subscription.ended_on is not None and subscription.end_reason is not None:
            return Alternative(
                without=without, route=subscription.end_reason, ends_on=subscription.ended_on, is_over=True
            )
        other = cancellation_of(member, name, date)
        if other.route is None or other.earliest_end is None:
            return None
        last = next((way.give_notice_by for way in other.routes if way.route == other.route), None)
        return Alternative(without=without, route=other.route, ends_on=other.earliest_end, last=last)

    def _is_better(self, end: Alternative) -> bool:
        """Whether the end is a better answer: sooner, or by withdrawal; an end by Kabelplus is not."""
        if end.route not in WAYS:
            return False
        wanted = self.answer.earliest_end
        if wanted is None or end.ends_on < wanted:
            return True
        return end.ends_on == wanted and is_withdrawal(end.route) and end.route != self.answer.route
