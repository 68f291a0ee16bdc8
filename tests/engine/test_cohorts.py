"""The replay of a portfolio, with reasons and without, beside each other and beside that of a timeline by itself."""

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

from subsim.answers.outcome_of_member import decisions_of
from subsim.basics.dates import Day, days_after
from subsim.engine.cohorts import Common
from subsim.membership.events import (
    Amount,
    Announcement,
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    PackageName,
    SignUp,
)
from subsim.membership.member import Member
from subsim.portfolio.header import Header
from subsim.portfolio.members import MemberRecord, Rejected
from subsim.portfolio.replays import by_cohorts, halts
from subsim.portfolio.run import Run
from subsim.portfolio.sums import Sums
from subsim.terms.terms import Terms
from tests.support.portfolios import rows_of
from tests.support.timelines import Story, stories

PRICES = {PackageName("basis"): Amount(149_00), PackageName("sport"): Amount(229_00)}
ANNA = SignUp(date=Day(2020, 1, 15), package=PackageName("basis"))
RISE = AnnouncePriceChange(
    date=Day(2020, 8, 1), effective=Day(2020, 9, 15), prices={PackageName("basis"): Amount(169_00)}
)


def header(*announcements: Announcement) -> Header:
    return Header(prices=PRICES, terms=Terms(), until=Day(2021, 1, 14), announcements=announcements)


def result(header: Header, own: MemberRecord, with_reasons: bool) -> Any:
    """What a run writes of a member besides the decisions, with the sums."""
    sums = Sums()
    try:
        rows = rows_of(Run(header, decisions=with_reasons), own, sums)
    except Rejected as fault:
        return fault.reason
    return rows["outcomes"], rows["invoices"], json.loads(sums.as_json())


@settings(max_examples=20)
@given(stories())
def test_a_drawn_member_comes_to_the_same_without_reasons(story: Story) -> None:
    timeline = story.facts.timeline
    common = tuple(each for each in timeline if isinstance(each, Announcement))
    own = tuple(each for each in timeline if not isinstance(each, Announcement))
    shared = Header(prices=story.facts.prices, terms=story.terms, until=story.until, announcements=common)
    record = MemberRecord(member=story.facts.person, timeline=own)
    assert result(shared, record, with_reasons=False) == result(shared, record, with_reasons=True)


@settings(max_examples=20)
@given(stories())
def test_a_drawn_member_of_a_portfolio_has_the_decisions_of_the_timeline_by_itself(story: Story) -> None:
    timeline = story.facts.timeline
    common = tuple(each for each in timeline if isinstance(each, Announcement) and each.kind != "terms_change")
    own = tuple(each for each in timeline if not isinstance(each, Announcement))
    shared = Header(prices=story.facts.prices, terms=story.terms, until=story.until, announcements=common)
    record = MemberRecord(member=story.facts.person, timeline=own)
    assert decided(shared, record) == decided_alone(shared, record)


def decided(header: Header, own: MemberRecord) -> Any:
    """Every decision, with its reason, as the replay of a portfolio has it."""
    try:
        found = by_cohorts(own, header, notes_all=True)
    except Rejected as fault:
        return fault.reason
    assert found is not None
    return decisions_of(found.member)


def decided_alone(header: Header, own: MemberRecord) -> Any:
    """The same of the timeline by itself, the announcements among its events."""
    try:
        (member,) = halts(own, header, [header.until])
    except Rejected as fault:
        return fault.reason
    return decisions_of(member)


def test_a_portfolio_replay_asks_who_can_leave_as_the_day_of_an_announcement_ends() -> None:
    found = by_cohorts(MemberRecord(timeline=(ANNA,)), header(RISE))
    assert found is not None
    assert [(each.order, each.subscriptions, each.revenue) for each in found.exits] == [(0, 1, 149_00)]


def test_a_change_announced_on_the_last_day_reaches_nobody_without_a_subscription() -> None:
    found = by_cohorts(
        MemberRecord(timeline=()), header(evolve(RISE, date=Day(2021, 1, 14), effective=Day(2021, 3, 1)))
    )
    assert found is not None
    assert found.exits == []


TOLD_TOO_LATE = (
    AnnounceServiceChange(
        date=Day(2020, 8, 1), effective=Day(2020, 8, 11), packages=tuple(PRICES), disadvantage="material"
    ),
    evolve(RISE, date=Day(2020, 8, 10), effective=Day(2020, 8, 20)),
    evolve(RISE, date=Day(2020, 9, 10), effective=Day(2020, 11, 1), prices={PackageName("basis"): Amount(159_00)}),
    evolve(RISE, date=Day(2020, 11, 10), effective=Day(2020, 12, 20), prices={PackageName("basis"): Amount(179_00)}),
)
"""Changes that take effect on a later day than was announced, a cut, and another rise."""


