"""A naive reference for the subscription contract: it walks every day and recomputes everything.

Sections named in docstrings are those of model.md; ids such as `priser.3` are clauses of the terms.
Amounts are whole øre (int) or exact fractions of them; intervals are half-open.
"""

from __future__ import annotations

import calendar
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from attrs import Factory, define, field, frozen

Json = dict[str, Any]

# -------------------------------------------------------------------------------------- tables of the model

NUMBERS: dict[str, str] = {  # section 11
    "age-years": "18",
    "credit-check-over": "5000.00",
    "binding-months": "6",
    "quarter-months": "3",
    "notice-days": "30",
    "overdue-days": "10",
    "price-notice-days": "30",
    "price-exit-days": "3",
    "bound-exit-notice-days": "7",
    "bound-exit-window-days": "21",
    "service-notice-days": "30",
    "terms-notice-days": "30",
    "withdrawal-days": "14",
    "complaint-months": "1",
}

PROFILES = ("standard", "member", "operator")

POINTS: dict[str, tuple[tuple[str, ...], tuple[str, str, str]]] = {  # section 9: readings; choice per profile
    "ordinary-notice": (
        ("quarterly", "quarter-end", "thirty-days", "period-end", "earliest"),
        ("quarterly", "earliest", "quarterly"),
    ),
    "quarter-anchor": (("subscription", "calendar"), ("subscription", "subscription", "calendar")),
    "notice-in-binding": (("counts", "ends-at-binding", "refused"), ("counts", "ends-at-binding", "refused")),
    "binding-scope": (("subscription", "member"), ("subscription", "member", "subscription")),
    "trial-binding": (
        ("from-registration", "from-conversion"),
        ("from-registration", "from-registration", "from-conversion"),
    ),
    "withdrawal-channel": (("online", "distance"), ("online", "distance", "online")),
    "withdrawal-waiver": (("activation", "filter", "login"), ("activation", "filter", "login")),
    "upgrade-charge": (("difference", "prorated", "full"), ("difference", "prorated", "full")),
    "final-period": (("full", "prorated"), ("full", "prorated", "full")),
    "short-price-notice": (("deferred", "void"), ("deferred", "void", "deferred")),
    "price-in-binding": (("deferred", "void", "applies"), ("deferred", "void", "applies")),
    "price-cut-exit": (("any-change", "rises-only"), ("any-change", "any-change", "rises-only")),
    "bound-exit-window": (("within-21", "before-effect"), ("within-21", "within-21", "before-effect")),
    "website-announcement": (("counts", "email-only"), ("counts", "email-only", "counts")),
    "acceleration": (
        ("to-binding-end", "to-notice-end", "arrears-only"),
        ("to-binding-end", "arrears-only", "to-notice-end"),
    ),
    "late-payment-cure": (("cures", "persists"), ("cures", "cures", "persists")),
}

ROUTES: dict[str, tuple[str, ...]] = {  # section 6: the table's order and clauses
    "withdrawal": ("fortrydelse.1", "fortrydelse.2", "fortrydelse.3"),
    "trial": ("proevetilbud.2",),
    "price_change": ("prisaendringer.2", "opsigelse.2a"),
    "service_change": ("proevetilbud.5", "opsigelse.2b"),
    "terms_change": ("aendringer.3", "opsigelse.2c"),
    "ordinary": ("betaling.5", "opsigelse.1a", "opsigelse.2d"),
}
OPERATOR_CLAUSES = ("annullering.1a",)

CLOSED_ROUTE_CLAUSE = {  # section 10: give_notice on a route that is not open
    "trial": "proevetilbud.2",
    "price_change": "prisaendringer.2",
    "service_change": "proevetilbud.5",
    "terms_change": "aendringer.3",
    "ordinary": "opsigelse.2",
}

DEAD_CLAUSE = {  # section 10: events on a subscription that has ended or was never accepted
    "give_notice": "opsigelse.1a",
    "withdraw_notice": "opsigelse.1a",
    "withdraw": "fortrydelse.1",
    "confirmation_received": "fortrydelse.1",
    "change_package": "priser.3",
    "buy": "betaling.2",
    "lend_equipment": "udstyr.1",
    "log_in": "adgang.1",
    "activate": "adgang.1",
    "suspend": "annullering.1",
    "restore": "annullering.1",
    "terminate": "annullering.1",
}

ACCELERATION_CLAUSE = {  # section 10
    "overdue": "annullering.2c",
    "breach": "annullering.2b",
    "misuse": "annullering.2a",
    "security": "sikkerhed.1",
}

MONTHS_OF_BILLING = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}

REFERENCE_RATES = """
2012-01-01 0.70  2012-07-01 0.45  2013-01-01 0.20  2013-07-01 0.20  2014-01-01 0.20  2014-07-01 0.20
2015-01-01 0.20  2015-07-01 0.05  2016-01-01 0.05  2016-07-01 0.05  2017-01-01 0.05  2017-07-01 0.05
2018-01-01 0.05  2018-07-01 0.05  2019-01-01 0.05  2019-07-01 0.05  2020-01-01 0.05  2020-07-01 0.05
2021-01-01 0.05  2021-07-01 -0.35 2022-01-01 -0.45 2022-07-01 -0.45 2023-01-01 1.90  2023-07-01 3.25
2024-01-01 3.75  2024-07-01 3.50  2025-01-01 2.75  2025-07-01 1.75  2026-01-01 1.75  2026-07-01 2.00
"""

LATEST = sys.maxsize  # a choice made after everything announced so far


# --------------------------------------------------------------------------------------- days and money (1)


def day_of(text: str) -> date:
    """A civil date; a timestamp counts on its Copenhagen date (section 1)."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"timestamp without offset: {text}")
    return moment.astimezone(ZoneInfo("Europe/Copenhagen")).date()


def plus(day: date, days: int) -> date:
    """`day + days`."""
    return day + timedelta(days=days)


def months(anchor: date, k: int) -> date:
    """The anchor's day number k months on, clipped to that month (section 1)."""
    years, month = divmod(anchor.year * 12 + anchor.month - 1 + k, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(anchor.day, last))


def half_up(amount: Fraction) -> int:
    """Whole øre, rounded half up (section 1)."""
    return (amount + Fraction(1, 2)).__floor__()


