"""The standard streams: what a command does when one of them is closed, full, or breaks.

A result that cannot be written to standard output, or a `-` that cannot be read from standard input, ends the command
with a message and an exit code of its own. A message that cannot be written to standard error is dropped; the exit code
stays. A reader of standard output that has ended ends the command without a message.
"""

import errno
import io
import os
import select
import sys
from typing import IO, Any

from subsim.basics.texts import Message, system_message

STREAM_LOST, READER_GONE = 74, 141
"""The exit codes: a standard stream cannot be used (EX_IOERR); its reader has ended (128 + SIGPIPE)."""


class StreamLost(Exception):  # noqa: N818 - it names an event; not an OSError, which would be taken for that of a file
    """A standard stream cannot be used; the message says which and why."""

    def __init__(self, message: Message | None, exit_code: int = STREAM_LOST) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code


def secure_streams() -> None:
    """Replace the standard streams by ones that fail as described above.

    A closed stream is opened as one that cannot be used; else the next file opened would get its number.
    """
    closed = [number for number in range(3) if not _is_open(number)]
    for number in closed:
        os.open(os.devnull, os.O_RDONLY if number == 1 else os.O_WRONLY)  # takes the lowest number that is free
    if 0 in closed:
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - it stays open as long as the process
    sys.stdout = _text_stream(sys.stdout, _Results(1), "replace")
    sys.stderr = _text_stream(sys.stderr, _Messages(2), "backslashreplace")


def standard_input() -> bytes:
    """All bytes of standard input; StreamLost where it cannot be read."""
    return binary_input().read()


def binary_input() -> IO[bytes]:
    """Standard input as bytes; reading raises StreamLost where it cannot be read."""
    if isinstance(sys.stdin, io.TextIOWrapper) and isinstance(sys.stdin.buffer, io.BufferedReader):
        return io.BufferedReader(_Input(sys.stdin.buffer))
    return sys.stdin.buffer


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _text_stream(replaced: Any, raw: io.RawIOBase, errors: str) -> io.TextIOWrapper:
    encoding = getattr(replaced, "encoding", None) or "utf-8"
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding=encoding, errors=errors, line_buffering=raw.isatty())


class _Writer(io.RawIOBase):
    """Writes to a standard stream; after a failure all further output is dropped."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.lost = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.number

    def isatty(self) -> bool:
        return os.isatty(self.number)

    def write(self, data: Any) -> int:
        if self.lost:
            return len(data)
        try:
            return self._written(data)
        except OSError as error:
            self.lost = True
            return self._fail(error, len(data))

    def _written(self, data: Any) -> int:
        """Write and return the number of bytes; wait for the reader of a non-blocking stream."""
        while True:
            try:
                return os.write(self.number, data)
            except BlockingIOError:
                select.select([], [self.number], [])

    def _fail(self, error: OSError, length: int) -> int:
        raise NotImplementedError


class _Results(_Writer):
    """Standard output: a failed write raises StreamLost."""

    def _fail(self, error: OSError, length: int) -> int:
        if isinstance(error, BrokenPipeError):
            raise StreamLost(None, READER_GONE) from None
        raise StreamLost(Message("the result cannot be written to standard output: {why}", why=_why(error))) from None


class _Messages(_Writer):
    """Standard error: a failed write is dropped."""

    def _fail(self, error: OSError, length: int) -> int:
        return length


class _Input(io.RawIOBase):
    """Reads from standard input."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.stream = stream

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return 0

    def readinto(self, buffer: Any) -> int:
        try:
            return self.stream.readinto(buffer)
        except OSError as error:
            raise StreamLost(Message("standard input cannot be read: {why}", why=_why(error))) from None


def _why(error: OSError) -> Message | str:
    return Message("it is closed") if error.errno == errno.EBADF else system_message(error)
