"""Makes the outcome of a replay from the member at its end."""

from typing import Any

from subsim.answers.outcome import (
    Adjustment,
    Decision,
    Duty,
    Invoice,
    Outcome,
    Payment,
    Refund,
    StateStart,
    SubscriptionOutcome,
    Totals,
)
from subsim.basics.dates import Day
from subsim.basics.enumerations import Verdict
from subsim.membership.lines import Line, Run
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import interest
from subsim.terms.readings import ProfileName


def outcome_of(member: Member, until: Day, sentence: str, profile: ProfileName) -> Outcome:
    """The outcome of a replay up to and including `until`; FaultInFacts where a reference rate is not known."""
    ledger, terms = member.ledger, member.terms
    return Outcome(
        scenario=sentence,
        until=until,
        profile=profile,
        readings=terms.readings,
        numbers=terms.numbers,
        person=member.person,
        subscriptions=subscriptions_of(member),
        invoices=invoices_of(member, until),
        payments=tuple(Payment(date=each.date, amount=each.amount) for each in ledger.payments),
        refunds=refunds_of(member),
        adjustments=tuple(Adjustment(date=each.date, amount=each.amount) for each in ledger.adjustments),
        duties=tuple(Duty(date=each.date, duty=each.duty, clause=each.clause) for each in ledger.duties),
        decisions=decisions_of(member),
        provisional_rates=interest.provisional_half_years(ledger.lines, until, terms.reference_rates),
    )


def subscriptions_of(member: Member) -> tuple[SubscriptionOutcome, ...]:
    """The subscriptions in order of sign-up."""
    return tuple(map(_subscription, member.subscriptions))


def subscription_values(subscription: Subscription) -> dict[str, Any]:
    """The values of a subscription's outcome but its states, by the names of its fields."""
    assert subscription.phase is not None
    return {
        "id": subscription.id,
        "state": subscription.phase.value,
        "suspended": subscription.is_suspended,
        "package": subscription.package,
        "registered_on": subscription.registered_on,
        "binding_ends": subscription.binding_ends,
        "ends_on": subscription.ends_on,
        "ended_on": subscription.ended_on,
        "end_reason": subscription.end_reason,
        "terms_since": subscription.terms_since,
    }


def invoices_of(member: Member, until: Day) -> tuple[Invoice, ...]:
    """All lines with their interest up to and including `until`; FaultInFacts as above."""
    return tuple(map(_invoice, member.ledger.lines, interest_of(member, until)))


def interest_of(member: Member, until: Day) -> list[int]:
    """The interest of each line up to and including `until`; FaultInFacts as above."""
    rates = member.terms.reference_rates  # needed only where something was open after its due date
    found: list[int] = []
    for entry in member.ledger.issued.entries:
        if not isinstance(entry, Run):
            found.append(0 if entry.balances is None else interest.interest(entry, until, rates))
        elif entry.is_whole:
            found += [0] * (entry.after - entry.first)
        else:
            found += [0 if line.balances is None else interest.interest(line, until, rates) for line in entry.lines()]
    return found


def refunds_of(member: Member) -> tuple[Refund, ...]:
    """All refunds of a member, as the outcome has them."""
    return tuple(Refund(date=each.date, amount=each.amount, clause=each.clause) for each in member.ledger.refunds)


def totals_of(member: Member, interest: int) -> Totals:
    """The sums of all lines, payments, refunds and adjustments; the interest is that of the lines."""
    ledger = member.ledger
    return Totals(
        charged=ledger.charged_in_all(),
        paid=ledger.paid_in_all(),
        refunded=ledger.refunded_in_all(),
        adjusted=ledger.adjusted_in_all(),
        interest=interest,
    )


def decisions_of(member: Member, verdict: Verdict | None = None) -> tuple[Decision, ...]:
    """All decisions, or only those with this verdict."""
    return tuple(
        Decision(
            date=each.date,
            event=each.event,
            subscription=each.subscription,
            clause=each.ruling.clause,
            verdict=each.ruling.verdict,
            because=each.ruling.because,
        )
        for each in member.decisions
        if verdict is None or each.ruling.verdict == verdict
    )


def _invoice(line: Line, on_it: int) -> Invoice:
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
        interest=on_it,
        clause=line.clause,
    )


def _subscription(subscription: Subscription) -> SubscriptionOutcome:
    states = tuple([StateStart(each.day, each.phase.value) for each in subscription.states])
    return SubscriptionOutcome(**subscription_values(subscription), states=states)
