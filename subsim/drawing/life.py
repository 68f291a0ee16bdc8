"""What a picture shows of one member's life: dates, spans and amounts, as yet without words or places.

Every date is asked of the replay itself: the windows of notice are those that the rules say are open, day by day.
Spans are half-open, `[starts, ends)`; amounts whole øre.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Literal, TypeVar

from attrs import evolve, frozen

from subsim.answers.can_cancel import Cancellation, cancellation_of
from subsim.answers.law import LawWay
from subsim.answers.outcome import Decision, Outcome
from subsim.answers.statutory_ways import law_answer
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import EndReason, LineKind, Route, State
from subsim.engine import ways
from subsim.engine.timeline import play
from subsim.files.scenario import Scenario
from subsim.membership.agreement import Happened, what_happened
from subsim.membership.changes import Change
from subsim.membership.events import Event, Facts
from subsim.membership.ledger import Ledger
from subsim.membership.ledger import Line as LedgerLine
from subsim.membership.member import Member
from subsim.membership.phases import Phase
from subsim.membership.subscription import Subscription
from subsim.membership.ways import Way
from subsim.terms.law_points import Column
from subsim.terms.terms import Terms

Settled = Literal["paid", "late", "open", "cancelled"]
"""How a line stands on the last day: paid when due, paid later, open, or cancelled in whole or in part."""


@frozen
class Band:
    """A stretch of a subscription's life in one state."""

    state: State
    starts: Day
    ends: Day


@frozen
class Span:
    """A stretch of time."""

    starts: Day
    ends: Day


@frozen(kw_only=True)
class Line:
    """An invoice line: what it covers (None: nothing, or for good), what it costs, and how it stands."""

    kind: LineKind
    package: str | None
    due: Day
    starts: Day | None
    ends: Day | None
    amount: int
    settled: Settled


@frozen(kw_only=True)
class Window:
    """The first and the last day on which a way out other than the ordinary one is open; None: no last day yet."""

    route: Route
    first: Day
    last: Day | None


@frozen(kw_only=True)
class Announced:
    """An announced change on its way to one subscription: it `reaches` it on that day, or never."""

    change: Change
    reaches: Day | None
    window: Window | None


@frozen
class EndByLaw:
    """An end that the law gives a notice, by a row of the law in one of its columns."""

    way: LawWay
    column: Column
    ends_on: Day


@frozen(kw_only=True)
class Lane:
    """The life of one subscription; `ends_on` is a standing end that lies ahead, `end_reason` the way of either end.

    `answer` is that of the day asked about, if the subscription lived at its end.
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
    announced: tuple[Announced, ...]
    withdrawal: Window | None
    answer: Cancellation | None

    @property
    def ends_by_law(self) -> "list[EndByLaw]":
        """The ends that the law gives a notice of the day asked about, where they are better than the contract's."""
        law = self.answer.law if self.answer else None
        ways = [way for way in law.ways_by("ordinary") if way.better in ("law", "depends")] if law else []
        found = [EndByLaw(way, "sure", way.sure.ends_on) for way in ways if way.better == "law" and way.sure.ends_on]
        arguable = [way for way in ways if way.arguable.ends_on != way.sure.ends_on]
        return found + [EndByLaw(way, "arguable", way.arguable.ends_on) for way in arguable if way.arguable.ends_on]

    @property
    def extent(self) -> Span:
        """From the sign-up to the last day that anything of it is drawn."""
        days = [band.ends for band in self.bands] + [self.binding.ends]
        days += [day for line in self.lines for day in (line.due, line.ends) if day is not None]
        days += [each.reaches for each in self.announced if each.reaches is not None]
        days += [each.window.last for each in self.announced if each.window and each.window.last]
        days += [self.withdrawal.last] if self.withdrawal and self.withdrawal.last else []
        days += [way.ends_on for way in self.answer.routes if way.ends_on] if self.answer else []
        days += [end.ends_on for end in self.ends_by_law]
        return Span(self.registered_on, max(days))


