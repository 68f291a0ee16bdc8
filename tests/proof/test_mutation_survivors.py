"""What a mutant once survived: mostly the words of a reason, and values that few other tests look at."""

import pytest

from subsim.answers.outcome_of_member import decisions_of
from subsim.basics.dates import Day, first_boundary
from subsim.basics.money import kroner
from subsim.engine.timeline import play
from subsim.membership.phases import diagram
from subsim.terms.terms import NUMBERS, TERMS_ID, Terms
from tests.support.story import ANNA, INVOICED, MONTHLY, SHOP, Story, story

CARD_FAILS = "2020-01-20 payment_method_fails"


def reason(told: Story, event: str) -> str:
    """Why the last of these events or deadlines was decided as it was."""
    return [each.reason for each in told.outcome.decisions if each.event == event][-1]


# The calendar, money and numbers


def test_no_boundary_lies_before_the_anchor() -> None:
    assert first_boundary(Day(2020, 5, 15), 3, Day(2020, 1, 1)) == Day(2020, 5, 15)


def test_one_oere_too_little_has_its_minus() -> None:
    assert (kroner(-1), kroner(0), kroner(1)) == ("-0.01", "0.00", "0.01")


def test_the_terms_are_named_after_their_day() -> None:
    assert TERMS_ID == "kabelplus-2019-10-30"


def test_a_number_of_the_terms_has_its_own_value() -> None:
    assert (NUMBERS["age-years"].value, NUMBERS["complaint-months"].value) == (18, 1)


def test_a_number_of_many_figures_is_too_large() -> None:
    assert NUMBERS["notice-days"].read("000030") == 30
    with pytest.raises(ValueError, match="at most 3660 days"):
        NUMBERS["notice-days"].read("100000000")


@pytest.mark.parametrize(("unit", "largest"), [("years", 150), ("months", 1200), ("days", 3660)])
def test_a_number_may_be_as_large_as_its_unit_allows_and_no_larger(unit: str, largest: int) -> None:
    free = [number for number in NUMBERS.values() if number.unit == unit and number.allowed is None]
    assert [number.read(str(largest)) for number in free] == [largest] * len(free)
    for number in free:
        with pytest.raises(ValueError, match=f"at most {largest}"):
            number.read(str(largest + 1))


# Sign-up and equipment


def test_a_refused_trial_names_the_first_sign_up_there_was() -> None:
    told = story(
        ANNA,
        "2020-02-15 sign_up package: mini, subscription: two",
        "2020-03-15 sign_up package: mini, subscription: three, trial_days: 30",
    )
    assert reason(told, "sign_up") == "a trial is for new customers; this member first signed up on 2020-01-15"


@pytest.mark.parametrize(
    ("invoiced", "words"),
    [(True, "box is returned after it was invoiced: nothing is paid back"), (False, "box is returned")],
)
def test_a_return_tells_whether_the_item_was_invoiced(invoiced: bool, words: str) -> None:
    lent = (SHOP, "2020-01-15 lend_equipment item: box, value: 800.00", "2020-02-01 terminate reason: misuse")
    invoice = ["2020-02-02 invoice_equipment item: box"] if invoiced else []
    assert reason(story(*lent, *invoice, "2020-02-03 return_equipment item: box"), "return_equipment") == words


# Payment


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        ("447.00", "447.00 kr. received for the oldest amounts due"),
        ("450.00", "450.00 kr. received for the oldest amounts due; 3.00 kr. of it stays as credit"),
    ],
)
def test_a_payment_tells_of_its_surplus(paid: str, words: str) -> None:
    assert reason(story(INVOICED, f"2020-01-20 pay amount: {paid}"), "pay") == words


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (INVOICED, "the member pays by invoice: nothing is collected"),
        (f"{ANNA}, card_expires: 2019-12", "447.00 kr. that was open is collected"),
    ],
)
def test_a_renewed_method_tells_what_it_collects(first: str, words: str) -> None:
    told = story(first, "2020-01-25 payment_method_renewed", until="2020-01-25")
    assert reason(told, "payment_method_renewed") == words


def test_a_renewed_card_that_has_expired_itself_collects_nothing() -> None:
    told = story(f"{ANNA}, card_expires: 2019-12", "2020-01-25 payment_method_renewed card_expires: 2019-12")
    assert reason(told, "payment_method_renewed") == "0.00 kr. that was open is collected"
    assert told.paid_on == ["None"]


def test_a_line_paid_late_is_paid_on_that_day_and_costs_interest_to_that_day_alone() -> None:
    # 447.00 x 8.05 % x 10/366
    told = story(INVOICED, "2020-01-25 pay amount: 447.00", until="2020-03-01")
    assert (told.paid_on, told.totals["interest"]) == (["2020-01-25"], "0.98")


def test_what_a_renewed_method_collects_is_paid_that_day_in_full() -> None:
    told = story(MONTHLY, CARD_FAILS, "2020-02-25 payment_method_renewed", until="2020-03-01")
    # 149.00 x 8.05 % x 10/366
    assert (told.paid_on, told.totals["interest"]) == (["2020-01-15", "2020-02-25"], "0.33")


