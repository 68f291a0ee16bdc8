"""The files of a run: named, told apart, cut in parts and put together."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from subsim.basics.atomic_file import atomic_file
from subsim.portfolio.records import TOO_LONG

GZIP, ZSTD, PARQUET = ".gz", ".zst", ".parquet"
"""The endings of names that say more than NDJSON."""
_CHUNK = 1 << 20


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
    with atomic_file(path) as whole:
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
