import pytest

from subsim.basics.dates import Day
from subsim.engine.timeline import play
from subsim.rules.withdrawal import too_late_from
from subsim.terms.terms import Terms
from tests.support.story import ANNA, INVOICED, SHOP, story

PENDING = f"{ANNA}, confirmation: pending"


# The period


@pytest.mark.parametrize(
    ("day", "refused"),
    [("2020-01-15", []), ("2020-01-29", []), ("2020-01-30", ["2020-01-30 withdraw fortrydelse.1"])],
)
def test_the_member_may_withdraw_within_14_days_of_the_confirmation(day: str, refused: list[str]) -> None:
    assert story(ANNA, f"{day} withdraw").refused == refused


@pytest.mark.parametrize(
    ("day", "refused"), [("2020-02-04", []), ("2020-02-05", ["2020-02-05 withdraw fortrydelse.1"])]
)
def test_within_20_days_if_the_terms_said_so(day: str, refused: list[str]) -> None:
    assert story(ANNA, f"{day} withdraw", numbers="withdrawal-days: 20").refused == refused


@pytest.mark.parametrize(
    ("day", "refused"), [("2020-03-15", []), ("2020-03-16", ["2020-03-16 withdraw fortrydelse.1"])]
)
def test_the_period_starts_when_the_confirmation_is_received(day: str, refused: list[str]) -> None:
    assert story(PENDING, "2020-03-01 confirmation_received", f"{day} withdraw").refused == refused


def test_while_the_confirmation_is_pending_there_is_no_last_day() -> None:
    assert story(PENDING, "2022-01-15 withdraw").refused == []


def test_a_confirmation_where_none_is_pending_is_refused() -> None:
    assert story(ANNA, "2020-01-16 confirmation_received").refused == ["2020-01-16 confirmation_received fortrydelse.1"]


def test_a_second_confirmation_is_refused_and_prolongs_nothing() -> None:
    told = story(PENDING, "2020-02-01 confirmation_received", "2020-02-10 confirmation_received", "2020-02-16 withdraw")
    assert told.refused == ["2020-02-10 confirmation_received fortrydelse.1", "2020-02-16 withdraw fortrydelse.1"]


# Who has the right


@pytest.mark.parametrize(
    ("channel", "reading", "refused"),
    [
        ("online", "online", False),
        ("online", "distance", False),
        ("phone", "online", True),
        ("phone", "distance", False),
        ("shop", "online", True),
        ("shop", "distance", True),
    ],
)
def test_who_may_withdraw_by_the_reading_of_withdrawal_channel(channel: str, reading: str, refused: bool) -> None:
    told = story(f"{ANNA}, channel: {channel}", "2020-01-20 withdraw", under=f"withdrawal-channel: {reading}")
    assert told.refused == (["2020-01-20 withdraw fortrydelse.1"] if refused else [])


# What waives it


@pytest.mark.parametrize(
    ("use", "reading", "waived"),
    [
        ("log_in", "activation", False),
        ("log_in", "filter", False),
        ("log_in", "login", True),
        ("activate", "activation", True),
        ("activate", "filter", False),
        ("activate", "login", True),
        ("activate filter_changed: true", "activation", True),
        ("activate filter_changed: true", "filter", True),
        ("activate filter_changed: true", "login", True),
    ],
)
def test_use_waives_the_right_by_the_reading_of_withdrawal_waiver(use: str, reading: str, waived: bool) -> None:
    told = story(ANNA, f"2020-01-16 {use}", "2020-01-20 withdraw", under=f"withdrawal-waiver: {reading}")
    assert told.refused == (["2020-01-20 withdraw fortrydelse.2"] if waived else [])


def test_the_waiver_is_named_even_where_the_period_is_over_too() -> None:
    told = story(ANNA, "2020-01-16 activate", "2020-03-01 withdraw")
    assert told.refused == ["2020-03-01 withdraw fortrydelse.2"]


def test_use_of_one_subscription_waives_nothing_of_another() -> None:
    two = "2020-01-16 sign_up package: mini, subscription: two"
    told = story(ANNA, two, "2020-01-17 activate subscription: main", "2020-01-20 withdraw subscription: two")
    assert told.of("two").state == "ended"


# What it does


def test_a_withdrawal_ends_the_subscription_at_once() -> None:
    told = story(ANNA, "2020-01-20 withdraw")
    assert (told.end, told.main.end_reason, told.states[-1]) == ("2020-01-20", "withdrawal", "2020-01-20 ended")


