"""Compares the replay with libraries that keep states only: `python -m tools.benchmarks.state_machines`.

Needs the extra `benchmarks`. Each library takes the same members through the same phases, by the same table. It has one
trigger for each phase that a subscription can enter, and one without effect for every other decision of the replay. The
libraries compute no dates, reasons or invoices; the replay computes dates, invoices and ways out as `portfolio run`
does, and beside it that of a timeline by itself every reason too. The eighth event of each member, a rise of the
prices, is announced to all of them on one day.
"""

import gc
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from tabulate import tabulate

from subsim.basics.dates import Day
from subsim.engine.timeline import play
from subsim.membership.events import Amount, AnnouncePriceChange, PackageName
from subsim.membership.member import Member
from subsim.membership.phases import TRANSITIONS, Phase
from subsim.portfolio.header import Header
from subsim.portfolio.members import Reader
from subsim.portfolio.replays import by_cohorts, facts_under
from subsim.terms.terms import Terms
from tools.benchmarks.members import PRICES, YEARS, as_lines
from tools.benchmarks.rounds import best_of

transitions: Any = import_module("transitions")
statemachine: Any = import_module("statemachine")

MEMBERS = 200
ROUNDS = 15
_BEFORE = "before"
_RISE = AnnouncePriceChange(
    date=Day(2021, 2, 1),
    effective=Day(2021, 3, 15),
    prices={PackageName("basis"): Amount(155_00), PackageName("family"): Amount(310_00)},
)
_HEADER = Header(prices=PRICES, terms=Terms(), until=Day(2020 + YEARS, 12, 31), announcements=(_RISE,))


def main() -> None:
    """Measure and print."""
    read = Reader(PRICES).record
    members = [read(line) for line in as_lines(MEMBERS, told=False)]
    every = [facts_under(_HEADER, own) for own in members]
    terms, until = _HEADER.terms, _HEADER.until
    triggers = [list(_triggers(play(facts, terms, until))) for facts in every]
    machine = transitions.Machine(
        states=_states(), transitions=_transitions(), initial=_BEFORE, auto_transitions=False, model=None
    )
    measures: dict[str, Callable[[], object]] = {
        "replay of a portfolio run": lambda: [by_cohorts(own, _HEADER) for own in members],
        "replay of a timeline by itself, with all reasons": lambda: [play(facts, terms, until) for facts in every],
        "transitions, states only": lambda: [_by_transitions(machine, each) for each in triggers],
        "python-statemachine, states only": lambda: [_by_statemachine(each) for each in triggers],
    }
    gc.freeze()  # the garbage collector need not look at what stays
    best = best_of(measures, ROUNDS)
    replays = list(best.values())[:2]
    rows = [
        (name, f"{seconds / MEMBERS * 1e6:.0f}", *(f"{seconds / replay:.2f}" for replay in replays))
        for name, seconds in best.items()
    ]
    headers = ("measure", "µs a member", "× replay of a run", "× replay by itself")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("left", "right", "right", "right")))
    print(f"\n{sum(map(len, triggers)) / MEMBERS:.1f} triggers a member")


def _triggers(member: Member) -> Iterator[str]:
    """The triggers for a member's one subscription, in order."""
    (subscription,) = member.subscriptions
    turns = [f"become_{start.phase.value}" for start in subscription.states]
    yield from turns[:1]
    yield from ["note"] * (member.decided - len(turns))
    yield from turns[1:]


def _states() -> list[str]:
    return [_BEFORE, *(phase.value for phase in Phase)]


def _arrows() -> Iterator[tuple[str, str]]:
    for phase, moves in TRANSITIONS.items():
        for target in {target for targets in moves.values() for target in targets}:
            yield _BEFORE if phase is None else phase.value, target.value


# transitions


def _transitions() -> list[dict[str, str | None]]:
    """The source and target of each transition of the table; a target of None stays in the phase."""
    arrows: list[dict[str, str | None]] = [
        {"trigger": f"become_{target}", "source": source, "dest": target} for source, target in _arrows()
    ]
    return [*arrows, *({"trigger": "note", "source": state, "dest": None} for state in _states())]


class _Model:
    state = _BEFORE


def _by_transitions(machine: Any, triggers: list[str]) -> str:
    model = _Model()
    machine.add_model(model)
    for trigger in triggers:
        machine.events[trigger].trigger(model)
    machine.remove_model(model)
    return model.state


# python-statemachine


def _machine_class() -> Any:
    states = {name: statemachine.State(name, initial=name == _BEFORE) for name in _states()}
    events: dict[str, Any] = {}
    for source, target in _arrows():
        arrow = states[source].to(states[target])
        name = f"become_{target}"
        events[name] = events[name] | arrow if name in events else arrow
    for state in states.values():
        note = state.to.itself(internal=True)
        events["note"] = events["note"] | note if "note" in events else note
    named = {f"{name}_": state for name, state in states.items()}
    return type(statemachine.StateMachine)("Subscription", (statemachine.StateMachine,), named | events)


_SUBSCRIPTION = _machine_class()


def _by_statemachine(triggers: list[str]) -> Any:
    machine = _SUBSCRIPTION()
    for trigger in triggers:
        machine.send(trigger)
    return machine


if __name__ == "__main__":
    main()
