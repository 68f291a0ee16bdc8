from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import subsim
from subsim.answers.outcome_of_member import outcome_of
from subsim.basics.dates import Day
from subsim.engine.handlers import KEEPS_DEADLINES
from subsim.engine.timeline import CommonPast, Timeline, play
from subsim.membership.data_events import Activity
from subsim.membership.events import EVENTS, Event, PackageName, SignUp, Suspend
from subsim.membership.facts import Facts, FaultInFacts
from subsim.membership.member import Member
from subsim.terms.clauses import CLAUSES
from subsim.terms.terms import Terms
from tests.support import timelines
from tests.support.story import ANNA, INVOICED, MONTHLY, SHOP, Story, story

# The order of one day


def test_an_end_comes_before_a_new_period() -> None:
    told = story(SHOP, "2020-03-01 give_notice", until="2020-07-15")
    assert (told.main.state, told.lines[-1]) == ("ended", "2020-04-15 period 447.00")


def test_a_price_that_changes_today_is_charged_today() -> None:
    told = story(
        ANNA, "2020-02-01 announce_price_change prices: {basis: 139.00}, effective: 2020-04-15", until="2020-04-15"
    )
    assert told.lines[-1] == "2020-04-15 period 417.00"


def test_a_pending_downgrade_takes_effect_before_the_period_is_charged() -> None:
    told = story(ANNA, "2020-02-01 change_package to: mini", until="2020-04-15")
    assert told.lines[-1] == "2020-04-15 period 297.00"


def test_the_trial_ends_before_its_first_period_begins() -> None:
    told = story(f"{ANNA}, trial_days: 30", until="2020-02-14")
    assert (told.main.state, told.lines) == ("bound", ["2020-02-14 period 447.00"])


def test_the_binding_ends_before_the_events_of_the_day() -> None:
    told = story(SHOP, "2020-07-15 give_notice", under="notice-in-binding: refused")
    assert told.refused == []


def test_the_start_of_the_day_comes_before_its_events() -> None:
    told = story(ANNA, "2020-04-15 change_package to: family")
    assert told.lines[-2:] == ["2020-04-15 period 447.00", "2020-04-15 upgrade 450.00"]


def test_an_event_acts_after_that_days_charge() -> None:
    told = story(ANNA, "2020-04-15 payment_method_fails")
    assert told.paid_on == ["2020-01-15", "2020-04-15"]


def test_the_events_of_a_day_run_in_the_order_of_the_file() -> None:
    fails, buys = "2020-02-01 payment_method_fails", "2020-02-01 buy item: film, amount: 49.00"
    assert [story(ANNA, fails, buys).refused, story(ANNA, buys, fails).refused] == [["2020-02-01 buy betaling.2"], []]


def test_subscriptions_begin_the_day_in_the_order_of_their_sign_up() -> None:
    told = story(
        "2020-01-15 sign_up package: mini, subscription: zeta",
        "2020-01-15 sign_up package: basis, subscription: alpha",
        until="2020-04-15",
    )
    assert [line.subscription for line in told.invoices] == ["zeta", "alpha", "zeta", "alpha"]


def test_each_subscription_goes_through_all_steps_before_the_next() -> None:
    told = story(
        "2020-01-15 sign_up package: family, subscription: one",
        "2020-01-15 sign_up package: family, subscription: two",
        "2020-02-01 change_package to: mini, subscription: one",
        "2020-02-01 change_package to: mini, subscription: two",
        until="2020-04-15",
    )
    assert [(each.event, each.subscription) for each in told.outcome.decisions[-4:]] == [
        ("downgrade_takes_effect", "one"),
        ("period_begins", "one"),
        ("downgrade_takes_effect", "two"),
        ("period_begins", "two"),
    ]


# How far it goes


def test_the_last_day_is_part_of_the_replay_with_its_start_and_its_events() -> None:
    told = story(ANNA, "2020-04-15 suspend", until="2020-04-15")
    assert (told.lines[-1], told.main.suspended) == ("2020-04-15 period 447.00", True)


