import pytest

from tests.support.story import ANNA, INVOICED, MONTHLY, story

TWO = "2020-01-15 sign_up package: basis, subscription: two"


# Collection


@pytest.mark.parametrize("method", ["card", "betalingsservice"])
def test_a_card_or_betalingsservice_pays_on_the_due_date(method: str) -> None:
    told = story(f"{ANNA}, payment: {method}", until="2020-04-15")
    assert told.payments == ["2020-01-15 447.00", "2020-04-15 447.00"]


def test_an_invoiced_member_pays_of_their_own_accord() -> None:
    assert story(INVOICED, until="2020-04-15").totals == {
        "charged": "894.00",
        "paid": "0.00",
        "refunded": "0.00",
        "adjusted": "0.00",
        "owed": "894.00",
        # 2020-01-15 to 2020-04-15 are 91 days: 447.00 × 8.05 % × 91 / 366 = 8.9467
        "interest": "8.95",
    }


def test_a_failing_method_pays_nothing_until_it_is_renewed() -> None:
    told = story(ANNA, "2020-04-01 payment_method_fails", "2020-05-01 payment_method_renewed")
    assert told.paid_on == ["2020-01-15", "2020-05-01"]


def test_renewing_collects_at_once_all_that_is_open() -> None:
    told = story(MONTHLY, "2020-02-01 payment_method_fails", "2020-03-20 payment_method_renewed")
    assert told.payments == ["2020-01-15 149.00", "2020-03-20 149.00", "2020-03-20 149.00"]


def test_a_method_that_fails_on_a_periods_first_day_has_already_paid() -> None:
    told = story(ANNA, "2020-04-15 payment_method_fails")
    assert told.paid_on == ["2020-01-15", "2020-04-15"]


def test_a_method_renewed_on_a_periods_first_day_pays_that_day() -> None:
    told = story(ANNA, "2020-02-01 payment_method_fails", "2020-04-15 payment_method_renewed")
    assert told.paid_on == ["2020-01-15", "2020-04-15"]


def test_an_invoiced_members_method_never_fails() -> None:
    told = story(INVOICED, "2020-02-01 payment_method_fails", "2020-02-02 buy item: film, amount: 49.00")
    assert told.refused == []


def test_renewing_collects_nothing_from_an_invoiced_member() -> None:
    assert story(INVOICED, "2020-02-01 payment_method_renewed").payments == []


# The card's expiry


@pytest.mark.parametrize(("first_day", "april"), [("2020-01-30", "2020-04-30"), ("2020-02-01", "None")])
def test_a_card_pays_to_the_last_day_of_its_last_month(first_day: str, april: str) -> None:
    # the second period begins on 30 April or on 1 May
    told = story(f"{first_day} sign_up package: basis, card_expires: 2020-04", until="2020-05-01")
    assert told.paid_on == [first_day, april]


def test_a_card_that_had_expired_at_the_sign_up_pays_nothing() -> None:
    assert story(f"{ANNA}, card_expires: 2019-12").payments == []


def test_a_new_card_collects_what_the_expired_one_did_not() -> None:
    told = story(f"{ANNA}, card_expires: 2020-03", "2020-05-01 payment_method_renewed card_expires: 2024-03")
    assert told.paid_on == ["2020-01-15", "2020-05-01"]


def test_a_new_card_that_has_expired_too_collects_nothing() -> None:
    told = story(f"{ANNA}, card_expires: 2020-03", "2020-05-01 payment_method_renewed card_expires: 2020-04")
    assert told.paid_on == ["2020-01-15", "None"]


def test_renewing_without_an_expiry_leaves_none_known() -> None:
    told = story(f"{ANNA}, card_expires: 2020-03", "2020-02-01 payment_method_renewed", until="2020-04-15")
    assert told.paid_on == ["2020-01-15", "2020-04-15"]


