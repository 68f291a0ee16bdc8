"""The messages of faulty scenarios, word for word: they are part of the product."""

import re
from pathlib import Path

import pytest

from subsim.basics.dates import Day
from subsim.basics.faults import InputError, InputErrors
from subsim.basics.texts import Message
from subsim.files.scenario import load, loads
from tests.support.faulty import errors_of, said_at_mark, said_of, with_timeline


def of_event(line: str) -> list[str]:
    """What is said at the mark in this event."""
    return said_at_mark(with_timeline(line))


def of_rest(rest: str) -> list[str]:
    """What is said at the mark in this end of a file."""
    return said_at_mark(with_timeline(rest=rest))


# How a fault is shown


def test_a_fault_is_shown_with_its_line_a_caret_and_a_remedy() -> None:
    (error,) = errors_of(with_timeline("date: 2020-04-15, event: give_notise"))
    assert str(error) == (
        "story.yaml:5:31: no event is called 'give_notise'\n"
        "  5 |   - {date: 2020-04-15, event: give_notise}\n"
        "    |                               ^\n"
        "did you mean 'give_notice'?"
    )


def test_the_gutter_is_as_wide_as_the_number_of_the_line() -> None:
    error = InputError(file="a.yaml", line=120, column=3, text=Message("found x"), source="a: x")
    assert str(error) == "a.yaml:120:3: found x\n  120 | a: x\n      |   ^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    error = InputError(file="a.yaml", line=1, column=301, text=Message("found x"), source="a" * 300 + "x" + "b" * 300)
    message, source, caret = str(error).split("\n")
    assert (message, source) == ("a.yaml:1:301: found x", f"  1 | …{'a' * 70}x{'b' * 39}…")
    assert source[caret.index("^")] == "x"


def test_a_tab_and_a_control_character_do_not_move_the_caret() -> None:
    error = InputError(file="a.yaml", line=1, column=5, text=Message("found x"), source="a\t\x1b x")
    assert str(error) == "a.yaml:1:5: found x\n  1 | a \N{REPLACEMENT CHARACTER} x\n    |     ^"


def test_all_faults_are_reported_in_the_order_of_the_file() -> None:
    text = """\
scenario: a story
profile: standart
prices: {basis: 149.005}
timeline:
  - {date: 2020-01-15, event: sign_up, pakage: basis}
  - {date: 2020-01-14, event: pay, amount: -1}
expect: {stat: free}
"""
    assert said_of(text) == [
        "2:10 profile is 'standart', expected standard, member or operator | did you mean 'standard'?",
        "3:17 prices.basis is '149.005': an amount has at most two decimals"
        " | expected an amount of kroner such as 149.00",
        "5:40 sign_up has no field 'pakage' | did you mean 'package'?",
        "6:12 2020-01-14 stands after 2020-01-15, expected the order of the dates"
        " | move the event up, or mend its date",
        "6:44 amount is '-1': an amount is 0.00 or more; a payment that went back is the event payment_returned"
        " | expected an amount of kroner such as 149.00",
        "7:10 expect has no field 'stat' | did you mean 'state'?",
    ]


def test_the_exception_prints_every_fault() -> None:
    with pytest.raises(InputErrors) as caught:
        loads("- 1\n- 2")
    assert (
        str(caught.value)
        == "<text>:1:1: a scenario is a list of 2, expected a mapping (key: value)\n  1 | - 1\n    | ^\n"
        "a scenario begins with scenario: and a sentence"
    )


# Files


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as caught:
        load(tmp_path / "anna.yaml")
    assert str(caught.value) == f"{tmp_path}/anna.yaml:1:1: the file cannot be read: No such file or directory"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as caught:
        load(tmp_path)
    assert str(caught.value) == f"{tmp_path}:1:1: the file cannot be read: Is a directory"


# The file as a whole


def test_what_must_be_there_is_asked_for_where_the_file_begins() -> None:
    assert said_of("until: 2020-01-01") == [
        "1:1 a scenario lacks the field 'scenario' | add scenario: a text",
        "1:1 a scenario lacks the field 'timeline' | add timeline: a list",
        "1:1 a scenario lacks the field 'prices' | add prices: a mapping (key: value)",
    ]


