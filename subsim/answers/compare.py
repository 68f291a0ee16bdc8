"""One timeline under every profile and every single other reading: what differs, by how much, and what is settled."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from attrs import evolve, frozen

from subsim.answers.can_cancel import cancellation_of
from subsim.answers.displayable import Displayable
from subsim.answers.law import LawByReading
from subsim.answers.outcome import REFUSED_EVENT, Decision, Outcome, Totals
from subsim.answers.outcome_of_member import decisions_of, interest_of, totals_of
from subsim.answers.question import Case, case_of
from subsim.answers.statutory_ways.answer import law_by_readings
from subsim.basics.dates import Day, days_between
from subsim.basics.enumerations import EndReason
from subsim.basics.faults import InputErrors
from subsim.basics.json_object import JsonObject, Key, money
from subsim.files.scenario import Scenario
from subsim.membership.agreement import what_happened
from subsim.membership.facts import FaultInFacts
from subsim.membership.member import Member
from subsim.terms.choice import OWN_TERMS, TermsChoice
from subsim.terms.readings import PROFILES, ProfileName, single_alternatives


@frozen
class End(JsonObject):
    """When and why a subscription ends or has ended; no day where none is known on the last day."""

    subscription: str
    registered_on: Day
    ends_on: Day | None
    reason: EndReason | None

    KEYS = (
        Key("subscription", "the subscription"),
        Key("ends_on", "the first day without service; null where no end is known"),
        Key("reason", "why it ends"),
    )


@frozen(kw_only=True)
class Result(JsonObject):
    """What is compared of an outcome: the ends in order of sign-up, the totals, and what is refused."""

    ends: tuple[End, ...]
    totals: Totals
    refused: tuple[Decision, ...]

    KEYS = (
        Key("ends", "the ends in order of sign-up"),
        money("charged", "the sum of all lines", of="totals.charged"),
        money("refunded", "the sum of what went back", of="totals.refunded"),
        money("interest", "the interest, which stands apart", of="totals.interest"),
        Key("refused", "the events that the terms refuse", by=REFUSED_EVENT),
    )


@frozen(kw_only=True)
class Other(JsonObject):
    """Another way to read the terms, a profile or one reading of one point: its result, or why there is none."""

    profile: ProfileName | None = None
    point: str | None = None
    reading: str | None = None
    result: Result | None = None
    errors: InputErrors | None = None

    @property
    def error(self) -> str | None:
        """Why the timeline cannot be replayed so, in English; None where it can."""
        return None if self.errors is None else self.errors.errors[0].message

    @property
    def replayable(self) -> bool | None:
        """False where the timeline cannot be replayed so; None where it can."""
        return None if self.errors is None else False

    KEYS = (
        Key("profile", "the profile; left out of a single reading", optional=True),
        Key("point", "the contested point; left out of a profile", optional=True),
        Key("reading", "its other reading; left out of a profile", optional=True),
        Key("outcome", "what comes out; null where the timeline cannot be replayed so", of="result"),
        Key("error", "why it cannot be replayed; else null"),
        Key("replayable", "false where it cannot; else left out", optional=True),
    )


T = TypeVar("T", Day, int)


@frozen
class Spread(Generic[T]):
    """The lowest and the highest value over all readings, in days or in øre."""

    least: T
    most: T


@frozen(kw_only=True)
class EndSpread(JsonObject):
    """Whether no reading changes the end of a subscription, and from which day to which it lies."""

    subscription: str
    settled: bool
    least: Day | None
    most: Day | None

    @property
    def spread(self) -> int | None:
        """The days between."""
        return None if self.least is None or self.most is None else days_between(self.least, self.most)

    KEYS = (
        Key("subscription", "the subscription"),
        Key("settled", "whether no reading changes its end"),
        Key("least", "the first of the ends; null where it never ends"),
        Key("most", "the last of them"),
        Key("spread", "the days between"),
    )


@frozen(kw_only=True)
class AmountSpread(JsonObject):
    """Whether no reading changes a sum, and between which amounts it lies; `least` and `most` are in øre."""

    settled: bool
    least: int
    most: int

    @property
    def spread(self) -> int:
        """The amount between, in øre."""
        return self.most - self.least

    KEYS = (
        Key("settled", "whether no reading changes it"),
        money("least", "the least of the sums"),
        money("most", "the most of them"),
        money("spread", "the amount between"),
    )


@frozen(kw_only=True)
class Certainty(JsonObject):
    """Whether no reading changes an answer."""

    settled: bool

    KEYS = (Key("settled", "whether no reading changes it"),)


@frozen(kw_only=True, repr=False)
class Comparison(Displayable, JsonObject):
    """An outcome, and what each profile and each single other reading makes of the same timeline until the same day.

    `others` holds only the readings under which something differs, and those under which it cannot be replayed.
    """

    outcome: Outcome
    result: Result
    profiles: tuple[Other, ...]
    others: tuple[Other, ...]
    law: tuple[LawByReading, ...] = ()
    """What other readings of the law points make of the law's answer on the last day."""

    @property
    def results(self) -> list[Result]:
        """All that came out, the scenario's own first."""
        others = (other.result for other in (*self.profiles, *self.others))
        return [self.result, *(result for result in others if result is not None)]

    @property
    def cannot(self) -> list[Other]:
        """The ways to read the terms under which the timeline cannot be replayed."""
        return [other for other in (*self.profiles, *self.others) if other.errors is not None]

    def is_same(self, answer: Callable[[Result], object]) -> bool:
        """Whether no profile and no reading under which the timeline can be replayed changes this answer."""
        return all(answer(result) == answer(self.result) for result in self.results)

    def is_settled(self, answer: Callable[[Result], object]) -> bool:
        """Whether no profile and no reading changes this answer; False where one of them cannot be replayed."""
        return not self.cannot and self.is_same(answer)

    def ends_of(self, place: int) -> list[End]:
        """Every end of a subscription, by its place among the member's."""
        return [end for result in self.results for end in result.ends[place : place + 1]]

    def end_of(self, place: int) -> Spread[Day] | None:
        """The first and the last day on which a subscription ends; None where it never does."""
        days = [end.ends_on for end in self.ends_of(place) if end.ends_on is not None]
        return Spread(min(days), max(days)) if days else None

    def amounts(self, answer: Callable[[Result], int]) -> Spread[int]:
        """The least and the most of a sum."""
        amounts = [answer(result) for result in self.results]
        return Spread(min(amounts), max(amounts))

    def __repr__(self) -> str:
        """What is compared and how many single readings differ, in one line."""
        return f"<Comparison until {self.outcome.until}: {len(self.others)} other readings differ>"

    @property
    def end_spreads(self) -> tuple[EndSpread, ...]:
        """The spread of the end of each subscription, in order of sign-up."""
        return tuple(map(self._end_spread, range(len(self.result.ends))))

    def _end_spread(self, place: int) -> EndSpread:
        spread = self.end_of(place)
        return EndSpread(
            subscription=self.result.ends[place].subscription,
            settled=self.is_settled(lambda result: result.ends[place : place + 1]),
            least=None if spread is None else spread.least,
            most=None if spread is None else spread.most,
        )

    @property
    def charged(self) -> AmountSpread:
        """The spread of what is charged."""
        return self._amount_spread(charged)

    @property
    def refunded(self) -> AmountSpread:
        """The spread of what is paid back."""
        return self._amount_spread(refunded)

    @property
    def interest(self) -> AmountSpread:
        """The spread of the interest."""
        return self._amount_spread(interest)

    def _amount_spread(self, answer: Callable[[Result], int]) -> AmountSpread:
        spread = self.amounts(answer)
        return AmountSpread(settled=self.is_settled(answer), least=spread.least, most=spread.most)

    @property
    def refused(self) -> Certainty:
        """Whether what is refused is settled."""
        return Certainty(settled=self.is_settled(refused))

    KEYS = (
        Key("scenario", "the scenario's sentence", of="outcome.scenario"),
        Key("until", "the last day replayed", of="outcome.until"),
        Key("profile", "the profile of readings as asked", of="outcome.profile"),
        Key("outcome", "what comes out as asked", of="result"),
        Key("ends", "how far the end of each subscription is settled", of="end_spreads"),
        Key("charged", "how far what is charged is settled"),
        Key("refunded", "how far what goes back is settled"),
        Key("interest", "how far the interest is settled"),
        Key("refused", "whether what is refused is settled"),
        Key("profiles", "what each profile makes of the timeline"),
        Key("readings", "the single other readings that change something or cannot be replayed", of="others"),
        Key("law", "the readings of law points that change a row of the law"),
    )


