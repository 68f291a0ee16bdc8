"""The phases of a subscription and the transitions between them."""

from enum import Enum
from typing import Final

from subsim.basics.dates import Day
from subsim.basics.enumerations import State
from subsim.basics.texts import Message


class Phase(Enum):
    """The phase of a subscription. In a trial it is `trial`, though bound too; with a notice it is `ending`."""

    TRIAL = State("trial")
    BOUND = State("bound")
    FREE = State("free")
    ENDING = State("ending")
    ENDED = State("ended")

    __hash__ = object.__hash__  # each member is one object, and the hash of Enum is slow


PHASES: dict[Phase, Message] = {
    Phase.TRIAL: Message("in trial"),
    Phase.BOUND: Message("bound"),
    Phase.FREE: Message("free"),
    Phase.ENDING: Message("ending"),
    Phase.ENDED: Message("ended"),
}
"""By phase its label."""
STATES: tuple[State, ...] = tuple(phase.value for phase in Phase)
"""The words of the phases."""


class Transition(Enum):
    """What takes a subscription from one phase to another."""

    SIGN_UP = "sign-up"
    TRIAL_ENDS = "trial ends"
    BINDING_ENDS = "binding ends"
    NOTICE = "notice"
    NOTICE_WITHDRAWN = "notice withdrawn"
    END = "end"

    __hash__ = object.__hash__  # as above


TRANSITIONS: Final[dict[Phase | None, dict[Transition, tuple[Phase, ...]]]] = {
    None: {
        Transition.SIGN_UP: (Phase.TRIAL, Phase.BOUND, Phase.FREE),
    },
    Phase.TRIAL: {
        Transition.TRIAL_ENDS: (Phase.BOUND, Phase.FREE),
        Transition.NOTICE: (Phase.ENDING,),
        Transition.END: (Phase.ENDED,),
    },
    Phase.BOUND: {
        Transition.BINDING_ENDS: (Phase.FREE,),
        Transition.NOTICE: (Phase.ENDING,),
        Transition.END: (Phase.ENDED,),
    },
    Phase.FREE: {
        Transition.NOTICE: (Phase.ENDING,),
        Transition.END: (Phase.ENDED,),
    },
    Phase.ENDING: {
        Transition.NOTICE: (Phase.ENDING,),
        Transition.NOTICE_WITHDRAWN: (Phase.TRIAL, Phase.BOUND, Phase.FREE, Phase.ENDING),
        Transition.END: (Phase.ENDED,),
    },
    Phase.ENDED: {},
}
"""The state machine: from each phase, each transition that can be made and where it leads.

Where a transition can lead to several phases, the day decides: in the trial, in the binding, or after it. A notice that
is withdrawn leads to `ending` where a termination by Kabelplus is still in force. No other transition can be made.
"""


class PhaseStart:
    """The day at whose end a subscription was in a phase for the first time, after another phase or none."""

    __slots__ = ("day", "phase")

    def __init__(self, day: Day, phase: Phase) -> None:
        self.day = day
        self.phase = phase


def diagram() -> str:
    """The transition table as a Mermaid state diagram, for the README."""
    arrows = [
        f"    {'[*]' if phase is None else phase.value} --> {target.value}: {move.value}"
        for phase, moves in TRANSITIONS.items()
        for move, targets in moves.items()
        for target in targets
    ]
    return "\n".join(["stateDiagram-v2", *arrows, f"    {Phase.ENDED.value} --> [*]"])