def ore(text: str) -> int:
    """DKK text as øre."""
    value = Decimal(text) * 100
    if value != int(value):
        raise ValueError(f"more than two decimals: {text}")
    return int(value)


def kroner(amount: int) -> str:
    """Øre as DKK text with two decimals."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def iso(day: date | None) -> str | None:
    """The ISO text of a date, or None."""
    return day.isoformat() if day is not None else None


def true(text: str | None) -> bool:
    """A YAML 1.2 boolean as text; absent is false."""
    return text is not None and text.lower() == "true"


def listed(value: Any, default: list[str]) -> list[str]:
    """A list of words; one bare word counts as a list of one."""
    if value is None:
        return default
    return [value] if isinstance(value, str) else list(value)


# ------------------------------------------------------------------------------------------------ the facts


@frozen(kw_only=True)
class Terms:
    """What decides: numbers (11), readings (9), the price list, the reference rates."""

    profile: str
    readings: dict[str, str]
    numbers: dict[str, int]
    prices: dict[str, int]
    rates: dict[date, Fraction]

    def days(self, name: str) -> int:
        """A number of the terms by name (section 11)."""
        return self.numbers[name]


@frozen(kw_only=True)
class Announcement:
    """An announcement of a price, service or terms change (section 5)."""

    kind: str
    seq: int
    announced: date
    effective: date
    by_email: bool
    prices: dict[str, int]
    cost_increase: int | None
    packages: tuple[str, ...]
    disadvantage: bool
    urgent: bool
    material: bool
    favourable: bool


@frozen(kw_only=True)
class PriceEffect:
    """When one price change reaches one subscription (`e`, None for never), and which way it goes."""

    announcement: Announcement
    e: date | None
    price: int
    direction: int
    as_announced: bool

    @property
    def rank(self) -> tuple[date, int]:
        """The later rank decides the price: latest announced E, then announced last (section 5)."""
        return (self.announcement.effective, self.announcement.seq)


@frozen(kw_only=True)
class Pending:
    """A downgrade that waits for the next period (`priser.3`)."""

    package: str
    effective: date
    seq: int


@frozen(kw_only=True)
class Standing:
    """An end that lies ahead, and by which route it came."""

    end: date
    route: str
    by_member: bool
    behind: Standing | None = None
    """Kabelplus' own end that a member's sooner notice overtook; it stands again if the notice is taken back."""


@define(kw_only=True)
class Item:
    """A piece of lent equipment (`udstyr.1`)."""

    value: int
    returned: bool = False
    invoiced: bool = False


@define(kw_only=True, eq=False)
class Subscription:
    """One subscription: a state machine of its own (section 2)."""

    id: str
    registered_on: date
    signed_seq: int
    package: str
    chosen_seq: int
    billing: int
    trial_end: date | None
    channel: str
    confirmed_on: date | None
    logged_in: bool = False
    activated: bool = False
    filter_changed: bool = False
    suspended: bool = False
    pending: Pending | None = None
    standing: Standing | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    items: dict[str, Item] = Factory(dict)
    states: list[tuple[date, str]] = Factory(list)

    @property
    def anchor(self) -> date:
        """The billing anchor (section 3)."""
        return self.trial_end or self.registered_on


@frozen(kw_only=True)
class Movement:
    """A part of a line that was paid, or cancelled, on a day."""

    day: date
    amount: int
    cancelled: bool


@define(kw_only=True, eq=False)
class Line:
    """One invoice line; it falls due on its date."""

    day: date
    kind: str
    owner: Subscription
    package: str | None
    start: date | None
    end: date | None
    amount: int
    clause: str
    movements: list[Movement] = Factory(list)

    @property
    def open(self) -> int:
        """What is neither paid nor cancelled; nothing on a credit."""
        return 0 if self.kind == "credit" else self.amount - sum(m.amount for m in self.movements)

    @property
    def paid(self) -> int:
        """What was paid of it."""
        return sum(m.amount for m in self.movements if not m.cancelled)

    def open_as_began(self, day: date) -> int:
        """What was open as a day began (section 3)."""
        return self.amount - sum(m.amount for m in self.movements if m.day < day)

    @property
    def paid_on(self) -> date | None:
        """The day it was paid in full; None where a part is open or was cancelled (section 10)."""
        if self.open or any(m.cancelled for m in self.movements):
            return None
        return max((m.day for m in self.movements), default=self.day)


@define(kw_only=True, eq=False)
class World:
    """The member's whole case as one day after the other makes it."""

    terms: Terms
    born: date | None
    resident: str
    private: bool
    today: date
    method: str = "card"
    reported_failing: bool = False
    card_expires: date | None = None  # the last day of the card's last month
    credit: int = 0
    long_overdue_seen: bool = False
    subscriptions: list[Subscription] = field(factory=list)
    announcements: list[Announcement] = field(factory=list)
    lines: list[Line] = field(factory=list)
    payments: list[tuple[date, int]] = field(factory=list)
    refunds: list[tuple[date, int, str]] = field(factory=list)
    refused: list[tuple[date, str, str | None, str]] = field(factory=list)
    duties: list[tuple[date | None, str, str]] = field(factory=list)

    def reading(self, point: str) -> str:
        """The reading taken of a contested point (section 9)."""
        return self.terms.readings[point]

    def find(self, sub_id: str) -> Subscription | None:
        """The latest accepted subscription of that id."""
        return next((s for s in reversed(self.subscriptions) if s.id == sub_id), None)

    def holder(self, sub_id: str, item: str) -> Subscription | None:
        """The latest subscription of that id under which the item is out; it may have ended before the id came back."""
        of_id = [s for s in reversed(self.subscriptions) if s.id == sub_id]
        return next((s for s in of_id if item in s.items and not s.items[item].returned), self.find(sub_id))


# -------------------------------------------------------------------------- binding, periods, status (2, 3)


def binding_end(world: World, sub: Subscription) -> date:
    """B (`betaling.5`; readings `binding-scope`, `trial-binding`)."""
    source = world.subscriptions[0] if world.reading("binding-scope") == "member" else sub
    start = source.registered_on
    if world.reading("trial-binding") == "from-conversion":
        start = source.anchor
    return months(start, world.terms.days("binding-months"))


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


# ------------------------------------------------------------------------------------ announced changes (5)


