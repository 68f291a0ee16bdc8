"""The ways out by law, one row each. `answers.statutory_ways` has a file for each."""

from typing import NamedTuple

from subsim.basics.enumerations import LawRoute
from subsim.basics.texts import Message


class LawRouteRow(NamedTuple):
    """A way out by law: its label, and the provisions that may decide it, of which the first that is asked does.

    The kind of agreement matters to it if it is `by_kind`. A later last day is better if `has_last_day`.
    """

    label: Message
    decided_by: tuple[str, ...]
    by_kind: bool = False
    has_last_day: bool = False


WITHDRAWAL = LawRoute("withdrawal")
ORDINARY = LawRoute("ordinary")
COLD_CALL = LawRoute("cold_call")
PURCHASE = LawRoute("purchase")

LAW_ROUTES: dict[LawRoute, LawRouteRow] = {
    WITHDRAWAL: LawRouteRow(Message("withdrawal"), ("fal.19",), has_last_day=True),
    ORDINARY: LawRouteRow(Message("ordinary notice"), ("tele.7", "fal.28"), by_kind=True),
    COLD_CALL: LawRouteRow(Message("call not asked for"), ("fal.4",)),
    PURCHASE: LawRouteRow(Message("one-off purchase"), ("fal.18",)),
}
"""The ways out by law in the order in which they are asked."""
