"""The events of which an exploration makes its timelines, and the dates on which it tries them.

Dates and fields lie on both sides of the limits of the terms: in and after the withdrawal period, in and after a trial,
one day before a line is overdue and that day, bound and free. Every event of a subscription is about `main`; the
subscription `second` is only signed up.
"""

from collections.abc import Iterator
from typing import Any

from attrs import Factory, frozen

from subsim.basics.dates import Day, days_after, last_day_of_month, months
from subsim.engine.ways import GROUNDS
from subsim.membership import events
from subsim.membership.events import Amount, Event, PackageName, SignedAmount, SignUp
from subsim.membership.facts import Person
from subsim.rules.operator_termination import CAUSES

FIRST_DAY = Day(2020, 1, 15)
GRID: dict[Day, str] = {
    FIRST_DAY: "the first event, as a rule the sign-up",
    Day(2020, 1, 25): "10 days after the first due date",
    Day(2020, 1, 26): "11 days after it: overdue",
    Day(2020, 1, 29): "the last day to withdraw",
    Day(2020, 1, 30): "the day after",
    Day(2020, 2, 14): "the first day after a trial of 30 days",
    Day(2020, 3, 16): "30 days before the second period",
    Day(2020, 4, 14): "the last day of the first quarter",
    Day(2020, 4, 15): "the second period begins",
    Day(2020, 6, 15): "30 days before the binding ends",
    Day(2020, 7, 14): "the last day of the binding",
    Day(2020, 7, 15): "the first free day, and the third period",
    Day(2020, 8, 2): "the first day after a trial of 200 days",
    Day(2020, 10, 15): "the fourth period begins",
}
"""By date of the grid the limit for which it was chosen."""
HORIZON = months(FIRST_DAY, 24)
"""The last day of every replay."""

PRICES = {
    PackageName("basis"): Amount(149_00),
    PackageName("family"): Amount(299_00),
    PackageName("premium"): Amount(500_00),
}
ADULT = Person()
MINOR = Person(born=Day(2002, 2, 14))
"""Turns 18 on a date of the grid."""
COMMERCIAL = Person(use="commercial")

MAIN, SECOND = "main", "second"
_LONG, _SHORT = 40, 10
"""Days between an announcement and its date: more than the terms ask for, and fewer."""


@frozen
class UndatedEvent:
    """An event without its date. `ahead` gives by field the days from the event's date to the date of that field."""

    kind: type[Event]
    fields: dict[str, Any] = Factory(dict)
    ahead: dict[str, int] = Factory(dict)

    def on(self, date: Day) -> Event:
        """The event on this date."""
        days = {field: days_after(date, count) for field, count in self.ahead.items()}
        return self.kind(date=date, **self.fields, **days)

    @property
    def subscription(self) -> str | None:
        """The id of the subscription that the event is about; None for an event of the member."""
        name = self.fields.get("subscription", MAIN)
        return str(name) if issubclass(self.kind, events.SubscriptionEvent) else None


def _sign_up(package: str = "basis", **fields: Any) -> UndatedEvent:
    return UndatedEvent(SignUp, {"package": PackageName(package), **fields})


def _price(price: int, days: int, **fields: Any) -> UndatedEvent:
    prices = {PackageName("basis"): Amount(price)}
    return UndatedEvent(events.AnnouncePriceChange, {"prices": prices, **fields}, {"effective": days})


def _service(days: int, **fields: Any) -> UndatedEvent:
    packages = (PackageName("basis"),)
    return UndatedEvent(events.AnnounceServiceChange, {"packages": packages, **fields}, {"effective": days})


def _terms(**fields: Any) -> UndatedEvent:
    return UndatedEvent(events.AnnounceTermsChange, fields, {"effective": _LONG})


def _each(kind: type[Event], **choices: tuple[Any, ...]) -> Iterator[UndatedEvent]:
    """An event of this kind for each value of the field that is named; without a field one event."""
    if not choices:
        yield UndatedEvent(kind)
    for field, values in choices.items():
        yield from (UndatedEvent(kind, {field: value}) for value in values)


