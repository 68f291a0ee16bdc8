"""The files of a run: read as a stream of lines, written whole or not at all."""

import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple
from uuid import uuid4

from subsim.portfolio.members import LONGEST_LINE

_CHUNK = 1 << 20
_UNFINISHED = ".unfinished"


class Part(NamedTuple):
    """Some lines of the input: which part, the number of its first line, and the lines."""

    number: int
    first_line: int
    lines: list[bytes]


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that nobody finds half-written: it takes its name when all of it is on the disk.

    Two may write the same at the same time: on a cluster, a worker that was thought lost and the one in its place.
    """
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}{_UNFINISHED}")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def whole_members_file(path: Path) -> Iterator[IO[bytes]]:
    """The same, compressed where the name ends in .gz; equal content gives equal bytes."""
    with whole_file(path) as file:
        if path.suffix != ".gz":
            yield file
        else:
            with gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as compressed:
                yield compressed  # type: ignore[misc]


def remove_unfinished(folder: Path) -> None:
    """Remove what a run that was killed left half-written."""
    for file in folder.glob(f"*{_UNFINISHED}"):
        file.unlink(missing_ok=True)


def fingerprint(path: Path) -> dict[str, Any]:
    """What tells one file from another: its size and its SHA-256."""
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def concatenate(parts: list[Path], path: Path) -> None:
    """Put the files one after the other into one."""
    with whole_file(path) as whole:
        for part in parts:
            with part.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    whole.write(chunk)


def parts_of(raw: BinaryIO, compressed: bool, lines_a_part: int) -> Iterator[Part]:
    """The input in parts of so many lines; a line that is too long stands cut off, at its full allowed length."""
    stream = gzip.GzipFile(fileobj=raw) if compressed else raw
    number, first, lines = 0, 1, list[bytes]()
    for line in _lines(stream):
        lines.append(line)
        if len(lines) == lines_a_part:
            yield Part(number, first, lines)
            number, first, lines = number + 1, first + lines_a_part, []
    if lines:
        yield Part(number, first, lines)


def _lines(stream: Any) -> Iterator[bytes]:
    while line := stream.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
