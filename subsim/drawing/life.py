"""The content of a picture of one member: dates, spans and amounts, without texts or positions.

Every date comes from the replay: the windows of notice are the days on which the rules say that a way is open. Spans
are half-open, `[starts, ends)`; amounts are whole øre.

Where a day is asked about, what comes after it is that of a longer replay without more events.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, Protocol

from attrs import evolve, frozen

from subsim.answers.can_cancel import Cancellation, cancellation_of
from subsim.answers.law import LawWay
from subsim.answers.outcome import Decision, Outcome
from subsim.answers.statutory_ways.answer import law_answer
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import DutyName, EndReason, LineKind, State
from subsim.drawing.windows import AnnouncedChange, SubscriptionWindows, Window, windows
from subsim.engine.timeline import play
from subsim.files.scenario import Scenario
from subsim.membership.agreement import what_happened
from subsim.membership.events import Event, Restore, Suspend
from subsim.membership.facts import Facts
from subsim.membership.ledger import Ledger
from subsim.membership.lines import Line as LedgerLine
from subsim.membership.member import Member
from subsim.membership.owed import DUTIES
from subsim.membership.phases import Phase
from subsim.membership.subscription import Subscription
from subsim.terms.law_points import Column
from subsim.terms.law_routes import ORDINARY
from subsim.terms.terms import Terms

Settled = Literal["paid", "late", "open", "cancelled", "ahead"]
"""How a line stands on the last day: paid when due, paid later, open, cancelled in whole or in part, or not yet due."""


class HasFirstDay(Protocol):
    """Something that has an id from a day on."""

    @property
    def id(self) -> str:
        """The id, which another may have had before."""

    @property
    def registered_on(self) -> Day:
        """The first day."""


class Owners:
    """Finds the subscription, by its place in order of sign-up, that had an id on a day."""

    def __init__(self, subscriptions: Iterable[HasFirstDay]) -> None:
        self._days: dict[str, list[Day]] = {}
        self._places: dict[str, list[int]] = {}
        for place, each in enumerate(subscriptions):
            self._days.setdefault(each.id, []).append(each.registered_on)
            self._places.setdefault(each.id, []).append(place)

    def at(self, id: str, day: Day) -> int | None:
        """The place of the subscription with this id that was signed up last by then."""
        later = bisect_right(self._days.get(id, ()), day)
        return self._places[id][later - 1] if later else None


@frozen
class Band:
    """The days of a subscription in one state."""

    state: State
    starts: Day
    ends: Day


@frozen
class Span:
    """The days `[starts, ends)`."""

    starts: Day
    ends: Day


@frozen(kw_only=True)
class Line:
    """An invoice line: the span it covers (None: none, or without end), its amount, and its state."""

    kind: LineKind
    package: str | None
    due: Day
    starts: Day | None
    ends: Day | None
    amount: int
    settled: Settled


@frozen
class EndByLaw:
    """The end of a notice by law, from one column of a row of the law."""

    way: LawWay
    column: Column
    ends_on: Day


@frozen(kw_only=True)
class Lane:
    """One subscription; `ends_on` is an end in force that has not come, `end_reason` the way of either end.

    `answer` is that of the day asked about, if the subscription was live at its end. Bands and lines then go on beyond
    the last day.
    """

    id: str
    registered_on: Day
    bands: tuple[Band, ...]
    binding: Span
    ends_on: Day | None
    ended_on: Day | None
    end_reason: EndReason | None
    lines: tuple[Line, ...]
    suspensions: tuple[Span, ...]
    announced: tuple[AnnouncedChange, ...]
    withdrawal: Window | None
    answer: Cancellation | None

    @property
    def ends_by_law(self) -> "list[EndByLaw]":
        """The ends by law of a notice on the day asked about, where they are better than the contract's."""
        law = self.answer.law if self.answer else None
        ways = [way for way in law.ways_by(ORDINARY) if way.better in ("law", "depends")] if law else []
        found = [EndByLaw(way, "sure", way.sure.ends_on) for way in ways if way.better == "law" and way.sure.ends_on]
        arguable = [way for way in ways if way.arguable.ends_on != way.sure.ends_on]
        return found + [EndByLaw(way, "arguable", way.arguable.ends_on) for way in arguable if way.arguable.ends_on]

    @property
    def extent(self) -> Span:
        """From the sign-up to the last day drawn of it."""
        days = [band.ends for band in self.bands] + [self.binding.ends]
        days += [day for line in self.lines for day in (line.due, line.ends) if day is not None]
        days += [each.reaches for each in self.announced if each.reaches is not None]
        days += [each.window.last for each in self.announced if each.window and each.window.last]
        days += [self.withdrawal.last] if self.withdrawal and self.withdrawal.last else []
        days += [way.ends_on for way in self.answer.routes if way.ends_on] if self.answer else []
        days += [end.ends_on for end in self.ends_by_law]
        return Span(self.registered_on, max(days))


