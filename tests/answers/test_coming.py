"""What comes if nothing else happens: every kind with its day, amounts and ends by hand; JSON, table, calendar."""

import json

import pytest
from icalendar import Calendar

from subsim.answers.coming import Coming, coming
from subsim.basics.dates import Day, days_after
from subsim.basics.languages import Code, language
from subsim.files.scenario import loads
from subsim.pages.coming import coming_page
from subsim.pages.coming_calendar import coming_calendar
from subsim.pages.text import Page, text_of
from subsim.terms.choice import TermsChoice
from tests.support.command import in_process as subsim

JOINED = """\
scenario: A member
prices: {basis: 149.00, mini: 99.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis%s}
"""
RISE = "date: 2020-08-01, event: announce_price_change, prices: {basis: 169.00}, effective: 2020-12-01"


def found(on: str, *events: str, sign_up: str = "", days: int = 365, **readings: str) -> Coming:
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    choices = {point.replace("_", "-"): reading for point, reading in readings.items()}
    return coming(
        loads(JOINED % sign_up + lines),
        Day.fromisoformat(on),
        days=days,
        choice=TermsChoice(readings=choices),
        with_law=False,
    )


def of(kind: str, answer: Coming) -> list[str]:
    """The items of a kind: the date, then what is of that kind alone."""
    rows = [row for row in answer.to_dict()["coming"] if row["kind"] == kind]
    return [" ".join(filter(None, (row["date"], row["amount"], row["ends_on"]))) for row in rows]


# Charges


def test_the_next_charges_come_with_their_amounts() -> None:
    assert of("charge", found("2020-01-15")) == ["2020-04-15 447.00", "2020-07-15 447.00", "2020-10-15 447.00"]


def test_a_charge_of_the_last_day_asked_for_is_told() -> None:
    assert of("charge", found("2020-01-15", days=91)) == ["2020-04-15 447.00"]


def test_a_charge_of_the_day_after_is_not() -> None:
    assert of("charge", found("2020-01-15", days=90)) == []


def test_a_charge_of_the_day_itself_has_come_already() -> None:
    assert of("charge", found("2020-04-15", days=90)) == []


def test_a_charge_after_a_rise_costs_the_new_price() -> None:
    assert of("charge", found("2020-10-20", RISE)) == [
        "2021-01-15 507.00",
        "2021-04-15 507.00",
        "2021-07-15 507.00",
        "2021-10-15 507.00",
    ]


def test_a_pending_downgrade_is_counted() -> None:
    change = "date: 2020-02-01, event: change_package, to: mini"
    assert of("charge", found("2020-02-01", change, days=100)) == ["2020-04-15 297.00"]


def test_after_a_notice_nothing_is_charged_beyond_its_end() -> None:
    notice = "date: 2020-03-01, event: give_notice"
    assert of("charge", found("2020-03-01", notice)) == ["2020-04-15 447.00"]


def test_what_happens_later_is_not_known() -> None:
    notice = "date: 2020-03-01, event: give_notice"
    assert of("ends", found("2020-02-29", notice)) == []


def test_a_charge_has_its_clause_and_its_arithmetic() -> None:
    row = next(row for row in found("2020-01-15").to_dict()["coming"] if row["kind"] == "charge")
    assert row == {
        "date": "2020-04-15",
        "kind": "charge",
        "amount": "447.00",
        "ends_on": None,
        "clause": "betaling.2",
        "because": "3 × 149.00 kr. = 447.00 kr.",
    }


# Ends


def test_the_end_of_the_binding() -> None:
    assert of("binding_ends", found("2020-07-14")) == ["2020-07-15"]


def test_on_the_day_itself_the_binding_has_ended() -> None:
    assert of("binding_ends", found("2020-07-15")) == []


def test_a_binding_that_outlives_the_subscription_does_not_end() -> None:
    notice = "date: 2020-03-01, event: give_notice"
    assert of("binding_ends", found("2020-03-01", notice)) == []  # both are 15 July: the subscription ends


def test_the_end_of_the_trial_and_the_first_charge_on_it() -> None:
    answer = found("2020-01-20", sign_up=", trial_days: 30")
    assert (of("trial_ends", answer), of("charge", answer)[0]) == (["2020-02-14"], "2020-02-14 447.00")


