"""The replay of a portfolio, with reasons and without, beside each other and beside that of a timeline by itself."""

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

from subsim.answers.outcome_of_member import decisions_of
from subsim.basics.dates import Day
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


@settings(max_examples=30)
@given(stories())
def test_a_drawn_member_comes_to_the_same_without_reasons(story: Story) -> None:
    timeline = story.facts.timeline
    common = tuple(each for each in timeline if isinstance(each, Announcement))
    own = tuple(each for each in timeline if not isinstance(each, Announcement))
    shared = Header(prices=story.facts.prices, terms=story.terms, until=story.until, announcements=common)
    record = MemberRecord(member=story.facts.person, timeline=own)
    assert result(shared, record, with_reasons=False) == result(shared, record, with_reasons=True)


@settings(max_examples=30)
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
