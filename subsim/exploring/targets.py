"""What an exploration looks for: everything that the model says can happen, by the name under which it is shown.

The phases and moves are those of the state machine, the reasons of an end those of the format, the routes and the
refusals those of the rules' own tables. The lines and duties stand here as the model gives them: what the rules do
beyond this table is found as well, and named.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from subsim.basics.dates import Day
from subsim.engine.decisions import MEMBER_RULES, SUBSCRIPTION_RULES
from subsim.engine.ways import END_REASONS, WAYS
from subsim.membership import events
from subsim.membership.events import EVENTS, Event
from subsim.membership.member import Member
from subsim.membership.phases import TRANSITIONS, Phase, Transition


class Target(NamedTuple):
    """Something to reach: what kind of thing it is, and its name among these."""

    kind: str
    name: str

    def __str__(self) -> str:
        """The words by which it is asked for."""
        return f"{self.kind} {self.name}"


KINDS = ("phase", "move", "route", "end", "refusal", "line", "duty")

_REFUSED_BY = {name: rule.refused_by for rules in (MEMBER_RULES, SUBSCRIPTION_RULES) for name, rule in rules.items()}
REFUSALS: dict[str, tuple[str, ...]] = {name: _REFUSED_BY[name] for name in EVENTS if _REFUSED_BY[name]}
"""By event, the clauses that refuse it; an event that is not here is never refused."""
LINES: dict[str, tuple[str, ...]] = {
    "period": ("betaling.2",),
    "upgrade": ("priser.3",),
    "one_off": ("betaling.2",),
    "equipment": ("udstyr.1",),
    "other": ("betaling.2",),
    "accelerated": ("annullering.2c", "annullering.2b", "annullering.2a", "sikkerhed.1"),
    "credit": ("fortrydelse.1", "annullering.1a"),
    "fee": ("rl.9b",),
}
DUTIES = ("receipt", "card_reminder", "complaint_decision", "return_equipment", "refund")


def _with_clauses(clauses: dict[str, tuple[str, ...]]) -> Iterator[str]:
    return (f"{name} {clause}" for name, its in clauses.items() for clause in its)


def _move_name(before: Phase | None, move: Transition, after: Phase) -> str:
    return f"{before.value if before else 'none'} {move.value.replace(' ', '-')} {after.value}"


def _expected() -> Iterator[Target]:
    names: dict[str, Iterable[str]] = {
        "phase": (phase.value for phase in Phase),
        "move": (
            _move_name(before, move, after)
            for before, moves in TRANSITIONS.items()
            for move, leads_to in moves.items()
            for after in leads_to
        ),
        "route": WAYS,
        "end": END_REASONS,
        "refusal": _with_clauses(REFUSALS),
        "line": _with_clauses(LINES),
        "duty": DUTIES,
    }
    return (Target(kind, name) for kind in KINDS for name in names[kind])


TARGETS: tuple[Target, ...] = tuple(_expected())
"""Everything there is to reach, in the order in which it is shown."""


# What a replay has reached


def reached_by_events(member: Member) -> Iterator[Target]:
    """The refusals, lines, duties and ends in all of a replay."""
    refused = {f"{each.event} {each.ruling.clause}" for each in member.decisions if each.ruling.verdict == "refused"}
    yield from (Target("refusal", name) for name in sorted(refused))
    lines = {(line.kind, line.clause) for line in member.ledger.lines}
    yield from (Target("line", f"{kind} {clause}") for kind, clause in sorted(lines))
    yield from (Target("duty", duty) for duty in sorted({each.duty for each in member.ledger.duties}))
    for subscription in member.subscriptions:
        if subscription.end_reason is not None:
            yield Target("end", subscription.end_reason)


def reached_over_time(member: Member, after: Day) -> Iterator[Target]:
    """The phases and moves that the calendar alone brought since the end of a day."""
    for subscription in member.subscriptions:
        before: Phase | None = None
        for start in subscription.states:
            if start.day > after:
                yield from _moved(before, start.phase)
            before = start.phase


def reached_by_event(before: Member, event: Event, after: Member) -> Iterator[Target]:
    """The phases and moves that an event brought; `before` and `after` are the same day's."""
    for index, subscription in enumerate(after.subscriptions):
        was = before.subscriptions[index].phase if index < len(before.subscriptions) else None
        if was is not subscription.phase or _stands_sooner(before, after, index):
            yield from _moved(was, subscription.phase, event)


def _stands_sooner(before: Member, after: Member, index: int) -> bool:
    return before.subscriptions[index].notice != after.subscriptions[index].notice


def _moved(before: Phase | None, after: Phase | None, event: Event | None = None) -> Iterator[Target]:
    """The phase and the move that led there; where the table has two, a notice taken back tells them apart."""
    assert after is not None
    taken_back = isinstance(event, events.WithdrawNotice)
    yield Target("phase", after.value)
    moves = [move for move, leads_to in TRANSITIONS[before].items() if after in leads_to]
    move = moves[0] if len(moves) == 1 else Transition.NOTICE_WITHDRAWN if taken_back else Transition.NOTICE
    yield Target("move", _move_name(before, move, after))