def test_a_scenario_without_any_date_has_no_end() -> None:
    assert said_of("scenario: a story\nprices: {basis: 1}\ntimeline: []") == [
        "1:1 there is no date to replay until | add until: a date such as 2020-12-31"
    ]


def test_a_price_list_has_a_package() -> None:
    assert said_of("scenario: a story\nprices: {}\ntimeline: []\nuntil: 2020-01-01") == [
        "2:9 prices is empty, expected at least one entry"
    ]


def test_an_empty_section_is_not_taken_for_an_empty_list() -> None:
    assert of_rest("ask:»") == ["ask is empty, expected a list"]


def test_an_unknown_field_far_from_all_others_lists_them() -> None:
    assert of_rest("member: {»shoe_size: 38}") == [
        "member has no field 'shoe_size' | "
        "its fields are id, name, email, phone, born, resident, use and written_agreement"
    ]


def test_other_terms_are_unknown() -> None:
    assert of_rest("terms: »kabelplus-2021-01-01") == [
        "terms is 'kabelplus-2021-01-01', expected kabelplus-2019-10-30 | did you mean 'kabelplus-2019-10-30'?"
    ]


def test_a_contested_point_may_be_misspelt() -> None:
    assert of_rest("readings: {»upgrade-charg: full}") == [
        "readings has no field 'upgrade-charg' | did you mean 'upgrade-charge'?"
    ]


def test_a_reading_may_be_misspelt() -> None:
    assert of_rest("readings: {upgrade-charge: »proratet}") == [
        "upgrade-charge is 'proratet', expected difference, prorated or full | did you mean 'prorated'?"
    ]


def test_a_number_of_the_terms_must_be_one() -> None:
    assert of_rest("numbers: {overdue-days: »ten}") == [
        "overdue-days is 'ten': not a whole number of days | expected a whole number from 0 to 3660"
    ]


def test_a_quarter_divides_the_year() -> None:
    assert of_rest("numbers: {quarter-months: »5}") == [
        "quarter-months is '5': must be one of 1, 2, 3, 4, 6, 12: quarters divide the year"
        " | expected one of 1, 2, 3, 4, 6, 12"
    ]


def test_a_half_year_begins_in_january_or_july() -> None:
    assert of_rest("reference_rates: {»2027-02-01: 2.00}") == [
        "a key of reference_rates is '2027-02-01': a half-year begins on 1 January or 1 July"
        " | expected a date such as 2027-01-01 or 2027-07-01"
    ]


def test_a_percentage_has_at_most_four_decimals() -> None:
    assert of_rest("reference_rates: {2027-01-01: »2.00001}") == [
        "reference_rates.2027-01-01 is '2.00001': not a percentage of at most three digits and four decimals"
        " | expected a percentage such as 2.00 or -0.65"
    ]


def test_a_variant_has_a_name() -> None:
    assert of_rest("variants: [»{profile: member}]") == [
        "an entry of variants lacks the field 'name' | add name: a text"
    ]


# Events


def test_an_event_without_a_name_is_asked_for_it() -> None:
    assert said_of(with_timeline("date: 2020-02-01")) == [
        "5:5 this event lacks the field 'event' | add event: the name of an event"
    ]


def test_an_event_of_an_unknown_name_far_from_all_others_lists_them() -> None:
    (fault,) = of_event("date: 2020-02-01, event: »elope")
    assert fault.startswith("no event is called 'elope' | the events are sign_up, confirmation_received, log_in, ")
    assert re.search(r" and \d+ others$", fault)


def test_the_fields_of_an_event_of_an_unknown_name_are_not_held_against_it() -> None:
    assert of_event("date: 2020-02-01, event: »sing_up, package: basis") == [
        "no event is called 'sing_up' | did you mean 'sign_up'?"
    ]


def test_a_misspelt_word_event_is_one_fault() -> None:
    assert of_event("date: 2020-02-01, »evnt: pay, amount: 1") == [
        "this event has no field 'evnt' | did you mean 'event'?"
    ]


