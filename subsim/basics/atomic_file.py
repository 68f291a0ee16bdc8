"""Files that are written whole or not at all: beside their place first, on the disk, and then put there."""

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
"""How much of the name the unfinished one repeats: a name has at most 255 bytes."""


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """The name under which the block writes the file; it takes its place when it is on the disk. OSError if it cannot.

    A link stays one, and what it leads to is written; a device or a pipe is written as it is.

    Two may write the same file at the same time: on a cluster, a worker thought lost and the one in its place.
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
        error.filename = str(path)  # not the name that it has meanwhile, nor none where the disk is full
        raise
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """The file, open to be written by the block; it takes its place when it is on the disk."""
    with atomic_path(path) as unfinished, unfinished.open("wb") as file:
        if file.seekable():
            flock(file, LOCK_SH)  # as long as it lives, nobody takes the file for one that was left
        yield file


def write_atomically(data: bytes, path: Path) -> None:
    """Write the file; OSError where that is not possible."""
    with atomic_file(path) as file:
        file.write(data)


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A folder for what the block needs to write the file, gone after it; OSError if it cannot be made."""
    path = Path(os.path.realpath(path))
    folder = _unfinished(path)
    folder.mkdir()
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
    """Remove what a process that was killed left half-written."""
    for file in folder.glob(f"*{UNFINISHED}"):
        if not file.is_dir():
            file.unlink(missing_ok=True)


def remove_abandoned(path: Path) -> None:
    """Remove what a process that was killed left of this file; what a living one writes stays."""
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
