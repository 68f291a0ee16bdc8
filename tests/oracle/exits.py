"""The ways out for a notice received on a day (model.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from attrs import frozen

from tests.oracle.changes import effects_for, overtaken, service_effect, terms_effect
from tests.oracle.days import months, plus
from tests.oracle.facts import Announcement, Subscription, Terms, World
from tests.oracle.periods import binding_end, in_trial, period_start
from tests.oracle.terms import terms_of


@frozen(kw_only=True)
class Exit:
    """An open route: where it ends, and the last date of its window."""

    route: str
    end: date
    notice_by: date | None


def first_from(boundaries: Iterator[date], earliest: date) -> date:
    """The first boundary on or after a date."""
    return next(boundary for boundary in boundaries if boundary >= earliest)


def quarter_boundaries(terms: Terms, sub: Subscription) -> Iterator[date]:
    """Quarter boundaries, upwards (reading `quarter-anchor`)."""
    calendar_year = terms.reading("quarter-anchor") == "calendar"
    anchor = date(sub.registered_on.year, 1, 1) if calendar_year else sub.anchor
    return (months(anchor, terms.days("quarter-months") * k) for k in count())


def period_boundaries(sub: Subscription) -> Iterator[date]:
    """Period boundaries, upwards."""
    return (period_start(sub, k) for k in count())


def first_end(terms: Terms, sub: Subscription, rule: str, earliest: date) -> date:
    """The first end a rule of `ordinary-notice` knows on or after a date."""
    if rule == "thirty-days":
        return earliest
    if rule == "period-end":
        return first_from(period_boundaries(sub), earliest)
    return first_from(quarter_boundaries(terms, sub), earliest)


def rule_opens(terms: Terms, rule: str, n: date) -> date:
    """The first date a rule lets a notice of n end, were every day a boundary."""
    if rule in ("quarterly", "thirty-days"):
        return plus(n, terms.days("notice-days"))
    return plus(n, 1)


def ordinary_end(world: World, sub: Subscription, n: date, wanted: date, in_binding: str) -> date | None:
    """T of the ordinary route: the first permitted end on or after the wanted one (sections 6 and 9)."""
    bound_until, terms = binding_end(world, sub), terms_of(world, sub, n)
    if n < bound_until and in_binding == "refused":
        return None
    reading = terms.reading("ordinary-notice")
    rules = ["thirty-days", "period-end"] if reading == "earliest" else [reading]
    ends = []
    for rule in rules:
        opens = rule_opens(terms, rule, n)
        ends.append(first_end(terms, sub, rule, max(opens, bound_until, wanted)))
        at_binding = in_binding == "ends-at-binding" and n < bound_until
        if at_binding and first_end(terms, sub, rule, opens) <= bound_until and bound_until >= wanted:
            ends.append(bound_until)
    return min(ends)


def change_exit(
    world: World, sub: Subscription, route: str, change: Announcement, e: date, lead: int, n: date
) -> Exit | None:
    """The exit one pending change gives: `lead` days before e, or by the bound window (`opsigelse.2`)."""
    if e >= binding_end(world, sub):
        last, end = plus(e, -lead), e
    else:
        terms = terms_of(world, sub, change.announced, change.seq)
        last = plus(change.announced, terms.days("bound-exit-window-days"))
        warning = terms.days("bound-exit-notice-days")
        if terms.reading("bound-exit-window") == "within-21":
            end = max(e, plus(n, warning))
        else:
            last, end = min(last, plus(e, -warning)), e
    return Exit(route=route, end=end, notice_by=last) if n <= last else None


def price_exits(world: World, sub: Subscription, n: date) -> list[Exit]:
    """The exits of pending price changes of the package in force (`prisaendringer.2`, `opsigelse.2a`)."""
    effects = effects_for(world, sub, sub.package)
    exits = []
    for effect in effects:
        terms = terms_of(world, sub, effect.announcement.announced, effect.announcement.seq)
        lead = max(1, terms.days("price-exit-days"))
        gives = effect.direction > 0 or (effect.direction < 0 and terms.reading("price-cut-exit") == "any-change")
        if effect.as_announced or not gives or effect.e is None or overtaken(effect, effects):
            continue
        exits.append(change_exit(world, sub, "price_change", effect.announcement, effect.e, lead, n))
    return [way for way in exits if way is not None]


def service_exits(world: World, sub: Subscription, n: date) -> list[Exit]:
    """The exits of pending service changes (`proevetilbud.5`, `opsigelse.2b`)."""
    changes = [c for c in world.announcements if c.kind == "service"]
    reached = [(c, service_effect(world, sub, c)) for c in changes]
    ways = [change_exit(world, sub, "service_change", c, e, 1, n) for c, e in reached if e is not None]
    return [way for way in ways if way is not None]


def terms_exits(world: World, sub: Subscription, n: date) -> list[Exit]:
    """The exits of pending terms changes (`aendringer.3`, `opsigelse.2c`)."""
    changes = [c for c in world.announcements if c.kind == "terms"]
    reached = [(c, terms_effect(world, sub, c)) for c in changes]
    ways = [change_exit(world, sub, "terms_change", c, e, 1, n) for c, e in reached if e is not None]
    return [way for way in ways if way is not None]


def withdrawal_exit(world: World, sub: Subscription, n: date) -> Exit | None:
    """Withdrawal, where it is open (`fortrydelse.1`-`.3`; reading `withdrawal-channel`)."""
    channels = ("online", "phone") if sub.signed_terms.reading("withdrawal-channel") == "distance" else ("online",)
    if sub.waived or sub.channel not in channels:
        return None
    last = None
    if sub.confirmed_on is not None:
        last = plus(sub.confirmed_on, sub.confirmed_terms.days("withdrawal-days"))
    return Exit(route="withdrawal", end=n, notice_by=last) if last is None or n <= last else None


def soonest(ways: list[Exit]) -> Exit | None:
    """The way with the earliest end; equal ends keep their order (section 6)."""
    return min(ways, key=lambda way: way.end, default=None)


def open_exits(world: World, sub: Subscription, n: date) -> dict[str, Exit]:
    """The open routes of a notice received on n, in the order of the table (section 6)."""
    ways: list[Exit | None] = [withdrawal_exit(world, sub, n)]
    if sub.trial_end is not None and in_trial(sub, n):
        ways.append(Exit(route="trial", end=sub.trial_end, notice_by=plus(sub.trial_end, -1)))
    else:
        ways.append(soonest(price_exits(world, sub, n)))
        ways.append(soonest(service_exits(world, sub, n)))
        ways.append(soonest(terms_exits(world, sub, n)))
        end = ordinary_end(world, sub, n, date.min, terms_of(world, sub, n).reading("notice-in-binding"))
        ways.append(None if end is None else Exit(route="ordinary", end=end, notice_by=None))
    return {way.route: way for way in ways if way is not None}


def best_exit(exits: dict[str, Exit]) -> Exit | None:
    """The way a notice without a ground takes: `trial` in a trial, else the earliest T (section 6)."""
    return exits["trial"] if "trial" in exits else soonest(list(exits.values()))
