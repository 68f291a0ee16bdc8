"""Forbrugeraftaleloven: withdrawal, used days, ordinary notice, money for the time after the end."""

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import subsim
from subsim.basics.dates import Day, days_after
from subsim.basics.languages import language
from subsim.basics.working_days import next_working_day
from subsim.law import consumer_contracts as act
from subsim.membership.agreement import Agreement, Purchase
from subsim.membership.events import PackageName, SignUp
from subsim.membership.lines import Line, Lines
from subsim.membership.owed import PERIOD, UPGRADE
from subsim.terms.law_points import law_readings

SURE, ARGUABLE = law_readings("sure", {}), law_readings("arguable", {})
CONCLUDED = Day(2021, 5, 3)
ENGLISH = language("en")


def agreement(**facts: Any) -> Agreement:
    """An agreement of 3 May 2021 at 100.00 a month, quarterly, told of the right with it."""
    of_sign_up = {name: facts.pop(name) for name in list(facts) if name not in Agreement._fields}
    sign_up = SignUp(date=CONCLUDED, package=PackageName("basis"), **of_sign_up)
    line = Line(PERIOD, "main", "basis", CONCLUDED, Day(2021, 8, 3), CONCLUDED, 300_00, "betaling.2")
    line.open = 0
    lines = Lines()
    lines.add(line)
    usual: dict[str, Any] = {
        "sign_up": sign_up,
        "trial_ends": None,
        "informed_on": CONCLUDED,
        "express_request": None,
        "activated_on": None,
        "price": 100_00,
        "issued": lines,
        "has_receiver": False,
        "refused_withdrawals": (),
        "purchases": (),
        "own_notice": None,
    }
    return Agreement(**(usual | facts))


@pytest.mark.parametrize("sent", [CONCLUDED, Day(2021, 5, 17)])
def test_a_withdrawal_can_be_sent_from_the_agreement_to_the_last_day(sent: Day) -> None:
    window = act.withdrawal_window(agreement(), sent, SURE)
    assert window is not None
    assert window.last == Day(2021, 5, 17)


@pytest.mark.parametrize("sent", [Day(2021, 5, 2), Day(2021, 5, 18)])
def test_no_withdrawal_can_be_sent_before_the_agreement_or_after_the_last_day(sent: Day) -> None:
    assert act.withdrawal_window(agreement(), sent, SURE) is None


@pytest.mark.parametrize(
    ("facts", "may_be_until"),
    [
        ({}, Day(2021, 5, 24)),
        ({"informed_on": Day(2021, 5, 10)}, Day(2021, 5, 31)),
        ({"informed_on": None}, Day(2022, 5, 24)),
        ({"trial_ends": Day(2021, 6, 2)}, Day(2021, 6, 23)),
    ],
)
def test_a_week_after_the_last_day_no_day_of_sending_is_looked_at(facts: dict[str, Any], may_be_until: Day) -> None:
    days = may_be_until, days_after(may_be_until, 1)
    assert [act.may_be_in_time(agreement(**facts), day) for day in days] == [True, False]


@given(st.dates(CONCLUDED, Day(2200, 1, 1)))
def test_a_last_day_never_moves_by_more_than_a_week(last: Day) -> None:
    assert next_working_day(last) <= days_after(last, 7)


@pytest.mark.parametrize(("channel", "may"), [("online", True), ("phone", True), ("shop", False)])
def test_only_who_agreed_at_a_distance_may_withdraw(channel: str, may: bool) -> None:
    assert (act.withdrawal_window(agreement(channel=channel), CONCLUDED, SURE) is not None) == may


@pytest.mark.parametrize(("solicited", "cold"), [(True, False), (False, True)])
def test_a_call_not_asked_for_is_a_cold_call(solicited: bool, cold: bool) -> None:
    assert act.is_cold_call(agreement(channel="phone", solicited=solicited)) == cold


def test_nothing_is_owed_before_anything_was_used() -> None:
    assert act.owed_for_use(agreement(express_request=True), Day(2021, 5, 17), SURE)[0] == 0


def test_nothing_is_owed_for_the_day_of_the_start_itself() -> None:
    used = agreement(express_request=True, activated_on=Day(2021, 5, 5))
    assert act.owed_for_use(used, Day(2021, 5, 5), SURE)[0] == 0


def test_used_days_are_owed_by_time() -> None:
    used = agreement(express_request=True, activated_on=Day(2021, 5, 5))
    assert act.owed_for_use(used, Day(2021, 5, 17), SURE)[0] == 39_13  # 300.00 × 12 / 92


@pytest.mark.parametrize(("readings", "owed"), [(SURE, 39_13), (ARGUABLE, 0)])
def test_where_the_request_is_not_known_the_two_columns_differ(readings: Any, owed: int) -> None:
    used = agreement(activated_on=Day(2021, 5, 5))
    assert act.owed_for_use(used, Day(2021, 5, 17), readings)[0] == owed


