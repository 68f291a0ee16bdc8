"""The lock of a folder: held by one process as long as it runs, with its name."""

import fcntl
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOCK = "run.lock"


class FolderInUse(Exception):  # noqa: N818 - it names a state
    """Another process works in the folder: `host` and `process` say which."""

    def __init__(self, holder: dict[str, Any]) -> None:
        super().__init__(holder)
        self.host, self.process = holder.get("host", "?"), holder.get("process", "?")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of an existing folder; FolderInUse where another process has it.

    The system releases the lock when the process ends in any way. The file may remain; it means nothing without a lock.
    """
    path = folder / LOCK
    with _own_file(path) as number:
        os.ftruncate(number, 0)
        os.pwrite(number, json.dumps({"host": platform.node(), "process": os.getpid()}).encode(), 0)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _own_file(path: Path) -> Iterator[int]:
    """The file of this name with its lock held, and not one that its holder has just removed."""
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderInUse(_holder(os.pread(number, 1000, 0))) from None
            if _is_still(path, number):
                yield number
                return
        finally:
            os.close(number)


def _is_still(path: Path, number: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(number))
    except FileNotFoundError:
        return False


def _holder(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
