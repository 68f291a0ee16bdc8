import pytest

from subsim.basics.dates import Day
from subsim.basics.enumerations import LineKind
from subsim.membership.lines import Line
from subsim.membership.owed import ACCELERATED, ONE_OFF, OTHER, PERIOD
from subsim.rules.operator_termination import outlasts_the_end
from tests.support.story import ANNA, INVOICED, MONTHLY, SHOP, Story, story

OVERDUE = "terminate reason: overdue"
BREACH = "terminate reason: breach"
ACCESS = "terminate reason: none"
REFUND = "terminate reason: none, settlement: refund"


# Suspension


def test_suspension_stops_access_and_restoring_gives_it_back() -> None:
    told = story(ANNA, "2020-02-01 suspend", "2020-02-10 restore")
    assert (told.of("main").suspended, story(ANNA, "2020-02-01 suspend").main.suspended) == (False, True)


def test_billing_and_all_dates_go_on_while_suspended() -> None:
    told = story(SHOP, "2020-02-01 suspend", "2020-03-01 give_notice", until="2020-07-15")
    assert (told.end, told.lines) == ("2020-07-15", ["2020-01-15 period 447.00", "2020-04-15 period 447.00"])


@pytest.mark.parametrize("event", ["suspend", "restore"])
def test_suspending_and_restoring_twice_change_nothing_and_are_not_refused(event: str) -> None:
    told = story(ANNA, f"2020-02-01 {event}", f"2020-02-02 {event}")
    assert (told.refused, told.main.suspended) == ([], event == "suspend")


# Overdue: the first period is due on 2020-01-15


@pytest.mark.parametrize(("day", "refused"), [("2020-01-25", ["2020-01-25 terminate betaling.4"]), ("2020-01-26", [])])
def test_kabelplus_may_end_it_from_the_eleventh_day_after_the_due_date(day: str, refused: list[str]) -> None:
    assert story(INVOICED, f"{day} {OVERDUE}").refused == refused


@pytest.mark.parametrize(("day", "refused"), [("2020-01-29", ["2020-01-29 terminate betaling.4"]), ("2020-01-30", [])])
def test_from_the_fifteenth_day_if_the_terms_said_fourteen_days(day: str, refused: list[str]) -> None:
    assert story(INVOICED, f"{day} {OVERDUE}", numbers="overdue-days: 14").refused == refused


def test_an_end_for_arrears_is_at_once() -> None:
    told = story(INVOICED, f"2020-01-26 {OVERDUE}")
    assert (told.end, told.main.end_reason, told.states[-1]) == ("2020-01-26", "overdue", "2020-01-26 ended")


def test_a_part_left_open_is_overdue_too() -> None:
    assert story(INVOICED, "2020-01-20 pay amount: 446.99", f"2020-01-26 {OVERDUE}").refused == []


def test_the_arrears_of_one_subscription_let_kabelplus_end_another() -> None:
    two = "2020-01-20 sign_up package: mini, subscription: two, payment: card"
    told = story(INVOICED, two, f"2020-01-26 {OVERDUE}, subscription: two")
    assert told.of("two").end_reason == "overdue"


@pytest.mark.parametrize(
    ("paid", "reading", "refused"),
    [
        ("2020-01-25", "cures", True),
        ("2020-01-25", "persists", True),
        ("2020-01-26", "cures", True),
        ("2020-01-26", "persists", False),
    ],
)
def test_whether_payment_cures_the_delay_by_the_reading_of_late_payment_cure(
    paid: str, reading: str, refused: bool
) -> None:
    # as 2020-01-26 began the amount was 11 days overdue
    told = story(
        INVOICED,
        f"{paid} pay amount: 447.00",
        f"2020-01-28 {OVERDUE}",
        under=f"late-payment-cure: {reading}",
    )
    assert bool(told.refused) is refused


def test_the_clock_alone_never_ends_an_agreement() -> None:
    assert story(INVOICED, until="2022-01-15").main.state == "free"


# Breach, misuse, breach of security


@pytest.mark.parametrize(
    ("reason", "clause"), [("breach", "annullering.2b"), ("misuse", "annullering.2a"), ("security", "sikkerhed.1")]
)
def test_these_are_taken_as_stated_and_end_it_at_once(reason: str, clause: str) -> None:
    told = story(ANNA, f"2020-02-01 terminate reason: {reason}")
    assert (told.end, told.main.end_reason, told.invoices[-1].clause) == ("2020-02-01", reason, clause)


def test_the_accelerated_lines_of_arrears_cite_their_clause() -> None:
    assert story(INVOICED, f"2020-01-26 {OVERDUE}").invoices[-1].clause == "annullering.2c"


# Acceleration: bound until 2020-07-15


