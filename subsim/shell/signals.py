"""Signals: Ctrl-C, SIGTERM and SIGHUP end the command without a message, with the exit code 128 + the signal's number.

While a command runs, a signal raises an exception, so that nothing half-written stays. Before and after that, while the
interpreter loads modules or shuts down, the process ends at once, since there is nothing to clean up and an exception
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
"""The signals that this process handles itself; none where subsim is part of another program."""
_received: list[int] = []


class StopSignal(KeyboardInterrupt):
    """A signal has asked the command to end."""


def answer_signals() -> None:
    """Handle the signals in this process from now on; a signal that it was started to ignore stays ignored."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end_at_once)
            _handled.append(number)
    sys.unraisablehook = _end_if_stopped


@contextmanager
def stoppable() -> Iterator[None]:
    """A context in which a signal raises Stopped, or KeyboardInterrupt if the signals are not handled here."""
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
    raise StopSignal


def _end_at_once(number: int, _frame: FrameType | None) -> None:
    os._exit(128 + number)


def _end_if_stopped(unraisable: "sys.UnraisableHookArgs") -> None:
    """End where an interrupt came at a place that cannot pass it on, such as a destructor."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        os._exit(exit_code() or 128 + signal.SIGINT)
    sys.__unraisablehook__(unraisable)