@frozen
class AssumedEvent:
    """An event that was in doubt, as it is assumed, and the span in which it may have happened, if any."""

    event: Event
    span: Span | None


@frozen(kw_only=True)
class Life:
    """One member as of the end of the day `until`; `asked` is the day of the question about ways out, if any.

    `arrears` has the open amount after each day that changed it, `happened` every event with its decision.
    """

    outcome: Outcome
    until: Day
    asked: Day | None
    lanes: tuple[Lane, ...]
    arrears: tuple[tuple[Day, int], ...]
    happened: tuple[tuple[Event, Decision], ...]
    assumed: tuple[AssumedEvent, ...] = ()

    def assumed_of(self, event: Event) -> AssumedEvent | None:
        """The assumption on an event that was in doubt; None for any other."""
        return next((each for each in self.assumed if each.event is event), None)

    @cached_property
    def owners(self) -> Owners:
        """Finds the lane of an id on a day."""
        return Owners(self.lanes)

    @property
    def duties(self) -> list[tuple[Day, DutyName]]:
        """The dated duties of complaints and equipment; receipts and card reminders are left out."""
        duties = [each for each in self.outcome.duties if DUTIES[each.duty].arises_from in ("event", "item")]
        return [(duty.date, duty.duty) for duty in duties if duty.date]

    @property
    def span(self) -> Span:
        """From the first to the last day drawn."""
        dates = [event.date for event, _decision in self.happened] + [self.until]
        dates += [self.asked] if self.asked else []
        dates += [day for day, _duty in self.duties]
        dates += [day for each in self.assumed if each.span for day in (each.span.starts, each.span.ends)]
        ends = [lane.extent.ends for lane in self.lanes]
        return Span(min(dates), max([*dates, *ends]))


def life(scenario: Scenario, outcome: Outcome, asked: Day | None = None, ahead: Day | None = None) -> Life:
    """The content of the picture of an outcome, with the ways out as of the end of `asked`, no later than its last day.

    With `asked` it includes what comes after the outcome's last day if nothing else happens, up to and including
    `ahead`; by default as far as anything else is drawn.
    """
    terms = Terms(numbers=outcome.numbers, readings=outcome.readings, reference_rates=scenario.reference_rates)
    until = outcome.until
    events = [event for event in scenario.facts.decided if event.date <= until]
    decided = [decision for decision in outcome.decisions if decision.verdict != "took_effect"]
    facts = evolve(scenario.facts, timeline=tuple(each for each in scenario.facts.timeline if each.date <= until))
    member = play(facts, terms, until)
    lanes = _lanes(member, windows(facts, terms, until), outcome)
    if asked is not None:
        answers = _answers(facts, terms, asked, outcome.law_choices)
        lanes = [evolve(lane, answer=answers.get(place)) for place, lane in enumerate(lanes)]
        last = ahead or max([until, *(days_after(lane.extent.ends, -1) for lane in lanes if lane.ended_on is None)])
        lanes = _with_what_comes(lanes, play(facts, terms, last), until, last)
    return Life(
        outcome=outcome,
        until=until,
        asked=asked,
        lanes=tuple(lanes),
        arrears=tuple(_arrears(member.ledger)),
        happened=tuple(zip(events, decided, strict=True)),
        assumed=tuple(each for each in _assumed(scenario) if each.event.date <= until),
    )


def _assumed(scenario: Scenario) -> Iterator[AssumedEvent]:
    """The events of a world that were in doubt in its scenario, found by their places in the file."""
    if scenario.whole is None:
        return
    by_place = {scenario.whole.places[doubt.index]: doubt for doubt in scenario.whole.doubts}
    for place, event in zip(scenario.places, scenario.facts.timeline, strict=True):
        if (doubt := by_place.get(place)) is not None:
            days = doubt.span
            yield AssumedEvent(event, None if days is None else Span(days.first, days_after(days.last, 1)))


def _lanes(member: Member, windows: list[SubscriptionWindows], outcome: Outcome) -> list[Lane]:
    lines = _lines_of_each(member)
    suspensions = _suspensions(member, outcome)
    return [
        _lane(subscription, windows[place], lines.get(place, []), suspensions.get(place, []), outcome.until)
        for place, subscription in enumerate(member.subscriptions)
    ]