@pytest.mark.parametrize(("informed", "owed"), [(Day(2021, 5, 5), 39_13), (Day(2021, 5, 6), 0), (None, 0)])
def test_used_days_are_owed_only_by_who_was_told_by_the_start(informed: Day | None, owed: int) -> None:
    used = agreement(informed_on=informed, express_request=True, activated_on=Day(2021, 5, 5))
    assert act.owed_for_use(used, Day(2021, 5, 17), SURE)[0] == owed


@pytest.mark.parametrize(
    ("received", "by"), [(Day(2021, 4, 6), Day(2021, 4, 20)), (Day(2024, 12, 30), Day(2025, 1, 13))]
)
def test_a_refund_is_due_14_days_after_receipt_and_moves_for_no_weekend(received: Day, by: Day) -> None:
    assert act.refund_by(received) == by


@pytest.mark.parametrize(
    ("notice", "end"),
    [(Day(2021, 10, 3), Day(2021, 12, 1)), (Day(2021, 10, 31), Day(2021, 12, 1)), (Day(2021, 11, 1), Day(2022, 1, 1))],
)
def test_a_notice_from_five_months_on_ends_with_the_next_month(notice: Day, end: Day) -> None:
    assert act.ordinary_end(CONCLUDED, notice, SURE).ends_on == end


@pytest.mark.parametrize(("readings", "end"), [(SURE, None), (ARGUABLE, Day(2021, 12, 1))])
def test_a_notice_a_day_before_five_months_is_open_to_doubt(readings: Any, end: Day | None) -> None:
    assert act.ordinary_end(CONCLUDED, Day(2021, 10, 2), readings).ends_on == end


@pytest.mark.parametrize(
    ("end", "refund"),
    [(Day(2021, 5, 3), 300_00), (Day(2021, 7, 4), 97_83), (Day(2021, 8, 2), 3_26), (Day(2021, 8, 3), 0)],
)
def test_the_days_after_the_end_come_back(end: Day, refund: int) -> None:
    assert act.prepaid(agreement().lines, end).refund == refund


def test_what_is_open_is_taken_off_what_comes_back() -> None:
    lines = agreement().lines
    lines[0].open = 90_00
    assert act.prepaid(lines, Day(2021, 7, 4)).refund == 7_83


def test_no_more_than_nothing_is_taken_off() -> None:
    lines = agreement().lines
    lines[0].open = 300_00
    assert act.prepaid(lines, Day(2021, 7, 4)).refund == 0


@pytest.mark.parametrize(("consent", "last"), [(False, Day(2021, 5, 17)), (True, None)])
def test_a_purchase_can_be_withdrawn_from_unless_the_right_was_given_up(consent: bool, last: Day | None) -> None:
    assert act.last_day_for_purchase(Purchase(CONCLUDED, 39_00, consent)) == last


@pytest.mark.parametrize(("notice", "provisions"), [(Day(2022, 5, 27), []), (Day(2022, 5, 28), ["fal.28a"])])
def test_the_same_way_out_is_a_note_from_its_first_day_on(notice: Day, provisions: list[str]) -> None:
    assert [note.provision for note in act.notes(agreement(), notice)] == provisions


STORY = """\
scenario: A withdrawal that the contract refuses
retention: {policy: kabelplus}
prices: {basis: 149.00}
timeline:
  - {date: 2021-01-04, event: sign_up, package: basis}
  - {date: 2021-01-06, event: activate}
  - {date: 2021-01-07, event: withdraw}
"""


def test_events_about_personal_data_leave_the_answer_of_the_law_as_it_is() -> None:
    request = "  - {date: 2021-01-05, event: data_request, right: access}\n"
    asked = STORY.replace("  - {date: 2021-01-06", f"{request}  - {{date: 2021-01-06")
    answers = [subsim.can_cancel(subsim.loads(text), "2021-01-10").to_dict()["law"] for text in (STORY, asked)]
    assert answers[0]["ways"][0]["sure"]["ends_on"] == "2021-01-07"
    assert answers[1] == answers[0]


# The reasons


def reason(sent: Day, readings: Any = SURE, **facts: Any) -> str:
    return act.why_no_withdrawal(agreement(**facts), sent, readings).text(ENGLISH)


def window_reason(**facts: Any) -> str:
    window = act.withdrawal_window(agreement(**facts), CONCLUDED, SURE)
    assert window is not None
    return window.because.text(ENGLISH)


def test_before_the_agreement_only_the_day_is_told() -> None:
    assert reason(Day(2021, 5, 2)) == "2 May 2021 is too late"


def test_a_withdrawal_that_came_too_late_is_told_with_the_period_that_was_over() -> None:
    assert reason(Day(2021, 5, 18)) == "agreement of 3 May 2021 + 14 days = 17 May 2021; 18 May 2021 is too late"


