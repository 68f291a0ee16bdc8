"""The ways out by law: which readings of the law matter, and what a row says of its arithmetic."""

import pytest

from subsim.answers.common_law import CommonLaw
from subsim.answers.law import LawAnswer, LawByReading, LawWay
from subsim.answers.question import case_of
from subsim.answers.statutory_ways.answer import law_answer, law_by_readings, ways_giving_more
from subsim.basics.dates import Day
from subsim.basics.languages import language
from subsim.files.scenario import loads
from subsim.membership.agreement import what_happened
from subsim.terms.law_routes import ORDINARY, WITHDRAWAL

INTERNET = "{date: 2020-01-15, event: sign_up, package: basis, kind: internet}"
TV = INTERNET.replace("internet", "tv")


def asked(*events: str, on: Day, readings: str = "") -> tuple[LawAnswer, list[LawByReading]]:
    """The law's answer, and what single other readings make of it."""
    timeline = ", ".join(events)
    case = case_of(loads(f"scenario: s\nprices: {{basis: 149.00}}\nreadings: {{{readings}}}\ntimeline: [{timeline}]\n"))
    member = case.play(on)
    happened = what_happened(member, case.scenario.facts.timeline)
    contract = case.answer("main", on)
    choices = case.law_choices
    return law_answer(member, happened, contract, choices), law_by_readings(member, happened, contract, choices)


def ordinary(*events: str, on: Day, readings: str = "") -> LawWay:
    (way,) = asked(*events, on=on, readings=readings)[0].ways_by(ORDINARY)
    return way


def reason(way: LawWay) -> str:
    return way.sure.because.text(language("en"))


WITHDRAWN = "{date: 2020-01-30, event: withdraw, sent: 2020-01-29}"
UNTOLD = INTERNET.replace("}", ", withdrawal_info: none}")
USED = "{date: 2020-01-16, event: activate}"


@pytest.mark.parametrize(
    ("events", "on", "routes"),
    [
        ([INTERNET], Day(2020, 1, 20), []),
        # used, so that the contract gives no withdrawal: by law until 29 January
        ([INTERNET, USED], Day(2020, 1, 29), ["withdrawal"]),
        ([INTERNET, USED], Day(2020, 1, 30), []),
        ([INTERNET, USED, WITHDRAWN], Day(2021, 1, 20), ["withdrawal", "ordinary"]),
        ([INTERNET, USED], Day(2021, 1, 20), ["ordinary"]),
        ([UNTOLD], Day(2021, 1, 29), ["withdrawal", "ordinary"]),
        ([UNTOLD], Day(2021, 2, 1), ["ordinary"]),
    ],
)
def test_the_ways_giving_more_are_those_rows_of_the_answer(events: list[str], on: Day, routes: list[str]) -> None:
    case = case_of(loads(f"scenario: s\nprices: {{basis: 149.00}}\ntimeline: [{', '.join(events)}]\n"))
    member = case.play(on)
    happened = what_happened(member, case.scenario.facts.timeline)
    found = list(ways_giving_more(member, member.by_id["main"], happened, on, {}))
    assert [way.route for way in found] == routes
    rows = law_answer(member, happened, case.answer("main", on), {}).ways
    assert [way.gist for way in found] == [way.gist for way in rows if way.better in ("law", "depends")]
    assert [way.points for way in found] == [()] * len(routes)


def test_the_points_that_matter_to_a_row_are_told_unless_nobody_asks() -> None:
    assert ordinary(INTERNET, on=Day(2021, 1, 20)).points == ("law-tele-month",)


def test_each_reading_taken_in_both_columns_tells_the_rows_that_it_changes() -> None:
    _, others = asked(INTERNET, on=Day(2021, 1, 20))
    told = [(each.point, each.reading, [(way.route, way.sure.ends_on) for way in each.ways]) for each in others]
    assert told == [
        ("law-tele-month", "to-month-end", [("ordinary", Day(2021, 3, 1))]),
        ("law-tele-month", "from-receipt", [("ordinary", Day(2021, 2, 20))]),
    ]


def test_a_point_that_is_set_has_no_other_readings() -> None:
    assert asked(INTERNET, on=Day(2021, 1, 20), readings="law-tele-month: from-receipt")[1] == []


def test_what_comes_back_is_told_after_the_end_and_only_where_something_does() -> None:
    month = "notice of 20 January 2021: end of the next month, 1 March 2021"
    assert reason(ordinary(INTERNET, on=Day(2021, 1, 20))) == f"{month}; 447.00 kr. × 45 of 90 days; 223.50 kr. back"
    unpaid = INTERNET.replace("}", ", payment: invoice}")
    assert reason(ordinary(unpaid, on=Day(2021, 1, 20))) == month


@pytest.mark.parametrize(("wanted", "told"), [("2021-03-01", False), ("2021-03-02", True)])
def test_an_end_asked_for_is_told_where_it_is_later_than_the_laws(wanted: str, told: bool) -> None:
    notice = f"{{date: 2021-01-20, event: give_notice, wanted_end: {wanted}}}"
    way = ordinary(INTERNET, notice, on=Day(2021, 2, 5))
    assert (way.sure.ends_on, "asked for on" in reason(way)) == (Day.fromisoformat(wanted), told)


def test_where_neither_gives_an_end_the_laws_reason_is_told() -> None:
    way = ordinary(TV, on=Day(2020, 3, 1), readings="notice-in-binding: refused")
    assert (way.sure.open, reason(way)) == (False, "five months have passed on 15 June 2020")


def test_a_row_without_a_refund_says_nothing_of_one() -> None:
    monthly = INTERNET.replace("}", ", billing: monthly}")
    assert reason(ordinary(monthly, on=Day(2021, 2, 15))) == (
        "notice of 15 February 2021: end of the next month, 1 April 2021"
    )


def test_what_two_days_have_in_common_leaves_each_its_own_ways() -> None:
    case = case_of(loads(f"scenario: s\nprices: {{basis: 149.00}}\ntimeline: [{INTERNET}]\n"))
    common = CommonLaw()

    def ends(day: Day) -> list[Day | None]:
        member = case.play(day)
        happened = what_happened(member, case.scenario.facts.timeline)
        answer = law_answer(member, happened, case.answer("main", day), {}, common)
        return [way.sure.ends_on for way in answer.ways_by(ORDINARY)]

    assert [ends(Day(2021, 1, 31)), ends(Day(2021, 2, 1))] == [[Day(2021, 3, 1)], [Day(2021, 4, 1)]]


def test_what_two_courses_of_events_have_in_common_leaves_each_its_own_refund() -> None:
    upgrade = "{date: 2020-01-20, event: change_package, to: family}"
    common, on = CommonLaw(), Day(2020, 1, 25)

    def refunds(*events: str) -> list[int | None]:
        case = case_of(
            loads(f"scenario: s\nprices: {{basis: 149.00, family: 299.00}}\ntimeline: [{', '.join(events)}]")
        )
        member = case.play(on)
        happened = what_happened(member, case.scenario.facts.timeline)
        answer = law_answer(member, happened, case.answer("main", on), {}, common)
        return [way.arguable.refund for way in answer.ways_by(WITHDRAWAL)]

    # used, so that the contract gives no withdrawal; the upgrade costs 450.00
    assert [refunds(INTERNET, USED), refunds(INTERNET, USED, upgrade)] == [[447_00], [897_00]]
