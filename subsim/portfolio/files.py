"""The files of a run: read as a stream of lines, written whole or not at all."""

import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple
from uuid import uuid4

from subsim.portfolio.zstd import CompressionParameter, ZstdFile

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


@contextmanager
def whole_members_file(path: Path) -> Iterator[IO[bytes]]:
    """The same for lines of NDJSON, in the format that the name ends in; equal content gives equal bytes."""
    if path.suffix == PARQUET:
        from subsim.portfolio.parquet_members import write_parquet_members  # only Parquet needs duckdb

        with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as temporary:
            lines = Path(temporary, "members.ndjson")
            with lines.open("wb") as file:
                yield file
            write_parquet_members(lines, path, Path(temporary))
        return
    with whole_file(path) as file:
        if path.suffix == GZIP:
            with gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as compressed:
                yield compressed  # type: ignore[misc]
        elif path.suffix == ZSTD:
            with ZstdFile(file, "wb", options={CompressionParameter.checksum_flag: 1}) as compressed:
                yield compressed  # type: ignore[misc]
        else:
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