@pytest.mark.parametrize(
    ("reading", "lines"),
    [
        ("to-binding-end", ["2020-02-01 accelerated 447.00"]),
        ("to-notice-end", ["2020-02-01 accelerated 447.00"]),
        ("arrears-only", []),
    ],
)
def test_the_remaining_payments_of_a_bound_member_fall_due(reading: str, lines: list[str]) -> None:
    # the period of 15 April; the ordinary end would be 2020-07-15 too
    assert story(ANNA, f"2020-02-01 {BREACH}", under=f"acceleration: {reading}").lines[1:] == lines


def test_there_is_one_line_a_period_with_the_days_that_it_covers() -> None:
    told = story(MONTHLY, f"2020-05-01 {BREACH}")
    assert told.covers[-2:] == ["basis 2020-05-15 2020-06-15", "basis 2020-06-15 2020-07-15"]


@pytest.mark.parametrize(("reading", "count"), [("to-binding-end", 0), ("to-notice-end", 2), ("arrears-only", 0)])
def test_the_remaining_payments_of_a_free_member(reading: str, count: int) -> None:
    # 2020-08-01 + 30 days = 2020-08-31; next quarter 2020-10-15; periods of 15 August and 15 September
    told = story(MONTHLY, f"2020-08-01 {BREACH}", under=f"acceleration: {reading}")
    assert [line.kind for line in told.invoices].count(ACCELERATED) == count


@pytest.mark.parametrize("in_binding", ["counts", "refused"])
def test_to_notice_end_counts_a_notice_in_the_binding_even_where_it_would_be_refused(in_binding: str) -> None:
    told = story(ANNA, f"2020-02-01 {BREACH}", under=f"acceleration: to-notice-end, notice-in-binding: {in_binding}")
    assert told.lines[1:] == ["2020-02-01 accelerated 447.00"]


@pytest.mark.parametrize(("day", "count"), [("2020-04-14", 1), ("2020-04-15", 0)])
def test_a_period_that_begins_today_is_charged_and_not_accelerated(day: str, count: int) -> None:
    told = story(ANNA, f"{day} {BREACH}")
    assert [line.kind for line in told.invoices].count(ACCELERATED) == count


def test_only_the_periods_before_a_standing_end_fall_due() -> None:
    told = story(
        f"{MONTHLY}, channel: shop",
        "2020-03-01 announce_price_change prices: {basis: 139.00}, effective: 2020-03-10",
        "2020-03-12 give_notice",
        f"2020-03-13 {BREACH}",
    )
    # 2020-03-12 + 7 days = 2020-03-19
    assert told.lines[2:] == ["2020-03-13 accelerated 139.00"]


def test_they_fall_due_at_that_days_prices() -> None:
    told = story(
        ANNA,
        "2020-02-01 announce_price_change prices: {basis: 169.00}, effective: 2020-04-15",
        f"2020-03-10 {BREACH}",
        under="price-in-binding: applies",
        until="2020-03-10",
    )
    assert told.lines[1:] == ["2020-03-10 accelerated 447.00"]


def test_a_pending_downgrade_is_counted() -> None:
    told = story(ANNA, "2020-02-01 change_package to: mini", f"2020-02-02 {BREACH}")
    assert (told.lines[1:], told.covers[1:]) == (["2020-02-02 accelerated 297.00"], ["mini 2020-04-15 2020-07-15"])


def test_they_are_whole_even_where_the_last_period_outlasts_the_binding() -> None:
    # after the trial periods turn on 14 May and 14 August; bound until 2020-07-15
    told = story(f"{ANNA}, trial_days: 30", f"2020-03-01 {BREACH}", under="final-period: prorated")
    assert (told.lines[1:], told.covers[1:]) == (["2020-03-01 accelerated 447.00"], ["basis 2020-05-14 2020-08-14"])


@pytest.mark.parametrize("reading", ["to-binding-end", "to-notice-end"])
def test_in_a_trial_nothing_falls_due(reading: str) -> None:
    assert story(f"{ANNA}, trial_days: 30", f"2020-02-01 {BREACH}", under=f"acceleration: {reading}").lines == []


def test_they_are_collected_like_any_other() -> None:
    card, invoiced = story(ANNA, f"2020-02-01 {BREACH}"), story(INVOICED, f"2020-02-01 {BREACH}")
    assert (card.paid_on[-1], invoiced.paid_on[-1]) == ("2020-02-01", "None")


# Without cause: access


@pytest.mark.parametrize(
    ("day", "ends"), [("2020-02-01", "2020-07-15"), ("2020-08-01", "2020-10-15"), ("2020-10-15", "2021-01-15")]
)
def test_access_lasts_for_the_rest_of_the_period_or_of_the_binding(day: str, ends: str) -> None:
    assert story(ANNA, f"{day} {ACCESS}").end == ends


