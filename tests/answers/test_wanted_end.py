"""Can she leave on exactly that day? Each answer by hand: the route and last day of notice, else the nearest ends."""

import json

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from subsim.answers.forecast import known_on
from subsim.answers.question import case_of
from subsim.answers.wanted_end import wanted_end_of
from subsim.api import can_cancel
from subsim.basics.dates import Day, days_after
from subsim.basics.languages import Code, language
from subsim.engine import ways
from subsim.files.scenario import Scenario, loads
from subsim.membership.events import GiveNotice
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.membership.ways import Way
from subsim.pages.answer import answer_page
from subsim.pages.text import Page, text_of
from tests.support.answers import undoubted
from tests.support.command import in_process as subsim
from tests.support.timelines import Story, stories

JOINED = """\
scenario: A member
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis%s}
"""
RISE = "date: 2020-09-01, event: announce_price_change, prices: {basis: 169.00}, effective: 2020-11-01"


def wanted(on: str, end: str, *events: str, sign_up: str = "", **readings: str) -> dict[str, object]:
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    choices = {point.replace("_", "-"): reading for point, reading in readings.items()}
    answer = can_cancel(
        loads(JOINED % sign_up + lines), Day.fromisoformat(on), readings=choices, wanted_end=Day.fromisoformat(end)
    )
    found: dict[str, object] = answer.to_dict()["wanted_end"]
    return found


def exact(end: str, route: str | None, by: str | None) -> dict[str, object]:
    return {"wanted": end, "exact": True, "route": route, "give_notice_by": by, "before": None, "after": None}


def nearest(end: str, before: str | None, after: str | None) -> dict[str, object]:
    return {"wanted": end, "exact": False, "route": None, "give_notice_by": None, "before": before, "after": after}


# Exactly that day


def test_a_quarter_boundary_by_the_last_day_30_days_before_it() -> None:
    assert wanted("2020-08-01", "2020-10-15") == exact("2020-10-15", "ordinary", "2020-09-15")


def test_a_later_boundary_that_an_earlier_notice_must_ask_for() -> None:
    assert wanted("2020-08-01", "2021-01-15") == exact("2021-01-15", "ordinary", "2020-12-16")


def test_the_last_day_of_notice_itself() -> None:
    assert wanted("2020-09-15", "2020-10-15") == exact("2020-10-15", "ordinary", "2020-09-15")


def test_the_day_after_it_is_out_of_reach() -> None:
    assert wanted("2020-09-16", "2020-10-15") == nearest("2020-10-15", None, "2021-01-15")


def test_the_end_of_the_binding_from_inside_it() -> None:
    assert wanted("2020-03-01", "2020-07-15") == exact("2020-07-15", "ordinary", "2020-06-15")


def test_by_a_withdrawal_on_that_very_day() -> None:
    assert wanted("2020-01-20", "2020-01-25") == exact("2020-01-25", "withdrawal", "2020-01-25")


def test_by_a_price_change_on_its_day() -> None:
    assert wanted("2020-09-02", "2020-11-01", RISE) == exact("2020-11-01", "price_change", "2020-10-29")


def test_of_two_ways_the_one_that_is_open_longer() -> None:
    rise = RISE.replace("2020-11-01", "2020-10-15")
    assert wanted("2020-09-02", "2020-10-15", rise) == exact("2020-10-15", "price_change", "2020-10-12")


def test_the_end_of_a_trial() -> None:
    found = wanted("2020-01-20", "2020-02-14", sign_up=", trial_days: 30, channel: shop")
    assert found == exact("2020-02-14", "trial", "2020-02-13")


def test_under_thirty_days_every_day_has_its_notice() -> None:
    found = wanted("2020-08-01", "2020-10-03", ordinary_notice="thirty-days")
    assert found == exact("2020-10-03", "ordinary", "2020-09-03")


def test_through_the_bound_window_seven_days_after_the_notice() -> None:
    rise = "date: 2020-02-10, event: announce_terms_change, effective: 2020-03-15"
    found = wanted("2020-02-10", "2020-03-15", rise)  # from day 10 to 21 after it was told: e, or 7 days after
    assert found == exact("2020-03-15", "terms_change", "2020-03-02")


