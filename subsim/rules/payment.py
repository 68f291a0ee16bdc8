"""Betalingsoplysninger: one-off purchases, other charges, payments, credit and the payment method (`betaling.2`).

A line is collected on its due date by `subsim.membership.ledger`. For late payment see Annullering (`betaling.4`) and
`interest`. Left out: the card data kept by a third party (`betaling.1`) and the
member's liability for others' use.
"""

from subsim.basics.dates import days_after
from subsim.basics.texts import Message
from subsim.membership.events import (
    Buy,
    Charge,
    CreditAdjusted,
    CreditPaidOut,
    Pay,
    PaymentMethodFails,
    PaymentMethodRenewed,
    PaymentReturned,
    SignUp,
)
from subsim.membership.lines import Line
from subsim.membership.member import Member
from subsim.membership.owed import ONE_OFF, OTHER
from subsim.membership.rules import Rule, of_member, of_subscription
from subsim.membership.rulings import Ruling, accept, refuse
from subsim.membership.subscription import Subscription


def buy(member: Member, subscription: Subscription, event: Buy) -> Ruling:
    """A one-off purchase is paid in full when bought, and refused while the payment method is failing."""
    if member.ledger.method.is_failing(event.date):
        return refuse(
            "betaling.2", Message("a one-off purchase is paid when bought, and the payment method is failing")
        )
    ends = None if event.access_days is None else days_after(event.date, event.access_days)
    member.ledger.take_at_once(
        Line(ONE_OFF, subscription.id, subscription.package, event.date, ends, event.date, event.amount, "betaling.2")
    )
    return accept("betaling.2", Message("{item} for {amount:kr}, paid at once", item=event.item, amount=event.amount))


def pay(member: Member, event: Pay) -> Ruling:
    """The member's payment covers the oldest due amounts first; a surplus is credit for later due dates."""
    surplus = member.ledger.pay(event.amount, event.date)
    reason = Message("{amount:kr} received for the oldest amounts due", amount=event.amount)
    if surplus:
        reason += Message("{surplus:kr} of it stays as credit", surplus=surplus)
    return accept("betaling.2", reason)


def payment_returned(member: Member, event: PaymentReturned) -> Ruling:
    """Take a returned payment from the credit, then from the newest paid lines, which are open and late again.

    Refused where it is more than was ever paid, or than is still paid on lines and held as credit.
    """
    ledger, amount = member.ledger, event.amount
    paid, stands, credit = ledger.paid_in_all(), ledger.stands_paid(), ledger.credit
    if amount > paid:
        return refuse(
            "betaling.2", Message("{amount:kr} is more than was ever paid: {paid:kr}", amount=amount, paid=paid)
        )
    if amount > stands:
        reason = Message(
            "{amount:kr} is more than the {stands:kr} that still stands on lines and as credit",
            amount=amount,
            stands=stands,
        )
        return refuse("betaling.2", reason + Message("what was paid out of it before is another charge"))
    opened = ledger.take_back(amount, event.date)
    reason = Message("{amount:kr} went back", amount=amount)
    if credit > ledger.credit:
        reason += Message("{part:kr} of it is taken from the credit", part=credit - ledger.credit)
    for part in opened:
        reason += Message("{part:kr} due on {due} is open again", part=part.amount, due=part.line.due)
    return accept("betaling.2", reason)


def credit_adjusted(member: Member, event: CreditAdjusted) -> Ruling:
    """Correct the credit: an increase covers the oldest due amounts first; a decrease below zero is refused."""
    ledger, amount, credit = member.ledger, event.amount, member.ledger.credit
    if credit + amount < 0:
        return refuse(
            "betaling.2",
            Message("the credit is {credit:kr}: it cannot be lowered by {amount:kr}", credit=credit, amount=-amount),
        )
    surplus = ledger.adjust_credit(amount, event.date)
    if amount < 0:
        reason = Message("the credit of {credit:kr} is lowered by {amount:kr}", credit=credit, amount=-amount)
    else:
        reason = Message("{amount:kr} is credited for the oldest amounts due", amount=amount)
        if surplus:
            reason += Message("{surplus:kr} of it stays as credit", surplus=surplus)
    if event.note is not None:
        reason += Message("note: {note}", note=event.note)
    return accept("betaling.2", reason)


def credit_paid_out(member: Member, event: CreditPaidOut) -> Ruling:
    """Pay out credit; refused where it is more than the credit."""
    credit = member.ledger.credit
    if event.amount > credit:
        return refuse(
            "betaling.2",
            Message("{amount:kr} is more than the credit of {credit:kr}", amount=event.amount, credit=credit),
        )
    member.ledger.pay_out_credit(event.amount, event.date, "betaling.2")
    return accept(
        "betaling.2",
        Message("{amount:kr} of the credit of {credit:kr} is paid out", amount=event.amount, credit=credit),
    )


def charge(member: Member, event: Charge) -> Ruling:
    """Another charge, due that day and collected like any other; it belongs to no subscription."""
    member.ledger.charge(Line(OTHER, None, None, None, None, event.date, event.amount, "betaling.2"))
    return accept("betaling.2", Message("{item}: {amount:kr} due today", item=event.item, amount=event.amount))


def payment_method_fails(member: Member, event: PaymentMethodFails) -> Ruling:
    """A card or Betalingsservice agreement stops paying; refused for an invoiced member, who has neither."""
    method = member.ledger.method
    if method.kind == "invoice":
        return accept("betaling.2", Message("the member pays by invoice: there is no method that could fail"))
    method.become(method.kind, method.expires, fails=True)
    return accept("betaling.2", Message("nothing is collected until the payment method is renewed"))


def payment_method_renewed(member: Member, event: PaymentMethodRenewed) -> Ruling:
    """The method pays again and collects all that is open; no expiry is known unless one is given (`fornyelse.2`)."""
    method = member.ledger.method
    method.become(method.kind, event.card_expires, fails=False)
    collected = member.ledger.collect_arrears(event.date)
    if method.kind == "invoice":
        return accept("betaling.2", Message("the member pays by invoice: nothing is collected"))
    return accept("betaling.2", Message("{amount:kr} that was open is collected", amount=collected))


def name_method(member: Member, event: SignUp) -> None:
    """Change the member's payment method and card expiry as far as the sign-up names them."""
    if event.payment is not None or event.card_expires is not None:
        method = member.ledger.method
        method.become(event.payment or method.kind, event.card_expires or method.expires, fails=method.fails)


RULES: tuple[Rule, ...] = (
    of_subscription(Buy, buy, "betaling.2"),
    of_member(Pay, pay),
    of_member(PaymentReturned, payment_returned, "betaling.2"),
    of_member(CreditAdjusted, credit_adjusted, "betaling.2"),
    of_member(CreditPaidOut, credit_paid_out, "betaling.2"),
    of_member(Charge, charge),
    of_member(PaymentMethodFails, payment_method_fails),
    of_member(PaymentMethodRenewed, payment_method_renewed),
)
