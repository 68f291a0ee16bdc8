"""Requests: the start of their time limit, the last day to answer, and what was done about them."""

from attrs import define, frozen

from subsim.basics.dates import Day, days_after, days_between, months
from subsim.basics.texts import Message, Plural
from subsim.membership.data_events import DataRequest
from subsim.retention.days import after_period, next_open_day
from subsim.retention.schedule import IDENTITY_CLOCK, Active, Schedule


@define(eq=False)
class Request:
    """A request and the day of each event about it; None where there was none."""

    event: DataRequest
    asked_on: Day | None = None
    proved_on: Day | None = None
    """The last proof of identity that was asked for."""
    days_asked: int = 0
    """The spans from asking for proof to the proof."""
    extended_on: Day | None = None
    withdrawn_on: Day | None = None
    answered_on: Day | None = None
    outcome: str | None = None

    @property
    def received_on(self) -> Day:
        """The day of receipt."""
        return self.event.date

    @property
    def is_over(self) -> bool:
        """Whether it was answered or withdrawn."""
        return self.answered_on is not None or self.withdrawn_on is not None

    def ask(self, day: Day) -> None:
        """Note that proof of identity is asked for; a second time before the proof changes nothing."""
        if self.asked_on is None and not self.is_over:
            self.asked_on = day

    def prove(self, day: Day) -> None:
        """Note the proof; one that was not asked for changes nothing."""
        if self.asked_on is not None:
            self.days_asked += days_between(self.asked_on, day)
            self.asked_on, self.proved_on = None, day


@frozen
class AnswerDays:
    """The last days to answer a request, by the policy and by the statute."""

    clock_from: Day | None
    policy_by: Day | None
    policy_clause: str | None
    statute_by: Day | None
    statute_clause: str | None
    refuse_by: Day | None
    because: Message | None = None

    @property
    def answer_by(self) -> Day | None:
        """The earlier of the two days."""
        return min((day for day in (self.policy_by, self.statute_by) if day is not None), default=None)

    @property
    def clause(self) -> str | None:
        """The clause of that day; the policy's where both give it."""
        if self.answer_by is None:
            return None
        return self.policy_clause if self.policy_by == self.answer_by else self.statute_clause


def answer_days(request: Request, schedule: Schedule) -> AnswerDays:
    """The last days to answer a request as far as they are known; none once it was withdrawn before an answer."""
    policy, statute = rules_for(request, schedule)
    gone = request.withdrawn_on is not None
    clock, statute_by, refuse_by = request.received_on, None, None
    policy_by = _policy_day(request, policy, schedule) if policy and not gone else None
    reason: Message | None = None
    if statute is not None:
        clock_from = _clock(request, schedule)
        if not gone:
            refuse_by = _statute_day(request, statute, statute.months, schedule)
            extended = request.extended_on is not None and statute.extended_months is not None
            statute_by = (
                _statute_day(request, statute, statute.extended_months or 0, schedule) if extended else refuse_by
            )
    else:
        clock_from = clock
    if policy_by is not None and policy_by == min(filter(None, (policy_by, statute_by))):
        reason = Message("received {day}; to be answered by {by}", day=request.received_on, by=policy_by)
    elif statute_by is not None and statute is not None:
        count = (statute.extended_months if request.extended_on else statute.months) or 0
        reason = Plural(
            "received {day} + {n} month, if need be moved to an open day: {by}",
            "received {day} + {n} months, if need be moved to an open day: {by}",
            day=clock_from,
            n=count,
            by=statute_by,
        )
    return AnswerDays(
        clock_from=clock_from,
        policy_by=policy_by,
        policy_clause=policy.clause if policy else None,
        statute_by=statute_by,
        statute_clause=statute.clause if statute else None,
        refuse_by=refuse_by,
        because=reason,
    )


def rules_for(request: Request, schedule: Schedule) -> tuple[Active | None, Active | None]:
    """The rules of the policy and of the statute for answering a request; of the policy the first with a period."""
    event = request.event
    policy: Active | None = None
    statute: Active | None = None
    for each in schedule.answers:
        rule = each.rule
        about = (event.about in rule.about) if event.about else not rule.about
        fits = event.right in rule.right and about and rule.purpose in (None, event.purpose)
        if not fits or not each.in_force(event.date):
            continue
        if each.own and (policy is None or (each.has_period and not policy.has_period)):
            policy = each
        elif not each.own and statute is None:
            statute = each
    return policy, statute


def may_extend(request: Request, day: Day, schedule: Schedule) -> bool:
    """Whether an extension counts: the first, before an answer, and not after the last day if there is one."""
    if request.extended_on is not None or request.is_over:
        return False
    policy, statute = rules_for(request, schedule)
    if statute is not None and statute.extended_months is not None:
        by = _statute_day(request, statute, statute.months, schedule)
        return by is None or day <= by
    if policy is not None and policy.extended_months is not None:
        by = _policy_day(request, policy, schedule)
        return by is None or day <= by
    return False


def _policy_day(request: Request, rule: Active, schedule: Schedule) -> Day | None:
    if not rule.has_period:
        return None
    if request.extended_on is not None and rule.extended_months is not None:
        day = months(request.received_on, rule.extended_months)
    else:
        day = after_period(request.received_on, rule)
    return next_open_day(day, schedule) if rule.rule.moved else day


def _clock(request: Request, schedule: Schedule) -> Day | None:
    """The start of the statute's time limit; None while it waits for a proof."""
    if schedule.reading(IDENTITY_CLOCK) != "proved":
        return request.received_on
    if request.asked_on is not None:
        return None
    return request.proved_on or request.received_on


def _statute_day(request: Request, rule: Active, count: int, schedule: Schedule) -> Day | None:
    """The last day by the statute, counted from the start of its limit; None while it waits for a proof."""
    clock = _clock(request, schedule)
    reading = schedule.reading(IDENTITY_CLOCK)
    if clock is None or (request.asked_on is not None and reading == "suspended"):
        return None
    day = days_after(months(clock, count), rule.days)
    if reading == "suspended":
        day = days_after(day, request.days_asked)
    return next_open_day(day, schedule) if rule.rule.moved else day
