"""The closed lists of words of the format: routes, ends, kinds of line, verdicts and states."""

from typing import Literal

Route = Literal["withdrawal", "trial", "price_change", "service_change", "terms_change", "ordinary", "operator"]
EndReason = Literal[
    "withdrawal",
    "trial",
    "ordinary",
    "price_change",
    "service_change",
    "terms_change",
    "overdue",
    "breach",
    "misuse",
    "security",
    "operator",
]
LineKind = Literal["period", "upgrade", "one_off", "accelerated", "equipment", "other", "fee", "credit"]
Verdict = Literal["accepted", "refused", "took_effect"]
State = Literal["trial", "bound", "free", "ending", "ended"]
LawRoute = Literal["withdrawal", "ordinary", "cold_call", "purchase"]
LawGap = Literal["not-live", "before-2014-06-13", "commercial"]
Better = Literal["law", "contract", "same", "depends"]
