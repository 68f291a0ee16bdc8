"""What would change had more happened: the ends, the lines, the refusals, the sums; and how a wrong try is answered."""

import json

import pytest

from subsim.answers.what_if import WhatIf, what_if
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.languages import Code, language
from subsim.files.scenario import loads
from subsim.pages.text import Page, text_of
from subsim.pages.what_if import what_if_page
from subsim.terms.choice import TermsChoice
from tests.support.command import in_process as subsim

ANNA = """\
scenario: Anna goes on
prices: {basis: 149.00, family: 299.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
"""


def tried(*tries: str, of: str = ANNA, until: Day | None = None, readings: dict[str, str] | None = None) -> WhatIf:
    """What these events would change of a story."""
    return what_if(loads(of), tries, until, TermsChoice(readings=readings or {}))


def page_of(answer: WhatIf, code: Code = "en") -> str:
    return text_of(what_if_page(answer, Page(language(code), 200)), 200)


def lines(answer: WhatIf) -> list[str]:
    """The lines that fall away and those that come: `- 2020-07-15 period 447.00`."""
    pairs = [(sign, line) for pair in answer.invoices for sign, line in (("-", pair.before), ("+", pair.after))]
    return [f"{sign} {line.date} {line.kind} {line.to_dict()['amount']}" for sign, line in pairs if line]


def faults(*tries: str, of: str = ANNA) -> list[str]:
    """Every fault of the tries in one line: where, what, and after a bar the remedy."""
    with pytest.raises(InputErrors) as caught:
        tried(*tries, of=of)
    return [
        f"{error.file}:{error.line}:{error.column}: {error.message} | {error.remedy}" for error in caught.value.errors
    ]


# What changes


def test_a_notice_ends_the_subscription_and_saves_the_period_after_it() -> None:
    answer = tried("2020-04-15 give_notice")
    assert lines(answer) == ["- 2020-07-15 period 447.00"]
    assert answer.to_dict()["subscriptions"] == [
        {
            "id": "main",
            "before": {
                "state": "free",
                "ended_on": None,
                "end_reason": None,
                "states": [{"from": "2020-01-15", "state": "bound"}, {"from": "2020-07-15", "state": "free"}],
            },
            "after": {
                "state": "ended",
                "ended_on": "2020-07-15",
                "end_reason": "ordinary",
                "states": [
                    {"from": "2020-01-15", "state": "bound"},
                    {"from": "2020-04-15", "state": "ending"},
                    {"from": "2020-07-15", "state": "ended"},
                ],
            },
        }
    ]


def test_the_sums_are_shown_where_they_differ() -> None:
    assert tried("2020-04-15 give_notice").to_dict()["totals"] == {
        "charged": {"before": "1341.00", "after": "894.00"},
        "paid": {"before": "1341.00", "after": "894.00"},
    }


def test_an_upgrade_adds_its_charge_and_changes_the_next_period() -> None:
    assert lines(tried("2020-04-20 change_package to=family")) == [
        "+ 2020-04-20 upgrade 450.00",
        "- 2020-07-15 period 447.00",
        "+ 2020-07-15 period 897.00",
    ]


def test_several_events_are_tried_together_in_the_order_of_their_dates() -> None:
    answer = tried("2020-05-01 change_package to=basis", "2020-04-20 change_package to=family")
    assert [str(each.date) for each in answer.tried] == ["2020-04-20", "2020-05-01"]
    assert lines(answer) == ["+ 2020-04-20 upgrade 450.00"]


def test_an_event_comes_after_the_files_own_of_its_date() -> None:
    upgraded = ANNA + "  - {date: 2020-04-20, event: change_package, to: family}\n"
    answer = tried("2020-04-20 change_package to=basis", of=upgraded)
    assert [(each.verdict, each.reason) for each in answer.tried] == [
        (
            "accepted",
            "149.00 kr. a month is less than 299.00 kr.: package and price change on 2020-07-15, the next due date",
        )
    ]


def test_a_duty_that_comes_or_falls_away_is_shown() -> None:
    added = [pair.after for pair in tried("2020-02-01 complain").duties]
    assert [(str(duty.date), duty.duty, duty.clause) for duty in added if duty] == [
        ("2020-03-01", "complaint_decision", "tvister.2")
    ]


def test_another_subscription_is_shown_whole() -> None:
    answer = tried("2020-02-01 sign_up package=basis subscription=summer")
    (pair,) = answer.to_dict()["subscriptions"]
    assert (pair["id"], pair["before"], pair["after"]["binding_ends"]) == ("summer", None, "2020-08-01")


