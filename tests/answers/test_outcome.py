"""What an outcome shows of itself, and when two are equal."""

from attrs import evolve

from subsim.answers.outcome import INVOICE_KEYS
from tests.support.story import ANNA, story


def test_an_outcome_is_one_line_about_where_each_subscription_stands() -> None:
    assert repr(story(ANNA).outcome) == "<Outcome until 2020-01-15, standard: main bound>"
    refused = story(f"{ANNA}, service: tv").outcome
    assert repr(refused) == "<Outcome until 2020-01-15, standard: nothing>"


def test_points_of_the_law_that_were_set_make_no_other_outcome() -> None:
    outcome = story(ANNA).outcome
    assert evolve(outcome, law_choices={"law-tele-month": "to-month-end"}) == outcome


def test_a_line_of_json_has_these_keys() -> None:
    assert INVOICE_KEYS == (
        *("date", "due", "kind", "subscription", "package", "from", "to", "amount", "paid_on", "interest", "clause"),
    )
