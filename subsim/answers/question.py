"""A case, which the commands replay and ask: a scenario, or one of its variants, under its terms."""

from collections.abc import Container
from typing import TYPE_CHECKING

from attrs import Factory

from subsim.answers.can_cancel import Answer, Cancellation, Contested, answer_of, cancellation_of
from subsim.answers.common_law import CommonLaw
from subsim.answers.law import LawAnswer
from subsim.answers.statutory_ways.answer import law_answer
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.values import frozen, with_fields
from subsim.engine.timeline import CommonPast, play
from subsim.files.scenario import Scenario, Variant
from subsim.membership.agreement import what_happened
from subsim.membership.facts import FaultInFacts
from subsim.membership.member import Member
from subsim.terms.choice import OWN_TERMS, TermsChoice
from subsim.terms.readings import ProfileName, noted, single_alternatives, with_choices
from subsim.terms.terms import Numbers, Terms, reading_words

if TYPE_CHECKING:
    from subsim.answers.outcome import Outcome


class NotReplayable(InputErrors):
    """A timeline cannot be replayed as it stands: a live subscription is signed up again."""


@frozen
class Case:
    """A scenario or one of its variants under its terms. Its methods raise InputErrors.

    `law_choices` are the law points that are set.
    """

    scenario: Scenario
    variant: Variant | None
    profile: ProfileName
    terms: Terms
    policy_readings: dict[str, str] = Factory(dict)
    policy_numbers: dict[str, int] = Factory(dict)
    """The numbers chosen for the policy of personal data, by prefixed names."""
    law_choices: dict[str, str] = Factory(dict)
    past: CommonPast | None = None
    """What it shares with cases that begin with the same events."""

    def under(self, point: str, reading: str) -> "Case":
        """The case with another reading of one point."""
        return with_fields(
            self, terms=with_fields(self.terms, readings=with_choices(self.terms.readings, {point: reading}))
        )

    def play(self, until: Day) -> Member:
        """The member at the end of `until`."""
        try:
            return (self.past.play if self.past else play)(self.scenario.facts, self.terms, until)
        except FaultInFacts as fault:
            raise NotReplayable(self.located(fault).errors) from None

    def outcome(self, until: Day) -> "Outcome":
        """The outcome up to and including `until`."""
        return self.outcome_for(self.play(until), until)

    def outcome_for(self, member: Member, until: Day) -> "Outcome":
        """The outcome from the member at the end of `until`."""
        from subsim.answers.outcome_of_member import outcome_of  # a question about cancelling needs none of it

        try:
            outcome = outcome_of(member, until, self.scenario.sentence, self.profile)
        except FaultInFacts as fault:
            raise self.located(fault) from None
        return with_fields(outcome, law_choices=self.law_choices)

    def answer(self, subscription: str, date: Day, *, with_law: bool = True) -> Answer:
        """Whether this subscription can be cancelled as of the end of `date`, and the other readings that change it.

        It has the law's answer too, unless that is left out.
        """
        noting, asked = self.noting()
        cancellation_of(noting.play(date), subscription, date)
        member = self.play(date)
        answer = answer_of(member, subscription, date)
        numbers = self.terms_of(member, subscription, date).numbers
        return with_fields(
            answer,
            contested=tuple(_contested(self, answer, numbers, asked)),
            law=self.law(member, answer) if with_law else None,
        )

    def noting(self) -> tuple["Case", set[str]]:
        """The case with readings that note the contested points its replays ask for, and the set of those noted.

        Another reading of a point that is not asked for changes nothing.
        """
        readings = noted(self.terms.readings)
        return with_fields(self, terms=with_fields(self.terms, readings=readings), past=None), readings.asked

    def terms_of(self, member: Member, subscription: str, date: Day) -> Terms:
        """The terms that bind a subscription on a day; those before the first change where it was never accepted."""
        known = member.by_id.get(subscription)
        return self.terms if known is None else known.terms_on(date)

    def law(self, member: Member, answer: Cancellation, common: CommonLaw | None = None) -> LawAnswer:
        """What the law says beside the contract's answer, of the member as of its day."""
        happened = what_happened(member, self.scenario.facts.timeline)
        return law_answer(member, happened, answer, self.law_choices, common)

    def located(self, fault: FaultInFacts) -> InputErrors:
        """The fault of a replay, located in the file."""
        return self.scenario.fault(fault.index, fault.text, fault.advice)


def case_of(scenario: Scenario, choice: TermsChoice = OWN_TERMS, variant: Variant | None = None) -> Case:
    """A scenario, or one of its variants, under its own terms and the choices on top of them.

    InputErrors where facts are in doubt: a case is of one world.
    """
    if scenario.doubts:
        from subsim.files.one_world import one_world  # few files are in doubt

        scenario = one_world(scenario, variant)
    of_file = TermsChoice(
        profile=(variant and variant.profile) or scenario.profile,
        readings=scenario.readings | (variant.readings if variant else {}),
        numbers=scenario.numbers,
    )
    chosen = choice.over(of_file)
    if scenario.terms is not None:
        chosen = chosen.over(scenario.terms.choice)
    return Case(
        scenario=scenario,
        variant=variant,
        profile=chosen.profile_name,
        terms=chosen.terms(scenario.reference_rates),
        policy_readings=chosen.policy_readings,
        policy_numbers=chosen.policy_numbers,
        law_choices=chosen.law_readings,
    )


def _contested(case: Case, answer: Answer, numbers: Numbers, asked: Container[str]) -> list[Contested]:
    """The single other readings that change the answer, and those under which the timeline cannot be replayed.

    `numbers` are those in force, by which each says what it means; only the points that are `asked` are tried.
    """
    changed = []
    for point, reading in single_alternatives(case.terms.readings):
        if point not in asked:
            continue
        says = reading_words(point, reading, numbers)
        try:
            member = case.under(point, reading).play(answer.date)
        except InputErrors as errors:
            changed.append(Contested(point=point, reading=reading, says=says, fault=errors.errors[0].text))
            continue
        other = cancellation_of(member, answer.subscription, answer.date)
        if other.gist != answer.gist:
            changed.append(Contested.of(point, reading, says, other.gist))
    return changed