@frozen(kw_only=True)
class Life:
    """One member's life as of the end of the day `until`; `asked` is the day whose ways out are shown, if any.

    `arrears` holds what was open after each day that changed it; `happened` every event with its decision.
    """

    outcome: Outcome
    until: Day
    asked: Day | None
    lanes: tuple[Lane, ...]
    arrears: tuple[tuple[Day, int], ...]
    happened: tuple[tuple[Event, Decision], ...]

    @property
    def duties(self) -> list[tuple[Day, str]]:
        """The dated duties that follow from no invoice line: receipts and reminders of the card are left out."""
        shown = ("complaint_decision", "return_equipment")
        return [(duty.date, duty.duty) for duty in self.outcome.duties if duty.date and duty.duty in shown]

    @property
    def span(self) -> Span:
        """From the first to the last day of all that is drawn."""
        dates = [event.date for event, _decision in self.happened] + [self.until]
        dates += [self.asked] if self.asked else []
        dates += [day for day, _duty in self.duties]
        ends = [lane.extent.ends for lane in self.lanes]
        return Span(min(dates), max([*dates, *ends]))


_Registered = TypeVar("_Registered", Subscription, Lane)


class _Replays:
    """The member as they stood at the end of any day, each day replayed once."""

    def __init__(self, facts: Facts, terms: Terms) -> None:
        self.on: Callable[[Day], Member] = cache(lambda day: play(facts, terms, day))
        self.dates = sorted({event.date for event in facts.timeline})
        self.happened: Callable[[Member], list[Happened]] = lambda member: what_happened(member, facts.timeline)

    def traced(self, route: Route, first: Day, until: Day, ask: Callable[[Day], Way | None]) -> Window | None:
        """The window of a way that is open on its first day: asked again whenever something has happened."""
        way = ask(first)
        if way is None or way.ends_on is None:
            return None
        last = way.give_notice_by
        for day in self.dates:
            if first < day <= until and (last is None or day <= last):
                way = ask(day)
                if way is None or way.ends_on is None:
                    return Window(route=route, first=first, last=day)
                last = way.give_notice_by
        return Window(route=route, first=first, last=last)


def life(scenario: Scenario, outcome: Outcome, asked: Day | None = None) -> Life:
    """The life that a replay's outcome tells, and the ways out as of the end of a day no later than its last."""
    terms = Terms(numbers=outcome.numbers, readings=outcome.readings, reference_rates=scenario.reference_rates)
    replays = _Replays(scenario.facts, terms)
    member = replays.on(outcome.until)
    events = [event for event in scenario.facts.decided if event.date <= outcome.until]
    decided = [decision for decision in outcome.decisions if decision.verdict != "took_effect"]
    return Life(
        outcome=outcome,
        until=outcome.until,
        asked=asked,
        lanes=tuple(_lane(replays, member, index, outcome, asked) for index in range(len(member.subscriptions))),
        arrears=tuple(_arrears(member.ledger)),
        happened=tuple(zip(events, decided, strict=True)),
    )


def _lane(replays: _Replays, member: Member, index: int, outcome: Outcome, asked: Day | None) -> Lane:
    subscription = member.subscriptions[index]
    ended_on, binding_ends, notice = subscription.ended_on, subscription.binding_ends, subscription.notice
    return Lane(
        id=subscription.id,
        registered_on=subscription.registered_on,
        bands=tuple(_bands(subscription, outcome.until)),
        binding=Span(subscription.registered_on, min(binding_ends, ended_on or binding_ends)),
        ends_on=notice.ends_on if notice else None,
        ended_on=ended_on,
        end_reason=notice.route if notice else subscription.end_reason,
        lines=tuple(_line(line) for line in member.ledger.lines if _owner(member, line) is subscription),
        suspensions=tuple(_suspensions(member, subscription, outcome)),
        announced=tuple(_announced(replays, subscription, index, outcome.until)),
        withdrawal=_withdrawal(replays, subscription, index, outcome.until),
        answer=_answer(replays, subscription, index, asked, outcome.law_choices),
    )


