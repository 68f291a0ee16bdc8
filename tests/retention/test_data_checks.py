"""What a scenario says of personal data is judged by the policy that it names."""

import pytest

import subsim
from subsim.basics.faults import InputErrors

CUSTOMER = "- {date: 2019-01-01, event: relationship_start}\n"


def faults_of(text: str) -> list[str]:
    with pytest.raises(InputErrors) as caught:
        subsim.loads(text)
    return [error.message for error in caught.value.errors]


def cekura(*events: str, head: str = "") -> str:
    timeline = "".join(f"- {{{event}}}\n" for event in events)
    return f"scenario: A story\nretention: {{policy: cekura}}\n{head}timeline:\n{timeline}"


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            "event: sign_up, package: basis",
            "sign_up is an event of the Kabelplus agreement, which this policy is not about",
        ),
        ("event: data_registered, category: cals", "the policy has no category 'cals'"),
        ("event: data_request, right: objection", "an objection lacks the field 'purpose'"),
        ("event: data_request, right: access, purpose: other", "purpose goes with an objection only"),
        ("event: data_request, right: access, about: calls", "about names the data of others, which 'calls' is not"),
        ("event: request_answered, request: access, outcome: met", "no data_request before it is called 'access'"),
        ("event: dispute_closed, id: d", "no dispute before it is called 'd'"),
        ("event: hold_lifted, id: h", "no hold before it is called 'h'"),
        ("event: relationship_end", "the relationship 'main' ends and is not live"),
        (
            "event: hold_placed, id: h, basis: other, until: 2019-01-31",
            "until is 2019-01-31, expected 2019-02-01 or later",
        ),
    ],
)
def test_an_event_that_the_policy_or_the_timeline_does_not_bear_is_a_fault(event: str, message: str) -> None:
    assert faults_of(cekura(f"date: 2019-02-01, {event}")) == [message]


def test_starting_what_is_live_is_a_fault() -> None:
    start = "event: relationship_start"
    faults = faults_of(cekura(f"date: 2019-01-01, {start}", f"date: 2019-02-01, {start}"))
    assert faults == ["the relationship 'main' starts while it is live"]


def test_an_end_takes_effect_before_a_start_of_the_same_date_wherever_it_stands() -> None:
    text = cekura(
        "date: 2019-01-01, event: relationship_start",
        "date: 2019-02-01, event: relationship_start",
        "date: 2019-02-01, event: relationship_end",
    )
    assert len(subsim.loads(text).facts.timeline) == 3


def test_a_second_request_of_a_right_needs_a_name() -> None:
    asked = "event: data_request, right: access"
    faults = faults_of(cekura(f"date: 2019-02-01, {asked}", f"date: 2019-03-01, {asked}"))
    assert faults == ["there is a request 'access' already"]


def test_a_notice_after_the_end_is_a_fault() -> None:
    start = "date: 2019-01-01, event: relationship_start"
    end = "date: 2019-05-01, event: relationship_end, notice_given: 2019-05-02"
    assert faults_of(cekura(start, end)) == ["notice_given is 2019-05-02, expected 2019-05-01 (the end) or sooner"]


def test_a_data_event_without_a_policy_is_a_fault() -> None:
    text = "scenario: A story\nprices: {basis: 149.00}\ntimeline:\n- {date: 2020-01-01, event: contact}\n"
    assert faults_of(text) == ["contact is an event about personal data, which needs a policy"]


def test_a_relationship_event_with_the_terms_is_a_fault() -> None:
    text = "scenario: A story\nretention: {policy: kabelplus}\nprices: {basis: 149.00}\ntimeline:\n" + CUSTOMER
    assert faults_of(text) == ["relationship_start goes with a policy without an agreement only"]


def test_prices_may_be_left_out_with_a_policy_of_its_own_agreement() -> None:
    assert subsim.loads(cekura("date: 2019-01-01, event: contact")).facts.prices == {}


def test_prices_are_needed_with_the_terms() -> None:
    text = "scenario: A story\nretention: {policy: kabelplus}\nuntil: 2020-01-01\ntimeline: []\n"
    assert faults_of(text) == ["a scenario lacks the field 'prices'"]


def test_a_hold_for_limitation_needs_its_own_end_where_the_policy_says_so() -> None:
    text = (
        "scenario: A story\nretention: {policy: kabelplus}\nprices: {basis: 149.00}\ntimeline:\n"
        "- {date: 2020-01-01, event: hold_placed, id: h, basis: limitation}\n"
    )
    assert faults_of(text) == ["a hold for limitation lacks the field 'until'"]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("readings: {cekura.main-rule: never}\n", "cekura.main-rule is 'never', expected firm or as-needed"),
        ("readings: {kabelplus.clean-up: no-grace}\n", "the policy has no contested point 'kabelplus.clean-up'"),
        ("numbers: {cekura.main-weeks: 2}\n", "the policy has no number 'cekura.main-weeks'"),
    ],
)
def test_a_choice_that_the_policy_does_not_have_is_a_fault(head: str, message: str) -> None:
    assert faults_of(cekura("date: 2019-01-01, event: contact", head=head)) == [message]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("clean_up: 02-30", "clean_up is '02-30': not a day of the year of the form MM-DD"),
        ("clean_up: 2-1", "clean_up is '2-1': not a day of the year of the form MM-DD"),
        ("financial_year_ends: 13", "financial_year_ends is '13': not the number of a month, 1 to 12"),
        ("clean_upp: 02-01", "the policy has no setting 'clean_upp'"),
    ],
)
def test_a_setting_that_the_policy_cannot_use_is_a_fault(setting: str, message: str) -> None:
    text = f"scenario: A story\nretention: {{policy: kabelplus, settings: {{{setting}}}}}\nprices: {{basis: 149.00}}\n"
    assert faults_of(text + "until: 2020-01-01\ntimeline: []\n") == [message]


def test_what_lies_ahead_of_data_does_not_count_for_the_last_date() -> None:
    text = cekura("date: 2019-01-01, event: data_registered, category: competitions, ends: 2030-01-01")
    assert subsim.loads(text).until_of().isoformat() == "2019-01-01"
