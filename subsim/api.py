"""What one may ask of a scenario: its outcome, whether the member can cancel, and whether its expectations hold."""

from attrs import evolve, frozen

from subsim import exits, expectations
from subsim.days import Day
from subsim.events import FaultInFacts
from subsim.expectations import Mismatch
from subsim.input_errors import InputErrors
from subsim.ledger import Line
from subsim.outcome import (
    Answer,
    Contested,
    Decision,
    Duty,
    Invoice,
    Outcome,
    Payment,
    Refund,
    Route,
    SubscriptionOutcome,
)
from subsim.readings import ProfileName, Readings, single_alternatives, with_choices
from subsim.readings import profile as readings_of
from subsim.replaying import play
from subsim.rules import interest
from subsim.scenario import Scenario, Variant
from subsim.state import Member, Subscription
from subsim.terms import Numbers, Terms, with_numbers


@frozen(kw_only=True)
class CaseResult:
    """Whether one case, a scenario or one of its variants, came out as expected; `errors` if it cannot be replayed."""

    file: str
    variant: str | None
    mismatches: tuple[Mismatch, ...] = ()
    errors: InputErrors | None = None

    @property
    def ok(self) -> bool:
        """Whether all expectations hold."""
        return not self.mismatches and self.errors is None


@frozen
class Case:
    """A scenario or one of its variants, under the terms in force for it; what it is asked raises InputErrors."""

    scenario: Scenario
    variant: Variant | None
    profile: ProfileName
    terms: Terms

    def under(self, point: str, reading: str) -> "Case":
        """The same with one point read otherwise."""
        return evolve(self, terms=evolve(self.terms, readings=with_choices(self.terms.readings, {point: reading})))

    def play(self, until: Day) -> Member:
        """Where the member stands at the end of `until`."""
        try:
            return play(self.scenario.facts, self.terms, until)
        except FaultInFacts as fault:
            raise self.located(fault) from None

    def outcome(self, until: Day) -> Outcome:
        """The outcome up to and including `until`."""
        return _outcome(self, until)

    def answer(self, subscription: str, date: Day) -> Answer:
        """Whether this subscription can be cancelled as of the end of `date`, and the other readings that change it."""
        answer = exits.answer(self.play(date), subscription, date)
        return evolve(answer, contested=tuple(_contested(self, answer)))

    def located(self, fault: FaultInFacts) -> InputErrors:
        """A fault that only the replay shows, in its place in the file."""
        return self.scenario.fault(fault.index, fault.message, fault.remedy)


def replay(
    scenario: Scenario,
    until: Day | None = None,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
) -> Outcome:
    """The outcome up to and including `until`, by default the scenario's own.

    `profile` wins over all readings of the file, `readings` are single points on top, `numbers` overrule the terms'.
    InputErrors where only the replay shows a fault.
    """
    case = case_of(scenario, None, profile, readings, numbers)
    return case.outcome(until or scenario.until_of(None))


def can_cancel(
    scenario: Scenario,
    date: Day,
    subscription: str | None = None,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
) -> Answer:
    """Whether, when and how the member can cancel as of the end of `date`, and the other readings that change it.

    `subscription` may be left out where it is clear which is meant. InputErrors as for `replay`.
    """
    case = case_of(scenario, None, profile, readings, numbers)
    return case.answer(scenario.subscription_meant(date, subscription), date)


def check(
    scenario: Scenario,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
) -> list[CaseResult]:
    """How the scenario and then each of its variants compare with what they expect."""
    variants = (None, *scenario.variants)
    return [_result(case_of(scenario, variant, profile, readings, numbers)) for variant in variants]


def case_of(
    scenario: Scenario,
    variant: Variant | None = None,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
) -> Case:
    """A scenario, or one of its variants, under its own terms but for what is chosen otherwise, as in `replay`."""
    name: ProfileName = profile or (variant and variant.profile) or scenario.profile or "standard"
    chosen: Readings = readings_of(name)
    if profile is None:
        chosen = with_choices(chosen, scenario.readings | (variant.readings if variant else {}))
    terms = Terms(
        numbers=with_numbers(Numbers(), scenario.numbers | (numbers or {})),
        readings=with_choices(chosen, readings or {}),
        reference_rates=scenario.reference_rates,
    )
    return Case(scenario, variant, name, terms)


