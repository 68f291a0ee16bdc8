"""The targets of an exploration: everything that can happen by the model, each with its name.

Phases and moves come from the state machine, the reasons of an end from the format, routes and refusals from the tables
of the rules, lines and duties from those of what may be owed. An exploration also reports what it reaches beside these
targets.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from subsim.basics.dates import Day
from subsim.engine.decisions import MEMBER_RULES, SUBSCRIPTION_RULES
from subsim.engine.ways import END_REASONS, WAYS
from subsim.membership import events
from subsim.membership.events import EVENTS, Event
from subsim.membership.member import Member
from subsim.membership.owed import DUTIES, LINES
from subsim.membership.phases import TRANSITIONS, Phase, Transition


class Target(NamedTuple):
    """Something that a timeline can reach: its kind, one of `KINDS`, and its name among those of the kind."""

    kind: str
    name: str

    def __str__(self) -> str:
        """The kind and the name, as `--show` takes them."""
        return f"{self.kind} {self.name}"


KINDS = ("phase", "move", "route", "end", "refusal", "line", "duty")

_REFUSED_BY = {name: rule.refused_by for rules in (MEMBER_RULES, SUBSCRIPTION_RULES) for name, rule in rules.items()}
REFUSALS: dict[str, tuple[str, ...]] = {name: _REFUSED_BY[name] for name in EVENTS if _REFUSED_BY[name]}
"""By event the clauses that refuse it. An event that is never refused is left out."""


def _with_clauses(clauses: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
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
        "line": _with_clauses({kind: row.clauses for kind, row in LINES.items()}),
        "duty": DUTIES,
    }
    return (Target(kind, name) for kind in KINDS for name in names[kind])


TARGETS: tuple[Target, ...] = tuple(_expected())
"""All targets, in the order of the page."""


# What a replay has reached


def reached_by_events(member: Member) -> Iterator[Target]:
    """The refusals, lines, duties and ends of a whole replay."""
    refused = {f"{each.event} {each.ruling.clause}" for each in member.decisions if each.ruling.verdict == "refused"}
    yield from (Target("refusal", name) for name in sorted(refused))
    lines = {(line.kind, line.clause) for line in member.ledger.lines}
    yield from (Target("line", f"{kind} {clause}") for kind, clause in sorted(lines))
    yield from (Target("duty", duty) for duty in sorted({each.duty for each in member.ledger.duties}))
    for subscription in member.subscriptions:
        if subscription.end_reason is not None:
            yield Target("end", subscription.end_reason)


def reached_over_time(member: Member, after: Day) -> Iterator[Target]:
    """The phases and moves that time alone brought after the day `after`."""
    for subscription in member.subscriptions:
        before: Phase | None = None
        for start in subscription.states:
            if start.day > after:
                yield from _moved(before, start.phase)
            before = start.phase


def reached_by_event(before: Member, event: Event, after: Member) -> Iterator[Target]:
    """The phases and moves that an event brought; `before` and `after` are the member on its day."""
    for index, subscription in enumerate(after.subscriptions):
        was = before.subscriptions[index].phase if index < len(before.subscriptions) else None
        if was is not subscription.phase or _is_notice_changed(before, after, index):
            yield from _moved(was, subscription.phase, event)


def _is_notice_changed(before: Member, after: Member, index: int) -> bool:
    return before.subscriptions[index].notice != after.subscriptions[index].notice


def _moved(before: Phase | None, after: Phase | None, event: Event | None = None) -> Iterator[Target]:
    """The phase and the move that led there. Of two moves to it the event decides: a notice, or one withdrawn."""
    assert after is not None
    is_withdrawn = isinstance(event, events.WithdrawNotice)
    yield Target("phase", after.value)
    moves = [move for move, leads_to in TRANSITIONS[before].items() if after in leads_to]
    move = moves[0] if len(moves) == 1 else Transition.NOTICE_WITHDRAWN if is_withdrawn else Transition.NOTICE
    yield Target("move", _move_name(before, move, after))
