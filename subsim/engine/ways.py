"""The ways out of a subscription: what a notice received on a day would do.

Each rule says under its own heading whether its way is open; here each has a row. The event `give_notice` and the
question `can-cancel` call the same functions.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, Literal, NamedTuple

from subsim.basics.dates import Day
from subsim.basics.enumerations import EndReason, Route
from subsim.basics.texts import Message
from subsim.engine.changes import CHANGES
from subsim.membership.changes import Change
from subsim.membership.events import (
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    ChangeKind,
    GiveNotice,
    Ground,
)
from subsim.membership.member import Member
from subsim.membership.rules import ChangeRule
from subsim.membership.rulings import Ruling
from subsim.membership.subscription import Subscription
from subsim.membership.ways import OPERATOR, Exit, Way, closed
from subsim.rules import termination, trial, withdrawal
from subsim.rules.operator_termination import CAUSES


def ways_out(member: Member, subscription: Subscription, notice: Day) -> list[Way]:
    """Every way out for a notice received on this day, in the order of the table."""
    return [row.rule(member, subscription, notice) for row in WAYS.values()]


def open_ways(member: Member, subscription: Subscription, notice: Day) -> list[Way]:
    """Those of `ways_out` that are open; none is asked only to say why it is closed."""
    found = []
    for route, row in WAYS.items():
        if route not in CHANGES or _may_be_open(subscription, notice, CHANGES[route]):
            way = row.rule(member, subscription, notice)
            if way.ends_on is not None:
                found.append(way)
    return found


def way_out(member: Member, subscription: Subscription, notice: Day, route: Route) -> Way:
    """The way out by this route, for a notice received on this day; KeyError for `operator`, which is none."""
    return WAYS[route].rule(member, subscription, notice)


def sooner_routes(member: Member, subscription: Subscription, notice: Day, current_end: Day | None) -> list[Route]:
    """The open routes of this day that end the subscription before `current_end`, the end in force (None: none)."""
    return [way.route for way in ways_out(member, subscription, notice) if is_sooner(way, current_end)]


def is_sooner(way: Way, current_end: Day | None) -> bool:
    """Whether the way is open and ends the subscription before `current_end`, the end in force (None: none)."""
    return way.ends_on is not None and (current_end is None or way.ends_on < current_end)


def way_of_notice(member: Member, subscription: Subscription, event: GiveNotice) -> Way:
    """The way that a notice takes: the one it names, else in a trial the trial's, else that which ends soonest."""
    if event.wanted_end is not None:
        return termination.way(member, subscription, event.date, event.wanted_end)
    if event.ground is not None:
        return way_out(member, subscription, event.date, event.ground)
    if subscription.in_trial(event.date):
        return trial.way(member, subscription, event.date)
    return soonest(ways_out(member, subscription, event.date))


def best_way(subscription: Subscription, notice: Day, ways: list[Way]) -> Way:
    """In a trial the trial's way; else the open one that ends soonest, of equals the first; else the last one."""
    if subscription.in_trial(notice):
        return next(way for way in ways if way.route == trial.TRIAL)
    return soonest(ways)


def soonest(ways: Iterable[Way]) -> Way:
    """The open way that ends soonest, of equals the first; where all are closed, the last one."""
    best: Way | None = None
    for way in ways:
        if best is None or best.ends_on is None or is_sooner(way, best.ends_on):
            best = way
    assert best is not None
    return best


# The ways through an announced change


def pending(subscription: Subscription, kind: ChangeKind) -> list[Change]:
    """The announced changes of a kind that let this subscription end."""
    return CHANGES[kind].pending(subscription)


def is_pending(subscription: Subscription, change: Change) -> bool:
    """Whether this change is among `pending`, without going through all of them."""
    if not change.may_exit or change.reaches is None or not change.touches(subscription.package):
        return False
    return change.kind != AnnouncePriceChange.kind or not subscription.is_overtaken(change)


def way_through(member: Member, subscription: Subscription, change: Change, notice: Day) -> Way:
    """The way out through one change: on its day of effect, or by the bound window where that lies in the binding."""
    return _way_by(subscription, change, _exit(subscription, change, notice), notice)


