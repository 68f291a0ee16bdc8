import pytest

from tests.support.story import ANNA, MONTHLY, SHOP, story

RISE = "2020-06-01 announce_price_change prices: {basis: 169.00}"


@pytest.mark.parametrize(
    ("billing", "lines"),
    [
        ("monthly", ["2020-01-15 period 149.00", "2020-02-15 period 149.00", "2020-03-15 period 149.00"]),
        ("quarterly", ["2020-01-15 period 447.00"]),
        ("half-yearly", ["2020-01-15 period 894.00"]),
        ("yearly", ["2020-01-15 period 1788.00"]),
    ],
)
def test_a_period_costs_the_monthly_price_for_each_of_its_months(billing: str, lines: list[str]) -> None:
    assert story(f"{ANNA}, billing: {billing}", until="2020-04-14").lines == lines


@pytest.mark.parametrize(
    ("billing", "second"),
    [("monthly", "2020-02-15"), ("quarterly", "2020-04-15"), ("half-yearly", "2020-07-15"), ("yearly", "2021-01-15")],
)
def test_a_new_period_begins_on_its_first_day_and_not_before(billing: str, second: str) -> None:
    told = story(f"{ANNA}, billing: {billing}", until=second)
    assert [str(line.date) for line in told.invoices] == ["2020-01-15", second]


def test_periods_from_the_31st_are_reckoned_from_the_anchor() -> None:
    told = story("2020-01-31 sign_up package: basis, billing: monthly", until="2020-05-31")
    assert told.covers == [
        "basis 2020-01-31 2020-02-29",
        "basis 2020-02-29 2020-03-31",
        "basis 2020-03-31 2020-04-30",
        "basis 2020-04-30 2020-05-31",
        "basis 2020-05-31 2020-06-30",
    ]


def test_quarterly_is_the_billing_unless_said() -> None:
    assert story(ANNA).covers == ["basis 2020-01-15 2020-04-15"]


def test_renewal_goes_on_after_the_binding() -> None:
    assert story(ANNA, until="2022-01-14").totals["charged"] == "3576.00"


def test_an_agreement_that_ends_today_is_not_charged_today() -> None:
    told = story(SHOP, "2020-03-01 give_notice", until="2020-07-15")
    assert told.lines == ["2020-01-15 period 447.00", "2020-04-15 period 447.00"]


@pytest.mark.parametrize(("effective", "amount"), [("2020-07-15", "507.00"), ("2020-07-16", "447.00")])
def test_a_period_costs_the_price_of_its_first_day(effective: str, amount: str) -> None:
    told = story(ANNA, f"{RISE}, effective: {effective}", until="2020-07-15")
    assert told.lines[-1] == f"2020-07-15 period {amount}"


def test_a_prepaid_period_is_not_charged_again_after_a_rise() -> None:
    told = story(ANNA, f"{RISE}, effective: 2020-08-01", until="2020-10-14")
    assert told.totals["charged"] == "1341.00"


def test_a_period_costs_nothing_where_the_price_is_nothing_and_is_listed() -> None:
    assert story(ANNA, prices="basis: 0.00").lines == ["2020-01-15 period 0.00"]


# final-period

KNOWN_END = (SHOP, "2020-07-01 give_notice")  # thirty-days: 2020-07-31


@pytest.mark.parametrize(
    ("reading", "amount", "ends"), [("full", "447.00", "2020-10-15"), ("prorated", "77.74", "2020-07-31")]
)
def test_a_period_charged_when_its_end_is_known_costs_by_the_reading_of_final_period(
    reading: str, amount: str, ends: str
) -> None:
    # 16 of 92 days: 447.00 × 16 / 92 = 77.739
    told = story(*KNOWN_END, until="2020-07-31", under=f"ordinary-notice: thirty-days, final-period: {reading}")
    assert (told.lines[-1], told.covers[-1]) == (f"2020-07-15 period {amount}", f"basis 2020-07-15 {ends}")