def test_a_missing_field_is_reported_where_the_event_begins() -> None:
    assert said_of(with_timeline("date: 2020-02-01, event: change_package")) == [
        "5:5 change_package lacks the field 'to' | add to: a package of the price list"
    ]


def test_a_missing_field_of_an_event_over_several_lines_is_reported_at_its_first_key() -> None:
    text = with_timeline(rest="  - date: 2020-02-01\n    event: pay\n")
    assert said_of(text) == ["5:5 pay lacks the field 'amount' | add amount: an amount of kroner such as 149.00"]


def test_a_duplicate_key_is_reported_at_the_second() -> None:
    assert of_event("date: 2020-02-01, event: pay, amount: 1, »amount: 2") == [
        "'amount' is given twice, first on line 5, column 36 | keep one of the two"
    ]


def test_a_field_of_another_event_is_unknown() -> None:
    assert of_event("date: 2020-02-01, event: log_in, »amount: 1") == [
        "log_in has no field 'amount' | its fields are date, event, subscription, id and disputed"
    ]


def test_what_a_merge_key_would_bring_is_not_called_missing() -> None:
    assert of_event("»<<: {date: 2020-02-01}, event: log_in") == [
        "merge keys ('<<') are not allowed | write the keys out where they are needed"
    ]


def test_a_key_given_twice_hides_no_missing_one() -> None:
    assert said_of(with_timeline("event: pay, date: 2020-02-01, event: pay")) == [
        "5:5 pay lacks the field 'amount' | add amount: an amount of kroner such as 149.00",
        "5:36 'event' is given twice, first on line 5, column 6 | keep one of the two",
    ]


def test_prices_misspelt_are_not_called_missing_too() -> None:
    text = "scenario: s\nPrices: {basis: 149.00}\ntimeline: []\nuntil: 2020-01-01\n"
    assert said_of(text) == ["2:1 a scenario has no field 'Prices' | did you mean 'prices'?"]


def test_a_missing_space_after_a_colon_is_recognised() -> None:
    assert of_event("»date:2020-02-01, event: log_in") == [
        "log_in has no field 'date:2020-02-01' | write a space after the colon: date: 2020-02-01"
    ]


def test_an_impossible_date_is_refused() -> None:
    assert of_event("date: »2020-02-30, event: log_in") == [
        "date is '2020-02-30': no such day in the calendar"
        " | expected a date such as 2020-04-15, a timestamp such as 2020-04-15T09:30:00+02:00, "
        "or a range such as 2020-03-01..2020-03-20"
    ]


@pytest.mark.parametrize(
    "date", ["2020-W05-1", "1 February", "20200230", "31.2.2020", "1.2.20", "1.2-2020", "1.2.2200"]
)
def test_a_date_is_written_in_one_way_only(date: str) -> None:
    assert of_rest(f"until: »{date}") == [
        f"until is '{date}': not a date of the form YYYY-MM-DD | expected a date such as 2020-04-15"
    ]


@pytest.mark.parametrize(
    "date", ["20200201", "2020-2-1", "2020/02/01", "2020.2.1", "1.2.2020", "01/02/2020", "01-02-2020"]
)
def test_of_a_day_written_in_another_usual_way_the_iso_date_is_proposed(date: str) -> None:
    assert of_rest(f"until: »{date}") == [
        f"until is '{date}': not a date of the form YYYY-MM-DD: write 2020-02-01 | expected a date such as 2020-04-15"
    ]


@pytest.mark.parametrize("date", ["1899-12-31", "2200-01-01"])
def test_a_date_outside_1900_to_2199_is_refused(date: str) -> None:
    assert of_rest(f"until: »{date}") == [
        f"until is '{date}': dates lie in 1900-2199 | expected a date such as 2020-04-15"
    ]


def test_a_timestamp_needs_an_offset() -> None:
    assert of_event("date: »2020-02-01T10:00:00, event: log_in") == [
        "date is '2020-02-01T10:00:00': not a date, nor a timestamp with an offset"
        " | expected a date such as 2020-04-15, a timestamp such as 2020-04-15T09:30:00+02:00, "
        "or a range such as 2020-03-01..2020-03-20"
    ]


