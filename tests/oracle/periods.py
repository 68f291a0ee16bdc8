"""Binding, periods and status of a subscription (model.md, sections 2 and 3)."""

from __future__ import annotations

from datetime import date

from tests.oracle.days import months
from tests.oracle.facts import Subscription, World


def binding_end(world: World, sub: Subscription) -> date:
    """B (`betaling.5`; readings `binding-scope`, `trial-binding`)."""
    terms = sub.signed_terms
    source = world.subscriptions[0] if terms.reading("binding-scope") == "member" else sub
    start = source.registered_on
    if terms.reading("trial-binding") == "from-conversion":
        start = source.anchor
    return months(start, terms.days("binding-months"))


def in_trial(sub: Subscription, day: date) -> bool:
    """Whether a day lies inside the trial (`proevetilbud.2`)."""
    return sub.trial_end is not None and day < sub.trial_end


def status(world: World, sub: Subscription, day: date) -> str:
    """The state as that day stands (section 2)."""
    if sub.ended_on is not None:
        return "ended"
    if sub.standing is not None:
        return "ending"
    if in_trial(sub, day):
        return "trial"
    return "bound" if day < binding_end(world, sub) else "free"


def period_start(sub: Subscription, k: int) -> date:
    """The first day of period k, from the anchor (section 3)."""
    return months(sub.anchor, k * sub.billing)


def period_of(sub: Subscription, day: date) -> int:
    """The number of the period that holds a day on or after the anchor."""
    anchor = sub.anchor
    k = ((day.year - anchor.year) * 12 + day.month - anchor.month) // sub.billing
    return k - 1 if period_start(sub, k) > day else k


def next_period_start(sub: Subscription, day: date) -> date:
    """The first period boundary after a day."""
    if day < sub.anchor:
        return sub.anchor
    return period_start(sub, period_of(sub, day) + 1)


def current_period(sub: Subscription, day: date) -> tuple[date, date]:
    """The period that holds a day, as `[from, until)`."""
    k = period_of(sub, day)
    return period_start(sub, k), period_start(sub, k + 1)
