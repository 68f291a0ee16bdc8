"""Automatisk abonnementsfornyelse: the subscription renews until it ends (`fornyelse.1`).

Each period is charged in advance at the price of its first day (`betaling.2`, `priser.2`). A member whose card is
about to expire is reminded (`fornyelse.2`).

The receipt for every amount drawn from a card (`fornyelse.3`) is noted where it is collected, in `subsim.ledger`.
"""

from subsim.days import Day, days_between
from subsim.events import PackageName
from subsim.ledger import Line
from subsim.money import half_up
from subsim.state import Member, Subscription
from subsim.words import because

PERIOD_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""The months of a billing period (the model, section 3)."""


def begin_period(member: Member, subscription: Subscription, today: Day) -> None:
    """A new period begins: a pending downgrade takes effect (`priser.3`), and the period is charged."""
    if subscription.downgrade is not None:
        _take_downgrade(member, subscription, today)
    subscription.begin_period()
    ends = subscription.next_period
    member.expect_deadline(ends, today)
    known_end = None if subscription.notice is None else subscription.notice.ends_on
    price, amount, charged_to = period_charge(member, subscription, subscription.package, today, ends, known_end)
    line = Line(
        "period", subscription.id, subscription.package, today, charged_to, today, amount, "betaling.2", open=amount
    )
    subscription.lines.append(line)
    member.ledger.charge(line)
    reason = because(
        "{months} × {price:kr} = {amount:kr}",
        months=subscription.period_months,
        price=price,
        amount=price * subscription.period_months,
    )
    if charged_to != ends:
        reason += because("for the days until the known end {end}: {amount:kr}", end=charged_to, amount=amount)
    clause = "betaling.2" if subscription.period_number == 1 else "fornyelse.1"
    member.note(today, "period_begins", subscription.id, clause, reason)


def _take_downgrade(member: Member, subscription: Subscription, today: Day) -> None:
    assert subscription.downgrade is not None
    subscription.package, subscription.downgrade = subscription.downgrade, None
    subscription.keep_only_chosen()
    reason = because("from this period on the package is {package}", package=subscription.package)
    member.note(today, "downgrade_takes_effect", subscription.id, "priser.3", reason)


def period_charge(
    member: Member, subscription: Subscription, package: PackageName, starts: Day, ends: Day, known_end: Day | None
) -> tuple[int, int, Day]:
    """The monthly price of a period `[starts, ends)`, what it costs, both in øre, and the day it is charged up to.

    By the reading `final-period` one that is charged when its end is already known costs only the days until then.
    """
    price = subscription.price(package, starts)
    amount = price * subscription.period_months
    if known_end is None or known_end >= ends or member.terms.readings.final_period == "full":
        return price, amount, ends
    return price, half_up(amount * days_between(starts, known_end), days_between(starts, ends)), known_end


def remind_of_card(member: Member, today: Day) -> None:
    """On the last day of the card's last month a member with a live subscription is reminded of it."""
    method = member.ledger.method
    if method.expires == today and method.kind == "card" and any(sub.is_live for sub in member.subscriptions):
        member.duties.append((today, "card_reminder", "fornyelse.2"))
        member.note(
            today, "card_expires", None, "fornyelse.2", because("the card can last be charged on {day}", day=today)
        )
