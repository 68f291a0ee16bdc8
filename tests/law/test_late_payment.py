"""Renteloven: what the refusal of a reminder's fee says."""

from tests.support.story import story

MONTHLY = "2022-03-01 sign_up package: basis, payment: invoice, billing: monthly"
PAID = "2022-03-14 pay amount: 169.00"
"""The period of 149.00 and two fees of 10.00."""


def refusal(*events: str) -> str:
    """Why the last reminder was refused."""
    decision = [each for each in story(MONTHLY, *events).outcome.decisions if each.event == "reminder"][-1]
    assert decision.verdict == "refused"
    return decision.reason


def fee(day: str, amount: str = "10.00") -> str:
    return f"2022-{day} reminder fee: {amount}"


def test_the_last_reminder_is_told_not_the_first() -> None:
    told = refusal(fee("03-02"), fee("03-12"), fee("03-21"))
    assert told == "less than 10 days after the reminder of 2022-03-12"


def test_the_arrears_are_told_by_their_first_day() -> None:
    told = refusal(fee("03-02"), fee("03-12"), fee("03-22"), fee("04-01"))
    assert told == "3 fees already in the arrears that began on 2022-03-02"


def test_arrears_that_were_paid_are_not_those_of_today() -> None:
    told = refusal(fee("03-02"), fee("03-12"), PAID, fee("04-02"), fee("04-12"), fee("04-22"), fee("05-02"))
    assert told == "3 fees already in the arrears that began on 2022-04-02"


def test_what_falls_due_today_is_not_overdue() -> None:
    assert refusal(fee("03-01")) == "nothing is overdue on 2022-03-01"


def test_a_fee_above_the_highest_is_refused_by_the_oere() -> None:
    assert refusal(fee("03-02", "100.01")) == "a reminder costs at most 100.00 kr., not 100.01 kr."


def test_before_the_law_allowed_fees_there_are_none() -> None:
    sign_up = MONTHLY.replace("2022-03-01", "2002-07-01")
    reminders = "2002-07-31 reminder fee: 10.00", "2002-08-01 reminder fee: 10.00"
    told = story(sign_up, *reminders, rates="2002-07-01: 3.25")
    decisions = [(each.verdict, each.reason) for each in told.outcome.decisions if each.event == "reminder"]
    assert decisions == [
        ("refused", "reminder fees have been allowed since 2002-08-01 only"),
        ("accepted", "a reminder of what is overdue, for 10.00 kr."),
    ]
