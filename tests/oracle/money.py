"""Events of money and equipment (model.md, section 3)."""

from __future__ import annotations

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


def pay(world: World, event: Json, seq: int) -> str | None:
    """A payment: the oldest due amounts first, a surplus stays as credit (section 3)."""
    left = ore(event["amount"])
    world.payments.append((world.today, left))
    for line in sorted(world.lines, key=lambda one: one.day):  # stable: same due date, older line first
        part = min(left, line.open)
        if part > 0:
            line.movements.append(Movement(day=world.today, amount=part, cancelled=False))
            left -= part
    world.credit += left
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