def test_a_line_partly_paid_and_then_withdrawn_is_never_paid_and_nothing_stays_open() -> None:
    told = story(INVOICED, "2020-01-20 pay amount: 100.00", "2020-01-25 withdraw", "2020-01-26 pay amount: 50.00")
    assert told.paid_on[0] == "None"
    assert told.totals == {
        "charged": "0.00",
        "paid": "150.00",
        "refunded": "100.00",
        "adjusted": "0.00",
        "owed": "-50.00",
        "interest": "0.00",
    }
    assert reason(told, "withdraw") == (
        "confirmed on 2020-01-15 + 14 days = 2020-01-29; 100.00 kr. paid is refunded, 347.00 kr. open is cancelled"
    )


def test_a_withdrawn_period_takes_no_later_payment() -> None:
    told = story(INVOICED, "2020-01-25 withdraw", "2020-02-01 sign_up package: basis", "2020-02-01 pay amount: 447.00")
    assert told.paid_on == ["None", "2020-01-25", "2020-02-01"]


@pytest.mark.parametrize(
    "event", ["buy item: film, amount: 49.00", "withdraw", "terminate reason: none, settlement: refund"]
)
def test_nothing_is_open_of_a_purchase_paid_at_once_nor_of_a_credit_line(event: str) -> None:
    told = story(ANNA, f"2020-01-20 {event}")
    ledger = play(told.scenario.facts, Terms(), Day(2020, 1, 20)).ledger
    assert [line.open for line in ledger.lines] == [0, 0]


def test_what_is_open_of_another_subscription_stays_open_after_a_withdrawal() -> None:
    two = ("2020-01-20 sign_up package: mini, subscription: two", "2020-01-25 withdraw subscription: two")
    told = story(INVOICED, *two, "2020-01-26 pay amount: 447.00")
    assert told.paid_on == ["2020-01-26", "None", "2020-01-25"]


def test_a_withdrawal_before_the_confirmation_says_that_it_has_no_last_day() -> None:
    told = story(f"{ANNA}, confirmation: pending", "2020-02-25 withdraw")
    assert reason(told, "withdraw").startswith("the confirmation has not been received")


# Periods


def test_the_first_period_rests_on_the_payment_in_advance_and_the_others_on_the_renewal() -> None:
    told = story(MONTHLY, until="2020-03-15")
    periods = [each.clause for each in told.outcome.decisions if each.event == "period_begins"]
    assert periods == ["betaling.2", "fornyelse.1", "fornyelse.1"]


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ("full", "3 × 149.00 kr. = 447.00 kr."),
        ("prorated", "3 × 149.00 kr. = 447.00 kr.; for the days until the known end 2020-08-01: 82.60 kr."),
    ],
)
def test_a_period_tells_if_it_is_charged_in_part(reading: str, words: str) -> None:
    # 447.00 x 17/92 = 82.597...
    under = f"ordinary-notice: thirty-days, final-period: {reading}"
    told = story(SHOP, "2020-07-02 give_notice", until="2020-07-15", under=under)
    assert reason(told, "period_begins") == words


def test_no_card_no_reminder() -> None:
    assert story(f"{INVOICED}, card_expires: 2020-03", until="2020-07-15").duties == []


def test_a_card_without_an_expiry_gives_no_reminder() -> None:
    assert story(ANNA, until="2020-07-15").duties == []


# Notices and the end of the binding


def test_a_notice_on_the_day_the_binding_ends_is_not_held_back_by_it() -> None:
    told = story(SHOP, "2020-07-15 give_notice")
    assert "end of the binding" not in reason(told, "give_notice")


def test_a_notice_whose_own_end_is_the_end_of_the_binding_comes_no_later() -> None:
    told = story(SHOP, "2020-06-15 give_notice", under="notice-in-binding: ends-at-binding")
    assert told.end == "2020-07-15"
    assert "no later than the end of the binding on 2020-07-15" in reason(told, "give_notice")


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ("to-binding-end", "ended at once; remaining payments that fall due: 1, 447.00 kr."),
        ("arrears-only", "ended at once"),
    ],
)
def test_a_termination_for_cause_tells_what_falls_due(reading: str, words: str) -> None:
    told = story(SHOP, "2020-02-01 terminate reason: breach", under=f"acceleration: {reading}")
    assert reason(told, "terminate") == words


# Announcements


@pytest.mark.parametrize(("effective", "is_too_soon"), [("2020-09-01", False), ("2020-08-31", True)])
def test_an_announcement_tells_if_it_came_too_late(effective: str, is_too_soon: bool) -> None:
    told = story(SHOP, f"2020-08-02 announce_service_change packages: [basis], effective: {effective}")
    assert (f"{effective} is too soon" in reason(told, "announce_service_change")) is is_too_soon


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        ("announce_service_change packages: [basis], effective: 2020-09-10", "proevetilbud.3"),
        ("announce_terms_change effective: 2020-09-10", "aendringer.1"),
    ],
)
def test_a_change_that_takes_effect_rests_on_the_clause_that_allows_it(change: str, clause: str) -> None:
    told = story(SHOP, f"2020-08-02 {change}", until="2020-09-10")
    assert told.effects == [f"2020-09-10 {change.split()[0].removeprefix('announce_')}"]
    assert told.outcome.decisions[-1].clause == clause


