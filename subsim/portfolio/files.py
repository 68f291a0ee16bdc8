"""The files of a run: read as a stream of lines, written whole or not at all."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple
from uuid import uuid4

from subsim.portfolio.records import TOO_LONG

GZIP, ZSTD, PARQUET = ".gz", ".zst", ".parquet"
"""The endings of names that say more than NDJSON."""
_CHUNK = 1 << 20
UNFINISHED = ".unfinished"


BYTES_A_PART = 8_000_000
"""Where a part ends that has fewer lines than it might: so memory is bounded, however long they are."""


class Part(NamedTuple):
    """Some lines of the input: which part, the number of its first line, and the lines; `done` if all is done already.

    `rejected` has the reasons why lines are not replayed, by their numbers.
    """

    number: int
    first_line: int
    lines: list[bytes]
    rejected: dict[int, str]
    done: bool = False


@contextmanager
def whole_path(path: Path) -> Iterator[Path]:
    """The name under which a file is written, so that nobody finds it half-written: its own when it is on the disk.

    Two may write the same at the same time: on a cluster, a worker that was thought lost and the one in its place.
    """
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}{UNFINISHED}")
    try:
        yield unfinished
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        error.filename = str(path)  # not the name that it has meanwhile, nor none where the disk is full
        raise
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that nobody finds half-written."""
    with whole_path(path) as unfinished, unfinished.open("wb") as file:
        yield file


def remove_unfinished(folder: Path) -> None:
    """Remove what a run that was killed left half-written."""
    for file in folder.glob(f"*{UNFINISHED}"):
        file.unlink(missing_ok=True)


class Fingerprint(NamedTuple):
    """What tells one file from another: its size in bytes and its SHA-256."""

    size: int
    sha256: str


def fingerprint(path: Path) -> Fingerprint:
    """The fingerprint of a file."""
    with path.open("rb") as file:
        return Fingerprint(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def concatenate(parts: list[Path], path: Path) -> None:
    """Put the files one after the other into one."""
    with whole_file(path) as whole:
        for part in parts:
            with part.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    whole.write(chunk)


def parts_of(records: Iterable[bytes], lines_a_part: int, judge: Callable[[bytes, int], str | None]) -> Iterator[Part]:
    """The records in parts of so many lines, fewer where they are long; `judge` gives the reason to reject a line.

    A line with nothing in it keeps its number, but not its spaces.
    """
    number, first, lines, rejected, size = 0, 1, list[bytes](), dict[int, str](), 0
    for line_number, line in enumerate(records, start=1):
        if line.isspace() and line != TOO_LONG:
            line = b""
        elif line and (reason := judge(line, line_number)):
            rejected[line_number] = reason
            line = b""
        lines.append(line)
        size += len(line)
        if len(lines) == lines_a_part or size >= BYTES_A_PART:
            yield Part(number, first, lines, rejected)
            number, first, lines, rejected, size = number + 1, line_number + 1, [], {}, 0
    if lines:
        yield Part(number, first, lines, rejected)
