"""The last day for the disposal of a holding: its minimum, the ends of its limits, and the reason where there is no
date.

The end of a limit is the latest of the limit, the minimum, and the release of each hold on it; a limit of the policy
itself then moves to the yearly clean-up. The earliest of the ends is the last day on which disposal is in time.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from subsim.basics.dates import Day
from subsim.basics.texts import Message, Plural
from subsim.retention.days import due_without_delay, kept_until, limit_after, next_yearly_day
from subsim.retention.holdings import Holding, Reach, Suspension
from subsim.retention.person_state import Mark, Moment, single_fact
from subsim.retention.requests import answer_days
from subsim.retention.schedule import UNDUE_DELAY, Active, Schedule
from subsim.terms.policies import After, CategoryName, Derived, FactName, Limit


@frozen
class HoldReason:
    """A dispute or hold that suspends disposal, with its clause."""

    suspension: Suspension
    clause: str


@frozen
class KeepReason:
    """A reason to keep a holding longer than its limit; `until` is the first day without it."""

    clause: str
    until: Day | None


@frozen(kw_only=True)
class End:
    """The end of a limit. `limit` is its own last day and `by` the last day in the end; None where a reading names
    none.

    `moved_by` is the clause that moved it, `not_before` the day from which only a missing setting leaves it open.
    """

    active: Active
    limit: Day | None
    by: Day | None
    action: str
    because: Message | None = None
    moved_by: str | None = None
    not_before: Day | None = None
    is_open: bool = False
    """Whether a hold without a known release keeps the holding."""


@frozen
class Unclear:
    """The clause without a number, and the point whose reading leaves it so, if any."""

    clause: str
    point: str | None


@frozen(kw_only=True)
class Assessment:
    """The dates of a holding by the rules, as far as they are known; dates as in `Held`."""

    limit: Day | None
    retain_until: Day | None
    retain_clause: str | None
    dispose_by: Day | None
    not_before: Day | None
    action: str | None
    clause: str | None
    moved_by: str | None
    kept_longer: tuple[KeepReason, ...]
    held_by: tuple[HoldReason, ...]
    unclear: Unclear | None
    because: Message | None


def assess(holding: Holding, schedule: Schedule) -> Assessment:
    """The day by which a holding must be disposed of, the clause, and what keeps it longer."""
    retain_until, retain_clause = minimum(holding, schedule)
    held_by = tuple(_held_by(holding))
    ends = [
        _carried(each, holding, schedule, retain_until, held_by)
        for each in (*_limits(holding, schedule, retain_until), *_orders(holding, schedule, retain_until))
    ]
    dated = [end for end in ends if end.by is not None]
    chosen = min(dated, key=_precedence, default=None)
    on_hold = [end for end in ends if end.is_open and end.limit is not None]
    lacking = [end for end in ends if end.not_before is not None]
    unclear: Unclear | None = None
    if chosen is None and on_hold:
        chosen = min(on_hold, key=lambda end: (end.limit, not end.active.own, end.active.order))
    elif chosen is None:
        unclear = _unclear(holding, schedule, ends)
    return Assessment(
        limit=chosen.limit if chosen else None,
        retain_until=retain_until,
        retain_clause=retain_clause,
        dispose_by=chosen.by if chosen else None,
        not_before=min((end.not_before for end in lacking if end.not_before), default=None) if chosen is None else None,
        action=chosen.action if chosen else None,
        clause=chosen.active.clause if chosen else unclear.clause if unclear else None,
        moved_by=chosen.moved_by if chosen else None,
        kept_longer=tuple(_kept(chosen, retain_until, retain_clause, held_by)),
        held_by=held_by,
        unclear=unclear,
        because=chosen.because if chosen else None,
    )


def _precedence(end: End) -> tuple[Any, ...]:
    """The key by which ends are sorted: by day, then by limit, then policy before statute, then file order."""
    return (end.by, end.limit, not end.active.own, end.active.order)


def _kept(
    end: End | None, retain_until: Day | None, retain_clause: str | None, held_by: Sequence[HoldReason]
) -> Iterator[KeepReason]:
    limit = end.limit if end else None
    if limit is not None and retain_until is not None and retain_until > limit and retain_clause is not None:
        yield KeepReason(retain_clause, retain_until)
    for each in held_by:
        release = each.suspension.release
        if release is None or (limit is not None and release > limit):
            yield KeepReason(each.clause, release)


# Minimums and holds


def minimum(holding: Holding, schedule: Schedule) -> tuple[Day | None, str | None]:
    """The latest minimum and its clause; of equal ones the policy's."""
    found: tuple[Day | None, str | None] = (None, None)
    for active in holding.rules.minimums:
        moment, _ = _latest(active.rule.after, holding, schedule, None)
        if isinstance(moment, Day):
            until = kept_until(moment, active, schedule)
            if found[0] is None or until > found[0]:
                found = until, active.clause
    return found