def test_an_announcement_names_the_subscriptions_only_where_there_are_several() -> None:
    change = "2020-08-02 announce_terms_change effective: 2020-09-10"
    one, two = story(SHOP, change), story(SHOP, "2020-02-01 sign_up package: mini, subscription: two", change)
    assert "for main" not in reason(one, "announce_terms_change")
    assert "for main; " in reason(two, "announce_terms_change")
    assert "for two; " in reason(two, "announce_terms_change")


def test_an_end_names_the_last_day_of_service() -> None:
    told = story(SHOP, "2020-03-01 give_notice", until="2020-07-15")
    assert reason(told, "end_takes_effect") == "the last day of service was 2020-07-14"


def test_an_end_that_takes_effect_rests_on_the_first_clause_of_its_way_out() -> None:
    told = story(SHOP, "2020-03-01 give_notice", until="2020-07-15")
    assert told.outcome.decisions[-1].event == "end_takes_effect"
    assert told.outcome.decisions[-1].clause == "betaling.5"


@pytest.mark.parametrize(
    ("via", "reading", "effects"),
    [
        ("website", "counts", ["2020-03-01 terms_change"]),
        ("website", "email-only", []),
        ("email", "email-only", ["2020-03-01 terms_change"]),
    ],
)
def test_a_small_change_of_terms_on_the_website_counts_by_the_reading(
    via: str, reading: str, effects: list[str]
) -> None:
    change = f"2020-02-01 announce_terms_change effective: 2020-03-01, via: [{via}], material: false"
    assert story(SHOP, change, under=f"website-announcement: {reading}").effects == effects


# Answers


def test_before_the_sign_up_the_six_ways_out_of_a_member_are_closed() -> None:
    answer = story(ANNA).ask("2020-01-14")
    ways = ["withdrawal", "trial", "price_change", "service_change", "terms_change", "ordinary"]
    assert [way.route for way in answer.routes] == ways


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("give_notice", "a notice stands: the subscription ends on 2020-07-15"),
        ("terminate reason: none", "Kabelplus has ended the subscription as of 2020-07-15"),
    ],
)
def test_an_answer_tells_whose_end_stands(end: str, words: str) -> None:
    asked = story(SHOP, f"2020-05-01 {end}").ask("2020-05-01")
    assert asked.to_dict()["because"] == words


@pytest.mark.parametrize("date", ["2020-01-14", "2020-01-20"])
def test_no_notice_stands_before_the_sign_up_nor_after_the_end(date: str) -> None:
    told = story(ANNA, "2020-01-20 withdraw")
    assert not told.ask(date).notice_stands


def test_of_two_changes_that_came_too_late_the_answer_tells_of_the_last() -> None:
    told = story(
        SHOP,
        "2020-08-01 announce_price_change prices: {basis: 159.00}, effective: 2020-09-01",
        "2020-08-05 announce_price_change prices: {basis: 169.00}, effective: 2020-09-10",
    )
    row = next(way for way in told.ask("2020-09-09").routes if way.route == "price_change")
    assert row.to_dict()["because"].endswith("notice by 2020-09-07; 2020-09-09 is too late")


def test_what_is_still_to_pay_ends_with_the_notice_that_stands() -> None:
    told = story(f"{MONTHLY}, channel: shop", "2020-08-01 give_notice", under="ordinary-notice: thirty-days")
    # 2020-08-01 + 30 days = 2020-08-31; a notice of 2020-08-10 would end it on 2020-09-09
    assert told.still_to_pay("ordinary", "2020-08-01") == "149.00"
    assert told.still_to_pay("ordinary", "2020-08-10") == "149.00"
    assert told.still_to_pay("ordinary", "2020-08-20") == "0.00"


def test_of_a_last_period_charged_in_part_only_the_days_before_the_standing_end_are_still_to_pay() -> None:
    under = "ordinary-notice: thirty-days, final-period: prorated"
    told = story(f"{MONTHLY}, channel: shop", "2020-08-01 give_notice", under=under)
    # from 2020-08-15 to 2020-08-31, not to 2020-09-09: 149.00 x 16/31
    assert told.still_to_pay("ordinary", "2020-08-10") == "76.90"


def test_the_state_diagram_begins_with_a_sign_up() -> None:
    assert diagram().splitlines()[:2] == ["stateDiagram-v2", "    [*] --> trial: sign-up"]


def test_of_all_decisions_those_of_one_verdict_can_be_had() -> None:
    member = play(story(ANNA, "2020-03-01 withdraw").scenario.facts, Terms(), Day(2020, 3, 1))
    assert [each.event for each in decisions_of(member, "refused")] == ["withdraw"]
    assert [each.event for each in decisions_of(member, "accepted")] == ["sign_up"]
