"""The closed lists of words of the format: kinds of line, verdicts, states; and what the ways out are named by.

The ways out and the reasons of an end have their rows in `engine.ways`, which alone lists them.
"""

from typing import Annotated, Literal

Route = Annotated[str, "route"]
"""A way out: a row of `engine.ways.WAYS`, or `operator`, Kabelplus' own termination."""
EndReason = Annotated[str, "end reason"]
"""Why a subscription ends: one of `engine.ways.END_REASONS`."""
LineKind = Literal["period", "upgrade", "one_off", "accelerated", "equipment", "other", "fee", "credit"]
Verdict = Literal["accepted", "refused", "took_effect"]
State = Literal["trial", "bound", "free", "ending", "ended"]
LawRoute = Literal["withdrawal", "ordinary", "cold_call", "purchase"]
LawGap = Literal["not-live", "before-2014-06-13", "commercial"]
Better = Literal["law", "contract", "same", "depends"]