def test_a_day_far_ahead() -> None:
    assert wanted("2020-08-01", "2199-01-15") == exact("2199-01-15", "ordinary", "2198-12-16")


# Not that day


def test_between_two_boundaries_both_are_named() -> None:
    assert wanted("2020-08-01", "2020-12-01") == nearest("2020-12-01", "2020-10-15", "2021-01-15")


def test_before_the_first_end_there_is_none_before() -> None:
    assert wanted("2020-08-01", "2020-09-01") == nearest("2020-09-01", None, "2020-10-15")


def test_a_day_that_is_over_has_only_ends_after_it() -> None:
    assert wanted("2020-08-01", "2020-07-15") == nearest("2020-07-15", None, "2020-10-15")


def test_where_the_binding_refuses_a_notice_the_end_after_it_is_found_beyond() -> None:
    found = wanted("2020-03-01", "2020-07-15", sign_up=", channel: shop", notice_in_binding="refused")
    assert found == nearest("2020-07-15", None, "2020-10-15")


def test_the_day_before_a_period_ends_under_the_earliest_of_both() -> None:
    found = wanted("2020-08-01", "2020-08-30", ordinary_notice="earliest")
    assert found == nearest("2020-08-30", None, "2020-08-31")


# A notice that stands


STANDING = "date: 2020-08-01, event: give_notice, wanted_end: 2021-01-15"


def test_a_standing_end_needs_no_notice() -> None:
    assert wanted("2020-08-02", "2021-01-15", STANDING) == exact("2021-01-15", "ordinary", None)


def test_beside_it_a_sooner_end_can_be_had() -> None:
    assert wanted("2020-08-02", "2020-10-15", STANDING) == exact("2020-10-15", "ordinary", "2020-09-15")


def test_a_later_end_does_not_count() -> None:
    assert wanted("2020-08-02", "2021-04-15", STANDING) == nearest("2021-04-15", "2021-01-15", None)


def test_the_standing_end_is_a_nearest_end_too() -> None:
    assert wanted("2020-08-02", "2020-12-01", STANDING) == nearest("2020-12-01", "2020-10-15", "2021-01-15")


def test_an_end_by_kabelplus_has_its_route() -> None:
    found = wanted("2020-08-02", "2020-10-15", "date: 2020-08-01, event: terminate, reason: none")
    assert found == exact("2020-10-15", "operator", None)


# Nothing live


@pytest.mark.parametrize("on", ["2020-01-14", "2020-02-01"])
def test_with_nothing_live_all_is_null(on: str) -> None:
    found = wanted(on, "2020-07-15", "date: 2020-01-20, event: withdraw")
    assert found == nearest("2020-07-15", None, None)


def test_not_asked_it_is_null() -> None:
    assert can_cancel(loads(JOINED % ""), Day(2020, 8, 1)).to_dict()["wanted_end"] is None


def test_what_happens_later_is_not_known() -> None:
    found = wanted("2020-08-01", "2020-10-15", "date: 2020-08-20, event: withdraw")
    assert found == exact("2020-10-15", "ordinary", "2020-09-15")


# Against trying every notice


@settings(max_examples=25)
@given(story=stories(), ahead=st.integers(-10, 150))
def test_it_is_what_trying_every_notice_in_turn_gives(story: Story, ahead: int) -> None:
    case = case_of(Scenario(source="<drawn>", sentence="A drawn timeline", facts=story.facts))
    known, end = known_on(case, story.day), days_after(story.day, ahead)
    standing = next((each.ends_on for each in _live(known.play(story.day), story.subscription)), None)
    found = wanted_end_of(case, story.subscription, story.day, end)
    tried = {
        (way.ends_on, days_after(story.day, later))
        for later in range(151)
        for way in _ways(
            known.play(days_after(story.day, later)), story.subscription, days_after(story.day, later), end
        )
        if way.ends_on is not None and (standing is None or way.ends_on < standing)
    }
    days = [day for reached, day in tried if reached == end]
    if end == standing:
        assert (found.exact is not None, found.exact and found.exact.give_notice_by) == (True, None)
    elif days:
        assert found.exact is not None
        assert found.exact.give_notice_by == max(days)
    else:
        before, after = found.before, found.after
        assert found.exact is None
        assert [reached for reached, _ in tried if reached < end and (not before or reached > before.ends_on)] == []
        assert [reached for reached, _ in tried if reached > end and (not after or reached < after.ends_on)] == []