@pytest.mark.parametrize("fraction", [".000", ".123456789"])
def test_a_timestamp_may_have_a_fraction_of_a_second(fraction: str) -> None:
    (event,) = loads(with_timeline(f"date: 2020-02-01T23:30:00{fraction}Z, event: log_in")).facts.timeline[1:]
    assert event.date == Day(2020, 2, 2)


def test_only_the_date_of_an_event_may_be_a_timestamp() -> None:
    assert of_event("date: 2020-02-01, event: give_notice, wanted_end: »2020-08-01T10:00:00+02:00") == [
        "wanted_end is '2020-08-01T10:00:00+02:00': not a date of the form YYYY-MM-DD"
        " | expected a date such as 2020-04-15"
    ]


def test_dates_that_run_backwards_are_reported_at_the_later_event() -> None:
    text = with_timeline("date: 2020-03-01, event: log_in", "date: 2020-02-29, event: log_in")
    assert said_of(text) == [
        "6:12 2020-02-29 stands after 2020-03-01, expected the order of the dates | move the event up, or mend its date"
    ]


def test_timestamps_are_in_the_order_of_their_copenhagen_dates() -> None:
    text = with_timeline("date: 2020-01-31T23:30:00Z, event: log_in", "date: 2020-01-31, event: log_in")
    assert said_of(text) == [
        "6:12 2020-01-31 stands after 2020-02-01, expected the order of the dates | move the event up, or mend its date"
    ]


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        ("149.005", "an amount has at most two decimals"),
        ("-149", "an amount is 0.00 or more; a payment that went back is the event payment_returned"),
        ("1234567890", "an amount is at most 999999999.99"),
        ("1e3", "not an amount of kroner such as 149.00"),
        ("1_000", "not an amount of kroner such as 149.00"),
        ("0x10", "not an amount of kroner such as 149.00"),
        (".inf", "not an amount of kroner such as 149.00"),
    ],
)
def test_an_amount_says_what_is_wrong_with_it(amount: str, why: str) -> None:
    assert of_event(f"date: 2020-02-01, event: pay, amount: »{amount}") == [
        f"amount is '{amount}': {why} | expected an amount of kroner such as 149.00"
    ]


def test_a_number_in_quotes_is_a_text() -> None:
    assert of_event("date: 2020-02-01, event: buy, item: film, amount: 39, access_days: »'2'") == [
        "access_days is the text '2', in quotes, expected a whole number from 0 to 3660"
    ]


def test_a_count_has_a_largest_value() -> None:
    assert of_event("date: 2020-02-01, event: buy, item: film, amount: 39, access_days: »3661") == [
        "access_days is '3661': at most 3660 | expected a whole number from 0 to 3660"
    ]


def test_yes_is_not_true() -> None:
    assert of_event("date: 2020-02-01, event: activate, filter_changed: »yes") == [
        "filter_changed is 'yes': neither true nor false | expected true or false"
    ]


def test_true_in_quotes_is_a_text() -> None:
    assert of_event("date: 2020-02-01, event: activate, filter_changed: »'true'") == [
        "filter_changed is the text 'true', in quotes, expected true or false"
    ]


def test_nothing_is_no_value_where_there_is_a_default() -> None:
    assert of_event("date: 2020-02-01, event: activate, filter_changed: »") == [
        "filter_changed is empty, expected true or false"
    ]


def test_a_text_of_spaces_is_empty() -> None:
    assert of_event("date: 2020-02-01, event: return_equipment, item: »' '") == [
        "item is ' ': there is nothing in it | expected the name of an item"
    ]


def test_a_name_has_single_spaces_only() -> None:
    assert of_event("date: 2020-02-01, event: log_in, subscription: »'summer  house'") == [
        "subscription is 'summer  house': it has spaces too many | expected the id of a subscription"
    ]


def test_null_is_none_of_the_words() -> None:
    assert of_rest("member: {use: »~}") == ["use is '~', expected private or commercial"]


