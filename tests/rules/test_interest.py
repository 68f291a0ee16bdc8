import pytest

import subsim
from subsim.basics.dates import Day
from subsim.membership.facts import FaultInFacts
from subsim.rules.interest import is_provisional, rate_of_interest, reference_rate, surcharge
from tests.support.story import ANNA, INVOICED, story

# In 2020 the reference rate is 0.05, the late-payment rate 8.05, and the year has 366 days. 447.00 then costs
# 44700 øre × 0.0805 / 366 = 9.8315 øre a day.


def interest_of(*events: str, until: str, prices: str = "basis: 149.00", rates: str = "") -> str:
    return story(*events, until=until, prices=prices, rates=rates).totals["interest"]


@pytest.mark.parametrize(
    ("until", "interest"), [("2020-01-15", "0.00"), ("2020-01-16", "0.10"), ("2020-01-17", "0.20")]
)
def test_interest_runs_from_the_day_after_the_due_date(until: str, interest: str) -> None:
    assert interest_of(INVOICED, until=until) == interest


@pytest.mark.parametrize(("paid", "interest"), [("2020-01-15", "0.00"), ("2020-01-16", "0.10"), ("2020-02-14", "2.95")])
def test_interest_runs_up_to_and_including_the_day_of_payment(paid: str, interest: str) -> None:
    # 30 days to 2020-02-14: 294.947 øre
    assert interest_of(INVOICED, f"{paid} pay amount: 447.00", until="2020-04-14") == interest


def test_interest_is_summed_exactly_and_rounded_once() -> None:
    # 30 days rounded each by itself would be 30 × 0.10 = 3.00
    assert interest_of(INVOICED, until="2020-02-14") == "2.95"


def test_each_day_bears_interest_on_what_was_open_as_it_began() -> None:
    # 10 days on 447.00 to 2020-01-25, then 10 on 200.00 to 2020-02-04: (98.315 + 43.989) øre
    assert interest_of(INVOICED, "2020-01-25 pay amount: 247.00", until="2020-02-04") == "1.42"


def test_each_line_is_rounded_by_itself() -> None:
    told = story(INVOICED, "2020-01-15 sign_up package: mini, subscription: two", until="2020-01-25")
    # 98.315 øre; 29700 × 0.0805 × 10 / 366 = 65.324 øre
    assert [line.interest for line in told.invoices] == [98, 65]


def test_what_a_card_pays_on_its_due_date_bears_none() -> None:
    assert interest_of(ANNA, until="2021-01-14") == "0.00"


def test_what_a_failing_card_pays_late_bears_interest() -> None:
    # due 2020-04-15, 10 days
    told = story(ANNA, "2020-04-01 payment_method_fails", "2020-04-25 payment_method_renewed")
    assert [line.interest for line in told.invoices] == [0, 98]


def test_interest_stands_apart_from_what_is_owed() -> None:
    assert story(INVOICED, until="2020-02-14").totals["owed"] == "447.00"


def test_the_rate_changes_with_the_half_year() -> None:
    # 16 days at 8 - 0.45 and 10 days at 8 + 1.90: 14900 × (0.0755 × 16 + 0.0990 × 10) / 365 = 89.726 øre
    sign_up = "2022-12-15 sign_up package: basis, billing: monthly, payment: invoice"
    assert interest_of(sign_up, until="2023-01-10") == "0.90"


def test_each_day_is_a_share_of_its_own_year() -> None:
    # 1490000 × 0.0805 × (16 / 365 + 10 / 366) = 8535.05 øre; 26 days of 365 would be 8543.98
    sign_up = "2019-12-15 sign_up package: basis, billing: monthly, payment: invoice"
    assert interest_of(sign_up, until="2020-01-10", prices="basis: 14900.00") == "85.35"


@pytest.mark.parametrize(("due", "percent"), [((2013, 2, 28), 7), ((2013, 3, 1), 8)])
def test_the_surcharge_is_seven_for_amounts_due_before_march_2013(due: tuple[int, int, int], percent: int) -> None:
    assert surcharge(Day(*due)) == percent * 10_000


@pytest.mark.parametrize(
    ("due", "until", "interest"),
    # ten days: 14900 × 0.072 × 10 / 365 = 29.39 øre, 14900 × 0.082 × 10 / 365 = 33.47 øre
    [("2013-02-28", "2013-03-10", "0.29"), ("2013-03-01", "2013-03-11", "0.33")],
)
def test_the_due_date_and_not_the_day_decides_the_surcharge(due: str, until: str, interest: str) -> None:
    assert interest_of(f"{due} sign_up package: basis, billing: monthly, payment: invoice", until=until) == interest


