"""Every decision of a replay with its reason and its effect.

The effect of a decision is the difference between replays that stop before and after it. No rule is used here.
"""

from collections.abc import Iterator

from attrs import evolve

from subsim.answers.can_cancel import Cancellation, cancellation_of
from subsim.answers.explanation import (
    FACTS,
    WAYS_WITH_LAST_DAY,
    Effect,
    Explanation,
    Reason,
    SubjectName,
    Value,
    names_of,
)
from subsim.answers.interest import interest_of_line
from subsim.answers.outcome import Decision, Outcome
from subsim.answers.statutory_ways.answer import law_answer
from subsim.basics.dates import Day, days_after
from subsim.engine import ways
from subsim.engine.timeline import Timeline
from subsim.files.one_world import one_world
from subsim.files.scenario import Scenario
from subsim.membership.agreement import what_happened
from subsim.membership.deadlines import DEADLINES
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.membership.owed import DUTIES
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Terms


def explain(scenario: Scenario, outcome: Outcome, *, with_law: bool = True) -> Explanation:
    """The reasons of an outcome of this scenario, with what the law gives on its last day unless that is left out."""
    scenario = one_world(scenario)
    terms = Terms(numbers=outcome.numbers, readings=outcome.readings, reference_rates=scenario.reference_rates)
    names = names_of(outcome)
    reasons, refused = list[Reason](), 0
    decided_facts = evolve(scenario.facts, timeline=scenario.facts.decided)
    behind, ahead = Timeline(decided_facts, terms), Timeline(decided_facts, terms)
    for day, is_event in _moments(decided_facts, outcome):
        before, after = behind.member, _go_on(ahead, day, is_event)
        decided = list(outcome.decisions[before.decided : after.decided])
        if is_event:
            decided.insert(0, decided.pop())
        if decided and decided[0].verdict == "refused":
            refused += 1
            reasons.append(Reason(decided[0], refused=refused))
        else:
            effects = list(_effects(before, after, day, is_event, names))
            reasons += _shared_out(effects, decided, after, is_event)
        _go_on(behind, day, is_event)
    member = ahead.end_day(outcome.until)
    return Explanation(
        outcome,
        tuple(reasons),
        tuple(_answers(member, scenario, outcome)) if with_law else (),
        tuple(interest_of_line(line, outcome.until, scenario.reference_rates) for line in member.ledger.lines),
    )


def _answers(member: Member, scenario: Scenario, outcome: Outcome) -> Iterator[Cancellation]:
    """The answer for each live subscription on the last day."""
    happened = what_happened(member, scenario.facts.timeline)
    for subscription in member.subscriptions:
        if subscription.is_live:
            answer = cancellation_of(member, subscription.id, outcome.until)
            yield evolve(answer, law=law_answer(member, happened, answer, outcome.law_choices))


def _moments(facts: Facts, outcome: Outcome) -> list[tuple[Day, bool]]:
    """The moments of a replay: each start of a day that changed something, and each event; True for an event."""
    starts = {each.date for each in outcome.decisions if each.verdict == "took_effect"}
    events = [(event.date, True) for event in facts.timeline if event.date <= outcome.until]
    return sorted([(day, False) for day in starts] + events)


def _go_on(replay: Timeline, day: Day, is_event: bool) -> Member:
    return replay.take_event() if is_event else replay.begin_day(day)


def _shared_out(effects: list[Effect], decided: list[Decision], after: Member, is_event: bool) -> list[Reason]:
    """The decisions of one moment, each with its effects; effects of no deadline belong to the event."""
    if not decided:
        return []
    shares: list[list[Effect]] = [[] for _decision in decided]
    rest = 0 if is_event else len(decided) - 1
    for effect in effects:
        id = None if effect.subscription is None else after.subscriptions[effect.subscription].id
        claims = [place for place, each in enumerate(decided) if _is_of(effect, id, each)]
        shares[claims[-1] if claims else rest].append(effect)
    return [Reason(decision, tuple(share)) for decision, share in zip(decided, shares, strict=True)]


