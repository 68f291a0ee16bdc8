"""What a rule says of an event or a deadline, and what a replay notes of it."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from subsim.basics.dates import Day
from subsim.basics.enumerations import Verdict
from subsim.basics.texts import Message


class Ruling:
    """What a rule says of an event or a deadline: the verdict, the clause that decides it, and why."""

    __slots__ = ("because", "clause", "verdict")

    def __init__(self, verdict: Verdict, clause: str, because: Message) -> None:
        self.verdict = verdict
        self.clause = clause
        self.because = because


accept: Callable[[str, Message], Ruling] = partial(Ruling, "accepted")
"""The event takes effect under this clause, for this reason."""
refuse: Callable[[str, Message], Ruling] = partial(Ruling, "refused")
"""The event changes nothing: this clause does not allow it, for this reason."""
took_effect: Callable[[str, Message], Ruling] = partial(Ruling, "took_effect")
"""What time alone brought took effect under this clause, for this reason."""


class Decision(NamedTuple):
    """A ruling on an event, or on a deadline that came: on which day, and of which subscription if of one."""

    date: Day
    event: str
    subscription: str | None
    ruling: Ruling