def test_the_expiry_of_a_card_means_nothing_to_betalingsservice() -> None:
    told = story(f"{ANNA}, payment: betalingsservice, card_expires: 2020-03", until="2020-04-15")
    assert told.paid_on == ["2020-01-15", "2020-04-15"]


# A second sign-up


def test_a_second_sign_up_that_names_no_method_leaves_what_stands() -> None:
    assert story(INVOICED, TWO).payments == []


def test_a_second_sign_up_that_names_a_method_changes_it_for_the_member_but_collects_no_arrears() -> None:
    told = story(INVOICED, f"{TWO}, payment: card", until="2020-04-15")
    assert told.paid_on == ["None", "2020-01-15", "2020-04-15", "2020-04-15"]


def test_a_second_sign_up_that_names_an_expiry_changes_it_but_collects_no_arrears() -> None:
    told = story(
        f"{ANNA}, card_expires: 2020-03",
        "2020-05-01 sign_up package: basis, subscription: two, card_expires: 2024-03",
        until="2020-07-15",
    )
    assert told.paid_on == ["2020-01-15", "None", "2020-05-01", "2020-07-15"]


def test_a_second_sign_up_does_not_mend_a_failing_method() -> None:
    told = story(ANNA, "2020-02-01 payment_method_fails", "2020-03-01 sign_up package: mini, subscription: two")
    assert told.paid_on == ["2020-01-15", "None"]


def test_a_refused_sign_up_changes_no_method() -> None:
    told = story(
        ANNA, "2020-02-01 sign_up package: mini, subscription: tv, service: tv, payment: invoice", until="2020-04-15"
    )
    assert told.paid_on == ["2020-01-15", "2020-04-15"]


# The member's own payments


def test_a_payment_covers_the_oldest_due_amount_first() -> None:
    told = story(INVOICED, "2020-04-20 pay amount: 500.00")
    assert (told.paid_on, told.totals["owed"]) == (["2020-04-20", "None"], "394.00")


def test_of_one_due_date_the_older_line_is_paid_first() -> None:
    told = story(INVOICED, TWO, "2020-01-20 pay amount: 447.00")
    assert told.paid_on == ["2020-01-20", "None"]


@pytest.mark.parametrize(("amount", "paid_on"), [("446.99", "None"), ("447.00", "2020-01-20")])
def test_a_line_is_paid_on_the_day_nothing_of_it_is_open(amount: str, paid_on: str) -> None:
    assert story(INVOICED, f"2020-01-20 pay amount: {amount}").paid_on == [paid_on]


def test_arrears_are_paid_whichever_subscription_they_come_from() -> None:
    told = story(INVOICED, "2020-02-01 sign_up package: mini, subscription: two", "2020-02-02 pay amount: 744.00")
    assert told.paid_on == ["2020-02-02", "2020-02-02"]


def test_a_payment_with_nothing_due_is_never_refused_and_stays_as_credit() -> None:
    told = story(ANNA, "2020-02-01 pay amount: 100.00")
    assert (told.refused, told.totals["owed"]) == ([], "-100.00")


def test_a_surplus_is_used_on_the_next_due_date_before_the_card_is_charged() -> None:
    told = story(ANNA, "2020-02-01 pay amount: 100.00", until="2020-04-15")
    assert told.payments == ["2020-01-15 447.00", "2020-02-01 100.00", "2020-04-15 347.00"]


def test_a_surplus_is_used_on_an_invoiced_members_later_due_dates() -> None:
    told = story(INVOICED, "2020-01-20 pay amount: 900.00", until="2020-07-15")
    # 900.00 - 447.00 = 453.00; - 447.00 = 6.00
    assert (told.paid_on, told.totals["owed"]) == (["2020-01-20", "2020-04-15", "None"], "441.00")


def test_a_payment_after_the_end_covers_what_is_open() -> None:
    told = story(
        INVOICED,
        "2020-02-01 terminate reason: misuse",
        "2020-03-01 pay amount: 447.00",
        under="acceleration: arrears-only",
    )
    assert told.paid_on == ["2020-03-01"]


