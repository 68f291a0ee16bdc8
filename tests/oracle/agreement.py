"""Events of a subscription's life: sign-up, use, withdrawal, notice, package (model.md, sections 2, 4 and 6)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.oracle.changes import price, price_as_chosen_now
from tests.oracle.charges import bill, charge_period
from tests.oracle.days import Json, day_of, half_up, months, plus, true
from tests.oracle.ending import take_exit
from tests.oracle.exits import Exit, best_exit, open_exits, ordinary_end, withdrawal_exit
from tests.oracle.facts import Line, Pending, Subscription, World
from tests.oracle.periods import current_period, in_trial, next_period_start
from tests.oracle.tables import CLOSED_ROUTE_CLAUSE, DEAD_CLAUSE, MONTHS_OF_BILLING
from tests.oracle.terms import terms_announced, terms_of


def live(world: World, event: Json) -> Subscription | None:
    """The live subscription an event speaks of, or None."""
    sub = world.find(event.get("subscription", "main"))
    return sub if sub is not None and sub.ended_on is None else None


def sign_up_guard(world: World, event: Json) -> str | None:
    """The first guard of a sign-up that fails (section 2)."""
    terms = terms_announced(world, world.today)
    if world.born is not None and world.today < months(world.born, 12 * terms.days("age-years")):
        return "adgang.9"
    if world.resident != "DK":
        return "adgang.10"
    if not world.private:
        return "adgang.14"
    if event.get("service", "ip") == "tv":
        return "tv.1"
    if int(event.get("trial_days", "0")) > 0 and world.subscriptions:
        return "proevetilbud.1"
    billing = MONTHS_OF_BILLING[event.get("billing", "quarterly")]
    first_period = price_as_chosen_now(world, event["package"], world.today) * billing
    if first_period > terms.days("credit-check-over") and event.get("credit_check") == "failed":
        return "adgang.11"
    return None


def month_end(text: str) -> date:
    """The last day of a `YYYY-MM`."""
    return plus(months(date.fromisoformat(text + "-01"), 1), -1)


def sign_up(world: World, event: Json, seq: int) -> str | None:
    """Register a subscription and charge its first period, or let its trial begin (section 2)."""
    if live(world, event) is not None:
        raise ValueError(f"{world.today}: a live subscription is signed up again")
    if clause := sign_up_guard(world, event):
        return clause
    if "payment" in event:
        world.method = event["payment"]
    if "card_expires" in event:
        world.card_expires = month_end(event["card_expires"])
    trial_days = int(event.get("trial_days", "0"))
    pending_confirmation = event.get("confirmation", "same-day") == "pending"
    sub = Subscription(
        id=event.get("subscription", "main"),
        registered_on=world.today,
        signed_seq=seq,
        package=event["package"],
        chosen_seq=seq,
        billing=MONTHS_OF_BILLING[event.get("billing", "quarterly")],
        trial_end=plus(world.today, trial_days) if trial_days > 0 else None,
        channel=event.get("channel", "online"),
        signed_terms=terms_announced(world, world.today),
        confirmed_terms=terms_announced(world, world.today),
        long_overdue_seen=world.long_overdue_seen,
        confirmed_on=None if pending_confirmation else world.today,
    )
    world.subscriptions.append(sub)
    if sub.trial_end is None:
        charge_period(world, sub, 0)
    return None


def confirmation_received(world: World, event: Json, seq: int) -> str | None:
    """Start the withdrawal period (`fortrydelse.1`)."""
    sub = live(world, event)
    if sub is None or sub.confirmed_on is not None:
        return "fortrydelse.1"
    sub.confirmed_on, sub.confirmed_terms = world.today, terms_of(world, sub, world.today)
    return None


def log_in(world: World, event: Json, seq: int) -> str | None:
    """Note a log-in (reading `withdrawal-waiver`)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["log_in"]
    sub.waived = sub.waived or terms_of(world, sub, world.today).reading("withdrawal-waiver") == "login"
    return None