# What is asked of a result


def charged(result: Result) -> int:
    """The sum of all lines."""
    return result.totals.charged


def refunded(result: Result) -> int:
    """The sum of all refunds."""
    return result.totals.refunded


def interest(result: Result) -> int:
    """The sum of the interest."""
    return result.totals.interest


def refused(result: Result) -> list[tuple[Day, str, str | None]]:
    """The refused events; their clauses and reasons may differ."""
    return [(each.date, each.event, each.subscription) for each in result.refused]


def differs(one: Result, other: Result) -> bool:
    """Whether any of these differs, or an end or its reason."""
    answers = charged, refunded, interest, refused
    return one.ends != other.ends or any(answer(one) != answer(other) for answer in answers)


# From the terms to the results


def compare(
    scenario: Scenario,
    until: Day | None = None,
    choice: TermsChoice = OWN_TERMS,
) -> Comparison:
    """The outcome, as of `replay`, beside that of every profile and every single other reading on top of it.

    InputErrors where the timeline cannot be replayed as asked. Readings under which it cannot are among the others.
    """
    until = until or scenario.until_of()
    case = case_of(scenario, choice)
    member = case.play(until)
    outcome = case.outcome_for(member, until)
    result = _result_of_outcome(outcome)
    known = {case.terms.readings: Other(result=result)}

    def under(other: Case) -> Other:
        """The result under other readings; replays are done once."""
        if other.terms.readings not in known:
            known[other.terms.readings] = _other(other, until)
        return known[other.terms.readings]

    profiles = [evolve(under(case_of(scenario, evolve(choice, profile=name))), profile=name) for name in PROFILES]
    others = [
        evolve(under(case.under(point, reading)), point=point, reading=reading)
        for point, reading in single_alternatives(case.terms.readings)
    ]
    return Comparison(
        outcome=outcome,
        result=result,
        profiles=tuple(profiles),
        others=tuple(other for other in others if other.result is None or differs(other.result, result)),
        law=tuple(_law(case, member, until)),
    )


