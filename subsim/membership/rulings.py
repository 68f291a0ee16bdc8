"""The ruling of a rule on an event or a deadline, and the decision that a replay notes."""

from typing import NamedTuple

from subsim.basics.dates import Day
from subsim.basics.enumerations import Verdict
from subsim.basics.texts import Message


class Ruling:
    """The ruling on an event or a deadline: the verdict, the clause that decides it, and the reason."""

    __slots__ = ("because", "clause", "verdict")

    def __init__(self, verdict: Verdict, clause: str, because: Message) -> None:
        self.verdict = verdict
        self.clause = clause
        self.because = because


def accept(clause: str, because: Message) -> Ruling:
    """A ruling that the event takes effect under this clause, for this reason."""
    return Ruling("accepted", clause, because)


def refuse(clause: str, because: Message) -> Ruling:
    """A ruling that the event changes nothing: this clause does not allow it, for this reason."""
    return Ruling("refused", clause, because)


def took_effect(clause: str, because: Message) -> Ruling:
    """A ruling that something took effect by time alone under this clause, for this reason."""
    return Ruling("took_effect", clause, because)


class Decision(NamedTuple):
    """A ruling on an event or a deadline, with its day, and its subscription if it is about one."""

    date: Day
    event: str
    subscription: str | None
    ruling: Ruling
