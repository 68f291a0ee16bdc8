"""The story of a member in the neutral words of retention: what happened on each date, ends first.

With a policy of its own agreement the story is told by the events themselves. With that of the terms it comes from the
replay: sign-ups that were accepted, ends, the notices that stand, what the member did, and a voucher for each line.
"""

from collections.abc import Iterator
from typing import Any, Literal

from attrs import frozen

from subsim.basics.dates import Day, days_after
from subsim.engine.timeline import Replay
from subsim.membership import events
from subsim.membership.events import DataEvent, Event, Facts, FaultInFacts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.terms.policies import CategoryName, Policy
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
    """From now on it is known when a relationship ends; None: no longer."""

    relationship: str
    ends_on: Day | None
    by: By = "member"
    notice_on: Day | None = None


@frozen
class Dealing:
    """Something that the member did by the terms, beside the use of a product."""


@frozen
class Fact:
    """What happened on a date; `at_start` of ends, which take effect before all else; `index` is the event's."""

    date: Day
    what: Any
    at_start: bool = False
    index: int | None = None


_BY_MEMBER = ("withdrawal", "trial", "ordinary", "price_change", "service_change", "terms_change")
_USE = (events.LogIn.name, events.Activate.name)
_DEALINGS = (
    *(events.GiveNotice.name, events.WithdrawNotice.name, events.ChangePackage.name, events.Buy.name),
    *(events.Pay.name, events.Complain.name, events.Move.name, events.ReturnEquipment.name),
)
_GIVE_NOTICE = (events.GiveNotice.name, events.Terminate.name, events.Withdraw.name)
_CLOSES = (events.DisputeClosed, events.HoldLifted)


def story_of(facts: Facts, terms: Terms, policy: Policy, until: Day) -> list[Fact]:
    """All that is known on `until`, by date; on each date ends first, else in the order of the file.

    FaultInFacts as of the replay.
    """
    told = _neutral(facts) if policy.agreement == "none" else _replayed(facts, terms, policy, until)
    by_then = (fact for fact in told if fact.date <= until)
    return sorted(by_then, key=lambda fact: (fact.date, not fact.at_start))


# A policy without an agreement


def _neutral(facts: Facts) -> Iterator[Fact]:
    live: set[str] = set()
    timeline = list(enumerate(facts.timeline))
    for index, event in timeline:
        if isinstance(event, events.RelationshipEnd) and event.notice_given and event.notice_given < event.date:
            yield Fact(event.notice_given, EndFixed(event.relationship, event.date, event.by, event.notice_given))
        if isinstance(event, events.RelationshipStart):
            live.add(event.relationship)
            yield Fact(event.date, Start(event.relationship), index=index)
        elif isinstance(event, events.RelationshipEnd):
            begun_today = any(
                isinstance(each, events.RelationshipStart)
                and each.date == event.date
                and each.relationship == event.relationship
                for _, each in timeline[:index]
            )
            end = End(event.relationship, event.by, event.notice_given)
            yield Fact(event.date, end, at_start=not begun_today or _ended_before(timeline, index), index=index)
        else:
            yield Fact(event.date, event, at_start=_at_start(timeline, index), index=index)


def _ended_before(timeline: list[tuple[int, Event]], index: int) -> bool:
    """Whether the relationship that an event ends was live as its date began, and this is the first to end it."""
    event = timeline[index][1]
    assert isinstance(event, events.RelationshipEnd)
    live = False
    for _, each in timeline[:index]:
        same = isinstance(each, events.RelationshipStart | events.RelationshipEnd)
        if not same or each.relationship != event.relationship:  # type: ignore[attr-defined] - one of the two
            continue
        if each.date == event.date and isinstance(each, events.RelationshipEnd):
            return False
        if each.date < event.date:
            live = isinstance(each, events.RelationshipStart)
    return live


def _at_start(timeline: list[tuple[int, Event]], index: int) -> bool:
    """Whether an event lifts a dispute or hold that was open as its date began."""
    event = timeline[index][1]
    if not isinstance(event, _CLOSES):
        return False
    opens = events.DisputeOpened if isinstance(event, events.DisputeClosed) else events.HoldPlaced
    return not any(
        isinstance(each, opens) and each.id == event.id and each.date == event.date for _, each in timeline[:index]
    )


# The agreement of the terms


def _replayed(facts: Facts, terms: Terms, policy: Policy, until: Day) -> Iterator[Fact]:
    replay = Replay(facts, terms)
    ends = _Ends()
    timeline = list(enumerate(facts.timeline))
    for index, event in timeline:
        if event.date > until:
            break
        if isinstance(event, DataEvent):
            replay.take()
            yield Fact(event.date, event, at_start=_at_start(timeline, index), index=index)
            continue
        member = replay.take()
        accepted = member.decisions[-1][4] == "accepted"
        if accepted:
            yield from _what_was_done(event, member, index)
        yield from ends.changed(member, event)
    member = replay.end(until)
    yield from ends.come(member)
    yield from _vouchers(member, policy)


def _what_was_done(event: Event, member: Member, index: int) -> Iterator[Fact]:
    if isinstance(event, events.SignUp):
        yield Fact(event.date, Start(_name(member, member.by_id[event.subscription])), index=index)
    elif event.name in _USE:
        yield Fact(event.date, events.Activity(date=event.date), index=index)
    elif isinstance(event, events.Complain):
        yield Fact(event.date, events.Contact(date=event.date), index=index)
    elif event.name in _DEALINGS:
        yield Fact(event.date, Dealing(), index=index)


class _Ends:
    """What is known of the ends of the subscriptions as the replay goes on."""

    def __init__(self) -> None:
        self._known: dict[str, Day | None] = {}
        self._given: dict[tuple[str, Day], Day] = {}

    def changed(self, member: Member, event: Event) -> Iterator[Fact]:
        """The ends that an event has fixed, or no longer fixes; an end of the day itself is told by `come`."""
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
        """The ends that have come."""
        for subscription in member.subscriptions:
            if subscription.ended_on is not None:
                name = _name(member, subscription)
                given = self._given.get((name, subscription.ended_on))
                at_start = subscription.registered_on < subscription.ended_on
                yield Fact(subscription.ended_on, End(name, _by(subscription.end_reason), given), at_start=at_start)


def _name(member: Member, subscription: Subscription) -> str:
    """A name of its own: an id may be signed up again."""
    return str(member.subscriptions.index(subscription))


def _by(route: str | None) -> By:
    return "member" if route in _BY_MEMBER else "controller"


def _vouchers(member: Member, policy: Policy) -> Iterator[Fact]:
    categories = [name for name, each in policy.categories.items() if each.duty == "bookkeeping"]
    for category in categories:
        for number, line in enumerate(member.ledger.lines, 1):
            covers = days_after(line.ends, -1) if line.ends else None
            yield _voucher(category, f"invoice:{number}", line.due, covers)
        for number, (date, *_) in enumerate(member.ledger.payments, 1):
            yield _voucher(category, f"payment:{number}", date)
        for number, (date, *_) in enumerate(member.ledger.refunds, 1):
            yield _voucher(category, f"refund:{number}", date)


def _voucher(category: str, name: str, date: Day, covers: Day | None = None) -> Fact:
    record = events.DataRegistered(
        date=date, category=CategoryName(category), id=name, covers_until=events.KnownDay(covers) if covers else None
    )
    return Fact(date, record)


__all__ = ["Dealing", "End", "EndFixed", "Fact", "FaultInFacts", "Start", "story_of"]
