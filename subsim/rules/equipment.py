"""Udstyr: equipment lent is returned at the end, or may be invoiced (`udstyr.1`)."""

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.membership.events import InvoiceEquipment, LendEquipment, ReturnEquipment
from subsim.membership.lines import Line
from subsim.membership.member import Member
from subsim.membership.owed import EQUIPMENT, RETURN_EQUIPMENT
from subsim.membership.rules import Rule, of_subscription
from subsim.membership.rulings import Ruling, accept, refuse
from subsim.membership.subscription import Equipment, Subscription


def lend(member: Member, subscription: Subscription, event: LendEquipment) -> Ruling:
    """Lend an item; refused where it is out already."""
    lent = subscription.equipment.get(event.item)
    if lent is not None and not lent.is_returned:
        return refuse("udstyr.1", Message("{item} is lent already", item=event.item))
    subscription.equipment[event.item] = Equipment(event.value)
    return accept("udstyr.1", Message("{item} is lent, to be returned at the end", item=event.item))


def holder(member: Member, event: ReturnEquipment | InvoiceEquipment) -> Subscription | None:
    """The subscription that has the item out, of those with this id: an id may be signed up again."""
    for subscription in reversed(member.subscriptions):
        lent = subscription.equipment.get(event.item)
        if subscription.id == event.subscription and lent is not None and not lent.is_returned:
            return subscription
    return None


def give_back(member: Member, subscription: Subscription, event: ReturnEquipment) -> Ruling:
    """Return an item, before or after the end; nothing is paid back for one that was invoiced."""
    lent = subscription.equipment.get(event.item)
    if lent is None or lent.is_returned:
        return refuse("udstyr.1", Message("{item} is not lent", item=event.item))
    lent.is_returned = True
    if lent.is_invoiced:
        return accept(
            "udstyr.1", Message("{item} is returned after it was invoiced: nothing is paid back", item=event.item)
        )
    return accept("udstyr.1", Message("{item} is returned", item=event.item))


def invoice(member: Member, subscription: Subscription, event: InvoiceEquipment) -> Ruling:
    """Invoice an item not returned: after the end of the subscription, and once only."""
    lent = subscription.equipment.get(event.item)
    if lent is None or lent.is_returned:
        return refuse("udstyr.1", Message("{item} is not lent", item=event.item))
    if lent.is_invoiced:
        return refuse("udstyr.1", Message("{item} has been invoiced already", item=event.item))
    if subscription.is_live:
        return refuse(
            "udstyr.1", Message("the subscription has not ended: {item} need not be back yet", item=event.item)
        )
    lent.is_invoiced = True
    member.ledger.charge(Line(EQUIPMENT, subscription.id, None, None, None, event.date, lent.value, "udstyr.1"))
    return accept("udstyr.1", Message("{item} was not returned: {value:kr}", item=event.item, value=lent.value))


def fall_due(member: Member, subscription: Subscription, today: Day) -> None:
    """Note at the end of the subscription that every item still out must be returned."""
    for lent in subscription.equipment.values():
        if not lent.is_returned:
            member.ledger.owe(today, RETURN_EQUIPMENT, "udstyr.1")


RULES: tuple[Rule, ...] = (
    of_subscription(LendEquipment, lend, "udstyr.1"),
    of_subscription(ReturnEquipment, give_back, "udstyr.1", after_the_end=True),
    of_subscription(InvoiceEquipment, invoice, "udstyr.1", after_the_end=True),
)
