"""The days after a date if nothing else happens: the timeline known by then, replayed from deadline to deadline."""

from collections.abc import Iterator

from attrs import evolve

from subsim.answers.question import Case
from subsim.basics.dates import Day, days_after, days_between, months
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.engine.timeline import Timeline
from subsim.engine.ways import GROUNDS, WAYS, way_out
from subsim.membership.member import Member
from subsim.membership.ways import Way
from subsim.rules.termination import ORDINARY


def known_on(case: Case, date: Day) -> Case:
    """The case as known at the end of a date, without later events."""
    facts = case.scenario.facts
    known = tuple(event for event in facts.timeline if event.date <= date)
    return evolve(case, scenario=evolve(case.scenario, facts=evolve(facts, timeline=known)))


@frozen
class Interval:
    """The days `[first, after)` between two deadlines, on which the state of `member` is the same.

    The member is one object: it changes as soon as the next interval is taken from the iterator.
    """

    member: Member
    first: Day
    after: Day


def intervals(case: Case, date: Day, after: Day) -> Iterator[Interval]:
    """The days `[date, after)` of a case known on `date`, cut at each deadline; one replay goes through all of them."""
    timeline = Timeline(case.scenario.facts, case.terms)
    member = timeline.end_day(date)
    first = date
    while first < after:
        next_deadline = min(after, member.next_day(first))
        yield Interval(member, first, next_deadline)
        first = next_deadline
        if first < after:
            timeline.begin_day(first)


# The last day of notice for each end


@frozen(kw_only=True)
class LastDay:
    """The last day on which a notice gives this end, by the way that is open longest; `because` is its reason."""

    day: Day
    route: Route
    ends_on: Day
    clause: str
    because: Message

    def comes_a_day_after(self, other: "LastDay") -> bool:
        """Whether its end is the day after the other's."""
        return self.ends_on == days_after(other.ends_on, 1)


@frozen(kw_only=True)
class LastDays:
    """The last days of notice, in order.

    `moves_along` says that on some days each later notice has an end one day later. Such ends are left out.
    """

    days: tuple[LastDay, ...]
    moves_along: bool


def last_days_of_notice(case: Case, name: str, date: Day, until: Day, routes: tuple[Route, ...] = GROUNDS) -> LastDays:
    """The last days of a notice by these routes, `date` and `until` included, of a case known on `date`.

    An end given by several routes has the latest of their days, of equal days by the first route. Only ends before an
    end in force count.
    """
    days = list(_notices(case, name, date, until, routes))
    found: dict[Day, LastDay] = {}
    moves_along = False
    for route in routes:
        for (_, before), (day, now), (_, after) in zip(days, days[1:], days[2:], strict=False):
            way, earlier, later = now.get(route), before.get(route), after.get(route)
            if way is None or (later and later.ends_on == way.ends_on):
                continue
            if (earlier is None or earlier.ends_on != way.ends_on) and later and later.comes_a_day_after(way):
                moves_along = True
            elif way.ends_on not in found or found[way.ends_on].day < day:
                found[way.ends_on] = evolve(way, day=day)
    return LastDays(days=tuple(sorted(found.values(), key=lambda each: each.day)), moves_along=moves_along)


def ordinary_last_days(case: Case, name: str, date: Day) -> LastDays:
    """The last days of an ordinary notice within the year after `date`, of a case as known on it."""
    return last_days_of_notice(known_on(case, date), name, date, months(date, 12), (ORDINARY,))


def _notices(
    case: Case, name: str, date: Day, until: Day, routes: tuple[Route, ...]
) -> Iterator[tuple[Day, dict[Route, LastDay]]]:
    """By day, from the one before `date` to the one after `until`, the open ways of these routes.

    The day before `date` is judged by the state of `date`.
    """
    first = days_after(date, -1)
    for interval in intervals(case, date, days_after(until, 2)):
        subscription = interval.member.by_id.get(name)
        horizon = (subscription and subscription.ends_on) or Day.max
        for day in (days_after(first, count) for count in range(days_between(first, interval.after))):
            found: dict[Route, LastDay] = {}
            if subscription is not None and subscription.is_live:
                for route in routes:
                    way = way_out(interval.member, subscription, day, route)
                    if way.ends_on is not None and way.ends_on < horizon:
                        found[route] = _on(day, way, way.ends_on)
            yield day, found
        first = interval.after


def _on(day: Day, way: Way, ends_on: Day) -> LastDay:
    clause = WAYS[way.route].clauses[0]
    return LastDay(day=day, route=way.route, ends_on=ends_on, clause=clause, because=way.because)
