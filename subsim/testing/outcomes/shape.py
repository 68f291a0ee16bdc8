"""The shape of the answers of a system under test: the JSON of `replay`, and of `can-cancel` for each question, or
parts.

Parts that are left out are not compared. Unknown keys and values of another shape are errors.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import fields

from subsim.answers.can_cancel import OF_DOUBT, WayOut
from subsim.answers.outcome import INVOICE_KEYS, SUBSCRIPTION_KEYS
from subsim.basics.dates import Day
from subsim.basics.faults import no_such
from subsim.basics.notation import day_from_iso
from subsim.basics.texts import Message, join_words

Json = Any
LISTS: dict[str, tuple[str, ...]] = {
    "subscriptions": (*SUBSCRIPTION_KEYS,),
    "invoices": INVOICE_KEYS,
    "payments": ("date", "amount"),
    "refunds": ("date", "amount", "clause"),
    "refused": ("date", "event", "subscription", "clause", "reason"),
    "duties": ("date", "duty", "clause"),
    "decisions": ("date", "event", "subscription", "clause", "verdict", "because"),
    "answers": (
        *("date", "subscription", "state", "can_cancel", "earliest_end", "route", "clauses", "because", "routes"),
        *("owed", "overdue", "overdue_since", "interest", "contested", "wanted_end", "law"),
        *OF_DOUBT,
    ),
}
"""The lists of an outcome, and the keys of their entries."""
TOTALS = ("charged", "paid", "refunded", "adjusted", "owed", "interest")
COMPARED = ("refused", "subscriptions", "decisions", "invoices", "refunds", "payments", "duties", "answers", "totals")
"""The parts of an outcome that are compared, in this order on one day."""
ECHOES = ("scenario", "until", "profile", "readings", "numbers", "member", "case")
"""The keys of the question that an outcome may repeat; they are not compared."""
WORDS = ("because", "reason", "contested", "wanted_end", "law", *OF_DOUBT)
"""The keys of an entry that are not compared: sentences, and additions to an answer."""
_ROUTE = (*(each.name for each in fields(WayOut)), "open")

_DATES = (
    *("date", "due", "from", "to", "paid_on", "registered_on", "binding_ends", "ends_on", "ended_on", "terms_since"),
    *("earliest_end", "give_notice_by", "overdue_since"),
)
_AMOUNTS = ("amount", *TOTALS, "refund", "still_to_pay", "overdue")
_BOOLEANS = frozenset({"suspended", "can_cancel", "open"})


class ShapeError(ValueError):
    """What a system answered is no outcome; the message says where, what was found, and what was expected."""


def plain_outcome(given: Json) -> dict[str, Json]:
    """The outcome that a system gave, with every date as ISO text and every amount as text with two decimals.

    ShapeError says what is wrong with it.
    """
    if not isinstance(given, Mapping):
        raise ShapeError(
            Message("the outcome is {found}, expected a mapping such as {form}", found=_kind(given), form=_EXAMPLE)
        )
    _check_keys("", given, (*COMPARED, *ECHOES))
    found = {key: _part(key, value) for key, value in given.items() if key in COMPARED}
    if not found:
        raise ShapeError(
            Message("the outcome has nothing to compare: give at least one of {keys}", keys=join_words(COMPARED, "or"))
        )
    return found


_EXAMPLE = '{"totals": {"charged": "447.00"}}'


def _part(key: str, value: Json) -> Json:
    if key == "totals":
        return _record("totals", value, TOTALS)
    return [_record(f"{key}[{index}]", entry, LISTS[key]) for index, entry in enumerate(_list(key, value))]


def _list(path: str, value: Json) -> list[Json]:
    if not isinstance(value, list | tuple):
        raise ShapeError(Message("{path} is {found}, expected a list", path=path, found=_kind(value)))
    return list(value)


def _record(path: str, value: Json, keys: tuple[str, ...]) -> dict[str, Json]:
    if not isinstance(value, Mapping):
        raise ShapeError(Message("{path} is {found}, expected a mapping", path=path, found=_kind(value)))
    _check_keys(path, value, keys)
    return {key: _value(f"{path}.{key}", key, each) for key, each in value.items() if key not in WORDS}


def _value(path: str, key: str, value: Json) -> Json:
    if value is None:
        return None
    if key == "states":
        return [_state(f"{path}[{index}]", each) for index, each in enumerate(_list(path, value))]
    if key == "routes":
        return [_record(f"{path}[{index}]", each, _ROUTE) for index, each in enumerate(_list(path, value))]
    if key == "clauses":
        return _list(path, value)
    if key in _DATES:
        return _date(path, value)
    if key in _AMOUNTS:
        return _amount(path, value)
    if key in _BOOLEANS:
        if not isinstance(value, bool):
            raise ShapeError(Message("{path} is {found}, expected true or false", path=path, found=_in_short(value)))
        return value
    if not isinstance(value, str):
        raise ShapeError(Message("{path} is {found}, expected text", path=path, found=_in_short(value)))
    return value


def _state(path: str, value: Json) -> dict[str, Json]:
    """A state as `{from, state}`, or as the pair `[date, state]` that a scenario file writes."""
    if isinstance(value, list | tuple) and len(value) == 2:
        value = dict(zip(("from", "state"), value, strict=True))
    return _record(path, value, ("from", "state"))


def _date(path: str, value: Json) -> str:
    text = value.isoformat() if isinstance(value, Day) and not hasattr(value, "hour") else value
    if isinstance(text, str):
        with suppress(ValueError):
            return day_from_iso(text).isoformat()
    raise ShapeError(
        Message("{path} is {found}, expected a date such as 2020-01-15", path=path, found=_in_short(value))
    )


_TEXT = re.compile(r"-?\d{1,12}(\.\d{1,2})?", re.ASCII)


def _amount(path: str, value: Json) -> str:
    """An amount as text; a number that is exact in two decimals counts as one."""
    if isinstance(value, str) and _TEXT.fullmatch(value):
        return f"{_unsigned_zero(Decimal(value)):.2f}"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        try:
            exact = Decimal(str(value))
            if exact == exact.quantize(Decimal("0.01")):
                return f"{_unsigned_zero(exact):.2f}"
        except InvalidOperation:  # not finite, or too large
            pass
    raise ShapeError(
        Message("{path} is {found}, expected kroner with at most two decimals", path=path, found=_in_short(value))
    )


def _unsigned_zero(value: Decimal) -> Decimal:
    return value if value else Decimal(0)


def _check_keys(path: str, value: Mapping[Json, Json], keys: tuple[str, ...]) -> None:
    for key in value:
        if key not in keys:
            fault = no_such(Message("key"), str(key), keys)
            raise ShapeError(Message("{path}: {fault}", path=path, fault=fault) if path else fault)


def _kind(value: Json) -> Message:
    if value is None:
        return Message("null")
    if isinstance(value, bool):
        return Message("true or false")
    if isinstance(value, str):
        return Message("text")
    if isinstance(value, int | float | Decimal):
        return Message("a number")
    if isinstance(value, Mapping):
        return Message("a mapping")
    return Message("a list") if isinstance(value, list | tuple) else Message("a {type}", type=type(value).__name__)


_LONGEST = 40


def _in_short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
