"""The days on which an event may change the outcome; at such limits systems often have errors."""

from subsim.basics.dates import Day, days_after, months
from subsim.membership.events import (
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    Buy,
    ConfirmationReceived,
    Event,
    GiveNotice,
    PaymentMethodRenewed,
    SignUp,
)
from subsim.rules.renewal import PERIOD_MONTHS


def limits(event: Event) -> set[Day]:
    """The days on which something may change because of this event, by the numbers of the terms."""
    today = event.date
    match event:
        case SignUp():
            return _limits_of_sign_up(event)
        case AnnouncePriceChange() | AnnounceServiceChange() | AnnounceTermsChange():
            last_day, in_time, effective = days_after(today, 21), days_after(today, 30), event.effective
            return {last_day, in_time, effective, days_after(effective, -3), days_after(effective, -7)}
        case GiveNotice():
            return {days_after(today, 30), event.wanted_end or today}
        case ConfirmationReceived():
            return {days_after(today, 14)}
        case Buy():
            return {days_after(today, 14)}
        case PaymentMethodRenewed(card_expires=Day() as expires):
            return {expires}
    return set()


_BUNDLES_FROM = Day(2020, 12, 21)


def _limits_of_sign_up(event: SignUp) -> set[Day]:
    """The ends of trial, binding and withdrawal; for two years the boundaries, and what is counted from them."""
    anchor = days_after(event.date, event.trial_days)
    step = min(3, PERIOD_MONTHS[event.billing])
    boundaries = {months(anchor, count) for count in range(0, 25, step)} | {months(event.date, 6)}
    boundaries |= {Day(event.date.year + ahead, month, 1) for ahead in (0, 1) for month in (1, 4, 7, 10)}
    found = {days_after(day, count) for day in boundaries for count in (-30, 0, 10)}
    found |= {days_after(event.date, 14)} | ({event.card_expires} if event.card_expires else set())
    return found | _limits_in_law(event)


def _limits_in_law(event: SignUp) -> set[Day]:
    """The limits in law after a sign-up.

    These are five months, six months and the starts of the months after; the ends of the withdrawal period, with and
    without information; and the day from which bundles are one agreement.
    """
    turns = {months(event.date.replace(day=1), count) for count in (5, 6, 7)}
    lasts = {days_after(event.date, 14), days_after(months(days_after(event.date, 14), 12), 1)}
    if isinstance(event.withdrawal_info, Day):
        lasts.add(days_after(event.withdrawal_info, 14))
    return {months(event.date, 5), *turns, *lasts, *(days_after(day, 3) for day in lasts), _BUNDLES_FROM}


def turns(event: Event) -> list[Day]:
    """The day of an event, the limits that it sets, and the days beside these."""
    beside = {days_after(day, count) for day in limits(event) for count in (-1, 0, 1)}
    return sorted({event.date, *beside})
