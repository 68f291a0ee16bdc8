"""What a rule says of an event, and how a replay notes it."""

from typing import TypeAlias

from subsim.basics.dates import Day
from subsim.basics.enumerations import Verdict
from subsim.basics.texts import Message

Ruling: TypeAlias = tuple[Verdict, str, Message]
"""What a rule says of an event: accepted or refused, under which clause, and why."""


def accept(clause: str, because: Message) -> Ruling:
    """The event takes effect under this clause."""
    return "accepted", clause, because


def refuse(clause: str, because: Message) -> Ruling:
    """The event changes nothing: this clause does not allow it."""
    return "refused", clause, because


DecisionEntry = tuple[Day, str, str | None, str, Verdict, Message]
"""A decision as a replay notes it: day, event, subscription, clause, verdict, reason."""
