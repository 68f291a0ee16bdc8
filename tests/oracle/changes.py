"""Announced changes as they reach a subscription (model.md, section 5)."""

from __future__ import annotations

from datetime import date

from tests.oracle.days import plus
from tests.oracle.facts import Announcement, PriceEffect, Subscription, Terms, World
from tests.oracle.periods import binding_end
from tests.oracle.tables import LATEST
from tests.oracle.terms import binds_from, terms_of


def deferred_rise(terms: Terms, bound_until: date, change: Announcement) -> date | None:
    """e of a rise without cost grounds: notice first, then binding (`prisaendringer.1`)."""
    e = change.effective
    enough = plus(change.announced, terms.days("price-notice-days"))
    if enough > e:
        if terms.reading("short-price-notice") == "void":
            return None
        e = enough
    if e < bound_until:
        choice = terms.reading("price-in-binding")
        if choice == "void":
            return None
        if choice == "deferred":
            e = bound_until
    return e


def price_by(effects: list[PriceEffect], list_price: int, day: date) -> int:
    """The price on a day by the given changes, else the price list's (section 5)."""
    reached = [effect for effect in effects if effect.e is not None and effect.e <= day]
    return max(reached, key=lambda effect: effect.rank).price if reached else list_price


def price_effects(
    world: World, sub: Subscription | None, package: str, chosen_seq: int, bound_until: date
) -> list[PriceEffect]:
    """Every announced change of a package's price, as it reaches a subscription (section 5), oldest first.

    Each is judged by the terms of its announcement; for who chooses now there is no subscription yet.
    """
    effects: list[PriceEffect] = []
    list_price = world.terms.prices[package]
    for change in world.announcements:
        if change.kind != "price" or package not in change.prices:
            continue
        price = change.prices[package]
        rise = price - price_by(effects, list_price, change.effective)
        e: date | None = change.effective
        terms = world.terms if sub is None else terms_of(world, sub, change.announced, change.seq)
        if change.seq < chosen_seq:
            pass  # part of what was chosen
        elif rise > 0 and not change.by_email and terms.reading("website-announcement") == "email-only":
            e = None
        elif rise > 0 and not (change.cost_increase is not None and rise <= change.cost_increase):
            e = deferred_rise(terms, bound_until, change)
        effects.append(
            PriceEffect(
                announcement=change,
                e=e,
                price=price,
                direction=(rise > 0) - (rise < 0),
                as_announced=change.seq < chosen_seq,
            )
        )
    return effects


def choice_of(sub: Subscription, package: str) -> int:
    """When the subscription last chose a package; one neither in force nor asked for counts as chosen now."""
    if package == sub.package:
        return sub.chosen_seq
    if sub.pending is not None and package == sub.pending.package:
        return sub.pending.seq
    return LATEST


def effects_for(world: World, sub: Subscription, package: str) -> list[PriceEffect]:
    """The price changes of a package as they reach this subscription."""
    return price_effects(world, sub, package, choice_of(sub, package), binding_end(world, sub))


def price(world: World, sub: Subscription, package: str, day: date) -> int:
    """The member's monthly price of a package on a day (`priser.2`, section 5)."""
    return price_by(effects_for(world, sub, package), world.terms.prices[package], day)


def price_as_chosen_now(world: World, package: str, day: date) -> int:
    """The monthly price of a package for who chooses it now: every change so far as announced (section 5)."""
    return price_by(price_effects(world, None, package, LATEST, day), world.terms.prices[package], day)


def overtaken(effect: PriceEffect, effects: list[PriceEffect]) -> bool:
    """Whether a change of higher rank is in force before this one's e or on it (section 5)."""
    assert effect.e is not None
    return any(o.e is not None and o.e <= effect.e and o.rank > effect.rank for o in effects)


def service_effect(world: World, sub: Subscription, change: Announcement) -> date | None:
    """e of a service change (`proevetilbud.3`-`.4`) that gives an exit; None where it gives none."""
    if change.seq < sub.chosen_seq or not change.disadvantage or sub.package not in change.packages:
        return None
    terms = terms_of(world, sub, change.announced, change.seq)
    if not change.by_email and terms.reading("website-announcement") == "email-only":
        return None
    if change.urgent:
        return change.effective
    return max(change.effective, plus(change.announced, terms.days("service-notice-days")))


def terms_effect(world: World, sub: Subscription, change: Announcement) -> date | None:
    """e of a terms change (`aendringer.3`) that gives an exit; None where it gives none."""
    if change.seq < sub.signed_seq or not change.material or change.favourable or not change.by_email:
        return None
    return binds_from(world, sub, change)