def deferred_rise(world: World, bound_until: date, change: Announcement) -> date | None:
    """e of a rise without cost grounds: notice first, then binding (`prisaendringer.1`)."""
    e = change.effective
    enough = plus(change.announced, world.terms.days("price-notice-days"))
    if enough > e:
        if world.reading("short-price-notice") == "void":
            return None
        e = enough
    if e < bound_until:
        choice = world.reading("price-in-binding")
        if choice == "void":
            return None
        if choice == "deferred":
            e = bound_until
    return e


def price_by(effects: list[PriceEffect], list_price: int, day: date) -> int:
    """The price on a day by the given changes, else the price list's (section 5)."""
    reached = [effect for effect in effects if effect.e is not None and effect.e <= day]
    return max(reached, key=lambda effect: effect.rank).price if reached else list_price


def price_effects(world: World, package: str, chosen_seq: int, bound_until: date) -> list[PriceEffect]:
    """Every announced change of a package's price, as it reaches a subscription (section 5), oldest first."""
    effects: list[PriceEffect] = []
    list_price = world.terms.prices[package]
    for change in world.announcements:
        if change.kind != "price" or package not in change.prices:
            continue
        price = change.prices[package]
        rise = price - price_by(effects, list_price, change.effective)
        e: date | None = change.effective
        if change.seq < chosen_seq:
            pass  # part of what was chosen
        elif rise > 0 and not change.by_email and world.reading("website-announcement") == "email-only":
            e = None
        elif rise > 0 and not (change.cost_increase is not None and rise <= change.cost_increase):
            e = deferred_rise(world, bound_until, change)
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
    return price_effects(world, package, choice_of(sub, package), binding_end(world, sub))


def price(world: World, sub: Subscription, package: str, day: date) -> int:
    """The member's monthly price of a package on a day (`priser.2`, section 5)."""
    return price_by(effects_for(world, sub, package), world.terms.prices[package], day)


def price_as_chosen_now(world: World, package: str, day: date) -> int:
    """The monthly price of a package for who chooses it now: every change so far as announced (section 5)."""
    return price_by(price_effects(world, package, LATEST, day), world.terms.prices[package], day)


def overtaken(effect: PriceEffect, effects: list[PriceEffect]) -> bool:
    """Whether a change of higher rank is in force before this one's e or on it (section 5)."""
    assert effect.e is not None
    return any(o.e is not None and o.e <= effect.e and o.rank > effect.rank for o in effects)


def service_effect(world: World, sub: Subscription, change: Announcement) -> date | None:
    """e of a service change (`proevetilbud.3`-`.4`) that gives an exit; None where it gives none."""
    if change.seq < sub.chosen_seq or not change.disadvantage or sub.package not in change.packages:
        return None
    if not change.by_email and world.reading("website-announcement") == "email-only":
        return None
    if change.urgent:
        return change.effective
    return max(change.effective, plus(change.announced, world.terms.days("service-notice-days")))


def terms_effect(world: World, sub: Subscription, change: Announcement) -> date | None:
    """e of a terms change (`aendringer.3`) that gives an exit; None where it gives none."""
    if change.seq < sub.signed_seq or not change.material or change.favourable or not change.by_email:
        return None
    return max(change.effective, plus(change.announced, world.terms.days("terms-notice-days")))


# ----------------------------------------------------------------------------------------- the ways out (6)


@frozen(kw_only=True)
class Exit:
    """An open route: where it ends, and the last date of its window."""

    route: str
    end: date
    notice_by: date | None


def first_from(boundaries: Iterator[date], earliest: date) -> date:
    """The first boundary on or after a date."""
    return next(boundary for boundary in boundaries if boundary >= earliest)


def quarter_boundaries(world: World, sub: Subscription) -> Iterator[date]:
    """Quarter boundaries, upwards (reading `quarter-anchor`)."""
    calendar_year = world.reading("quarter-anchor") == "calendar"
    anchor = date(sub.registered_on.year, 1, 1) if calendar_year else sub.anchor
    return (months(anchor, world.terms.days("quarter-months") * k) for k in count())


def period_boundaries(sub: Subscription) -> Iterator[date]:
    """Period boundaries, upwards."""
    return (period_start(sub, k) for k in count())


def first_end(world: World, sub: Subscription, rule: str, earliest: date) -> date:
    """The first end a rule of `ordinary-notice` knows on or after a date."""
    if rule == "thirty-days":
        return earliest
    if rule == "period-end":
        return first_from(period_boundaries(sub), earliest)
    return first_from(quarter_boundaries(world, sub), earliest)


def rule_opens(world: World, rule: str, n: date) -> date:
    """The first date a rule lets a notice of n end, were every day a boundary."""
    if rule in ("quarterly", "thirty-days"):
        return plus(n, world.terms.days("notice-days"))
    return plus(n, 1)


def ordinary_end(world: World, sub: Subscription, n: date, wanted: date, in_binding: str) -> date | None:
    """T of the ordinary route: the first permitted end on or after the wanted one (sections 6 and 9)."""
    bound_until = binding_end(world, sub)
    if n < bound_until and in_binding == "refused":
        return None
    reading = world.reading("ordinary-notice")
    rules = ["thirty-days", "period-end"] if reading == "earliest" else [reading]
    ends = []
    for rule in rules:
        opens = rule_opens(world, rule, n)
        ends.append(first_end(world, sub, rule, max(opens, bound_until, wanted)))
        at_binding = in_binding == "ends-at-binding" and n < bound_until
        if at_binding and first_end(world, sub, rule, opens) <= bound_until and bound_until >= wanted:
            ends.append(bound_until)
    return min(ends)


def change_exit(
    world: World, sub: Subscription, route: str, change: Announcement, e: date, lead: int, n: date
) -> Exit | None:
    """The exit one pending change gives: `lead` days before e, or by the bound window (`opsigelse.2`)."""
    if e >= binding_end(world, sub):
        last, end = plus(e, -lead), e
    else:
        last = plus(change.announced, world.terms.days("bound-exit-window-days"))
        warning = world.terms.days("bound-exit-notice-days")
        if world.reading("bound-exit-window") == "within-21":
            end = max(e, plus(n, warning))
        else:
            last, end = min(last, plus(e, -warning)), e
    return Exit(route=route, end=end, notice_by=last) if n <= last else None