def _law(case: Case, member: Member, until: Day) -> Iterator[LawByReading]:
    """The readings of law points that change the law's answer for a live subscription on the last day."""
    happened = what_happened(member, case.scenario.facts.timeline)
    for subscription in member.subscriptions:
        if subscription.is_live:
            answer = cancellation_of(member, subscription.id, until)
            yield from law_by_readings(member, happened, answer, case.law_choices)


def _other(case: Case, until: Day) -> Other:
    try:
        member = case.play(until)
        return Other(result=result_of(member, until))
    except InputErrors as errors:
        return Other(errors=errors)
    except FaultInFacts as fault:
        return Other(errors=case.located(fault))


def _result_of_outcome(outcome: Outcome) -> Result:
    return Result(
        ends=tuple(
            End(each.id, each.registered_on, each.ended_on or each.ends_on, each.end_reason)
            for each in outcome.subscriptions
        ),
        totals=outcome.totals,
        refused=outcome.refused,
    )


def result_of(member: Member, until: Day) -> Result:
    """What is compared of a member's replay up to and including `until`.

    FaultInFacts where a reference rate is not known.
    """
    return Result(
        ends=tuple(
            End(each.id, each.registered_on, each.ended_on or each.ends_on, each.end_reason)
            for each in member.subscriptions
        ),
        totals=totals_of(member, sum(interest_of(member, until))),
        refused=decisions_of(member, "refused"),
    )
