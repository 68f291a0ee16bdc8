"""The ways out of a subscription: what a notice received on a day would do.

Each rule says under its own heading whether its way is open; here they stand side by side in the order of the terms'
table. The event `give_notice` and the question `can-cancel` ask the same functions.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message
from subsim.membership.changes import Change
from subsim.membership.events import GiveNotice
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import price_change, service_change, termination, terms_change, trial, withdrawal

CLAUSES: dict[Route, tuple[str, ...]] = {
    "withdrawal": ("fortrydelse.1", "fortrydelse.2", "fortrydelse.3"),
    "trial": ("proevetilbud.2",),
    "price_change": ("prisaendringer.2", "opsigelse.2a"),
    "service_change": ("proevetilbud.5", "opsigelse.2b"),
    "terms_change": ("aendringer.3", "opsigelse.2c"),
    "ordinary": ("betaling.5", "opsigelse.1a", "opsigelse.2d"),
    "operator": ("annullering.1a",),
}
"""The routes in the order in which they are asked, each with its clauses; `operator` is Kabelplus' own termination."""


class Way(NamedTuple):
    """A way out for a notice received on one day: where it ends (None: closed), until when, and why.

    `clause` is the one that refuses a notice while the way is closed.
    """

    route: Route
    ends_on: Day | None
    give_notice_by: Day | None
    clause: str
    because: Message


def ways_out(member: Member, subscription: Subscription, notice: Day) -> list[Way]:
    """Every way out for a notice received on this day, in the order of the table."""
    return [way(member, subscription, notice) for way in _WAYS.values()]


def way_out(member: Member, subscription: Subscription, notice: Day, route: Route) -> Way:
    """The way out by this route, for a notice received on this day; `operator` is none."""
    return _WAYS[route](member, subscription, notice)


def sooner_routes(member: Member, subscription: Subscription, notice: Day, standing: Day | None) -> list[Route]:
    """The routes that are open on this day and end the subscription sooner than the end that stands (None: none)."""
    return [way.route for way in ways_out(member, subscription, notice) if is_sooner(way, standing)]


def is_sooner(way: Way, standing: Day | None) -> bool:
    """Whether the way is open and ends the subscription sooner than the end that stands (None: none)."""
    return way.ends_on is not None and (standing is None or way.ends_on < standing)


def way_of_notice(member: Member, subscription: Subscription, event: GiveNotice) -> Way:
    """The way that a notice takes: the one it names, else in a trial the trial's, else that which ends soonest."""
    if event.wanted_end is not None:
        return _by_ordinary_notice(member, subscription, event.date, event.wanted_end)
    if event.ground is not None:
        return way_out(member, subscription, event.date, event.ground)
    return best_way(subscription, event.date, ways_out(member, subscription, event.date))


def best_way(subscription: Subscription, notice: Day, ways: list[Way]) -> Way:
    """In a trial the trial's way; else the open one that ends soonest, of equals the first; else the last one."""
    if subscription.in_trial(notice):
        return next(way for way in ways if way.route == "trial")
    return _soonest(ways) or ways[-1]


def _soonest(ways: list[Way]) -> Way | None:
    """The open way that ends soonest, of equals the first; None where all are closed."""
    return min((way for way in ways if way.ends_on is not None), key=lambda way: way.ends_on or Day.max, default=None)


def _by_withdrawal(member: Member, subscription: Subscription, notice: Day) -> Way:
    refusal = withdrawal.refusal(member, subscription, notice)
    if refusal is not None:
        _, clause, reason = refusal
        return Way("withdrawal", None, None, clause, reason)
    last = withdrawal.last_day(member, subscription)
    return Way("withdrawal", notice, last, "fortrydelse.1", withdrawal.period_words(member, subscription))


def _by_trial(member: Member, subscription: Subscription, notice: Day) -> Way:
    ends_on = trial.ends_on(subscription, notice)
    if ends_on is None:
        return _NOT_IN_A_TRIAL
    reason = Message("in the trial, which ends on {end}", end=ends_on)
    return Way("trial", ends_on, days_after(ends_on, -1), "proevetilbud.2", reason)


def _by_ordinary_notice(member: Member, subscription: Subscription, notice: Day, wanted_end: Day | None = None) -> Way:
    if subscription.in_trial(notice):
        reason = Message("in a trial a notice ends it with the trial, on {end}", end=subscription.trial_ends)
        return Way("ordinary", None, None, "proevetilbud.2", reason)
    ends_on, reason = termination.ordinary_end(member, subscription, notice, wanted_end)
    return Way("ordinary", ends_on, None, "betaling.5" if ends_on else "opsigelse.2", reason)


_NOTHING_PENDING: dict[Route, Message] = {
    "price_change": Message("no change of this package's price is pending that lets the member leave"),
    "service_change": Message("no change of this package's service is pending that is a material disadvantage"),
    "terms_change": Message("no material change of the terms is pending"),
}
_NO_CHANGE = {kind: Way(kind, None, None, CLAUSES[kind][0], reason) for kind, reason in _NOTHING_PENDING.items()}
_NOT_IN_A_TRIAL = Way("trial", None, None, "proevetilbud.2", Message("not in a trial"))


def _by_change(member: Member, subscription: Subscription, notice: Day, kind: Route) -> Way:
    """The way out through announced changes of one kind: that which ends soonest, of equals the first announced."""
    if subscription.in_trial(notice):
        return Way(kind, None, None, CLAUSES[kind][0], Message("in a trial the way out is the trial's own"))
    ways = [way_through(member, subscription, change, notice) for change in exits_through(subscription, kind)]
    if not ways:
        return _NO_CHANGE[kind]
    return _soonest(ways) or ways[-1]


def exits_through(subscription: Subscription, kind: Route) -> list[Change]:
    """The changes of a kind that let this subscription end, as far as has been announced: those it did not choose."""
    package = subscription.package
    if kind == "price_change":
        return [change for change in subscription.price_changes[package].taking_effect() if change.may_exit]
    return [
        change for change in subscription.changes if change.kind == kind and change.may_exit and change.touches(package)
    ]


def way_through(member: Member, subscription: Subscription, change: Change, notice: Day) -> Way:
    """The way out through one change: on its day of effect, or by the bound window where that lies in the binding."""
    assert change.reaches is not None
    clause = CLAUSES[change.kind][0]
    if change.reaches < subscription.binding_ends:
        ends_on, give_by, reason = termination.bound_window(member, change, notice)
    else:
        ends_on, give_by = change.reaches, _last_day_of_notice(member, change)
        reason = change.because + Message("notice by {day}", day=give_by)
    if notice > give_by:
        return Way(change.kind, None, None, clause, reason + Message("{notice} is too late", notice=notice))
    return Way(change.kind, ends_on, give_by, clause, reason)


def _last_day_of_notice(member: Member, change: Change) -> Day:
    if change.kind == "price_change":
        return price_change.last_day_of_notice(member, change)
    if change.kind == "service_change":
        return service_change.last_day_of_notice(change)
    return terms_change.last_day_of_notice(change)


_WAYS: dict[Route, Callable[[Member, Subscription, Day], Way]] = {
    "withdrawal": _by_withdrawal,
    "trial": _by_trial,
    **{kind: partial(_by_change, kind=kind) for kind in _NO_CHANGE},
    "ordinary": _by_ordinary_notice,
}
