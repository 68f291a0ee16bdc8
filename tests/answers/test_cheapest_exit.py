"""When to give notice so as to pay least: ends, amounts and ranges of days by hand; and no advice that breaks."""

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsim.answers import cheapest_exit as module
from subsim.answers.cheapest_exit import Advice, BrokenAdvice, CheapestExit, cheapest_exit, cheapest_exit_of
from subsim.answers.question import Case
from subsim.basics.dates import Day, days_after, days_between
from subsim.basics.languages import Code, language
from subsim.basics.money import kroner
from subsim.files.scenario import Scenario, loads
from subsim.membership.events import Event, GiveNotice, Withdraw
from subsim.pages.cheapest_exit import cheapest_exit_page
from subsim.pages.text import Page, text_of
from subsim.terms.choice import TermsChoice
from tests.support.command import in_process as subsim
from tests.support.timelines import Story, stories

JOINED = """\
scenario: A member
prices: {basis: 149.00, mini: 99.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis%s}
"""


def found(on: Day, *events: str, sign_up: str = "", readings: dict[str, str] | None = None) -> CheapestExit:
    """The ways out from a day on, of a member who signed up on 15 January 2020 for quarters of 447.00."""
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    return cheapest_exit(
        loads(JOINED % sign_up + lines), on, choice=TermsChoice(readings=readings or {}), with_law=False
    )


def ways(answer: CheapestExit) -> list[str]:
    """Each in one line: `ordinary 2020-06-01..2020-06-15 ends 2020-07-15 for 0.00`."""
    return [f"{way.route} {way.first}..{way.last} ends {_ends(way)} for {kroner(way.cost)}" for way in answer.advice]


def _ends(way: Advice) -> str:
    return f"{way.ends_on}..{way.end_of(way.last)}" if way.moves_along else f"{way.ends_on}"


def page_of(answer: CheapestExit, code: Code = "en") -> str:
    return text_of(cheapest_exit_page(answer, Page(language(code), 1000)), 1000)


def first_line(answer: CheapestExit, code: Code = "en") -> str:
    return page_of(answer, code).splitlines()[0]


RISE = "date: 2020-08-01, event: announce_price_change, prices: {basis: 169.00}, effective: 2020-12-01"

# Ranges of days


def test_an_ordinary_notice_costs_a_quarter_more_from_the_day_after_each_last_day() -> None:
    assert ways(found(Day(2020, 6, 1))) == [
        "ordinary 2020-06-01..2020-06-15 ends 2020-07-15 for 0.00",
        "ordinary 2020-06-16..2020-09-15 ends 2020-10-15 for 447.00",
        "ordinary 2020-09-16..2020-12-16 ends 2021-01-15 for 894.00",
        "ordinary 2020-12-17..2021-03-16 ends 2021-04-15 for 1341.00",
        "ordinary 2021-03-17..2021-06-01 ends 2021-07-15 for 1788.00",
    ]


def test_on_the_last_day_itself_the_range_is_that_day() -> None:
    assert ways(found(Day(2020, 6, 15)))[0] == "ordinary 2020-06-15..2020-06-15 ends 2020-07-15 for 0.00"


def test_a_day_later_the_quarter_is_lost() -> None:
    assert ways(found(Day(2020, 6, 16)))[0] == "ordinary 2020-06-16..2020-09-15 ends 2020-10-15 for 447.00"


def test_an_end_that_moves_with_the_notice_is_one_range_for_each_cost() -> None:
    answer = found(Day(2020, 8, 1), readings={"ordinary-notice": "thirty-days"})
    assert ways(answer)[:2] == [
        "ordinary 2020-08-01..2020-09-15 ends 2020-08-31..2020-10-15 for 0.00",
        "ordinary 2020-09-16..2020-12-16 ends 2020-10-16..2021-01-15 for 447.00",
    ]


def test_a_withdrawal_gives_back_and_comes_first() -> None:
    assert ways(found(Day(2020, 1, 20)))[:2] == [
        "withdrawal 2020-01-20..2020-01-29 ends 2020-01-20..2020-01-29 for -447.00",
        "ordinary 2020-01-20..2020-06-15 ends 2020-07-15 for 447.00",
    ]


def test_what_was_never_paid_falls_away_with_a_withdrawal() -> None:
    (way, *_others) = found(Day(2020, 1, 20), sign_up=", payment: invoice").advice
    assert (way.refund, way.falls_away, way.cost) == (0, 447_00, -447_00)


def test_a_trial_costs_nothing_until_its_last_day() -> None:
    answer = found(Day(2020, 1, 20), sign_up=", trial_days: 30, channel: shop")
    assert ways(answer)[:2] == [
        "trial 2020-01-20..2020-02-13 ends 2020-02-14 for 0.00",
        "ordinary 2020-02-14..2020-07-15 ends 2020-08-14 for 894.00",
    ]


