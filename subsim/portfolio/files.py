"""The files of a run: read as a stream of lines, written whole or not at all."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple
from uuid import uuid4

GZIP, ZSTD, PARQUET = ".gz", ".zst", ".parquet"
"""The endings of names that say more than NDJSON."""
_CHUNK = 1 << 20
_UNFINISHED = ".unfinished"


class Part(NamedTuple):
    """Some lines of the input: which part, the number of its first line, and the lines."""

    number: int
    first_line: int
    lines: list[bytes]


@contextmanager
def whole_path(path: Path) -> Iterator[Path]:
    """The name under which a file is written, so that nobody finds it half-written: its own when it is on the disk.

    Two may write the same at the same time: on a cluster, a worker that was thought lost and the one in its place.
    """
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}{_UNFINISHED}")
    try:
        yield unfinished
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that nobody finds half-written."""
    with whole_path(path) as unfinished, unfinished.open("wb") as file:
        yield file


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


def parts_of(records: Iterable[bytes], lines_a_part: int) -> Iterator[Part]:
    """The records in parts of so many lines."""
    number, first, lines = 0, 1, list[bytes]()
    for line in records:
        lines.append(line)
        if len(lines) == lines_a_part:
            yield Part(number, first, lines)
            number, first, lines = number + 1, first + lines_a_part, []
    if lines:
        yield Part(number, first, lines)
