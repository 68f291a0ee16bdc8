"""Terms that change: which terms bind a subscription on a day (model.md, section 12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve

from tests.oracle.days import plus
from tests.oracle.facts import Announcement, Subscription, Terms, World
from tests.oracle.tables import LATEST


def amended(terms: Terms, changes: Iterable[Announcement]) -> Terms:
    """The terms after these changes, name by name: the latest E rules, of equals the last announced."""
    numbers, readings = dict(terms.numbers), dict(terms.readings)
    for change in sorted(changes, key=lambda one: (one.effective, one.seq)):
        numbers |= change.numbers
        readings |= change.readings
    return evolve(terms, numbers=numbers, readings=readings)


def terms_announced(world: World, day: date) -> Terms:
    """The terms of who is under none yet: those announced with E on or before that day."""
    return amended(world.terms, [c for c in world.announcements if c.kind == "terms" and c.effective <= day])


def binds_from(world: World, sub: Subscription, change: Announcement) -> date | None:
    """e of a change of the terms for a subscription; None where it never binds it."""
    if change.seq < sub.signed_seq:
        return max(change.effective, sub.registered_on)
    replaced = terms_of(world, sub, change.announced, change.seq)
    if change.material:
        if not change.by_email:
            return None
        return max(change.effective, plus(change.announced, replaced.days("terms-notice-days")))
    if not change.by_email and replaced.reading("website-announcement") == "email-only":
        return None
    return change.effective


def in_force(world: World, sub: Subscription, day: date, known: int = LATEST) -> list[Announcement]:
    """The changes of the terms that bind a subscription on a day, of those announced before `known`."""
    changes = [c for c in world.announcements if c.kind == "terms" and c.seq < known]
    return [c for c in changes if (e := binds_from(world, sub, c)) is not None and e <= day]


def terms_of(world: World, sub: Subscription, day: date, known: int = LATEST) -> Terms:
    """The terms that bind a subscription on a day, as far as announced before `known`."""
    if not any(c.numbers or c.readings for c in world.announcements):
        return world.terms
    return amended(world.terms, in_force(world, sub, day, known))


def terms_since(world: World, sub: Subscription, day: date) -> date | None:
    """The e of the change with the latest E in force; the sign-up's date if that is later."""
    latest = max(in_force(world, sub, day), key=lambda one: (one.effective, one.seq), default=None)
    return None if latest is None else binds_from(world, sub, latest)