def _way_by(subscription: Subscription, change: Change, exit: Exit, notice: Day) -> Way:
    """The way out by this exit through a change."""
    clause = WAYS[change.kind].clauses[0]
    if exit.is_bound:
        because = termination.why_bound_exit(change)
    else:
        because = change.because + Message("notice by {day}", day=exit.last)
    if notice > exit.last:
        return closed(change.kind, clause, because + Message("{notice} is too late", notice=notice))
    return Way(change.kind, clause, because, exit.ends_on, exit.last)


def _exit(subscription: Subscription, change: Change, notice: Day) -> Exit:
    """The exit through one change; a change that lies in the binding has a window of its own."""
    assert change.reaches is not None
    return termination.bound_exit(change, notice) if change.reaches < subscription.binding_ends else _free_exit(change)


def _free_exit(change: Change) -> Exit:
    assert change.reaches is not None
    return Exit(change.reaches, CHANGES[change.kind].last_day(change))


def exits_of(change: Change) -> list[Exit]:
    """The exits of a change for a free and for a bound member who is told and gives notice that day.

    Empty where the change gives no exit.
    """
    if change.reaches is None or change.under is None:
        return []
    return [_free_exit(change), termination.bound_exit(change, change.announced_on)]


def _by_change(member: Member, subscription: Subscription, notice: Day, kind: ChangeKind) -> Way:
    """The way out through the changes of one kind that ends soonest, of equals the first announced.

    Where all are closed the last one says why. No exit ends before its change takes effect, and one through a change
    that took effect after the binding is closed for good: of many, few are looked at closely.
    """
    if subscription.trial_ends is not None and notice < subscription.trial_ends:
        return closed(kind, WAYS[kind].clauses[0], Message("in a trial the way out is the trial's own"))
    rule = CHANGES[kind]
    changes = rule.pending(subscription)
    if not changes:
        return rule.none_pending
    best: Exit | None = None
    through = changes[-1]
    for change in _not_over(subscription, changes, notice):
        if best is None or (change.reaches is not None and change.reaches < best.ends_on):
            exit = _exit(subscription, change, notice)
            if notice <= exit.last and (best is None or exit.ends_on < best.ends_on):
                best, through = exit, change
    return _way_by(subscription, through, best or _exit(subscription, through, notice), notice)


def _may_be_open(subscription: Subscription, notice: Day, kind: ChangeRule) -> bool:
    """Whether some change of a kind may let the subscription end by a notice of this day."""
    return bool(_not_over(subscription, kind.pending(subscription), notice))


def _not_over(subscription: Subscription, changes: list[Change], notice: Day) -> list[Change]:
    """The changes that may still let a member leave: all but those that took effect after the binding."""
    bound_until = subscription.binding_ends
    return [change for change in changes if change.reaches is not None and not bound_until <= change.reaches <= notice]


# The table


Cost = Literal["until_end", "nothing", "paid_back"]
"""What a way out costs: the periods until the end, nothing, or less than nothing where payments come back."""


class WayRow(NamedTuple):
    """A way out: the rule that says whether it is open, its clauses, and those under which a notice is refused.

    `label` is its name. `answer` and `lead` say that it is open, in an answer and at the head of a letter; the answer
    has the `day` of the notice, the `end` and the `last` day of service as values. `take` lets an open
    notice end the subscription. A notice may name the way as its ground unless it `is_withdrawal`, which is an event of
    its own. `cost` says what the member pays. Without `has_last_day` the end moves with the notice.
    """

    rule: Callable[[Member, Subscription, Day], Way]
    clauses: tuple[str, ...]
    refused_by: tuple[str, ...]
    label: Message
    answer: Message
    lead: Message
    take: Callable[[Member, Subscription, Day, Way], Ruling] = termination.give_notice
    is_withdrawal: bool = False
    cost: Cost = "until_end"
    has_last_day: bool = True