def price_exits(world: World, sub: Subscription, n: date) -> list[Exit]:
    """The exits of pending price changes of the package in force (`prisaendringer.2`, `opsigelse.2a`)."""
    effects = effects_for(world, sub, sub.package)
    lead = max(1, world.terms.days("price-exit-days"))
    exits = []
    for effect in effects:
        gives = effect.direction > 0 or (effect.direction < 0 and world.reading("price-cut-exit") == "any-change")
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


def waived(world: World, sub: Subscription) -> bool:
    """Whether the subscription was taken into use (`fortrydelse.2`-`.3`; reading `withdrawal-waiver`)."""
    return {
        "activation": sub.activated,
        "filter": sub.filter_changed,
        "login": sub.logged_in or sub.activated,
    }[world.reading("withdrawal-waiver")]


def withdrawal_exit(world: World, sub: Subscription, n: date) -> Exit | None:
    """Withdrawal, where it is open (`fortrydelse.1`-`.3`; reading `withdrawal-channel`)."""
    channels = ("online", "phone") if world.reading("withdrawal-channel") == "distance" else ("online",)
    if waived(world, sub) or sub.channel not in channels:
        return None
    last = None
    if sub.confirmed_on is not None:
        last = plus(sub.confirmed_on, world.terms.days("withdrawal-days"))
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
        end = ordinary_end(world, sub, n, date.min, world.reading("notice-in-binding"))
        ways.append(None if end is None else Exit(route="ordinary", end=end, notice_by=None))
    return {way.route: way for way in ways if way is not None}


def best_exit(exits: dict[str, Exit]) -> Exit | None:
    """The way a notice without a ground takes: `trial` in a trial, else the earliest T (section 6)."""
    return exits["trial"] if "trial" in exits else soonest(list(exits.values()))


# ------------------------------------------------------------------------------------ charges and money (3)


def failing(world: World) -> bool:
    """Whether the payment method fails today (section 3)."""
    if world.method == "invoice":
        return False
    expired = world.method == "card" and world.card_expires is not None and world.today > world.card_expires
    return world.reported_failing or expired


def collect(world: World, line: Line) -> None:
    """Take what is open on a line by the payment method (section 3), with the receipt (`fornyelse.3`)."""
    amount = line.open
    if amount <= 0:
        return
    line.movements.append(Movement(day=world.today, amount=amount, cancelled=False))
    world.payments.append((world.today, amount))
    if world.method == "card":
        world.duties.append((world.today, "receipt", "fornyelse.3"))


def bill(world: World, line: Line) -> None:
    """Issue a line: credit goes first, then the payment method if it works (section 3)."""
    world.lines.append(line)
    used = min(world.credit, line.open)
    if used > 0:
        world.credit -= used
        line.movements.append(Movement(day=world.today, amount=used, cancelled=False))
    if world.method != "invoice" and not failing(world):
        collect(world, line)


def package_on(sub: Subscription, day: date) -> str:
    """The package on a day to come, a pending downgrade counted (`priser.3`)."""
    if sub.pending is not None and sub.pending.effective <= day:
        return sub.pending.package
    return sub.package


def final_end(world: World, start: date, end: date, known_end: date | None) -> date:
    """The end of what a period's charge covers (reading `final-period`)."""
    if world.reading("final-period") == "prorated" and known_end is not None and start < known_end < end:
        return known_end
    return end


def period_amount(world: World, sub: Subscription, k: int, known_end: date | None) -> int:
    """What period k costs at the price on its first day (section 3; reading `final-period`)."""
    start, end = period_start(sub, k), period_start(sub, k + 1)
    whole = price(world, sub, package_on(sub, start), start) * sub.billing
    until = final_end(world, start, end, known_end)
    return half_up(Fraction(whole * (until - start).days, (end - start).days))


def charge_period(world: World, sub: Subscription, k: int) -> None:
    """Charge period k on its first day (`betaling.2`, `fornyelse.1`)."""
    start, end = period_start(sub, k), period_start(sub, k + 1)
    known_end = sub.standing.end if sub.standing else None
    bill(
        world,
        Line(
            day=world.today,
            kind="period",
            owner=sub,
            package=sub.package,
            start=start,
            end=final_end(world, start, end, known_end),
            amount=period_amount(world, sub, k, known_end),
            clause="betaling.2",
        ),
    )


def still_to_pay(world: World, sub: Subscription, way: Exit, n: date) -> int:
    """The period lines after n and before the end, as if that notice were given on n (scenario-format)."""
    if way.route in ("withdrawal", "trial"):
        return 0
    end = min(way.end, sub.standing.end) if sub.standing else way.end
    return sum(period_amount(world, sub, k, end) for k in periods_between(sub, n, end))


def periods_between(sub: Subscription, after: date, before: date) -> Iterator[int]:
    """The periods that start after one date and before another."""
    for k in count():
        if period_start(sub, k) >= before:
            return
        if period_start(sub, k) > after:
            yield k


def paid_for_access(world: World, sub: Subscription) -> int:
    """What was paid for a subscription's periods and upgrades (`fortrydelse.1`)."""
    return sum(line.paid for line in access_lines(world, sub))


def access_lines(world: World, sub: Subscription) -> list[Line]:
    """A subscription's period and upgrade lines."""
    return [line for line in world.lines if line.owner is sub and line.kind in ("period", "upgrade")]


def cancel_open(world: World, line: Line, amount: int) -> None:
    """Cancel a part of what is open on a line."""
    if amount > 0:
        line.movements.append(Movement(day=world.today, amount=amount, cancelled=True))


def give_credit(world: World, sub: Subscription, amount: int, paid_out: int, clause: str) -> None:
    """One credit line, and the part of it that is paid out (section 10)."""
    world.lines.append(
        Line(
            day=world.today,
            kind="credit",
            owner=sub,
            package=None,
            start=None,
            end=None,
            amount=-amount,
            clause=clause,
        )
    )
    if paid_out > 0:
        world.refunds.append((world.today, paid_out, clause))


def overdue_beyond_limit(world: World) -> bool:
    """Whether some amount is more than 10 days overdue today (`betaling.4`)."""
    limit = world.terms.days("overdue-days")
    return any(line.open > 0 and (world.today - line.day).days > limit for line in world.lines)


