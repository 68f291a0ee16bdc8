from pathlib import Path

import pytest
from attrs import fields

from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.texts import Message
from subsim.files.annotations import SubscriptionId
from subsim.files.expectation import Ask
from subsim.files.format import ScenarioFile, Variant
from subsim.files.keys import keys_of
from subsim.files.scenario import Scenario, load, loads
from subsim.membership.events import (
    EVENTS,
    Amount,
    AnnouncePriceChange,
    CardMonth,
    Complain,
    Count,
    Event,
    GiveNotice,
    MemberId,
    Move,
    PackageName,
    Pay,
    SignUp,
)
from subsim.membership.facts import Person
from subsim.terms.terms import TERMS_ID
from tests.support.faulty import SIGN_UP, with_timeline

ANNA = """\
scenario: Leaving after a price rise in the binding period     # a sentence
terms: kabelplus-2019-10-30
profile: standard
readings: {upgrade-charge: prorated}
numbers: {overdue-days: 14, credit-check-over: 4000.50}
prices: {basis: 149.00, family: 299.00}
member: {id: "10042", born: 1980-05-01, resident: DK, use: private}
reference_rates: {2027-01-01: 2.00, 2027-07-01: -0.65}
until: 2020-12-31
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-04-15, event: give_notice}
expect:
  state: ended
ask:
  - {date: 2020-04-20, can_cancel: true, earliest_end: 2020-07-15, route: ordinary}
variants:
  - name: under the 30-day clause
    readings: {ordinary-notice: thirty-days}
    expect: {ended_on: 2020-07-15}
"""


def event(line: str) -> Event:
    return loads(with_timeline(line)).facts.timeline[1]


def ending(rest: str) -> Scenario:
    """A member who signed up on 15 January 2020, with this at the end of the file."""
    return loads(with_timeline(rest=rest))


# The example of the format


def test_the_head_of_the_file_is_read() -> None:
    anna = loads(ANNA, "anna.yaml")
    assert (anna.source, anna.sentence) == ("anna.yaml", "Leaving after a price rise in the binding period")
    assert (anna.profile, anna.readings) == ("standard", {"upgrade-charge": "prorated"})


def test_the_member_is_read() -> None:
    assert loads(ANNA).facts.person == Person(id=MemberId("10042"), born=Day(1980, 5, 1))


def test_prices_are_whole_oere() -> None:
    assert loads(ANNA).facts.prices == {"basis": 14900, "family": 29900}


def test_the_numbers_of_the_terms_are_read_in_their_own_units() -> None:
    assert loads(ANNA).numbers == {"overdue-days": 14, "credit-check-over": 400050}


def test_reference_rates_are_in_ten_thousandths_of_a_percent_and_may_be_negative() -> None:
    assert loads(ANNA).reference_rates == {Day(2027, 1, 1): 20000, Day(2027, 7, 1): -6500}


def test_the_timeline_is_read_as_events() -> None:
    assert loads(ANNA).facts.timeline == (
        SignUp(date=Day(2020, 1, 15), package=PackageName("basis")),
        GiveNotice(date=Day(2020, 4, 15)),
    )


def test_expectations_and_questions_are_kept_as_json_with_the_given_keys_only() -> None:
    anna = loads(ANNA)
    assert anna.expect == {"state": "ended"}
    assert anna.asks == (
        Ask(
            date=Day(2020, 4, 20),
            expect={"can_cancel": True, "earliest_end": "2020-07-15", "route": "ordinary"},  # type: ignore[typeddict-item]
        ),
    )


def test_a_variant_is_read() -> None:
    (variant,) = loads(ANNA).variants
    assert (variant.name, variant.readings, variant.profile, variant.until) == (
        "under the 30-day clause",
        {"ordinary-notice": "thirty-days"},
        None,
        None,
    )
    assert (variant.expect, variant.asks) == ({"ended_on": "2020-07-15"}, ())


def test_the_only_terms_are_those_in_force() -> None:
    assert fields(ScenarioFile).terms.default == TERMS_ID


# Files


def test_a_file_is_read_under_its_path(tmp_path: Path) -> None:
    path = tmp_path / "anna.yaml"
    path.write_text(ANNA, encoding="utf-8")
    assert load(path) == loads(ANNA, str(path))


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "anna.yaml"
    path.write_text(ANNA, encoding="utf-8-sig")
    assert load(path).sentence == loads("\ufeff" + ANNA).sentence == "Leaving after a price rise in the binding period"


def test_a_sentence_over_several_lines_becomes_one_line() -> None:
    assert loads(
        "scenario: >\n  a story\n  of two lines\nprices: {a: 1}\ntimeline: []\nuntil: 2020-01-01"
    ).sentence == ("a story of two lines")


# Values


def test_a_field_that_is_not_given_has_its_default() -> None:
    assert event("date: 2020-02-01, event: announce_price_change, prices: {basis: 159}, effective: 2020-04-01") == (
        AnnouncePriceChange(
            date=Day(2020, 2, 1),
            prices={PackageName("basis"): Amount(15900)},
            effective=Day(2020, 4, 1),
            via=("email",),
        )
    )


