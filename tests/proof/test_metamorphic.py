"""Two timelines that differ in one thing, and what that may change: relations that need no expected value.

What a relation asks of the timeline, so as to hold under the terms, stands in its name or beside it. That a suspension
changes nothing is in `test_properties`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import assume, given
from hypothesis import strategies as st

from subsim.answers.can_cancel import Answer, WayOut, answer_of
from subsim.answers.outcome import Decision, Invoice, Outcome, SubscriptionOutcome
from subsim.answers.question import case_of
from subsim.basics.dates import Day, days_after, months
from subsim.engine.ways import GROUNDS
from subsim.files.scenario import Scenario
from subsim.membership.events import (
    Amount,
    AnnouncePriceChange,
    AnnounceTermsChange,
    Buy,
    ChangePackage,
    Charge,
    Count,
    CreditAdjusted,
    CreditPaidOut,
    Event,
    GiveNotice,
    Ground,
    LendEquipment,
    PackageName,
    Pay,
    PaymentReturned,
    Reminder,
    SignedAmount,
    SignUp,
    Terminate,
    Withdraw,
)
from subsim.membership.facts import Facts
from subsim.membership.subscription import Subscription
from subsim.terms.choice import TermsChoice
from subsim.terms.readings import POINTS, Choices, as_choices, with_choices
from subsim.terms.terms import NUMBERS, Replacements, Terms, with_numbers
from subsim.testing.stories.abilities import ALL
from tests.support.timelines import Story, stories

# The day of a notice


@given(story=stories())
def test_under_thirty_days_a_notice_one_day_later_ends_one_day_later(story: Story) -> None:
    """Once the end lies after the binding; while it is the binding's own, it may stay."""
    for asked, earlier, later in _ordinary_ends(_reading(story, "ordinary-notice", "thirty-days")):
        binding_ends = _live(asked).binding_ends
        if earlier > binding_ends:
            assert later == days_after(earlier, 1)
        else:
            assert earlier == binding_ends
            assert later in (binding_ends, days_after(binding_ends, 1))


@pytest.mark.parametrize("reading", ["quarterly", "quarter-end", "period-end"])
@given(story=stories())
def test_under_a_boundary_rule_a_notice_one_day_later_ends_on_the_same_or_the_next_boundary(
    reading: str, story: Story
) -> None:
    for asked, earlier, later in _ordinary_ends(_reading(story, "ordinary-notice", reading)):
        assert later in (earlier, min(day for day in _boundaries(asked, reading) if day > earlier))


def _ordinary_ends(story: Story) -> Iterator[tuple[Story, Day, Day]]:
    """Where an ordinary notice is open on a day asked about and still on the next: where each of the two would end."""
    for asked in story.questions():
        ends = [_rows(_answer(asked, day))["ordinary"].ends_on for day in (asked.day, days_after(asked.day, 1))]
        if ends[0] and ends[1]:
            yield asked, ends[0], ends[1]


def _boundaries(story: Story, reading: str) -> list[Day]:
    """The boundaries of the rule for fifty years from the billing anchor, or from that year's first day."""
    subscription = _live(story)
    step, anchor = story.terms.numbers.quarter_months, subscription.billing_anchor
    if reading == "period-end":
        step = subscription.period_months
    elif story.terms.readings.quarter_anchor == "calendar":
        anchor = Day(anchor.year, 1, 1)
    return [months(anchor, count) for count in range(0, 600, step)]


@given(story=stories())
def test_no_way_out_ends_sooner_by_a_notice_one_day_later_unless_a_downgrade_comes_between(story: Story) -> None:
    """Way by way: the answer as a whole may, for under `refused` the ordinary way opens as the binding ends."""
    for asked in story.questions():
        tomorrow = days_after(asked.day, 1)
        if _package(asked, asked.day) == _package(asked, tomorrow):
            for row, later in zip(_answer(asked, asked.day).routes, _answer(asked, tomorrow).routes, strict=True):
                assert later.ends_on is None or (row.ends_on or Day.min) <= later.ends_on


