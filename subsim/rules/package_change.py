"""Priser, package changes: an upgrade at once and for a charge, a downgrade with the next period (`priser.3`).

Packages are compared at the member's own monthly prices of the day. Neither binding, end nor billing dates move.
"""

from subsim.basics.dates import Day, days_between
from subsim.basics.money import half_up
from subsim.basics.texts import Message, Plural
from subsim.membership.events import ChangePackage, PackageName
from subsim.membership.lines import Line
from subsim.membership.member import Member
from subsim.membership.owed import UPGRADE
from subsim.membership.rules import Rule, of_subscription
from subsim.membership.rulings import Ruling, accept
from subsim.membership.subscription import Subscription


def change_package(member: Member, subscription: Subscription, event: ChangePackage) -> Ruling:
    """Change the package: free in a trial or at the same price, at once if dearer, else with the next period."""
    today, wanted = event.date, event.to
    if wanted == subscription.package:
        return _stay(subscription)
    subscription.choose(wanted)
    old_price, new_price = subscription.price(subscription.package, today), subscription.price(wanted, today)
    if subscription.in_trial(today):
        _switch(subscription, wanted)
        return accept("priser.3", Message("in a trial a change of package is at once and free"))
    if new_price < old_price:
        return _downgrade(subscription, wanted, old_price, new_price)
    _switch(subscription, wanted)
    if new_price == old_price:
        return accept("priser.3", Message("both packages cost {price:kr} a month: at once, no charge", price=new_price))
    return _upgrade(member, subscription, today, old_price, new_price)


def _stay(subscription: Subscription) -> Ruling:
    reason = Message("the package in force is {package} already", package=subscription.package)
    if subscription.downgrade is not None:
        reason += Message("the pending downgrade to {package} is dropped", package=subscription.downgrade)
        subscription.downgrade = None
        subscription.keep_only_chosen()
    return accept("priser.3", reason)


def _switch(subscription: Subscription, package: PackageName) -> None:
    subscription.package, subscription.downgrade = package, None
    subscription.keep_only_chosen()


def _downgrade(subscription: Subscription, package: PackageName, old_price: int, new_price: int) -> Ruling:
    subscription.downgrade = package
    subscription.keep_only_chosen()
    reason = Message(
        "{new:kr} a month is less than {old:kr}: package and price change on {day}, the next due date",
        new=new_price,
        old=old_price,
        day=subscription.next_period,
    )
    return accept("priser.3", reason)


def _upgrade(member: Member, subscription: Subscription, today: Day, old_price: int, new_price: int) -> Ruling:
    period_ends = subscription.next_period
    ends = period_ends if subscription.notice is None else min(period_ends, subscription.notice.ends_on)
    months = subscription.period_months
    reading = subscription.terms_on(today).readings.upgrade_charge
    if reading == "full":
        amount = new_price * months
        reason = Message("{new:kr} × {months}", new=new_price, months=months)
    else:
        amount = (new_price - old_price) * months
        reason = Message("({new:kr} - {old:kr}) × {months}", new=new_price, old=old_price, months=months)
    if reading == "prorated":
        assert subscription.period_starts is not None
        left, days = days_between(today, ends), days_between(subscription.period_starts, period_ends)
        amount = half_up(amount * left, days)
        reason += Plural("× {left} of {n} day", "× {left} of {n} days", left=left, n=days)
    line = Line(UPGRADE, subscription.id, subscription.package, today, ends, today, amount, "priser.3")
    subscription.issued.add(line)
    member.ledger.charge(line)
    return accept("priser.3", reason + Message("{amount:kr} due today", amount=amount))


RULES: tuple[Rule, ...] = (of_subscription(ChangePackage, change_package, "priser.3"),)