def rate(terms: Terms, due: date, half_year: date) -> Fraction:
    """The yearly late-payment rate of a half-year, as a fraction (renteloven § 5)."""
    if half_year not in terms.rates:
        raise ValueError(f"no reference rate for {half_year}: add it under reference_rates")
    return (terms.rates[half_year] + (7 if due < date(2013, 3, 1) else 8)) / 100


def interest(terms: Terms, line: Line, until: date) -> int:
    """Interest on a line up to and including a day (`betaling.2`, section 3)."""
    withdrawn = line.owner.end_reason == "withdrawal" and line.kind in ("period", "upgrade")
    if withdrawn or line.kind == "credit":
        return 0
    open_days: dict[tuple[date, int], int] = {}
    day = plus(line.day, 1)
    while day <= until and (outstanding := line.open_as_began(day)) > 0:
        half_year = date(day.year, 1 if day.month < 7 else 7, 1)
        key = half_year, 366 if calendar.isleap(day.year) else 365
        open_days[key] = open_days.get(key, 0) + outstanding
        day = plus(day, 1)
    return half_up(
        sum((days * rate(terms, line.day, half) / year for (half, year), days in open_days.items()), Fraction(0))
    )


# --------------------------------------------------------------------------------------------------- ending


def end_now(world: World, sub: Subscription, reason: str) -> None:
    """End a subscription today; its lent equipment is now to be returned (`udstyr.1`)."""
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


# ----------------------------------------------------------------------------------------------- the events
# Each handler takes the world, the event and its place in the timeline; it returns the clause of a refusal.


def live(world: World, event: Json) -> Subscription | None:
    """The live subscription an event speaks of, or None."""
    sub = world.find(event.get("subscription", "main"))
    return sub if sub is not None and sub.ended_on is None else None


def sign_up_guard(world: World, event: Json) -> str | None:
    """The first guard of a sign-up that fails (section 2)."""
    terms = world.terms
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
    sub.confirmed_on = world.today
    return None


def log_in(world: World, event: Json, seq: int) -> str | None:
    """Note a log-in (reading `withdrawal-waiver`)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["log_in"]
    sub.logged_in = True
    return None


def activate(world: World, event: Json, seq: int) -> str | None:
    """Note an activation, and whether a filter was changed (`fortrydelse.2`)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["activate"]
    sub.activated = True
    sub.filter_changed = sub.filter_changed or true(event.get("filter_changed"))
    return None


def withdraw(world: World, event: Json, seq: int) -> str | None:
    """The withdrawal e-mail (`fortrydelse.1`-`.3`)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["withdraw"]
    way = withdrawal_exit(world, sub, world.today)
    if way is None:
        return "fortrydelse.2" if waived(world, sub) else "fortrydelse.1"
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
        end = ordinary_end(world, sub, n, wanted, world.reading("notice-in-binding"))
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
    choice = world.reading("upgrade-charge")
    if choice == "full":
        return new * sub.billing
    difference = (new - old) * sub.billing
    if choice == "difference":
        return difference
    start, end = current_period(sub, world.today)
    left = (upgrade_end(world, sub) - world.today).days
    return half_up(Fraction(difference * left, (end - start).days))


def current_period(sub: Subscription, day: date) -> tuple[date, date]:
    """The period that holds a day, as `[from, until)`."""
    k = period_of(sub, day)
    return period_start(sub, k), period_start(sub, k + 1)


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


def complain(world: World, event: Json, seq: int) -> str | None:
    """A complaint is decided within a month, as a rule (`tvister.2`)."""
    decided = months(world.today, world.terms.days("complaint-months"))
    world.duties.append((decided, "complaint_decision", "tvister.2"))
    return None


def transfer(world: World, event: Json, seq: int) -> str | None:
    """The member may not transfer the agreement (`overdragelse.1`)."""
    return "overdragelse.1"


def move(world: World, event: Json, seq: int) -> str | None:
    """The residence that later sign-ups are judged by (section 2)."""
    world.resident = event["resident"]
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


def announce(world: World, event: Json, seq: int) -> str | None:
    """Record an announcement; what it does to whom is worked out each time it is asked (section 5)."""
    effective = day_of(event["effective"])
    if effective < world.today:
        raise ValueError(f"{world.today}: effective {effective} lies before the announcement")
    by_cost = event.get("grounds") == "cost"
    world.announcements.append(
        Announcement(
            kind=event["event"].split("_")[1],
            seq=seq,
            announced=world.today,
            effective=effective,
            by_email="email" in listed(event.get("via"), ["email"]),
            prices={name: ore(text) for name, text in event.get("prices", {}).items()},
            cost_increase=ore(event["cost_increase"]) if by_cost else None,
            packages=tuple(listed(event.get("packages"), [])),
            disadvantage=event.get("disadvantage", "none") == "material",
            urgent=true(event.get("urgent")),
            material=true(event.get("material", "true")),
            favourable=true(event.get("favourable")),
        )
    )
    return None


def suspend(world: World, event: Json, seq: int) -> str | None:
    """Stop or restore access; nothing else changes (`betaling.3`, `annullering.1`)."""
    sub = live(world, event)
    if sub is None:
        return "annullering.1"
    sub.suspended = event["event"] == "suspend"
    return None


def accelerated_lines(world: World, sub: Subscription, clause: str) -> list[Line]:
    """The remaining payments that fall due today (`annullering.2`; reading `acceleration`)."""
    choice = world.reading("acceleration")
    if choice == "arrears-only" or in_trial(sub, world.today):
        return []
    horizon: date | None = binding_end(world, sub)
    if choice == "to-notice-end":
        in_binding = world.reading("notice-in-binding")
        in_binding = "counts" if in_binding == "refused" else in_binding
        horizon = ordinary_end(world, sub, world.today, date.min, in_binding)
    assert horizon is not None
    if sub.standing is not None:
        horizon = min(horizon, sub.standing.end)
    lines = []
    for k in periods_between(sub, world.today, horizon):
        start = period_start(sub, k)
        package = package_on(sub, start)
        lines.append(
            Line(
                day=world.today,
                kind="accelerated",
                owner=sub,
                package=package,
                start=start,
                end=period_start(sub, k + 1),
                amount=price(world, sub, package, world.today) * sub.billing,
                clause=clause,
            )
        )
    return lines


def terminate_for_cause(world: World, sub: Subscription, reason: str) -> str | None:
    """Kabelplus ends at once for arrears, breach, misuse or security (section 7)."""
    persists = world.reading("late-payment-cure") == "persists" and world.long_overdue_seen
    if reason == "overdue" and not (overdue_beyond_limit(world) or persists):
        return "betaling.4"
    lines = accelerated_lines(world, sub, ACCELERATION_CLAUSE[reason])
    end_now(world, sub, reason)
    for line in lines:
        bill(world, line)
    return None


def terminate_with_access(world: World, sub: Subscription) -> str | None:
    """Kabelplus ends at the period's end, the binding's or the trial's (`annullering.1a`)."""
    if sub.trial_end is not None and in_trial(sub, world.today):
        end = sub.trial_end
    else:
        end = current_period(sub, world.today)[1]
        if world.today < binding_end(world, sub):
            end = max(end, binding_end(world, sub))
    if sub.standing is not None and sub.standing.end <= end:
        return "annullering.1a"
    sub.standing = Standing(end=end, route="operator", by_member=False)
    return None