def _lane(
    subscription: Subscription,
    windows: SubscriptionWindows,
    lines: Iterable[LedgerLine],
    suspensions: Iterable[Span],
    until: Day,
) -> Lane:
    ended_on, binding_ends, notice = subscription.ended_on, subscription.binding_ends, subscription.notice
    return Lane(
        id=subscription.id,
        registered_on=subscription.registered_on,
        bands=tuple(_bands(subscription, until)),
        binding=Span(subscription.registered_on, min(binding_ends, ended_on or binding_ends)),
        ends_on=notice.ends_on if notice else None,
        ended_on=ended_on,
        end_reason=notice.route if notice else subscription.end_reason,
        lines=tuple(map(_line, lines)),
        suspensions=tuple(suspensions),
        announced=windows.announced,
        withdrawal=windows.withdrawal,
        answer=None,
    )


def _bands(subscription: Subscription, until: Day) -> Iterable[Band]:
    """The states in order; the last one through the last day, or until the end in force."""
    starts = [start.day for start in subscription.states]
    over = days_after(until, 1)
    ahead = max(over, subscription.notice.ends_on) if subscription.notice else over
    for start, ends in zip(subscription.states, [*starts[1:], ahead], strict=True):
        if start.phase is not Phase.ENDED:
            yield Band(start.phase.value, start.day, ends)


def _lines_of_each(member: Member) -> dict[int, list[LedgerLine]]:
    """The lines by the place of their subscription, without those of the member.

    A line belongs to the subscription that charged it, also where an id is withdrawn and signed up again on one day.
    """
    charged = {id(line): place for place, each in enumerate(member.subscriptions) for line in each.lines}
    owners = Owners(member.subscriptions)
    found: dict[int, list[LedgerLine]] = {}
    for line in member.ledger.lines:
        place = charged.get(id(line))
        if place is None and line.subscription is not None:
            place = owners.at(line.subscription, line.due)
        if place is not None:
            found.setdefault(place, []).append(line)
    return found


def _line(line: LedgerLine) -> Line:
    return Line(
        kind=line.kind,
        package=line.package,
        due=line.due,
        starts=line.starts,
        ends=line.ends,
        amount=line.amount,
        settled=_settled(line),
    )


def _settled(line: LedgerLine) -> Settled:
    if line.cancelled:
        return "cancelled"
    if line.paid_on is None:
        return "open"
    return "late" if line.paid_on > line.due else "paid"


def _suspensions(member: Member, outcome: Outcome) -> dict[int, list[Span]]:
    """The spans without access by the place of the subscription, until its end or the last day."""
    owners, since = Owners(member.subscriptions), dict[int, Day]()
    found: dict[int, list[Span]] = {}
    for decision in outcome.decisions:
        if decision.verdict != "accepted" or decision.event not in (Suspend.name, Restore.name):
            continue
        place = owners.at(decision.subscription or "", decision.date)
        if place is None:
            continue
        if decision.event == Suspend.name:
            since.setdefault(place, decision.date)
        elif place in since:
            found.setdefault(place, []).append(Span(since.pop(place), decision.date))
    for place, first in since.items():
        ends = member.subscriptions[place].ended_on or outcome.until
        found.setdefault(place, []).append(Span(first, ends))
    return found


def _answers(facts: Facts, terms: Terms, asked: Day, law_choices: Mapping[str, str]) -> dict[int, Cancellation]:
    """The answers for a notice received that day, by the place of each subscription live at its end."""
    member = play(facts, terms, asked)
    happened, found = what_happened(member, facts.timeline), dict[int, Cancellation]()
    for place, each in enumerate(member.subscriptions):
        if each.is_live:
            answer = cancellation_of(member, each.id, asked)
            found[place] = evolve(answer, law=law_answer(member, happened, answer, law_choices))
    return found


# What comes


def _with_what_comes(lanes: Sequence[Lane], later: Member, until: Day, last: Day) -> list[Lane]:
    """The lanes with the states and lines of a longer replay, in which nothing happens after `until`."""
    lines = _lines_of_each(later)
    return [
        evolve(
            lane,
            bands=tuple(_bands(subscription, last)),
            lines=(*lane.lines, *_not_yet_due(lines.get(place, ()), until)),
        )
        for place, (lane, subscription) in enumerate(zip(lanes, later.subscriptions, strict=True))
    ]


def _not_yet_due(lines: Iterable[LedgerLine], until: Day) -> Iterator[Line]:
    return (evolve(_line(line), settled="ahead") for line in lines if line.due > until)


# What is open


def _arrears(ledger: Ledger) -> Iterable[tuple[Day, int]]:
    """What the member owed after each day on which that changed."""
    changes: dict[Day, int] = {}
    for line in ledger.lines:
        before = 0
        for balance in line.balances or ():
            if balance.amount == before:
                continue
            changes[balance.day] = changes.get(balance.day, 0) + balance.amount - before
            before = balance.amount
    owed = 0
    for day in sorted(changes):
        owed += changes[day]
        yield day, owed