def test_a_mapping_is_no_text() -> None:
    assert of_event("date: 2020-02-01, event: return_equipment, item: »{name: box}") == [
        "item is a mapping, expected the name of an item"
    ]


def test_a_list_is_no_text() -> None:
    assert of_event("date: 2020-02-01, event: change_package, to: »[family]") == [
        "to is a list of 1, expected a package of the price list"
    ]


def test_a_text_is_no_list() -> None:
    assert of_event("date: 2020-02-01, event: announce_terms_change, effective: 2020-04-01, via: »email") == [
        "via is 'email', expected a list | put it in brackets: [email]"
    ]


@pytest.mark.parametrize("month", ["2020-13", "2020-00", "05/20", "2020-05-31"])
def test_a_card_expires_in_a_month(month: str) -> None:
    assert of_event(f"date: 2020-02-01, event: payment_method_renewed, card_expires: »{month}") == [
        f"card_expires is '{month}': not a month of the form YYYY-MM | expected a month such as 2021-05"
    ]


def test_a_country_is_two_capital_letters() -> None:
    assert of_event("date: 2020-02-01, event: move, resident: »se") == [
        "resident is 'se': not two capital letters | expected a country of two capital letters such as DK"
    ]


@pytest.mark.parametrize(
    ("code", "why"),
    [("DX", "no code of ISO 3166"), ("UK", "no code of ISO 3166: write GB"), ("XK", "no code of ISO 3166")],
)
def test_a_country_is_one_that_iso_3166_has(code: str, why: str) -> None:
    assert of_event(f"date: 2020-02-01, event: move, resident: »{code}") == [
        f"resident is '{code}': {why} | expected a country of two capital letters such as DK"
    ]


@pytest.mark.parametrize("rate", ["-8.0001", "-8.01", "-9", "-100"])
def test_a_reference_rate_below_minus_eight_is_refused(rate: str) -> None:
    assert of_rest(f"reference_rates: {{2027-01-01: »{rate}}}") == [
        f"reference_rates.2027-01-01 is '{rate}': a reference rate is -8.00 or more: the rate of interest is 8.00"
        " above it | expected a percentage such as 2.00 or -0.65"
    ]


def test_a_reference_rate_of_minus_eight_is_taken() -> None:
    assert loads(with_timeline(rest="reference_rates: {2027-01-01: -8.0000}")).reference_rates == {
        Day(2027, 1, 1): -80_000
    }


def test_new_terms_set_no_law_point() -> None:
    readings = "readings: {»law-tele-month: from-receipt, upgrade-charge: full}"
    assert of_event(f"date: 2020-02-01, event: announce_terms_change, effective: 2020-04-01, {readings}") == [
        "new terms change no law: 'law-tele-month' is a law point | give it under readings at the top of the file"
    ]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("event: announce_service_change, packages: »[], effective: 2020-04-01", "packages"),
        ("event: announce_terms_change, effective: 2020-04-01, via: »[]", "via"),
        ("event: announce_price_change, prices: »{}, effective: 2020-04-01", "prices"),
    ],
)
def test_an_announcement_of_nothing_by_nothing_is_refused(fields: str, found: str) -> None:
    assert of_event(f"date: 2020-02-01, {fields}") == [f"{found} is empty, expected at least one entry"]


# Fields that do not go together


def test_a_wanted_end_goes_with_an_ordinary_notice_only() -> None:
    assert of_event("date: 2020-02-01, event: give_notice, ground: price_change, wanted_end: »2020-08-01") == [
        "wanted_end goes with the ground ordinary only, found 'price_change' | leave out wanted_end or ground"
    ]


def test_a_wanted_end_goes_with_the_ground_ordinary() -> None:
    assert loads(with_timeline("date: 2020-02-01, event: give_notice, ground: ordinary, wanted_end: 2020-08-01"))


def test_a_settlement_goes_with_the_reason_none_only() -> None:
    assert of_event("date: 2020-02-01, event: terminate, reason: overdue, settlement: »access") == [
        "settlement goes with the reason none only, found 'overdue' | leave out settlement"
    ]