@pytest.mark.parametrize(("day", "ends"), [("2020-03-01", "2020-07-15"), ("2020-06-01", "2020-08-14")])
def test_the_later_of_the_periods_end_and_the_bindings_end_counts(day: str, ends: str) -> None:
    # after the trial periods turn on 14 May and 14 August
    assert story(f"{ANNA}, trial_days: 30", f"{day} {ACCESS}").end == ends


def test_it_renews_until_then_but_not_beyond() -> None:
    told = story(ANNA, f"2020-02-01 {ACCESS}", until="2020-12-31")
    assert told.lines == ["2020-01-15 period 447.00", "2020-04-15 period 447.00"]


def test_such_an_end_is_the_operators() -> None:
    told = story(ANNA, f"2020-02-01 {ACCESS}", until="2020-07-15")
    assert told.main.end_reason == "operator"


def test_in_a_trial_it_ends_with_the_trial_and_nothing_is_charged() -> None:
    told = story(f"{ANNA}, trial_days: 30", f"2020-02-01 {ACCESS}", until="2020-03-01")
    assert (told.end, told.main.end_reason, told.lines) == ("2020-02-14", "operator", [])


@pytest.mark.parametrize(("wanted", "refused"), [("2020-10-15", True), ("2021-01-15", False)])
def test_it_is_refused_where_a_notice_already_ends_it_no_later(wanted: str, refused: bool) -> None:
    told = story(SHOP, f"2020-08-01 give_notice wanted_end: {wanted}", f"2020-08-02 {ACCESS}")
    assert (told.end, bool(told.refused)) == ("2020-10-15", refused)


def test_such_a_refusal_cites_its_clause() -> None:
    told = story(SHOP, f"2020-08-01 {ACCESS}", f"2020-08-02 {ACCESS}")
    assert told.refused == ["2020-08-02 terminate annullering.1a"]


def test_the_member_may_leave_sooner_than_the_operators_end() -> None:
    told = story(
        SHOP, f"2020-08-01 {ACCESS}", "2020-08-02 give_notice", under="ordinary-notice: thirty-days", until="2020-09-01"
    )
    assert (told.end, told.main.end_reason) == ("2020-09-01", "ordinary")


def test_when_that_notice_is_taken_back_the_operators_end_stands_again() -> None:
    told = story(
        SHOP,
        f"2020-08-01 {ACCESS}",
        "2020-08-02 give_notice",
        "2020-08-03 withdraw_notice agreed: true",
        under="ordinary-notice: thirty-days",
        until="2020-10-15",
    )
    assert (told.end, told.main.end_reason) == ("2020-10-15", "operator")


# Without cause: refund


def refund(*events: str, under: str = "") -> Story:
    return story(*events, under=under)


def test_a_refund_ends_it_at_once_and_gives_back_the_days_left() -> None:
    # 447.00 × 74 / 91 = 363.4945
    told = refund(ANNA, f"2020-02-01 {REFUND}")
    assert (told.end, told.lines[-1], told.totals["refunded"]) == ("2020-02-01", "2020-02-01 credit -363.49", "363.49")


@pytest.mark.parametrize(
    ("day", "credit"), [("2020-01-15", "-447.00"), ("2020-04-14", "-4.91"), ("2020-04-15", "-447.00")]
)
def test_the_day_of_the_termination_is_given_back_too(day: str, credit: str) -> None:
    # on the last day 447.00 / 91 = 4.912
    assert refund(ANNA, f"{day} {REFUND}").lines[-1] == f"{day} credit {credit}"


def test_the_credit_line_has_no_package_and_no_dates() -> None:
    line = refund(ANNA, f"2020-02-01 {REFUND}").invoices[-1]
    assert (line.package, line.starts, line.ends, line.clause) == (None, None, None, "annullering.1a")


def test_an_upgrade_of_the_current_period_is_given_back_by_its_own_days() -> None:
    # 447.00 × 74 / 91 + 450.00 × 74 / 86 = 363.4945 + 387.2093 = 750.7038
    told = refund(ANNA, "2020-01-20 change_package to: family", f"2020-02-01 {REFUND}")
    assert told.lines[-1] == "2020-02-01 credit -750.70"


def test_the_sum_is_rounded_once() -> None:
    # 447.00 × 88 / 91 + 450.00 × 88 / 89 = 432.2637 + 444.9438 = 877.2076; rounded each by itself 877.20
    told = refund(ANNA, "2020-01-17 change_package to: family", f"2020-01-18 {REFUND}")
    assert told.lines[-1] == "2020-01-18 credit -877.21"


