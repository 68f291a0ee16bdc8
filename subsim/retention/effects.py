"""The effects of a request on the holdings that it reaches and that were open on its receipt."""

from collections.abc import Iterator

from subsim.basics.dates import Day
from subsim.retention.ends import assess, counts, day_of_order, is_needed, restricts
from subsim.retention.holdings import Holding, Reach
from subsim.retention.life import Life
from subsim.retention.report import Effect
from subsim.retention.requests import AnswerDays, Request
from subsim.retention.schedule import Active, Schedule


def effects_of(request: Request, life: Life, days: AnswerDays) -> Iterator[Effect]:
    """One effect for each holding reached, in the order in which the holdings began."""
    for holding in life.reached[request.event.id]:
        reach = next(each for each in holding.reaches if each.request is request)
        yield _effect(reach, holding, life.schedule, days)


def _effect(reach: Reach, holding: Holding, schedule: Schedule, days: AnswerDays) -> Effect:
    event = reach.request.event
    if event.purpose == "direct_marketing":
        rules = [each for each in holding.rules.stop_uses if "objection" in each.rule.at]
        return _made(holding, "stop_use", event.date, _clauses(rules, event.date))
    restricting = [
        each for each in holding.rules.upon_requests if each.rule.outcome == "restrict" and restricts(reach, each)
    ]
    if restricting:
        return _made(holding, "restrict", None, _clauses(restricting, event.date))
    erasing = [
        each
        for each in holding.rules.upon_requests
        if each.rule.outcome == "erase" and counts(reach, each, holding, schedule)
    ]
    if event.right == "erasure" and erasing:
        return _erasure(reach, holding, schedule, erasing)
    clauses = (days.clause or days.policy_clause,)
    return _made(holding, "answer", days.answer_by, tuple(each for each in clauses if each))


def _erasure(reach: Reach, holding: Holding, schedule: Schedule, erasing: list[Active]) -> Effect:
    """Erased by the earlier day, or kept while needed, until the end of a minimum, or until the release of a hold."""
    received = reach.request.received_on
    dated = [(day_of_order(reach, each, schedule)[0], each) for each in erasing]
    days = [day for day, _ in dated if day is not None]
    day = min(days, default=None)
    if is_needed(holding, received, schedule):
        statutes = [each for each in erasing if not each.own] or erasing
        return _made(holding, "keep", None, _clauses(statutes, received))
    keeping = [
        each
        for each in holding.rules.upon_requests
        if each.rule.outcome == "keep" and reach.request.event.right in each.rule.right
    ]
    in_spite = _clauses(keeping, received)
    found = assess(holding, schedule)
    if found.retain_until and found.retain_clause and found.retain_until > (day or received):
        return _made(holding, "keep", found.retain_until, (found.retain_clause, *in_spite))
    held = [
        each
        for each in found.held_by
        if each.suspension.release is None or (day is not None and each.suspension.release > day)
    ]
    if held:
        releases = [each.suspension.release for each in held]
        latest = None if None in releases else max(release for release in releases if release is not None)
        clause = next(each.clause for each in held if each.suspension.release == latest)
        return _made(holding, "keep", latest, (clause, *in_spite))
    return _made(holding, "erase", day, tuple(each.clause for its, each in dated if its == day))


def _clauses(rules: list[Active], day: Day) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.clause for each in rules if each.in_force(day)))


def _made(holding: Holding, outcome: str, until: Day | None, clauses: tuple[str, ...]) -> Effect:
    return Effect(category=holding.category, id=holding.id, outcome=outcome, until=until, clauses=clauses)