def test_the_end_that_stands() -> None:
    notice = "date: 2020-03-01, event: give_notice"
    assert of("ends", found("2020-03-01", notice)) == ["2020-07-15"]


# Changes


def test_an_announced_rise() -> None:
    assert of("price_change", found("2020-08-02", RISE)) == ["2020-12-01"]


def test_a_rise_that_waits_for_the_end_of_the_binding() -> None:
    rise = "date: 2020-03-01, event: announce_price_change, prices: {basis: 159.00}, effective: 2020-04-15"
    assert of("price_change", found("2020-03-02", rise)) == ["2020-07-15"]


@pytest.mark.parametrize("kind", ["service_change", "terms_change"])
def test_a_change_of_the_service_and_of_the_terms(kind: str) -> None:
    packages = ", packages: [basis]" if kind == "service_change" else ""
    event = f"date: 2020-08-01, event: announce_{kind}, effective: 2020-10-01{packages}"
    assert of(kind, found("2020-08-01", event)) == ["2020-10-01"]


# Last days


def test_the_last_day_to_withdraw_is_its_own_end() -> None:
    assert of("withdraw_by", found("2020-01-15")) == ["2020-01-29 2020-01-29"]


def test_on_the_last_day_to_withdraw_it_is_still_told() -> None:
    assert of("withdraw_by", found("2020-01-29")) == ["2020-01-29 2020-01-29"]


def test_the_day_after_it_is_not() -> None:
    assert of("withdraw_by", found("2020-01-30")) == []


def test_a_last_day_of_notice_for_each_end() -> None:
    assert of("give_notice_by", found("2020-01-15", days=300)) == [
        "2020-06-15 2020-07-15",
        "2020-09-15 2020-10-15",
    ]


def test_the_last_day_is_told_on_that_day() -> None:
    assert of("give_notice_by", found("2020-06-15", days=0)) == ["2020-06-15 2020-07-15"]


def test_the_day_after_that_end_can_no_longer_be_reached() -> None:
    assert of("give_notice_by", found("2020-06-16", days=91)) == ["2020-09-15 2020-10-15"]


def test_of_two_ways_to_one_end_it_is_the_one_that_is_open_longer() -> None:
    rise = "date: 2020-09-01, event: announce_price_change, prices: {basis: 169.00}, effective: 2020-10-15"
    answer = found("2020-09-02", rise, days=60)
    assert of("give_notice_by", answer) == ["2020-10-12 2020-10-15"]


def test_in_a_trial_its_last_day_comes_first() -> None:
    answer = found("2020-01-20", sign_up=", trial_days: 30, channel: shop", days=200)
    assert of("give_notice_by", answer) == ["2020-02-13 2020-02-14", "2020-07-15 2020-08-14"]


def test_beside_a_standing_notice_only_sooner_ends_are_told() -> None:
    notice = "date: 2020-08-01, event: give_notice, wanted_end: 2021-01-15"
    assert of("give_notice_by", found("2020-08-01", notice)) == ["2020-09-15 2020-10-15"]


def test_an_end_that_moves_along_with_the_notice_has_no_last_day() -> None:
    answer = found("2020-08-01", ordinary_notice="thirty-days")
    assert (of("give_notice_by", answer), answer.moves_along) == ([], True)


def test_but_the_end_of_the_binding_has_one_under_it() -> None:
    answer = found("2020-02-01", ordinary_notice="thirty-days")
    assert of("give_notice_by", answer) == ["2020-06-15 2020-07-15"]


def test_under_the_earliest_of_both_the_end_of_a_period_has_one() -> None:
    answer = found("2020-08-01", ordinary_notice="earliest", days=100)
    assert of("give_notice_by", answer) == ["2020-10-14 2020-10-15"]


# Card and duties


def test_the_card_expires_and_is_reminded_of() -> None:
    answer = found("2020-02-01", sign_up=", card_expires: 2020-05")
    assert of("card_expires", answer) == ["2020-05-31"]
    assert "2020-05-31" in of("duty", answer)


def test_a_complaint_is_to_be_decided() -> None:
    answer = found("2020-02-10", "date: 2020-02-05, event: complain", days=30)
    assert of("duty", answer) == ["2020-03-05"]


def test_equipment_is_to_be_returned_at_the_end() -> None:
    lent = "date: 2020-02-01, event: lend_equipment, item: router, value: 500.00"
    answer = found("2020-03-01", lent, "date: 2020-03-01, event: give_notice", sign_up=", payment: invoice")
    assert of("duty", answer) == ["2020-07-15"]


