"""A way out of a subscription, for a notice received on one day."""

from collections.abc import Callable
from typing import NamedTuple

from subsim.basics.dates import Day
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message


class Way(NamedTuple):
    """What a rule says of a way out: where it ends (None: it is closed), until when it is open, and why.

    `give_notice_by` is the last day on which it is open (None: it has none). `clause` is the one under which a notice
    is accepted, or refused where the way is closed.
    """

    route: Route
    clause: str
    because: Message
    ends_on: Day | None = None
    give_notice_by: Day | None = None


closed: Callable[[Route, str, Message], Way] = Way
"""The way is not open on that day: it ends nowhere."""


class Window(NamedTuple):
    """The exit that one announced change gives: the end, the last day of notice, and the arithmetic."""

    ends_on: Day
    last: Day
    because: Message