def test_a_change_cannot_take_effect_before_it_is_announced() -> None:
    assert of_event("date: 2020-02-01, event: announce_terms_change, effective: »2020-01-31") == [
        "effective is 2020-01-31, expected 2020-02-01 (the announcement) or later"
    ]


def test_a_change_may_take_effect_on_the_day_it_is_announced() -> None:
    assert loads(with_timeline("date: 2020-02-01, event: announce_terms_change, effective: 2020-02-01"))


def test_grounds_of_cost_need_the_rise_of_the_cost() -> None:
    line = "date: 2020-02-01, event: announce_price_change, prices: {basis: 159}, effective: 2020-04-01, grounds: cost"
    assert said_of(with_timeline(line)) == [
        "5:5 grounds: cost lacks the field 'cost_increase'"
        " | add cost_increase: the rise of the cost in kroner per month"
    ]


def test_a_rise_of_the_cost_needs_grounds_of_cost() -> None:
    line = (
        "date: 2020-02-01, event: announce_price_change, prices: {basis: 159}, effective: 2020-04-01, cost_increase: »9"
    )
    assert of_event(line) == [
        "cost_increase goes with grounds: cost only | add grounds: cost, or leave out cost_increase"
    ]


# Packages and subscriptions


@pytest.mark.parametrize(
    "fields",
    [
        "event: change_package, to: »familie",
        "event: sign_up, subscription: tv, package: »familie",
        "event: announce_price_change, effective: 2020-04-01, prices: {»familie: 1}",
        "event: announce_service_change, effective: 2020-04-01, packages: [»familie]",
    ],
)
def test_a_package_must_be_in_the_price_list(fields: str) -> None:
    assert of_event(f"date: 2020-02-01, {fields}") == [
        "the price list has no package 'familie' | did you mean 'family'?"
    ]


def test_a_package_far_from_all_others_lists_them() -> None:
    assert of_rest("expect: {package: »sports}") == [
        "the price list has no package 'sports' | expected basis or family"
    ]


def test_a_subscription_that_no_sign_up_names_is_unknown() -> None:
    assert of_event("date: 2020-02-01, event: log_in, subscription: »tv") == [
        "no sign_up of the timeline names the subscription 'tv' | expected main"
    ]


def test_a_subscription_may_be_named_before_it_is_signed_up() -> None:
    text = with_timeline(
        "date: 2020-02-01, event: log_in, subscription: tv",
        "date: 2020-02-02, event: sign_up, subscription: tv, package: basis",
    )
    assert len(loads(text).facts.timeline) == 3


def test_main_must_be_signed_up_where_it_is_meant() -> None:
    sign_up = "{date: 2020-01-01, event: sign_up, subscription: tv, package: basis}"
    text = f"scenario: a story\nprices: {{basis: 1}}\ntimeline: [{sign_up}, {{date: 2020-01-01, event: log_in}}]"
    assert said_of(text) == ["3:82 no sign_up of the timeline names the subscription 'main' | add subscription: tv"]


def test_an_expectation_about_an_unknown_subscription_is_refused() -> None:
    assert of_rest("expect: {subscriptions: {»tv: {state: ~}}}") == [
        "no sign_up of the timeline names the subscription 'tv' | expected main"
    ]


def test_with_two_subscriptions_every_event_names_one_even_a_sign_up() -> None:
    text = with_timeline(
        "date: 2020-02-01, event: sign_up, subscription: tv, package: basis",
        "date: 2020-02-02, event: log_in",
        "date: 2020-02-03, event: sign_up, package: basis",
    )
    assert said_of(text) == [
        "6:5 which subscription is meant? the timeline has signed up main and tv by then"
        " | add subscription: main or tv",
        "7:5 which subscription is meant? the timeline has signed up main and tv by then"
        " | add subscription: main or tv",
    ]


def test_with_two_subscriptions_payments_and_complaints_need_not_name_one() -> None:
    text = with_timeline(
        "date: 2020-02-01, event: sign_up, subscription: tv, package: basis",
        "date: 2020-02-02, event: pay, amount: 1",
        "date: 2020-02-03, event: complain",
    )
    assert len(loads(text).facts.timeline) == 4