# The ground of a notice

_GROUNDS: tuple[Ground, ...] = GROUNDS


@given(story=stories())
def test_a_notice_without_a_ground_ends_no_later_than_one_on_any_ground_that_day(story: Story) -> None:
    for asked in story.questions():
        ends_on = _end_after(asked, _notice(asked))
        assert all(ends_on <= _end_after(asked, _notice(asked, ground)) for ground in _GROUNDS)


@given(story=stories(), days=st.integers(-40, 400))
def test_a_notice_for_a_wanted_end_ends_no_sooner_than_an_ordinary_one_that_day(story: Story, days: int) -> None:
    for asked in story.questions():
        wanted = evolve(_notice(asked), wanted_end=days_after(asked.day, days))
        assert _end_after(asked, _notice(asked, "ordinary")) <= _end_after(asked, wanted)


def _notice(story: Story, ground: Ground | None = None) -> GiveNotice:
    return GiveNotice(date=story.day, subscription=story.subscription, ground=ground)


def _end_after(story: Story, notice: Event) -> Day:
    """The end that stands, or has come, after a notice at the end of the day asked about; the last day if none."""
    outcome = story.outcome(story.facts_so_far(notice), story.day)
    found = [sub for sub in outcome.subscriptions if sub.id == story.subscription]
    return (found and (found[-1].ends_on or found[-1].ended_on)) or Day.max


# Money


@given(story=stories(), factor=st.sampled_from([2, 3, 7, 100]))
def test_so_many_times_all_prices_are_so_many_times_all_amounts_where_nothing_is_rounded(
    story: Story, factor: int
) -> None:
    """So nothing is prorated; the limit of the credit assessment rises as well, and no reminder has a fee, whose limit
    stands in the law. Interest differs by its rounding.
    """
    choices = {"final-period": "full"}
    if story.terms.readings.upgrade_charge == "prorated":
        choices["upgrade-charge"] = "difference"
    story = _with_readings(_without_fees(_without_refunds_of_a_part(story)), choices)
    numbers = story.terms.numbers
    dearer = with_numbers(numbers, {"credit-check-over": numbers.credit_check_over * factor})
    scaled = evolve(
        story,
        facts=evolve(
            story.facts,
            prices=_times(story.facts.prices, factor),
            timeline=tuple(_scaled(event, factor) for event in story.facts.timeline),
        ),
        terms=evolve(story.terms, numbers=dearer),
    )
    once, many_times = story.outcome(), scaled.outcome()
    assert many_times.subscriptions == once.subscriptions
    assert many_times.payments == tuple(evolve(paid, amount=paid.amount * factor) for paid in once.payments)
    assert many_times.refunds == tuple(evolve(refund, amount=refund.amount * factor) for refund in once.refunds)
    for line, scaled_line in zip(once.invoices, many_times.invoices, strict=True):
        assert abs(scaled_line.interest - line.interest * factor) * 2 <= factor + 1
        assert evolve(scaled_line, interest=0) == evolve(line, amount=line.amount * factor, interest=0)


def _times(prices: dict[PackageName, Amount], factor: int) -> dict[PackageName, Amount]:
    return {package: Amount(price * factor) for package, price in prices.items()}


def _scaled(event: Event, factor: int) -> Event:
    match event:
        case Pay() | PaymentReturned() | CreditPaidOut() | Charge() | Buy():
            return evolve(event, amount=Amount(event.amount * factor))
        case CreditAdjusted():
            return evolve(event, amount=SignedAmount(event.amount * factor))
        case LendEquipment():
            return evolve(event, value=Amount(event.value * factor))
        case AnnouncePriceChange():
            increase = event.cost_increase
            dearer = None if increase is None else Amount(increase * factor)
            return evolve(event, prices=_times(event.prices, factor), cost_increase=dearer)
    return event


