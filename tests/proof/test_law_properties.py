"""What must hold of the law beside the contract on any timeline."""

from typing import Any

from attrs import evolve
from hypothesis import given

from subsim.answers.law import LawAnswer
from subsim.answers.statutory_ways.answer import law_answer
from subsim.answers.statutory_ways.rank import is_better
from subsim.basics.dates import Day
from subsim.membership.agreement import what_happened
from subsim.membership.events import KINDS, Event, SignUp
from subsim.terms.law_points import LAW_POINTS
from tests.support.timelines import Story, stories


def law_of(story: Story, choices: dict[str, str] | None = None) -> LawAnswer:
    member = story.member()
    happened = what_happened(member, story.facts.timeline)
    return law_answer(member, happened, story.answer(), story.law_choices if choices is None else choices)


def with_sign_ups(story: Story, **facts: Any) -> Story:
    """The story with other facts in each of its sign-ups."""

    def changed(event: Event) -> Event:
        return evolve(event, **facts) if isinstance(event, SignUp) else event

    return evolve(story, facts=evolve(story.facts, timeline=tuple(map(changed, story.facts.timeline))))


def answers_in(law: LawAnswer) -> set[tuple[object, ...]]:
    """What either column says, by route."""
    return {(way.route, floor.gist) for way in law.ways for floor in (way.sure, way.arguable)}


@given(stories())
def test_the_law_never_gives_less_than_the_contract_by_the_same_route(story: Story) -> None:
    contract = {way.route: way for way in story.answer().routes}
    for way in law_of(story).ways:
        if way.route in ("withdrawal", "ordinary"):
            of_contract = contract[way.route]
            assert way.sure.open or not of_contract.open
            if of_contract.ends_on is not None and way.sure.ends_on is not None:
                assert way.sure.ends_on <= of_contract.ends_on
            if way.sure.ends_on == of_contract.ends_on:
                assert (way.sure.refund or 0) >= (of_contract.refund or 0)
                assert (way.sure.still_to_pay or 0) <= (of_contract.still_to_pay or 0)


@given(stories())
def test_what_is_arguable_is_never_less_than_what_is_sure(story: Story) -> None:
    for way in law_of(story).ways:
        assert not is_better(way.route, way.sure, way.arguable)


@given(stories())
def test_the_law_covers_private_members_agreements_of_the_act_of_2013_alone(story: Story) -> None:
    law, subscription = law_of(story), story.member().by_id.get(story.subscription)
    if law.covered:
        assert subscription is not None
        assert subscription.registered_on >= Day(2014, 6, 13)
        assert story.facts.person.use == "private"
    else:
        assert (law.ways, law.notes) == ((), ())


@given(stories())
def test_knowing_the_kind_never_widens_the_answers(story: Story) -> None:
    unknown = answers_in(law_of(with_sign_ups(story, kind=None)))
    for kind in KINDS:
        assert answers_in(law_of(with_sign_ups(story, kind=kind))) <= unknown


@given(stories())
def test_knowing_whether_the_start_was_asked_for_never_widens_the_answers(story: Story) -> None:
    open_points = {name: reading for name, reading in story.law_choices.items() if name != "law-25-pay"}
    asked = [each for each in story.facts.timeline if getattr(each, "express_request", None) is not None]
    if any(not isinstance(event, SignUp) for event in asked):
        return  # known from the activation
    unknown = answers_in(law_of(with_sign_ups(story, express_request=None), open_points))
    for known in (True, False):
        assert answers_in(law_of(with_sign_ups(story, express_request=known), open_points)) <= unknown


@given(stories())
def test_with_every_point_set_both_columns_say_the_same(story: Story) -> None:
    choices = {name: next(iter(point.readings)) for name, point in LAW_POINTS.items()}
    for way in law_of(story, choices).ways:
        assert way.points == ()
        if way.route != "cold_call":
            assert way.sure.gist == way.arguable.gist


@given(stories())
def test_the_facts_of_the_law_never_change_the_contract(story: Story) -> None:
    plain = with_sign_ups(
        story,
        kind=None,
        withdrawal_info=None,
        express_request=None,
        content_consent=False,
        trial_price_told=True,
        solicited=True,
    )
    assert plain.outcome().to_dict() == story.outcome().to_dict()
    assert plain.answer().to_dict() == story.answer().to_dict()


@given(stories())
def test_a_point_is_named_where_a_reading_of_it_changes_the_row(story: Story) -> None:
    law = law_of(story)
    for point in LAW_POINTS.values():
        if point.name not in story.law_choices:
            others = [law_of(story, {**story.law_choices, point.name: reading}) for reading in point.readings]
            named = {way.route for way in law.ways if point.name in way.points}
            changed = {
                way.route for other in others for way in law.ways if way.gist not in {each.gist for each in other.ways}
            }
            assert named == changed
