"""The end of a subscription: at once, by withdrawal, by a notice that stands (model.md, section 6)."""

from __future__ import annotations

from datetime import date

from tests.oracle.charges import access_lines, cancel_open, give_credit
from tests.oracle.exits import Exit
from tests.oracle.facts import Standing, Subscription, World
from tests.oracle.tables import ROUTES
from tests.oracle.terms import terms_of, terms_since


def end_now(world: World, sub: Subscription, reason: str, last_day: date | None = None) -> None:
    """End a subscription today; its lent equipment is now to be returned (`udstyr.1`).

    It keeps the terms of its last day: an end known before comes ahead of a change that day (section 12).
    """
    sub.last_terms = terms_of(world, sub, last_day or world.today)
    sub.last_terms_since = terms_since(world, sub, last_day or world.today)
    sub.ended_on, sub.end_reason = world.today, reason
    sub.standing = sub.pending = None
    for item in sub.items.values():
        if not item.returned:
            world.duties.append((world.today, "return_equipment", "udstyr.1"))


def withdraw_now(world: World, sub: Subscription) -> None:
    """Withdraw: refund what was paid, cancel what is open (`fortrydelse.1`)."""
    lines = access_lines(world, sub)
    paid = sum(line.paid for line in lines)
    total = sum(line.amount for line in lines)
    for line in lines:
        cancel_open(world, line, line.open)
    end_now(world, sub, "withdrawal")
    give_credit(world, sub, total, paid, "fortrydelse.1")
    world.duties.append((None, "refund", "fortrydelse.1"))


def take_exit(world: World, sub: Subscription, way: Exit) -> str | None:
    """Let a member's notice stand, unless one stands that ends no later (section 6)."""
    if sub.standing is not None and way.end >= sub.standing.end:
        return ROUTES[way.route][0]
    if way.route == "withdrawal":
        withdraw_now(world, sub)
    elif way.end <= world.today:
        end_now(world, sub, way.route)
    else:
        behind = sub.standing if sub.standing and not sub.standing.by_member else None
        sub.standing = Standing(end=way.end, route=way.route, by_member=True, behind=behind)
    return None
