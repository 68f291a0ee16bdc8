"""What a portfolio says of one member: the row of the outcome, those of the invoices, and the part in the sums."""

from typing import Any, NamedTuple

from subsim import exits
from subsim.days import Day
from subsim.events import Announcement, Event, Facts, FaultInFacts
from subsim.ledger import Line
from subsim.outcome import Decision, Invoice, Refund, Route, SubscriptionOutcome, Totals
from subsim.portfolio.header import Header
from subsim.portfolio.members import Rejected, event_fault, with_announcements
from subsim.portfolio.summary import Sums
from subsim.replaying import play
from subsim.rules.interest import interest
from subsim.state import Member, Subscription

_KINDS: dict[str, Route] = {
    "announce_price_change": "price_change",
    "announce_service_change": "service_change",
    "announce_terms_change": "terms_change",
}
"""The announcements, and the way out that each may open."""


class Result(NamedTuple):
    """What is written of one member, in the JSON of `subsim replay`, and what they add to the sums."""

    outcome: dict[str, Any]
    invoices: list[dict[str, Any]]
    sums: Sums


def result(own: Facts, header: Header, line: int) -> Result:
    """The result of the member in this line; raises Rejected for a fault that only the replay shows."""
    facts = with_announcements(own, header)
    member = _played(facts, header, header.until)
    try:
        invoices = [_invoice(each, header) for each in member.ledger.lines]
        sums = _sums(member, invoices)
        for number, announcement in enumerate(header.announcements):
            if announcement.date <= header.until:
                _add_exits(sums, f"{number}", facts, header, announcement, member)
    except FaultInFacts as fault:
        raise Rejected(f"{fault.message} ({fault.remedy})") from None
    who = {"line": line, "member": member.person.id}
    rows = [{**who, **invoice.to_dict()} for invoice in invoices]
    return Result(who | _outcome(member, invoices), rows, sums)


def _played(facts: Facts, header: Header, until: Day) -> Member:
    try:
        return play(facts, header.terms, until)
    except FaultInFacts as fault:
        number = _own_number(facts.timeline[: (fault.index or 0) + 1], header)
        raise Rejected(event_fault(number, f"{fault.message} ({fault.remedy})")) from None


def _own_number(timeline: tuple[Event, ...], header: Header) -> int:
    """How many of these events are the member's own."""
    common = set(map(id, header.announcements))
    return sum(id(event) not in common for event in timeline)


def _outcome(member: Member, invoices: list[Invoice]) -> dict[str, Any]:
    ledger = member.ledger
    refunds = [Refund(date=date, amount=amount, clause=clause) for date, amount, clause in ledger.refunds]
    refused = [
        Decision(date=date, event=event, subscription=name, clause=clause, verdict=verdict, because=reason)
        for date, event, name, clause, verdict, reason in member.decisions
        if verdict == "refused"
    ]
    return {
        "subscriptions": [_subscription(each).to_dict() for each in member.subscriptions],
        "refunds": [refund.to_dict() for refund in refunds],
        "refused": [decision.to_refusal_dict() for decision in refused],
        "totals": _totals(member, invoices).to_dict(),
    }


def _totals(member: Member, invoices: list[Invoice]) -> Totals:
    return Totals(
        charged=sum(line.amount for line in invoices),
        paid=sum(amount for _, amount in member.ledger.payments),
        refunded=sum(amount for _, amount, _ in member.ledger.refunds),
        interest=sum(line.interest for line in invoices),
    )


def _invoice(line: Line, header: Header) -> Invoice:
    return Invoice(
        date=line.due,
        due=line.due,
        kind=line.kind,
        subscription=line.subscription,
        package=line.package,
        starts=line.starts,
        ends=line.ends,
        amount=line.amount,
        paid_on=line.paid_on,
        interest=interest(line, header.until, header.terms.reference_rates),
        clause=line.clause,
    )


def _subscription(subscription: Subscription) -> SubscriptionOutcome:
    assert subscription.phase is not None
    return SubscriptionOutcome(
        id=subscription.id,
        state=subscription.phase.value,
        suspended=subscription.is_suspended,
        package=subscription.package,
        registered_on=subscription.registered_on,
        binding_ends=subscription.binding_ends,
        ends_on=None if subscription.notice is None else subscription.notice.ends_on,
        ended_on=subscription.ended_on,
        end_reason=subscription.end_reason,
        states=tuple((day, phase.value) for day, phase in subscription.states),
    )


# The sums


def _sums(member: Member, invoices: list[Invoice]) -> Sums:
    sums = Sums()
    sums.add("members", _phase(member))
    for subscription in member.subscriptions:
        sums.add("subscriptions", str(subscription.phase and subscription.phase.value))
        if subscription.ended_on is not None:
            sums.add("ends", _month(subscription.ended_on), str(subscription.end_reason))
    for invoice in invoices:
        sums.add("months", _month(invoice.date), "billed", amount=invoice.amount)
        if invoice.interest:
            sums.add("interest", "all", amount=invoice.interest)
    for date, amount in member.ledger.payments:
        sums.add("months", _month(date), "paid", amount=amount)
    for date, amount, _ in member.ledger.refunds:
        sums.add("months", _month(date), "refunded", amount=amount)
    return sums


def _phase(member: Member) -> str:
    """The phase of the member's latest subscription, a live one before those that have ended; `none` without any."""
    phases = [each.phase.value for each in member.subscriptions if each.phase is not None]
    live = [phase for phase in phases if phase != "ended"]
    return (live or phases or ["none"])[-1]


def _month(day: Day) -> str:
    return f"{day.year}-{day.month:02d}"


def _add_exits(
    sums: Sums, number: str, facts: Facts, header: Header, announcement: Announcement, ended: Member
) -> None:
    """Add the subscriptions that could leave through such a change as the day of the announcement ended."""
    day = announcement.date
    if not any(_lives(subscription, day) for subscription in ended.subscriptions):
        return
    member = _played(facts, header, day)
    kind = _KINDS[announcement.name]
    leaving = [each for each in member.subscriptions if each.is_live and _has_exit(member, each, day, kind)]
    if leaving:
        sums.add("exits", number, "members")
        sums.add("exits", number, "subscriptions", amount=len(leaving))
        revenue = sum(subscription.price(subscription.package, day) for subscription in leaving)
        sums.add("exits", number, "revenue", amount=revenue)


def _lives(subscription: Subscription, day: Day) -> bool:
    return subscription.registered_on <= day and (subscription.ended_on is None or subscription.ended_on > day)


def _has_exit(member: Member, subscription: Subscription, day: Day, kind: Route) -> bool:
    """Whether the way out of this kind is open and ends the subscription sooner than what stands."""
    way = next(way for way in exits.ways_out(member, subscription, day) if way.route == kind)
    if way.ends_on is None:
        return False
    return subscription.notice is None or way.ends_on < subscription.notice.ends_on
