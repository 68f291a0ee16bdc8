import pytest

from subsim.basics.dates import Day
from subsim.membership.events import Payment
from subsim.membership.ledger import PaymentMethod
from tests.support.story import ANNA, INVOICED, MONTHLY, SHOP, story

TWO = "2020-01-15 sign_up package: mini, subscription: two"


def test_a_period_line_in_full() -> None:
    assert story(ANNA).invoices[0].to_dict() == {
        "date": "2020-01-15",
        "due": "2020-01-15",
        "kind": "period",
        "subscription": "main",
        "package": "basis",
        "from": "2020-01-15",
        "to": "2020-04-15",
        "amount": "447.00",
        "paid_on": "2020-01-15",
        "interest": "0.00",
        "clause": "betaling.2",
    }


def test_an_upgrade_line_in_full() -> None:
    assert story(ANNA, "2020-02-01 change_package to: family").invoices[1].to_dict() == {
        "date": "2020-02-01",
        "due": "2020-02-01",
        "kind": "upgrade",
        "subscription": "main",
        "package": "family",
        "from": "2020-02-01",
        "to": "2020-04-15",
        "amount": "450.00",
        "paid_on": "2020-02-01",
        "interest": "0.00",
        "clause": "priser.3",
    }


def test_an_accelerated_line_in_full() -> None:
    assert story(INVOICED, "2020-02-01 terminate reason: breach").invoices[1].to_dict() == {
        "date": "2020-02-01",
        "due": "2020-02-01",
        "kind": "accelerated",
        "subscription": "main",
        "package": "basis",
        "from": "2020-04-15",
        "to": "2020-07-15",
        "amount": "447.00",
        "paid_on": None,
        "interest": "0.00",
        "clause": "annullering.2b",
    }


def test_a_one_off_line_in_full() -> None:
    told = story(ANNA, "2020-02-01 buy item: film, amount: 49.00, access_days: 2")
    assert told.invoices[1].to_dict() == {
        "date": "2020-02-01",
        "due": "2020-02-01",
        "kind": "one_off",
        "subscription": "main",
        "package": "basis",
        "from": "2020-02-01",
        "to": "2020-02-03",
        "amount": "49.00",
        "paid_on": "2020-02-01",
        "interest": "0.00",
        "clause": "betaling.2",
    }


def test_lines_come_in_the_order_they_arose() -> None:
    told = story(ANNA, TWO, "2020-02-01 change_package to: family, subscription: main", until="2020-04-15")
    assert told.lines == [
        "2020-01-15 period 447.00",
        "2020-01-15 period 297.00",
        "2020-02-01 upgrade 450.00",
        "2020-04-15 period 897.00",
        "2020-04-15 period 297.00",
    ]


def test_there_is_one_payment_a_line_collected() -> None:
    told = story(ANNA, TWO, until="2020-01-15")
    assert told.payments == ["2020-01-15 447.00", "2020-01-15 297.00"]


def test_there_is_one_payment_a_pay_whatever_it_was_used_for() -> None:
    told = story(INVOICED, TWO, "2020-01-20 pay amount: 744.00")
    assert told.payments == ["2020-01-20 744.00"]


def test_credit_is_used_for_the_first_line_due_whichever_subscription_it_is_of() -> None:
    told = story(INVOICED, TWO, "2020-01-20 pay amount: 1000.00", until="2020-04-15")
    # 1000.00 - 447.00 - 297.00 = 256.00 goes to the April line of the subscription signed up first
    assert (told.paid_on, told.totals["owed"]) == (["2020-01-20", "2020-01-20", "None", "None"], "488.00")


def test_credit_that_covers_a_line_in_full_pays_it_that_day() -> None:
    told = story(INVOICED, "2020-01-20 pay amount: 894.00", until="2020-04-15")
    assert told.paid_on == ["2020-01-20", "2020-04-15"]


def test_credit_is_used_while_the_card_is_failing() -> None:
    told = story(ANNA, "2020-02-01 payment_method_fails", "2020-02-02 pay amount: 447.00", until="2020-04-15")
    assert told.paid_on == ["2020-01-15", "2020-04-15"]


def test_credit_is_used_for_an_upgrade_too() -> None:
    told = story(ANNA, "2020-01-20 pay amount: 100.00", "2020-02-01 change_package to: family")
    assert told.payments == ["2020-01-15 447.00", "2020-01-20 100.00", "2020-02-01 350.00"]


def test_a_payment_while_the_card_is_failing_leaves_only_the_rest_to_collect() -> None:
    told = story(
        MONTHLY,
        "2020-02-01 payment_method_fails",
        "2020-02-20 pay amount: 100.00",
        "2020-02-25 payment_method_renewed",
    )
    assert told.payments == ["2020-01-15 149.00", "2020-02-20 100.00", "2020-02-25 49.00"]


def test_a_line_of_nothing_is_listed_and_paid_but_collects_nothing() -> None:
    told = story(ANNA, prices="basis: 0.00")
    assert (told.lines, told.paid_on, told.payments) == (["2020-01-15 period 0.00"], ["2020-01-15"], [])


def test_what_is_owed_is_what_was_charged_less_what_was_paid_and_not_refunded() -> None:
    told = story(
        ANNA,
        "2020-01-16 buy item: film, amount: 49.00",
        "2020-01-17 pay amount: 10.00",
        "2020-01-20 withdraw",
    )
    # charged 447.00 + 49.00 - 447.00; paid 447.00 + 49.00 + 10.00; refunded 447.00
    assert told.totals == {
        "charged": "49.00",
        "paid": "506.00",
        "refunded": "447.00",
        "adjusted": "0.00",
        "owed": "-10.00",
        "interest": "0.00",
    }


def test_arrears_outlive_the_subscription() -> None:
    told = story(f"{SHOP}, payment: invoice", "2020-03-01 give_notice", until="2020-12-31")
    assert (told.main.state, told.totals["owed"]) == ("ended", "894.00")


def test_amounts_are_exact_however_many_lines_there_are() -> None:
    # 100 years of 0.01 a month
    told = story("1990-01-01 sign_up package: penny, billing: monthly", until="2089-12-31", prices="penny: 0.01")
    assert told.totals["charged"] == "12.00"


@pytest.mark.parametrize(
    ("kind", "expires", "fails", "last_day"),
    [
        ("card", None, False, Day.max),
        ("card", Day(2020, 6, 30), False, Day(2020, 6, 30)),
        ("card", Day(2020, 6, 30), True, None),
        ("betalingsservice", Day(2020, 6, 30), False, Day.max),
        ("betalingsservice", None, True, None),
        ("invoice", None, False, None),
    ],
)
def test_the_last_day_on_which_a_method_can_be_charged(
    kind: Payment, expires: Day | None, fails: bool, last_day: Day | None
) -> None:
    method = PaymentMethod()
    method.become(kind, expires, fails=fails)
    assert method.last_day == last_day