def _live(member: Member, name: str) -> list[Subscription]:
    return [each for each in member.subscriptions if each.id == name and each.is_live and each.notice is not None]


def _ways(member: Member, name: str, day: Day, end: Day) -> list[Way]:
    subscription = member.by_id.get(name)
    if subscription is None or not subscription.is_live:
        return []
    wish = GiveNotice(date=day, subscription=name, wanted_end=end)
    return [*ways.ways_out(member, subscription, day), ways.way_of_notice(member, subscription, wish)]


# In words


def words(on: str, end: str, *events: str, code: Code = "en") -> str:
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    scenario = loads(JOINED % "" + lines)
    answer = undoubted(can_cancel(scenario, Day.fromisoformat(on), wanted_end=Day.fromisoformat(end)))
    return text_of(answer_page(evolve(answer, law=None), Page(language(code), 1000)), 1000).split("\n\n")[2]


def test_the_answer_says_end_and_last_day_of_service() -> None:
    assert words("2020-08-01", "2020-10-15").splitlines()[0] == (
        "An end on exactly 15 October 2020 (last day of service 14 October 2020) can be reached "
        "by a notice received by 15 September 2020 (ordinary notice)."
    )


def test_the_nearest_ends_have_theirs_too() -> None:
    assert words("2020-08-01", "2020-12-01") == (
        "No notice from 1 August 2020 on gives exactly 1 December 2020 (last day of service 30 November 2020).\n"
        "The nearest end before it is 15 October 2020 (last day of service 14 October 2020), "
        "by a notice received by 15 September 2020 (ordinary notice).\n"
        "The nearest end after it is 15 January 2021 (last day of service 14 January 2021), "
        "by a notice received by 16 December 2020 (ordinary notice)."
    )


def test_a_wish_says_what_is_passed_over() -> None:
    text = JOINED.replace("2020-01-15", "2022-01-10") % ""
    notice = "  - {date: 2022-06-01, event: give_notice, wanted_end: 2022-08-31}\n"
    result = subsim("explain", "-", "--about", "ends_on", stdin=text + notice).stdout
    assert "the end wanted is 31 August 2022: 10 July 2022 is passed over" in " ".join(result.split())
    assert "the first permitted end on that day or later is 10 October 2022" in " ".join(result.split())


def test_a_wish_for_the_first_end_passes_nothing_over() -> None:
    notice = "  - {date: 2020-08-01, event: give_notice, wanted_end: 2020-10-15}\n"
    assert "passed over" not in subsim("explain", "-", "--about", "ends_on", stdin=JOINED % "" + notice).stdout


def test_can_cancel_lists_the_last_days_of_an_ordinary_notice() -> None:
    lines = subsim("can-cancel", "-", "--date", "2020-08-01", stdin=JOINED % "").stdout.splitlines()
    start = lines.index("Last days of an ordinary notice for each end within a year")
    assert lines[start + 1 : start + 5] == [
        "  notice by      ends on  last day of service",
        "-----------  -----------  -------------------",
        "15 Sep 2020  15 Oct 2020          14 Oct 2020",
        "16 Dec 2020  15 Jan 2021          14 Jan 2021",
    ]


def test_the_command_has_it_in_its_json() -> None:
    options = "--date", "2020-08-01", "--wanted-end", "2020-10-15", "--format", "json"
    answer = json.loads(subsim("can-cancel", "-", *options, stdin=JOINED % "").stdout)
    assert answer["wanted_end"] == exact("2020-10-15", "ordinary", "2020-09-15")