def test_an_upgrade_of_an_earlier_period_is_not_given_back() -> None:
    # 897.00 × 75 / 91 = 739.2857
    told = refund(ANNA, "2020-01-20 change_package to: family", f"2020-05-01 {REFUND}")
    assert told.lines[-1] == "2020-05-01 credit -739.29"


def test_the_credit_first_covers_what_is_open_of_those_lines() -> None:
    # 447.00 - 363.49
    told = refund(INVOICED, f"2020-02-01 {REFUND}")
    assert (told.totals["refunded"], told.totals["owed"]) == ("0.00", "83.51")


def test_what_is_left_of_the_credit_is_paid_out() -> None:
    # open 447.00 - 200.00 = 247.00; 363.49 - 247.00 = 116.49
    told = refund(INVOICED, "2020-01-20 pay amount: 200.00", f"2020-02-01 {REFUND}")
    assert (told.totals["refunded"], told.totals["owed"]) == ("116.49", "0.00")


def test_a_line_of_which_a_part_was_cancelled_never_counts_as_paid() -> None:
    told = refund(INVOICED, f"2020-02-01 {REFUND}", "2020-02-02 pay amount: 83.51")
    assert (told.paid_on[0], told.totals["owed"]) == ("None", "0.00")


def test_arrears_of_earlier_periods_stay_open() -> None:
    # 447.00 × 75 / 91 = 368.4066 is credited to the second period only
    told = refund(INVOICED, f"2020-05-01 {REFUND}")
    assert (told.lines[-1], told.totals["owed"]) == ("2020-05-01 credit -368.41", "525.59")


def test_one_off_purchases_are_not_given_back() -> None:
    told = refund(ANNA, "2020-01-20 buy item: film, amount: 49.00, access_days: 365", f"2020-02-01 {REFUND}")
    assert told.lines[-1] == "2020-02-01 credit -363.49"


def test_in_a_trial_there_is_nothing_to_give_back() -> None:
    told = refund(f"{ANNA}, trial_days: 30", f"2020-02-01 {REFUND}")
    assert (told.end, told.lines) == ("2020-02-01", ["2020-02-01 credit 0.00"])


def test_a_prorated_last_period_is_given_back_by_the_days_it_covers() -> None:
    # 2020-07-01 + 30 days = 2020-07-31: 16 days for 77.74; 77.74 × 6 / 16 = 29.1525
    told = refund(
        SHOP,
        "2020-07-01 give_notice",
        f"2020-07-25 {REFUND}",
        under="ordinary-notice: thirty-days, final-period: prorated",
    )
    assert told.lines[-1] == "2020-07-25 credit -29.15"


def test_a_refund_is_possible_while_a_notice_stands() -> None:
    told = refund(SHOP, "2020-02-01 give_notice", f"2020-02-02 {REFUND}")
    assert (told.end, told.main.end_reason) == ("2020-02-02", "operator")


# What runs past an end without cause


@pytest.mark.parametrize(
    ("kind", "ends", "outlasts"),
    [
        (ONE_OFF, Day(2020, 3, 2), True),
        (ONE_OFF, Day(2020, 3, 1), False),
        (ONE_OFF, None, True),
        (PERIOD, Day(2020, 3, 2), False),
        (OTHER, None, False),
    ],
)
def test_only_a_one_off_purchase_outlasts_the_end(kind: LineKind, ends: Day | None, outlasts: bool) -> None:
    line = Line(kind, "main", "basis", Day(2020, 2, 1), ends, Day(2020, 2, 1), 2900, "betaling.2")
    assert outlasts_the_end(line, Day(2020, 3, 1)) == outlasts


# Overdue under terms that change


@pytest.mark.parametrize(("paid", "refused"), [("2020-03-02", True), ("2020-03-03", False)])
def test_a_delay_that_persists_is_one_that_was_overdue_by_the_terms_of_its_day(paid: str, refused: bool) -> None:
    # until 2020-03-01 an amount was overdue after 60 days; the terms in force from then on say 47: from 2020-03-03 on
    told = story(
        INVOICED,
        "2020-01-20 announce_terms_change effective: 2020-03-01, numbers: {overdue-days: 47}",
        f"{paid} pay amount: 447.00",
        f"2020-03-10 {OVERDUE}",
        under="late-payment-cure: persists",
        numbers="overdue-days: 60",
    )
    assert bool(told.refused) == refused


def test_a_delay_persists_where_the_terms_of_later_days_allow_more() -> None:
    told = story(
        INVOICED,
        "2020-01-20 announce_terms_change effective: 2020-03-01, numbers: {overdue-days: 60}",
        "2020-02-20 pay amount: 447.00",
        f"2020-03-10 {OVERDUE}",
        under="late-payment-cure: persists",
    )
    assert told.refused == []
