"""Day after day: the start of a day, then its events in the order of the file (model.md, section 1)."""

from __future__ import annotations

from datetime import date

from tests.oracle.charges import charge_period, overdue_beyond_limit
from tests.oracle.days import Json, day_of, plus, true
from tests.oracle.ending import end_now
from tests.oracle.events import HANDLERS, MEMBER_EVENTS
from tests.oracle.facts import Subscription, Terms, World
from tests.oracle.periods import period_of, period_start, status
from tests.oracle.terms import terms_announced, terms_of


def start_of_day(world: World, sub: Subscription) -> None:
    """One subscription's start of the day: end, downgrade, new period (section 1).

    The ends of binding and trial and the announced changes need no step: they are worked out when asked for.
    """
    today = world.today
    if sub.ended_on is not None:
        return
    if sub.standing is not None and sub.standing.end <= today:
        end_now(world, sub, sub.standing.route, plus(today, -1))
        return
    if sub.pending is not None and sub.pending.effective <= today:
        sub.package, sub.chosen_seq = sub.pending.package, sub.pending.seq
        sub.pending = None
    if today >= sub.anchor:
        k = period_of(sub, today)
        if period_start(sub, k) == today:
            charge_period(world, sub, k)


def remind_of_card(world: World) -> None:
    """The reminder on the last day of the card's last month (`fornyelse.2`)."""
    alive = any(sub.ended_on is None for sub in world.subscriptions)
    if alive and world.method == "card" and world.card_expires == world.today:
        world.duties.append((world.today, "card_reminder", "fornyelse.2"))


def note_long_overdue(world: World) -> None:
    """Note under `persists` that an amount is overdue beyond the limit as a day begins (sections 9 and 12)."""

    def seen(terms: Terms) -> bool:
        return terms.reading("late-payment-cure") == "persists" and overdue_beyond_limit(world, terms)

    world.long_overdue_seen = world.long_overdue_seen or seen(terms_announced(world, world.today))
    for sub in world.subscriptions:
        if sub.ended_on is None:
            sub.long_overdue_seen = sub.long_overdue_seen or seen(terms_of(world, sub, world.today))


def run_event(world: World, event: Json, seq: int) -> None:
    """One event; a refusal changes nothing and is noted (section 2)."""
    name = event["event"]
    clause = HANDLERS[name](world, event, seq)
    if clause is not None:
        world.refused_seqs.add(seq)
        default = None if name in MEMBER_EVENTS else "main"
        world.refused.append((world.today, name, event.get("subscription", default), clause))


def run(doc: Json, terms: Terms, until: date) -> World:
    """Walk every day from the first event to `until`, that day included (section 1)."""
    member = doc.get("member", {})
    events = [(day_of(event["date"]), event) for event in doc["timeline"]]
    private = member.get("use", "private") == "private" or true(member.get("written_agreement"))
    world = World(
        terms=terms,
        born=day_of(member["born"]) if "born" in member else None,
        resident=member.get("resident", "DK"),
        private=private,
        today=events[0][0] if events else until,
    )
    while world.today <= until:
        for sub in world.subscriptions:
            start_of_day(world, sub)
        remind_of_card(world)
        if any(line.day < world.today and line.open > 0 for line in world.lines):
            world.days_in_arrears.add(world.today)
        note_long_overdue(world)
        for seq, (day, event) in enumerate(events):
            if day == world.today:
                run_event(world, event, seq)
        for sub in world.subscriptions:
            state = status(world, sub, world.today)
            if not sub.states or sub.states[-1][1] != state:
                sub.states.append((world.today, state))
        world.today = plus(world.today, 1)
    world.today = until
    return world
