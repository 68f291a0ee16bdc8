"""The clock of the desk: the only place of this room that asks for the time of day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from subsim.basics.dates import Day

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> Day:
    """Today in Copenhagen."""
    return now().astimezone(_COPENHAGEN).date()


def in_copenhagen(moment: datetime) -> datetime:
    """The moment by the clock of Copenhagen."""
    return moment.astimezone(_COPENHAGEN)
