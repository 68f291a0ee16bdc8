"""What holds of every timeline under every reading, whatever the terms make of it."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from subsim.answers.can_cancel import WayOut
from subsim.answers.outcome import Decision, Invoice, Outcome, SubscriptionOutcome
from subsim.api import replay
from subsim.basics.dates import Day, days_after
from subsim.files.scenario import loads
from subsim.membership.events import (
    Amount,
    AnnounceTermsChange,
    Event,
    GiveNotice,
    Pay,
    PaymentMethodFails,
    PaymentMethodRenewed,
    PaymentReturned,
    Restore,
    SignUp,
    Suspend,
    Withdraw,
)
from subsim.membership.facts import Facts
from subsim.terms.clauses import CLAUSES
from subsim.terms.statutes import PROVISIONS
from subsim.terms.terms import Terms
from tests.support.timelines import Story, as_scenario, stories

# A timeline and its file


@given(story=stories())
def test_a_timeline_written_as_a_file_is_read_as_the_same_facts_and_terms(story: Story) -> None:
    scenario = loads(as_scenario(story.facts, story.terms))
    assert scenario.facts == story.facts
    assert scenario.reference_rates == story.terms.reference_rates
    assert _told(replay(scenario, story.until)) == _told(story.outcome())


def _told(outcome: Outcome) -> dict[str, object]:
    """The JSON of the outcome but for the profile, which only names where the readings came from."""
    return {key: value for key, value in outcome.to_dict().items() if key != "profile"}


# Time


@given(story=stories())
def test_a_replay_is_deterministic(story: Story) -> None:
    assert story.outcome().to_dict() == story.outcome().to_dict()


@given(story=stories())
def test_every_event_is_decided_once_and_in_order(story: Story) -> None:
    decided = [(decision.date, decision.event) for decision, _ in _decided(story.outcome(), story.facts)]
    assert decided == [(event.date, event.name) for event in story.facts.timeline if event.date <= story.until]


@given(story=stories())
def test_a_replay_until_a_day_tells_the_past_of_a_longer_one(story: Story) -> None:
    short, long = story.outcome(until=story.day), story.outcome()
    day = story.day
    assert list(short.decisions) == [decision for decision in long.decisions if decision.date <= day]
    assert list(short.payments) == [payment for payment in long.payments if payment.date <= day]
    assert list(short.refunds) == [refund for refund in long.refunds if refund.date <= day]
    went_back = any(payment.amount < 0 for payment in long.payments if payment.date > day)
    assert _as_it_stood(short.invoices, day, went_back) == _as_it_stood(long.invoices, day, went_back)
    assert [(sub.id, sub.registered_on, sub.binding_ends, sub.states) for sub in short.subscriptions] == [
        (sub.id, sub.registered_on, sub.binding_ends, tuple(state for state in sub.states if state[0] <= day))
        for sub in long.subscriptions[: len(short.subscriptions)]
    ]


def _as_it_stood(lines: tuple[Invoice, ...], day: Day, went_back: bool) -> list[Invoice]:
    """The lines up to a day, paid if paid by then; the interest grows on, and falls away with a withdrawal.

    Where a payment went back later, nothing is said of what was paid.
    """
    return [
        evolve(line, paid_on=None if went_back or (line.paid_on and line.paid_on > day) else line.paid_on, interest=0)
        for line in lines
        if line.date <= day
    ]


@given(story=stories())
def test_a_duty_once_listed_stays_and_later_ones_come_later(story: Story) -> None:
    short, long = (Counter(story.outcome(until=day).duties) for day in (story.day, story.until))
    assert short <= long
    listed_at_once = ("complaint_decision", "refund")
    assert all(duty.date and duty.date > story.day for duty in long - short if duty.duty not in listed_at_once)


@given(story=stories())
def test_time_alone_changes_no_amount_but_of_interest_on_what_is_open(story: Story) -> None:
    so_far = story.facts_so_far()
    before, after = story.outcome(so_far, story.day), story.outcome(so_far)
    for earlier, later in zip(before.invoices, after.invoices, strict=False):
        assert earlier.amount == later.amount
        if earlier.paid_on is None:
            assert earlier.interest <= later.interest
        else:
            assert earlier == later


# States

_MAY_BECOME = {
    "trial": {"bound", "free", "ending", "ended"},
    "bound": {"free", "ending", "ended"},
    "free": {"ending", "ended"},
    "ending": {"trial", "bound", "free", "ended"},
    "ended": set(),
}
"""What one day's end may make of the state at another's: one move of the table, or several on one day."""


@given(story=stories())
def test_the_states_of_a_subscription_tile_its_time_and_follow_the_table(story: Story) -> None:
    outcome = story.outcome()
    for sub, _ in _signed_up(outcome, story.facts):
        dates, states = zip(*sub.states, strict=True)
        assert dates[0] == sub.registered_on
        assert all(earlier < later for earlier, later in pairwise(dates))
        assert all(later in _MAY_BECOME[earlier] for earlier, later in pairwise(states))
        assert states[-1] == sub.state
        assert ("ended" in states) == (sub.ended_on is not None)
        assert sub.ended_on is None or sub.states[-1] == (sub.ended_on, "ended")


@given(story=stories())
def test_trial_and_binding_last_as_long_as_the_calendar_says(story: Story) -> None:
    outcome = story.outcome()
    for sub, event in _signed_up(outcome, story.facts):
        trial_ends = days_after(event.date, event.trial_days)
        until = (*(day for day, _ in sub.states[1:]), days_after(story.until, 1))
        for (starts, state), ends in zip(sub.states, until, strict=True):
            if state == "trial":
                assert ends <= trial_ends
            elif state == "bound":
                assert trial_ends <= starts
                assert ends <= sub.binding_ends
            elif state == "free":
                assert starts >= max(trial_ends, sub.binding_ends)


@given(story=stories())
def test_the_state_on_a_day_is_that_of_the_history(story: Story) -> None:
    history = story.outcome().subscriptions
    for day in {asked.day for asked in story.questions()}:
        assert [sub.state for sub in story.outcome(until=day).subscriptions] == [
            [state for since, state in sub.states if since <= day][-1] for sub in history if sub.registered_on <= day
        ]


@given(story=stories())
def test_a_standing_end_lies_ahead_and_only_a_subscription_that_is_ending_has_one(story: Story) -> None:
    for sub in story.outcome().subscriptions:
        assert (sub.ends_on is not None) == (sub.state == "ending")
        assert sub.ends_on is None or sub.ends_on > story.until
        assert (sub.end_reason is not None) == (sub.state == "ended")


@given(story=stories())
def test_an_ended_subscription_never_changes_again(story: Story) -> None:
    short, long = story.outcome(until=story.day), story.outcome()
    for before, after in zip(short.subscriptions, long.subscriptions, strict=False):
        if before.state == "ended":
            assert before == after
    live_again = {sub.id for sub in long.subscriptions if sub.ended_on is None or sub.ended_on > story.day}
    for line in long.invoices[len(short.invoices) :]:
        assert line.kind in ("equipment", "other", "fee") or line.subscription in live_again


# Binding


@given(story=stories())
def test_nothing_moves_the_binding(story: Story) -> None:
    signed_up = [event for _, event in _signed_up(story.outcome(), story.facts)]
    expected = []
    for event in signed_up:
        terms = _terms_for(story, event)
        bound_by = signed_up[0] if terms.readings.binding_scope == "member" else event
        starts = bound_by.date
        if terms.readings.trial_binding == "from-conversion":
            starts = days_after(starts, bound_by.trial_days)
        expected.append(_months_after(starts, terms.numbers.binding_months))
    assert [sub.binding_ends for sub in story.outcome().subscriptions] == expected


def _terms_for(story: Story, sign_up: SignUp) -> Terms:
    """The terms of a sign-up: as announced before it for its day or an earlier one, the latest of them last."""
    before = story.facts.timeline[: story.facts.timeline.index(sign_up)]
    changes = [each for each in before if isinstance(each, AnnounceTermsChange) and each.effective <= sign_up.date]
    terms = story.terms
    for change in sorted(changes, key=attrgetter("effective")):
        terms = terms.amended(change.numbers, change.readings)
    return terms


def _months_after(day: Day, count: int) -> Day:
    year, month = day.year + (day.month + count - 1) // 12, (day.month + count - 1) % 12 + 1
    return Day(year, month, min(day.day, monthrange(year, month)[1]))


@given(story=stories())
def test_an_ordinary_notice_never_ends_a_subscription_inside_the_binding(story: Story) -> None:
    for sub in story.outcome().subscriptions:
        if sub.end_reason == "ordinary":
            assert sub.ended_on is not None
            assert sub.ended_on >= sub.binding_ends
    for asked in story.questions():
        ends_on = _row_on(asked, asked.facts, asked.day, "ordinary").ends_on
        if ends_on is not None:
            assert ends_on >= _subscription(asked.outcome(until=asked.day), asked.subscription).binding_ends


# Money


@given(story=stories())
def test_no_period_is_charged_that_begins_at_or_after_the_end(story: Story) -> None:
    outcome = story.outcome()
    for line in outcome.invoices:
        if line.kind == "period":
            assert line.starts is not None
            assert any(
                _runs_into(story, sub, line.starts) for sub in outcome.subscriptions if sub.id == line.subscription
            )


def _runs_into(story: Story, sub: SubscriptionOutcome, starts: Day) -> bool:
    """Whether the subscription was there as a period began.

    One that an event ends that same day was: the day's start, and a sign-up, come before it.
    """
    if sub.ended_on is None or starts < sub.ended_on:
        return sub.registered_on <= starts
    if starts > sub.ended_on:
        return False
    the_day_before = story.outcome(until=days_after(sub.ended_on, -1)).subscriptions
    return all(
        earlier.ends_on != sub.ended_on
        for earlier in the_day_before
        if (earlier.id, earlier.registered_on) == (sub.id, sub.registered_on) and earlier.state != "ended"
    )


@given(story=stories())
def test_the_periods_of_a_subscription_follow_one_another_without_gap_or_overlap(story: Story) -> None:
    """But for the rest of a period that was cut short by a known end, where the notice is then taken back."""
    outcome = story.outcome()
    if len({sub.id for sub in outcome.subscriptions}) < len(outcome.subscriptions):
        return  # of an id signed up again the lines do not say whose they are
    for sub, event in _signed_up(outcome, story.facts):
        periods = [line for line in outcome.invoices if line.kind == "period" and line.subscription == sub.id]
        starts = [line.starts for line in periods]
        anchor = days_after(event.date, event.trial_days)
        step = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}[event.billing]
        assert starts == [_months_after(anchor, step * number) for number in range(len(periods))]
        assert all(line.date == line.starts for line in periods)
        taken_back = [
            each.date
            for each in outcome.decisions
            if each.event == "withdraw_notice" and each.verdict == "accepted" and each.subscription == sub.id
        ]
        for earlier, later in pairwise(periods):
            assert earlier.starts is not None
            assert earlier.ends is not None
            assert later.starts is not None
            is_cut_short = any(earlier.starts <= day < earlier.ends for day in taken_back)
            assert earlier.ends == later.starts or (is_cut_short and earlier.ends < later.starts)


@given(story=stories())
def test_what_is_owed_is_what_is_open_or_else_the_credit(story: Story) -> None:
    outcome = story.outcome()
    ledger = story.member(until=story.until).ledger
    charged = sum(line.amount for line in outcome.invoices)
    paid = sum(payment.amount for payment in outcome.payments)
    refunded = sum(refund.amount for refund in outcome.refunds)
    adjusted = sum(adjustment.amount for adjustment in outcome.adjustments)
    assert outcome.totals.owed == charged - paid + refunded - adjusted
    assert outcome.totals.owed == sum(line.open for line in ledger.lines) - ledger.credit
    assert all(0 <= line.open <= max(0, line.amount) for line in ledger.lines)
    assert ledger.credit == 0 or (ledger.credit > 0 and not any(line.open for line in ledger.lines))


@given(story=stories())
def test_refunds_never_exceed_what_was_paid_and_credited(story: Story) -> None:
    """What went back later had been paid when it was refunded."""
    outcome = story.outcome()
    moved = [(each.date, each.amount) for each in outcome.payments]
    moved += [(each.date, each.amount) for each in outcome.adjustments]
    for day in {refund.date for refund in outcome.refunds}:
        refunded = sum(refund.amount for refund in outcome.refunds if refund.date <= day)
        assert 0 <= refunded <= sum(amount for date, amount in moved if date <= day and amount > 0)


@given(story=stories())
def test_what_went_back_had_been_paid(story: Story) -> None:
    outcome = story.outcome()
    for day in {payment.date for payment in outcome.payments if payment.amount < 0}:
        assert sum(payment.amount for payment in outcome.payments if payment.date <= day) >= 0


@given(story=stories())
def test_a_payment_that_goes_back_and_is_paid_again_the_same_day_changes_only_when_it_was_paid(story: Story) -> None:
    so_far = story.facts_so_far()
    before = story.outcome(so_far, story.day)
    amount = before.totals.paid
    again = (
        PaymentReturned(date=story.day, amount=Amount(amount)),
        Pay(date=story.day, amount=Amount(amount)),
    )
    after = story.outcome(evolve(so_far, timeline=(*so_far.timeline, *again)), story.day)
    if not after.refused or after.refused[-1].event != "payment_returned":
        assert after.totals == before.totals
        assert [evolve(line, paid_on=None) for line in after.invoices] == [
            evolve(line, paid_on=None) for line in before.invoices
        ]


@given(story=stories())
def test_only_a_credit_is_negative(story: Story) -> None:
    for line in story.outcome().invoices:
        assert line.amount <= 0 if line.kind == "credit" else line.amount >= 0


@given(story=stories())
def test_a_payment_method_that_never_fails_leaves_nothing_open(story: Story) -> None:
    timeline = [
        evolve(event, payment="card", card_expires=None) if isinstance(event, SignUp) else event
        for event in story.facts.timeline
        if not isinstance(event, PaymentMethodFails | PaymentMethodRenewed | PaymentReturned)
    ]
    outcome = story.outcome(evolve(story.facts, timeline=tuple(timeline)))
    assert all(line.paid_on == line.date for line in outcome.invoices)
    assert outcome.totals.owed <= 0
    assert outcome.totals.interest == 0


@given(story=stories())
def test_a_suspension_stops_no_charge_and_moves_no_date(story: Story) -> None:
    timeline = tuple(event for event in story.facts.timeline if not isinstance(event, Suspend | Restore))
    with_it, without = story.outcome(), story.outcome(evolve(story.facts, timeline=timeline))
    assert with_it.invoices == without.invoices
    assert with_it.payments == without.payments
    assert [evolve(sub, suspended=False) for sub in with_it.subscriptions] == list(without.subscriptions)


# Clauses and refusals


@given(story=stories())
def test_everything_cites_a_clause_that_is_modelled(story: Story) -> None:
    outcome, answer = story.outcome(), story.answer()
    cited = {decision.clause for decision in outcome.decisions} | {line.clause for line in outcome.invoices}
    cited |= {duty.clause for duty in outcome.duties} | {refund.clause for refund in outcome.refunds}
    cited |= {*answer.clauses, *(clause for row in answer.routes for clause in row.clauses)}
    modelled = {clause.id for clause in CLAUSES.values() if clause.modelled}
    assert cited - modelled - PROVISIONS.keys() == set()


@given(story=stories(), data=st.data())
def test_a_refused_event_changes_nothing(story: Story, data: st.DataObject) -> None:
    outcome = story.outcome()
    refused = [decision for decision, _ in _decided(outcome, story.facts) if decision.verdict == "refused"]
    assume(refused)
    decision = data.draw(st.sampled_from(refused), label="refused")
    index = [verdict is decision for verdict, _ in _decided(outcome, story.facts)].index(True)
    timeline = story.facts.timeline
    without = story.outcome(evolve(story.facts, timeline=timeline[:index] + timeline[index + 1 :]))
    decisions = tuple(other for other in outcome.decisions if other is not decision)
    assert without.to_dict() == evolve(outcome, decisions=decisions).to_dict()


# The question and the notice


@given(story=stories())
def test_the_notice_that_can_cancel_promises_can_be_given_that_day(story: Story) -> None:
    """The subscription then ends when it said; where a standing end is no later, the notice is refused."""
    for asked in story.questions():
        promised, standing = asked.answer(), _standing_end(asked)
        decision, end = _given(asked, GiveNotice(date=asked.day, subscription=asked.subscription))
        if promised.earliest_end is None:
            assert decision.verdict == "refused"
        elif standing is not None and standing <= promised.earliest_end:
            assert (decision.verdict, standing) == ("refused", promised.earliest_end)
        else:
            assert (decision.verdict, *end) == ("accepted", promised.earliest_end, promised.route)


@given(story=stories())
def test_a_notice_on_a_ground_does_what_the_row_of_its_route_says(story: Story) -> None:
    """Where a standing end is no later it is refused; not so a withdrawal, which gives the money back."""
    for asked in story.questions():
        standing = _standing_end(asked)
        for row in asked.answer().routes:
            decision, end = _given(asked, _notice_by(asked, row.route))
            is_no_sooner = standing is not None and row.ends_on is not None and standing <= row.ends_on
            if row.ends_on is None or (is_no_sooner and row.route != "withdrawal"):
                assert decision.verdict == "refused"
            else:
                assert (decision.verdict, *end) == ("accepted", row.ends_on, row.route)


@given(story=stories())
def test_what_a_row_says_is_still_to_pay_is_what_is_then_charged(story: Story) -> None:
    """If nothing else happens; where a standing end is no later than the row's, the notice is not even given."""
    for asked in story.questions():
        for row in asked.answer().routes:
            if row.ends_on is None:
                assert row.still_to_pay is None
                continue
            invoices = asked.outcome(_with(asked, row.route), days_after(row.ends_on, 1)).invoices
            periods = [line for line in invoices if (line.kind, line.subscription) == ("period", asked.subscription)]
            assert row.still_to_pay == sum(line.amount for line in periods if line.date > asked.day)


