"""What an outcome shows of itself, and when two are equal."""

from attrs import evolve

from subsim.answers.outcome import INVOICE_KEYS
from subsim.answers.outcome_of_member import interest_of
from subsim.basics.dates import Day
from subsim.engine.timeline import play
from subsim.terms.terms import Terms
from tests.support.story import ANNA, MONTHLY, story


def test_an_outcome_is_one_line_about_where_each_subscription_stands() -> None:
    assert repr(story(ANNA).outcome) == "<Outcome until 2020-01-15, standard: main bound>"
    refused = story(f"{ANNA}, service: tv").outcome
    assert repr(refused) == "<Outcome until 2020-01-15, standard: nothing>"


def test_points_of_the_law_that_were_set_make_no_other_outcome() -> None:
    outcome = story(ANNA).outcome
    assert evolve(outcome, law_choices={"law-tele-month": "to-month-end"}) == outcome


def test_a_line_of_json_has_these_keys() -> None:
    keys = "date", "due", "kind", "subscription", "package", "from", "to", "amount", "paid_on", "interest", "clause"
    assert list(INVOICE_KEYS) == [*keys]


def test_lines_paid_when_due_bear_no_interest_however_many_runs_they_are_in() -> None:
    rise = "2020-02-01 announce_price_change prices: {basis: 155.00}, effective: 2020-07-15"
    until = Day(2020, 9, 14)
    monthly = play(story(MONTHLY, rise).scenario.facts, Terms(), until)
    assert interest_of(monthly, until) == [0, 0, 0, 0, 0, 0, 0, 0]