def test_a_withdrawal_beyond_its_last_day_is_refused_with_clause_and_reason() -> None:
    answer = tried("2020-01-30 withdraw")
    assert answer.to_dict()["refused"] == [
        {
            "before": None,
            "after": {
                "date": "2020-01-30",
                "event": "withdraw",
                "subscription": "main",
                "clause": "fortrydelse.1",
                "reason": "confirmed on 2020-01-15 + 14 days = 2020-01-29; 2020-01-30 is too late",
            },
        }
    ]
    assert answer.changes_nothing


def test_an_event_of_the_file_that_is_refused_only_now_is_shown() -> None:
    notice = ANNA + "  - {date: 2020-04-15, event: give_notice}\n"
    answer = tried("2020-01-20 withdraw", of=notice)
    refused = [pair.after for pair in answer.other_refusals]
    assert [(str(each.date), each.event, each.clause) for each in refused if each] == [
        ("2020-04-15", "give_notice", "opsigelse.1a")
    ]
    assert not answer.changes_nothing


def test_readings_and_numbers_hold_for_both() -> None:
    answer = tried("2020-08-01 give_notice", readings={"ordinary-notice": "thirty-days"})
    assert [str(pair.after.ended_on) for pair in answer.subscriptions if pair.after] == ["2020-08-31"]


# How far both are replayed


def test_both_go_on_until_the_next_due_date_and_the_end() -> None:
    assert tried("2020-02-01 log_in").after.until == Day(2020, 4, 15)
    assert tried("2020-04-20 give_notice").after.until == Day(2020, 7, 15)


def test_both_go_on_until_the_first_due_date_after_an_announced_change() -> None:
    answer = tried("2020-08-01 announce_price_change prices={basis: 159.00} effective=2020-12-01")
    assert answer.after.until == Day(2021, 1, 15)
    assert lines(answer) == ["- 2021-01-15 period 447.00", "+ 2021-01-15 period 477.00"]


def test_they_end_where_asked() -> None:
    answer = tried("2020-04-15 give_notice", until=Day(2020, 5, 1))
    assert (lines(answer), answer.after.until) == ([], Day(2020, 5, 1))
    assert [str(pair.after.ends_on) for pair in answer.subscriptions if pair.after] == ["2020-07-15"]


def test_an_event_that_lies_beyond_is_said_to() -> None:
    assert "None: they lie after 1 April 2020.\n" in page_of(tried("2020-04-15 give_notice", until=Day(2020, 4, 1)))


# What people read


def test_the_page_shows_what_falls_away_and_what_comes() -> None:
    page = page_of(tried("2020-04-15 give_notice"))
    assert page.startswith("Anna goes on\nuntil 15 July 2020, profile standard\n\nEvents tried\n       date  event")
    assert (
        page[page.index("Subscriptions") :]
        == """\
Subscriptions
          as it is                             with the events tried
--------  -----------------------------------  --------------------------------------------------------
state     free                                 ended
ended on  -                                    15 Jul 2020
why       -                                    ordinary notice
states    15 Jan 2020 bound, 15 Jul 2020 free  15 Jan 2020 bound, 15 Apr 2020 ending, 15 Jul 2020 ended

Invoices: - as it is, + with the events tried
          date  line    package         from        until     kr.      paid on  clause
-  -----------  ------  -------  -----------  -----------  ------  -----------  ----------
-  15 Jul 2020  period  basis    15 Jul 2020  15 Oct 2020  447.00  15 Jul 2020  betaling.2

Duties: - as it is, + with the events tried
          date  duty                       clause
-  -----------  -------------------------  -----------
-  15 Jul 2020  Kabelplus sends a receipt  fornyelse.3

Totals
         as it is  with the events tried  difference
-------  --------  ---------------------  ----------
charged  1,341.00                 894.00     -447.00
paid     1,341.00                 894.00     -447.00"""
    )


def test_if_nothing_changes_the_page_says_so_in_one_sentence() -> None:
    assert page_of(tried("2020-02-01 log_in")).endswith("\n\nNothing changes until the end of 15 April 2020.")


def test_the_same_in_danish() -> None:
    assert page_of(tried("2020-02-01 log_in"), "da").endswith("\n\nIntet ændrer sig til og med den 15. april 2020.")


def test_a_refused_event_stands_once_on_the_page() -> None:
    page = page_of(tried("2020-01-30 withdraw"))
    assert page.count("fortrydelse.1") == 1
    assert page.endswith("Nothing changes until the end of 15 April 2020.")


# What is wrong with a try