def test_the_exit_through_a_price_rise_ends_where_the_rise_would_come() -> None:
    assert ways(found(Day(2020, 8, 1), RISE))[:3] == [
        "ordinary 2020-08-01..2020-09-15 ends 2020-10-15 for 0.00",
        "price_change 2020-08-01..2020-11-28 ends 2020-12-01 for 447.00",
        "ordinary 2020-09-16..2020-12-16 ends 2021-01-15 for 447.00",
    ]


def test_a_way_that_opens_later_is_advised_from_its_first_day() -> None:
    answer = found(Day(2020, 3, 1), readings={"notice-in-binding": "refused"})
    assert ways(answer)[0] == "ordinary 2020-07-15..2020-09-15 ends 2020-10-15 for 894.00"


def test_of_equal_cost_the_one_that_ends_soonest_comes_first() -> None:
    service = "date: 2020-07-20, event: announce_service_change, packages: [basis], disadvantage: material"
    answer = found(Day(2020, 7, 20), f"{service}, effective: 2020-09-01")
    assert ways(answer)[:2] == [
        "service_change 2020-07-20..2020-08-31 ends 2020-09-01 for 0.00",
        "ordinary 2020-07-20..2020-09-15 ends 2020-10-15 for 0.00",
    ]


def test_a_pending_downgrade_is_counted() -> None:
    answer = found(Day(2020, 8, 1), "date: 2020-07-20, event: change_package, to: mini")
    assert ways(answer)[1] == "ordinary 2020-09-16..2020-12-16 ends 2021-01-15 for 297.00"


# What is known, and what is owed already


def test_what_happens_after_the_date_is_not_known_yet() -> None:
    assert ways(found(Day(2020, 7, 31), RISE))[:2] == [
        "ordinary 2020-07-31..2020-09-15 ends 2020-10-15 for 0.00",
        "ordinary 2020-09-16..2020-12-16 ends 2021-01-15 for 447.00",
    ]


def test_arrears_stand_apart() -> None:
    answer = found(Day(2020, 6, 1), sign_up=", payment: invoice")
    assert (answer.arrears, ways(answer)[0]) == (894_00, "ordinary 2020-06-01..2020-06-15 ends 2020-07-15 for 0.00")
    assert (
        "\nOwed already on 1 June 2020: 894.00 kr.; all of it overdue, the oldest since 15 January 2020; "
        in page_of(answer)
    )


def test_a_credit_stands_apart() -> None:
    answer = found(Day(2020, 6, 20), "date: 2020-06-01, event: pay, amount: 100.00")
    assert (answer.credit, answer.advice[0].still_to_pay) == (100_00, 447_00)
    assert "\nOn 20 June 2020 the member has a credit of 100.00 kr.\n" in page_of(answer)


# A notice that stands


def test_beside_a_standing_notice_only_what_ends_sooner_is_advised() -> None:
    wanted = "date: 2020-08-01, event: give_notice, wanted_end: 2021-01-15"
    answer = found(Day(2020, 8, 2), wanted)
    assert answer.standing is not None
    assert (answer.standing.ends_on, answer.standing.still_to_pay) == (Day(2021, 1, 15), 447_00)
    assert ways(answer) == ["ordinary 2020-08-02..2020-09-15 ends 2020-10-15 for 0.00"]


def test_with_none_sooner_the_standing_end_is_all_there_is_to_say() -> None:
    answer = found(Day(2020, 8, 2), "date: 2020-08-01, event: give_notice")
    assert page_of(answer) == (
        "The subscription ends on 15 October 2020 already; no further period to pay; no way out ends it sooner.\n\n"
        "Nothing is owed on 2 August 2020."
    )


# What people read


def test_the_first_sentence_says_when_to_give_notice() -> None:
    assert first_line(found(Day(2020, 6, 1))) == (
        "Cheapest: a notice received by 15 June 2020 (ordinary notice); the subscription ends on 15 July 2020 "
        "(last day of service 14 July 2020); no further period to pay."
    )


def test_the_same_in_danish() -> None:
    assert first_line(found(Day(2020, 6, 1)), "da") == (
        "Billigst: en opsigelse modtaget senest den 15. juni 2020 (almindelig opsigelse); abonnementet ophører den "
        "15. juli 2020 (sidste dag med adgang er den 14. juli 2020); der skal ikke betales for flere perioder."
    )


def test_a_later_range_is_said_with_both_its_days() -> None:
    answer = found(Day(2020, 3, 1), readings={"notice-in-binding": "refused"})
    assert first_line(answer) == (
        "Cheapest: a notice received from 15 July 2020 to 15 September 2020 (ordinary notice); "
        "the subscription ends on 15 October 2020 (last day of service 14 October 2020); 894.00 kr. still to pay."
    )


def test_an_end_that_moves_is_said_by_its_distance() -> None:
    answer = found(Day(2020, 8, 1), readings={"ordinary-notice": "thirty-days"})
    assert "; the subscription ends 30 days after the notice; " in first_line(answer)


