"""The records of a file of members, and the faults of a file that cannot be read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from subsim.basics.faults import START, InputError, InputErrors
from subsim.basics.texts import Message

TOO_LONG = b"\n\n"
"""Takes the place of a line that is too long; no real line has two line ends."""


class Members(NamedTuple):
    """The records of a file, in their order, and how many of its bytes have been read."""

    records: Iterator[bytes]
    reached: Callable[[], int]


def fault(path: Path | str, text: Message, advice: Message) -> InputError:
    """A fault of the file as a whole."""
    return InputError(file=str(path), line=START.line, column=START.column, text=text, advice=advice)


def unreadable(path: Path | str, form: str, error: Exception | str) -> InputErrors:
    """The fault that the file is damaged, or not of the format of its name."""
    message = Message("it cannot be read as {form}: {why}", form=form, why=error)
    return InputErrors([fault(path, message, Message("make it again, or let its name say what it is"))])
