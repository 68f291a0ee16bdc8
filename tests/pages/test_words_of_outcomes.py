"""What people read: the sentence of every kind of answer, and the blocks of an outcome."""

from typing import Any

import pytest
from attrs import evolve

from subsim.api import can_cancel, replay
from subsim.basics.dates import Day, days_after
from subsim.basics.languages import Code, language
from subsim.engine import labels as names
from subsim.engine.ways import END_REASONS
from subsim.files.scenario import loads
from subsim.pages.answer import answer_page
from subsim.pages.blocks import Column, Table
from subsim.pages.outcome import outcome_page
from subsim.pages.text import Page, text_of
from tests.support.answers import undoubted

JOINED = """\
scenario: A member
prices: {basis: 149.00, family: 299.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis%s}
"""


def asked(on: Day, *events: str, sign_up: str = "", code: Code = "en", **otherwise: Any) -> str:
    """The answer on a wide page for a member who signed up on 15 January 2020."""
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    scenario = loads(JOINED % sign_up + lines)
    contract = evolve(undoubted(can_cancel(scenario, on, **otherwise)), law=None)
    return text_of(answer_page(contract, Page(language(code), 1000)), 1000)


def verdict(on: Day, *events: str, sign_up: str = "", code: Code = "en", **otherwise: Any) -> str:
    """The first sentence of the answer."""
    return asked(on, *events, sign_up=sign_up, code=code, **otherwise).splitlines()[0]


def replayed(*events: str, sign_up: str = "", width: int = 1000) -> str:
    """The outcome's page for a member who signed up on 15 January 2020."""
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    return text_of(outcome_page(replay(loads(JOINED % sign_up + lines)), Page(language("en"), width)), width)


# can-cancel, in one sentence


def test_an_ordinary_notice_says_when_the_subscription_ends_and_what_is_still_to_pay() -> None:
    assert verdict(Day(2020, 2, 20)) == (
        "Yes: a notice received on 20 February 2020 ends the subscription on 15 July 2020 "
        "(last day of service 14 July 2020); 447.00 kr. still to pay."
    )


def test_the_same_in_danish() -> None:
    assert verdict(Day(2020, 2, 20), code="da") == (
        "Ja: En opsigelse modtaget den 20. februar 2020 afslutter abonnementet den 15. juli 2020 "
        "(sidste dag med adgang er den 14. juli 2020); inden da skal der betales 447,00 kr."
    )


def test_in_the_last_period_nothing_more_is_to_pay() -> None:
    assert verdict(Day(2020, 5, 1)).endswith("; no further period to pay.")


def test_a_withdrawal_ends_the_same_day_and_says_what_is_paid_back() -> None:
    assert verdict(Day(2020, 1, 20)) == (
        "Yes: a withdrawal received on 20 January 2020 ends the subscription that same day "
        "(last day of service 19 January 2020); 447.00 kr. paid back."
    )


def test_a_withdrawal_of_what_was_never_paid_gives_nothing_back() -> None:
    answer = verdict(Day(2020, 1, 20), sign_up=", payment: invoice")
    assert answer.endswith("(last day of service 19 January 2020); there is nothing to pay back.")


def test_in_a_trial_a_notice_ends_it_with_the_trial_and_nothing_is_charged() -> None:
    assert verdict(Day(2020, 1, 20), sign_up=", trial_days: 30") == (
        "Yes: a notice received on 20 January 2020, within the trial, ends the subscription on 14 February 2020 "
        "(last day of service 13 February 2020); nothing is charged."
    )


def test_a_price_change_is_named_as_the_way_out() -> None:
    rise = "date: 2020-08-01, event: announce_price_change, effective: 2020-09-15, prices: {basis: 199.00}"
    assert verdict(Day(2020, 8, 2), rise) == (
        "Yes: a notice received on 2 August 2020 because of the price change ends the subscription on "
        "15 September 2020 (last day of service 14 September 2020); no further period to pay."
    )


def test_a_standing_notice_is_said_to_stand() -> None:
    assert verdict(Day(2020, 3, 20), "date: 2020-03-01, event: give_notice") == (
        "Yes, notice has been given already: the subscription ends on 15 July 2020 "
        "(last day of service 14 July 2020); 447.00 kr. still to pay."
    )


def test_the_operators_own_termination_is_said_to_be_its() -> None:
    terminated = "date: 2020-08-20, event: terminate, reason: none"
    assert verdict(Day(2020, 8, 20), terminated) == (
        "Kabelplus has terminated the subscription: it ends on 15 October 2020 (last day of service 14 October 2020)"
        "; no further period to pay."
    )


