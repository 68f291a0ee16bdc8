"""The data held about a member as of a date, the requests, and the readings that would change the result."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from subsim.answers.question import Case
from subsim.basics.dates import Day
from subsim.membership.data_events import DataBreach
from subsim.membership.facts import FaultInFacts
from subsim.retention.days import after_period
from subsim.retention.effects import effects_of
from subsim.retention.ends import Assessment, assess, inactive_on, restricted_from, use_ends_on
from subsim.retention.facts import Fact, story_of
from subsim.retention.holdings import Holding
from subsim.retention.life import Life, live_through
from subsim.retention.report import Asked, DataDuty, Doubt, Held, OtherResult, Retention, TooLate
from subsim.retention.requests import AnswerDays, Request, answer_days
from subsim.retention.schedule import IDENTITY_CLOCK, Schedule, schedule_of
from subsim.terms.policies import Policy


def retention(case: Case, date: Day) -> Retention:
    """The data held as of the end of a date by the policy of the scenario, with what other readings would change.

    InputErrors where only the replay shows a fault; the scenario must name a policy.
    """
    schedule, story = schedule_of_case(case), story_of_case(case, date)
    found = retention_of(story, schedule, date)
    return evolve(found, contested=tuple(other_readings(found, story, other_schedules(schedule))))


def retention_without_contested(case: Case, date: Day) -> Retention:
    """The data held, as in `retention`, without other readings; this is much faster."""
    return retention_of(story_of_case(case, date), schedule_of_case(case), date)


def schedule_of_case(case: Case) -> Schedule:
    """The policy of a case under the readings, numbers and settings chosen for it."""
    policy = case.scenario.policy
    assert policy is not None, "the scenario names no policy"
    return schedule_of(policy, case.profile, case.policy_readings, case.policy_numbers, case.scenario.settings)


def story_of_case(case: Case, until: Day) -> list[Fact]:
    """The facts about a scenario's member up to a date; InputErrors as above."""
    policy = case.scenario.policy
    assert policy is not None, "the scenario names no policy"
    try:
        return story_of(case.scenario.facts, case.terms, policy, until)
    except FaultInFacts as fault:
        raise case.located(fault) from None


def retention_of(story: Sequence[Fact], schedule: Schedule, date: Day) -> Retention:
    """The data held at the end of a date, from all facts up to it."""
    life = live_through(story, schedule)
    answers = {name: answer_days(request, schedule) for name, request in life.requests.items()}
    assessed = [(holding, assess(holding, schedule)) for holding in life.holdings]
    return Retention(
        date=date,
        policy=schedule.policy.id,
        profile=schedule.profile,
        readings=schedule.readings,
        settings=schedule.settings,
        numbers=schedule.numbers,
        holdings=tuple(_held(holding, found, schedule, date) for holding, found in assessed),
        requests=tuple(_asked(life, name, answers[name]) for name in life.requests),
        duties=tuple(_duties(life, answers, schedule)),
        refused=tuple(
            TooLate(date=each.date, event=each.event, clause=each.clause, because=each.because) for each in life.refused
        ),
        unclear=(
            *_unclear_holdings(assessed, schedule, date),
            *_unclear_requests(life, answers, schedule),
        ),
    )


# Holdings


def _held(holding: Holding, found: Assessment, schedule: Schedule, date: Day) -> Held:
    inactive = inactive_on(holding, schedule)
    return Held(
        category=holding.category,
        id=holding.id,
        held_from=holding.held_from,
        status=_status(holding, found, inactive, date),
        inactive_on=inactive,
        use_ends_on=use_ends_on(holding, schedule),
        restricted_from=restricted_from(holding),
        retain_until=found.retain_until,
        retain_clause=found.retain_clause,
        dispose_by=found.dispose_by,
        not_before=found.not_before,
        action=found.action,
        clause=found.clause,
        moved_by=found.moved_by,
        limit=found.limit,
        kept_longer=found.kept_longer,
        disposed_on=holding.disposed_on,
        disposal=holding.disposal,
        verdict=holding.verdict,
        because=found.because,
    )


def _status(holding: Holding, found: Assessment, inactive: Day | None, date: Day) -> str:
    """The status of a holding: the first that applies."""
    if holding.disposed_on is not None:
        return "disposed"
    if any(each.suspension.is_open(date) for each in found.held_by):
        return "on_hold"
    if found.dispose_by is not None and found.dispose_by <= date:
        return "overdue" if found.dispose_by < date else "due"
    if holding.is_inactivated or (inactive is not None and inactive <= date):
        return "inactive"
    return "unclear" if found.unclear else "held"


def _unclear_holdings(assessed: Sequence[tuple[Holding, Assessment]], schedule: Schedule, date: Day) -> Iterator[Doubt]:
    for holding, found in assessed:
        if found.unclear and _status(holding, found, None, date) not in ("disposed", "on_hold"):
            point = found.unclear.point
            yield Doubt(
                category=holding.category,
                id=holding.id,
                request=None,
                clause=found.unclear.clause,
                point=point,
                readings=_readings(schedule.policy, point),
            )