@given(story=stories(), data=st.data())
def test_an_invoiced_member_who_pays_earlier_adds_no_interest_and_no_right_to_terminate(
    story: Story, data: st.DataObject
) -> None:
    """While no end and no fee of a reminder depends on what is paid, and none pays anything back.

    Else the earlier payment may be used up where the card would have paid, or be paid out again, and be missed later.
    """
    story = _without_refunds_of_a_part(story)
    timeline = [
        evolve(event, payment="invoice", channel="shop") if isinstance(event, SignUp) else event
        for event in story.facts.timeline
        if not isinstance(event, Withdraw | PaymentReturned | CreditAdjusted | CreditPaidOut | Reminder)
        and not (isinstance(event, Terminate) and event.reason == "overdue")
    ]
    days = st.sampled_from([event.date for event in timeline])
    early, late = sorted((data.draw(days, label="one day"), data.draw(days, label="another")))
    amount = data.draw(st.sampled_from([1, 149_00, 447_00, 1000_00, 3588_00]), label="amount")
    paid_early, paid_late = (_with_events(timeline, Pay(date=day, amount=Amount(amount))) for day in (early, late))
    for line, late_line in zip(_invoices(story, paid_early), _invoices(story, paid_late), strict=True):
        assert line.interest <= late_line.interest
        assert (line.paid_on or Day.max) <= (late_line.paid_on or Day.max)
    for id in ALL.ids:
        terminate = Terminate(date=story.until, subscription=id, reason="overdue")
        if _verdict(story, [*paid_early, terminate]) == "accepted":
            assert _verdict(story, [*paid_late, terminate]) == "accepted"


def _invoices(story: Story, timeline: Iterable[Event]) -> Iterable[Invoice]:
    return story.outcome(evolve(story.facts, timeline=tuple(timeline))).invoices


def _verdict(story: Story, timeline: list[Event]) -> str:
    """What is decided on the last event, on the last day of the story."""
    so_far = [event for event in timeline if event.date <= story.until]
    return story.outcome(evolve(story.facts, timeline=tuple(so_far))).decisions[-1].verdict


# Changes of the terms


@given(story=stories())
def test_terms_announced_before_the_first_sign_up_are_as_the_terms_from_the_start(story: Story) -> None:
    """But for the announcement itself, and for what is told of the terms."""
    first = story.facts.timeline[0].date
    values = {name: getattr(story.terms.numbers, name.replace("-", "_")) for name in NUMBERS}
    announced = AnnounceTermsChange(
        date=first,
        effective=first,
        material=False,
        numbers=Replacements(values),
        readings=Choices(as_choices(story.terms.readings)),
    )
    plain = Terms(reference_rates=story.terms.reference_rates)
    facts = evolve(story.facts, timeline=(announced, *story.facts.timeline))
    from_the_start, by_announcement = story.outcome(), evolve(story, facts=facts, terms=plain).outcome()
    for name in ("invoices", "payments", "refunds", "duties", "refused"):
        assert getattr(by_announcement, name) == getattr(from_the_start, name)
    assert _but_for_terms(by_announcement) == _but_for_terms(from_the_start)


def _but_for_terms(outcome: Outcome) -> list[SubscriptionOutcome]:
    return [evolve(each, terms_since=None) for each in outcome.subscriptions]


# Changes of package

_DEAR, _DEARER = PackageName("dear"), PackageName("dearer")


@given(story=stories())
def test_under_difference_two_upgrades_of_one_day_cost_what_one_costs_and_leave_no_trace(story: Story) -> None:
    for asked, two, one in _by_one_and_by_two_upgrades(_reading(story, "upgrade-charge", "difference")):
        by_two, by_one = asked.outcome(two), asked.outcome(one)
        assert by_two.subscriptions == by_one.subscriptions
        assert evolve(by_two.totals, interest=0) == evolve(by_one.totals, interest=0)


