"""A way out of a subscription, for a notice received on one day."""

from collections.abc import Callable
from typing import Final, NamedTuple

from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message


class Way(NamedTuple):
    """A way out as a rule sees it, for a notice received on one day.

    `ends_on` is the first day without service; None: the way is closed. `give_notice_by` is the last day on which the
    way is open; None: it has none. `clause` is the clause under which a notice is accepted, or refused where the way is
    closed. `because` gives the reason with its arithmetic.
    """

    route: Route
    clause: str
    because: Message
    ends_on: Day | None = None
    give_notice_by: Day | None = None


OPERATOR: Final[Route] = "operator"
"""The end that Kabelplus makes without a cause, which is no way out."""


closed: Callable[[Route, str, Message], Way] = Way
"""A way that is closed on that day, of a route, with the refusing clause and the reason."""


class Exit(NamedTuple):
    """The exit that one announced change gives: the end, and the last day of notice.

    It `is_bound` where the change takes effect inside the binding.
    """

    ends_on: Day
    last: Day
    is_bound: bool = False

    @property
    def too_late_from(self) -> Day:
        """The first day on which a notice is too late."""
        return days_after(self.last, 1)