def test_a_timestamp_counts_on_its_copenhagen_date() -> None:
    assert event("date: 2020-01-31T23:30:00Z, event: give_notice").date == Day(2020, 2, 1)


def test_a_timestamp_just_before_midnight_in_copenhagen_counts_on_that_day() -> None:
    assert event("date: 2020-01-31T22:59:59Z, event: give_notice").date == Day(2020, 1, 31)


def test_a_card_is_good_until_the_last_day_of_its_month() -> None:
    assert event("date: 2020-01-15, event: payment_method_renewed, card_expires: 2024-02").card_expires == CardMonth(  # type: ignore[attr-defined]
        Day(2024, 2, 29)
    )


def test_an_amount_may_be_quoted() -> None:
    assert event("date: 2020-01-15, event: pay, amount: '447.50'") == Pay(date=Day(2020, 1, 15), amount=Amount(44750))


def test_a_bare_no_is_a_country() -> None:
    assert event("date: 2020-01-15, event: move, resident: NO") == Move(date=Day(2020, 1, 15), resident="NO")  # type: ignore[arg-type]


def test_a_bare_null_is_none_where_the_default_is_none() -> None:
    assert event("date: 2020-01-15, event: give_notice, ground: ~, wanted_end: null") == GiveNotice(
        date=Day(2020, 1, 15)
    )


def test_a_quoted_date_or_word_is_as_good_as_a_bare_one() -> None:
    assert event("date: '2020-01-15', event: \"give_notice\"") == GiveNotice(date=Day(2020, 1, 15))


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("True", True), ("TRUE", True), ("false", False)])
def test_true_and_false_are_those_of_yaml_1_2(written: str, meant: bool) -> None:
    assert event(f"date: 2020-01-15, event: activate, filter_changed: {written}").filter_changed is meant  # type: ignore[attr-defined]


@pytest.mark.parametrize("count", [0, 3660])
def test_a_count_lies_from_0_to_3660(count: int) -> None:
    one = event(f"date: 2020-01-15, event: buy, item: film, amount: 39, access_days: {count}")
    assert one.access_days == Count(count)  # type: ignore[attr-defined]


@pytest.mark.parametrize("date", ["1900-01-01", "2199-12-31"])
def test_dates_lie_from_1900_to_2199(date: str) -> None:
    text = f"scenario: a story\nprices: {{basis: 0}}\ntimeline:\n  - {{date: {date}, event: sign_up, package: basis}}\n"
    assert loads(text).facts.timeline[0].date.isoformat() == date


def test_a_complaint_need_not_name_a_subscription() -> None:
    assert event("date: 2020-01-15, event: complain") == Complain(date=Day(2020, 1, 15), subscription=None)


def test_every_field_of_every_event_can_be_written() -> None:
    for event_class in EVENTS.values():
        names = {field.name for field in fields(event_class)}
        assert {key.attribute for key in keys_of(event_class).values() if key.name != "event"} == names


# Expectations and questions


def test_an_expectation_is_normalised_to_the_json_of_an_outcome() -> None:
    rest = """\
expect:
  suspended: FALSE
  ended_on: ~
  states: [[2020-01-15, bound], [2020-07-15, free]]
  invoices: [{date: 2020-01-15, kind: period, amount: 447, from: 2020-01-15, to: null}]
  totals: {owed: -1.5, interest: '0.00'}
  duties: [{date: null, duty: refund, clause: fortrydelse.1}]
"""
    assert ending(rest).expect == {
        "suspended": False,
        "ended_on": None,
        "states": [("2020-01-15", "bound"), ("2020-07-15", "free")],
        "invoices": [
            {"date": "2020-01-15", "kind": "period", "amount": "447.00", "from": "2020-01-15", "to": None},
        ],
        "totals": {"owed": "-1.50", "interest": "0.00"},
        "duties": [{"date": None, "duty": "refund", "clause": "fortrydelse.1"}],
    }


def test_a_route_is_closed_or_has_terms() -> None:
    (ask,) = ending("ask: [{date: 2020-02-01, routes: {trial: closed, ordinary: {refund: 0}}}]").asks
    assert ask.expect == {"routes": {"trial": "closed", "ordinary": {"refund": "0.00"}}}


def test_minus_nothing_is_nothing() -> None:
    assert ending("expect: {totals: {owed: -0.00}}").expect == {"totals": {"owed": "0.00"}}


# Which subscription a question means


def test_a_question_means_the_only_subscription_whatever_its_id() -> None:
    text = f"scenario: a story\nprices: {{basis: 1}}\ntimeline:\n{SIGN_UP}ask: [{{date: 2020-01-15}}]"
    (ask,) = loads(text.replace("package", "subscription: tv, package")).asks
    assert ask.subscription == SubscriptionId("tv")