WAYS: Final[dict[Route, WayRow]] = {
    withdrawal.WITHDRAWAL: WayRow(
        rule=withdrawal.way,
        clauses=("fortrydelse.1", "fortrydelse.2", "fortrydelse.3"),
        refused_by=(),
        take=withdrawal.take,
        is_withdrawal=True,
        cost="paid_back",
        label=Message("withdrawal"),
        answer=Message(
            "Yes: a withdrawal received on {day} ends the subscription that same day (last day of service {last})"
        ),
        lead=Message("Yes, you can withdraw."),
    ),
    trial.TRIAL: WayRow(
        rule=trial.way,
        clauses=("proevetilbud.2",),
        refused_by=("proevetilbud.2",),
        cost="nothing",
        label=Message("end of the trial"),
        answer=Message(
            "Yes: a notice received on {day}, within the trial, ends the subscription on {end} "
            "(last day of service {last})"
        ),
        lead=Message("Yes, you can cancel during your free trial."),
    ),
    AnnouncePriceChange.kind: WayRow(
        rule=partial(_by_change, kind=AnnouncePriceChange.kind),
        clauses=("prisaendringer.2", "opsigelse.2a"),
        refused_by=("prisaendringer.2",),
        label=Message("price change"),
        answer=Message(
            "Yes: a notice received on {day} because of the price change ends the subscription on {end} "
            "(last day of service {last})"
        ),
        lead=Message("Yes, you can cancel because of the price change."),
    ),
    AnnounceServiceChange.kind: WayRow(
        rule=partial(_by_change, kind=AnnounceServiceChange.kind),
        clauses=("proevetilbud.5", "opsigelse.2b"),
        refused_by=("proevetilbud.5",),
        label=Message("service change"),
        answer=Message(
            "Yes: a notice received on {day} because of the service change ends the subscription on {end} "
            "(last day of service {last})"
        ),
        lead=Message("Yes, you can cancel because of the change of the service."),
    ),
    AnnounceTermsChange.kind: WayRow(
        rule=partial(_by_change, kind=AnnounceTermsChange.kind),
        clauses=("aendringer.3", "opsigelse.2c"),
        refused_by=("aendringer.3",),
        label=Message("terms change"),
        answer=Message(
            "Yes: a notice received on {day} because of the terms change ends the subscription on {end} "
            "(last day of service {last})"
        ),
        lead=Message("Yes, you can cancel because of the change of the terms."),
    ),
    termination.ORDINARY: WayRow(
        rule=termination.way,
        clauses=("betaling.5", "opsigelse.1a", "opsigelse.2d"),
        refused_by=("betaling.5", "opsigelse.2"),
        has_last_day=False,
        label=Message("ordinary notice"),
        answer=Message("Yes: a notice received on {day} ends the subscription on {end} (last day of service {last})"),
        lead=Message("Yes, you can cancel."),
    ),
}
"""The ways out in the order in which they are asked."""

OPERATOR_CLAUSES = ("annullering.1a",)
CLAUSES: dict[Route, tuple[str, ...]] = {name: row.clauses for name, row in WAYS.items()} | {OPERATOR: OPERATOR_CLAUSES}
"""By way the clauses under which a subscription ends by it, and those of Kabelplus' own termination."""
END_REASONS: tuple[EndReason, ...] = (
    *(name for name in WAYS if name not in CHANGES),
    *CHANGES,
    *CAUSES,
    OPERATOR,
)
"""The reasons of an end: each way out, each cause of Kabelplus, and its termination without cause."""

REFUSED_BY = tuple(clause for row in WAYS.values() for clause in row.refused_by)
"""The clauses under which a notice is refused by some way."""

GROUNDS: tuple[Ground, ...] = tuple(name for name, row in WAYS.items() if not row.is_withdrawal)
"""The ways that a notice takes, and may name as its ground."""


def is_withdrawal(reason: EndReason | None) -> bool:
    """Whether an end for this reason is a withdrawal; an end of Kabelplus' is none."""
    row = WAYS.get(reason or "")
    return row is not None and row.is_withdrawal