def test_a_question_names_a_subscription_once_there_are_two() -> None:
    tv = "date: 2020-02-01, event: sign_up, subscription: tv, package: basis"
    text = with_timeline(tv, rest="variants: [{name: late, ask: [{date: 2020-01-31}, {date: 2020-02-01}]}]")
    assert said_of(text) == [
        "6:51 which subscription is meant? the timeline has signed up main and tv by then"
        " | add subscription: main or tv"
    ]


def test_a_sign_up_that_cannot_be_read_lets_no_subscription_seem_unknown() -> None:
    text = with_timeline(
        "date: 2020-02-01, event: sign_upp, subscription: tv, package: basis",
        "date: 2020-02-01, event: log_in, subscription: tv",
    )
    assert said_of(text) == ["5:31 no event is called 'sign_upp' | did you mean 'sign_up'?"]


# Expectations and questions


def test_a_line_is_expected_with_its_date_kind_and_amount() -> None:
    assert said_of(with_timeline(rest="expect: {invoices: [{date: 2020-01-15}]}")) == [
        "5:21 an entry of invoices lacks the field 'kind'"
        " | add kind: period, upgrade, one_off, accelerated, equipment, other, fee or credit",
        "5:21 an entry of invoices lacks the field 'amount'"
        " | add amount: an amount of kroner such as 149.00 or -149.00",
    ]


def test_a_state_has_a_date() -> None:
    assert of_rest("expect: {states: [»[bound]]}") == [
        "an entry of states is a list of 1,"
        " expected a list of a date such as 2020-04-15 and trial, bound, free, ending or ended"
    ]


def test_a_clause_must_be_one_of_the_terms() -> None:
    assert of_rest("expect: {duties: [{date: ~, duty: refund, clause: »fortrydelse.11}]}") == [
        "clause is 'fortrydelse.11': the terms have no such clause | did you mean 'fortrydelse.1'?"
    ]


def test_a_clause_far_from_all_others_is_told_what_one_looks_like() -> None:
    assert of_rest("expect: {duties: [{date: ~, duty: refund, clause: »'§ 5'}]}") == [
        "clause is '§ 5': the terms have no such clause | expected a clause id such as betaling.5"
    ]


def test_a_duty_has_a_date_even_if_it_is_null() -> None:
    assert said_of(with_timeline(rest="expect: {duties: [{duty: refund, clause: fortrydelse.1}]}")) == [
        "5:19 an entry of duties lacks the field 'date' | add date: a date such as 2020-04-15"
    ]


def test_a_refusal_is_of_an_event() -> None:
    assert of_rest("expect: {refused: [{date: 2020-01-15, event: »give_notices}]}") == [
        "no event is called 'give_notices' | did you mean 'give_notice'?"
    ]


def test_a_route_may_be_misspelt() -> None:
    assert of_rest("ask: [{date: 2020-01-15, routes: {»ordinery: closed}}]") == [
        "a key of routes is 'ordinery', expected withdrawal, trial, price_change, service_change, terms_change"
        " or ordinary | did you mean 'ordinary'?"
    ]


def test_the_only_word_for_a_route_is_closed() -> None:
    assert of_rest("ask: [{date: 2020-01-15, routes: {ordinary: »shut}}]") == [
        "routes.ordinary is 'shut', expected closed"
    ]


def test_a_route_is_closed_or_a_mapping() -> None:
    assert of_rest("ask: [{date: 2020-01-15, routes: {ordinary: »[]}}]") == [
        "routes.ordinary is a list of 0, expected closed"
    ]


def test_a_history_of_states_is_a_list() -> None:
    assert of_rest("expect: {states: »bound}") == ["states is 'bound', expected a list"]


def test_what_can_never_be_null_cannot_be_expected_to_be() -> None:
    assert of_rest("expect: {totals: {owed: »~}}") == [
        "owed is '~', expected an amount of kroner such as 149.00 or -149.00"
    ]