def unused_part(line: Line, day: date) -> Fraction:
    """The part of a charge for the days from a day to the end of what it covers (`annullering.1a`)."""
    assert line.start is not None
    assert line.end is not None
    left = max(0, (line.end - day).days)
    return Fraction(line.amount * left, (line.end - line.start).days)


def terminate_with_refund(world: World, sub: Subscription) -> None:
    """Kabelplus ends today and credits what is unused of the current period (`annullering.1a`)."""
    lines: list[Line] = []
    if not in_trial(sub, world.today):
        start, end = current_period(sub, world.today)
        lines = [one for one in access_lines(world, sub) if one.start and start <= one.start < end]
    credit = half_up(sum((unused_part(line, world.today) for line in lines), Fraction(0)))
    left = credit
    for line in lines:
        part = min(left, line.open)
        cancel_open(world, line, part)
        left -= part
    end_now(world, sub, "operator")
    give_credit(world, sub, credit, left, "annullering.1a")


def terminate(world: World, event: Json, seq: int) -> str | None:
    """Kabelplus terminates (section 7)."""
    sub = live(world, event)
    if sub is None:
        return DEAD_CLAUSE["terminate"]
    if event.get("reason", "none") != "none":
        return terminate_for_cause(world, sub, event["reason"])
    if event.get("settlement", "access") == "access":
        return terminate_with_access(world, sub)
    terminate_with_refund(world, sub)
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
    "payment_method_fails": payment_method_fails,
    "payment_method_renewed": payment_method_renewed,
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
    "payment_method_fails",
    "payment_method_renewed",
    "complain",
    "transfer",
    "move",
    "announce_price_change",
    "announce_service_change",
    "announce_terms_change",
}

# ---------------------------------------------------------------------------------------- day after day (1)


def start_of_day(world: World, sub: Subscription) -> None:
    """One subscription's start of the day: end, downgrade, new period (section 1).

    The ends of binding and trial and the announced changes need no step: they are worked out when asked for.
    """
    today = world.today
    if sub.ended_on is not None:
        return
    if sub.standing is not None and sub.standing.end <= today:
        end_now(world, sub, sub.standing.route)
        return
    if sub.pending is not None and sub.pending.effective <= today:
        sub.package, sub.chosen_seq = sub.pending.package, sub.pending.seq
        sub.pending = None
    if today >= sub.anchor:
        k = period_of(sub, today)
        if period_start(sub, k) == today:
            charge_period(world, sub, k)


def remind_of_card(world: World) -> None:
    """The reminder on the last day of the card's last month (`fornyelse.2`)."""
    alive = any(sub.ended_on is None for sub in world.subscriptions)
    if alive and world.method == "card" and world.card_expires == world.today:
        world.duties.append((world.today, "card_reminder", "fornyelse.2"))


def run_event(world: World, event: Json, seq: int) -> None:
    """One event; a refusal changes nothing and is noted (section 2)."""
    name = event["event"]
    clause = HANDLERS[name](world, event, seq)
    if clause is not None:
        default = None if name in MEMBER_EVENTS else "main"
        world.refused.append((world.today, name, event.get("subscription", default), clause))


def run(doc: Json, terms: Terms, until: date) -> World:
    """Walk every day from the first event to `until`, that day included (section 1)."""
    member = doc.get("member", {})
    events = [(day_of(event["date"]), event) for event in doc["timeline"]]
    private = member.get("use", "private") == "private" or true(member.get("written_agreement"))
    world = World(
        terms=terms,
        born=day_of(member["born"]) if "born" in member else None,
        resident=member.get("resident", "DK"),
        private=private,
        today=events[0][0] if events else until,
    )
    while world.today <= until:
        for sub in world.subscriptions:
            start_of_day(world, sub)
        remind_of_card(world)
        world.long_overdue_seen = world.long_overdue_seen or overdue_beyond_limit(world)
        for seq, (day, event) in enumerate(events):
            if day == world.today:
                run_event(world, event, seq)
        for sub in world.subscriptions:
            state = status(world, sub, world.today)
            if not sub.states or sub.states[-1][1] != state:
                sub.states.append((world.today, state))
        world.today = plus(world.today, 1)
    world.today = until
    return world


# ---------------------------------------------------------------------------------------- what is asked for


def chosen_terms(
    doc: Json, profile: str | None, readings: dict[str, str] | None, numbers: dict[str, Any] | None
) -> Terms:
    """Profile, then single readings on top; an argument's profile displaces the file's readings too."""
    name = profile or doc.get("profile", "standard")
    column = PROFILES.index(name)
    taken = {point: choices[column] for point, (_, choices) in POINTS.items()}
    for extra in ({} if profile else doc.get("readings", {}), readings or {}):
        for point, reading in extra.items():
            if reading not in POINTS[point][0]:
                raise ValueError(f"{point} has no reading {reading}")
            taken[point] = reading
    figures = {key: str(value) for key, value in {**NUMBERS, **doc.get("numbers", {}), **(numbers or {})}.items()}
    words = REFERENCE_RATES.split()
    rates = dict(zip(words[::2], words[1::2], strict=True)) | doc.get("reference_rates", {})
    return Terms(
        profile=name,
        readings=taken,
        numbers={key: ore(text) if key == "credit-check-over" else int(text) for key, text in figures.items()},
        prices={key: ore(text) for key, text in doc.get("prices", {}).items()},
        rates={date.fromisoformat(key): Fraction(Decimal(text)) for key, text in rates.items()},
    )


