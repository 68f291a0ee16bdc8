"""Automatisk abonnementsfornyelse: the subscription renews until it ends (`fornyelse.1`).

Each period is charged in advance at the price of its first day (`betaling.2`, `priser.2`). A member whose card is
about to expire is reminded (`fornyelse.2`).

The receipt for every amount drawn from a card (`fornyelse.3`) is noted where it is collected, in
`subsim.membership.ledger`.
"""

from subsim.basics.dates import Day, days_between
from subsim.basics.money import half_up
from subsim.basics.texts import Message
from subsim.membership.events import PackageName
from subsim.membership.ledger import Line
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription

PERIOD_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""The months of a billing period (the model, section 3)."""


def begin_periods(member: Member, subscription: Subscription, to: Day) -> None:
    """The period that is due begins, and each after it up to and including `to` that begins before another deadline.

    A pending downgrade takes effect (`priser.3`); each period is charged, all at one price.
    """
    if subscription.downgrade is not None:
        _take_downgrade(member, subscription, subscription.downgrade)
    package, count = subscription.package, subscription.period_months
    price = subscription.price(package, subscription.next_period)
    whole = price * count
    reason = Message("{months} × {price:kr} = {amount:kr}", months=count, price=price, amount=whole)
    deadline, known_end = member.agenda[0], subscription.ends_on
    while True:
        starts, ends = subscription.turn_to_next_period()
        amount, charged_to = period_charge(member, whole, starts, ends, known_end)
        line = Line("period", subscription.id, package, starts, charged_to, starts, amount, "betaling.2")
        subscription.lines.append(line)
        member.ledger.charge(line)
        if charged_to != ends:
            reason += Message("for the days until the known end {end}: {amount:kr}", end=charged_to, amount=amount)
        clause = "betaling.2" if subscription.period_number == 1 else "fornyelse.1"
        member.note(starts, "period_begins", subscription.id, clause, reason)
        if ends > to or ends >= deadline:
            return


def _take_downgrade(member: Member, subscription: Subscription, package: PackageName) -> None:
    subscription.package, subscription.downgrade = package, None
    subscription.keep_only_chosen()
    reason = Message("from this period on the package is {package}", package=package)
    member.note(subscription.next_period, "downgrade_takes_effect", subscription.id, "priser.3", reason)


def period_charge(member: Member, whole: int, starts: Day, ends: Day, known_end: Day | None) -> tuple[int, Day]:
    """What a period `[starts, ends)` costs that costs so much if `whole`, in øre, and the day it is charged up to.

    By the reading `final-period` one that is charged when its end is already known costs only the days until then.
    """
    if known_end is None or known_end >= ends or member.terms.readings.final_period == "full":
        return whole, ends
    return half_up(whole * days_between(starts, known_end), days_between(starts, ends)), known_end


def remind_of_card(member: Member, today: Day) -> None:
    """On the last day of a card's last month, today, a member with a live subscription is reminded of it."""
    method = member.ledger.method
    if method.kind == "card" and any(sub.is_live for sub in member.subscriptions):
        member.duties.append((today, "card_reminder", "fornyelse.2"))
        member.note(
            today, "card_expires", None, "fornyelse.2", Message("the card can last be charged on {day}", day=today)
        )
