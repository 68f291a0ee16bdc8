"""The schedule of a policy: by category the rules that apply under chosen readings, numbers and settings."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from attrs import Factory, define, frozen

from subsim.basics.dates import Day
from subsim.terms.policies import (
    Answer,
    Breach,
    Derived,
    Hold,
    Inactive,
    Limit,
    Minimum,
    Moved,
    NoDate,
    PeriodRule,
    Policy,
    Rule,
    Statute,
    StopUse,
    UponRequest,
)
from subsim.terms.readings import ProfileName

R = TypeVar("R", bound=Rule)

UNDUE_DELAY, IDENTITY_CLOCK, CLOSED_DAYS = "gdpr.undue-delay", "gdpr.identity-clock", "gdpr.closed-days"
"""The points of the statute on `undue-delay`, on proof of identity, and on `working-day`."""
ANSWER_MONTHS = "gdpr.answer-months"
"""The name of the number of months for erasure after a withdrawal of consent."""


@frozen(eq=False)
class Active:
    """A rule with its clause. `own` says that it is the policy's, else `since` is the first day of its statute (None:
    always).

    `order` is its place in the files, the policy's first; its period has months and days.
    """

    order: int
    clause: str
    own: bool
    since: Day | None
    rule: Any  # each list of rules holds those of one class
    months: int = 0
    days: int = 0
    extended_months: int | None = None

    def in_force(self, day: Day) -> bool:
        """Whether it is in force on a day; a rule of a policy always is."""
        return self.since is None or self.since <= day

    @property
    def has_period(self) -> bool:
        """Whether it has a period."""
        rule: PeriodRule = self.rule
        return any((rule.days, rule.weeks, rule.months, rule.years))


@define
class CategoryRules:
    """The rules of one category that apply, each kind in the order of the files."""

    limits: list[Active] = Factory(list)
    no_dates: list[Active] = Factory(list)
    minimums: list[Active] = Factory(list)
    inactive: list[Active] = Factory(list)
    stop_uses: list[Active] = Factory(list)
    holds: list[Active] = Factory(list)
    moved: list[Active] = Factory(list)
    upon_requests: list[Active] = Factory(list)
    asks: frozenset[str] = frozenset()
    """The parts of the state of a member on which the dates of a holding depend."""


@frozen(eq=False)
class Schedule:
    """A policy with what is chosen for it; names are prefixed by their source, and rules are by category."""

    policy: Policy
    profile: ProfileName
    readings: dict[str, str]
    numbers: dict[str, int]
    settings: dict[str, str | None]
    categories: dict[str, CategoryRules]
    answers: tuple[Active, ...]
    breaches: tuple[Active, ...]

    def reading(self, point: str) -> str | None:
        """The reading of a point by its prefixed name; None where no statute of the policy has it."""
        return self.readings.get(point)


def schedule_of(
    policy: Policy,
    profile: ProfileName = "standard",
    readings: Mapping[str, str] | None = None,
    numbers: Mapping[str, int] | None = None,
    settings: Mapping[str, str | None] | None = None,
) -> Schedule:
    """The policy under a profile, with other single readings, numbers and settings.

    Names that the policy does not have are ignored; they may belong to another policy.
    """
    points, known_numbers, known_settings = policy.all_points(), policy.all_numbers(), policy.all_settings()
    chosen = {name: point.pick(profile) for name, point in points.items()} | _known(readings, points)
    values = known_numbers | _known(numbers, known_numbers)
    facts = known_settings | _known(settings, known_settings)
    rules = list(_active(policy, chosen, values, facts))
    about = [(each, policy.categories_of(each.rule.of)) for each in rules if hasattr(each.rule, "of")]
    return Schedule(
        policy=policy,
        profile=profile,
        readings=chosen,
        numbers=values,
        settings=facts,
        categories={name: _rules_of([each for each, names in about if name in names]) for name in policy.categories},
        answers=tuple(_of(rules, Answer)),
        breaches=tuple(_of(rules, Breach)),
    )


def _known(given: Mapping[str, Any] | None, names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in (given or {}).items() if name in names}


def _active(
    policy: Policy, readings: Mapping[str, str], numbers: Mapping[str, int], settings: Mapping[str, str | None]
) -> Iterable[Active]:
    order = 0
    for source in policy.sources:
        statute = source if isinstance(source, Statute) else None
        if statute and not _holds(policy.condition_of(statute), policy.id, readings, settings):
            continue
        for clause in source.clauses:
            for rule in clause.rules:
                if not _holds(rule.when, source.id, readings, settings):
                    continue
                months, days, extended = _period(rule, source.id, numbers)
                order += 1
                yield Active(
                    order,
                    f"{source.id}.{clause.clause}",
                    statute is None,
                    statute.in_force if statute else None,
                    rule,
                    months,
                    days,
                    extended,
                )


def _holds(
    when: Mapping[str, str], prefix: str, readings: Mapping[str, str], settings: Mapping[str, str | None]
) -> bool:
    """Whether all these readings and settings are chosen; a point of the rule's own source needs no prefix."""
    for name, value in when.items():
        point = name if name in readings else f"{prefix}.{name}"
        if (readings[point] if point in readings else settings.get(name)) != value:
            return False
    return True


def _period(rule: Rule, prefix: str, numbers: Mapping[str, int]) -> tuple[int, int, int | None]:
    if not isinstance(rule, PeriodRule):
        return 0, 0, None

    def number(name: str | None) -> int:
        return 0 if name is None else numbers[f"{prefix}.{name}"]

    extended = number(rule.extended_months) if isinstance(rule, Answer) and rule.extended_months else None
    return number(rule.years) * 12 + number(rule.months), number(rule.weeks) * 7 + number(rule.days), extended


def _of(rules: Iterable[Active], shape: type[R]) -> list[Active]:
    return [each for each in rules if isinstance(each.rule, shape)]


def _rules_of(its: list[Active]) -> CategoryRules:
    """The rules about a category by kind."""
    found = CategoryRules(
        limits=_of(its, Limit),
        no_dates=_of(its, NoDate),
        minimums=_of(its, Minimum),
        inactive=_of(its, Inactive),
        stop_uses=_of(its, StopUse),
        holds=_of(its, Hold),
        moved=_of(its, Moved),
        upon_requests=_of(its, UponRequest),
    )
    found.asks = frozenset(_asks(found))
    return found


_KNOWN_BY = {
    "relationship_start": "lives",
    "relationship_end": "lives",
    "members_end": "lives",
    "notice": "lives",
    "members_notice": "lives",
    "activity": "activity",
    "contact": "contact",
    "dealing": "dealing",
    "consent_withdrawn": "consents",
    "record": "records",
}
"""By fact the part of the member's state that has it; other facts are in the holding itself."""


def _asks(rules: CategoryRules) -> Iterable[str]:
    for each in (*rules.limits, *rules.minimums, *rules.no_dates):
        if getattr(each.rule, "customer", None):
            yield "lives"
        for trigger in (*each.rule.after, *getattr(each.rule, "not_before", ())):
            names = (*trigger.first_of, trigger.fact) if isinstance(trigger, Derived) else (trigger,)
            yield from (_KNOWN_BY[name] for name in names if name in _KNOWN_BY)
    if rules.upon_requests:
        yield "consents"