def _is_of(effect: Effect, id: str | None, decision: Decision) -> bool:
    row = DEADLINES.get(decision.event)
    return row is not None and effect.what in (*row.changes, *row.duties) and id in (None, decision.subscription)


# From what stood before and after to effects


def _effects(before: Member, after: Member, day: Day, is_event: bool, names: list[SubjectName]) -> Iterator[Effect]:
    """Everything that differs, in the order of the page."""
    for place, now in enumerate(after.subscriptions):
        then = before.subscriptions[place] if place < len(before.subscriptions) else None
        found = list(_of_facts(then, now, day if is_event else days_after(day, -1), day))
        if is_event and now.is_live:
            found += _of_ways(_ways(before, then, day), _ways(after, now, day))
        for what, was, becomes in found:
            yield Effect(about=names[place].of(what), what=what, before=was, after=becomes, subscription=place)
    yield from _of_lines(before, after)
    known = len(before.ledger.refunds)
    for number, refund in enumerate(after.ledger.refunds, 1):
        if number > known:
            yield Effect(about=f"refund:{number}", what="refund", before=None, after=refund.amount)
    yield from _of_duties(before, after)


def _of_facts(
    then: Subscription | None, now: Subscription, day_before: Day, day: Day
) -> Iterator[tuple[str, Value, Value]]:
    if then is not None and not then.is_live:
        return
    for what, known in FACTS.items():
        was, becomes = None if then is None else known(then, day_before), known(now, day)
        if was != becomes and not (then is None and becomes == "given"):
            yield what, was, becomes


def _ways(member: Member, subscription: Subscription | None, day: Day) -> dict[str, Value]:
    """By way out `closed`, its last day, or `open` without a last day."""
    if subscription is None:
        return dict.fromkeys(WAYS_WITH_LAST_DAY, "closed")
    found = ways.ways_out(member, subscription, day)
    return {way.route: "closed" if way.ends_on is None else way.give_notice_by or "open" for way in found}


def _of_ways(then: dict[str, Value], now: dict[str, Value]) -> list[tuple[str, Value, Value]]:
    return [(route, then[route], now[route]) for route in WAYS_WITH_LAST_DAY if then[route] != now[route]]


def _of_lines(before: Member, after: Member) -> Iterator[Effect]:
    """The lines issued, and the changes of open amounts."""
    known = before.ledger.lines
    for number, line in enumerate(after.ledger.lines, 1):
        about, was_open, place = f"invoice:{number}", 0, None
        if number <= len(known):
            was_open = known[number - 1].open
        else:
            place = _place(after, line.subscription)
            yield Effect(about=about, what="issued", before=None, after=line.amount, subscription=place)
        if line.open != was_open:
            yield Effect(about=about, what="open", before=was_open, after=line.open, subscription=place)


def _of_duties(before: Member, after: Member) -> list[Effect]:
    """The duties that arose. Credit covers the first lines of a day, so receipts are for the last ones."""
    new_lines = after.ledger.lines[len(before.ledger.lines) :]
    owners: dict[str, list[int | None]] = {
        "line": [_place(after, line.subscription) for line in new_lines if line.paid_on],
        "item": [
            place
            for place, now in enumerate(after.subscriptions)
            if not now.is_live and not (place < len(before.subscriptions) and not before.subscriptions[place].is_live)
            for lent in now.equipment.values()
            if not lent.is_returned
        ],
    }
    effects = []
    duties = after.ledger.duties
    for number in range(len(duties), len(before.ledger.duties), -1):
        duty = duties[number - 1]
        its = owners.get(DUTIES[duty.duty].arises_from)
        owner = its.pop() if its else None
        effects.append(Effect(about=f"duty:{number}", what=duty.duty, before=None, after=duty.date, subscription=owner))
    return effects[::-1]


def _place(member: Member, id: str | None) -> int | None:
    return None if id is None else member.subscriptions.index(member.by_id[id])