def _held_by(holding: Holding) -> Iterator[HoldReason]:
    for suspension in holding.suspensions:
        rule = suspension.rule_among(holding.rules.holds, holding.category)
        if rule is not None:
            yield HoldReason(suspension, rule.clause)


# Limits


def _limits(holding: Holding, schedule: Schedule, retain_until: Day | None) -> Iterator[End]:
    for active in holding.rules.limits:
        rule = active.rule
        if not _is_for(rule.customer, holding):
            continue
        moment, fact = _latest(rule.after, holding, schedule, retain_until, rule.purpose)
        floor, _ = _latest(rule.not_before, holding, schedule, retain_until, rule.purpose)
        if moment is None or Mark.TO_COME in (moment, floor):
            continue
        limit = limit_after(moment, active, schedule) if isinstance(moment, Day) else None
        reason: Message | None = None
        if isinstance(moment, Day) and limit is not None:
            reason = _because(fact, moment, active, limit)
        if limit is not None and isinstance(floor, Day) and floor > limit:
            limit, reason = floor, _joined(reason, Message("not before {day}", day=floor))
        yield End(active=active, limit=limit, by=limit, action=rule.do, because=reason)


def _is_for(customer: str | None, holding: Holding) -> bool:
    if customer is None:
        return True
    return holding.state.was_ever_customer == (customer == "ever")


def _latest(
    after: After, holding: Holding, schedule: Schedule, retain_until: Day | None, purpose: str | None = None
) -> tuple[Moment, str]:
    """The latest of these facts and its name; a mark where one has not happened, else where one has no day."""
    latest, of = None, ""
    has_no_number = False
    for trigger in after:
        moment, name = _moment(trigger, holding, schedule, retain_until, purpose)
        if moment is Mark.TO_COME:
            return moment, name
        if moment is Mark.NO_NUMBER:
            has_no_number = True
        elif moment is not None and (latest is None or moment > latest):
            latest, of = moment, name
    return (Mark.NO_NUMBER if has_no_number else latest), of


def _moment(
    trigger: FactName | Derived, holding: Holding, schedule: Schedule, retain_until: Day | None, purpose: str | None
) -> tuple[Moment, str]:
    if isinstance(trigger, Derived):
        if trigger.first_of:
            found = ((_single(name, holding, schedule, retain_until, purpose), name) for name in trigger.first_of)
            return next(((moment, name) for moment, name in found if moment is not None), (None, ""))
        assert trigger.fact is not None
        moment = _single(trigger.fact, holding, schedule, retain_until, purpose)
        if trigger.span and isinstance(moment, Day):
            return due_without_delay(moment, schedule) or Mark.NO_NUMBER, trigger.fact
        return moment, trigger.fact
    return _single(trigger, holding, schedule, retain_until, purpose), trigger


def _single(name: str, holding: Holding, schedule: Schedule, retain_until: Day | None, purpose: str | None) -> Moment:
    category = schedule.policy.categories[_name(holding)]
    match name:
        case "record" if category.per == "record":
            return holding.held_from
        case "record":
            return holding.state.records.get(holding.category)
        case "record_end":
            return holding.record.ends if holding.record else None
        case "covers":
            return holding.record.covers_until if holding.record else None
        case "minimum":
            return retain_until
    return single_fact(holding.state, name, category.consent, purpose)