def _readings(policy: Policy, point: str | None) -> tuple[str, ...]:
    return tuple(policy.all_points()[point].readings) if point else ()


# Requests


def _asked(life: Life, name: str, days: AnswerDays) -> Asked:
    request = life.requests[name]
    verdict = None
    if request.answered_on is not None and days.answer_by is not None:
        verdict = "in_time" if request.answered_on <= days.answer_by else "late"
    return Asked(
        request=name,
        right=request.event.right,
        received_on=request.received_on,
        clock_from=days.clock_from,
        policy_by=days.policy_by,
        policy_clause=days.policy_clause,
        statute_by=days.statute_by,
        statute_clause=days.statute_clause,
        answer_by=days.answer_by,
        refuse_by=days.refuse_by,
        extended=request.extended_on is not None,
        answered_on=request.answered_on,
        withdrawn_on=request.withdrawn_on,
        verdict=verdict,
        because=days.because,
        outcomes=() if request.withdrawn_on else tuple(effects_of(request, life, days)),
    )


def _unclear_requests(life: Life, answers: dict[str, AnswerDays], schedule: Schedule) -> Iterator[Doubt]:
    for name, days in answers.items():
        request = life.requests[name]
        if days.answer_by is None and request.withdrawn_on is None:
            point = IDENTITY_CLOCK if days.statute_clause else None
            yield Doubt(
                category=None,
                id=None,
                request=name,
                clause=days.statute_clause or days.policy_clause,
                point=point,
                readings=_readings(schedule.policy, point),
            )


# Duties


def _duties(life: Life, answers: dict[str, AnswerDays], schedule: Schedule) -> Iterator[DataDuty]:
    duties = [
        DataDuty(date=days.answer_by, duty="answer", clause=days.clause)
        for days in answers.values()
        if days.answer_by is not None
    ]
    for breach in life.breaches:
        duties += _of_breach(breach, schedule)
    yield from sorted(duties, key=lambda each: each.date or Day.max)


def _of_breach(breach: DataBreach, schedule: Schedule) -> Iterator[DataDuty]:
    """The duties after a breach: of each kind by the first rule with a day, else by the first rule."""
    found: dict[str, DataDuty] = {}
    for active in schedule.breaches:
        rule = active.rule
        if not active.in_force(breach.date) or (rule.high_risk and not breach.high_risk):
            continue
        date = after_period(breach.date, active) if active.has_period else None
        if rule.duty not in found or (found[rule.duty].date is None and date is not None):
            found[rule.duty] = DataDuty(date=date, duty=rule.duty, clause=active.clause)
    yield from found.values()


# Other readings


@frozen
class OtherSchedule:
    """A schedule with another reading of one point."""

    point: str
    reading: str
    schedule: Schedule


def other_schedules(schedule: Schedule) -> list[OtherSchedule]:
    """The schedule under each single other reading, in the order of the points."""
    return [
        OtherSchedule(name, reading, _under(schedule, name, reading))
        for name, point in schedule.policy.all_points().items()
        for reading in point.readings
        if reading != schedule.readings[name]
    ]


def other_readings(found: Retention, story: Sequence[Fact], others: Iterable[OtherSchedule]) -> Iterator[OtherResult]:
    """What each single other reading changes, in the order of the readings."""
    for other in others:
        yield from changes(found, retention_of(story, other.schedule, found.date), other.point, other.reading)


def _under(schedule: Schedule, point: str, reading: str) -> Schedule:
    return schedule_of(
        schedule.policy,
        schedule.profile,
        schedule.readings | {point: reading},
        schedule.numbers,
        schedule.settings,
    )


def changes(found: Retention, other: Retention, point: str = "", reading: str = "") -> Iterator[OtherResult]:
    """Every holding and request with other dates under other readings, with those dates."""
    usual = {(each.category, each.id): each for each in found.holdings}
    for each in other.holdings:
        before = usual.get((each.category, each.id))
        dates = (each.dispose_by, each.retain_until, each.inactive_on)
        if before is None or dates != (before.dispose_by, before.retain_until, before.inactive_on):
            yield OtherResult(
                point=point,
                reading=reading,
                category=each.category,
                id=each.id,
                dispose_by=each.dispose_by,
                retain_until=each.retain_until,
                inactive_on=each.inactive_on,
            )
    answers = {each.request: each.answer_by for each in found.requests}
    for asked in other.requests:
        if asked.answer_by != answers[asked.request]:
            yield OtherResult(point=point, reading=reading, request=asked.request, answer_by=asked.answer_by)


__all__ = [
    "Request",
    "retention",
    "retention_of",
    "retention_without_contested",
    "schedule_of_case",
    "story_of_case",
]
