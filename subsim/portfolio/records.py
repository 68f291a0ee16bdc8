"""The records of a file of members, and what is said of a file that cannot be read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from subsim.basics.faults import START, InputError, InputErrors, said


class Members(NamedTuple):
    """The records of a file, in their order, and how many of its bytes have been read."""

    records: Iterator[bytes]
    reached: Callable[[], int]


def fault(path: Path, message: str, remedy: str) -> InputError:
    """A fault of the file as a whole."""
    return InputError(file=str(path), line=START.line, column=START.column, message=message, remedy=remedy)


def unreadable(path: Path, form: str, error: Exception | str) -> InputErrors:
    """That the file is damaged, or not what its name says."""
    message = said("it cannot be read as {form}: {why}", form=form, why=error)
    return InputErrors([fault(path, message, said("make it again, or let its name say what it is"))])