def test_a_withdrawal_ends_that_same_day() -> None:
    assert first_line(found(Day(2020, 1, 20))) == (
        "Cheapest: a withdrawal received by 29 January 2020; the subscription ends that same day; 447.00 kr. paid back."
    )


def test_the_reckoning_is_that_of_the_last_day() -> None:
    assert "\nWhy: notice of 15 June 2020 + 30 days = 15 July 2020; " in page_of(found(Day(2020, 6, 1)))


def test_without_a_subscription_there_is_no_way_out() -> None:
    assert first_line(found(Day(2020, 1, 1))) == "No: on 1 January 2020 there is no subscription to cancel."


def test_where_none_opens_within_the_year_that_is_said() -> None:
    scenario = loads(JOINED % ", channel: shop")
    choice = TermsChoice(readings={"notice-in-binding": "refused"}, numbers={"binding-months": 24})
    answer = cheapest_exit(scenario, Day(2020, 3, 1), choice=choice, with_law=False)
    assert first_line(answer) == "No way out is open by 1 March 2021."


# No advice breaks


@given(story=stories(), data=st.data())
def test_every_advice_comes_true_when_the_notice_is_really_given(story: Story, data: st.DataObject) -> None:
    facts = Scenario(source="<drawn>", sentence="A drawn timeline", facts=story.facts)
    answer = cheapest_exit_of(Case(facts, None, "standard", story.terms), story.subscription, story.day)
    for way in answer.advice:
        day = days_after(way.first, data.draw(st.integers(0, days_between(way.first, way.last))))
        member = story.member(story.facts_so_far(_notice(way, day, story.subscription)), way.end_of(day))
        known = len(story.member().ledger.lines)
        charged = sum(line.amount for line in member.ledger.lines[known:] if line.subscription == story.subscription)
        assert (member.by_id[story.subscription].ended_on, charged) == (way.end_of(day), way.cost)


def _notice(way: Advice, day: Day, subscription: str) -> Event:
    if way.route == "withdrawal":
        return Withdraw(date=day, subscription=subscription)
    assert way.route != "operator"
    return GiveNotice(date=day, subscription=subscription, ground=way.route)


@given(story=stories())
def test_nothing_that_can_be_had_on_the_day_itself_is_left_out(story: Story) -> None:
    facts = Scenario(source="<drawn>", sentence="A drawn timeline", facts=story.facts)
    answer = cheapest_exit_of(Case(facts, None, "standard", story.terms), story.subscription, story.day)
    before = answer.standing.ends_on if answer.standing else Day.max
    asked = story.answer(story.facts_so_far())
    today = {(way.route, way.ends_on, way.still_to_pay) for way in asked.routes if way.ends_on and way.ends_on < before}
    assert {(way.route, way.ends_on, way.still_to_pay) for way in answer.advice if way.first == story.day} == today


def test_an_advice_that_does_not_come_true_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.Advice, "cost", property(lambda _advice: 1))
    with pytest.raises(BrokenAdvice):
        found(Day(2020, 6, 1))


def test_ten_years_of_months_are_answered_well_within_a_second() -> None:
    rises = "".join(
        f"  - {{date: {year}-01-15, event: announce_price_change, prices: {{basis: {year - 1900}.00}}, "
        f"effective: {year}-04-01}}\n"
        for year in range(2011, 2020)
    )
    scenario = loads((JOINED % ", billing: monthly").replace("2020-01-15", "2010-01-15") + rises)
    start = process_time()
    cheapest_exit(scenario, Day(2020, 1, 1))
    assert process_time() - start < 1


# The command


def test_the_json_names_every_amount_and_is_the_same_in_danish() -> None:
    command = ("cheapest-exit", "-", "--date", "2020-06-01", "--format", "json")
    english, danish = (subsim(*command, "--lang", lang, stdin=JOINED % "").stdout for lang in ("en", "da"))
    assert english == danish
    answer = json.loads(english)
    assert list(answer) == ["date", "until", "subscription", "state", "arrears", "credit", "standing", "advice", "law"]
    assert answer["advice"][0] == {
        "route": "ordinary",
        "give_notice_from": "2020-06-01",
        "give_notice_by": "2020-06-15",
        "ends_on": "2020-07-15",
        "ends_on_at_latest": "2020-07-15",
        "still_to_pay": "0.00",
        "refund": "0.00",
        "falls_away": "0.00",
        "cost": "0.00",
        "clauses": ["betaling.5", "opsigelse.1a", "opsigelse.2d"],
        "because": "notice of 2020-06-15 + 30 days = 2020-07-15; next quarter boundary 2020-07-15; "
        "not before the end of the binding on 2020-07-15",
        "owed": "0.00",
        "overdue": "0.00",
        "overdue_since": None,
        "interest": "0.00",
    }


def test_a_file_that_cannot_be_read_exits_with_2() -> None:
    assert subsim("cheapest-exit", "no-such.yaml").returncode == 2
