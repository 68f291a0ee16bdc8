"""The public strategies: what they draw is valid, stays within what a system can do, and shrinks to something plain."""

import re

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import subsim
from subsim.basics.dates import Day
from subsim.files.scenario import Scenario
from subsim.membership.events import ChangePackage, GiveNotice, SignUp
from subsim.membership.facts import Facts
from subsim.terms.terms import Terms
from subsim.testing import days_of, next_events, readings, scenarios, terms, timelines, with_events

SMALL = settings(max_examples=15)
PLAIN = """\
scenario: A member
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
"""


@SMALL
@given(scenarios())
def test_a_drawn_scenario_can_be_replayed_and_written_as_a_file(scenario: Scenario) -> None:
    again = subsim.loads(scenario.text)
    assert subsim.replay(again).to_dict() == subsim.replay(scenario).to_dict()


@SMALL
@given(
    timelines(
        events=["give_notice", "change_package"],
        subscriptions=1,
        billing="monthly",
        prices={"mini": "99.00", "maxi": 300},
        first="2021-03-01",
        last="2021-03-31",
        end="2021-12-31",
        length=4,
    )
)
def test_a_timeline_holds_only_what_the_system_can_do(facts: Facts) -> None:
    assert {type(event) for event in facts.timeline} <= {SignUp, GiveNotice, ChangePackage}
    assert facts.prices == {"mini": 99_00, "maxi": 300_00}
    assert Day(2021, 3, 1) <= facts.timeline[0].date <= Day(2021, 3, 31)
    assert facts.timeline[-1].date <= Day(2021, 12, 31)
    assert len(facts.timeline) <= 4
    sign_ups = [event for event in facts.timeline if isinstance(event, SignUp)]
    assert {(event.subscription, event.billing) for event in sign_ups} == {("main", "monthly")}


@SMALL
@given(timelines(events=[], fields={"sign_up": {"trial_days": st.just(14), "payment": st.just("invoice")}}))
def test_a_field_may_be_drawn_from_a_strategy_of_ones_own(facts: Facts) -> None:
    fields = [(event.trial_days, event.payment) for event in facts.timeline if isinstance(event, SignUp)]
    assert set(fields) == {(14, "invoice")}


@SMALL
@given(timelines(subscriptions=3, length=9))
def test_no_more_subscriptions_are_signed_up_than_the_system_knows(facts: Facts) -> None:
    assert {event.subscription for event in facts.timeline if isinstance(event, SignUp)} <= {"main", "second", "third"}


@SMALL
@given(terms(profiles=["member"], points=["final-period"], numbers=False))
def test_terms_may_be_held_to_one_profile_and_some_points(drawn: Terms) -> None:
    assert drawn.readings.ordinary_notice == "earliest"
    assert drawn.readings.final_period in ("full", "prorated")
    assert drawn.numbers == Terms().numbers


@SMALL
@given(readings(points=["acceleration"]))
def test_readings_are_those_that_replay_takes(drawn: dict[str, str]) -> None:
    assert subsim.replay(subsim.loads(PLAIN), readings=drawn).until == Day(2020, 1, 15)
    assert set(drawn) <= {"acceleration"}


@SMALL
@given(st.data())
def test_an_event_that_comes_next_lies_on_or_after_the_last_one(data: st.DataObject) -> None:
    scenario = subsim.loads(PLAIN)
    event = data.draw(next_events(scenario, events=["give_notice"]))
    later = with_events(scenario, event)
    assert event.date >= Day(2020, 1, 15)
    assert later.facts.timeline == (*scenario.facts.timeline, event)
    assert subsim.replay(later).until >= event.date


@SMALL
@given(st.data())
def test_a_day_worth_asking_about_can_be_asked_about(data: st.DataObject) -> None:
    scenario = subsim.loads(PLAIN)
    assert subsim.can_cancel(scenario, data.draw(days_of(scenario)), "main").date


def test_a_scenario_shrinks_to_one_plain_subscription() -> None:
    found = find(scenarios(length=1, asks=0), lambda _: True, settings=settings(database=None, max_examples=1))
    assert found.text == (
        "scenario: A drawn timeline\n"
        "profile: standard\n"
        "prices: {basis: 149.00, family: 299.00, cinema: 99.95, sport: 299.00}\n"
        "until: 2020-01-15\n"
        "timeline:\n"
        "  - {date: 2020-01-15, event: sign_up, subscription: main, package: basis, trial_price_told: true}\n"
    ).replace(", trial_price_told: true", "")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"events": ["give_notic"]}, "no event is called 'give_notic'; did you mean 'give_notice'?"),
        ({"billing": "weekly"}, "no billing is called 'weekly'"),
        ({"billing": []}, "billing is empty"),
        ({"subscriptions": 6}, "subscriptions is 6, expected a whole number from 1 to 5"),
        ({"subscriptions": 0}, "subscriptions is 0, expected a whole number from 1 to 5"),
        ({"length": True}, "length is True, expected a whole number from 1 to 1000"),
        ({"prices": {}}, "prices are empty"),
        ({"prices": {"basis": 1.5}}, "the price of basis is a float"),
        ({"prices": {"basis": "1.234"}}, "an amount has at most two decimals"),
        ({"first": "2021-02-01", "last": "2021-01-31"}, "first, last and end must be in date order"),
        ({"first": "2021-02-30"}, "no such day in the calendar"),
        ({"fields": {"sign_up": {"trail_days": st.just(0)}}}, "did you mean 'trial_days'?"),
    ],
    ids=str,
)
def test_what_is_given_wrongly_is_told(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        scenarios(**wrong)  # type: ignore[arg-type] # that is the point


def test_what_the_strategies_do_not_take_is_an_error() -> None:
    with pytest.raises(TypeError, match="evnts"):
        timelines(evnts=["give_notice"])