def _bands(subscription: Subscription, until: Day) -> Iterable[Band]:
    """The states one after the other; the last one through the last day, or up to a standing end."""
    starts = [start.day for start in subscription.states]
    over = days_after(until, 1)
    ahead = max(over, subscription.notice.ends_on) if subscription.notice else over
    for start, ends in zip(subscription.states, [*starts[1:], ahead], strict=True):
        if start.phase is not Phase.ENDED:
            yield Band(start.phase.value, start.day, ends)


def owner_of(subscriptions: Iterable[_Registered], id: str, day: Day) -> _Registered | None:
    """The subscription that bore an id on a day: the latest signed up, should the id have been used again."""
    bore = [each for each in subscriptions if each.id == id and each.registered_on <= day]
    return bore[-1] if bore else None


def _owner(member: Member, line: LedgerLine) -> Subscription | None:
    """Whose line it is: of a withdrawn and a new subscription of one day, that which charged it; None: the member's."""
    charged = (each for each in member.subscriptions if line in each.lines)
    own = next(charged, None)
    if own is not None or line.subscription is None:
        return own
    return owner_of(member.subscriptions, line.subscription, line.due)


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


def _suspensions(member: Member, subscription: Subscription, outcome: Outcome) -> Iterable[Span]:
    """The stretches without access, up to the end or the last day."""
    since: Day | None = None
    for decision in outcome.decisions:
        if decision.verdict != "accepted" or decision.subscription is None:
            continue
        if owner_of(member.subscriptions, decision.subscription, decision.date) is not subscription:
            continue
        if decision.event == "suspend":
            since = since or decision.date
        elif decision.event == "restore" and since is not None:
            yield Span(since, decision.date)
            since = None
    if since is not None:
        yield Span(since, subscription.ended_on or outcome.until)


# Announcements and windows


def _announced(replays: _Replays, subscription: Subscription, index: int, until: Day) -> Iterable[Announced]:
    """The changes announced while it lived that touch the package it was on, in order of announcement."""
    for change in subscription.all_changes():
        if change.announced_on < subscription.registered_on:
            continue
        then = replays.on(change.announced_on).subscriptions[index]
        if change.touches(then.package):
            known = _as_known(then, change)
            yield Announced(
                change=known,
                reaches=None if _is_overtaken(subscription, change) else known.reaches,
                window=_window_of(replays, then, change, index, until),
            )


def _as_known(subscription: Subscription, change: Change) -> Change:
    """This change as it reaches the subscription on another day, when other packages are chosen."""
    names = change.order, change.package
    return next(known for known in subscription.all_changes() if (known.order, known.package) == names)


def _is_overtaken(subscription: Subscription, change: Change) -> bool:
    return change.kind == "price_change" and change.reaches is not None and subscription.is_overtaken(change)


def _window_of(replays: _Replays, then: Subscription, change: Change, index: int, until: Day) -> Window | None:
    """The days on which this change by itself lets the member leave; in a trial not before the trial is over."""

    def ask(day: Day) -> Way | None:
        member = replays.on(day)
        subscription = member.subscriptions[index]
        known = _as_known(subscription, change)
        if not subscription.is_live or known not in ways.pending(subscription, change.kind):
            return None
        return ways.way_through(member, subscription, known, day)

    first = max(change.announced_on, then.trial_ends or change.announced_on)
    return replays.traced(change.kind, first, until, ask) if first <= until else None


def _withdrawal(replays: _Replays, subscription: Subscription, index: int, until: Day) -> Window | None:
    """The days on which the member could withdraw, from the sign-up on."""

    def ask(day: Day) -> Way | None:
        member = replays.on(day)
        then = member.subscriptions[index]
        return ways.way_out(member, then, day, "withdrawal") if then.is_live else None

    return replays.traced("withdrawal", subscription.registered_on, until, ask)


def _answer(
    replays: _Replays, subscription: Subscription, index: int, asked: Day | None, law_choices: Mapping[str, str]
) -> Cancellation | None:
    """What a notice received that day would do by contract and law, if the subscription lived at its end."""
    if asked is None or asked < subscription.registered_on:
        return None
    member = replays.on(asked)
    then = member.subscriptions[index]
    if not then.is_live:
        return None
    answer = cancellation_of(member, then.id, asked)
    return evolve(answer, law=law_answer(member, replays.happened(member), answer, law_choices))


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
