"""`subsim portfolio run`: the outcome and the invoices of each member, and the sums over all."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from attrs import frozen

from subsim.answers.outcome import (
    INVOICE_KEYS,
    REFUSED_EVENT,
    SUBSCRIPTION_KEYS,
    Invoice,
    Refund,
    SubscriptionOutcome,
    Totals,
    invoice_values,
)
from subsim.answers.outcome_of_member import decisions_of, interest_of, refunds_of, standing_of, totals_of
from subsim.basics.dates import Day
from subsim.engine import ways
from subsim.engine.quiet import Exits
from subsim.membership.events import Announcement
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.portfolio.columns import DATE, DECISION, MONEY, REFUSAL, TEXT, WHO, Columns, ListOf, columns_of
from subsim.portfolio.header import Header
from subsim.portfolio.job import Rows
from subsim.portfolio.members import MemberRecord, Reader
from subsim.portfolio.replays import faults_rejected, halts, quietly, reader_under
from subsim.portfolio.summary import summary
from subsim.portfolio.sums import Sums

_STATE: Columns = {"from": DATE, "state": TEXT}
_TABLES: dict[str, Columns] = {
    "outcomes": {
        **WHO,
        "subscriptions": ListOf(columns_of(SubscriptionOutcome, states=ListOf(_STATE))),
        "refunds": ListOf(columns_of(Refund)),
        "refused": ListOf(REFUSAL),
        "totals": dict.fromkeys(Totals(charged=0, paid=0, refunded=0, adjusted=0, interest=0).to_dict(), MONEY),
    },
    "invoices": {**WHO, **columns_of(Invoice, {"starts": "from", "ends": "to"})},
}
_DECISIONS: dict[str, Columns] = {"decisions": {**WHO, **DECISION}}


def _row(name: str, keys: Iterable[str]) -> Any:
    """A class of rows, which takes the values of these keys in their order: msgspec writes it faster than a dict."""
    return msgspec.defstruct(name, [(key, Any) for key in keys], gc=False)


_InvoiceRow = _row("InvoiceRow", (*WHO, *INVOICE_KEYS))
_SubscriptionRow = _row("SubscriptionRow", SUBSCRIPTION_KEYS)
_StateRow = _row("StateRow", _STATE)


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
    def reader(self) -> Reader:
        """What reads the lines under the header."""
        return reader_under(self.header)

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> Rows:
        """The row of the outcome and those of the invoices; on the way, the exits on each announcement."""
        header = self.header
        quiet = None if self.decisions else quietly(own, header)
        if quiet is not None:
            member, leaving = quiet.member, quiet.exits
        else:
            announced = [each for each in header.announcements if each.date <= header.until]
            on_the_way = halts(own, header, [*(each.date for each in announced), header.until])
            every = [exit_through(number, each, next(on_the_way)) for number, each in enumerate(announced)]
            member, leaving = next(on_the_way), [each for each in every if each.subscriptions]
        with faults_rejected():
            interest = interest_of(member, header.until)
        _add(sums, member, sum(interest))
        _add_exits(sums, leaving)
        who = member.person.id
        rows = {
            "outcomes": [{"line": line, "member": who, **_outcome(member, sum(interest))}],
            "invoices": invoice_rows(member, line, interest),
        }
        if self.decisions:
            rows["decisions"] = [{"line": line, "member": who, **each.to_dict()} for each in decisions_of(member)]
        return rows

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[dict[str, Any]]]) -> dict[str, Any]:
        """The sums, and who had an exit at each announcement."""
        return summary(sums, self.header)


def invoice_rows(member: Member, number: int, interest: list[int]) -> list[Any]:
    """The rows of the invoices of a member with this number, each line with its interest."""
    lines, who = member.ledger.lines, member.person.id
    return [_InvoiceRow(number, who, *invoice_values(line, on_it)) for line, on_it in zip(lines, interest, strict=True)]


def _outcome(member: Member, interest: int) -> dict[str, Any]:
    return {
        "subscriptions": [_standing(subscription) for subscription in member.subscriptions],
        "refunds": [refund.to_dict() for refund in refunds_of(member)],
        "refused": [REFUSED_EVENT.write(decision) for decision in decisions_of(member, "refused")],
        "totals": totals_of(member, interest).to_dict(),
    }


def _standing(subscription: Subscription) -> Any:
    *values, states = standing_of(subscription)
    return _SubscriptionRow(*values, [_StateRow(day, state) for day, state in states])


def exit_through(number: int, announcement: Announcement, member: Member) -> Exits:
    """Who can leave through an announced change of this number, as the day of its announcement ends."""
    day, kind = announcement.date, announcement.kind
    leaving = [
        each
        for each in member.subscriptions
        if each.is_live and ways.is_sooner(ways.way_out(member, each, day, kind), each.ends_on)
    ]
    return Exits(number, len(leaving), sum(each.price(each.package, day) for each in leaving))


# The sums


def _add(sums: Sums, member: Member, interest: int) -> None:
    phases = [str(subscription.phase and subscription.phase.value) for subscription in member.subscriptions]
    sums["members"][_phase(phases)] += 1
    for phase in phases:
        sums["subscriptions"][phase] += 1
    for subscription in member.subscriptions:
        if subscription.ended_on is not None:
            sums["ends"][_month(subscription.ended_on), str(subscription.end_reason)] += 1
    billed, paid, refunded, adjusted = (sums[name] for name in ("billed", "paid", "refunded", "adjusted"))
    for line in member.ledger.lines:
        billed[line.due] += line.amount
    for payment in member.ledger.payments:
        paid[payment.date] += payment.amount
    for refund in member.ledger.refunds:
        refunded[refund.date] += refund.amount
    for adjustment in member.ledger.adjustments:
        adjusted[adjustment.date] += adjustment.amount
    sums["interest"]["all"] += interest


def _phase(phases: list[str]) -> str:
    """The phase of the member's latest subscription, a live one before those that have ended; `none` without any."""
    live = [phase for phase in phases if phase != "ended"]
    return (live or phases or ["none"])[-1]


def _month(day: Day) -> str:
    return f"{day.year}-{day.month:02d}"


def _add_exits(sums: Sums, found: Iterable[Exits]) -> None:
    """Add who could leave through each announcement."""
    for leaving in found:
        exits = sums["exits"]
        exits[f"{leaving.order}", "members"] += 1
        exits[f"{leaving.order}", "subscriptions"] += leaving.subscriptions
        exits[f"{leaving.order}", "revenue"] += leaving.revenue