def test_later_events_are_not_replayed() -> None:
    told = story(ANNA, "2020-04-15 suspend", until="2020-04-14")
    assert (told.lines, told.main.suspended) == (["2020-01-15 period 447.00"], False)


def test_before_the_first_event_there_is_nothing() -> None:
    outcome = story(ANNA, until="2020-01-14").outcome
    assert (outcome.subscriptions, outcome.invoices, outcome.decisions) == ((), (), ())


def test_the_same_facts_give_the_same_outcome() -> None:
    told = [story(ANNA, "2020-02-01 change_package to: family", until="2021-01-15").outcome for _ in range(2)]
    assert told[0].to_dict() == told[1].to_dict()


def test_exports_are_functions_however_often_they_are_asked_for() -> None:
    told = story(ANNA, until="2020-04-15")
    outcomes = [subsim.replay(told.scenario).to_dict(), subsim.replay(told.scenario).to_dict()]
    assert outcomes == [told.outcome.to_dict()] * 2


# Faults in the facts


def sign_up(day: Day) -> SignUp:
    return SignUp(date=day, package=PackageName("basis"))


def test_a_live_subscription_signed_up_again_is_a_fault_and_names_its_place() -> None:
    events: tuple[Event, ...] = (
        sign_up(Day(2020, 1, 15)),
        Suspend(date=Day(2020, 2, 1)),
        sign_up(Day(2020, 3, 1)),
    )
    with pytest.raises(FaultInFacts, match="signed up again while it is live") as fault:
        play(Facts(prices=story(ANNA).scenario.facts.prices, timeline=events), Terms(), Day(2020, 12, 31))
    assert fault.value.index == 2


def test_a_fault_after_the_last_day_is_not_met() -> None:
    facts = Facts(
        prices=story(ANNA).scenario.facts.prices, timeline=(sign_up(Day(2020, 1, 15)), sign_up(Day(2020, 3, 1)))
    )
    assert len(play(facts, Terms(), Day(2020, 2, 29)).subscriptions) == 1


# Refusals


@pytest.mark.parametrize(
    ("events", "refused"),
    [
        ([SHOP], "2020-02-01 withdraw"),
        ([SHOP], "2020-02-01 give_notice ground: trial"),
        ([SHOP], "2020-02-01 withdraw_notice agreed: true"),
        ([SHOP], "2020-02-01 confirmation_received"),
        ([SHOP], "2020-02-01 transfer"),
        ([SHOP], "2020-02-01 payment_returned amount: 447.01"),
        ([SHOP], "2020-02-01 credit_adjusted amount: -0.01"),
        ([SHOP], "2020-02-01 credit_paid_out amount: 0.01"),
        ([SHOP], "2020-02-01 terminate reason: overdue"),
        ([SHOP], "2020-02-01 return_equipment item: box"),
        ([SHOP], "2020-02-01 invoice_equipment item: box"),
        ([SHOP], "2020-02-01 sign_up package: mini, subscription: tv, service: tv, payment: invoice"),
        ([SHOP, "2020-01-20 payment_method_fails"], "2020-02-01 buy item: film, amount: 49.00"),
        ([SHOP, "2020-01-20 give_notice"], "2020-02-01 give_notice"),
        ([SHOP, "2020-01-20 terminate reason: none"], "2020-02-01 terminate reason: none"),
    ],
)
def test_a_refused_event_changes_nothing_and_says_why(events: list[str], refused: str) -> None:
    without, told = story(*events, until="2020-12-31").outcome, story(*events, refused, until="2020-12-31").outcome
    assert [bool(each.reason) for each in told.refused] == [True]
    unchanged = ("subscriptions", "invoices", "payments", "refunds", "duties", "totals")
    assert [told.to_dict()[key] for key in unchanged] == [without.to_dict()[key] for key in unchanged]


REQUIRED = {
    "change_package": "to: mini",
    "buy": "item: film, amount: 49.00",
    "lend_equipment": "item: box, value: 800.00",
    "return_equipment": "item: box",
    "invoice_equipment": "item: box",
    "terminate": "reason: misuse",
}

