"""The members of a file, one record of JSON after the other: NDJSON, plain or compressed, and Parquet."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from subsim.basics.faults import InputErrors
from subsim.basics.texts import Message
from subsim.portfolio.files import GZIP, PARQUET, ZSTD
from subsim.portfolio.members import LONGEST_LINE
from subsim.portfolio.records import Members, fault, unreadable
from subsim.portfolio.zstd import ZstdError, ZstdFile


class _Form(NamedTuple):
    """A format of files: what it is called, how a name of it ends, and the bytes with which it begins."""

    name: str
    ending: str
    begins: bytes


_NDJSON = _Form("NDJSON", ".ndjson", b"")
_FORMS = {
    GZIP: _Form("gzip", ".ndjson.gz", b"\x1f\x8b"),
    ZSTD: _Form("zstd", ".ndjson.zst", b"\x28\xb5\x2f\xfd"),
    PARQUET: _Form("Parquet", ".parquet", b"PAR1"),
}
"""The formats by the ending of the name; any other is NDJSON."""


@contextmanager
def members_in(path: Path) -> Iterator[Members]:
    """The members of a file as a stream; what is longer than a record may be stands cut off, at its full length.

    InputErrors, now or while it is read, where the file is cut off, damaged, or another than its name says; OSError
    where there is none.
    """
    form = _FORMS.get(path.suffix, _NDJSON)
    with path.open("rb") as raw:
        _check_beginning(path, raw, form)
        if path.suffix == PARQUET:
            from subsim.portfolio.parquet_members import parquet_members  # only Parquet needs duckdb

            _check_end(path, raw, form)
            with parquet_members(path) as members:
                yield members
        else:
            with _faults_told(path, form):
                stream = _text(path, raw)
            yield Members(_lines(path, form, stream), raw.tell)


def _check_beginning(path: Path, raw: BinaryIO, form: _Form) -> None:
    """Refuse what plainly is of another format than its name says."""
    begins = raw.read(4)
    raw.seek(0)
    found = next((each for each in _FORMS.values() if begins.startswith(each.begins)), form)
    if found != form:
        message = Message("it is {found}, but by its name {form}", found=found.name, form=form.name)
        raise InputErrors([fault(path, message, Message("let its name end in {ending}", ending=found.ending))])
    if form != _NDJSON and not begins:
        raise _cut_off(path, form)


def _check_end(path: Path, raw: BinaryIO, form: _Form) -> None:
    """Refuse a file that begins well and does not end so."""
    begins = raw.read(4)
    raw.seek(max(0, path.stat().st_size - 4))
    if begins == form.begins and raw.read() != form.begins:
        raise _cut_off(path, form)


def _cut_off(path: Path, form: _Form) -> InputErrors:
    message = Message("it is cut off: the end of its {form} data is missing", form=form.name)
    return InputErrors([fault(path, message, Message("copy it again, or make it again"))])


def _text(path: Path, raw: BinaryIO) -> Any:
    """The stream of what is in the file, once it has shown that it is text."""
    stream: Any = raw
    if path.suffix == GZIP:
        stream = gzip.GzipFile(fileobj=raw)
    elif path.suffix == ZSTD:
        stream = ZstdFile(raw)
    if b"\0" in stream.peek(1):
        message = Message("it holds the byte 0x00, which no text has")
        raise InputErrors([fault(path, message, Message("expected NDJSON: one record of JSON a line, in UTF-8"))])
    return stream


def _lines(path: Path, form: _Form, stream: Any) -> Iterator[bytes]:
    with _faults_told(path, form):
        while line := stream.readline(LONGEST_LINE):
            yield line
            while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)


@contextmanager
def _faults_told(path: Path, form: _Form) -> Iterator[None]:
    try:
        yield
    except EOFError:
        raise _cut_off(path, form) from None
    except (gzip.BadGzipFile, zlib.error, ZstdError) as error:
        raise unreadable(path, form.name, error) from None