def test_between_two_periods_the_first_is_told_and_from_the_second_on_the_second() -> None:
    facts: dict[str, Any] = {"trial_ends": Day(2021, 6, 3), "trial_price_told": False, "trial_days": 31}
    second = "the price after the trial was not told: its end on 3 June 2021 + 14 days = 17 June 2021"
    assert reason(Day(2021, 6, 2), **facts).startswith("agreement of 3 May 2021 + 14 days = 17 May 2021; ")
    assert reason(Day(2021, 6, 18), **facts) == f"{second}; 18 June 2021 is too late"


def test_in_a_shop_there_is_no_right_and_digital_content_with_consent_loses_it() -> None:
    assert reason(CONCLUDED, channel="shop") == "signed up in a shop: no right to withdraw"
    content = law_readings("sure", {"law-content": "digital-content"})
    facts: dict[str, Any] = {"content_consent": True, "activated_on": CONCLUDED}
    assert reason(CONCLUDED, content, **facts) == "digital content, with consent: the right is gone since 3 May 2021"


@pytest.mark.parametrize(
    ("informed", "words"),
    [
        (Day(2021, 5, 3), "agreement of 3 May 2021 + 14 days = 17 May 2021"),
        (Day(2021, 5, 4), "told of it on 4 May 2021 + 14 days = 18 May 2021"),
        (Day(2022, 5, 3), "told of it on 3 May 2022 + 14 days = 17 May 2022"),
        (Day(2022, 5, 4), "agreement of 3 May 2021 + 14 days and 12 months = 17 May 2022"),
        (Day(2021, 5, 10), "told of it on 10 May 2021 + 14 days = 24 May 2021; no working day, moved to 25 May 2021"),
    ],
)
def test_the_period_is_told_by_what_ends_it(informed: Day, words: str) -> None:
    assert window_reason(informed_on=informed) == words


def test_on_the_day_of_the_start_nothing_was_used_yet() -> None:
    used = agreement(express_request=True, activated_on=Day(2021, 5, 5))
    told = [act.owed_for_use(used, Day(2021, 5, day), SURE)[1].text(ENGLISH) for day in (5, 6)]
    assert told == ["nothing was used", "used from 5 May 2021 until 6 May 2021; 300.00 kr. × 1 of 92 days = 3.26 kr."]


def test_of_a_free_period_with_paid_upgrades_the_upgrades_come_back() -> None:
    (period,) = agreement().lines
    period.amount = 0
    upgrade = Line(UPGRADE, "main", "family", Day(2021, 6, 3), Day(2021, 8, 3), Day(2021, 6, 3), 61_00, "priser.3")
    another = Line(UPGRADE, "main", "sports", Day(2021, 7, 3), Day(2021, 8, 3), Day(2021, 7, 3), 31_00, "priser.3")
    upgrade.open = another.open = 0
    prepaid = act.prepaid([another, upgrade, period], Day(2021, 7, 4))
    assert prepaid.refund == 60_00  # 30 of the 61 and of the 31 days
    assert prepaid.because.text(ENGLISH) == (
        "0.00 kr. × 30 of 92 days; 61.00 kr. × 30 of 61 days; 31.00 kr. × 30 of 31 days; 60.00 kr. back"
    )


def test_what_is_open_is_told_where_something_is() -> None:
    lines = agreement().lines
    assert act.prepaid(lines, Day(2021, 7, 4)).because.text(ENGLISH) == "300.00 kr. × 30 of 92 days; 97.83 kr. back"
    lines[0].open = 90_00
    assert act.prepaid(lines, Day(2021, 7, 4)).because.text(ENGLISH) == (
        "300.00 kr. × 30 of 92 days; less 90.00 kr. that is open; 7.83 kr. back"
    )


@pytest.mark.parametrize(
    ("concluded", "channel", "provisions"),
    [
        (Day(2026, 6, 18), "online", ["fal.28a"]),
        (Day(2026, 6, 19), "online", ["fal.20a", "fal.28a"]),
        (Day(2026, 6, 19), "phone", ["fal.28a"]),
    ],
)
def test_the_function_to_withdraw_is_a_note_on_websites_since_june_2026(
    concluded: Day, channel: Literal["online", "phone"], provisions: list[str]
) -> None:
    sign_up = SignUp(date=concluded, package=PackageName("basis"), channel=channel)
    told = act.notes(agreement(sign_up=sign_up), Day(2026, 7, 1))
    assert [note.provision for note in told] == provisions


def test_of_a_period_that_costs_nothing_nothing_comes_back_and_nothing_is_open() -> None:
    free = Line(PERIOD, "main", "basis", CONCLUDED, Day(2021, 8, 3), CONCLUDED, 0, "betaling.2")
    # the 62 days from 2 June to 2 August
    assert act.prepaid([free], Day(2021, 6, 2)) == act.Prepaid(Day(2021, 6, 2), ((free, 62),), 0, 0)