WITHOUT_A_SUBSCRIPTION = [
    ("confirmation_received", "fortrydelse.1"),
    ("log_in", "adgang.1"),
    ("activate", "adgang.1"),
    ("withdraw", "fortrydelse.1"),
    ("give_notice", "opsigelse.1a"),
    ("withdraw_notice", "opsigelse.1a"),
    ("change_package", "priser.3"),
    ("buy", "betaling.2"),
    ("lend_equipment", "udstyr.1"),
    ("return_equipment", "udstyr.1"),
    ("invoice_equipment", "udstyr.1"),
    ("suspend", "annullering.1"),
    ("restore", "annullering.1"),
    ("terminate", "annullering.1"),
]


@pytest.mark.parametrize(("event", "clause"), WITHOUT_A_SUBSCRIPTION)
@pytest.mark.parametrize("events", [[f"{ANNA}, service: tv"], [ANNA, "2020-01-20 withdraw"]], ids=["refused", "ended"])
def test_on_a_subscription_refused_or_ended_an_event_is_refused_under_its_clause(
    event: str, clause: str, events: list[str]
) -> None:
    told = story(*events, f"2020-02-01 {event} {REQUIRED.get(event, '')}")
    assert told.refused[-1] == f"2020-02-01 {event} {clause}"


NEVER_REFUSED = [
    "pay amount: 100.00",
    "charge item: cable, amount: 100.00",
    "complain",
    "move resident: SE",
    "payment_method_fails",
    "payment_method_renewed",
    "announce_price_change prices: {basis: 169.00}, effective: 2020-04-01",
    "announce_service_change packages: [basis], effective: 2020-04-01",
    "announce_terms_change effective: 2020-04-01",
]


@pytest.mark.parametrize("event", NEVER_REFUSED)
@pytest.mark.parametrize(
    "events", [[ANNA], [f"{ANNA}, service: tv"], [ANNA, "2020-01-20 withdraw"]], ids=["live", "refused", "ended"]
)
def test_these_events_are_never_refused(event: str, events: list[str]) -> None:
    told = story(*events, f"2020-02-01 {event}", until="2020-02-01")
    assert [each.event for each in told.outcome.refused if each.event != "sign_up"] == []


OF_THE_MEMBER = ["transfer", "payment_returned", "credit_adjusted", "credit_paid_out", "reminder"]
"""The events of the member as a whole that may be refused, besides a sign-up."""


def test_the_three_lists_and_the_sign_up_are_all_events() -> None:
    never = [event.split(" ")[0] for event in NEVER_REFUSED]
    without = [event for event, _ in WITHOUT_A_SUBSCRIPTION]
    assert sorted([*never, *without, *OF_THE_MEMBER, "sign_up"]) == sorted(EVENTS)


def test_a_refused_sign_up_can_be_followed_by_an_accepted_one_of_the_same_id() -> None:
    told = story(f"{ANNA}, service: tv", "2020-02-01 sign_up package: basis")
    assert told.states == ["2020-02-01 bound"]


def test_a_transfer_names_no_subscription_unless_told() -> None:
    refused = story(ANNA, "2020-02-01 transfer").outcome.refused
    assert [each.subscription for each in refused] == [None]


# Decisions


@cache
def lives() -> list[Story]:
    return [
        story(
            f"{ANNA}, trial_days: 30, card_expires: 2020-05",
            "2020-01-20 lend_equipment item: box, value: 800.00",
            "2020-02-20 change_package to: family",
            "2020-03-01 announce_price_change prices: {family: 289.00}, effective: 2020-04-01",
            "2020-03-01 announce_service_change packages: [family], effective: 2020-04-01, disadvantage: material",
            "2020-03-01 announce_terms_change effective: 2020-04-01",
            "2020-04-10 change_package to: mini",
            "2020-05-20 buy item: film, amount: 49.00",
            "2020-06-01 payment_method_renewed card_expires: 2024-05",
            "2020-06-02 complain",
            "2020-06-03 transfer",
            "2020-08-01 give_notice",
            "2020-12-01 invoice_equipment item: box",
            "2020-12-02 give_notice",
        ),
        story(
            f"{INVOICED}, confirmation: pending",
            "2020-01-16 confirmation_received",
            "2020-01-17 log_in",
            "2020-01-18 activate",
            "2020-01-19 withdraw",
            "2020-02-01 pay amount: 100.00",
            "2020-02-02 suspend",
            "2020-02-03 restore",
            "2020-02-04 move resident: SE",
            "2020-02-05 sign_up package: mini, subscription: two",
            "2020-02-06 terminate reason: overdue, subscription: main",
        ),
        story(MONTHLY, "2020-01-20 withdraw", "2020-02-01 sign_up package: mini", "2020-02-02 terminate reason: none"),
    ]