@pytest.mark.parametrize(("rate", "interest"), [("-8.00", "0.00"), ("-7.00", "0.00"), ("-6.50", "2.04")])
def test_a_rate_of_interest_is_never_below_nothing(rate: str, interest: str) -> None:
    # due before 1 March 2013: the reference rate + 7; 14900.00 × 0.5 % × 10 / 365 = 2.041
    sign_up = "2013-01-15 sign_up package: basis, billing: monthly, payment: invoice"
    rates = f"2013-01-01: {rate}"
    assert interest_of(sign_up, until="2013-01-25", prices="basis: 14900.00", rates=rates) == interest


@pytest.mark.parametrize(
    ("begins", "rate"),
    [
        ((2012, 1, 1), 7000),
        ((2015, 7, 1), 500),
        ((2021, 7, 1), -3500),
        ((2023, 7, 1), 32500),
        ((2026, 7, 1), 20000),
    ],
)
def test_a_rate_of_the_built_in_table(begins: tuple[int, int, int], rate: int) -> None:
    assert reference_rate(Day(*begins), {}) == rate


def test_a_scenarios_own_rate_overrules_the_table() -> None:
    # 10 percent: 44700 × 0.10 × 30 / 366 = 366.39 øre
    assert interest_of(INVOICED, until="2020-02-14", rates="2020-01-01: 2.00") == "3.66"


LATE_2026 = "2026-12-01 sign_up package: basis, billing: monthly, payment: invoice"


def test_the_table_reaches_to_the_end_of_2026() -> None:
    # 10 percent: 14900 × 0.10 × 30 / 365 = 122.47 øre
    assert interest_of(LATE_2026, "2026-12-31 pay amount: 149.00", until="2026-12-31") == "1.22"


def test_a_half_year_outside_the_table_is_an_error_that_says_how_to_add_it() -> None:
    with pytest.raises(subsim.InputErrors, match=r"reference_rates: \{2027-01-01: "):
        interest_of(LATE_2026, until="2027-01-01")


def test_a_half_year_before_the_table_is_an_error_that_names_it() -> None:
    with pytest.raises(FaultInFacts, match="2011-07-01"):
        reference_rate(Day(2011, 7, 1), {})


def test_a_scenarios_own_rate_extends_the_table() -> None:
    # 30 days of 2026 at 10 percent on 149.00 are 122.466 øre, 1 day of 2027 at 11 percent 4.490 øre; the second
    # line is due on 2027-01-01
    assert interest_of(LATE_2026, until="2027-01-01", rates="2027-01-01: 3.00") == "1.27"


def test_a_half_year_in_which_nothing_is_late_is_not_needed() -> None:
    assert interest_of("2030-01-01 sign_up package: basis", until="2030-06-01") == "0.00"


def test_only_the_last_rate_of_the_table_is_provisional() -> None:
    half_years = [Day(2026, 1, 1), Day(2026, 7, 1)]
    assert [is_provisional(day, {}) for day in half_years] == [False, True]


def test_a_provisional_rate_overruled_is_no_longer_provisional() -> None:
    assert is_provisional(Day(2026, 7, 1), {Day(2026, 7, 1): 20000}) is False


def test_the_outcome_names_the_provisional_half_years_that_bore_interest() -> None:
    assert story(LATE_2026, until="2026-12-31").outcome.provisional_rates == (Day(2026, 7, 1),)


@pytest.mark.parametrize(("until", "named"), [("2026-06-30", ()), ("2026-07-01", (Day(2026, 7, 1),))])
def test_a_provisional_half_year_is_named_from_its_first_day_and_a_confirmed_one_never(
    until: str, named: tuple[Day, ...]
) -> None:
    told = story("2026-05-01 sign_up package: basis, payment: invoice", until=until)
    assert told.outcome.provisional_rates == named


def test_the_periods_of_a_withdrawn_subscription_bear_none() -> None:
    assert interest_of(INVOICED, "2020-01-29 withdraw", until="2020-02-14") == "0.00"


def test_until_it_is_withdrawn_a_subscription_bears_interest() -> None:
    # 13 days to 2020-01-28: 127.81 øre
    assert interest_of(INVOICED, "2020-01-29 withdraw", until="2020-01-28") == "1.28"


def test_what_credit_covers_on_the_due_date_bears_none() -> None:
    told = story(INVOICED, "2020-01-15 pay amount: 894.00", until="2020-05-15")
    assert told.totals["interest"] == "0.00"


@pytest.mark.parametrize(("reference", "rate"), [(-80_001, 0), (-80_000, 0), (-79_999, 1)])
def test_the_rate_of_interest_is_never_below_nothing(reference: int, rate: int) -> None:
    assert rate_of_interest(reference, 80_000) == rate
