"""How days and amounts are written in a file and on the command line. No other notation is accepted."""

import re
from collections.abc import Callable

from subsim.basics.dates import Day, day_of_moment
from subsim.basics.expressions import Expression
from subsim.basics.money import kroner
from subsim.basics.texts import Message

FIRST_DAY, LAST_DAY = Day(1900, 1, 1), Day(2199, 12, 31)
LARGEST = 99_999_999_999
"""The largest amount a file may name, in øre: 999,999,999.99 kroner."""

_DAY = Expression(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DANISH_DAY = Expression(r"(?P<day>\d{1,2})([./])(?P<month>\d{1,2})\2(?P<year>\d{4})", re.ASCII)
_HANDWRITTEN_DAY = Expression(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})-(?P<year>\d{4})", re.ASCII)
_OTHER_DAYS = (
    _DANISH_DAY,
    _HANDWRITTEN_DAY,
    Expression(r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})", re.ASCII),
    Expression(r"(?P<year>\d{4})([-./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", re.ASCII),
    Expression(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII),
)
"""Other ways in which people and programs write a day: a file does not take them, but its error says what to write."""
_WEEKDAY = r"(?:(?P<weekday>[a-zø]+da[gy]),? )?"
_DAYS_IN_WORDS = tuple(
    Expression(_WEEKDAY + rest, re.ASCII)
    for rest in (
        r"(?:den |d\. ?)?(?P<day>\d{1,2})(?:\.|st|nd|rd|th)? ?(?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})",
        r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    )
)
"""`onsdag den 15. april 2020`, `15 Apr 2020`, `April 15th, 2020`, in small letters."""
_WHOLE_MONTHS = (
    *("januar/january", "februar/february", "marts/march", "april", "maj/may", "juni/june", "juli/july", "august"),
    *("september", "oktober/october", "november", "december"),
)
_MONTHS = {
    written: month
    for month, names in enumerate(_WHOLE_MONTHS, 1)
    for name in names.split("/")
    for written in (name, name[:3], name[:4])
}
"""The months by their Danish and English names, whole or short."""
_WEEKDAYS = (
    *("mandag/monday", "tirsdag/tuesday", "onsdag/wednesday", "torsdag/thursday", "fredag/friday"),
    *("lørdag/saturday", "søndag/sunday"),
)
_TIMESTAMP = Expression(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|z|[+-]\d{2}:\d{2})", re.ASCII)
_AMOUNT = Expression(r"(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)
_KRONER = r"(?:kr\.?|kroner|dkk)"
_DANISH_AMOUNT = Expression(
    rf"(?P<before>{_KRONER} ?)?(?P<whole>\d{{1,3}}(?:[. ]\d{{3}})+|\d{{1,9}})(?:[.,](?P<decimals>\d{{1,2}}|-))?"
    rf"(?P<after> ?{_KRONER})?",
    re.ASCII | re.IGNORECASE,
)
"""As people write an amount: a file does not take it, but its error says what to write."""
BEFORE_COMMA = Expression(rf"({_KRONER} ?)?-?\d{{1,9}}([. ]\d{{3}})*", re.ASCII | re.IGNORECASE)
AFTER_COMMA = Expression(rf"(\d{{1,3}}|-)( ?{_KRONER})?", re.ASCII | re.IGNORECASE)
"""What may stand before and after the decimal comma of an amount that is written so."""


def day_from_iso(text: str) -> Day:
    """The day written as YYYY-MM-DD, and in no other way; ValueError says what is wrong."""
    if not _DAY.compiled.fullmatch(text):
        iso = _meant(text)
        if iso is not None:
            raise ValueError(Message("not a date of the form YYYY-MM-DD: write {iso}", iso=iso))
        raise ValueError(Message("not a date of the form YYYY-MM-DD"))
    try:
        day = Day.fromisoformat(text)
    except ValueError:
        raise ValueError(Message("no such day in the calendar")) from None
    return _within_range(day)


def _meant(text: str) -> str | None:
    """The day of another usual notation, as YYYY-MM-DD; None where it is not a day or is out of range."""
    written = next(filter(None, (way.compiled.fullmatch(text) for way in _OTHER_DAYS)), None)
    iso = _iso_of_words(text.lower()) if written is None else _iso(written)
    if iso is None:
        return None
    try:
        _within_range(Day.fromisoformat(iso))
    except ValueError:
        return None
    return iso


def _iso_of_words(text: str) -> str | None:
    """The day that is written in words, as YYYY-MM-DD; None where it is none, or falls on another weekday."""
    written = next(filter(None, (way.compiled.fullmatch(text) for way in _DAYS_IN_WORDS)), None)
    if written is None or (month := _MONTHS.get(written["month"])) is None:
        return None
    iso = f"{written['year']}-{month:02d}-{written['day']:0>2}"
    if written["weekday"] is not None:
        try:
            weekday = Day.fromisoformat(iso).weekday()
        except ValueError:
            return iso  # which says itself that there is no such day
        if written["weekday"] not in _WEEKDAYS[weekday].split("/"):
            return None
    return iso


def _iso(written: re.Match[str]) -> str:
    return f"{written['year']}-{written['month']:0>2}-{written['day']:0>2}"


def iso_or_none(day: Day | None) -> str | None:
    """The day as YYYY-MM-DD, None where there is none."""
    return None if day is None else day.isoformat()


def iso_month(day: Day) -> str:
    """The month of a day as YYYY-MM."""
    return f"{day.year}-{day.month:02d}"


def day_as_written(text: str, clock: Callable[[], Day]) -> Day:
    """The day as people write it: `2020-04-15`, `15.4.2020`, `15/4/2020`, `15/4-2020`, `15. april 2020`, `today`.

    ValueError as above.
    """
    words = " ".join(text.lower().split())
    if words in ("today", "i dag"):
        return clock()
    if _DAY.compiled.fullmatch(words):
        return day_from_iso(words)
    written = _DANISH_DAY.compiled.fullmatch(words) or _HANDWRITTEN_DAY.compiled.fullmatch(words)
    return day_from_iso((_iso_of_words(words) or words) if written is None else _iso(written))


def copenhagen_day(text: str) -> Day:
    """The Copenhagen date of a timestamp with an offset; ValueError says what is wrong."""
    if not _TIMESTAMP.compiled.fullmatch(text):
        raise ValueError(Message("not a date, nor a timestamp with an offset"))
    try:
        day = day_of_moment(text.upper())
    except (ValueError, OverflowError):
        raise ValueError(Message("no such moment in the calendar")) from None
    return _within_range(day)


def _within_range(day: Day) -> Day:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(Message("dates lie in {first}-{last}", first=FIRST_DAY.year, last=LAST_DAY.year))
    return Day(day.year, day.month, day.day)


def ore(text: str) -> int:
    """The øre of an amount of kroner written with at most two decimals; ValueError says what is wrong."""
    match = _AMOUNT.compiled.fullmatch(text)
    if match is None:
        if re.fullmatch(r"\d+\.\d{3,}", text, re.ASCII):
            raise ValueError(Message("an amount has at most two decimals"))
        if re.fullmatch(r"-\d+([.,]\d*)?", text, re.ASCII):
            raise ValueError(Message("an amount is 0.00 or more"))
        if re.fullmatch(r"\d{10,}(\.\d*)?", text, re.ASCII):
            raise ValueError(Message("an amount is at most {largest}", largest=kroner(LARGEST)))
        if danish := _DANISH_AMOUNT.compiled.fullmatch(text):
            amount = f"{re.sub('[. ]', '', danish['whole'])}.{(danish['decimals'] or '').strip('-').ljust(2, '0')}"
            if danish["before"] or danish["after"]:
                raise ValueError(Message("write {amount}: the number alone, with a decimal point", amount=amount))
            raise ValueError(Message("write {amount}, with a decimal point", amount=amount))
        raise ValueError(Message("not an amount of kroner such as 149.00"))
    whole, decimals = match.groups()
    return int(whole) * 100 + int((decimals or "0").ljust(2, "0"))


def ore_of(written: str) -> int:
    """The øre of an amount as `kroner` writes it: `-447.00` is -44700."""
    return int(written.replace(".", ""))
