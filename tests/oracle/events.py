"""Every event by its name, and the events of the member that change little (model.md, sections 2 and 8).

Each handler takes the world, the event and its place in the timeline; it returns the clause of a refusal, or None.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.agreement import (
    activate,
    change_package,
    confirmation_received,
    give_notice,
    log_in,
    sign_up,
    withdraw,
    withdraw_notice,
)
from tests.oracle.days import Json, months
from tests.oracle.facts import World
from tests.oracle.kabelplus import announce, suspend, terminate
from tests.oracle.money import (
    buy,
    charge,
    credit_adjusted,
    credit_paid_out,
    invoice_equipment,
    lend_equipment,
    pay,
    payment_method_fails,
    payment_method_renewed,
    payment_returned,
    reminder,
    return_equipment,
)
from tests.oracle.terms import terms_announced, terms_of


def complain(world: World, event: Json, seq: int) -> str | None:
    """A complaint is decided within a month, as a rule (`tvister.2`), by the terms of the subscription it names."""
    sub = world.find(event["subscription"]) if event.get("subscription") else None
    terms = terms_announced(world, world.today)
    if sub is not None:
        terms = sub.last_terms or terms_of(world, sub, world.today)
    decided = months(world.today, terms.days("complaint-months"))
    world.duties.append((decided, "complaint_decision", "tvister.2"))
    return None


def transfer(world: World, event: Json, seq: int) -> str | None:
    """The member may not transfer the agreement (`overdragelse.1`)."""
    return "overdragelse.1"


def move(world: World, event: Json, seq: int) -> str | None:
    """The residence that later sign-ups are judged by (section 2)."""
    world.resident = event["resident"]
    return None


HANDLERS: dict[str, Callable[[World, Json, int], str | None]] = {
    "sign_up": sign_up,
    "confirmation_received": confirmation_received,
    "log_in": log_in,
    "activate": activate,
    "withdraw": withdraw,
    "give_notice": give_notice,
    "withdraw_notice": withdraw_notice,
    "change_package": change_package,
    "buy": buy,
    "pay": pay,
    "payment_returned": payment_returned,
    "credit_adjusted": credit_adjusted,
    "credit_paid_out": credit_paid_out,
    "charge": charge,
    "payment_method_fails": payment_method_fails,
    "payment_method_renewed": payment_method_renewed,
    "reminder": reminder,
    "complain": complain,
    "transfer": transfer,
    "move": move,
    "lend_equipment": lend_equipment,
    "return_equipment": return_equipment,
    "invoice_equipment": invoice_equipment,
    "announce_price_change": announce,
    "announce_service_change": announce,
    "announce_terms_change": announce,
    "suspend": suspend,
    "restore": suspend,
    "terminate": terminate,
}

MEMBER_EVENTS = {
    "pay",
    "payment_returned",
    "credit_adjusted",
    "credit_paid_out",
    "charge",
    "payment_method_fails",
    "payment_method_renewed",
    "reminder",
    "complain",
    "transfer",
    "move",
    "announce_price_change",
    "announce_service_change",
    "announce_terms_change",
}
