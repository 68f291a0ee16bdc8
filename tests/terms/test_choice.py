"""What is chosen on top of a file: a name wins, and a profile sets aside the readings but those of the law."""

from subsim.basics.dates import Day
from subsim.terms.choice import TermsChoice

FILE = TermsChoice(
    profile="operator",
    readings={"ordinary-notice": "thirty-days", "law-25-pay": "nothing", "gdpr.answer-from": "receipt"},
    numbers={"notice-days": 45, "gdpr.answer-months": 2},
)


def test_nothing_chosen_leaves_the_file_as_it_is() -> None:
    assert TermsChoice().over(FILE) == FILE


def test_a_single_name_wins_over_the_files_own() -> None:
    chosen = TermsChoice(readings={"ordinary-notice": "quarterly"}, numbers={"notice-days": 60}).over(FILE)
    assert (chosen.profile, chosen.readings["ordinary-notice"], chosen.numbers) == (
        "operator",
        "quarterly",
        {"notice-days": 60, "gdpr.answer-months": 2},
    )


def test_a_profile_sets_aside_the_files_readings_but_those_of_law_points() -> None:
    assert TermsChoice(profile="member").over(FILE) == TermsChoice(
        profile="member", readings={"law-25-pay": "nothing"}, numbers={"notice-days": 45, "gdpr.answer-months": 2}
    )


def test_the_terms_take_the_numbers_and_readings_of_the_contract_only() -> None:
    terms = FILE.terms({Day(2020, 1, 1): 5})
    assert (terms.numbers.notice_days, terms.readings.ordinary_notice, terms.reference_rates) == (
        45,
        "thirty-days",
        {Day(2020, 1, 1): 5},
    )


def test_what_is_of_the_law_and_of_policies_is_apart() -> None:
    assert (FILE.law_readings, FILE.policy_readings, FILE.policy_numbers) == (
        {"law-25-pay": "nothing"},
        {"gdpr.answer-from": "receipt"},
        {"gdpr.answer-months": 2},
    )


def test_json_writes_an_amount_with_two_decimals() -> None:
    assert TermsChoice(numbers={"credit-check-over": 4000_00}).to_dict() == {
        "profile": None,
        "readings": {},
        "numbers": {"credit-check-over": "4000.00"},
    }