@given(story=stories())
def test_under_prorated_two_upgrades_of_one_day_cost_what_one_costs_but_for_the_rounding(story: Story) -> None:
    """Each line is rounded by at most half an øre: three lines differ by no whole øre more than one."""
    for asked, two, one in _by_one_and_by_two_upgrades(_reading(story, "upgrade-charge", "prorated")):
        by_two, by_one = asked.outcome(two, asked.day), asked.outcome(one, asked.day)
        assert by_two.subscriptions == by_one.subscriptions
        assert abs(by_two.totals.charged - by_one.totals.charged) <= 1


@given(story=stories())
def test_under_full_two_upgrades_of_one_day_cost_the_first_ones_period_more(story: Story) -> None:
    for asked, two, one in _by_one_and_by_two_upgrades(_reading(story, "upgrade-charge", "full")):
        difference = asked.outcome(two, asked.day).totals.charged - asked.outcome(one, asked.day).totals.charged
        assert difference == 6000_01 * _live(asked).period_months


def _by_one_and_by_two_upgrades(story: Story) -> Iterator[tuple[Story, Facts, Facts]]:
    """Wherever an upgrade costs something: the facts with an upgrade by way of a dear package, and straight."""
    prices = story.facts.prices | {_DEAR: Amount(6000_01), _DEARER: Amount(7000_34)}
    story = evolve(story, facts=evolve(story.facts, prices=prices))
    for asked in story.questions():
        subscription = _if_live(asked)
        if subscription is not None and not subscription.in_trial(asked.day):
            first, then = (
                ChangePackage(date=asked.day, subscription=asked.subscription, to=to) for to in (_DEAR, _DEARER)
            )
            yield asked, _with(asked.facts, first, then), _with(asked.facts, then)


@given(story=stories(), data=st.data())
def test_a_downgrade_and_back_before_the_next_period_is_nothing(story: Story, data: st.DataObject) -> None:
    """Out of a trial, and with no other downgrade pending, which it would replace; nothing happens in between."""
    for asked in story.questions():
        subscription = _if_live(asked)
        if subscription is None or subscription.in_trial(asked.day) or subscription.downgrade:
            continue
        package = subscription.package
        price = subscription.price(package, asked.day)
        cheaper = [name for name in asked.facts.prices if subscription.price(name, asked.day) < price]
        if cheaper:
            down = ChangePackage(
                date=asked.day, subscription=asked.subscription, to=data.draw(st.sampled_from(cheaper))
            )
            nothing_else = [event.date for event in asked.facts.timeline if event.date > asked.day]
            last = days_after(min([subscription.next_period, asked.until, *nothing_else]), -1)
            back_on = data.draw(st.dates(asked.day, max(asked.day, last)))
            back = ChangePackage(date=back_on, subscription=asked.subscription, to=package)
            facts = _with(asked.facts, down, back)
            assert _but_for_decisions_on(asked.outcome(facts), facts, (down, back)) == asked.outcome().to_dict()


def _but_for_decisions_on(outcome: Outcome, facts: Facts, events: tuple[Event, ...]) -> dict[str, object]:
    """The JSON of the outcome without what was decided on these events."""
    on_events = [decision for decision in outcome.decisions if decision.verdict != "took_effect"]
    ours = [
        decision
        for decision, event in zip(on_events, facts.timeline, strict=False)
        if any(event is our for our in events)
    ]
    return evolve(outcome, decisions=_all_but(outcome.decisions, ours)).to_dict()


def _all_but(decisions: Iterable[Decision], some: list[Decision]) -> tuple[Decision, ...]:
    return tuple(decision for decision in decisions if not any(decision is other for other in some))


# Time


