"""Betalingsoplysninger: one-off purchases, the member's own payments and the payment method (`betaling.2`).

A line is collected on its due date by `subsim.membership.ledger`; what follows from late payment stands under
Annullering (`betaling.4`) and in `interest`. Left out: the card data kept by a third party (`betaling.1`) and the
member's liability for others' use.
"""

from subsim.basics.dates import Day, days_after
from subsim.basics.texts import Message
from subsim.membership.events import Buy, Pay, PaymentMethodFails, PaymentMethodRenewed, SignUp
from subsim.membership.ledger import Line
from subsim.membership.member import Member
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
        Line("one_off", subscription.id, subscription.package, event.date, ends, event.date, event.amount, "betaling.2")
    )
    return accept("betaling.2", Message("{item} for {amount:kr}, paid at once", item=event.item, amount=event.amount))


def pay(member: Member, event: Pay) -> Ruling:
    """The member's payment covers the oldest due amounts first; a surplus is credit for later due dates."""
    surplus = member.ledger.pay(event.amount, event.date)
    reason = Message("{amount:kr} received for the oldest amounts due", amount=event.amount)
    if surplus:
        reason += Message("{surplus:kr} of it stays as credit", surplus=surplus)
    return accept("betaling.2", reason)


def payment_method_fails(member: Member, event: PaymentMethodFails) -> Ruling:
    """A card or Betalingsservice agreement stops paying; an invoiced member has none that could."""
    method = member.ledger.method
    if method.kind == "invoice":
        return accept("betaling.2", Message("the member pays by invoice: there is no method that could fail"))
    method.fails = True
    return accept("betaling.2", Message("nothing is collected until the payment method is renewed"))


def payment_method_renewed(member: Member, event: PaymentMethodRenewed) -> Ruling:
    """The method pays again and collects all that is open; no expiry is known unless one is given (`fornyelse.2`)."""
    method = member.ledger.method
    method.fails = False
    _know_card(member, event.card_expires, event.date)
    collected = member.ledger.collect_arrears(event.date)
    if method.kind == "invoice":
        return accept("betaling.2", Message("the member pays by invoice: nothing is collected"))
    return accept("betaling.2", Message("{amount:kr} that was open is collected", amount=collected))


def name_method(member: Member, event: SignUp) -> None:
    """A sign-up that names a payment method or a card's expiry changes it for the member; else what stands stays."""
    if event.payment is not None:
        member.ledger.method.kind = event.payment
    if event.card_expires is not None:
        _know_card(member, event.card_expires, event.date)


def _know_card(member: Member, expires: Day | None, today: Day) -> None:
    member.ledger.method.expires = expires
    if expires is not None:
        member.expect_deadline(expires, today)
