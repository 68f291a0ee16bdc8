"""The annotations of the format: types that only a file distinguishes."""

from typing import Annotated, Any, Literal, NewType

from subsim.basics.dates import Day
from subsim.basics.values import frozen
from subsim.membership.events import Event

Moment = NewType("Moment", Day)
"""An event's date; it may be written as a timestamp with an offset, and is then its Copenhagen date."""

MomentOrSpan = Annotated[Day, "or a range"]
"""The same of an event of a timeline, which may also be a range `FIRST..LAST` of days."""

TimelineEvent = Annotated[Event, "of a timeline"]
"""An event of a timeline, which may be in doubt."""

DoubtId = NewType("DoubtId", str)
"""The id of an event in doubt."""

DoubtName = NewType("DoubtName", str)
"""The name of a doubt: its id, or its event and place."""

Assumed = NewType("Assumed", str)
"""What is assumed of a doubt: a day, a range of days, or whether it happened."""

HalfYear = NewType("HalfYear", Day)
"""The 1 January or 1 July on which a half-year begins."""

Percent = NewType("Percent", int)
"""A percentage in 1/10000 percent; may be negative."""

SubscriptionId = NewType("SubscriptionId", str)
"""The id of a subscription that some sign-up of the timeline names."""

EventName = NewType("EventName", str)
"""An event of the format."""

Clause = NewType("Clause", str)
"""The id of a clause of the terms or of a provision of the law."""

PolicyClauseId = NewType("PolicyClauseId", str)
"""The prefixed id of a clause of a policy or statute, such as `cekura.opbevaring.7`."""

ProvisionId = NewType("ProvisionId", str)
"""The id of a provision of the law."""

LawPointName = NewType("LawPointName", str)
"""A law point."""

Kroner = NewType("Kroner", str)
"""An amount as JSON shows it, `447.00`; may be negative."""

RouteName = NewType("RouteName", str)
"""A way out of the member's."""

RouteTaken = NewType("RouteTaken", str)
"""A way out, or Kabelplus' own termination."""

EndReasonName = NewType("EndReasonName", str)
"""Why a subscription ends."""

HoldingStatus = Literal["disposed", "on_hold", "overdue", "due", "inactive", "unclear", "held"]


class IsoDay(str):
    """A date as JSON shows it, `2020-07-15`; a class of its own so that the last date of a file can be found."""

    __slots__ = ()


@frozen
class OneOf:
    """The values that the possible worlds must give together: all of them and no other."""

    values: tuple[Any, ...]
