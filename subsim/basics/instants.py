"""Instants: moments of the clock, RFC 3339 in UTC with microseconds, whose texts sort like the moments."""

import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache

from subsim.basics.dates import Day, days_after
from subsim.basics.expressions import Expression
from subsim.basics.notation import day_from_iso
from subsim.basics.texts import Message

Moment = datetime
"""A moment with its offset."""
Instant = str
"""An instant as it is written: `2026-11-03T09:30:00.123456Z`."""

_TICK = timedelta(microseconds=1)
_RFC_3339 = Expression(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


@cache
def _copenhagen() -> tzinfo:
    from zoneinfo import ZoneInfo  # loaded only where the time is needed

    return ZoneInfo("Europe/Copenhagen")


def written(moment: Moment) -> Instant:
    """The instant of a moment with an offset."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(instant: Instant) -> Moment:
    """The moment of an instant, in UTC."""
    return datetime.strptime(instant, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def next_instant(now: Moment, last: Instant | None) -> Instant:
    """The instant of `now`, or the first one after `last` where a clock has gone back."""
    instant = written(now)
    return instant if last is None or instant > last else written(moment_of(last) + _TICK)


def moment_now() -> Moment:
    """This moment in UTC. Only the shell and the desk may call it."""
    return datetime.now(UTC)


def hours_before(moment: Moment, hours: int) -> Moment:
    """The moment `hours` hours earlier."""
    return moment - timedelta(hours=hours)


def in_copenhagen(moment: Moment) -> Moment:
    """The moment by the clock of Copenhagen."""
    return moment.astimezone(_copenhagen())


def copenhagen_day_of(instant: Instant) -> Day:
    """The Copenhagen date of an instant."""
    return in_copenhagen(moment_of(instant)).date()


def known_instant(text: str) -> Instant:
    """The instant of an RFC 3339 text, or of a date its last instant in Copenhagen; ValueError says what is wrong."""
    match = _RFC_3339.compiled.fullmatch(text)
    if match is None:
        try:
            day = day_from_iso(text)
        except ValueError as fault:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                raise
            message = Message("not an instant such as 2026-11-03T09:30:00Z, nor a date")
            raise ValueError(message) from fault
        midnight = datetime.combine(days_after(day, 1), time(), _copenhagen())
        return written(midnight.astimezone(UTC) - _TICK)
    day_text, clock, fraction, offset = match.groups()
    day_from_iso(day_text)
    micro = (fraction or "0").ljust(6, "0")[:6]
    seconds = clock if clock.count(":") == 2 else f"{clock}:00"
    try:
        return written(datetime.fromisoformat(f"{day_text}T{seconds}.{micro}{offset.upper()}"))
    except (ValueError, OverflowError):
        raise ValueError(Message("no such moment in the calendar")) from None
