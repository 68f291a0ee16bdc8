"""The facts about a member in the neutral terms of retention: what happened on each date, ends first.

With a policy without an agreement the events are the facts. With the agreement of the terms the facts come from the
replay: accepted sign-ups, ends, notices in force, acts of the member, and a voucher for each line.
"""

from collections.abc import Iterator
from typing import Any, Literal

from attrs import frozen

from subsim.basics.dates import Day, days_after
from subsim.engine.timeline import Timeline
from subsim.engine.ways import WAYS
from subsim.membership import data_events, events
from subsim.membership.data_events import DataEvent
from subsim.membership.events import Event
from subsim.membership.facts import Facts, FaultInFacts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.terms.policies import Policy
from subsim.terms.terms import Terms

By = Literal["member", "controller"]


@frozen
class Start:
    """A relationship began."""

    relationship: str


@frozen
class End:
    """A relationship ended on this date, the first day without it."""

    relationship: str
    by: By
    notice_on: Day | None


@frozen
class EndFixed:
    """The end of a relationship became known on this date; None: it is no longer known."""

    relationship: str
    ends_on: Day | None
    by: By = "member"
    notice_on: Day | None = None


@frozen
class Dealing:
    """An act of the member under the terms, other than the use of a product."""


@frozen
class Fact:
    """Something that happened on a date. Ends are `at_start`: they take effect before all else.

    Vouchers made by the start of the day, before its events, are `in_morning`.
    """

    date: Day
    what: Any
    at_start: bool = False
    in_morning: bool = False


_BY_MEMBER = tuple(WAYS)
"""The ends by the member."""
_USE = (events.LogIn.name, events.Activate.name)
_DEALINGS = (
    *(events.GiveNotice.name, events.WithdrawNotice.name, events.ChangePackage.name, events.Buy.name),
    *(events.Pay.name, events.Complain.name, events.Move.name, events.ReturnEquipment.name),
)
_GIVE_NOTICE = (events.GiveNotice.name, events.Terminate.name, events.Withdraw.name)


def story_of(facts: Facts, terms: Terms, policy: Policy, until: Day) -> list[Fact]:
    """All facts known on `until`, by date; on each date ends come first, then the order of the file.

    FaultInFacts as for the replay.
    """
    facts_so_far = _neutral(facts) if policy.agreement == "none" else _replayed(facts, terms, policy, until)
    by_then = (fact for fact in facts_so_far if fact.date <= until)
    return sorted(by_then, key=lambda fact: (fact.date, not fact.at_start, not fact.in_morning))


# A policy without an agreement


def _neutral(facts: Facts) -> Iterator[Fact]:
    morning = _StartOfDay()
    for event in facts.timeline:
        at_start = morning.takes(event)
        match event:
            case data_events.RelationshipStart():
                yield Fact(event.date, Start(event.relationship))
            case data_events.RelationshipEnd(notice_given=given):
                if given and given < event.date:
                    yield Fact(given, EndFixed(event.relationship, event.date, event.by, given))
                yield Fact(event.date, End(event.relationship, event.by, given), at_start)
            case _:
                yield Fact(event.date, event, at_start)


class _StartOfDay:
    """What was live or open at the start of a date. Its end takes effect then, wherever the file has it."""

    def __init__(self) -> None:
        self._date: Day | None = None
        self._open: set[tuple[str, str]] = set()
        self._since_before: set[tuple[str, str]] = set()

    def takes(self, event: Event) -> bool:
        """Take the next event. Return whether it ends something that was there at the start of its date."""
        if event.date != self._date:
            self._date, self._since_before = event.date, set(self._open)
        match event:
            case data_events.RelationshipStart():
                self._open.add(("relationship", event.relationship))
            case data_events.RelationshipEnd():
                return self._ends("relationship", event.relationship)
            case data_events.DisputeOpened():
                self._open.add(("dispute", event.id))
            case data_events.DisputeClosed():
                return self._ends("dispute", event.id)
            case data_events.HoldPlaced():
                self._open.add(("hold", event.id))
            case data_events.HoldLifted():
                return self._ends("hold", event.id)
        return False

    def _ends(self, kind: str, name: str) -> bool:
        was_there = (kind, name) in self._since_before
        self._since_before.discard((kind, name))
        self._open.discard((kind, name))
        return was_there


# The agreement of the terms