def test_while_bound_with_no_way_out_open_a_notice_would_be_refused() -> None:
    answer = verdict(Day(2020, 2, 20), readings={"notice-in-binding": "refused"})
    assert answer == "No: a notice received on 20 February 2020 would be refused; no way out is open."


def test_before_the_sign_up_there_is_nothing_to_cancel() -> None:
    assert verdict(Day(2020, 1, 14)) == "No: on 14 January 2020 there is no subscription to cancel."


def test_after_the_end_there_is_nothing_left_to_cancel() -> None:
    answer = asked(Day(2020, 1, 21), "date: 2020-01-20, event: withdraw")
    assert answer.startswith("No: on 21 January 2020 the subscription had already ended.\n")
    assert "Ways out" not in answer


# can-cancel, below


def test_the_clauses_of_one_heading_share_a_line() -> None:
    lines = asked(Day(2020, 2, 20)).splitlines()
    assert lines[5:7] == [
        "  betaling.5                  Payment information",
        "  opsigelse.1a, opsigelse.2d  Termination of the services",
    ]


def test_the_open_ways_out_come_first_and_the_soonest_of_them() -> None:
    lines = asked(Day(2020, 1, 20)).splitlines()
    table = lines[lines.index("Ways out for a notice received on 20 January 2020") + 3 :]
    assert [line[:24].split("  ")[0] for line in table[:3]] == ["withdrawal", "ordinary notice", "end of the trial"]


def test_where_no_other_reading_changes_the_answer_it_says_so() -> None:
    assert asked(Day(2020, 1, 14)).endswith("No other reading of a contested point would change this answer.")


def test_letters_in_the_words_of_a_reading_are_explained() -> None:
    answer = asked(Day(2020, 2, 20), readings={"quarter-anchor": "calendar"})
    assert answer.endswith(
        "B is the end of the binding, e the day on which an announced change reaches the subscription."
    )


# replay


def test_only_what_there_is_has_a_block() -> None:
    blocks = [block.splitlines()[0] for block in replayed(sign_up=", payment: invoice").split("\n\n")]
    assert blocks == ["A member", "Subscriptions", "States", "Invoices", "Totals"]


def test_a_refused_event_shows_its_clause_and_its_reason() -> None:
    assert """
Refused
      date  event     clause          reason
----------  --------  --------------  ---------------------------------------------------------
1 Feb 2020  transfer  overdragelse.1  the member may not transfer the agreement or a part of it
""" in replayed("date: 2020-02-01, event: transfer")


def test_a_members_credit_is_called_one() -> None:
    page = replayed("date: 2020-01-15, event: pay, amount: 500.00", sign_up=", payment: invoice")
    assert page.endswith("""\
Totals
charged    paid  the member's credit
-------  ------  -------------------
 447.00  500.00                53.00""")


def test_several_subscriptions_are_told_apart_in_every_table() -> None:
    page = replayed("date: 2020-02-15, event: sign_up, package: family, subscription: summer")
    assert "\n15 Feb 2020  summer        bound\n" in page
    assert "\n15 Feb 2020  period  summer        family" in page


def test_interest_at_a_provisional_rate_has_a_footnote() -> None:
    page = replayed("date: 2026-08-01, event: pay, amount: 1.00", sign_up=", payment: invoice")
    assert page.endswith("The reference rate of the half-year from 1 July 2026 is provisional: interest may change.")


# Pages


def test_a_table_leaves_out_empty_columns_and_wraps_its_last() -> None:
    columns = Column("when", ["now"]), Column("where", [""]), Column("why", ["for a reason that takes two lines"])
    assert (
        text_of([Table(columns)], 10)
        == """\
when  why
----  ---------------------------
now   for a reason that takes two
      lines"""
    )


def test_a_number_stays_as_it_is_written() -> None:
    assert text_of([Table((Column("kr.", ["199.00"]),))], 80) == "kr.\n------\n199.00"


# Names


def test_every_reason_of_an_end_has_a_name() -> None:
    assert set(names.END_REASONS) == set(END_REASONS)


@pytest.mark.parametrize(
    ("day", "why", "other"),
    [
        (31, "notice of 31 August 2020 + 30 days = 30 September 2020", "30 days after the notice: opsigelse.2d"),
        (32, "notice of 1 September 2020 + 14 days = 15 September 2020", "14 days after the notice: opsigelse.2d"),
    ],
)
def test_an_answer_counts_by_the_terms_of_its_day_in_its_reason_and_in_the_other_readings(
    day: int, why: str, other: str
) -> None:
    changed = "date: 2020-08-01, event: announce_terms_change, material: false, effective: 2020-09-01"
    page = asked(days_after(Day(2020, 7, 31), day), f"{changed}, numbers: {{notice-days: 14}}").replace("\xa0", " ")
    assert [each for each in (why, other) if each not in page] == []
