"""Files that are written whole or not at all: under another name first, then renamed once they are on the disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from glob import escape
from pathlib import Path
from shutil import rmtree
from typing import IO
from uuid import uuid4

UNFINISHED = ".unfinished"
_LONGEST = 40
"""How many bytes of the name the unfinished file repeats; a name has at most 255."""


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """The name under which the block writes the file, which gets its own name once it is on the disk.

    Of a link the target is written. A device or a pipe is written directly. Two processes may write the same file at
    the same time, such as a worker of a cluster and the one that replaced it. OSError if the file cannot be written.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        yield path
        return
    path = Path(os.path.realpath(path))
    unfinished = _unfinished(path)
    try:
        yield unfinished
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        error.filename = str(
            path
        )  # name the file itself: the temporary name says nothing to the user, and a full disk gives none
        raise
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """The file, open for the block to write; it gets its name once it is on the disk. OSError as above."""
    with atomic_path(path) as unfinished, unfinished.open("wb") as file:
        if file.seekable():
            flock(file, LOCK_SH)  # while this process runs, no other removes the file as abandoned
        yield file


def write_atomically(data: bytes, path: Path) -> None:
    """Write the file; OSError where that is not possible."""
    with atomic_file(path) as file:
        file.write(data)


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A folder beside the file for the block to use, removed after it; OSError if it cannot be made."""
    path = Path(os.path.realpath(path))
    folder = _unfinished(path)
    try:
        folder.mkdir()
    except OSError as error:
        error.filename = str(path)  # as above
        raise
    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_SH)  # as in `atomic_file`
        yield folder
    finally:
        os.close(handle)
        rmtree(folder, ignore_errors=True)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name[:_LONGEST]}.{uuid4().hex}{UNFINISHED}")


def remove_unfinished(folder: Path) -> None:
    """Remove the unfinished files that killed processes left in a folder."""
    for file in folder.glob(f"*{UNFINISHED}"):
        if not file.is_dir():
            file.unlink(missing_ok=True)


def remove_abandoned(path: Path) -> None:
    """Remove the unfinished copies of this file that killed processes left, but none of a process that still runs."""
    path = Path(os.path.realpath(path))
    for left in path.parent.glob(f"{escape(path.name[:_LONGEST])}.*{UNFINISHED}"):
        with suppress(OSError):
            handle = os.open(left, os.O_RDONLY)
            try:
                flock(handle, LOCK_EX | LOCK_NB)
                (rmtree if left.is_dir() else os.unlink)(left)
            finally:
                os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Put the file's new name on the disk, where the system can sync a folder."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
