"""Why not, or why not sooner: the smallest change of a timeline that gives a better answer, found by the replay."""

import pytest

from subsim.answers.question import case_of
from subsim.answers.why_not import Alternative, why_not
from subsim.basics.dates import Day
from subsim.basics.languages import Code, language
from subsim.pages.answer import answer_page
from subsim.pages.text import Page, text_of
from subsim.pages.why_not import why_not_block
from tests.support.story import ANNA, story

RISE = "announce_price_change effective: 2020-10-01, prices: {basis: 199.00}"


def changes(date: str, *events: str, under: str = "") -> list[Alternative]:
    """What would have given a better answer than that of a date."""
    case = case_of(story(*events, until=date, under=under).scenario)
    day = Day.fromisoformat(date)
    return why_not(case.scenario.facts, case.terms, case.answer("main", day))


def said(date: str, *events: str, under: str = "", code: Code = "en") -> list[str]:
    """The same in words, without the title."""
    block = why_not_block(changes(date, *events, under=under), Page(language(code), 200))
    return [] if block is None else [line.strip() for line in text_of([block], 200).splitlines()[1:]]


# An earlier notice


def test_a_notice_one_day_late_for_the_quarter_hears_of_the_day_before() -> None:
    # 15 September + 30 = 15 October, a quarter boundary; a day later it is 15 January
    assert said("2020-09-16", ANNA) == ["Had the notice come by 15 September 2020: 15 October 2020 (ordinary notice)."]


def test_the_same_in_danish() -> None:
    assert said("2020-09-16", ANNA, code="da") == [
        "Hvis opsigelsen var kommet senest den 15. september 2020: 15. oktober 2020 (almindelig opsigelse)."
    ]


def test_a_notice_in_time_for_the_quarter_hears_nothing() -> None:
    assert said("2020-09-15", ANNA) == []


def test_a_notice_too_late_for_a_price_change_hears_of_its_last_day() -> None:
    # 1 October less three days; the ordinary notice of 29 September ends on 15 January
    assert said("2020-09-29", ANNA, f"2020-08-20 {RISE}") == [
        "Had the notice come by 28 September 2020: 1 October 2020 (price change)."
    ]


def test_a_notice_on_the_last_day_of_a_price_change_hears_nothing() -> None:
    assert said("2020-09-28", ANNA, f"2020-08-20 {RISE}") == []


def test_after_the_withdrawal_period_its_last_day_is_named() -> None:
    assert said("2020-01-30", ANNA) == ["Had the notice come by 29 January 2020: 29 January 2020 (withdrawal)."]


def test_where_the_answer_is_no_any_end_is_better() -> None:
    assert said("2020-05-01", ANNA, under="notice-in-binding: refused") == [
        "Had the notice come by 29 January 2020: 29 January 2020 (withdrawal)."
    ]


def test_an_end_that_only_moves_along_with_the_notice_is_not_worth_saying() -> None:
    assert said("2020-09-16", ANNA, under="ordinary-notice: thirty-days") == []


def test_the_end_must_come_forward_by_twice_the_days_of_the_notice() -> None:
    # 15 January to 15 October are 92 days, 15 September to 31 October are 46
    assert said("2020-10-31", ANNA) != []
    assert said("2020-11-01", ANNA) == []


def test_a_standing_notice_is_compared_with_an_earlier_one() -> None:
    assert said("2020-10-01", ANNA, "2020-09-16 give_notice") == [
        "Had the notice come by 15 September 2020: 15 October 2020 (ordinary notice)."
    ]


# Events left out


def test_without_its_activation_a_subscription_could_be_withdrawn_from() -> None:
    assert said("2020-01-20", ANNA, "2020-01-18 activate")[1:] == [
        "Had the service not been activated on 18 January 2020: withdrawal until 29 January 2020."
    ]


def test_the_same_withdrawal_in_danish() -> None:
    assert said("2020-01-20", ANNA, "2020-01-18 activate", code="da")[1:] == [
        "Hvis tjenesten ikke var aktiveret den 18. januar 2020: fortrydelse til og med den 29. januar 2020."
    ]


def test_the_earlier_notice_comes_first() -> None:
    assert said("2020-01-20", ANNA, "2020-01-18 activate")[0] == (
        "Had the notice come by 17 January 2020: 17 January 2020 (withdrawal)."
    )


def test_of_two_activations_only_both_together_would_better_be_left_out() -> None:
    assert said("2020-01-20", ANNA, "2020-01-17 activate", "2020-01-18 activate")[1:] == [
        "Had the service not been activated on 17 January 2020 and 18 January 2020: withdrawal until 29 January 2020."
    ]


