"""Fortrydelsesret: who joined on the internet may withdraw within 14 days of the confirmation and gets everything
back (`fortrydelse.1`), unless the service was taken into use (`fortrydelse.2`, `fortrydelse.3`).

Contested: who has the right (`withdrawal-channel`), and what use waives it (`withdrawal-waiver`).
"""

from typing import Final

from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message, Plural
from subsim.membership.events import SIGNED_UP, Activate, ConfirmationReceived, LogIn, Withdraw
from subsim.membership.lines import Line
from subsim.membership.member import Member
from subsim.membership.owed import CREDIT, REFUND
from subsim.membership.rules import Rule, of_subscription
from subsim.membership.rulings import Ruling, accept, refuse
from subsim.membership.subscription import Subscription
from subsim.membership.ways import Way, closed

# fortrydelse.1: `withdrawal-days`

WITHDRAWAL: Final[Route] = "withdrawal"
"""The way out by a withdrawal."""
_TAKEN_INTO_USE: Final = accept("fortrydelse.2", Message("taken into use: the right to withdraw is waived"))
_CHANNELS: Final = {"online": ("online",), "distance": ("online", "phone")}


def last_day(member: Member, subscription: Subscription) -> Day | None:
    """The last day of the withdrawal period; None while the confirmation is pending."""
    if subscription.confirmed_on is None:
        return None
    return days_after(subscription.confirmed_on, subscription.confirmed_under.numbers.withdrawal_days)


def too_late_from(member: Member, subscription: Subscription) -> Day | None:
    """The first day on which a withdrawal is too late; None while the confirmation is pending."""
    last = last_day(member, subscription)
    return None if last is None else days_after(last, 1)


def refusal(member: Member, subscription: Subscription, today: Day) -> Ruling | None:
    """The refusal of a withdrawal today, or None; the waiver comes first."""
    if subscription.is_taken_into_use:
        return refuse(
            "fortrydelse.2", Message("the service has been taken into use, which waives the right to withdraw")
        )
    if subscription.channel not in _CHANNELS[subscription.signed_under.readings.withdrawal_channel]:
        return refuse("fortrydelse.1", Message("{how}: no right to withdraw", how=SIGNED_UP[subscription.channel]))
    last = last_day(member, subscription)
    if last is not None and today > last:
        return refuse("fortrydelse.1", period_words(member, subscription) + Message("{day} is too late", day=today))
    return None


def period_words(member: Member, subscription: Subscription) -> Message:
    """The arithmetic of the withdrawal period."""
    last = last_day(member, subscription)
    if last is None:
        return Message("the confirmation has not been received: the withdrawal period has no last day yet")
    return Plural(
        "confirmed on {confirmed} + {n} day = {last}",
        "confirmed on {confirmed} + {n} days = {last}",
        confirmed=subscription.confirmed_on,
        n=subscription.confirmed_under.numbers.withdrawal_days,
        last=last,
    )


def way(member: Member, subscription: Subscription, notice: Day) -> Way:
    """The way out by a withdrawal, which ends the subscription the same day."""
    refused = refusal(member, subscription, notice)
    if refused is not None:
        return closed(WITHDRAWAL, refused.clause, refused.because)
    reason = period_words(member, subscription)
    return Way(WITHDRAWAL, "fortrydelse.1", reason, notice, last_day(member, subscription))


def withdraw(member: Member, subscription: Subscription, event: Withdraw) -> Ruling:
    """Withdraw, or refuse it; a withdrawal refused is never taken for a notice."""
    return refusal(member, subscription, event.date) or _take_back(member, subscription, event.date)


def take(member: Member, subscription: Subscription, today: Day, way: Way) -> Ruling:
    """Let a notice that ends soonest by a withdrawal be one."""
    return _take_back(member, subscription, today)


def _take_back(member: Member, subscription: Subscription, today: Day) -> Ruling:
    """End the subscription by a withdrawal that is open, and settle it."""
    reason = period_words(member, subscription) + _settle(member, subscription, today)
    subscription.end(WITHDRAWAL, today)
    return accept("fortrydelse.1", reason)


def paid_so_far(subscription: Subscription) -> int:
    """What a withdrawal would pay back in øre: all that was paid for the subscription's periods and upgrades."""
    return sum(line.amount - line.open for line in subscription.lines)


def _settle(member: Member, subscription: Subscription, today: Day) -> Message:
    """Undo the periods and upgrades: what is open of them is cancelled, what was paid is refunded; no interest."""
    ledger = member.ledger
    charged, paid = sum(line.amount for line in subscription.lines), paid_so_far(subscription)
    for line in subscription.lines:
        line.bears_interest = False
        ledger.cancel(line, line.open, today)
    ledger.give_credit(Line(CREDIT, subscription.id, None, None, None, today, -charged, "fortrydelse.1"))
    ledger.refund(paid, today, "fortrydelse.1")
    member.ledger.owe(None, REFUND, "fortrydelse.1")
    return Message("{paid:kr} paid is refunded, {open:kr} open is cancelled", paid=paid, open=charged - paid)


def confirmation_received(member: Member, subscription: Subscription, event: ConfirmationReceived) -> Ruling:
    """The withdrawal period begins when the member receives the confirmation."""
    if subscription.confirmed_on is not None:
        reason = Message("the confirmation was received on {day} already", day=subscription.confirmed_on)
        return refuse("fortrydelse.1", reason)
    subscription.confirmed_on, subscription.confirmed_under = event.date, subscription.terms_on(event.date)
    return accept("fortrydelse.1", period_words(member, subscription))


def log_in(member: Member, subscription: Subscription, event: LogIn) -> Ruling:
    """A log-in waives the right to withdraw under the reading `login`."""
    if subscription.terms_on(event.date).readings.withdrawal_waiver == "login":
        return _take_into_use(subscription)
    return accept("adgang.1", Message("logged in, which changes nothing"))


def activate(member: Member, subscription: Subscription, event: Activate) -> Ruling:
    """An activation waives the right to withdraw; under the reading `filter` only if the filter was changed for it."""
    if event.filter_changed or subscription.terms_on(event.date).readings.withdrawal_waiver != "filter":
        return _take_into_use(subscription)
    return accept("adgang.1", Message("activated without a new filter, which changes nothing"))


def _take_into_use(subscription: Subscription) -> Ruling:
    subscription.is_taken_into_use = True
    return _TAKEN_INTO_USE


RULES: tuple[Rule, ...] = (
    of_subscription(ConfirmationReceived, confirmation_received, "fortrydelse.1"),
    of_subscription(LogIn, log_in, "adgang.1"),
    of_subscription(Activate, activate, "adgang.1"),
    of_subscription(Withdraw, withdraw, "fortrydelse.2", "fortrydelse.1"),
)
