"""Replays a member's record under a header, with the announcements to all; a fault rejects the record."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import attrgetter

from subsim.basics.dates import Day
from subsim.engine.cohorts import CohortTimeline, Common
from subsim.engine.timeline import Timeline
from subsim.membership.events import Announcement, Event
from subsim.membership.facts import Facts, FaultInFacts
from subsim.membership.member import Member
from subsim.portfolio.header import Header
from subsim.portfolio.members import MemberRecord, Reader, Rejected, event_fault, with_remedy

_DATE = attrgetter("date")
_ANNOUNCED = frozenset(each.name for each in Announcement.__args__)


def reader_under(header: Header) -> Reader:
    """The reader of lines under a header."""
    return Reader(header.prices, header.policy, assume=header.assume)


def halts(own: MemberRecord, header: Header, days: Iterable[Day]) -> Iterator[Member]:
    """The member as each of these days ends, in their order. It is one object, which the next step changes.

    Raises Rejected for a fault that only the replay finds, at the event's number among the member's own.
    """
    facts = facts_under(header, own)
    timeline = Timeline(facts, header.terms)
    for day in days:
        try:
            member = timeline.end_day(day)
        except FaultInFacts as fault:
            raise rejection(fault, own, facts, header, timeline.taken) from None
        yield member


def rejection(
    fault: FaultInFacts, own: MemberRecord, facts: Facts, header: Header, taken: int | None = None
) -> Rejected:
    """The rejection for a fault of the replay, at its event, or else at the event after the first `taken`."""
    index = fault.index if taken is None else taken
    words = with_remedy(fault.text, fault.advice)
    if index is None:
        return Rejected(words)
    return Rejected(event_fault(own.number(_own_number(facts.timeline[: index + 1], header)), words))


def by_cohorts(
    own: MemberRecord, header: Header, notes_all: bool = False, *, asks_exits: bool = True
) -> CohortTimeline | None:
    """The member at the end and his exits on the way; None where the announcements to all cannot be shared.

    Raises Rejected as `halts` does.
    """
    common = _common(header, notes_all)
    if common is None or (
        isinstance(own, MemberRecord) and not _ANNOUNCED.isdisjoint([each.name for each in own.timeline])
    ):
        return None
    timeline = CohortTimeline(own.member, own.timeline, header.prices, header.terms, common, asks_exits)
    try:
        timeline.replay(header.until)
    except FaultInFacts as fault:
        raise Rejected(event_fault(own.number(timeline.taken + 1), with_remedy(fault.text, fault.advice))) from None
    return timeline


_latest: dict[bool, tuple[Header, Common | None]] = {}
"""The header that was last replayed under, with reasons and without, and what is common to all of its members."""


def _common(header: Header, notes_all: bool) -> Common | None:
    known = _latest.get(notes_all)
    if known is not None and (known[0] is header or known[0] == header):
        return known[1]
    common = Common(header.announcements, notes_all) if Common.can_be(header.announcements) else None
    _latest[notes_all] = header, common
    return common


@contextmanager
def faults_rejected() -> Iterator[None]:
    """Within the context, turn a fault of the member as a whole into a rejection."""
    try:
        yield
    except FaultInFacts as fault:
        raise fault_of_member(fault) from None


def fault_of_member(fault: FaultInFacts) -> Rejected:
    """The rejection for a fault of the member as a whole."""
    return Rejected(with_remedy(fault.text, fault.advice))


def _own_number(timeline: tuple[Event, ...], header: Header) -> int:
    """How many of these events are the member's own."""
    common = set(map(id, header.announcements))
    return sum(id(event) not in common for event in timeline)


def facts_under(header: Header, own: MemberRecord) -> Facts:
    """The facts with the header's prices and announcements, which come before the member's own events of their date."""
    timeline = sorted((*header.announcements, *own.timeline), key=_DATE)
    return Facts(person=own.member, prices=header.prices, timeline=tuple(timeline))
