"""Members written to a file: NDJSON, plain or compressed, or Parquet."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from subsim.basics.atomic_file import atomic_file, folder_beside, remove_abandoned
from subsim.portfolio.files import GZIP, PARQUET, ZSTD
from subsim.portfolio.zstd import CompressionParameter, ZstdFile


@contextmanager
def atomic_members_file(path: Path) -> Iterator[IO[bytes]]:
    """Write lines of NDJSON as the name ends, whole or not at all; equal content gives equal bytes."""
    remove_abandoned(path)
    if path.suffix == PARQUET:
        from subsim.portfolio.parquet_members import write_parquet_members  # only Parquet needs duckdb

        with folder_beside(path) as temporary:
            lines = temporary / "members.ndjson"
            with lines.open("wb") as file:
                yield file
            write_parquet_members(lines, path, temporary)
        return
    with atomic_file(path) as file:
        if path.suffix == GZIP:
            with gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as compressed:
                yield compressed  # type: ignore[misc]
        elif path.suffix == ZSTD:
            with ZstdFile(file, "wb", options={CompressionParameter.checksum_flag: 1}) as compressed:
                yield compressed  # type: ignore[misc]
        else:
            yield file
