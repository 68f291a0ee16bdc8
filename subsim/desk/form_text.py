"""Reads what people type into the page: dates in several forms, amounts with a comma."""

import re

from subsim.basics.dates import Day
from subsim.basics.languages import Code
from subsim.basics.notation import day_from_iso
from subsim.files.doubts import Span, span

_TODAY = ("i dag", "today", "idag")
_DOTTED = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4})", re.ASCII)
_COMMA = re.compile(r"(\d{1,9}),(\d{1,2})", re.ASCII)


def day_text(text: str, today: Day) -> str:
    """The date typed as an ISO date, or a range as two with `..`; other text as it is, which the reader refuses."""
    words = " ".join(text.split())
    if ".." in words:
        return "..".join(day_text(part, today) for part in words.split(".."))
    if words.lower() in _TODAY:
        return today.isoformat()
    if match := _DOTTED.fullmatch(words):
        day, month, year = match.groups()
        return f"{year}-{int(month):02d}-{int(day):02d}"
    return words


def span_of_text(text: str, today: Day) -> Span | None:
    """The range of days that was typed; None where it is none."""
    try:
        return span(day_text(text, today))
    except ValueError:
        return None


def day_of_text(text: str, today: Day) -> Day | None:
    """The day that was typed; None where it is none."""
    try:
        return day_from_iso(day_text(text, today))
    except ValueError:
        return None


def amount_text(text: str) -> str:
    """The amount typed, with a point in place of the comma."""
    words = text.strip()
    match = _COMMA.fullmatch(words)
    return f"{match[1]}.{match[2]}" if match else words


def day_in_words(day: Day, code: Code) -> str:
    """The day with its weekday: `mandag den 31. august 2020`, `Monday 31 August 2020`."""
    from babel.dates import format_date

    if code == "da":
        return format_date(day, "EEEE 'den' d. MMMM y", locale="da")
    return format_date(day, "EEEE d MMMM y", locale="en_GB")