@given(story=stories())
def test_the_refund_that_a_row_says_is_what_is_then_paid_back(story: Story) -> None:
    for asked in story.questions():
        refunded_before = asked.outcome(until=asked.day).totals.refunded
        for row in asked.answer().routes:
            if row.ends_on is not None:
                refunded = asked.outcome(_with(asked, row.route), asked.day).totals.refunded
                assert row.refund == refunded - refunded_before


@given(story=stories())
def test_a_row_is_open_until_its_last_day_of_notice_and_not_on_the_next(story: Story) -> None:
    """If nothing else happens, and neither a standing end nor a pending downgrade comes first."""
    for asked in story.questions():
        so_far, standing = asked.facts_so_far(), _standing_end(asked)
        for row in asked.answer().routes:
            if row.give_notice_by is None:
                continue
            assert row.give_notice_by >= asked.day
            until = days_after(row.give_notice_by, 1)
            comes_first = standing is not None and standing <= until
            if not comes_first and _package(asked, so_far, asked.day) == _package(asked, so_far, until):
                on_the_day, the_next = (_row_on(asked, so_far, day, row.route) for day in (row.give_notice_by, until))
                assert on_the_day.open
                assert not the_next.open or (the_next.give_notice_by or until) > row.give_notice_by


# What the tests give, and read off an outcome


