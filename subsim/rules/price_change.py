"""Prisændringer: whether and when an announced price reaches a subscription (`prisaendringer.1`), and the exit that it
gives (`prisaendringer.2`).

A cut, and a rise on cost grounds within the increase, take effect on the date announced, also inside the binding. Any
other rise needs 30 days' notice and must not fall inside the binding. A package chosen after the announcement has the
change as announced, without an exit: `subsim.membership.knowledge`.
"""

from subsim.basics.dates import Day, days_after
from subsim.basics.texts import Message
from subsim.membership.changes import Change, DayOfEffect, after_notice
from subsim.membership.events import AnnouncePriceChange, PackageName
from subsim.membership.rules import ChangeRule
from subsim.membership.rulings import Ruling, took_effect
from subsim.membership.subscription import Subscription
from subsim.membership.ways import closed
from subsim.terms.terms import Terms

# prisaendringer.1: `price-notice-days`; prisaendringer.2: `price-exit-days`


def reach(subscription: Subscription, event: AnnouncePriceChange, order: int) -> list[Change]:
    """The price changes of the packages chosen as they reach a subscription; `order` counts announcements."""
    chosen = subscription.knowledge.price_changes
    return [
        _change(subscription, event, order, package, price)
        for package, price in event.prices.items()
        if package in chosen
    ]


def take_effect(change: Change) -> Ruling:
    """The price applies from this day on (`priser.2`); `Subscription.price` finds it by the changes."""
    reason = Message("{package} now costs {price:kr} a month", package=change.package, price=change.price)
    return took_effect("prisaendringer.1", change.because + reason)


def pending(subscription: Subscription) -> list[Change]:
    """The price changes of the package in force that let the member leave."""
    return [
        change
        for change in subscription.knowledge.price_changes[subscription.package].taking_effect()
        if change.may_exit
    ]


def last_day(change: Change) -> Day:
    """Until when a free member may give notice, in time for the day of effect (`prisaendringer.2`)."""
    assert change.reaches is not None
    assert change.under is not None
    return days_after(change.reaches, -max(1, change.under.numbers.price_exit_days))


def _change(
    subscription: Subscription, event: AnnouncePriceChange, order: int, package: PackageName, price: int
) -> Change:
    before, terms = subscription.price(package, event.effective), subscription.terms_on(event.date)
    effect = _day_of_effect(subscription, event, price - before, terms)
    return Change(
        event,
        order,
        effect.day,
        effect.because,
        may_exit=price > before or (price < before and terms.readings.price_cut_exit == "any-change"),
        package=package,
        price=price,
        under=terms,
    )


def _day_of_effect(subscription: Subscription, event: AnnouncePriceChange, rise: int, terms: Terms) -> DayOfEffect:
    """The date on which a rise (or cut, if negative) of so many øre a month reaches the subscription; None: never."""
    numbers, readings = terms.numbers, terms.readings
    if rise <= 0:
        return DayOfEffect(event.effective, Message("no rise: it takes effect on {day}", day=event.effective))
    if "email" not in event.via and readings.website_announcement == "email-only":
        return DayOfEffect(None, Message("a rise published on the website only never takes effect for the member"))
    if event.grounds == "cost" and event.cost_increase is not None and rise <= event.cost_increase:
        reason = Message(
            "a rise of {rise:kr} within the cost increase of {cost:kr} takes effect on {day}",
            rise=rise,
            cost=event.cost_increase,
            day=event.effective,
        )
        return DayOfEffect(event.effective, reason)
    in_time = after_notice(event.date, numbers.price_notice_days, event.effective)
    day, reason = in_time.day, in_time.because
    is_void = day != event.effective and readings.short_price_notice == "void"
    if day < subscription.binding_ends and readings.price_in_binding != "applies":
        reason += Message("{day} lies in the binding, which ends on {ends}", day=day, ends=subscription.binding_ends)
        day = subscription.binding_ends
        is_void = is_void or readings.price_in_binding == "void"
    if is_void:
        return DayOfEffect(None, reason + Message("the rise never takes effect for the member"))
    return DayOfEffect(day, reason + Message("the rise takes effect on {day}", day=day))


CHANGE: ChangeRule = ChangeRule(
    AnnouncePriceChange,
    "prisaendringer.1",
    reach=reach,
    take_effect=take_effect,
    pending=pending,
    last_day=last_day,
    none_pending=closed(
        AnnouncePriceChange.kind,
        "prisaendringer.2",
        Message("no change of this package's price is pending that lets the member leave"),
    ),
)