def _carried(
    end: End, holding: Holding, schedule: Schedule, retain_until: Day | None, held_by: Sequence[HoldReason]
) -> End:
    """The end of a limit after the minimum and the holds, and of one of the policy on the yearly day."""
    if end.limit is None:
        return end
    by = max(end.limit, retain_until or end.limit)
    for each in held_by:
        release = each.suspension.release
        if release is None:
            return evolve(end, by=None, is_open=True)
        by = max(by, release)
    if not (holding.rules.moved and end.active.own and isinstance(end.active.rule, Limit)):
        return evolve(end, by=by)
    moved = holding.rules.moved[0]
    yearly = schedule.settings.get(moved.rule.to)
    if yearly is None:
        return evolve(end, by=None, not_before=by)
    day = next_yearly_day(by, yearly)
    if day == by:
        return evolve(end, by=day)
    reason = _joined(end.because, Message("the yearly clean-up from then on is on {day}", day=day))
    return evolve(end, by=day, moved_by=moved.clause, because=reason)


# What requests and the withdrawal of consent order


def _orders(holding: Holding, schedule: Schedule, retain_until: Day | None) -> Iterator[End]:
    for active in holding.rules.upon_requests:
        if active.rule.outcome != "erase":
            continue
        if "consent_withdrawn" in active.rule.right:
            yield from _after_withdrawal(active, holding, schedule, retain_until)
        for reach in holding.reaches:
            if counts(reach, active, holding, schedule) and not is_needed(holding, reach.request.received_on, schedule):
                day, has_number = day_of_order(reach, active, schedule)
                if day is None and has_number:
                    continue
                if day is None or retain_until is None or retain_until <= day:
                    reason = (
                        Message("asked on {asked}; to be erased by {day}", asked=reach.request.received_on, day=day)
                        if day
                        else None
                    )
                    yield End(active=active, limit=day, by=day, action="erase", because=reason)


def _after_withdrawal(active: Active, holding: Holding, schedule: Schedule, retain_until: Day | None) -> Iterator[End]:
    consent = holding.state.consent(schedule.policy.categories[_name(holding)].consent)
    withdrawn = consent.withdrawn_on
    if consent.is_valid or withdrawn is None or not active.in_force(withdrawn):
        return
    if is_needed(holding, withdrawn, schedule):
        return
    day = due_without_delay(withdrawn, schedule)
    if day is None or retain_until is None or retain_until <= day:
        reason = Message("consent withdrawn {day}; to be erased by {by}", day=withdrawn, by=day) if day else None
        yield End(active=active, limit=day, by=day, action="erase", because=reason)


def counts(reach: Reach, active: Active, holding: Holding, schedule: Schedule) -> bool:
    """Whether a request is of the kind of the rule, and was not withdrawn, refused or replaced by a later consent."""
    rule, request = active.rule, reach.request
    event = request.event
    if event.right not in rule.right or rule.purpose not in (None, event.purpose) or not active.in_force(event.date):
        return False
    if reach.withdrawn or request.outcome == "refused" or (rule.answered and request.outcome != rule.answered):
        return False
    return not is_overtaken(reach, holding, schedule)


def is_overtaken(reach: Reach, holding: Holding, schedule: Schedule) -> bool:
    """Whether a later consent cancelled an objection to direct marketing."""
    consent = holding.state.consent(schedule.policy.categories[_name(holding)].consent)
    return reach.request.event.purpose == "direct_marketing" and consent.given > reach.consents


def is_needed(holding: Holding, day: Day, schedule: Schedule) -> bool:
    """Whether the data are needed for a relationship live on a day."""
    needed = schedule.policy.categories[_name(holding)].needed
    return needed is not None and holding.state.was_live_on(day)


def day_of_order(reach: Reach, active: Active, schedule: Schedule) -> tuple[Day | None, bool]:
    """The last day of the erasure that a request orders, None where unknown, and whether the reading names a day."""
    request = reach.request
    if active.rule.span == "undue-delay":
        reading = schedule.reading(UNDUE_DELAY)
        if reading == "at-once":
            return request.received_on, True
        if reading == "no-date":
            return None, False
    elif active.rule.span is None:
        return request.received_on, True
    return answer_days(request, schedule).answer_by, True


# What has no date


def _unclear(holding: Holding, schedule: Schedule, ends: Sequence[End]) -> Unclear | None:
    """The reason why a rule gives no date; None where no rule asks for one yet."""
    if any(end.not_before is not None for end in ends):
        moved = holding.rules.moved[0]
        return Unclear(moved.clause, point_of(moved, schedule))
    found: list[tuple[int, Unclear]] = [
        (end.active.order, Unclear(end.active.clause, UNDUE_DELAY)) for end in ends if end.limit is None
    ]
    for active in holding.rules.no_dates:
        moment, _ = _latest(active.rule.after, holding, schedule, None)
        if _is_for(active.rule.customer, holding) and moment is not None and moment is not Mark.TO_COME:
            found.append((active.order, Unclear(active.clause, point_of(active, schedule))))
    return min(found, key=lambda each: each[0])[1] if found else None