def dates_within(node: Any) -> Iterator[date]:
    """Every date among the values of an `expect` or `ask`."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("id", "package", "subscription"):
                yield from dates_within(value)
    elif isinstance(node, list):
        for value in node:
            yield from dates_within(value)
    elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(node)):
        yield date.fromisoformat(str(node))


def default_until(doc: Json, *more: Any) -> date:
    """The last date of the timeline, the asks and the expectations of the file, and of what is at hand."""
    days = [day_of(event["date"]) for event in doc["timeline"]]
    for event in doc["timeline"]:
        days += [day_of(event[key]) for key in ("effective", "wanted_end") if key in event]
    for node in (doc.get("expect"), doc.get("ask"), *more):
        days += dates_within(node)
    return max(days)


def end_of(doc: Json, *more: Any) -> date:
    """The file's own `until`, else the default one."""
    return day_of(doc["until"]) if "until" in doc else default_until(doc, *more)


def subscription_json(world: World, sub: Subscription) -> Json:
    """One subscription of the `replay` JSON."""
    return {
        "id": sub.id,
        "state": sub.states[-1][1],
        "suspended": sub.suspended,
        "package": sub.package,
        "registered_on": iso(sub.registered_on),
        "binding_ends": iso(binding_end(world, sub)),
        "ends_on": iso(sub.standing.end if sub.standing else None),
        "ended_on": iso(sub.ended_on),
        "end_reason": sub.end_reason,
        "states": [{"from": iso(day), "state": state} for day, state in sub.states],
    }


def line_json(world: World, line: Line, until: date) -> Json:
    """One line of the `replay` JSON."""
    return {
        "date": iso(line.day),
        "due": iso(line.day),
        "kind": line.kind,
        "subscription": line.owner.id,
        "package": line.package,
        "from": iso(line.start),
        "to": iso(line.end),
        "amount": kroner(line.amount),
        "paid_on": iso(line.paid_on),
        "interest": kroner(interest(world.terms, line, until)),
        "clause": line.clause,
    }


def totals_json(world: World, lines: list[Json]) -> Json:
    """The totals (scenario-format): owed = charged - paid + refunded, interest apart."""
    charged = sum(line.amount for line in world.lines)
    paid = sum(amount for _, amount in world.payments)
    refunded = sum(amount for _, amount, _ in world.refunds)
    return {
        "charged": kroner(charged),
        "paid": kroner(paid),
        "refunded": kroner(refunded),
        "owed": kroner(charged - paid + refunded),
        "interest": kroner(sum(ore(line["interest"]) for line in lines)),
    }


def replay(
    doc: Json,
    until: date | None = None,
    profile: str | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, Any] | None = None,
) -> Json:
    """The outcome of a scenario document, without the words for humans."""
    terms = chosen_terms(doc, profile, readings, numbers)
    last = until or end_of(doc)
    world = run(doc, terms, last)
    lines = [line_json(world, line, last) for line in world.lines]
    member = doc.get("member", {})
    return {
        "scenario": doc.get("scenario"),
        "until": iso(last),
        "profile": terms.profile,
        "readings": terms.readings,
        "numbers": {
            key: kroner(value) if key == "credit-check-over" else value for key, value in terms.numbers.items()
        },
        "member": {
            "id": member.get("id"),
            "born": member.get("born"),
            "resident": member.get("resident", "DK"),
            "use": member.get("use", "private"),
        },
        "subscriptions": [subscription_json(world, sub) for sub in world.subscriptions],
        "invoices": lines,
        "payments": [{"date": iso(day), "amount": kroner(amount)} for day, amount in world.payments],
        "refunds": [
            {"date": iso(day), "amount": kroner(amount), "clause": clause} for day, amount, clause in world.refunds
        ],
        "refused": [
            {"date": iso(day), "event": event, "subscription": sub_id, "clause": clause}
            for day, event, sub_id, clause in world.refused
        ],
        "duties": [{"date": iso(day), "duty": duty, "clause": clause} for day, duty, clause in world.duties],
        "totals": totals_json(world, lines),
    }


def only_id(doc: Json) -> str:
    """The subscription meant where none is named."""
    ids = {e.get("subscription", "main") for e in doc["timeline"] if e["event"] == "sign_up"}
    return ids.pop() if len(ids) == 1 else "main"


def route_json(world: World, sub: Subscription | None, route: str, way: Exit | None) -> Json:
    """One row of the `can-cancel` JSON; a closed one has neither dates nor amounts."""
    row: Json = {"route": route, "open": way is not None, "ends_on": None, "give_notice_by": None}
    row |= {"refund": None, "still_to_pay": None, "clauses": list(ROUTES[route])}
    if sub is not None and way is not None:
        refund = paid_for_access(world, sub) if route == "withdrawal" else 0
        row["ends_on"], row["give_notice_by"] = iso(way.end), iso(way.notice_by)
        row["refund"] = kroner(refund)
        row["still_to_pay"] = kroner(still_to_pay(world, sub, way, world.today))
    return row


def answer(world: World, sub_id: str) -> Json:
    """Whether and how a subscription can be cancelled as of the end of today (scenario-format)."""
    sub = world.find(sub_id)
    state = status(world, sub, world.today) if sub is not None else None
    result: Json = {"date": iso(world.today), "subscription": sub_id, "state": state}
    if sub is None or state == "ended":
        result |= {"can_cancel": False, "earliest_end": None, "route": None, "clauses": []}
        result["routes"] = [route_json(world, None, route, None) for route in ROUTES]
        return result
    exits = open_exits(world, sub, world.today)
    best = best_exit(exits)
    end, route = (best.end, best.route) if best is not None else (None, None)
    if sub.standing is not None and (end is None or sub.standing.end <= end):
        end, route = sub.standing.end, sub.standing.route
    clauses: tuple[str, ...] = ("betaling.5", "opsigelse.2")
    if route is not None:
        clauses = ROUTES.get(route, OPERATOR_CLAUSES)
    result |= {"can_cancel": route is not None, "earliest_end": iso(end), "route": route}
    result["clauses"] = list(clauses)
    result["routes"] = [route_json(world, sub, name, exits.get(name)) for name in ROUTES]
    return result


