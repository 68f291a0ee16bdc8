"""The second opinion as a system under test: `subsim conformance --system tools.differential.system:replay`.

It takes the JSON of a request, as any other system does, and agrees on every clause that an outcome shows.
"""

from typing import Any

from subsim.basics.dates import Day
from tests.oracle import outcome as second

_PARTS = ("subscriptions", "invoices", "payments", "refunds", "refused", "duties", "totals")


def replay(request: dict[str, Any]) -> dict[str, Any]:
    """The second opinion's reply to a request: an outcome, and the answers to its questions."""
    document = _as_in_a_file({key: value for key, value in request.items() if key not in ("case", "ask")})
    outcome = second.replay(document, Day.fromisoformat(request["until"]))
    answers = [
        second.can_cancel(document, Day.fromisoformat(ask["date"]), ask["subscription"], contested=False)
        for ask in request["ask"]
    ]
    return {part: outcome[part] for part in _PARTS} | {"answers": answers}


def _as_in_a_file(value: Any) -> Any:
    """The value as a scenario file has it: only texts, and no key with null."""
    if isinstance(value, dict):
        return {key: _as_in_a_file(each) for key, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_as_in_a_file(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