def point_of(active: Active, schedule: Schedule) -> str | None:
    """The first contested point on which a rule depends, by its prefixed name."""
    prefix = active.clause.split(".")[0]
    names = (name if name in schedule.readings else f"{prefix}.{name}" for name in active.rule.when)
    return next((name for name in names if name in schedule.readings), None)


# Uses and inactivity


def inactive_on(holding: Holding, schedule: Schedule) -> Day | None:
    """The first day on which the data are inactive; None before it is known, or without the yearly day."""
    found = []
    for active in holding.rules.inactive:
        moment, _ = _latest(active.rule.after, holding, schedule, None)
        if isinstance(moment, Day):
            yearly = schedule.settings.get(active.rule.to) if active.rule.to else None
            if active.rule.to is None or yearly is not None:
                found.append(next_yearly_day(moment, yearly) if yearly else moment)
    return min(found, default=None)


def use_ends_on(holding: Holding, schedule: Schedule) -> Day | None:
    """The first day on which the data may no longer be used for what consent, or no objection, allowed."""
    found = []
    consent = holding.state.consent(schedule.policy.categories[_name(holding)].consent)
    for active in holding.rules.stop_uses:
        withdrawn = consent.withdrawn_on
        if "consent_withdrawn" in active.rule.at and not consent.is_valid and withdrawn and active.in_force(withdrawn):
            found.append(withdrawn)
        for reach in holding.reaches:
            objects = reach.request.event.purpose == "direct_marketing" and "objection" in active.rule.at
            received = reach.request.received_on
            if (
                objects
                and not reach.withdrawn
                and active.in_force(received)
                and not is_overtaken(reach, holding, schedule)
            ):
                found.append(received)
    return min(found, default=None)


def restricted_from(holding: Holding) -> Day | None:
    """The first day on which the data are only stored, by a request that is not answered yet."""
    return min(
        (
            reach.request.received_on
            for reach in holding.reaches
            for active in holding.rules.upon_requests
            if active.rule.outcome == "restrict" and restricts(reach, active) and not reach.request.is_over
        ),
        default=None,
    )


def restricts(reach: Reach, active: Active) -> bool:
    """Whether the rule restricts the use of data for this request."""
    event, rule = reach.request.event, active.rule
    return event.right in rule.right and rule.purpose in (None, event.purpose) and active.in_force(event.date)


# Why

_FACTS: dict[str, Message] = {
    "relationship_start": Message("started {day}"),
    "relationship_end": Message("ended {day}"),
    "members_end": Message("ended {day}"),
    "notice": Message("notice {day}"),
    "members_notice": Message("notice {day}"),
    "activity": Message("last used {day}"),
    "contact": Message("last contact {day}"),
    "dealing": Message("last heard of {day}"),
    "record": Message("registered {day}"),
    "record_end": Message("record ends {day}"),
    "covers": Message("covers until {day}"),
    "consent_withdrawn": Message("consent withdrawn {day}"),
    "minimum": Message("kept until {day}"),
}


def _because(fact: str, moment: Day, active: Active, limit: Day) -> Message:
    start = _FACTS[fact].fill(day=moment)
    if active.months and active.days:
        return Message(
            "{start} + {months} + {days} = {limit}",
            start=start,
            months=Plural("{n} month", "{n} months", n=active.months),
            days=Plural("{n} day", "{n} days", n=active.days),
            limit=limit,
        )
    if active.months:
        return Plural(
            "{start} + {n} month = {limit}", "{start} + {n} months = {limit}", start=start, n=active.months, limit=limit
        )
    if active.days:
        return Plural(
            "{start} + {n} day = {limit}", "{start} + {n} days = {limit}", start=start, n=active.days, limit=limit
        )
    return start


def _joined(first: Message | None, second: Message) -> Message:
    return second if first is None else first + second


def _name(holding: Holding) -> CategoryName:
    return CategoryName(holding.category)