def _result(case: Case) -> CaseResult:
    scenario, variant = case.scenario, case.variant
    source, name = scenario.source, None if variant is None else variant.name
    try:
        return CaseResult(file=source, variant=name, mismatches=tuple(_mismatches(case)))
    except InputErrors as errors:
        return CaseResult(file=source, variant=name, errors=errors)


def _mismatches(case: Case) -> list[Mismatch]:
    asked = case.scenario if case.variant is None else case.variant
    outcome = case.outcome(case.scenario.until_of(case.variant))
    try:
        found = expectations.mismatches(asked.expect, outcome.to_dict())
    except FaultInFacts as fault:
        raise case.located(fault) from None
    for index, ask in enumerate(asked.asks):
        answer = exits.answer(case.play(ask.date), ask.subscription, ask.date)
        found += expectations.ask_mismatches(ask, answer.to_dict(), index)
    return found


def _contested(case: Case, answer: Answer) -> list[Contested]:
    """The single other readings that change the answer; one under which the timeline cannot be replayed gives none."""
    changed = []
    for point, reading in single_alternatives(case.terms.readings):
        try:
            other = exits.answer(case.under(point, reading).play(answer.date), answer.subscription, answer.date)
        except InputErrors:
            continue
        if _gist(other) != _gist(answer):
            can_cancel, earliest_end, route = _gist(other)
            changed.append(
                Contested(point=point, reading=reading, can_cancel=can_cancel, earliest_end=earliest_end, route=route)
            )
    return changed


def _gist(answer: Answer) -> tuple[bool, Day | None, Route | None]:
    return answer.can_cancel, answer.earliest_end, answer.route


# From where the member stands to what comes out


def _outcome(case: Case, until: Day) -> Outcome:
    member = case.play(until)
    ledger, rates = member.ledger, case.terms.reference_rates
    try:
        invoices = tuple(_invoice(line, until, rates) for line in ledger.lines)
    except FaultInFacts as fault:
        raise case.located(fault) from None
    return Outcome(
        scenario=case.scenario.sentence,
        until=until,
        profile=case.profile,
        readings=case.terms.readings,
        numbers=case.terms.numbers,
        person=member.person,
        subscriptions=tuple(map(_subscription, member.subscriptions)),
        invoices=invoices,
        payments=tuple(Payment(date=date, amount=amount) for date, amount in ledger.payments),
        refunds=tuple(Refund(date=date, amount=amount, clause=clause) for date, amount, clause in ledger.refunds),
        duties=tuple(Duty(date=date, duty=duty, clause=clause) for date, duty, clause in member.duties),
        decisions=tuple(
            Decision(date=date, event=event, subscription=name, clause=clause, verdict=verdict, because=reason)
            for date, event, name, clause, verdict, reason in member.decisions
        ),
        provisional_rates=interest.provisional_half_years(ledger.lines, until, rates),
    )


def _invoice(line: Line, until: Day, rates: dict[Day, int]) -> Invoice:
    return Invoice(
        date=line.due,
        due=line.due,
        kind=line.kind,
        subscription=line.subscription,
        package=line.package,
        starts=line.starts,
        ends=line.ends,
        amount=line.amount,
        paid_on=line.paid_on,
        interest=interest.interest(line, until, rates),
        clause=line.clause,
    )


def _subscription(subscription: Subscription) -> SubscriptionOutcome:
    assert subscription.phase is not None
    return SubscriptionOutcome(
        id=subscription.id,
        state=subscription.phase.value,
        suspended=subscription.is_suspended,
        package=subscription.package,
        registered_on=subscription.registered_on,
        binding_ends=subscription.binding_ends,
        ends_on=None if subscription.notice is None else subscription.notice.ends_on,
        ended_on=subscription.ended_on,
        end_reason=subscription.end_reason,
        states=tuple((day, phase.value) for day, phase in subscription.states),
    )
