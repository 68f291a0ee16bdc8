"""Automatisk abonnementsfornyelse: the subscription renews until it ends (`fornyelse.1`).

Each period is charged in advance at the price of its first day (`betaling.2`, `priser.2`). A member whose card is
about to expire is reminded (`fornyelse.2`).

The receipt for every amount drawn from a card (`fornyelse.3`) is noted where it is collected, in
`subsim.membership.ledger`.
"""

from bisect import bisect_left, bisect_right

from subsim.basics.dates import Day, days_between
from subsim.basics.money import half_up
from subsim.basics.texts import Message
from subsim.membership.events import PackageName
from subsim.membership.ledger import PERIODS_UNDER, Line, Run
from subsim.membership.member import Member
from subsim.membership.rulings import took_effect
from subsim.membership.subscription import Subscription

PERIOD_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""The months of a billing period (the model, section 3)."""


def begin_periods(member: Member, subscription: Subscription, to: Day, deadline: Day = Day.max) -> None:
    """The period that is due begins, and each after it that begins by `to`, and before `deadline`.

    A pending downgrade takes effect (`priser.3`); each period is charged, all at one price.
    """
    if subscription.downgrade is not None:
        _take_downgrade(member, subscription, subscription.downgrade)
    price = subscription.price(subscription.package, subscription.next_period)
    if member.notes_all or not _begin_settled(member, subscription, price, to, deadline):
        _begin_each(member, subscription, price, to, deadline)


def _begin_settled(member: Member, subscription: Subscription, price: int, to: Day, deadline: Day) -> bool:
    """Begin the periods as one run, if each is sure to be charged whole and collected on its day; none is noted."""
    whole, first = price * subscription.period_months, subscription.period_number
    if subscription.notice is not None or not whole:
        return False
    starts = subscription.starts_past(to)
    after = max(first + 1, min(bisect_right(starts, to), bisect_left(starts, deadline)))
    if not member.ledger.settles(starts[first], starts[after - 1]):
        return False
    run = Run(subscription.id, subscription.package, starts, first, after, whole)
    subscription.issued.add(run)
    member.ledger.charge_run(run)
    subscription.turn_to(starts, after)
    return True


def _begin_each(member: Member, subscription: Subscription, price: int, to: Day, deadline: Day) -> None:
    """Begin the periods one by one: each is noted, and may not be collected, or be cut short by a known end."""
    package, whole = subscription.package, price * subscription.period_months
    count = subscription.period_months
    reason = Message("{months} × {price:kr} = {amount:kr}", months=count, price=price, amount=whole)
    ruling = took_effect("fornyelse.1" if subscription.period_number else "betaling.2", reason)
    known_end = subscription.ends_on
    while True:
        starts = subscription.next_period
        subscription.turn_to_next_period()
        ends = subscription.next_period
        amount, charged_to = whole, ends
        if known_end is not None and is_prorated(subscription, starts, ends, known_end):
            amount, charged_to = period_charge(subscription, whole, starts, ends, known_end), known_end
            part = Message("for the days until the known end {end}: {amount:kr}", end=charged_to, amount=amount)
            ruling = took_effect(ruling.clause, reason + part)
        line = Line("period", subscription.id, package, starts, charged_to, starts, amount, PERIODS_UNDER)
        subscription.issued.add(line)
        member.ledger.charge(line)
        member.note(starts, "period_begins", subscription.id, ruling)
        if ends > to or ends >= deadline:
            return
        if subscription.period_number == 1:
            ruling = took_effect("fornyelse.1", reason)


def _take_downgrade(member: Member, subscription: Subscription, package: PackageName) -> None:
    subscription.package, subscription.downgrade = package, None
    subscription.keep_only_chosen()
    reason = Message("from this period on the package is {package}", package=package)
    member.note(subscription.next_period, "downgrade_takes_effect", subscription.id, took_effect("priser.3", reason))


def is_prorated(subscription: Subscription, starts: Day, ends: Day, known_end: Day) -> bool:
    """Whether a period `[starts, ends)` costs only the days until an end known when it is charged: `final-period`."""
    return known_end < ends and subscription.terms_on(starts).readings.final_period == "prorated"


def period_charge(subscription: Subscription, whole: int, starts: Day, ends: Day, known_end: Day) -> int:
    """What a period `[starts, ends)` costs in øre, if a whole one costs `whole` and the end is known by then."""
    if not is_prorated(subscription, starts, ends, known_end):
        return whole
    return half_up(whole * days_between(starts, known_end), days_between(starts, ends))


def remind_of_card(member: Member, today: Day) -> None:
    """On the last day of a card's last month, today, a member with a live subscription is reminded of it."""
    method = member.ledger.method
    if method.kind == "card" and any(sub.is_live for sub in member.subscriptions):
        member.ledger.owe(today, "card_reminder", "fornyelse.2")
        reason = Message("the card can last be charged on {day}", day=today)
        member.note(today, "card_expires", None, took_effect("fornyelse.2", reason))