# YAML


def test_a_colon_in_a_sentence_needs_quotes() -> None:
    assert said_of("scenario: Anna: she leaves") == [
        "1:15 this is not YAML: mapping values are not allowed in this context"
        " | a text that begins with a sign, or has ': ' in it, goes in quotes"
    ]


def test_a_tab_is_no_indentation() -> None:
    assert said_of("timeline:\n\t- {date: 2020-01-15}") == [
        "2:1 found a tab, expected spaces | YAML indents with spaces only"
    ]


def test_an_open_brace_is_shown_where_it_was_opened() -> None:
    assert said_of("timeline:\n  - {date: 2020-01-15\n  - {date: 2020-01-16}") == [
        "2:5 this is not YAML: did not find expected ',' or '}' | close the braces, and put a comma between two fields"
    ]


def test_an_open_quote_is_shown_where_it_was_opened() -> None:
    assert said_of("scenario: 'Anna\nprices: {}\n") == [
        "1:11 this is not YAML: found unexpected end of stream | close the quotes"
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "until: [",
            "2:1 this is not YAML: did not find expected node content"
            " | close the brackets or braces that are open here, and leave no value out",
        ),
        (
            "until: - 2020-01-15",
            "1:8 this is not YAML: block sequence entries are not allowed in this context"
            " | begin a list on a line of its own; a text that begins with a dash goes in quotes",
        ),
        (
            r'scenario: "Anna \d"',
            "1:17 this is not YAML: found unknown escape character"
            " | write the character itself; in single quotes a backslash is only a backslash",
        ),
    ],
)
def test_what_is_no_yaml_has_a_remedy(line: str, said: str) -> None:
    assert said_of(f"{line}\n- 1") == [said]


@pytest.mark.parametrize(("field", "word"), [("via: email", "email"), ("packages: basis", "basis")])
def test_a_word_where_a_list_goes_is_put_in_brackets(field: str, word: str) -> None:
    event = "announce_service_change, effective: 2020-06-01, " + ("" if word == "basis" else "packages: [basis], ")
    (said,) = said_of(with_timeline(f"date: 2020-03-01, event: {event}{field}"))
    assert said.endswith(f"is '{word}', expected a list | put it in brackets: [{word}]")


def test_a_rate_with_a_decimal_comma_is_told_what_to_write() -> None:
    (said,) = said_of(with_timeline(rest="reference_rates:\n  2027-01-01: 2,00\n"))
    assert "reference_rates.2027-01-01 is '2,00': write 2.00, with a decimal point" in said


def test_an_alias_is_one_fault_wherever_it_stands() -> None:
    text = with_timeline(rest="until: *date\nmember: {*use: private}\n")
    assert [fault.partition(" | ")[0] for fault in said_of(text)] == [
        "5:8 aliases such as '*date' are not allowed",
        "6:10 aliases such as '*use' are not allowed",
    ]


def test_a_fault_beside_a_members_name_does_not_show_it() -> None:
    member = "member: {name: Anna Hansen, email: a@b.dk, phone: 12 34, resident: dk}"
    text = f"scenario: x\nprices: {{basis: 1}}\n{member}\ntimeline: []\n"
    with pytest.raises(InputErrors) as raised:
        loads(text)
    shown = str(raised.value)
    assert "resident is 'dk'" in shown
    assert not any(private in shown for private in ("Anna", "Hansen", "a@b.dk", "12 34"))


def test_new_terms_name_numbers_and_readings_that_there_are() -> None:
    change = "{date: 2020-02-01, event: announce_terms_change, effective: 2020-03-01, %s}"
    head = "scenario: s\nprices: {basis: 149.00}\ntimeline:\n  - "
    for new, message in (
        ("numbers: {notice-day: 60}", "numbers has no field 'notice-day'"),
        ("readings: {quarter-anchor: moon}", "quarter-anchor is 'moon', expected subscription or calendar"),
    ):
        with pytest.raises(InputErrors) as raised:
            loads(head + change % new + "\n")
        assert [f"{error.message}" for error in raised.value.errors] == [message]