@pytest.mark.parametrize("reading", ["full", "prorated"])
def test_a_period_charged_before_its_end_is_known_is_whole(reading: str) -> None:
    told = story(SHOP, "2020-07-15 give_notice", under=f"ordinary-notice: thirty-days, final-period: {reading}")
    assert (told.lines[-1], told.end) == ("2020-07-15 period 447.00", "2020-08-14")


def test_a_period_that_runs_out_with_the_known_end_is_whole() -> None:
    told = story(SHOP, "2020-03-01 give_notice", until="2020-07-15", under="final-period: prorated")
    assert told.lines[-1] == "2020-04-15 period 447.00"


# The card: receipts and the reminder


def test_every_line_collected_from_a_card_has_a_receipt_that_day() -> None:
    told = story(ANNA, "2020-02-01 buy item: film, amount: 49.00", until="2020-04-15")
    assert told.receipts == ["2020-01-15", "2020-02-01", "2020-04-15"]


@pytest.mark.parametrize("method", ["betalingsservice", "invoice"])
def test_other_methods_have_no_receipts(method: str) -> None:
    told = story(f"{ANNA}, payment: {method}", "2020-02-01 buy item: film, amount: 49.00", until="2020-04-15")
    assert told.receipts == []


def test_arrears_collected_on_one_day_have_a_receipt_a_line() -> None:
    told = story(MONTHLY, "2020-02-01 payment_method_fails", "2020-03-20 payment_method_renewed")
    assert told.receipts == ["2020-01-15", "2020-03-20", "2020-03-20"]


def test_a_payment_of_the_members_own_has_no_receipt() -> None:
    assert story(ANNA, "2020-02-01 pay amount: 100.00").receipts == ["2020-01-15"]


def test_what_credit_covers_has_no_receipt() -> None:
    assert story(ANNA, "2020-02-01 pay amount: 447.00", until="2020-04-15").receipts == ["2020-01-15"]


@pytest.mark.parametrize(
    ("until", "duties"), [("2020-05-30", []), ("2020-05-31", ["2020-05-31 card_reminder fornyelse.2"])]
)
def test_the_member_is_reminded_on_the_last_day_of_the_cards_last_month(until: str, duties: list[str]) -> None:
    assert story(f"{ANNA}, card_expires: 2020-05", until=until).duties == duties


def test_nobody_is_reminded_whose_last_subscription_ends_that_day() -> None:
    told = story(
        "2020-01-31 sign_up package: basis, channel: shop, card_expires: 2020-07",
        "2020-03-01 give_notice",
        until="2020-08-01",
    )
    assert (told.end, told.duties) == ("2020-07-31", [])


def test_nobody_is_reminded_of_a_card_that_has_been_replaced() -> None:
    told = story(
        f"{ANNA}, card_expires: 2020-05", "2020-05-30 payment_method_renewed card_expires: 2024-05", until="2020-06-30"
    )
    assert told.duties == []


def test_the_member_is_reminded_of_the_new_card_too() -> None:
    told = story(
        f"{ANNA}, card_expires: 2020-05", "2020-06-01 payment_method_renewed card_expires: 2020-08", until="2020-12-31"
    )
    assert told.duties == ["2020-05-31 card_reminder fornyelse.2", "2020-08-31 card_reminder fornyelse.2"]


def test_nobody_is_reminded_who_pays_by_betalingsservice() -> None:
    assert story(f"{ANNA}, payment: betalingsservice, card_expires: 2020-05", until="2020-06-30").duties == []


@pytest.mark.parametrize(("effective", "price"), [("2020-09-15", "159.00"), ("2020-09-16", "149.00")])
def test_a_rise_on_the_first_day_of_a_period_is_in_its_price_where_nothing_is_collected(
    effective: str, price: str
) -> None:
    told = story(
        f"{MONTHLY}, payment: invoice",
        f"2020-07-01 announce_price_change effective: {effective}, prices: {{basis: 159.00}}",
        until="2020-12-20",
    )
    assert told.lines[7:10] == ["2020-08-15 period 149.00", f"2020-09-15 period {price}", "2020-10-15 period 159.00"]
