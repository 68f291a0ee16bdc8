"""Opsigelse af tjenesterne: the member's notice and when it ends the subscription.

Three clauses speak of the ordinary notice and contradict one another: quarterly after the binding (`betaling.5`), at
the end of the billing period (`opsigelse.1a`), and 30 days (`opsigelse.2d`). The readings `ordinary-notice`,
`quarter-anchor` and `notice-in-binding` choose between them. Inside the binding only an announced change lets the
member leave, within the window of `opsigelse.2`. No end gives money back except a withdrawal (`opsigelse.3`).
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from subsim.basics.dates import Day, calendar_quarter_boundary, days_after, first_boundary
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message, Plural
from subsim.membership.changes import Change
from subsim.membership.deadlines import END_TAKES_EFFECT
from subsim.membership.events import WithdrawNotice
from subsim.membership.member import Member
from subsim.membership.phases import Transition
from subsim.membership.rules import Rule, of_subscription
from subsim.membership.rulings import Ruling, accept, refuse, took_effect
from subsim.membership.subscription import Notice, Subscription
from subsim.membership.ways import Exit, Way, closed
from subsim.terms.terms import Terms

# opsigelse.2d: `notice-days`; betaling.5: `quarter-months`
# opsigelse.2: `bound-exit-notice-days`, `bound-exit-window-days`


ORDINARY: Final[Route] = "ordinary"
"""The way out by an ordinary notice."""


class End(NamedTuple):
    """The end of an ordinary notice, and its arithmetic."""

    day: Day
    because: Message


_FirstEnd = Callable[[Day], End]
"""Gives the first end that a rule permits on or after a day."""


def way(member: Member, subscription: Subscription, notice: Day, wanted_end: Day | None = None) -> Way:
    """The way out by an ordinary notice; `wanted_end` asks for the first permitted end on or after it."""
    if subscription.in_trial(notice):
        reason = Message("in a trial a notice ends it with the trial, on {end}", end=subscription.trial_ends)
        return closed(ORDINARY, "proevetilbud.2", reason)
    if notice < subscription.binding_ends and subscription.terms_on(notice).readings.notice_in_binding == "refused":
        reason = Message(
            "bound until {ends}: an ordinary notice can be given from that day on", ends=subscription.binding_ends
        )
        return closed(ORDINARY, "opsigelse.2", reason)
    end = end_if_it_counts(member, subscription, notice, wanted_end)
    return Way(ORDINARY, "betaling.5", end.because, end.day)


def end_if_it_counts(member: Member, subscription: Subscription, notice: Day, wanted_end: Day | None = None) -> End:
    """The end of an ordinary notice, where one inside the binding is never refused; by the terms of its day."""
    first = _end(subscription, notice, None)
    if wanted_end is None:
        return first
    end, reason = _end(subscription, notice, wanted_end).day, first.because
    if end != first.day:
        reason += Message("the end wanted is {wanted}: {first} is passed over", wanted=wanted_end, first=first.day)
        reason += Message("the first permitted end on that day or later is {end}", end=end)
    return End(end, reason)


def _end(subscription: Subscription, notice: Day, wanted_end: Day | None) -> End:
    binding_ends, terms = subscription.binding_ends, subscription.terms_on(notice)
    first_end = _RULES[terms.readings.ordinary_notice](terms, subscription, notice)
    if notice >= binding_ends:
        return first_end(wanted_end or notice)
    if terms.readings.notice_in_binding == "ends-at-binding" and (wanted_end or notice) <= binding_ends:
        by_rule = first_end(notice)
        if by_rule.day <= binding_ends:
            reason = Message("no later than the end of the binding on {ends}", ends=binding_ends)
            return End(binding_ends, by_rule.because + reason)
    end = first_end(max(binding_ends, wanted_end or notice))
    return End(end.day, end.because + Message("not before the end of the binding on {ends}", ends=binding_ends))


def _quarterly(terms: Terms, subscription: Subscription, notice: Day) -> _FirstEnd:
    days = terms.numbers.notice_days
    in_time = days_after(notice, days)

    def first_end(not_before: Day) -> End:
        end = _quarter_boundary(terms, subscription, max(in_time, not_before))
        reason = Plural(
            "notice of {notice} + {n} day = {in_time}; next quarter boundary {end}",
            "notice of {notice} + {n} days = {in_time}; next quarter boundary {end}",
            notice=notice,
            n=days,
            in_time=in_time,
            end=end,
        )
        return End(end, reason)

    return first_end


def _quarter_end(terms: Terms, subscription: Subscription, notice: Day) -> _FirstEnd:
    def first_end(not_before: Day) -> End:
        end = _quarter_boundary(terms, subscription, max(days_after(notice, 1), not_before))
        return End(end, Message("first quarter boundary after the notice of {notice}: {end}", notice=notice, end=end))

    return first_end


def _thirty_days(terms: Terms, subscription: Subscription, notice: Day) -> _FirstEnd:
    days = terms.numbers.notice_days
    in_time = days_after(notice, days)

    def first_end(not_before: Day) -> End:
        reason: Message = Plural(
            "notice of {notice} + {n} day = {in_time}",
            "notice of {notice} + {n} days = {in_time}",
            notice=notice,
            n=days,
            in_time=in_time,
        )
        return End(max(in_time, not_before), reason)

    return first_end


def _period_end(terms: Terms, subscription: Subscription, notice: Day) -> _FirstEnd:
    def first_end(not_before: Day) -> End:
        not_before = max(days_after(notice, 1), not_before)
        end = first_boundary(subscription.billing_anchor, subscription.period_months, not_before)
        return End(
            end, Message("end of the billing period after the notice of {notice}: {end}", notice=notice, end=end)
        )

    return first_end


def _earliest(terms: Terms, subscription: Subscription, notice: Day) -> _FirstEnd:
    rules = _thirty_days(terms, subscription, notice), _period_end(terms, subscription, notice)
    return lambda not_before: min((rule(not_before) for rule in rules), key=lambda end: end.day)


_RULES: Final[dict[str, Callable[[Terms, Subscription, Day], _FirstEnd]]] = {
    "quarterly": _quarterly,
    "quarter-end": _quarter_end,
    "thirty-days": _thirty_days,
    "period-end": _period_end,
    "earliest": _earliest,
}


def _quarter_boundary(terms: Terms, subscription: Subscription, not_before: Day) -> Day:
    quarter = terms.numbers.quarter_months
    if terms.readings.quarter_anchor == "calendar":
        return calendar_quarter_boundary(quarter, not_before)
    return first_boundary(subscription.billing_anchor, quarter, not_before)


def last_day_of_bound_exit(change: Change, terms: Terms) -> Day:
    """The last day on which a bound member can leave by a change announced to them (`opsigelse.2`)."""
    return days_after(change.announced_on, terms.numbers.bound_exit_window_days)


def bound_exit(change: Change, notice: Day) -> Exit:
    """The exit through a change that takes effect inside the binding.

    The member has 21 days from the announcement and gives 7 days' notice (`opsigelse.2`), by the terms of the
    announcement; reading `bound-exit-window`.
    """
    assert change.reaches is not None
    assert change.under is not None
    numbers = change.under.numbers
    last_day = last_day_of_bound_exit(change, change.under)
    if change.under.readings.bound_exit_window == "before-effect":
        last_day = min(last_day, days_after(change.reaches, -numbers.bound_exit_notice_days))
        return Exit(change.reaches, last_day, is_bound=True)
    return Exit(max(change.reaches, days_after(notice, numbers.bound_exit_notice_days)), last_day, is_bound=True)


def why_bound_exit(change: Change) -> Message:
    """The arithmetic of `bound_exit`."""
    assert change.under is not None
    numbers = change.under.numbers
    return Message(
        "told on {told} + {window} = {told_by}; {notice}; the change takes effect on {reaches}",
        told=change.announced_on,
        window=Plural("{n} day", "{n} days", n=numbers.bound_exit_window_days),
        told_by=last_day_of_bound_exit(change, change.under),
        notice=Plural("{n} day's notice", "{n} days' notice", n=numbers.bound_exit_notice_days),
        reaches=change.reaches,
    )


def give_notice(member: Member, subscription: Subscription, today: Day, way: Way) -> Ruling:
    """Put a notice by an open way in force; with one in force already only if the new end is sooner."""
    assert way.ends_on is not None
    before = subscription.notice
    if before is not None and way.ends_on >= before.ends_on:
        reason = Message("not sooner than the end that stands already, {ends}", ends=before.ends_on)
        return refuse(way.clause, way.because + reason)
    behind = before if before is not None and before.is_operators else None
    subscription.stand_to_end(Notice(way.route, way.ends_on, way.clause, behind), today)
    return accept(way.clause, way.because + Message("the subscription ends on {end}", end=way.ends_on))


def take_end(member: Member, subscription: Subscription, today: Day) -> None:
    """End the subscription today by the notice in force; the day before was the last day of service."""
    notice = subscription.notice
    assert notice is not None
    subscription.end(notice.route, today)
    if member.notes_all:
        reason = Message("the last day of service was {day}", day=days_after(today, -1))
        member.note(today, END_TAKES_EFFECT, subscription.id, took_effect(notice.clause, reason))


def withdraw_notice(member: Member, subscription: Subscription, event: WithdrawNotice) -> Ruling:
    """Withdraw the member's own notice, by agreement only; charges made because of it stay."""
    notice = subscription.notice
    if notice is None:
        return refuse("opsigelse.1a", Message("no notice stands"))
    if notice.is_operators:
        return refuse("opsigelse.1a", Message("the end on {ends} is Kabelplus' own", ends=notice.ends_on))
    if not event.agreed:
        return refuse("opsigelse.1a", Message("Kabelplus has not agreed that the notice is taken back"))
    subscription.notice = notice.behind
    subscription.make(Transition.NOTICE_WITHDRAWN, event.date)
    return accept("opsigelse.1a", Message("the notice for {ends} is taken back as agreed", ends=notice.ends_on))


RULES: tuple[Rule, ...] = (of_subscription(WithdrawNotice, withdraw_notice, "opsigelse.1a"),)