def test_a_question_before_the_second_sign_up_means_main() -> None:
    tv = "date: 2020-03-01, event: sign_up, subscription: tv, package: basis"
    (ask,) = loads(with_timeline(tv, rest="ask: [{date: 2020-02-29}]")).asks
    assert ask.subscription == SubscriptionId("main")


def test_a_question_on_the_day_of_the_second_sign_up_must_name_one() -> None:
    story = loads(with_timeline("date: 2020-03-01, event: sign_up, subscription: tv, package: basis"))
    assert story.subscription_meant(Day(2020, 2, 29)) == "main"
    assert story.subscription_meant(Day(2020, 3, 1), "tv") == "tv"
    with pytest.raises(InputErrors, match="which subscription is meant"):
        story.subscription_meant(Day(2020, 3, 1))


def test_a_question_about_an_unknown_subscription_is_an_error() -> None:
    with pytest.raises(InputErrors, match="no sign_up of the timeline names the subscription 'tv'"):
        ending("").subscription_meant(Day(2020, 2, 1), "tv")


# The last date of a replay


def test_until_is_the_last_date_of_the_timeline() -> None:
    assert ending("").until_of() == Day(2020, 1, 15)


@pytest.mark.parametrize(
    "line",
    [
        "date: 2020-02-01, event: announce_terms_change, effective: 2020-04-01",
        "date: 2020-02-01, event: give_notice, wanted_end: 2020-04-01",
    ],
)
def test_an_effective_date_and_a_wanted_end_count(line: str) -> None:
    assert loads(with_timeline(line)).until_of() == Day(2020, 4, 1)


@pytest.mark.parametrize(
    "rest",
    [
        "expect: {ended_on: 2020-04-01}",
        "expect: {states: [[2020-01-15, bound], [2020-04-01, ended]]}",
        "expect: {subscriptions: {main: {binding_ends: 2020-04-01}}}",
        "expect: {invoices: [{date: 2020-01-15, kind: period, amount: 1, to: 2020-04-01}]}",
        "expect: {duties: [{date: 2020-04-01, duty: receipt, clause: fornyelse.3}]}",
        "ask: [{date: 2020-04-01}]",
        "ask: [{date: 2020-01-15, earliest_end: 2020-04-01}]",
        "ask: [{date: 2020-01-15, routes: {ordinary: {give_notice_by: 2020-04-01}}}]",
    ],
)
def test_the_dates_of_expectations_and_questions_count(rest: str) -> None:
    assert ending(rest).until_of() == Day(2020, 4, 1)


def test_a_birthday_and_the_expiry_of_a_card_do_not_count() -> None:
    line = "date: 2020-02-01, event: payment_method_renewed, card_expires: 2024-01"
    assert loads(with_timeline(line, rest="member: {born: 2021-01-01}")).until_of() == Day(2020, 2, 1)


def test_a_half_year_of_the_reference_rates_does_not_count() -> None:
    assert ending("reference_rates: {2027-01-01: 2.00}").until_of() == Day(2020, 1, 15)


def test_the_dates_of_a_variant_count_for_it_alone() -> None:
    story = ending("variants: [{name: late, ask: [{date: 2020-04-01}]}, {name: early, expect: {ended_on: 2020-03-01}}]")
    assert [story.until_of(case) for case in (None, *story.variants)] == [
        Day(2020, 1, 15),
        Day(2020, 4, 1),
        Day(2020, 3, 1),
    ]


def test_the_dates_of_the_file_count_for_a_variant_too() -> None:
    story = ending("ask: [{date: 2020-04-01}]\nvariants: [{name: early, ask: [{date: 2020-02-01}]}]")
    assert story.until_of(story.variants[0]) == Day(2020, 4, 1)


def test_a_variant_without_until_uses_the_files() -> None:
    story = ending("until: 2020-06-01\nvariants: [{name: same}, {name: own, until: 2020-05-01}]")
    assert [story.until_of(case) for case in (None, *story.variants)] == [
        Day(2020, 6, 1),
        Day(2020, 6, 1),
        Day(2020, 5, 1),
    ]


def test_a_variant_may_be_nothing_but_a_name() -> None:
    assert ending("variants: [{name: the same again}]").variants == (Variant(name="the same again"),)


# Faults that only a replay shows


def test_a_fault_of_an_event_is_shown_where_the_event_stands() -> None:
    story = loads(with_timeline("date: 2020-02-01, event: sign_up, package: basis"), "story.yaml")
    assert str(story.fault(1, Message("main is signed up already"), Message("end it first"))) == (
        "story.yaml:5:5: main is signed up already\n"
        "  5 |   - {date: 2020-02-01, event: sign_up, package: basis}\n"
        "    |     ^\n"
        "end it first"
    )


def test_a_fault_of_no_event_is_shown_where_the_scenario_begins() -> None:
    (error,) = loads("# Anna\n" + with_timeline()).fault(None, Message("no reference rate")).errors
    assert (error.line, error.column, error.source, error.remedy) == (2, 1, "scenario: a story", None)