def activate(world: World, event: Json, seq: int) -> str | None:
    """Note an activation, and whether a filter was changed (`fortrydelse.2`)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["activate"]
    choice = terms_of(world, sub, world.today).reading("withdrawal-waiver")
    sub.waived = sub.waived or choice != "filter" or true(event.get("filter_changed"))
    return None


def withdraw(world: World, event: Json, seq: int) -> str | None:
    """The withdrawal e-mail (`fortrydelse.1`-`.3`)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["withdraw"]
    way = withdrawal_exit(world, sub, world.today)
    if way is None:
        return "fortrydelse.2" if sub.waived else "fortrydelse.1"
    return take_exit(world, sub, way)


def give_notice(world: World, event: Json, seq: int) -> str | None:
    """A member's notice, with or without a ground or a wanted end (section 6)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["give_notice"]
    n = world.today
    ground = event.get("ground")
    wanted = day_of(event["wanted_end"]) if "wanted_end" in event else None
    if wanted is not None:
        if ground not in (None, "ordinary"):
            raise ValueError(f"{n}: wanted_end goes with the ordinary route only")
        ground = "ordinary"
    exits = open_exits(world, sub, n)
    if ground is None:
        best = best_exit(exits)
        return "opsigelse.2" if best is None else take_exit(world, sub, best)
    if ground not in exits:
        in_a_trial = ground == "ordinary" and in_trial(sub, n)
        return "proevetilbud.2" if in_a_trial else CLOSED_ROUTE_CLAUSE[ground]
    way = exits[ground]
    if wanted is not None:
        end = ordinary_end(world, sub, n, wanted, terms_of(world, sub, n).reading("notice-in-binding"))
        assert end is not None
        way = Exit(route="ordinary", end=end, notice_by=None)
    return take_exit(world, sub, way)


def withdraw_notice(world: World, event: Json, seq: int) -> str | None:
    """Take back the member's own notice, if agreed (section 6)."""
    sub = live(world, event)
    if sub is None or sub.standing is None or not sub.standing.by_member or not true(event.get("agreed")):
        return "opsigelse.1a"
    sub.standing = sub.standing.behind
    return None


def upgrade_amount(world: World, sub: Subscription, old: int, new: int) -> int:
    """The extra charge of an upgrade for the current period (reading `upgrade-charge`)."""
    choice = terms_of(world, sub, world.today).reading("upgrade-charge")
    if choice == "full":
        return new * sub.billing
    difference = (new - old) * sub.billing
    if choice == "difference":
        return difference
    start, end = current_period(sub, world.today)
    left = (upgrade_end(world, sub) - world.today).days
    return half_up(Fraction(difference * left, (end - start).days))


def upgrade_end(world: World, sub: Subscription) -> date:
    """Where what an upgrade pays for ends: with the period, or sooner at a known end (section 10)."""
    end = current_period(sub, world.today)[1]
    return min(end, sub.standing.end) if sub.standing else end


def change_package(world: World, event: Json, seq: int) -> str | None:
    """Change the package (`priser.3`, section 4)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["change_package"]
    wanted = event["to"]
    if wanted == sub.package:
        sub.pending = None
        return None
    old = price(world, sub, sub.package, world.today)
    new = price_as_chosen_now(world, wanted, world.today)
    trial = in_trial(sub, world.today)
    if new < old and not trial:
        effective = next_period_start(sub, world.today)
        sub.pending = Pending(package=wanted, effective=effective, seq=seq)
        return None
    sub.pending = None
    sub.package, sub.chosen_seq = wanted, seq
    if new > old and not trial:
        line = Line(
            day=world.today,
            kind="upgrade",
            owner=sub,
            package=wanted,
            start=world.today,
            end=upgrade_end(world, sub),
            amount=upgrade_amount(world, sub, old, new),
            clause="priser.3",
        )
        bill(world, line)
    return None