@given(story=stories())
def test_28_years_later_all_is_the_same_but_for_the_years_and_the_interest(story: Story) -> None:
    """The calendar of 1901-2099 repeats itself every 28 years; the reference rates do not."""
    rates = {Day(year, month, 1): 0 for year in range(2012, 2056) for month in (1, 7)}
    story = evolve(story, terms=evolve(story.terms, reference_rates=rates))
    facts = evolve(
        story.facts,
        person=evolve(story.facts.person, born=_in_28_years(story.facts.person.born)),
        timeline=tuple(map(_event_in_28_years, story.facts.timeline)),
    )
    later = story.outcome(facts, story.until.replace(year=story.until.year + 28))
    assert _without_interest(later) == re.sub(
        r"\b(\d{4})(?=-\d\d-\d\d)", lambda year: str(int(year[1]) + 28), _without_interest(story.outcome())
    )


def _without_interest(outcome: Outcome) -> str:
    lines = tuple(evolve(line, interest=0) for line in outcome.invoices)
    return json.dumps(evolve(outcome, invoices=lines).to_dict())


def _in_28_years(value: Day | None) -> Day | None:
    return value and value.replace(year=value.year + 28)


def _event_in_28_years(event: Event) -> Event:
    values = {key.name: getattr(event, key.name) for key in fields(type(event))}
    later: dict[str, Any] = {name: _in_28_years(value) for name, value in values.items() if isinstance(value, Day)}
    return evolve(event, **later)


# Subscriptions beside one another


@given(story=stories(), data=st.data())
def test_what_happens_to_another_subscription_changes_nothing_of_this_one_but_what_the_member_shares(
    story: Story, data: st.DataObject
) -> None:
    """Shared are the payment method, the credit and the arrears, the one trial, and by a reading the binding.

    So the other names no method, nothing is ended for arrears, and only the timeline's first sign-up has a trial.
    """
    story = _reading(_with_two_subscriptions(story), "binding-scope", "subscription")
    ids = sorted({event.subscription for event in story.facts.timeline if isinstance(event, SignUp)})
    this = data.draw(st.sampled_from(ids))
    timeline = [
        _without_what_is_shared(event, this, is_first=index == 0)
        for index, event in enumerate(story.facts.timeline)
        if not (isinstance(event, Terminate) and event.reason == "overdue")
    ]
    alone = [event for event in timeline if getattr(event, "subscription", this) in (this, None)]
    together, apart = (evolve(story.facts, timeline=tuple(events)) for events in (timeline, alone))
    assert _of(this, story.outcome(together)) == _of(this, story.outcome(apart))
    asked = evolve(story, subscription=this)
    assert _ways(asked.answer(together)) == _ways(asked.answer(apart))


def _with_two_subscriptions(story: Story) -> Story:
    """The story, with a second sign-up on its first day where it has but one subscription."""
    first, *later = story.facts.timeline
    assert isinstance(first, SignUp)
    if any(isinstance(event, SignUp) and event.subscription != "main" for event in later):
        return story
    return evolve(story, facts=evolve(story.facts, timeline=(first, evolve(first, subscription="second"), *later)))


def _without_what_is_shared(event: Event, this: str, is_first: bool) -> Event:
    if not isinstance(event, SignUp):
        return event
    if not is_first:
        event = evolve(event, trial_days=Count(0))
    return event if event.subscription == this else evolve(event, payment=None, card_expires=None)


def _of(id: str, outcome: Outcome) -> object:
    """What an outcome says of one subscription; when a line was paid, and its interest, hang on the member's money."""
    return (
        [sub for sub in outcome.subscriptions if sub.id == id],
        [evolve(line, paid_on=None, interest=0) for line in outcome.invoices if line.subscription == id],
        [
            (decision.date, decision.event, decision.clause, decision.verdict)
            for decision in outcome.decisions
            if decision.subscription == id
        ],
    )


def _ways(answer: Answer) -> object:
    rows = [evolve(row, refund=None) for row in answer.routes]
    return answer.state, answer.earliest_end, answer.route, rows


# Readings


_ALL_READINGS = st.fixed_dictionaries({name: st.sampled_from(sorted(POINTS[name].readings)) for name in POINTS})


