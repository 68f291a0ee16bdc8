"""A second opinion on retention agrees: it was written from the page alone; and what holds of every history."""

from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import subsim
from subsim.answers.question import case_of
from subsim.basics.dates import Day, days_after
from subsim.retention.report import Retention
from subsim.retention.retention import retention_without_contested
from subsim.terms.choice import TermsChoice
from tests.support.data_histories import History, history
from tools.differential.retention import differences

SEEDS = st.integers(0, 10**6)


def drawn(seed: int) -> History:
    return history(Random(seed))


def told(drawn: History, *more: dict[str, object], readings: dict[str, str] | None = None) -> Retention:
    """What is held by a history with more events on its last day."""
    document = drawn.document | {"timeline": [*drawn.document["timeline"], *more]}
    events = [{**each, "date": each["date"].isoformat()} for each in document["timeline"]]
    text = yaml.safe_dump(document | {"timeline": events}, sort_keys=False)
    return retention_without_contested(case_of(subsim.loads(text), TermsChoice(readings=readings or {})), drawn.on)


@pytest.mark.parametrize("seed", range(60))
def test_the_second_opinion_says_the_same(seed: int) -> None:
    assert differences(drawn(seed)) == []


@settings(max_examples=20)
@given(SEEDS)
def test_a_hold_never_shortens(seed: int) -> None:
    found = drawn(seed)
    last = found.document["timeline"][-1]["date"] if found.document["timeline"] else found.on
    until = days_after(last, 5000)
    hold = {"date": last, "event": "hold_placed", "id": "x", "basis": "authority", "assessed": True, "until": until}
    before, after = told(found), told(found, hold)
    earlier = [
        (old, new)
        for old, new in zip(before.holdings, after.holdings, strict=True)
        if old.dispose_by and new.dispose_by and new.dispose_by < old.dispose_by
    ]
    assert earlier == []


@settings(max_examples=20)
@given(SEEDS)
def test_one_more_activity_never_brings_a_date_forward(seed: int) -> None:
    found = drawn(seed)
    last = found.document["timeline"][-1]["date"] if found.document["timeline"] else found.on
    before, after = told(found), told(found, {"date": last, "event": "activity"})
    later = {(each.category, each.id): each.dispose_by for each in after.holdings}
    forward = [
        each
        for each in before.holdings
        if (new := later[each.category, each.id]) and each.dispose_by and new < each.dispose_by
    ]
    assert forward == []


@settings(max_examples=20)
@given(SEEDS)
def test_disposal_is_never_in_time_before_the_minimum(seed: int) -> None:
    holdings = told(drawn(seed)).holdings
    assert [
        each for each in holdings if _went_in_time(each.verdict) and _before(each.disposed_on, each.retain_until)
    ] == []


def _went_in_time(verdict: str | None) -> bool:
    return verdict in ("in_time", "late")


def _before(day: Day | None, other: Day | None) -> bool:
    return day is not None and other is not None and day < other


@settings(max_examples=20)
@given(SEEDS)
def test_fixing_a_reading_that_is_chosen_already_changes_nothing(seed: int) -> None:
    found = drawn(seed)
    usual = told(found)
    assert told(found, readings=dict(usual.readings)) == usual


@settings(max_examples=20)
@given(SEEDS)
def test_the_last_day_lies_on_or_after_the_minimum(seed: int) -> None:
    holdings = told(drawn(seed)).holdings
    assert [each for each in holdings if _before(each.dispose_by, each.retain_until)] == []
