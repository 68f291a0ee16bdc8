"""The content of a letter to the member, and the parts that its check covers."""

from typing import Any, NamedTuple

from attrs import evolve, frozen

from subsim.answers.can_cancel import Answer, WayOut
from subsim.answers.cheapest_exit import Advice, CheapestExit, cheapest_exit_of
from subsim.answers.letter_check import Check, Order, Part, check_of, facts_as_json
from subsim.answers.question import Case, case_of
from subsim.basics.dates import Day
from subsim.basics.json_object import without_sentences
from subsim.engine import ways
from subsim.engine.changes import CHANGES
from subsim.files.doubts import Doubt
from subsim.files.scenario import Scenario
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.terms.readings import ProfileName, Readings, as_choices
from subsim.terms.terms import TERMS_ID, Numbers, Terms, as_values


@frozen(kw_only=True)
class Letter:
    """What a letter tells a member: the answer of a day with all ways out, and what it rests on.

    `package` is the one in force on that day, `ended_on` the end of a subscription that has ended and `end_reason` why;
    `check` is its check line. `contact` holds the member's e-mail and phone, as far as they are known. `several` says
    whether the member has signed up more than one id, `goes_on` whether another subscription lives on for which amounts
    will fall due. `doubts` are the facts in doubt of the file, with what is assumed of them. `in_window` says
    whether the way out is that of a bound member, within the days after an announcement. `numbers` are those that judge
    the way out; `terms_since` is the day on which the terms last changed (None: never).
    """

    order: Order
    member_id: str | None
    name: str | None
    contact: tuple[str, ...]
    package: str | None
    several: bool
    goes_on: bool
    in_window: bool
    ended_on: Day | None
    end_reason: str | None
    answer: Answer
    exits: CheapestExit
    doubts: tuple[Doubt, ...]
    profile: ProfileName
    readings: Readings
    numbers: Numbers
    terms_since: Day | None
    check: Check

    @property
    def taken(self) -> WayOut | None:
        """The way out of the answer; None where there is none, or an end is in force."""
        if self.answer.notice_stands:
            return None
        return next((way for way in self.answer.routes if way.open and way.route == self.answer.route), None)

    @property
    def others(self) -> list[WayOut]:
        """The other open ways, the soonest first; with an end in force only those that end sooner."""
        present = self.exits.standing
        before = Day.max if present is None else present.ends_on
        ways = [(way.ends_on, way) for way in self.answer.routes if way != self.taken and way.ends_on is not None]
        return [way for end, way in sorted(ways, key=lambda found: found[0]) if end < before]

    @property
    def advice(self) -> Advice | None:
        """The days on which the answer's way out stays the same; with none open, the way that opens first."""
        if self.taken is None:
            return min(self.exits.advice, key=lambda each: (each.first, each.ends_on), default=None)
        today = self.answer.date, self.taken.route
        return next((each for each in self.exits.advice if (each.first, each.route) == today), None)

    @property
    def last_day(self) -> Day | None:
        """The last day of notice for the answer's way out; of an ordinary notice, for its end at its cost.

        None where there is no such day, or where it is not known as yet.
        """
        if self.taken is None or ways.WAYS[self.taken.route].has_last_day:
            return self.taken.give_notice_by if self.taken else None
        if self.advice is None or self.advice.moves_along or self.advice.last == self.exits.until:
            return None
        return self.advice.last


def letter(scenario: Scenario, order: Order) -> Letter:
    """The letter that answers an order as of the end of its date; InputErrors as for `can_cancel`."""
    case, order = case_of(scenario, order.choice), with_assumed(order, scenario)
    answer = case.answer(order.subscription, order.date, with_law=order.with_law)
    found = cheapest_exit_of(case, order.subscription, order.date)
    parts = parts_of(case, order, case.scenario, answer.without_doubt(), found.to_dict())
    return letter_of(case, order, answer, found, check_of(order, parts))


def with_assumed(order: Order, scenario: Scenario) -> Order:
    """The order with the assumptions on the scenario's facts in doubt."""
    assumed = {doubt.id: doubt.assumed for doubt in scenario.doubts if doubt.assumed is not None}
    return evolve(order, assume=assumed) if assumed else order


def letter_of(case: Case, order: Order, answer: Answer, found: CheapestExit, check: Check) -> Letter:
    """The letter of a case, from its answer and its ways out."""
    member = case.play(order.date)
    subscription = member.by_id.get(order.subscription)
    others = [each for each in member.subscriptions if each is not subscription]
    through = None if subscription is None else _through_a_change(member, subscription, answer)
    terms = case.terms_of(member, order.subscription, order.date)
    person = case.scenario.facts.person
    return Letter(
        order=order,
        member_id=person.id,
        name=person.name,
        contact=tuple(each for each in (person.email, person.phone) if each),
        package=None if subscription is None else subscription.package,
        several=len(member.by_id) > 1,
        goes_on=any(each.is_live and each.notice is None for each in others),
        in_window=through is not None and through.in_window,
        ended_on=None if subscription is None else subscription.ended_on,
        end_reason=None if subscription is None else subscription.end_reason,
        answer=answer,
        exits=found,
        doubts=(case.scenario.whole or case.scenario).doubts,
        profile=case.profile,
        readings=terms.readings,
        numbers=terms.numbers if through is None else through.terms.numbers,
        terms_since=None if subscription is None else subscription.terms_since,
        check=check,
    )


class _ChangeExit(NamedTuple):
    """The change that gives the way out: whether to a bound member, and the terms by which it is judged."""

    in_window: bool
    terms: Terms


def _through_a_change(member: Member, subscription: Subscription, answer: Answer) -> _ChangeExit | None:
    """The change by which the answer's end is reached (`opsigelse.2`); None where no change is the way out."""
    route = answer.route
    if route not in CHANGES or not subscription.is_live:
        return None
    for change in ways.pending(subscription, route):
        if ways.way_through(member, subscription, change, answer.date).ends_on == answer.earliest_end:
            assert change.reaches is not None
            assert change.under is not None
            return _ChangeExit(change.reaches < subscription.binding_ends, change.under)
    return None


def parts_of(
    case: Case, order: Order, scenario: Scenario, answer: dict[str, Any], exits: dict[str, Any]
) -> dict[Part, Any]:
    """The parts that the check covers, without events after the date."""
    facts = scenario.facts
    known = tuple(event for event in facts.timeline if event.date <= order.date)
    return {
        "terms": TERMS_ID,
        "readings": as_choices(case.terms.readings),
        "numbers": as_values(case.terms.numbers),
        "timeline": facts_as_json(evolve(facts, timeline=known)),
        "answer": without_sentences({"answer": answer, "exits": exits}),
    }
