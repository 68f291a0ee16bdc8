"""A portfolio run over the exported members that loses workers, is killed, and is resumed."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from attrs import frozen

from subsim.portfolio.header import Header
from subsim.portfolio.job import SUMMARY, Job, do
from subsim.portfolio.lock import LOCK
from subsim.portfolio.pool import Done, Task
from subsim.portfolio.run import Run

_TOUCHES = ("open", "write", "writelines", "flush", "fsync", "close", "replace", "rename", "unlink", "mkdir")
"""The functions that touch a file."""
_COPIES = 2
_LINES_A_PART = 2
_LIVES = 3
"""How often one part, or one run, is killed at most."""


@frozen
class LostWorkers:
    """Workers of which some are killed in the middle of a part, and some repeat a part of another one."""

    random: Random

    def in_turn(self, work: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        """The results of the tasks, in the order of the tasks."""
        for task in tasks:
            for _ in range(self.random.randrange(_LIVES)):
                killed(self.random.randrange(self.random.choice((1, 28)), 44), lambda part=task: work(part))  # type: ignore[misc]
            other = _begun(lambda part=task: work(part)) if self.random.random() < 0.3 else None  # type: ignore[misc]
            yield work(task)
            if other is not None:
                os.waitpid(other, 0)


def killed(after: int, work: Callable[[], Any]) -> None:
    """Run a function in a child process that is killed at its `after`-th call of a function that touches files."""

    def mortal() -> None:
        os.setpgid(0, 0)
        left = [after]

        def count(_frame: object, happens: str, called: Any) -> None:
            if happens == "c_call" and getattr(called, "__name__", "") in _TOUCHES:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        work()

    open_until_all_are_gone, held = os.pipe()
    child = _begun(mortal)
    os.close(held)
    os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # workers end with the process that they work for
    os.read(open_until_all_are_gone, 1)
    os.close(open_until_all_are_gone)


def _begun(work: Callable[[], Any]) -> int:
    """Start a child process that runs a function and exits, even if the function raises."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def differs(records: Sequence[bytes], header: Header, folder: Path, random: Random) -> str | None:
    """The first file in which a disturbed run differs from an undisturbed one; None where all are equal."""
    members = folder / "members.ndjson"
    members.write_bytes(b"".join(line + b"\n" for line in records for _ in range(_COPIES)))
    work = Run(header)
    calm = Job(members=members, work=work, output=folder / "calm", to="ndjson", lines_a_part=_LINES_A_PART)
    do(calm, 1)
    rough = Job(members=members, work=work, output=folder / "rough", to="ndjson", lines_a_part=_LINES_A_PART)
    for _ in range(random.randrange(_LIVES)):
        killed(random.randrange(1, 150), lambda: do(rough, LostWorkers(random), resume=True))
    do(rough, LostWorkers(random), resume=True)
    names = sorted(path.name for path in calm.output.iterdir() if path.name != LOCK)
    if names != sorted(path.name for path in rough.output.iterdir() if path.name != LOCK):
        return "the list of files"
    assert SUMMARY in names
    return next((name for name in names if _bytes(calm, name) != _bytes(rough, name)), None)


def _bytes(job: Job, name: str) -> bytes:
    return (job.output / name).read_bytes()
