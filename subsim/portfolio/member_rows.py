"""What a portfolio run writes of a member, and adds to the sums: settled periods straight from their runs.

These functions run for each of a million members, so mypyc compiles them with the replay.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from subsim.answers.outcome import INVOICE_KEYS, REFUSED_EVENT, SUBSCRIPTION_KEYS, Totals, invoice_values
from subsim.answers.outcome_of_member import decisions_of, refunds_of, subscription_values, totals_of
from subsim.basics.dates import Day
from subsim.basics.money import kroner
from subsim.basics.notation import iso_month
from subsim.engine import ways
from subsim.engine.cohorts import Exits
from subsim.membership.events import Announcement
from subsim.membership.ledger import PERIODS_UNDER, Line
from subsim.membership.ledger import Run as Settled
from subsim.membership.member import Member
from subsim.membership.phases import Phase
from subsim.membership.subscription import Subscription
from subsim.portfolio.columns import STATE, WHO
from subsim.portfolio.sums import Sums
from subsim.rules import interest


def _row(name: str, keys: Iterable[str]) -> Any:
    """A class of rows, which takes the values of these keys in their order: msgspec writes it faster than a dict."""
    return msgspec.defstruct(name, [(key, Any) for key in keys], gc=False)


_NOTHING = kroner(0)
_InvoiceRow = _row("InvoiceRow", (*WHO, *INVOICE_KEYS))
_SubscriptionRow = _row("SubscriptionRow", SUBSCRIPTION_KEYS)
_StateRow = _row("StateRow", STATE)
_SUMS = [key.name for key in Totals.KEYS]
_TotalsRow = _row("TotalsRow", _SUMS)
_STATE_OF = {phase: phase.value for phase in Phase}


def late_interest(member: Member, until: Day) -> dict[Line, int]:
    """The interest on each line that was open after its due date; FaultInFacts where a reference rate is not known."""
    rates = member.terms.reference_rates
    found: dict[Line, int] = {}
    for entry in member.ledger.issued.entries:
        if not (isinstance(entry, Settled) and entry.is_whole):
            for line in entry.lines() if isinstance(entry, Settled) else (entry,):
                if line.balances is not None:
                    found[line] = interest.interest(line, until, rates)
    return found


def invoice_rows(member: Member, number: int, late: dict[Line, int]) -> list[Any]:
    """The rows of the invoices of a member with this number, each line with its interest."""
    who, rows = member.person.id, list[Any]()
    for entry in member.ledger.issued.entries:
        if isinstance(entry, Line):
            rows.append(_InvoiceRow(number, who, *invoice_values(entry, late.get(entry, 0))))
        elif entry.is_whole:
            of, package, starts, amount = entry.subscription, entry.package, entry.starts, kroner(entry.amount)
            for at in range(entry.first, entry.after):
                day, ends = starts[at], starts[at + 1]
                rows.append(
                    _InvoiceRow(
                        number, who, day, day, "period", of, package, day, ends, amount, day, _NOTHING, PERIODS_UNDER
                    )
                )
        else:
            rows += [_InvoiceRow(number, who, *invoice_values(line, late.get(line, 0))) for line in entry.lines()]
    return rows


def outcome_row(member: Member, interest: int) -> dict[str, Any]:
    """What a row of the outcomes has of a member besides who it is; `interest` is that on all lines, in øre."""
    return {
        "subscriptions": [_standing(subscription) for subscription in member.subscriptions],
        "refunds": [refund.to_dict() for refund in refunds_of(member)],
        "refused": [REFUSED_EVENT.write(decision) for decision in decisions_of(member, "refused")],
        "totals": _totals(member, interest),
    }


def _standing(subscription: Subscription) -> Any:
    states = [_StateRow(each.day, _STATE_OF[each.phase]) for each in subscription.states]
    return _SubscriptionRow(**subscription_values(subscription), states=states)


def _totals(member: Member, interest: int) -> Any:
    sums = totals_of(member, interest)
    return _TotalsRow(*[kroner(getattr(sums, name)) for name in _SUMS])


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


def add_member(sums: Sums, member: Member, interest: int) -> None:
    """Add where a member stands, and all the money, to the sums; `interest` is that on all lines, in øre."""
    phases = [_STATE_OF[each.phase] for each in member.subscriptions if each.phase is not None]
    sums["members"][_phase(phases)] += 1
    for phase in phases:
        sums["subscriptions"][phase] += 1
    for subscription in member.subscriptions:
        if subscription.ended_on is not None:
            sums["ends"][iso_month(subscription.ended_on), str(subscription.end_reason)] += 1
    billed, paid, refunded, adjusted = (sums[name] for name in ("billed", "paid", "refunded", "adjusted"))
    for entry in member.ledger.issued.entries:
        amount = entry.amount
        if isinstance(entry, Line):
            billed[entry.due] += amount
        else:
            for day in entry.days():
                billed[day] += amount
                paid[day] += amount
    for received in member.ledger.received:
        if not isinstance(received, Settled):
            day, amount = received
            paid[day] += amount
    for refund in member.ledger.refunds:
        refunded[refund.date] += refund.amount
    for adjustment in member.ledger.adjustments:
        adjusted[adjustment.date] += adjustment.amount
    sums["interest"]["all"] += interest


def _phase(phases: list[str]) -> str:
    """The phase of the member's latest subscription, a live one before those that have ended; `none` without any."""
    live = [phase for phase in phases if phase != "ended"]
    return (live or phases or ["none"])[-1]


def add_exits(sums: Sums, found: Iterable[Exits]) -> None:
    """Add who could leave through each announcement."""
    for leaving in found:
        exits = sums["exits"]
        exits[f"{leaving.order}", "members"] += 1
        exits[f"{leaving.order}", "subscriptions"] += leaving.subscriptions
        exits[f"{leaving.order}", "revenue"] += leaving.revenue
