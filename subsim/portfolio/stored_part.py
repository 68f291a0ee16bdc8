"""A finished part on the disk: its tables, and last its sums, with the length and hash of each table.

A part whose files have changed is done again.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
from attrs import frozen

from subsim.basics.atomic_file import atomic_file
from subsim.portfolio.arrow import Batch, schema_of
from subsim.portfolio.columns import Columns
from subsim.portfolio.files import Fingerprint, fingerprint
from subsim.portfolio.sums import Sums


@frozen
class StoredPart:
    """The files of a part, by its number, in the folder of the parts."""

    folder: Path
    number: int

    def table(self, name: str) -> Path:
        """The file of a table."""
        return self.folder / f"{self.number:06d}-{name}.arrow"

    def exists(self) -> bool:
        """Whether the part was finished, even if its files have changed."""
        return self._seal.exists()

    def write(self, sums: Sums, tables: list[str]) -> None:
        """Write the sums, which finishes the part; its tables are already written."""
        files = {name: fingerprint(self.table(name)) for name in tables}
        body = sums.as_json() + b"\n" + json.dumps(files).encode() + b"\n"
        with atomic_file(self._seal) as file:
            file.write(body + sha256(body).hexdigest().encode())

    def is_whole(self) -> bool:
        """Whether the part was finished, and all its files are unchanged."""
        try:
            _, files, _ = self._lines()
            return all(fingerprint(self.table(name)) == Fingerprint(*each) for name, each in json.loads(files).items())
        except (FileNotFoundError, ValueError):
            return False

    def sums(self) -> Sums:
        """The sums of the part; ValueError where the file is damaged."""
        return Sums.from_json(self._lines()[0])

    def remove(self) -> None:
        """Make it unfinished."""
        self._seal.unlink(missing_ok=True)

    @property
    def _seal(self) -> Path:
        return self.folder / f"{self.number:06d}-sums.json"

    def _lines(self) -> tuple[bytes, bytes, bytes]:
        """The sums, the fingerprints, and the hash of these two; ValueError where the hash differs."""
        sums, files, seal = self._seal.read_bytes().split(b"\n")
        if sha256(sums + b"\n" + files + b"\n").hexdigest().encode() != seal:
            raise ValueError("the part is damaged")
        return sums, files, seal


@contextmanager
def part_written(path: Path, columns: Columns) -> Iterator[Callable[[Batch], object]]:
    """A function that writes rows to a table of a part, whose file is there after the context.

    OSError where it cannot be written.
    """
    with atomic_file(path) as file, pa.ipc.new_stream(file, schema_of(columns)) as stream:
        yield stream.write_batch


def batches_in(parts: Iterable[Path]) -> Iterator[Batch]:
    """The rows of these parts of a table, in their order."""
    for part in parts:
        with pa.OSFile(str(part)) as file, pa.ipc.open_stream(file) as stream:
            yield from stream