def test_a_misspelt_event_is_answered_as_in_a_file() -> None:
    assert faults("2020-04-15 give_notise") == [
        "--try:1:12: no event is called 'give_notise' | did you mean 'give_notice'?"
    ]


def test_the_line_is_that_of_the_try_and_all_faults_are_said() -> None:
    assert faults("2020-02-30 give_notice", "2020-04-15 change_package too=family") == [
        "--try:1:1: date is '2020-02-30': no such day in the calendar | "
        "expected a date such as 2020-04-15, or a timestamp such as 2020-04-15T09:30:00+02:00",
        "--try:2:27: change_package has no field 'too' | did you mean 'to'?",
    ]


def test_an_unknown_package_or_subscription_is_a_fault() -> None:
    assert faults("2020-04-15 change_package to=familie", "2020-04-15 log_in subscription=summer") == [
        "--try:1:30: the price list has no package 'familie' | did you mean 'family'?",
        "--try:2:32: no sign_up of the timeline names the subscription 'summer' | expected main",
    ]


def test_which_subscription_is_meant_must_be_clear() -> None:
    second = ANNA + "  - {date: 2020-02-01, event: sign_up, package: basis, subscription: summer}\n"
    assert faults("2020-04-15 give_notice", of=second) == [
        "--try:1:1: which subscription is meant? the timeline has signed up main and summer by then | "
        "add subscription: main or summer"
    ]


def test_the_files_own_events_mean_what_they_meant_before_the_try() -> None:
    notice = ANNA + "  - {date: 2020-04-15, event: give_notice}\n"
    answer = tried("2020-02-01 sign_up package=basis subscription=summer", of=notice)
    assert [pair.after.id for pair in answer.subscriptions if pair.after] == ["summer"]


def test_a_live_subscription_signed_up_again_is_a_fault_of_the_try() -> None:
    assert faults("2020-02-01 log_in", "2020-02-01 sign_up package=basis") == [
        "--try:2:1: the subscription 'main' is signed up again while it is live | "
        "sign up another id, or end this subscription first"
    ]


def test_a_try_without_an_event_is_told_the_form() -> None:
    assert faults("2020-04-15") == [
        "--try:1:1: found '2020-04-15', expected a date, an event and its fields | "
        "as in: 2020-04-15 change_package to=family"
    ]


def test_a_field_needs_its_equals_sign_and_stands_once() -> None:
    assert faults("2020-04-15 change_package family", "2020-04-15 pay amount=1.00 amount=2.00") == [
        "--try:1:1: change_package lacks the field 'to' | add to: a package of the price list",
        "--try:1:27: found 'family', expected key=value | None",
        "--try:2:28: 'amount' is given twice | keep one of the two",
    ]


def test_a_value_with_spaces_goes_in_quotes_or_brackets() -> None:
    answer = tried("2020-02-01 buy item='a long film' amount=39.00")
    assert answer.tried[0].reason == "a long film for 39.00 kr., paid at once"


def test_fields_that_do_not_go_together_are_a_fault() -> None:
    assert faults("2020-04-15 give_notice ground=trial wanted_end=2020-08-01") == [
        "--try:1:48: wanted_end goes with the ground ordinary only, found 'trial' | leave out wanted_end or ground"
    ]


# The command


def test_the_command_reads_standard_input_and_json_is_the_same_in_danish() -> None:
    command = ("what-if", "-", "--try", "2020-04-15 give_notice", "--format", "json")
    english, danish = subsim(*command, stdin=ANNA), subsim(*command, "--lang", "da", stdin=ANNA)
    assert english.stdout == danish.stdout
    assert json.loads(english.stdout)["until"] == "2020-07-15"
    assert english.returncode == 0


def test_the_command_shows_a_fault_with_its_line_and_exits_with_2() -> None:
    result = subsim("what-if", "-", "--try", "2020-04-15 give_notise", stdin=ANNA)
    assert (result.returncode, result.stdout) == (2, "")
    assert (
        result.stderr
        == """\
--try:1:12: no event is called 'give_notise'
  1 | 2020-04-15 give_notise
    |            ^
did you mean 'give_notice'?
"""
    )


def test_the_command_needs_a_try() -> None:
    assert subsim("what-if", "-", stdin=ANNA).returncode == 2


def test_a_story_that_is_over_with_and_without_the_try_is_compared_to_its_last_date() -> None:
    over = ANNA + "  - {date: 2020-09-20, event: terminate, reason: breach}\n"
    assert what_if(loads(over), ["2020-02-20 give_notice"]).after.until == Day(2020, 9, 20)