# One-off purchases


@pytest.mark.parametrize("method", ["card", "betalingsservice", "invoice"])
def test_a_one_off_purchase_is_paid_in_full_when_bought(method: str) -> None:
    told = story(f"{ANNA}, payment: {method}", "2020-02-01 buy item: film, amount: 49.00")
    assert told.paid_on[-1] == "2020-02-01"


def test_a_one_off_purchase_is_refused_while_the_method_is_failing() -> None:
    told = story(ANNA, "2020-02-01 payment_method_fails", "2020-02-02 buy item: film, amount: 49.00")
    assert told.refused == ["2020-02-02 buy betaling.2"]


@pytest.mark.parametrize(("day", "refused"), [("2020-03-31", []), ("2020-04-01", ["2020-04-01 buy betaling.2"])])
def test_a_one_off_purchase_is_refused_from_the_day_after_the_card_has_expired(day: str, refused: list[str]) -> None:
    told = story(f"{ANNA}, card_expires: 2020-03", f"{day} buy item: film, amount: 49.00")
    assert told.refused == refused


def test_a_one_off_purchase_leaves_the_credit_untouched() -> None:
    told = story(ANNA, "2020-02-01 pay amount: 100.00", "2020-02-02 buy item: film, amount: 49.00", until="2020-04-15")
    assert told.payments == ["2020-01-15 447.00", "2020-02-01 100.00", "2020-02-02 49.00", "2020-04-15 347.00"]


def test_a_one_off_purchase_gives_access_for_so_many_days() -> None:
    told = story(ANNA, "2020-02-01 buy item: film, amount: 49.00, access_days: 30")
    assert told.covers[-1] == "basis 2020-02-01 2020-03-02"


def test_a_one_off_purchase_without_a_number_of_days_gives_access_for_good() -> None:
    told = story(ANNA, "2020-02-01 buy item: film, amount: 49.00")
    assert told.covers[-1] == "basis 2020-02-01 None"


def test_a_one_off_purchase_is_allowed_in_a_trial() -> None:
    told = story(f"{ANNA}, trial_days: 30", "2020-02-01 buy item: film, amount: 49.00")
    assert told.lines == ["2020-02-01 one_off 49.00"]


# Payments that go back


def test_a_returned_payment_is_told_with_the_lines_it_opens() -> None:
    told = story(MONTHLY, "2020-02-20 payment_returned amount: 200.00")
    assert told.outcome.decisions[-1].reason == (
        "200.00 kr. went back; 149.00 kr. due on 2020-02-15 is open again; 51.00 kr. due on 2020-01-15 is open again"
    )


def test_a_returned_payment_is_told_with_what_it_takes_from_the_credit() -> None:
    told = story(INVOICED, "2020-01-15 pay amount: 500.00", "2020-01-20 payment_returned amount: 53.00")
    assert told.outcome.decisions[-1].reason == "53.00 kr. went back; 53.00 kr. of it is taken from the credit"


def test_a_returned_payment_is_a_payment_of_a_negative_amount() -> None:
    told = story(ANNA, "2020-01-20 payment_returned amount: 447.00")
    assert told.payments == ["2020-01-15 447.00", "2020-01-20 -447.00"]


def test_a_line_that_is_open_again_is_paid_on_the_day_of_the_second_payment() -> None:
    told = story(ANNA, "2020-01-20 payment_returned amount: 0.01", "2020-01-25 pay amount: 0.01")
    assert told.paid_on == ["2020-01-25"]


def test_the_next_due_date_does_not_collect_what_went_back() -> None:
    told = story(ANNA, "2020-01-20 payment_returned amount: 447.00", until="2020-04-15")
    assert told.paid_on == ["None", "2020-04-15"]


