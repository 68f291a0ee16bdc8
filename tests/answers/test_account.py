"""What a member owes, in every answer; amounts and days by hand."""

import pytest
from attrs import evolve

from subsim.answers.account import account_of
from subsim.answers.cheapest_exit import cheapest_exit
from subsim.answers.question import case_of
from subsim.api import can_cancel, replay
from subsim.basics.dates import Day
from subsim.basics.languages import language
from subsim.checks.check import check
from subsim.files.scenario import loads
from subsim.pages.answer import answer_page
from subsim.pages.cheapest_exit import cheapest_exit_page
from subsim.pages.text import Page, text_of
from tests.support.answers import undoubted

INVOICED = """\
scenario: An invoiced member who pays in part
prices: {basis: 149.00}
timeline:
  - {date: 2022-01-10, event: sign_up, package: basis, payment: invoice}
  - {date: 2022-01-25, event: pay, amount: 200.00}
  - {date: 2022-02-15, event: pay, amount: 247.00}
"""
KEYS = ("owed", "overdue", "overdue_since", "interest")


def account(date: str, text: str = INVOICED) -> dict[str, str | None]:
    answer = can_cancel(loads(text), Day.fromisoformat(date)).to_dict()
    return {key: answer[key] for key in KEYS}


def test_arrears_stand_in_the_answer_with_their_interest() -> None:
    # 7.55 % of 447.00 for 15 days and of 247.00 for 21: 2.46; of 447.00 for 52 days: 4.81
    assert account("2022-06-01") == {
        "owed": "447.00",
        "overdue": "447.00",
        "overdue_since": "2022-04-10",
        "interest": "7.27",
    }


def test_what_falls_due_that_day_is_owed_but_not_overdue() -> None:
    assert account("2022-04-10") == {
        "owed": "447.00",
        "overdue": "0.00",
        "overdue_since": None,
        "interest": "2.46",
    }


def test_from_the_day_after_it_is_overdue() -> None:
    found = account("2022-04-11")
    assert (found["overdue"], found["overdue_since"]) == ("447.00", "2022-04-10")


def test_an_amount_paid_in_part_is_overdue_with_what_is_open_of_it() -> None:
    found = account("2022-02-01")
    assert (found["owed"], found["overdue"], found["overdue_since"]) == ("247.00", "247.00", "2022-01-10")


def test_a_credit_is_owed_with_a_minus() -> None:
    text = INVOICED + "  - {date: 2022-03-01, event: pay, amount: 100.00}\n"
    found = account("2022-03-01", text)
    assert (found["owed"], found["overdue"], found["overdue_since"]) == ("-100.00", "0.00", None)


def test_where_a_reference_rate_is_lacking_only_the_interest_is_null() -> None:
    found = account("2190-01-01", INVOICED)
    assert (found["interest"], found["overdue_since"]) == (None, "2022-04-10")


def test_before_the_sign_up_nothing_is_owed() -> None:
    assert account("2022-01-01") == {"owed": "0.00", "overdue": "0.00", "overdue_since": None, "interest": "0.00"}


def test_after_the_end_what_is_open_is_still_owed() -> None:
    text = INVOICED + "  - {date: 2022-06-01, event: give_notice}\n"
    found = account("2022-08-01", text)  # ended on 2022-07-10; the period from 10 April was never paid
    assert (found["owed"], found["overdue_since"]) == ("447.00", "2022-04-10")


@pytest.mark.parametrize("day", ["2022-01-20", "2022-04-10", "2022-06-01", "2022-12-31"])
def test_owed_and_interest_are_those_of_a_replay_until_that_day(day: str) -> None:
    totals = replay(loads(INVOICED), Day.fromisoformat(day)).totals.to_dict()
    found = account(day)
    assert (found["owed"], found["interest"]) == (totals["owed"], totals["interest"])


def test_arrears_of_another_subscription_are_the_members() -> None:
    text = INVOICED + "  - {date: 2022-05-01, event: sign_up, package: basis, subscription: second}\n"
    answer = undoubted(can_cancel(loads(text), Day(2022, 5, 2), "second"))
    assert (answer.account.owed, answer.account.overdue_since) == (894_00, Day(2022, 4, 10))


def test_every_way_of_cheapest_exit_says_what_is_owed_beside_its_cost() -> None:
    found = cheapest_exit(loads(INVOICED), Day(2022, 6, 1)).to_dict()
    assert {tuple(row[key] for key in KEYS) for row in found["advice"]} == {("447.00", "447.00", "2022-04-10", "7.27")}


def test_a_question_of_a_scenario_may_expect_all_four() -> None:
    asked = "{date: 2022-06-01, owed: 447.00, overdue: 447.00, overdue_since: 2022-04-10, interest: 7.27}"
    assert [case.mismatches for case in check(loads(f"{INVOICED}ask:\n  - {asked}\n"))] == [()]


def test_a_question_that_expects_another_sum_does_not_hold() -> None:
    [case] = check(loads(f"{INVOICED}ask:\n  - {{date: 2022-06-01, owed: 446.00, overdue_since: null}}\n"))
    assert [(each.path, each.expected, each.found) for each in case.mismatches] == [
        ("ask[0].owed", "446.00", "447.00"),
        ("ask[0].overdue_since", None, "2022-04-10"),
    ]


def test_the_answer_says_it_in_a_sentence() -> None:
    page = Page(language("en"), 1000)
    assert text_of(
        answer_page(evolve(undoubted(can_cancel(loads(INVOICED), Day(2022, 6, 1))), law=None), page), page.width
    ).splitlines()[2] == (
        "Owed already on 1 June 2022: 447.00 kr.; all of it overdue since 10 April 2022; "
        "7.27 kr. interest so far, apart."
    )


def test_cheapest_exit_says_the_same_in_danish() -> None:
    page = Page(language("da"), 1000)
    assert text_of(
        cheapest_exit_page(cheapest_exit(loads(INVOICED), Day(2022, 6, 1), with_law=False), page), page.width
    ).splitlines()[2] == (
        "Skyldigt beløb den 1. juni 2022: 447,00 kr.; det hele har været i restance siden den 10. april 2022; "
        "hertil kommer renter, indtil nu 7,27 kr."
    )


@pytest.mark.parametrize(("date", "several"), [("2022-07-10", False), ("2022-07-11", True)])
def test_several_are_overdue_from_the_day_after_the_second_due_date(date: str, several: bool) -> None:
    day = Day.fromisoformat(date)
    assert account_of(case_of(loads(INVOICED)).play(day), day).several_overdue == several