def contested_points(doc: Json, terms: Terms, own: Json, day: date, sub_id: str, **chosen: Any) -> list[Json]:
    """The single other readings that would change the answer, each by a replay of its own."""
    asked = ("can_cancel", "earliest_end", "route")
    found = []
    for point, (choices, _) in POINTS.items():
        for reading in choices:
            if reading == terms.readings[point]:
                continue
            readings = {**(chosen["readings"] or {}), point: reading}
            other = chosen_terms(doc, chosen["profile"], readings, chosen["numbers"])
            result = answer(run(doc, other, day), sub_id)
            if any(result[key] != own[key] for key in asked):
                found.append({"point": point, "reading": reading} | {key: result[key] for key in asked})
    return found


def can_cancel(
    doc: Json,
    date: date,
    subscription: str | None = None,
    profile: str | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, Any] | None = None,
    contested: bool = True,
) -> Json:
    """The answer of `can-cancel`, without the words for humans."""
    sub_id = subscription or only_id(doc)
    terms = chosen_terms(doc, profile, readings, numbers)
    result = answer(run(doc, terms, date), sub_id)
    if contested:
        result["contested"] = contested_points(
            doc, terms, result, date, sub_id, profile=profile, readings=readings, numbers=numbers
        )
    return result


# --------------------------------------------------------------------------------------------- expectations

Mismatch = tuple[str, Any, Any]
AMOUNT_KEYS = {"amount", "charged", "paid", "refunded", "owed", "interest", "refund", "still_to_pay"}


def same(key: str, expected: Any, found: Any) -> bool:
    """Whether an expected value, as text, is what was found."""
    if isinstance(expected, list):
        return isinstance(found, list) and list(expected) == found
    if str(expected).lower() in ("null", "~", ""):
        return found is None
    if isinstance(found, bool):
        return str(expected).lower() == str(found).lower()
    if key in AMOUNT_KEYS and found is not None:
        return ore(expected) == ore(found)
    return bool(expected == found)


def compare(path: str, expected: Json, found: Json) -> Iterator[Mismatch]:
    """The given keys that differ."""
    for key, value in expected.items():
        if not same(key, value, found.get(key)):
            yield (f"{path}.{key}", value, found.get(key))


def compare_rows(path: str, expected: list[Json], found: list[Json]) -> Iterator[Mismatch]:
    """Rows that must match one by one, in order and number."""
    if len(expected) != len(found):
        yield (path, expected, found)
        return
    for index, (want, have) in enumerate(zip(expected, found, strict=True)):
        yield from compare(f"{path}[{index}]", want, have)


def check_subscription(path: str, expected: Json, found: Json | None) -> Iterator[Mismatch]:
    """The expectations of one subscription; one never accepted has only nulls."""
    have = dict(found or {})
    have["states"] = [[entry["from"], entry["state"]] for entry in have.get("states", [])]
    yield from compare(path, expected, have)


def check_expect(expected: Json, found: Json) -> Iterator[Mismatch]:
    """The mismatches of one `expect`."""
    by_id = {sub["id"]: sub for sub in found["subscriptions"]}
    own: Json = {}
    for key, value in expected.items():
        if key == "subscriptions":
            for sub_id, wanted in value.items():
                yield from check_subscription(f"expect.subscriptions.{sub_id}", wanted, by_id.get(sub_id))
        elif key in ("invoices", "refused"):
            yield from compare_rows(f"expect.{key}", value, found[key])
        elif key == "totals":
            yield from compare("expect.totals", value, found["totals"])
        elif key == "duties":
            for want in value:
                if not any(not list(compare("", want, have)) for have in found["duties"]):
                    yield ("expect.duties", want, found["duties"])
        else:
            own[key] = value
    if own:
        if len(by_id) > 1:
            raise ValueError("several subscriptions: expect them under subscriptions")
        yield from check_subscription("expect", own, next(iter(by_id.values()), None))


def check_ask(index: int, expected: Json, found: Json) -> Iterator[Mismatch]:
    """The mismatches of one `ask`."""
    path = f"ask[{index}]"
    plain = {k: v for k, v in expected.items() if k not in ("date", "subscription", "routes")}
    yield from compare(path, plain, found)
    rows = {row["route"]: row for row in found["routes"]}
    for route, want in expected.get("routes", {}).items():
        if want == "closed":
            if rows[route]["open"]:
                yield (f"{path}.routes.{route}", "closed", rows[route])
        else:
            yield from compare(f"{path}.routes.{route}", want, rows[route])


def check_case(doc: Json, until: date, expect: Json, asks: list[Json]) -> list[Mismatch]:
    """All mismatches of a scenario, or of one of its variants."""
    wrong = list(check_expect(expect, replay(doc, until)))
    for index, ask in enumerate(asks):
        found = can_cancel(doc, day_of(ask["date"]), ask.get("subscription"), contested=False)
        wrong += check_ask(index, ask, found)
    return wrong


def cases(doc: Json) -> Iterator[tuple[str, Json, date, Json, list[Json]]]:
    """The scenario and its variants: name, document under its readings, until, expectations, asks."""
    yield ("", doc, end_of(doc), doc.get("expect", {}), doc.get("ask", []))
    for variant in doc.get("variants", []):
        under = dict(doc)
        under |= {key: variant[key] for key in ("profile", "until") if key in variant}
        under["readings"] = {**doc.get("readings", {}), **variant.get("readings", {})}
        expect, asks = variant.get("expect", {}), variant.get("ask", [])
        yield (variant["name"], under, end_of(under, expect, asks), expect, asks)


def main(paths: list[str]) -> int:
    """Check files; print each mismatch; 1 if there is any."""
    failed = False
    for path in paths:
        doc = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        for name, under, until, expect, asks in cases(doc):
            for where, expected, found in check_case(under, until, expect, asks):
                failed = True
                title = f"{path} ({name})" if name else path
                print(f"{title}: {where}: expected {expected}, found {found}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
