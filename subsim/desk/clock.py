"""The clock of the desk, which runs for days: the only place of this room that asks for the time."""

import time

from subsim.basics.dates import Day
from subsim.basics.instants import Moment, copenhagen_day_of, moment_now, written


def moment() -> Moment:
    """This moment, in UTC."""
    return moment_now()


def current_day() -> Day:
    """Today in Copenhagen."""
    return copenhagen_day_of(written(moment_now()))


def epoch_seconds() -> float:
    """The seconds since 1970, for expiry times."""
    return time.time()


def stopwatch() -> float:
    """The seconds of a monotonic clock, to measure durations."""
    return time.monotonic()
