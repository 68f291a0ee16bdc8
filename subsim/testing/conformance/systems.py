"""A system under test as a process: a request a line in, an outcome a line out, as JSON.

Whether it crashes, hangs, prints something else than JSON, or ends early, the caller gets a reply or a `SystemFault`
with a message. It is started at the first question, and again after each fault.
"""

import os
import selectors
import shlex
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from json import JSONDecodeError, dumps, loads
from subprocess import PIPE, Popen, TimeoutExpired
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any

from attrs import define, field, frozen

from subsim.basics.names import visible
from subsim.basics.texts import Message, system_message

_MOST_BYTES = 50_000_000
"""The most bytes of an answer."""
_LAST_WORDS = 400


class SystemFault(Exception):  # noqa: N818 - it is the system's, not ours
    """The system gave no outcome for a request; `text` says what happened."""

    def __init__(self, text: Message) -> None:
        super().__init__(text)
        self.text = text


@frozen
class NotSupported:
    """The system does not support the request, with the reason."""

    reason: str


def command_of(given: str) -> list[str]:
    """The program and its arguments of a command line; ValueError where it is none."""
    try:
        words = shlex.split(given)
    except ValueError:
        raise ValueError(Message("{command} is no command: a quote is not closed", command=repr(given))) from None
    if not words:
        raise ValueError(Message("the command is empty"))
    return words


def command_of_object(given: str) -> list[str]:
    """The command that runs an object of Python as a system; ValueError where it is not of the form MODULE:OBJECT."""
    module, colon, name = given.partition(":")
    if not (colon and all(map(str.isidentifier, [*module.split("."), *name.split(".")]))):
        raise ValueError(Message("{value} is not of the form {form}", value=repr(given), form="MODULE:OBJECT"))
    return [sys.executable, "-m", "subsim.testing.conformance.worker", given]


@define(eq=False)
class System:
    """A system that runs as a process; close it when it is no longer asked. `timeout` is in seconds, a request."""

    command: Sequence[str]
    timeout: float
    _process: "Popen[bytes] | None" = None
    _words: IO[bytes] | None = None
    _rest: bytes = field(default=b"")

    def ask(self, request: dict[str, Any]) -> dict[str, Any] | NotSupported:
        """The reply to a request: an outcome not yet checked, or that it is not supported. SystemFault otherwise."""
        process = self._started()
        try:
            line = self._exchange(process, dumps(request, ensure_ascii=False).encode() + b"\n")
            return _reply(line, request["case"])
        except SystemFault:
            self.close()
            raise

    def _started(self) -> "Popen[bytes]":
        if self._process is None:
            self._words, self._rest = TemporaryFile(), b""  # noqa: SIM115 - close() closes it
            try:
                self._process = Popen(
                    self.command, stdin=PIPE, stdout=PIPE, stderr=self._words, start_new_session=True, bufsize=0
                )
            except OSError as error:
                raise SystemFault(
                    Message("{command} cannot be started: {why}", command=self.command[0], why=system_message(error))
                ) from None
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                os.set_blocking(pipe.fileno(), False)
        return self._process

    def _exchange(self, process: "Popen[bytes]", out: bytes) -> bytes:
        """Write a line and read one at the same time, since some systems write before they have read all."""
        assert process.stdin is not None
        assert process.stdout is not None
        until, read = monotonic() + self.timeout, [self._rest]
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            ready.register(process.stdin, selectors.EVENT_WRITE)
            while b"\n" not in read[-1]:
                left = until - monotonic()
                events = ready.select(left) if left > 0 else []
                if not events:
                    raise SystemFault(Message("no answer within {seconds} seconds", seconds=f"{self.timeout:g}"))
                for key, _ in events:
                    if key.fileobj is process.stdin:
                        out = self._written(process, out)
                        if not out:
                            ready.unregister(process.stdin)
                    else:
                        read.append(self._read(process))
                        if sum(map(len, read)) > _MOST_BYTES:
                            raise SystemFault(Message("an answer of more than {number:,} bytes", number=_MOST_BYTES))
        line, _, self._rest = b"".join(read).partition(b"\n")
        return line

    def _written(self, process: "Popen[bytes]", out: bytes) -> bytes:
        assert process.stdin is not None
        try:
            return out[os.write(process.stdin.fileno(), out[: 1 << 16]) :]
        except BlockingIOError:
            return out
        except BrokenPipeError:
            raise self._ended(process) from None

    def _read(self, process: "Popen[bytes]") -> bytes:
        assert process.stdout is not None
        found = os.read(process.stdout.fileno(), 1 << 16)
        if not found:
            raise self._ended(process)
        return found

    def _ended(self, process: "Popen[bytes]") -> SystemFault:
        with suppress(TimeoutExpired):
            process.wait(timeout=1)
        code = process.poll()
        how = (
            Message("it closed its output")
            if code is None
            else Message("it ended with exit code {code}", code=code)
            if code >= 0
            else Message("it was ended by {signal}", signal=_signal_name(-code))
        )
        return SystemFault(Message("{how}: {words}", how=how, words=words) if (words := self._last_words()) else how)

    def _last_words(self) -> str:
        """The last lines that it wrote to standard error."""
        if self._words is None:
            return ""
        self._words.seek(0, os.SEEK_END)
        self._words.seek(max(0, self._words.tell() - _LAST_WORDS))
        lines = self._words.read().decode(errors="replace").strip().splitlines()
        return visible(" / ".join(line.strip() for line in lines[-2:]))

    def close(self) -> None:
        """End the process and all that it started."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.wait()
        if self._words is not None:
            self._words.close()
            self._words = None


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _reply(line: bytes, asked: str) -> dict[str, Any] | NotSupported:
    try:
        reply = loads(line)
    except (JSONDecodeError, UnicodeDecodeError, RecursionError):
        excerpt = visible(line[:60].decode(errors="replace"))
        raise SystemFault(Message("the answer is no JSON: {line}", line=excerpt)) from None
    if not isinstance(reply, dict):
        raise SystemFault(Message("the answer is no mapping: {line}", line=visible(str(reply)[:60])))
    if reply.get("case", asked) != asked:
        raise SystemFault(
            Message("asked about {case}, it answered about {other}", case=asked, other=visible(str(reply["case"])[:60]))
        )
    if "error" in reply:
        raise SystemFault(Message("it failed: {words}", words=visible(str(reply["error"])[:_LAST_WORDS])))
    if "not_supported" in reply:
        return NotSupported(visible(str(reply["not_supported"])[:_LAST_WORDS]))
    return reply