def test_every_decision_cites_a_clause_of_the_catalogue() -> None:
    cited = {each.clause for told in lives() for each in told.outcome.decisions}
    assert sorted(cited - set(CLAUSES)) == []


def test_every_line_duty_and_refund_cites_a_clause_of_the_catalogue() -> None:
    outcomes = [told.outcome for told in lives()]
    lines = {line.clause for one in outcomes for line in one.invoices}
    duties = {duty.clause for one in outcomes for duty in one.duties}
    refunds = {refund.clause for one in outcomes for refund in one.refunds}
    assert sorted((lines | duties | refunds) - set(CLAUSES)) == []


def test_every_decision_says_why() -> None:
    assert [each for told in lives() for each in told.outcome.decisions if not each.reason.strip()] == []


def test_decisions_hold_every_event_and_every_deadline_that_changed_something_in_order() -> None:
    told = story(SHOP, "2020-02-01 suspend", "2020-03-01 give_notice", "2020-03-02 transfer", until="2020-07-15")
    assert [f"{each.date} {each.event} {each.verdict}" for each in told.outcome.decisions] == [
        "2020-01-15 period_begins took_effect",
        "2020-01-15 sign_up accepted",
        "2020-02-01 suspend accepted",
        "2020-03-01 give_notice accepted",
        "2020-03-02 transfer refused",
        "2020-04-15 period_begins took_effect",
        "2020-07-15 end_takes_effect took_effect",
    ]


def test_a_period_that_waited_for_an_event_stands_before_it() -> None:
    told = story(MONTHLY, "2020-03-01 log_in", until="2020-03-15")
    assert [f"{each.date} {each.event}" for each in told.outcome.decisions] == [
        "2020-01-15 period_begins",
        "2020-01-15 sign_up",
        "2020-02-15 period_begins",
        "2020-03-01 log_in",
        "2020-03-15 period_begins",
    ]


def test_the_first_period_stands_after_the_events_before_the_sign_up() -> None:
    told = story("2020-01-15 move resident: DK", MONTHLY, until="2020-01-15")
    assert [each.event for each in told.outcome.decisions] == ["move", "period_begins", "sign_up"]


def test_the_reminder_of_a_card_stands_among_the_receipts_by_its_day() -> None:
    told = story(f"{MONTHLY}, card_expires: 2020-03", "2020-05-01 log_in", until="2020-05-15")
    assert [f"{each.date} {each.duty}" for each in told.outcome.duties] == [
        "2020-01-15 receipt",
        "2020-02-15 receipt",
        "2020-03-15 receipt",
        "2020-03-31 card_reminder",
    ]


@settings(max_examples=20)
@given(timelines.stories())
def test_a_replay_that_stops_after_each_event_comes_to_the_same(drawn: timelines.Story) -> None:
    until, stepwise = drawn.until, Timeline(drawn.facts, drawn.terms)
    try:
        whole = told(play(drawn.facts, drawn.terms, until), until)
    except FaultInFacts:
        assume(False)
    for event in drawn.facts.timeline:
        if event.date <= until:
            stepwise.take_event()
    assert told(stepwise.end_day(until), until) == whole


# A common past


def told(member: Member, until: Day) -> dict[str, Any]:
    return outcome_of(member, until, "a story", "standard").to_dict()


