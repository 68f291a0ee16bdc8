"""Automatisk abonnementsfornyelse: the subscription renews until it ends (`fornyelse.1`).

Each period is charged in advance at the price of its first day (`betaling.2`, `priser.2`). A member whose card is
about to expire is reminded (`fornyelse.2`).

The receipt for every amount drawn from a card (`fornyelse.3`) is noted where it is collected, in
`subsim.membership.ledger`.
"""

from typing import Final

from subsim.basics.dates import Day, days_between
from subsim.basics.money import half_up
from subsim.basics.texts import Message
from subsim.membership.deadlines import CARD_EXPIRES, DOWNGRADE_TAKES_EFFECT, PERIOD_BEGINS
from subsim.membership.events import PackageName
from subsim.membership.lines import PERIODS_UNDER, Line
from subsim.membership.member import Member
from subsim.membership.owed import CARD_REMINDER, PERIOD
from subsim.membership.rulings import Ruling, took_effect
from subsim.membership.subscription import Subscription

PERIOD_MONTHS: Final = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""The months of a billing period (the model, section 3)."""


def begin_periods(member: Member, subscription: Subscription, to: Day) -> None:
    """Begin and charge the periods of a subscription that begin by `to`, as far as it has not ended.

    A pending downgrade takes effect with the first of them (`priser.3`).
    """
    while subscription.next_period <= to and subscription.ended_on is None:
        if subscription.downgrade is not None:
            _take_downgrade(member, subscription, subscription.downgrade)
        price, price_changes = subscription.held_price(subscription.next_period)
        whole = price * subscription.period_months
        if not _begin_settled(member, subscription, whole, to, price_changes):
            _begin_each(member, subscription, whole, to, price_changes)


def _begin_settled(member: Member, subscription: Subscription, whole: int, to: Day, price_changes: Day) -> bool:
    """Begin periods at one price as one run, as far as each is certainly charged in full and collected on its day."""
    ledger = member.ledger
    if subscription.notice is not None or ledger.credit or not whole:
        return False
    last_day = ledger.method.last_day
    if last_day is None or last_day < subscription.next_period:
        return False
    run = subscription.turn_past(to if to < last_day else last_day, price_changes, whole)
    ledger.charge_run(run)
    if member.notes_all:
        member.note_run(run, subscription.period_months, _whole_period)
    return True


def _begin_each(member: Member, subscription: Subscription, whole: int, to: Day, price_changes: Day) -> None:
    """Begin periods at one price one by one, since some may not be collected, or be shortened by a known end."""
    package, months, known_end = subscription.package, subscription.period_months, subscription.ends_on
    while True:
        number, starts = subscription.period_number, subscription.next_period
        subscription.turn_to_next_period()
        ends = subscription.next_period
        amount, charged_to = whole, ends
        if known_end is not None and is_prorated(subscription, starts, ends, known_end):
            amount, charged_to = period_charge(subscription, whole, starts, ends, known_end), known_end
        line = Line(PERIOD, subscription.id, package, starts, charged_to, starts, amount, PERIODS_UNDER)
        subscription.issued.add(line)
        member.ledger.charge(line)
        if member.notes_all:
            ruling = _whole_period(number, months, whole)
            if charged_to != ends:
                part = Message("for the days until the known end {end}: {amount:kr}", end=charged_to, amount=amount)
                ruling = took_effect(ruling.clause, ruling.because + part)
            member.note(starts, PERIOD_BEGINS, subscription.id, ruling)
        if ends > to or ends >= price_changes:
            return


def _whole_period(number: int, months: int, amount: int) -> Ruling:
    """The ruling on a period: its number, counted from 0, its months, and its amount in øre."""
    reason = Message("{months} × {price:kr} = {amount:kr}", months=months, price=amount // months, amount=amount)
    return took_effect("fornyelse.1" if number else "betaling.2", reason)


def _take_downgrade(member: Member, subscription: Subscription, package: PackageName) -> None:
    subscription.package, subscription.downgrade = package, None
    subscription.keep_only_chosen()
    reason = Message("from this period on the package is {package}", package=package)
    member.note(subscription.next_period, DOWNGRADE_TAKES_EFFECT, subscription.id, took_effect("priser.3", reason))


def is_prorated(subscription: Subscription, starts: Day, ends: Day, known_end: Day) -> bool:
    """Whether a period `[starts, ends)` costs only the days until an end known when it is charged: `final-period`."""
    return known_end < ends and subscription.terms_on(starts).readings.final_period == "prorated"


def period_charge(subscription: Subscription, whole: int, starts: Day, ends: Day, known_end: Day) -> int:
    """The charge of a period `[starts, ends)` in øre, where a full one costs `whole`, with a known end."""
    if not is_prorated(subscription, starts, ends, known_end):
        return whole
    return half_up(whole * days_between(starts, known_end), days_between(starts, ends))


def remind_of_card(member: Member, today: Day) -> None:
    """Remind a member with a live subscription on the last day of the card's last month, which is today."""
    method = member.ledger.method
    if method.kind == "card" and any(sub.is_live for sub in member.subscriptions):
        member.ledger.owe(today, CARD_REMINDER, "fornyelse.2")
        reason = Message("the card can last be charged on {day}", day=today)
        member.note(today, CARD_EXPIRES, None, took_effect("fornyelse.2", reason))
