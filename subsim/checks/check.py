"""Checks the expectations of a scenario and of each of its variants."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from attrs import evolve, frozen

from subsim.answers.can_cancel import Answer, answer_of
from subsim.answers.question import Case, case_of
from subsim.basics.faults import InputError, InputErrors
from subsim.basics.json_object import JsonObject, Key
from subsim.checks import expectations
from subsim.checks.expectations import Comparison, Mismatch
from subsim.files.expectation import Ask
from subsim.files.scenario import Scenario, Variant
from subsim.membership.facts import FaultInFacts
from subsim.terms.choice import OWN_TERMS, TermsChoice

Judge: TypeAlias = Callable[[Case], list[Mismatch]]
"""A function that gives more mismatches of a case; InputErrors where the case cannot be replayed."""


@frozen(kw_only=True, repr=False)
class CaseResult(JsonObject):
    """Whether one case, a scenario or one of its variants, came out as expected.

    `errors` say why it cannot be replayed.
    """

    file: str
    variant: str | None
    mismatches: tuple[Mismatch, ...] = ()
    errors: InputErrors | None = None
    expects_nothing: bool = False
    """Whether there was nothing to check: neither an expectation nor a question."""

    @property
    def ok(self) -> bool:
        """Whether all expectations hold."""
        return not self.mismatches and self.errors is None

    KEYS = (
        Key("file", "the file"),
        Key("variant", "the name of the variant; null of the scenario itself"),
        Key("ok", "whether all expectations hold"),
        Key("mismatches", "what is not as expected"),
        Key("faults", "of a case that cannot be read or replayed, why", optional=True),
    )

    @property
    def faults(self) -> tuple[InputError, ...] | None:
        """Why the case cannot be read or replayed; None where it can."""
        return None if self.errors is None else self.errors.errors

    def __repr__(self) -> str:
        """Which case it is and how it came out, in one line."""
        name = self.file if self.variant is None else f"{self.file}, {self.variant}"
        if self.errors is not None:
            return f"<CaseResult of {name}: cannot be replayed>"
        return f"<CaseResult of {name}: {'holds' if self.ok else f'{len(self.mismatches)} mismatches'}>"


def check(
    scenario: Scenario,
    choice: TermsChoice = OWN_TERMS,
    *,
    judges: Sequence[Judge] = (),
) -> list[CaseResult]:
    """Compare the scenario, then each of its variants, with its expectations.

    `judges` add the mismatches that rooms above this one find in the same case.
    """
    return [check_case(scenario, choice, variant, judges) for variant in (None, *scenario.variants)]


def check_case(
    scenario: Scenario, choice: TermsChoice, variant: Variant | None, judges: Sequence[Judge] = ()
) -> CaseResult:
    """Compare one case, the scenario itself or one of its variants, with its expectations."""
    source, name = scenario.source, None if variant is None else variant.name
    asked = scenario if variant is None else variant
    try:
        if scenario.assuming({}, variant).is_in_doubt:
            found = _mismatches_in_doubt(scenario, choice, variant)
            if "retention" in asked.expect or any("retention" in ask.expect for ask in asked.asks):
                case_of(scenario, choice, variant)  # raises the fault of open doubts, which retention does not allow
        else:
            case = case_of(scenario, choice, variant)
            found = [*_mismatches(case), *(each for judge in judges for each in judge(case))]
        return CaseResult(
            file=source,
            variant=name,
            mismatches=tuple(found),
            expects_nothing=not (asked.expect or _questions(asked.asks)),
        )
    except InputErrors as errors:
        return CaseResult(file=source, variant=name, errors=errors)


def _questions(asks: tuple[Ask, ...]) -> list[Ask]:
    """The questions that expect some answer."""
    return [ask for ask in asks if ask.expect]


def _mismatches(case: Case) -> list[Mismatch]:
    asked = case.scenario if case.variant is None else case.variant
    outcome = case.outcome(case.scenario.until_of(case.variant))
    try:
        found = expectations.mismatches(asked.expect, outcome.to_dict())
    except FaultInFacts as fault:
        raise case.located(fault) from None
    for index, ask in enumerate(asked.asks):
        found += expectations.ask_mismatches(ask, _answer(case, ask).to_dict(), index)
    return found


def _answer(case: Case, ask: Ask) -> Answer:
    member = case.play(ask.date)
    answer = answer_of(member, ask.subscription, ask.date)
    return evolve(answer, law=case.law(member, answer)) if "law" in ask.expect else answer


def _mismatches_in_doubt(scenario: Scenario, choice: TermsChoice, variant: Variant | None) -> list[Mismatch]:
    """The mismatches in single possible worlds, and in all of them together."""
    from subsim.answers.in_doubt.cases import cases_as_json  # few files are in doubt
    from subsim.answers.worlds import ScenarioQuestion

    asked = ScenarioQuestion.of(scenario, choice, variant)
    expecting = scenario if variant is None else variant

    def outcome(case: Case) -> list[Comparison]:
        until = case.scenario.until_of(variant)
        try:
            return expectations.compared(expecting.expect, case.outcome(until).to_dict())
        except FaultInFacts as fault:
            raise case.located(fault) from None

    found = expectations.disagreements(asked.each(scenario.until_of(variant), outcome).values())
    for index, ask in enumerate(expecting.asks):
        answers = asked.each(ask.date, partial(_answer, ask=ask))
        compared = [expectations.ask_compared(ask, answer.to_dict(), index) for answer in answers.values()]
        together = expectations.doubts_compared(ask, cases_as_json(answers), index)
        found += expectations.disagreements([*compared, together])
    return found
