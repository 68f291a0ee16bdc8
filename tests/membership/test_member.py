"""What a member's replay has noted, and on which days it goes on by itself."""

import pytest

from subsim.basics.dates import LAST_DAY, Day
from subsim.engine.timeline import play
from subsim.membership.member import Member
from subsim.terms.readings import Readings, with_choices
from subsim.terms.terms import Terms
from tests.support.story import ANNA, story


def member(*events: str, until: Day) -> Member:
    return play(story(*events).scenario.facts, Terms(), until)


def test_each_period_of_a_run_counts_as_one_decision() -> None:
    monthly = member("2020-01-15 sign_up package: basis, billing: monthly", until=Day(2020, 4, 14))
    assert (monthly.noted_of_time, monthly.decided) == (1, 4)
    assert [each.event for each in monthly.decisions] == ["period_begins", "sign_up", "period_begins", "period_begins"]


def test_of_two_runs_each_period_counts_once() -> None:
    rise = "2020-02-01 announce_price_change prices: {basis: 155.00}, effective: 2020-07-15"
    monthly = member("2020-01-15 sign_up package: basis, billing: monthly", rise, until=Day(2020, 9, 14))
    # 8 periods, 2 events, the end of the binding and the new price
    assert (len(monthly.decisions), monthly.decided) == (12, 12)


def test_nobody_has_decided_anything_before_the_first_event() -> None:
    assert member(ANNA, until=Day(2020, 1, 14)).decided == 0


@pytest.mark.parametrize(("until", "deadline"), [(Day(2020, 1, 19), Day(2020, 5, 1)), (Day(2020, 1, 20), LAST_DAY)])
def test_who_has_no_live_subscription_has_no_deadline(until: Day, deadline: Day) -> None:
    told = "2020-01-16 announce_terms_change effective: 2020-05-01"
    anna = member(ANNA, told, "2020-01-20 withdraw", until=until)
    assert anna.next_deadline(until) == deadline


@pytest.mark.parametrize(("after", "deadline"), [(Day(2020, 8, 30), Day(2020, 8, 31)), (Day(2020, 8, 31), LAST_DAY)])
def test_the_end_is_a_deadline_until_its_day(after: Day, deadline: Day) -> None:
    thirty_days = Terms(readings=with_choices(Readings(), {"ordinary-notice": "thirty-days"}))
    free = story("2020-01-15 sign_up package: basis, channel: shop", "2020-08-01 give_notice").scenario
    assert play(free.facts, thirty_days, Day(2020, 8, 2)).next_deadline(after) == deadline


@pytest.mark.parametrize(("day", "has_noted"), [(Day(2020, 1, 10), False), (Day(2020, 1, 12), True)])
def test_it_is_the_last_event_whose_day_is_asked_for(day: Day, has_noted: bool) -> None:
    moved = member("2020-01-10 move resident: DK", "2020-01-12 move resident: DK", until=Day(2020, 1, 12))
    assert moved.has_noted_event_on(day) == has_noted