@given(story=stories(), name=st.sampled_from(sorted(POINTS)), sample=st.lists(_ALL_READINGS, min_size=1, max_size=4))
def test_fixing_one_reading_never_enlarges_the_set_of_possible_answers(
    story: Story, name: str, sample: list[dict[str, str]]
) -> None:
    """Over a sample of the other readings: what is asked for wins over the file's own choice, and touches no other."""
    readings = POINTS[name].readings
    possible = {
        _gist(_with_readings(story, choices | {name: reading}).answer()) for choices in sample for reading in readings
    }
    fixed = [{_gist(_answer_of_file(story, choices, {name: reading})) for choices in sample} for reading in readings]
    assert all(answers <= possible for answers in fixed)
    assert set().union(*fixed) == possible


def _answer_of_file(story: Story, in_file: dict[str, str], asked_for: dict[str, str]) -> Answer:
    """The answer on a scenario whose file has these readings, asked with those."""
    numbers = {name: getattr(story.terms.numbers, name.replace("-", "_")) for name in NUMBERS}
    scenario = Scenario(
        source="<drawn>", sentence="A drawn timeline", facts=story.facts, readings=in_file, numbers=numbers
    )
    return answer_of(case_of(scenario, TermsChoice(readings=asked_for)).play(story.day), story.subscription, story.day)


def _gist(answer: Answer) -> tuple[bool, Day | None, str | None]:
    return answer.can_cancel, answer.earliest_end, answer.route


# Stories changed, and what is read off them


def _reading(story: Story, point: str, reading: str) -> Story:
    """The story read so from the start to its end: no announcement changes the terms on the way."""
    assume(
        not any(getattr(event, "readings", None) or getattr(event, "numbers", None) for event in story.facts.timeline)
    )
    return _with_readings(story, {point: reading})


def _with_readings(story: Story, choices: dict[str, str]) -> Story:
    return evolve(story, terms=evolve(story.terms, readings=with_choices(story.terms.readings, choices)))


def _with_events(timeline: Iterable[Event], *more: Event) -> list[Event]:
    """The timeline with these events, each the last of its day."""
    return sorted([*timeline, *more], key=lambda event: event.date)


def _with(facts: Facts, *more: Event) -> Facts:
    return evolve(facts, timeline=tuple(_with_events(facts.timeline, *more)))


def _without_refunds_of_a_part(story: Story) -> Story:
    """Kabelplus never pays back a part of a period: it ends the subscription that day for misuse instead."""
    timeline = [
        evolve(event, reason="misuse", settlement="access")
        if isinstance(event, Terminate) and event.settlement == "refund"
        else event
        for event in story.facts.timeline
    ]
    return evolve(story, facts=evolve(story.facts, timeline=tuple(timeline)))


def _without_fees(story: Story) -> Story:
    """Every reminder is free."""
    timeline = [
        evolve(event, fee=Amount(0)) if isinstance(event, Reminder) else event for event in story.facts.timeline
    ]
    return evolve(story, facts=evolve(story.facts, timeline=tuple(timeline)))


def _answer(story: Story, day: Day) -> Answer:
    """What is answered on a day if nothing happens after the day asked about."""
    return story.answer(story.facts_so_far(), day)


def _rows(answer: Answer) -> dict[str, WayOut]:
    return {row.route: row for row in answer.routes}


def _if_live(story: Story) -> Subscription | None:
    """The subscription at the end of the day asked about, if it is live."""
    subscription = story.member().by_id.get(story.subscription)
    return subscription if subscription is not None and subscription.is_live else None


def _live(story: Story) -> Subscription:
    subscription = _if_live(story)
    assert subscription is not None
    return subscription


def _package(story: Story, day: Day) -> str | None:
    subscription = story.member(story.facts_so_far(), day).by_id.get(story.subscription)
    return None if subscription is None else subscription.package