@pytest.mark.parametrize(
    ("events", "why"),
    [
        (["2020-01-20 payment_returned amount: 447.01"], "447.01 kr. is more than was ever paid: 447.00 kr."),
        (
            [
                "2020-01-16 pay amount: 10.00",
                "2020-01-17 credit_paid_out amount: 10.00",
                "2020-01-20 payment_returned amount: 447.01",
            ],
            "447.01 kr. is more than the 447.00 kr. that still stands on lines and as credit; "
            "what was paid out of it before is another charge",
        ),
    ],
)
def test_more_than_was_paid_or_still_stands_cannot_go_back(events: list[str], why: str) -> None:
    (refused,) = story(ANNA, *events).outcome.refused
    assert (refused.clause, refused.reason) == ("betaling.2", why)


@pytest.mark.parametrize(("back", "refused"), [("347.00", False), ("347.01", True)])
def test_what_a_withdrawal_cancels_does_not_stand_paid(back: str, refused: bool) -> None:
    # 500.00 paid, 53.00 paid out, 100.00 returned: 400.00 in all, of which 347.00 stands on the line withdrawn
    told = story(
        INVOICED,
        "2020-01-20 pay amount: 500.00",
        "2020-01-21 credit_paid_out amount: 53.00",
        "2020-01-22 payment_returned amount: 100.00",
        "2020-01-25 withdraw",
        f"2020-02-20 payment_returned amount: {back}",
    )
    assert bool(told.refused) == refused


# Credit and other charges


def test_a_credit_is_told_with_what_stays_and_with_its_note() -> None:
    told = story(INVOICED, "2020-01-20 credit_adjusted amount: 500.00, note: three days without service")
    assert told.outcome.decisions[-1].reason == (
        "500.00 kr. is credited for the oldest amounts due; 53.00 kr. of it stays as credit; "
        "note: three days without service"
    )


def test_a_credit_lowered_is_told_with_what_it_was() -> None:
    told = story(ANNA, "2020-01-16 pay amount: 60.00", "2020-01-20 credit_adjusted amount: -50.00")
    assert told.outcome.decisions[-1].reason == "the credit of 60.00 kr. is lowered by 50.00 kr."


def test_a_credit_paid_out_is_a_refund_under_its_clause() -> None:
    told = story(ANNA, "2020-01-16 pay amount: 60.00", "2020-01-20 credit_paid_out amount: 60.00")
    assert [refund.to_dict() for refund in told.outcome.refunds] == [
        {"date": "2020-01-20", "amount": "60.00", "clause": "betaling.2"}
    ]


def test_a_failing_card_leaves_another_charge_open() -> None:
    told = story(ANNA, "2020-01-16 payment_method_fails", "2020-01-20 charge item: a visit, amount: 80.00")
    assert (told.lines[-1], told.paid_on[-1]) == ("2020-01-20 other 80.00", "None")


@pytest.mark.parametrize(
    ("back", "words"),
    [
        ("40.00", "40.00 kr. went back; 40.00 kr. of it is taken from the credit"),
        (
            "60.00",
            "60.00 kr. went back; 53.00 kr. of it is taken from the credit; 7.00 kr. due on 2020-01-15 is open again",
        ),
    ],
)
def test_a_returned_payment_takes_no_more_from_the_credit_than_it_is(back: str, words: str) -> None:
    told = story(INVOICED, "2020-01-15 pay amount: 500.00", f"2020-01-20 payment_returned amount: {back}")
    assert told.outcome.decisions[-1].reason == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-0.01", "the credit of 60.00 kr. is lowered by 0.01 kr."),
        ("0.00", "0.00 kr. is credited for the oldest amounts due"),
        ("0.01", "0.01 kr. is credited for the oldest amounts due; 0.01 kr. of it stays as credit"),
    ],
)
def test_a_credit_adjusted_is_lowered_only_by_less_than_nothing(amount: str, words: str) -> None:
    told = story(ANNA, "2020-01-16 pay amount: 60.00", f"2020-01-20 credit_adjusted amount: {amount}")
    assert told.outcome.decisions[-1].reason == words