def test_what_was_paid_for_the_period_is_refunded() -> None:
    told = story(ANNA, "2020-01-20 withdraw")
    assert told.totals == {
        "charged": "0.00",
        "paid": "447.00",
        "refunded": "447.00",
        "adjusted": "0.00",
        "owed": "0.00",
        "interest": "0.00",
    }


def test_the_refund_is_dated_and_cites_its_clause() -> None:
    refunds = story(ANNA, "2020-01-20 withdraw").outcome.refunds
    assert [refund.to_dict() for refund in refunds] == [
        {"date": "2020-01-20", "amount": "447.00", "clause": "fortrydelse.1"}
    ]


def test_one_credit_line_takes_back_the_periods_and_upgrades() -> None:
    told = story(ANNA, "2020-01-16 change_package to: family", "2020-01-20 withdraw")
    assert told.lines == ["2020-01-15 period 447.00", "2020-01-16 upgrade 450.00", "2020-01-20 credit -897.00"]


def test_the_credit_line_has_no_package_and_no_dates() -> None:
    line = story(ANNA, "2020-01-20 withdraw").invoices[-1]
    assert (line.package, line.starts, line.ends, line.clause) == (None, None, None, "fortrydelse.1")


def test_the_duty_to_refund_has_no_date() -> None:
    assert story(ANNA, "2020-01-20 withdraw").duties == ["None refund fortrydelse.1"]


def test_one_off_purchases_are_never_refunded() -> None:
    told = story(ANNA, "2020-01-16 buy item: film, amount: 49.00", "2020-01-20 withdraw")
    assert (told.totals["refunded"], told.totals["charged"]) == ("447.00", "49.00")


def test_what_is_open_is_cancelled() -> None:
    told = story(INVOICED, "2020-01-20 withdraw")
    assert (told.totals["refunded"], told.totals["owed"], told.paid_on[0]) == ("0.00", "0.00", "None")


def test_of_a_line_paid_in_part_the_part_is_refunded() -> None:
    told = story(INVOICED, "2020-01-16 pay amount: 100.00", "2020-01-20 withdraw")
    assert (told.totals["refunded"], told.totals["owed"], told.paid_on[0]) == ("100.00", "0.00", "None")


def test_a_line_that_was_paid_stays_paid() -> None:
    assert story(ANNA, "2020-01-20 withdraw").paid_on[0] == "2020-01-15"


def test_a_surplus_stays_the_members_credit() -> None:
    told = story(INVOICED, "2020-01-16 pay amount: 500.00", "2020-01-20 withdraw")
    assert (told.totals["refunded"], told.totals["owed"]) == ("447.00", "-53.00")


def test_only_this_subscriptions_money_is_refunded() -> None:
    told = story(ANNA, "2020-01-16 sign_up package: mini, subscription: two", "2020-01-20 withdraw subscription: two")
    assert (told.totals["refunded"], told.main.state) == ("297.00", "bound")


def test_every_period_since_the_sign_up_is_refunded_while_the_confirmation_is_pending() -> None:
    assert story(PENDING, "2020-05-01 withdraw").totals["refunded"] == "894.00"


def test_a_refused_withdrawal_is_never_turned_into_a_notice() -> None:
    told = story(SHOP, "2020-01-20 withdraw")
    assert (told.main.state, told.end) == ("bound", None)


def test_a_withdrawal_is_possible_while_a_notice_stands() -> None:
    told = story(ANNA, "2020-01-16 give_notice ground: ordinary", "2020-01-20 withdraw")
    assert (told.end, told.main.end_reason) == ("2020-01-20", "withdrawal")


def test_nothing_is_charged_after_a_withdrawal() -> None:
    told = story(ANNA, "2020-01-20 withdraw", until="2021-01-15")
    assert told.lines == ["2020-01-15 period 447.00", "2020-01-20 credit -447.00"]


@pytest.mark.parametrize(("first", "day"), [(ANNA, Day(2020, 1, 30)), (PENDING, None)])
def test_a_withdrawal_is_too_late_from_the_day_after_the_last(first: str, day: Day | None) -> None:
    told = story(first)
    member = play(told.scenario.facts, Terms(), Day(2020, 1, 15))
    assert too_late_from(member, member.by_id["main"]) == day
