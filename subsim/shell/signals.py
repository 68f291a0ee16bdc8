"""Signals: Ctrl-C, SIGTERM and SIGHUP end the command without a word, with the exit code 128 + the signal's number.

While a command runs a signal is an exception, so that nothing half-written stays. Before and after that, when the
interpreter loads modules or shuts down, the process ends at once: there is nothing to clean up, and an exception
would be shown as a traceback.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that ask a command to end."""

_handled: list[int] = []
"""The signals that this process answers itself; none where subsim is part of another program."""
_received: list[int] = []


class Stopped(KeyboardInterrupt):
    """A signal has asked the command to end."""


def answer_signals() -> None:
    """Answer the signals in this process from now on; one that it was started to ignore stays ignored."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end_at_once)
            _handled.append(number)
    sys.unraisablehook = _end_if_stopped


@contextmanager
def stoppable() -> Iterator[None]:
    """A time in which a signal raises Stopped; a KeyboardInterrupt if the signals are not answered here."""
    for number in _handled:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in _handled:
            signal.signal(number, _end_at_once)


def exit_code() -> int | None:
    """The exit code of a command that a signal has asked to end; None if none has."""
    return 128 + _received[0] if _received else None


def _stop(number: int, _frame: FrameType | None) -> None:
    _received.append(number)
    raise Stopped


def _end_at_once(number: int, _frame: FrameType | None) -> None:
    os._exit(128 + number)


def _end_if_stopped(unraisable: "sys.UnraisableHookArgs") -> None:
    """End where an interrupt came at a place that cannot pass it on, such as a destructor."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        os._exit(exit_code() or 128 + signal.SIGINT)
    sys.__unraisablehook__(unraisable)
