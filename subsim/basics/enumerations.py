"""The types of the closed lists of words of the format.

Where a word has a row, the table of the rows alone lists the words; the type says where that is.
"""

from typing import Annotated, Literal, NewType

from subsim.basics.texts import Message

Route = Annotated[str, "route"]
"""A way out: a row of `engine.ways.WAYS`, or `operator`, Kabelplus' own termination."""
EndReason = Annotated[str, "end reason"]
"""Why a subscription ends: one of `engine.ways.END_REASONS`."""
LineKind = NewType("LineKind", str)
"""A kind of invoice line: a row of `membership.owed.LINES`."""
DutyName = NewType("DutyName", str)
"""A duty: a row of `membership.owed.DUTIES`."""
State = NewType("State", str)
"""The phase of a subscription: the value of a `membership.phases.Phase`."""
Verdict = Literal["accepted", "refused", "took_effect"]
LawRoute = NewType("LawRoute", str)
"""A way out by law: a row of `terms.law_routes.LAW_ROUTES`."""
LawGap = Literal["not-live", "before-2014-06-13", "commercial"]
Better = Literal["law", "contract", "same", "depends"]
"""Which of law and contract gives the member more."""
BETTER: dict[Better, Message] = {
    "law": Message("the law"),
    "contract": Message("the contract"),
    "same": Message("the same"),
    "depends": Message("it depends"),
}
"""Its label."""
