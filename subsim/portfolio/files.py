"""The files of a run: names, fingerprints, parts, and concatenation."""

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
"""The bytes after which a part ends early, to bound memory for long lines."""


class Part(NamedTuple):
    """A part of the input: its number, the number of its first line, and its lines; `done` if it is finished.

    `rejected` has the reason by number of line where one is not replayed.
    """

    number: int
    first_line: int
    lines: list[bytes]
    rejected: dict[int, str]
    done: bool = False


class Fingerprint(NamedTuple):
    """The identity of a file: its size in bytes and its SHA-256."""

    size: int
    sha256: str


def fingerprint(path: Path) -> Fingerprint:
    """The fingerprint of a file."""
    with path.open("rb") as file:
        return Fingerprint(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def concatenate(parts: list[Path], path: Path) -> None:
    """Join the files into one, in this order."""
    with atomic_file(path) as whole:
        for part in parts:
            with part.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    whole.write(chunk)


def parts_of(records: Iterable[bytes], lines_a_part: int, judge: Callable[[bytes, int], str | None]) -> Iterator[Part]:
    """The records in parts of so many lines, fewer if they are long; `judge` gives the reason to reject a line.

    An empty line counts, but its spaces are dropped.
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
