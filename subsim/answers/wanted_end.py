"""Whether the member can leave on a given day: the notice that gives exactly that end, else the nearest ends.

Every withdrawal and notice from the date asked about on is tried, by each way out, as if nothing else happened; an
ordinary notice with any wanted end. Between two deadlines a way out can only close, and an ordinary notice can only
lose ends, so a binary search finds its last day.
"""

from collections.abc import Iterator

from attrs import define, evolve, field

from subsim.answers.can_cancel import Answer, Reach, WantedEnd
from subsim.answers.forecast import Interval, intervals, known_on
from subsim.answers.question import Case
from subsim.basics.dates import Day, days_after, days_between, months
from subsim.engine import ways
from subsim.membership.events import GiveNotice
from subsim.membership.subscription import Notice
from subsim.membership.ways import Way

_LONGEST = 12 * 101
"""Months in which some ordinary notice must have become possible: a binding is at most a hundred years."""


def wanted_end_of(case: Case, name: str, date: Day, wanted: Day) -> WantedEnd:
    """Whether a notice on `date` or later can end a subscription exactly on the day `wanted`."""
    known = known_on(case, date)
    subscription = known.play(date).by_id.get(name)
    if subscription is None or not subscription.is_live:
        return WantedEnd(wanted=wanted)
    search = _Search(known, name, date, subscription.notice)
    exact = search.reach(wanted)
    if exact is not None:
        return WantedEnd(wanted=wanted, exact=exact)
    before, after = (None if end is None else search.reach(end) for end in search.nearest(wanted))
    return WantedEnd(wanted=wanted, before=before, after=after)


def answer_with(case: Case, name: str, date: Day, wanted: Day, *, with_law: bool = True) -> Answer:
    """The answer of `can-cancel` with the end that is wanted, and with the law unless it is left out."""
    answer = case.answer(name, date, with_law=with_law)
    return evolve(answer, wanted_end=wanted_end_of(case, name, date, wanted))


@define
class _Search:
    """The notices that can be given from `date` on, in a case known on it.

    Only ends before that of `notice`, which is in force, can be reached; that end itself needs no notice.
    """

    case: Case
    name: str
    date: Day
    notice: Notice | None

    @property
    def horizon(self) -> Day:
        return Day.max if self.notice is None else self.notice.ends_on

    def reach(self, end: Day) -> Reach | None:
        """The way to exactly this end whose last day of notice is the latest, of equals the first of the table."""
        if end == self.horizon and self.notice is not None:
            return Reach(ends_on=end, route=self.notice.route)
        if end > self.horizon:
            return None
        best: Reach | None = None
        for interval in self._intervals(days_after(end, 1)):
            for day, way in self._last_notices(interval, end):
                if best is None or best.give_notice_by is None or day > best.give_notice_by:
                    best = Reach(ends_on=end, route=way.route, give_notice_by=day, because=way.because)
        return best

    def nearest(self, wanted: Day) -> tuple[Day | None, Day | None]:
        """The nearest ends before and after a day that is no end itself."""
        found = _NearestEnds(wanted)
        if self.notice is not None:
            found.see(self.notice.ends_on)
        for interval in self._intervals(months(max(wanted, self.date), _LONGEST)):
            if found.after is not None and interval.first >= found.after:
                break
            for end in self._ends_near(interval, found):
                if end < self.horizon:
                    found.see(end)
        return found.before, found.after

    def _intervals(self, after: Day) -> Iterator[Interval]:
        return intervals(self.case, self.date, min(after, self.horizon))

    def _others(self, interval: Interval) -> Iterator[tuple[Day, Way]]:
        """The ways out by a notice of each day of an interval, of those open on its first day but the ordinary one."""
        member, subscription = interval.member, interval.member.by_id[self.name]
        found = ways.ways_out(member, subscription, interval.first)
        routes = [way.route for way in found if way.ends_on is not None and ways.WAYS[way.route].has_last_day]
        for count in range(days_between(interval.first, interval.after) if routes else 0):
            day = days_after(interval.first, count)
            for route in routes:
                yield day, ways.way_out(member, subscription, day, route)

    def _ordinary(self, interval: Interval, day: Day, wanted: Day) -> Way:
        event = GiveNotice(date=day, subscription=self.name, wanted_end=wanted)
        return ways.way_of_notice(interval.member, interval.member.by_id[self.name], event)

    def _last_notices(self, interval: Interval, end: Day) -> list[tuple[Day, Way]]:
        """By way the last day of an interval on which it gives exactly this end, in the order of the table."""
        last = {way.route: (day, way) for day, way in self._others(interval) if way.ends_on == end}
        found = [last[route] for route in ways.WAYS if route in last]
        way = self._ordinary(interval, interval.first, end)
        if way.ends_on == end:
            gives, fails = 0, days_between(interval.first, interval.after)
            while fails - gives > 1:
                middle = (gives + fails) // 2
                still = self._ordinary(interval, days_after(interval.first, middle), end)
                gives, fails, way = (middle, fails, still) if still.ends_on == end else (gives, middle, way)
            found.append((days_after(interval.first, gives), way))
        return found

    def _ends_near(self, interval: Interval, found: "_NearestEnds") -> Iterator[Day]:
        """The ends that a notice of an interval gives; of an ordinary one the nearest on both sides."""
        for _day, way in self._others(interval):
            if way.ends_on is not None:
                yield way.ends_on
        later = self._ordinary(interval, interval.first, days_after(found.wanted, 1)).ends_on
        if later is None:
            return
        yield later
        end, least = days_after(found.wanted, -1), max(found.before or interval.first, interval.first)
        while end >= least:
            if self._ordinary(interval, interval.first, end).ends_on == end:
                yield end
                return
            end = days_after(end, -1)


@define
class _NearestEnds:
    """The nearest ends seen so far on both sides of the day that is wanted."""

    wanted: Day
    before: Day | None = field(default=None)
    after: Day | None = field(default=None)

    def see(self, end: Day) -> None:
        if end < self.wanted and (self.before is None or end > self.before):
            self.before = end
        if end > self.wanted and (self.after is None or end < self.after):
            self.after = end