@pytest.mark.parametrize("with_reasons", [False, True])
def test_members_bound_until_any_day_around_the_changes_pay_what_each_pays_alone(with_reasons: bool) -> None:
    shared = header(*TOLD_TOO_LATE)
    bound = [MemberRecord(timeline=(evolve(ANNA, date=days_after(Day(2020, 1, 20), day)),)) for day in range(180)]
    together = [each.member for own in bound if (each := by_cohorts(own, shared, with_reasons))]
    alone = [next(halts(own, shared, [shared.until])) for own in bound]
    assert [charged(member) for member in together] == [charged(member) for member in alone]
    if with_reasons:
        assert [decisions_of(member) for member in together] == [decisions_of(member) for member in alone]


def charged(member: Member) -> list[tuple[Day | None, int]]:
    """The amounts in øre, by the first day of what is charged."""
    return [(line.starts, line.amount) for line in member.ledger.lines]


def test_members_bound_until_other_days_share_what_is_known_of_a_change_that_does_not_ask_for_it() -> None:
    service_change, rise, *_ = TOLD_TOO_LATE
    assert are_of_one_cohort(service_change, Day(2020, 5, 1), Day(2020, 5, 2))
    assert not are_of_one_cohort(rise, Day(2020, 5, 1), Day(2020, 5, 2))


@pytest.mark.parametrize(("second", "share"), [(Day(2020, 3, 1), True), (Day(2020, 3, 2), False)])
def test_members_bound_on_the_day_of_effect_are_of_another_cohort_than_free_ones(second: Day, share: bool) -> None:
    takes_effect_on_1_september = evolve(TOLD_TOO_LATE[0], date=Day(2020, 8, 2), effective=Day(2020, 8, 12))
    assert are_of_one_cohort(takes_effect_on_1_september, Day(2020, 2, 29), second) == share


def are_of_one_cohort(announcement: Announcement, *sign_ups: Day) -> bool:
    """Whether members signed up on these days know of the announcement by one object."""
    under = header(announcement)
    found = [by_cohorts(MemberRecord(timeline=(evolve(ANNA, date=day),)), under) for day in sign_ups]
    return len({id(each.member.subscriptions[0].knowledge) for each in found if each is not None}) == 1


def test_cohorts_that_a_change_reaches_alike_share_it_whatever_else_each_knows() -> None:
    bound_by_one, rise = evolve(TOLD_TOO_LATE[0], date=Day(2020, 8, 2), effective=Day(2020, 8, 12)), TOLD_TOO_LATE[1]
    under = header(bound_by_one, evolve(rise, effective=Day(2020, 12, 1)))
    first, second = (
        each.member.subscriptions[0].knowledge
        for day in (Day(2020, 2, 29), Day(2020, 3, 2))
        if (each := by_cohorts(MemberRecord(timeline=(evolve(ANNA, date=day),)), under)) is not None
    )
    assert first is not second
    assert first.price_changes["basis"] is second.price_changes["basis"]


def test_a_portfolio_replay_charges_the_new_price_from_the_period_after_the_change() -> None:
    found = by_cohorts(MemberRecord(timeline=(ANNA,)), header(RISE))
    assert found is not None
    assert [line.amount for line in found.member.ledger.lines] == [447_00, 447_00, 447_00, 507_00]


def test_settled_periods_stand_as_one_run_until_somebody_reads_a_line() -> None:
    found = by_cohorts(MemberRecord(timeline=(evolve(ANNA, billing="monthly"),)), header())
    assert found is not None
    ledger = found.member.ledger
    assert (len(ledger.issued.entries), len(ledger.lines), ledger.paid_in_all()) == (1, 12, 12 * 149_00)


@pytest.mark.parametrize(
    ("announcement", "is_by_cohort"),
    [
        (RISE, True),
        (AnnounceServiceChange(date=Day(2020, 8, 1), effective=Day(2020, 9, 1), packages=tuple(PRICES)), True),
        (AnnounceTermsChange(date=Day(2020, 8, 1), effective=Day(2020, 9, 1)), False),
    ],
)
def test_changes_of_the_terms_are_replayed_day_by_day(announcement: Announcement, is_by_cohort: bool) -> None:
    assert Common.can_be((announcement,)) == is_by_cohort
    assert (by_cohorts(MemberRecord(timeline=(ANNA,)), header(announcement)) is not None) == is_by_cohort


def test_a_member_with_an_announcement_of_their_own_is_replayed_day_by_day() -> None:
    assert by_cohorts(MemberRecord(timeline=(ANNA, RISE)), header()) is None