PLAIN = _sign_up()
INVOICED = _sign_up(channel="shop", payment="invoice")
YEARLY = _sign_up(billing="yearly", card_expires=last_day_of_month(2020, 2))
ON_TRIAL = _sign_up(trial_days=30)
_LISTED: tuple[UndatedEvent, ...] = (
    *(PLAIN, INVOICED, YEARLY, ON_TRIAL),
    _sign_up("family", channel="phone", billing="monthly"),
    _sign_up(trial_days=200),
    _sign_up(confirmation="pending", payment="invoice"),
    _sign_up(service="tv"),
    _sign_up("premium", billing="yearly", credit_check="failed"),
    _sign_up(subscription=SECOND),
    _sign_up(subscription=SECOND, trial_days=30),
    *_each(events.ConfirmationReceived),
    *_each(events.LogIn),
    *_each(events.Activate, filter_changed=(False, True)),
    *_each(events.Withdraw),
    *_each(events.GiveNotice, ground=(None, *sorted(GROUNDS))),
    UndatedEvent(events.GiveNotice, ahead={"wanted_end": 120}),
    *_each(events.WithdrawNotice, agreed=(False, True)),
    *_each(events.ChangePackage, to=("basis", "family")),
    UndatedEvent(events.Buy, {"item": "film", "amount": Amount(49_00)}),
    *_each(events.Pay, amount=(Amount(447_00),)),
    *_each(events.PaymentReturned, amount=(Amount(447_00),)),
    *_each(events.CreditAdjusted, amount=(SignedAmount(500_00), SignedAmount(-53_00))),
    *_each(events.CreditPaidOut, amount=(Amount(53_00),)),
    UndatedEvent(events.Charge, {"item": "cable", "amount": Amount(120_00)}),
    *_each(events.PaymentMethodFails),
    *_each(events.PaymentMethodRenewed),
    *_each(events.Reminder, fee=(Amount(100_00),)),
    *_each(events.Complain),
    *_each(events.Transfer),
    *_each(events.Move, resident=("SE",)),
    UndatedEvent(events.LendEquipment, {"item": "box", "value": Amount(800_00)}),
    *_each(events.ReturnEquipment, item=("box",)),
    *_each(events.InvoiceEquipment, item=("box",)),
    _price(169_00, _LONG),
    _price(169_00, _SHORT),
    _price(169_00, _SHORT, grounds="cost", cost_increase=Amount(20_00)),
    _price(169_00, _LONG, via=("website",)),
    _price(129_00, _LONG),
    _service(_LONG, disadvantage="material"),
    _service(_SHORT, disadvantage="material", urgent=True),
    _terms(),
    _terms(via=("website",)),
    _terms(numbers={"notice-days": 60}, readings={"ordinary-notice": "thirty-days"}),
    *_each(events.Suspend),
    *_each(events.Restore),
    *_each(events.Terminate, reason=(events.NO_CAUSE, *CAUSES)),
    UndatedEvent(events.Terminate, {"reason": events.NO_CAUSE, "settlement": "refund"}),
)
ALPHABET: tuple[UndatedEvent, ...] = (
    *_LISTED,
    *(UndatedEvent(kind) for kind in events.EVENTS.values() if kind not in {each.kind for each in _LISTED}),
)
"""Every event that an exploration tries on every date. A kind that is not in the list above has its default fields."""


@frozen(kw_only=True)
class Scope:
    """The timelines of one walk: all of at most `most_events` events of the `alphabet`, for one person."""

    alphabet: tuple[UndatedEvent, ...]
    most_events: int
    person: Person = ADULT


def of_kinds(*kinds: type[Event]) -> tuple[UndatedEvent, ...]:
    """The events of `ALPHABET` that are of these kinds, in its order."""
    return tuple(undated for undated in ALPHABET if undated.kind in kinds)
