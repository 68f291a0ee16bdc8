"""Days and money (model.md, section 1): civil dates, month arithmetic, whole øre."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


def day_of(text: str) -> date:
    """A civil date; a timestamp counts on its Copenhagen date (section 1)."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"timestamp without offset: {text}")
    return moment.astimezone(ZoneInfo("Europe/Copenhagen")).date()


def plus(day: date, days: int) -> date:
    """`day + days`."""
    return day + timedelta(days=days)


def months(anchor: date, k: int) -> date:
    """The anchor's day number k months on, clipped to that month (section 1)."""
    years, month = divmod(anchor.year * 12 + anchor.month - 1 + k, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(anchor.day, last))


def half_up(amount: Fraction) -> int:
    """Whole øre, rounded half up (section 1)."""
    return (amount + Fraction(1, 2)).__floor__()


def ore(text: str) -> int:
    """DKK text as øre."""
    value = Decimal(text) * 100
    if value != int(value):
        raise ValueError(f"more than two decimals: {text}")
    return int(value)


def kroner(amount: int) -> str:
    """Øre as DKK text with two decimals."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def iso(day: date | None) -> str | None:
    """The ISO text of a date, or None."""
    return day.isoformat() if day is not None else None


def true(text: str | None) -> bool:
    """A YAML 1.2 boolean as text; absent is false."""
    return text is not None and text.lower() == "true"


def listed(value: Any, default: list[str]) -> list[str]:
    """A list of words; one bare word counts as a list of one."""
    if value is None:
        return default
    return [value] if isinstance(value, str) else list(value)