@given(timelines.stories(), st.data())
def test_what_goes_on_from_a_common_past_is_as_if_replayed_from_the_start(
    drawn: timelines.Story, data: st.DataObject
) -> None:
    events, until = drawn.facts.timeline, drawn.until
    cut = data.draw(st.integers(0, len(events)))
    shorter = evolve(drawn.facts, timeline=events[: data.draw(st.integers(cut, len(events)))])
    past = CommonPast(evolve(drawn.facts, timeline=events[:cut]))
    try:
        alone = [told(play(facts, drawn.terms, until), until) for facts in (drawn.facts, shorter, drawn.facts)]
    except FaultInFacts:
        assume(False)
    assert [told(past.play(facts, drawn.terms, until), until) for facts in (drawn.facts, shorter, drawn.facts)] == alone


# The deadlines that are kept


@settings(max_examples=20)
@given(timelines.stories())
def test_an_event_that_is_said_to_keep_the_deadlines_moves_none(drawn: timelines.Story) -> None:
    timeline = Timeline(drawn.facts, drawn.terms)
    for event in drawn.facts.timeline:
        before = timeline.begin_day(event.date).next_deadline(event.date)
        after = timeline.take_event().next_deadline(event.date)
        assert event.name not in KEEPS_DEADLINES or after == before


def test_a_period_that_came_back_in_the_common_past_is_paid_after_it() -> None:
    facts = story(MONTHLY, "2020-04-20 payment_returned amount: 149.00", "2020-05-01 pay amount: 149.00").scenario.facts
    past, until = CommonPast(evolve(facts, timeline=facts.timeline[:2])), Day(2020, 5, 10)
    assert told(past.play(facts, Terms(), until), until) == told(play(facts, Terms(), until), until)
    assert [line.open for line in past.play(facts, Terms(), until).ledger.lines] == [0, 0, 0, 0]


def test_what_was_owed_before_the_common_past_ends_is_owed_after_it() -> None:
    facts = story(ANNA, "2020-02-01 complain", "2020-03-01 log_in").scenario.facts
    past, until = CommonPast(evolve(facts, timeline=facts.timeline[:2])), Day(2020, 3, 1)
    duties = past.play(facts, Terms(), until).ledger.duties
    assert (duties, duties[-1].date) == (play(facts, Terms(), until).ledger.duties, Day(2020, 3, 1))


def test_an_event_about_personal_data_is_taken_and_the_next_one_follows() -> None:
    sign_up, log_in = story(ANNA, "2020-01-17 log_in").scenario.facts.timeline
    told = evolve(story(ANNA).scenario.facts, timeline=(sign_up, Activity(date=Day(2020, 1, 16)), log_in))
    timeline = Timeline(told, Terms())
    taken = []
    for _ in told.timeline:
        timeline.take_event()
        taken.append(timeline.taken)
    assert taken == [1, 2, 3]
    assert [each.event for each in timeline.member.decisions] == ["period_begins", "sign_up", "log_in"]


def test_a_downgrade_that_is_due_comes_before_an_announcement_about_its_package() -> None:
    told = story(
        ANNA,
        "2020-02-01 change_package to: mini",
        "2020-05-01 announce_price_change effective: 2020-09-01, prices: {mini: 105.00}",
        until="2020-05-01",
    )
    announced = told.outcome.decisions[-1]
    assert (announced.event, str(announced.because)) == (
        "announce_price_change",
        "announced for 2020-09-01; announced 2020-05-01 + 30 days = 2020-05-31; the rise takes effect on 2020-09-01",
    )


def test_a_day_before_the_common_past_is_over_is_replayed_from_the_beginning() -> None:
    facts = story(ANNA, "2020-03-01 log_in").scenario.facts
    member = CommonPast(facts).play(facts, Terms(), Day(2020, 2, 1))
    assert [each.event for each in member.decisions] == ["period_begins", "sign_up"]


def test_who_began_otherwise_is_replayed_from_the_beginning() -> None:
    other = story(MONTHLY, "2020-02-01 log_in").scenario.facts
    past, until = CommonPast(story(ANNA).scenario.facts), Day(2020, 2, 1)
    assert [line.amount for line in past.play(other, Terms(), until).ledger.lines] == [149_00]
