"""`subsim portfolio run`: the outcome and the invoices of each member, and the sums over all."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen

from subsim import exits
from subsim.closing import decisions_of, invoices_of, refunds_of, subscriptions_of, totals_of
from subsim.days import Day
from subsim.events import Amount, Announcement, Facts, PackageName
from subsim.outcome import Invoice, Refund, SubscriptionOutcome, Totals
from subsim.portfolio.columns import DATE, DECISION, MONEY, REFUSAL, TEXT, WHO, Columns, ListOf, columns_of
from subsim.portfolio.header import Header
from subsim.portfolio.job import Found
from subsim.portfolio.replays import faults_rejected, halts
from subsim.portfolio.summary import summary
from subsim.portfolio.sums import Sums
from subsim.state import Member
from subsim.vocabulary import Route

_KINDS: dict[str, Route] = {
    "announce_price_change": "price_change",
    "announce_service_change": "service_change",
    "announce_terms_change": "terms_change",
}
"""The announcements, and the way out that each may open."""

_TABLES: dict[str, Columns] = {
    "outcomes": {
        **WHO,
        "subscriptions": ListOf(columns_of(SubscriptionOutcome, states=ListOf({"from": DATE, "state": TEXT}))),
        "refunds": ListOf(columns_of(Refund)),
        "refused": ListOf(REFUSAL),
        "totals": dict.fromkeys(Totals(charged=0, paid=0, refunded=0, interest=0).to_dict(), MONEY),
    },
    "invoices": {**WHO, **columns_of(Invoice, {"starts": "from", "ends": "to"})},
}
_DECISIONS: dict[str, Columns] = {"decisions": {**WHO, **DECISION}}


@frozen
class Run:
    """Replay every member under one header, and write the outcome and the invoices as `subsim replay` has them."""

    header: Header
    decisions: bool = False

    @property
    def tables(self) -> dict[str, Columns]:
        """The outcomes, the invoices, and the decisions if they are wanted."""
        return _TABLES | _DECISIONS if self.decisions else _TABLES

    @property
    def prices(self) -> dict[PackageName, Amount]:
        """The price list of the header."""
        return self.header.prices

    def of_member(self, own: Facts, line: int) -> Found:
        """The row of the outcome, those of the invoices, and the sums; on the way, the exits on each announcement."""
        header, sums = self.header, Sums()
        announced = [each for each in header.announcements if each.date <= header.until]
        on_the_way = halts(own, header, [*(each.date for each in announced), header.until])
        for number, announcement in enumerate(announced):
            _add_exits(sums, f"{number}", announcement, next(on_the_way))
        member = next(on_the_way)
        with faults_rejected():
            invoices = invoices_of(member, header.until)
        _add(sums, member, invoices)
        who = {"line": line, "member": member.person.id}
        rows = {
            "outcomes": [who | _outcome(member, invoices)],
            "invoices": [who | invoice.to_dict() for invoice in invoices],
        }
        if self.decisions:
            rows["decisions"] = [who | decision.to_dict() for decision in decisions_of(member)]
        return Found(rows, sums)

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[dict[str, Any]]]) -> dict[str, Any]:
        """The sums, and who had an exit at each announcement."""
        return summary(sums, self.header)


def _outcome(member: Member, invoices: tuple[Invoice, ...]) -> dict[str, Any]:
    return {
        "subscriptions": [subscription.to_dict() for subscription in subscriptions_of(member)],
        "refunds": [refund.to_dict() for refund in refunds_of(member)],
        "refused": [decision.to_refusal_dict() for decision in decisions_of(member, "refused")],
        "totals": totals_of(member, sum(line.interest for line in invoices)).to_dict(),
    }


# The sums


def _add(sums: Sums, member: Member, invoices: tuple[Invoice, ...]) -> None:
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


def _phase(member: Member) -> str:
    """The phase of the member's latest subscription, a live one before those that have ended; `none` without any."""
    phases = [each.phase.value for each in member.subscriptions if each.phase is not None]
    live = [phase for phase in phases if phase != "ended"]
    return (live or phases or ["none"])[-1]


def _month(day: Day) -> str:
    return f"{day.year}-{day.month:02d}"


def _add_exits(sums: Sums, number: str, announcement: Announcement, member: Member) -> None:
    """Add the subscriptions that could leave through such a change as the day of the announcement ended."""
    day, kind = announcement.date, _KINDS[announcement.name]
    live = (each for each in member.subscriptions if each.is_live)
    leaving = [each for each in live if exits.is_sooner(exits.way_out(member, each, day, kind), each.ends_on)]
    if leaving:
        sums.add("exits", number, "members")
        sums.add("exits", number, "subscriptions", amount=len(leaving))
        revenue = sum(subscription.price(subscription.package, day) for subscription in leaving)
        sums.add("exits", number, "revenue", amount=revenue)
