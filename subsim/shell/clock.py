"""The one clock of the command line."""

from datetime import datetime
from zoneinfo import ZoneInfo

from subsim.basics.dates import Day


def today() -> Day:
    """The day that it is in Copenhagen."""
    return datetime.now(ZoneInfo("Europe/Copenhagen")).date()