def _notice_by(story: Story, route: str) -> Event:
    """The event that takes this way out on the day asked about."""
    if route == "withdrawal":
        return Withdraw(date=story.day, subscription=story.subscription)
    return GiveNotice(date=story.day, subscription=story.subscription, ground=route)


def _with(story: Story, route: str) -> Facts:
    """The facts up to the day asked about, and the event that takes this way out at its end."""
    return story.facts_so_far(_notice_by(story, route))


def _given(story: Story, notice: Event) -> tuple[Decision, tuple[Day | None, str | None]]:
    """What is decided on a notice at the end of the day asked about; if it is accepted, the end and its reason."""
    facts = story.facts_so_far(notice)
    on_the_day = story.outcome(facts, story.day)
    *_, (decision, _) = _decided(on_the_day, facts)
    if decision.verdict == "refused":
        return decision, (None, None)
    ends_on = _subscription(on_the_day, story.subscription).ends_on or story.day
    in_the_end = _subscription(story.outcome(facts, ends_on), story.subscription)
    return decision, (in_the_end.ended_on, in_the_end.end_reason)


def _decided(outcome: Outcome, facts: Facts) -> Iterator[tuple[Decision, Event]]:
    """The decisions on events, each with its event, in order."""
    decisions = (decision for decision in outcome.decisions if decision.verdict != "took_effect")
    happened = (event for event in facts.timeline if event.date <= outcome.until)
    return zip(decisions, happened, strict=True)


def _signed_up(outcome: Outcome, facts: Facts) -> Iterator[tuple[SubscriptionOutcome, SignUp]]:
    """The subscriptions, each with the sign-up that was accepted."""
    sign_ups = [
        event
        for decision, event in _decided(outcome, facts)
        if isinstance(event, SignUp) and decision.verdict == "accepted"
    ]
    return zip(outcome.subscriptions, sign_ups, strict=True)


def _subscription(outcome: Outcome, id: str) -> SubscriptionOutcome:
    """The latest subscription of that id."""
    return [sub for sub in outcome.subscriptions if sub.id == id][-1]


def _standing_end(story: Story) -> Day | None:
    subscriptions = [sub for sub in story.outcome(until=story.day).subscriptions if sub.id == story.subscription]
    return subscriptions[-1].ends_on if subscriptions else None


def _package(story: Story, facts: Facts, day: Day) -> str:
    return _subscription(story.outcome(facts, day), story.subscription).package


def _row_on(story: Story, facts: Facts, day: Day, route: str) -> WayOut:
    return next(row for row in story.answer(facts, day).routes if row.route == route)