def test_without_its_confirmation_the_right_to_withdraw_has_no_last_day() -> None:
    events = f"{ANNA}, confirmation: pending", "2020-01-20 confirmation_received"
    assert said("2020-02-04", *events)[1:] == [
        "Had the confirmation not been received on 20 January 2020: withdrawal, as yet without a last day."
    ]


def test_a_notice_taken_back_would_have_ended_it_already() -> None:
    events = ANNA, "2020-08-01 give_notice", "2020-09-01 withdraw_notice agreed: true"
    assert said("2020-10-20", *events)[1:] == [
        "Had the notice not been taken back on 1 September 2020: it would have ended on 15 October 2020 "
        "(ordinary notice)."
    ]


def test_what_lies_more_than_a_year_back_is_not_changed() -> None:
    events = ANNA, "2020-01-18 activate", "2020-01-20 withdraw"
    withdrawn = (
        "Had the service not been activated on 18 January 2020: it would have ended on 20 January 2020 (withdrawal)."
    )
    assert withdrawn in said("2021-01-18", *events)
    assert withdrawn not in said("2021-01-20", *events)


def test_an_upgrade_loses_the_exit_of_the_package_left() -> None:
    events = ANNA, f"2020-08-20 {RISE}", "2020-09-01 change_package to: family"
    assert "Had the package not been changed on 1 September 2020: 1 October 2020 (price change)." in said(
        "2020-09-20", *events
    )


def test_a_termination_by_kabelplus_is_no_way_out() -> None:
    events = ANNA, "2020-08-01 give_notice", "2020-08-05 terminate reason: none"
    assert [each.route for each in changes("2020-09-16", *events)] == []


def test_the_sign_up_itself_is_never_left_out() -> None:
    events = ANNA, "2020-01-20 withdraw", "2020-02-01 sign_up package: basis, channel: shop"
    assert all(each.without == () for each in changes("2020-03-01", *events))


# When there is nothing to say


@pytest.mark.parametrize("date", ["2020-01-14", "2020-01-20"])
def test_before_a_sign_up_or_where_it_can_end_today_nothing_is_said(date: str) -> None:
    assert changes(date, ANNA) == []


def test_after_the_end_nothing_is_said() -> None:
    assert changes("2020-02-01", ANNA, "2020-01-20 withdraw") == []


def test_in_a_trial_nothing_is_said() -> None:
    assert changes("2020-01-20", f"{ANNA}, trial_days: 30") == []


# In the answer


def test_the_answer_of_can_cancel_says_it_after_the_ways_out() -> None:
    case = case_of(story(ANNA, until="2020-09-16").scenario)
    answer = case.answer("main", Day(2020, 9, 16))
    instead = why_not(case.scenario.facts, case.terms, answer)
    text = text_of(answer_page(answer, Page(language("en"), 200), instead), 200)
    titles = [block.splitlines()[0] for block in text.split("\n\n")]
    assert titles[4:6] == [
        "Ways out for a notice received on 16 September 2020",
        "What would have given another answer",
    ]


def test_an_answer_without_it_has_no_such_block() -> None:
    answer = case_of(story(ANNA, until="2020-09-15").scenario).answer("main", Day(2020, 9, 15))
    assert "What would have given" not in text_of(answer_page(answer, Page(language("en"), 200), []), 200)


# By the replay itself


@pytest.mark.parametrize("date", ["2020-02-10", "2020-08-01", "2020-09-29", "2020-11-20"])
def test_the_day_named_is_the_latest_that_a_replay_to_each_day_finds(date: str) -> None:
    """What the search takes from one replay of several days, a replay to each day gives too."""
    events = ANNA, "2020-02-05 activate", f"2020-08-20 {RISE}", "2020-10-20 complain"
    told = story(*events, until=date)
    wanted = told.ask(date).earliest_end
    assert wanted is not None
    day, better = Day.fromisoformat(date), []
    for back in range(1, 300):
        earlier = Day.fromordinal(day.toordinal() - back)
        end = told.ask(earlier.isoformat()).earliest_end
        if end is not None and wanted.toordinal() - end.toordinal() >= 2 * back:
            better.append(earlier)
    named = [each.notice_by for each in changes(date, *events) if each.notice_by]
    assert named == better[:1]


def test_ten_years_of_monthly_payments_are_searched() -> None:
    years = range(2014, 2024)
    pays = [f"{year}-{month:02}-20 pay amount: 149.00" for year in years for month in range(1, 13)]
    sign_up = "2014-01-15 sign_up package: basis, billing: monthly, payment: invoice"
    # 16 December + 30 = 15 January, a quarter boundary
    assert [each.notice_by for each in changes("2023-12-17", sign_up, *pays)] == [Day(2023, 12, 16)]