def _replayed(facts: Facts, terms: Terms, policy: Policy, until: Day) -> Iterator[Fact]:
    replay, ends, morning, vouchers = Timeline(facts, terms), _Ends(), _StartOfDay(), _Vouchers(policy)
    for event in facts.timeline:
        if event.date > until:
            break
        yield from vouchers.since(replay.begin_day(event.date), in_morning=True)
        member = replay.take_event()
        if isinstance(event, DataEvent):
            yield Fact(event.date, event, morning.takes(event))
            continue
        if member.decisions[-1].ruling.verdict == "accepted":
            yield from _what_was_done(event, member)
        yield from ends.changed(member, event)
        yield from vouchers.since(member, in_morning=False)
    member = replay.end_day(until)
    yield from ends.come(member)
    yield from vouchers.since(member, in_morning=True)


def _what_was_done(event: Event, member: Member) -> Iterator[Fact]:
    if isinstance(event, events.SignUp):
        yield Fact(event.date, Start(_name(member, member.by_id[event.subscription])))
    elif event.name in _USE:
        yield Fact(event.date, data_events.Activity(date=event.date))
    elif isinstance(event, events.Complain):
        yield Fact(event.date, data_events.Contact(date=event.date))
    elif event.name in _DEALINGS:
        yield Fact(event.date, Dealing())


class _Ends:
    """The known ends of the subscriptions during the replay."""

    def __init__(self) -> None:
        self._known: dict[str, Day | None] = {}
        self._given: dict[tuple[str, Day], Day] = {}

    def changed(self, member: Member, event: Event) -> Iterator[Fact]:
        """The ends that became known by an event, or are no longer known; ends of the same day are given by `come`."""
        for subscription in member.subscriptions:
            name, notice = _name(member, subscription), subscription.notice
            ends_on = subscription.ended_on or (notice.ends_on if notice else None)
            if event.name in _GIVE_NOTICE and ends_on and ends_on != self._known.get(name):
                self._given[name, ends_on] = event.date
            if ends_on != self._known.get(name) and not (subscription.ended_on and ends_on == event.date):
                route = notice.route if notice else subscription.end_reason
                given = self._given.get((name, ends_on)) if ends_on else None
                yield Fact(event.date, EndFixed(name, ends_on, _by(route), given))
            self._known[name] = ends_on

    def come(self, member: Member) -> Iterator[Fact]:
        """The ends of the day."""
        for subscription in member.subscriptions:
            if subscription.ended_on is not None:
                name = _name(member, subscription)
                given = self._given.get((name, subscription.ended_on))
                at_start = subscription.registered_on < subscription.ended_on
                yield Fact(subscription.ended_on, End(name, _by(subscription.end_reason), given), at_start=at_start)


def _name(member: Member, subscription: Subscription) -> str:
    """A name for this subscription alone, since an id may be signed up again."""
    return str(member.subscriptions.index(subscription))


def _by(route: str | None) -> By:
    return "member" if route in _BY_MEMBER else "controller"


class _Vouchers:
    """The vouchers of lines, payments and refunds during the replay, with the replay's numbers."""

    def __init__(self, policy: Policy) -> None:
        self._categories = [name for name, each in policy.categories.items() if each.duty == "bookkeeping"]
        self._lines = self._payments = self._refunds = 0

    def since(self, member: Member, *, in_morning: bool) -> Iterator[Fact]:
        """The vouchers since the last call."""
        ledger = member.ledger
        for line in ledger.lines[self._lines :]:
            self._lines += 1
            covers = days_after(line.ends, -1) if line.ends else None
            yield from self._of(f"invoice:{self._lines}", line.due, in_morning, covers)
        for payment in ledger.payments[self._payments :]:
            self._payments += 1
            yield from self._of(f"payment:{self._payments}", payment.date, in_morning)
        for refund in ledger.refunds[self._refunds :]:
            self._refunds += 1
            yield from self._of(f"refund:{self._refunds}", refund.date, in_morning)

    def _of(self, name: str, date: Day, in_morning: bool, covers: Day | None = None) -> Iterator[Fact]:
        until = None if covers is None else events.KnownDay(covers)
        for category in self._categories:
            record = data_events.DataRegistered(date=date, category=category, id=name, covers_until=until)
            yield Fact(date, record, in_morning=in_morning)


__all__ = ["Dealing", "End", "EndFixed", "Fact", "FaultInFacts", "Start", "story_of"]
