"""Events of money and equipment (model.md, section 3)."""

from __future__ import annotations

from datetime import date

from tests.oracle.agreement import live, month_end
from tests.oracle.charges import bill, collect, failing
from tests.oracle.days import Json, ore, plus
from tests.oracle.facts import Item, Line, Movement, World
from tests.oracle.tables import DEAD_CLAUSE


def buy(world: World, event: Json, seq: int) -> str | None:
    """A one-off purchase, paid when bought, credit untouched (`betaling.2`)."""
    sub = live(world, event)
    if sub is None or failing(world):
        return "betaling.2"
    access = event.get("access_days")
    line = Line(
        day=world.today,
        kind="one_off",
        owner=sub,
        package=sub.package,
        start=world.today,
        end=None if access is None else plus(world.today, int(access)),
        amount=ore(event["amount"]),
        clause="betaling.2",
    )
    world.lines.append(line)
    collect(world, line)
    return None


def cover(world: World, left: int) -> None:
    """Cover the oldest due amounts first; a surplus stays as credit (section 3)."""
    for line in sorted(world.lines, key=lambda one: one.day):  # stable: same due date, older line first
        part = min(left, line.open)
        if part > 0:
            line.movements.append(Movement(day=world.today, amount=part, cancelled=False))
            left -= part
    world.credit += left


def pay(world: World, event: Json, seq: int) -> str | None:
    """A payment of the member's own (section 3)."""
    amount = ore(event["amount"])
    world.payments.append((world.today, amount))
    cover(world, amount)
    return None


def payment_returned(world: World, event: Json, seq: int) -> str | None:
    """A payment that came back: the credit goes first, then the newest paid lines (scenario-format, Since 0.2)."""
    left = ore(event["amount"])
    stands = world.credit + sum(line.paid for line in world.lines)
    if left > min(stands, sum(amount for _, amount in world.payments)):
        return "betaling.2"
    world.payments.append((world.today, -left))
    from_credit = min(left, world.credit)
    world.credit -= from_credit
    left -= from_credit
    for line in sorted(world.lines, key=lambda one: one.day)[::-1]:
        part = min(left, line.paid)
        if part > 0:
            line.movements.append(Movement(day=world.today, amount=-part, cancelled=False))
            left -= part
    return None


def credit_adjusted(world: World, event: Json, seq: int) -> str | None:
    """A correction of the credit: upwards it covers what is open first, downwards not below zero (Since 0.2)."""
    amount = ore(event["amount"])
    if world.credit + amount < 0:
        return "betaling.2"
    world.adjusted += amount
    if amount < 0:
        world.credit += amount
    else:
        cover(world, amount)
    return None


def credit_paid_out(world: World, event: Json, seq: int) -> str | None:
    """A credit sent back to the member, at most what there is (Since 0.2)."""
    amount = ore(event["amount"])
    if amount > world.credit:
        return "betaling.2"
    world.credit -= amount
    world.refunds.append((world.today, amount, "betaling.2"))
    return None


def charge(world: World, event: Json, seq: int) -> str | None:
    """Another charge entered by hand, due that day (Since 0.2)."""
    amount = ore(event["amount"])
    bill(
        world,
        Line(
            day=world.today,
            kind="other",
            owner=None,
            package=None,
            start=None,
            end=None,
            amount=amount,
            clause="betaling.2",
        ),
    )
    return None


def payment_method_fails(world: World, event: Json, seq: int) -> str | None:
    """The method fails from now on; payment by invoice never does (section 3)."""
    if world.method != "invoice":
        world.reported_failing = True
    return None


def payment_method_renewed(world: World, event: Json, seq: int) -> str | None:
    """The method works again and takes all that is open; by invoice nothing is taken (section 3)."""
    world.reported_failing = False
    world.card_expires = month_end(event["card_expires"]) if "card_expires" in event else None
    if world.method != "invoice" and not failing(world):
        for line in sorted(world.lines, key=lambda one: one.day):
            collect(world, line)
    return None


def reminder(world: World, event: Json, seq: int) -> str | None:
    """A reminder's fee (`rl.9b`): at most 100.00, three in one time of arrears, 10 days apart."""
    fee = ore(event.get("fee", "0.00"))
    sent = [line for line in world.lines if line.kind == "fee"]
    first = world.today
    while plus(first, -1) in world.days_in_arrears:
        first = plus(first, -1)
    in_arrears = any(line.day < world.today and line.open for line in world.lines)
    so_far = sum(line.day >= first and line.amount > 0 for line in sent)
    too_soon = any((world.today - line.day).days < 10 for line in sent)
    if fee and (fee > 10000 or not in_arrears or so_far >= 3 or too_soon or world.today < date(2002, 8, 1)):
        return "rl.9b"
    line = Line(day=world.today, kind="fee", owner=None, package=None, start=None, end=None, amount=fee, clause="rl.9b")
    bill(world, line)
    return None


def lend_equipment(world: World, event: Json, seq: int) -> str | None:
    """Lend an item (`udstyr.1`); twice at a time is refused."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["lend_equipment"]
    item = sub.items.get(event["item"])
    if item is not None and not item.returned:
        return "udstyr.1"
    sub.items[event["item"]] = Item(value=ore(event["value"]))
    return None


def return_equipment(world: World, event: Json, seq: int) -> str | None:
    """The member returns an item, before the end or after (`udstyr.1`)."""
    sub = world.holder(event.get("subscription", "main"), event["item"])
    item = sub.items.get(event["item"]) if sub is not None else None
    if item is None or item.returned:
        return "udstyr.1"
    item.returned = True
    return None


def invoice_equipment(world: World, event: Json, seq: int) -> str | None:
    """Invoice an item not returned after the end, once (`udstyr.1`)."""
    sub = world.holder(event.get("subscription", "main"), event["item"])
    if sub is None or sub.ended_on is None:
        return "udstyr.1"
    item = sub.items.get(event["item"])
    if item is None or item.returned or item.invoiced:
        return "udstyr.1"
    item.invoiced = True
    bill(
        world,
        Line(
            day=world.today,
            kind="equipment",
            owner=sub,
            package=None,
            start=None,
            end=None,
            amount=item.value,
            clause="udstyr.1",
        ),
    )
    return None
