"""Annullering af Kabelplus: what Kabelplus may do.

Suspend access at any time (`betaling.3`, `annullering.1`); end the agreement without cause, with access for the rest
of the period or binding or a refund pro rata (`annullering.1a`), one-off purchases untouched (`annullering.1b`); and
end it at once for cause: payment more than 10 days overdue (`betaling.4`, `annullering.2c`), breach (`annullering.2b`),
unauthorised use (`annullering.2a`), breach of security (`sikkerhed.1`). For cause the remaining payments fall due,
by the reading `acceleration`. Time alone never ends an agreement for arrears.
"""

from collections.abc import Callable
from typing import NamedTuple

from subsim.basics.dates import Day, days_between
from subsim.basics.money import half_up_in_all
from subsim.basics.texts import Message, Plural
from subsim.membership.events import Reason, Restore, Suspend, Terminate
from subsim.membership.lines import Line
from subsim.membership.member import Member
from subsim.membership.owed import ACCELERATED, CREDIT, ONE_OFF
from subsim.membership.rules import Rule, of_subscription
from subsim.membership.rulings import Ruling, accept, refuse
from subsim.membership.subscription import Notice, Subscription
from subsim.membership.ways import OPERATOR

# betaling.4 and annullering.2c: `overdue-days`


def suspend(member: Member, subscription: Subscription, event: Suspend) -> Ruling:
    """Access stops; billing and all dates go on."""
    subscription.is_suspended = True
    return accept("annullering.1", Message("access is suspended; billing and all dates go on"))


def restore(member: Member, subscription: Subscription, event: Restore) -> Ruling:
    """Access is given again."""
    subscription.is_suspended = False
    return accept("annullering.1", Message("access is restored"))


def refusal_for_arrears(member: Member, subscription: Subscription, today: Day) -> Ruling | None:
    """The refusal to end the agreement today, as no payment is late enough, or None; reading `late-payment-cure`."""
    terms = subscription.terms_on(today)
    days = terms.numbers.overdue_days
    if member.ledger.has_overdue(days, today):
        return None
    if terms.readings.late_payment_cure == "persists" and has_been_overdue(member, subscription, today):
        return None
    return refuse(
        "betaling.4",
        Plural(
            "no amount is more than {n} day overdue on {today}",
            "no amount is more than {n} days overdue on {today}",
            n=days,
            today=today,
        ),
    )


def has_been_overdue(member: Member, subscription: Subscription, today: Day) -> bool:
    """Whether an amount was overdue at the start of some day up to today whose terms had the reading `persists`."""
    return any(
        member.ledger.has_been_overdue(terms.numbers.overdue_days, first, last)
        for first, last, terms in subscription.spans_of_terms(today)
        if terms.readings.late_payment_cure == "persists"
    )


class Cause(NamedTuple):
    """A cause for which Kabelplus may terminate at once: its clause, its label, and what may refuse it."""

    clause: str
    label: Message
    refusal: Callable[[Member, Subscription, Day], Ruling | None] | None = None


CAUSES: dict[Reason, Cause] = {
    "overdue": Cause("annullering.2c", Message("overdue payment"), refusal_for_arrears),
    "breach": Cause("annullering.2b", Message("breach")),
    "misuse": Cause("annullering.2a", Message("misuse")),
    "security": Cause("sikkerhed.1", Message("security")),
}


def terminate_for_cause(member: Member, subscription: Subscription, event: Terminate, ordinary_end: Day) -> Ruling:
    """End the subscription today; the remaining payments fall due. `ordinary_end` is the end of a notice today."""
    cause = CAUSES[event.reason]
    if cause.refusal is not None and (refusal := cause.refusal(member, subscription, event.date)):
        return refusal
    remaining = _remaining_payments(member, subscription, event.date, ordinary_end, cause.clause)
    subscription.end(event.reason, event.date)
    for line in remaining:
        member.ledger.charge(line)
    reason = Message("ended at once")
    if remaining:
        total = sum(line.amount for line in remaining)
        reason += Message("remaining payments that fall due: {count}, {amount:kr}", count=len(remaining), amount=total)
    return accept(cause.clause, reason)


def _remaining_payments(
    member: Member, subscription: Subscription, today: Day, ordinary_end: Day, clause: str
) -> list[Line]:
    """The period charges still to come, whole and at today's prices, one line each; none in a trial."""
    reading = subscription.terms_on(today).readings.acceleration
    if reading == "arrears-only" or subscription.in_trial(today):
        return []
    horizon = subscription.binding_ends if reading == "to-binding-end" else ordinary_end
    lines = []
    for period in subscription.coming_periods(horizon):
        amount = subscription.price(period.package, today) * subscription.period_months
        lines.append(
            Line(ACCELERATED, subscription.id, period.package, period.starts, period.ends, today, amount, clause)
        )
    return lines


def terminate_without_cause(member: Member, subscription: Subscription, event: Terminate) -> Ruling:
    """End the subscription by the settlement of the event."""
    settle = {"access": _with_access, "refund": _with_refund}[event.settlement]
    return settle(member, subscription, event)


def _with_access(member: Member, subscription: Subscription, event: Terminate) -> Ruling:
    """End it without cause at the end of the period, or of the binding if that is later; in a trial at its end."""
    today, notice = event.date, subscription.notice
    end = subscription.next_period
    if subscription.is_bound(today) and not subscription.in_trial(today):
        end = max(end, subscription.binding_ends)
    if notice is not None and notice.ends_on <= end:
        reason = Message("the subscription ends on {ends} already, no later than {end}", ends=notice.ends_on, end=end)
        return refuse("annullering.1a", reason)
    subscription.stand_to_end(Notice(OPERATOR, end, "annullering.1a"), today)
    return accept("annullering.1a", Message("access for the rest of the period or binding, until {end}", end=end))


def _with_refund(member: Member, subscription: Subscription, event: Terminate) -> Ruling:
    """End it without cause today; the charges of the current period are credited for the days left."""
    today, ledger = event.date, member.ledger
    current = subscription.lines_of_period
    credit = left = half_up_in_all([_part_ahead(line, today) for line in current])
    for line in current:
        part = min(left, line.open)
        ledger.cancel(line, part, today)
        left -= part
    ledger.give_credit(Line(CREDIT, subscription.id, None, None, None, today, -credit, "annullering.1a"))
    ledger.refund(left, today, "annullering.1a")
    subscription.end(OPERATOR, today)
    reason = Message("the days left are worth {credit:kr}, of which {left:kr} is paid out", credit=credit, left=left)
    return accept("annullering.1a", reason)


def outlasts_the_end(line: Line, end: Day) -> bool:
    """Whether a one-off purchase runs past an end by Kabelplus without cause, which leaves it alone (`annullering.1b`).

    A purchase without a last day always does.
    """
    return line.kind == ONE_OFF and (line.ends is None or line.ends > end)


def _part_ahead(line: Line, today: Day) -> tuple[int, int]:
    assert line.ends is not None
    return line.amount * max(0, days_between(today, line.ends)), line.covers()


RULES: tuple[Rule, ...] = (
    of_subscription(Suspend, suspend, "annullering.1"),
    of_subscription(Restore, restore, "annullering.1"),
)