def test_of_several_subscriptions_only_its_own_charges_and_receipts_are_told() -> None:
    second = "date: 2020-02-01, event: sign_up, package: mini, subscription: second"
    text = JOINED % "" + f"  - {{{second}}}\n"
    answer = coming(loads(text), Day(2020, 2, 2), "second", days=100)
    assert (of("charge", answer), of("duty", answer)) == (["2020-05-01 297.00"], ["2020-05-01"])


# Nothing, and the whole


def test_after_the_end_nothing_comes() -> None:
    assert found("2020-02-01", "date: 2020-01-20, event: withdraw").items == ()


def test_before_the_sign_up_nothing_is_known_to_come() -> None:
    assert found("2020-01-14").items == ()


def test_all_is_in_order_of_date() -> None:
    dates = [item.date for item in found("2020-08-02", RISE, sign_up=", card_expires: 2020-11").items]
    assert dates == sorted(dates)


# As table, JSON and calendar


def page_of(answer: Coming, code: Code = "en") -> str:
    return text_of(coming_page(answer, Page(language(code), 200)), 200)


def test_the_table_names_date_amount_and_clause() -> None:
    lines = page_of(found("2020-03-01", days=50)).splitlines()
    assert lines[3:] == [
        "       date  what comes     kr.  clause and why",
        "-----------  ----------  ------  ---------------------------------------",
        "15 Apr 2020  charge      447.00  betaling.2: 3 × 149.00 kr. = 447.00 kr.",
        "15 Apr 2020  duty                fornyelse.3: Kabelplus sends a receipt",
    ]


def test_where_nothing_comes_that_is_said() -> None:
    assert "if nothing else happens; nothing." in page_of(found("2020-02-01", days=0))


def test_the_json_of_the_command() -> None:
    result = subsim(
        "coming", "-", "--date", "2020-06-15", "--days", "0", "--law", "off", "--format", "json", stdin=JOINED % ""
    )
    assert json.loads(result.stdout) == {
        "date": "2020-06-15",
        "subscription": "main",
        "coming": [
            {
                "date": "2020-06-15",
                "kind": "give_notice_by",
                "amount": None,
                "ends_on": "2020-07-15",
                "clause": "betaling.5",
                "because": "notice of 2020-06-15 + 30 days = 2020-07-15; next quarter boundary 2020-07-15; "
                "not before the end of the binding on 2020-07-15",
            }
        ],
    }


def calendar_of(answer: Coming, code: Code = "en") -> Calendar:
    return Calendar.from_ical(coming_calendar(answer, Page(language(code), 200)))


def test_the_calendar_has_an_event_of_a_whole_day_for_each_item() -> None:
    answer = found("2020-01-15")
    events = calendar_of(answer).events
    assert [event.start for event in events] == [item.date for item in answer.items]
    assert [event.end for event in events] == [days_after(item.date, 1) for item in answer.items]


def test_every_id_of_the_calendar_is_its_own() -> None:
    ids = [str(event["uid"]) for event in calendar_of(found("2020-01-15")).events]
    assert len(set(ids)) == len(ids)


def test_the_id_of_an_item_is_the_same_when_asked_on_another_day_and_in_danish() -> None:
    first = calendar_of(found("2020-03-01", days=135)).events
    second = calendar_of(found("2020-03-02", days=134), "da").events
    assert [str(event["uid"]) for event in first] == [str(event["uid"]) for event in second]


def test_a_package_named_like_markup_is_text_in_the_calendar() -> None:
    text = (JOINED % "").replace("basis", "'a;b,c\\d'")
    ical = coming_calendar(coming(loads(text), Day(2020, 1, 15)), Page(language("en"), 200))
    assert all(line.startswith((b" ",)) or b":" in line for line in ical.split(b"\r\n") if line)


def test_the_command_writes_the_calendar() -> None:
    result = subsim("coming", "-", "--date", "2020-06-15", "--format", "ics", "--lang", "da", stdin=JOINED % "")
    assert result.stdout.startswith("BEGIN:VCALENDAR")
    assert "sidste dag for opsigelse til den 15. jul. 2020" in result.stdout.replace("\n ", "").replace(
        "\r", ""
    ).replace("\xa0", " ")
