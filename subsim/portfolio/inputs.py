"""Reads members from files as records of JSON: from NDJSON and CSV, plain or compressed, and from Parquet.

The ending of a file's name gives its format, and its first bytes must agree. For standard input and pipes the first
bytes alone give the format.
"""

import gzip
import os
import shutil
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, BinaryIO, NamedTuple

from attrs import frozen

from subsim.basics.faults import InputErrors
from subsim.basics.texts import Message, join_words
from subsim.files.foreign import foreign_name
from subsim.portfolio.csv_members import csv_records, has_csv_heading
from subsim.portfolio.members import LONGEST_LINE
from subsim.portfolio.records import TOO_LONG, Members, fault
from subsim.portfolio.zstd import ZstdError, ZstdFile

_BOM = b"\xef\xbb\xbf"
_PEEKED = 1 << 16
_STDIN = "<stdin>"


class _Form(NamedTuple):
    """A format of files: its name, the ending of file names, and its first bytes."""

    name: str
    ending: str
    begins: bytes


_NDJSON, _CSV = _Form("NDJSON", ".ndjson", b""), _Form("CSV", ".csv", b"")
_ARRAY = _Form("JSON", ".ndjson", b"")
"""A JSON list of records, which cannot be read one by one."""
_GZIP, _ZSTD = _Form("gzip", ".ndjson.gz", b"\x1f\x8b"), _Form("zstd", ".ndjson.zst", b"\x28\xb5\x2f\xfd")
_PARQUET = _Form("Parquet", ".parquet", b"PAR1")
_MARKED = (_GZIP, _ZSTD, _PARQUET)
_PACKED = {"": None, ".gz": _GZIP, ".zst": _ZSTD}
_TEXTS = {"": None, ".ndjson": _NDJSON, ".jsonl": _NDJSON, ".csv": _CSV}
_ENDINGS: dict[str, tuple[_Form | None, _Form | None]] = {
    **{text + packed: (_TEXTS[text], _PACKED[packed]) for packed in _PACKED for text in _TEXTS if text + packed},
    ".parquet": (_PARQUET, None),
}
"""By ending of a name the format and the compression; None where the text must show the format."""
_NAMED = (".ndjson", ".csv", ".ndjson.gz", ".csv.gz", ".ndjson.zst", ".csv.zst", ".parquet")


@frozen
class Source:
    """A file of members: its name in messages, and the path of its bytes."""

    name: str
    path: Path
    has_ending: bool = True
    """Whether the name gives the format."""


def as_sources(members: "Path | Iterable[Source]") -> tuple[Source, ...]:
    """The files of members; one may be given by its path."""
    return (Source(str(members), members),) if isinstance(members, Path) else tuple(members)


@contextmanager
def sources_in(names: Iterable[str], stdin: IO[bytes] | None = None) -> Iterator[tuple[Source, ...]]:
    """The files of members that these names stand for: a file, a folder with its subfolders, or `-` for standard input.

    Input that can be read only once is copied to a temporary file. InputErrors where a folder has no members, or has
    other files; OSError where a file is missing.
    """
    with TemporaryDirectory(prefix="subsim-") as folder:
        kept = Path(folder)
        found: list[Source] = []
        for name in names:
            path = Path(name)
            if name == "-":
                assert stdin is not None
                found.append(_kept(_STDIN, stdin, kept / f"{len(found)}"))
            elif path.is_dir():
                found += _in_folder(path)
            elif stat.S_ISREG(path.stat().st_mode):
                found.append(Source(name, path))
            else:
                with path.open("rb") as pipe:
                    found.append(_kept(name, pipe, kept / f"{len(found)}"))
        yield tuple({os.path.realpath(each.path): each for each in found}.values())


def _kept(name: str, stream: IO[bytes], path: Path) -> Source:
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file)
    return Source(name, path, has_ending=False)


def _in_folder(folder: Path) -> list[Source]:
    """The files of members in a folder, in order of names; headers and hidden files are allowed there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder)))
    members = [path for path in files if not path.name.lower().endswith((".yaml", ".yml"))]
    if not members:
        message = Message("the folder holds no members: no file that ends in {endings}", endings=join_words(_NAMED))
        raise InputErrors([fault(folder, message, Message("name the file of the members"))])
    return [Source(str(path), path) for path in members]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part.endswith("~") for part in path.parts)


def is_in_order(source: Source) -> bool:
    """Whether the members of the file stand in the order of their ids, which is checked while it is read."""
    with source.path.open("rb") as raw:
        form, packed = _form_of(source, raw)
        if form is _PARQUET:
            return True
        with _read_faults(source, packed):
            return _checked_text(source, _unpacked(raw, packed), form) is _CSV


@contextmanager
def members_in(members: "Path | Iterable[Source]") -> Iterator[Members]:
    """The members of files as one stream; TOO_LONG takes the place of a record that is too long.

    InputErrors, at once or while reading, where a file is cut off, damaged, or not of the format of its name; OSError
    where there is no file.
    """
    before, reading = [0], list[Members]()  # the bytes of the files that have been read, and the one that is read
    with ExitStack() as stack:
        sources = as_sources(members)
        opened = [stack.enter_context(_members_of(source)) for source in sources[:1]]

        def records() -> Iterator[bytes]:
            for number, source in enumerate(sources):
                with ExitStack() as inner:
                    one = opened[0] if number == 0 else inner.enter_context(_members_of(source))
                    reading[:] = [one]
                    yield from one.records
                    before[0] += one.reached()
                    reading.clear()

        for source in sources[1:]:
            with _members_of(source):
                pass
        yield Members(records(), lambda: before[0] + sum(one.reached() for one in reading))


@contextmanager
def _members_of(source: Source) -> Iterator[Members]:
    with source.path.open("rb") as raw:
        form, packed = _form_of(source, raw)
        if form is _PARQUET:
            from subsim.portfolio.parquet_members import parquet_members  # only Parquet needs duckdb

            _check_end(source, raw)
            with parquet_members(source.path) as members:
                yield members
        else:
            with _read_faults(source, packed):
                stream = _unpacked(raw, packed)
                text = _checked_text(source, stream, form)
            read = csv_records(source.name, _without_mark(stream)) if text is _CSV else _lines(stream)
            yield Members(_with_read_faults(source, packed or text, read), raw.tell)


def _without_mark(stream: Any) -> Any:
    """The text after the byte order mark, if there is one."""
    if stream.peek(len(_BOM)).startswith(_BOM):
        stream.read(len(_BOM))
    return stream


def _form_of(source: Source, raw: BinaryIO) -> tuple[_Form | None, _Form | None]:
    """The format of the file, None if only its text can show it, and its compression; its name must agree."""
    begins = raw.read(_PEEKED)
    raw.seek(0)
    if foreign := foreign_name(begins):
        raise _unreadable_form(source, foreign)
    found = next((each for each in _MARKED if begins.startswith(each.begins)), None)
    if not source.has_ending:
        return (_PARQUET, None) if found is _PARQUET else (None, found)
    name = source.name.lower()
    ending = max((each for each in _ENDINGS if name.endswith(each)), key=len, default=None)
    if ending is None:
        text = found or _form_by_beginning(begins)
        raise _unreadable_form(source, text and text.name)
    form, packed = _ENDINGS[ending]
    expected = packed or form
    if found is not None and found is not expected:
        raise _another(source, found, expected)
    if expected and expected.begins and not begins:
        raise _cut_off(source, expected)
    if expected and expected.begins and found is None and (text := _form_by_beginning(begins)):
        raise _another(source, text, expected)
    return form, packed


def _checked_text(source: Source, stream: Any, form: _Form | None) -> _Form:
    """The format of the text of a file; its name, if any, must agree."""
    begins = stream.peek(_PEEKED)[:_PEEKED].removeprefix(_BOM)
    found = _form_of_text(begins)
    if found is _ARRAY:
        remedy = Message("write one record a line, without brackets around them and commas between them")
        raise InputErrors([fault(source.name, Message("it is one JSON array, expected NDJSON"), remedy)])
    if form is not None and found is not form and (found is _CSV or (form is _CSV and begins.lstrip()[:1] == b"{")):
        raise _another(source, found, form)
    return form or found


def _form_of_text(begins: bytes) -> _Form:
    if begins.removeprefix(_BOM).lstrip()[:1] == b"[":
        return _ARRAY
    return _CSV if has_csv_heading(begins.removeprefix(_BOM)) else _NDJSON


def _form_by_beginning(begins: bytes) -> _Form | None:
    """The format of a text as its beginning shows it; None where it may be anything."""
    text = _form_of_text(begins)
    return None if text is _NDJSON and begins.removeprefix(_BOM).lstrip()[:1] != b"{" else text


def _unreadable_form(source: Source, found: str | None) -> InputErrors:
    if found is None:
        message = Message("members are not read from this: by its beginning it is neither NDJSON nor CSV")
    else:
        message = Message("members are not read from this: by its beginning it is {found}", found=found)
    remedy = Message("expected a file that ends in {endings}", endings=join_words(_NAMED))
    return InputErrors([fault(source.name, message, remedy)])


def _another(source: Source, found: _Form, form: _Form | None) -> InputErrors:
    message = Message("it is {found}, but by its name {form}", found=found.name, form=form.name if form else "")
    return InputErrors([fault(source.name, message, Message("let its name end in {ending}", ending=found.ending))])


def _check_end(source: Source, raw: BinaryIO) -> None:
    """Refuse a Parquet file that is cut off at the end."""
    begins = raw.read(4)
    raw.seek(max(0, source.path.stat().st_size - 4))
    if begins == _PARQUET.begins and raw.read() != _PARQUET.begins:
        raise _cut_off(source, _PARQUET)


def _cut_off(source: Source, form: _Form) -> InputErrors:
    message = Message("it is cut off: the end of its {form} data is missing", form=form.name)
    return InputErrors([fault(source.name, message, Message("copy it again, or make it again"))])


def _unpacked(raw: BinaryIO, packed: _Form | None) -> Any:
    """The text of a file, decompressed."""
    if packed is _GZIP:
        return gzip.GzipFile(fileobj=raw)
    return ZstdFile(raw) if packed is _ZSTD else raw


def _lines(stream: Any) -> Iterator[bytes]:
    """The lines of a text; TOO_LONG for a line that is longer than a record may be, unless it is blank."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line.removeprefix(_BOM)
            continue
        blank = not line.strip()
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
            blank = blank and not line.strip()
        yield b"" if blank else TOO_LONG


def _with_read_faults(source: Source, form: _Form, records: Iterator[bytes]) -> Iterator[bytes]:
    with _read_faults(source, form):
        yield from records


@contextmanager
def _read_faults(source: Source, form: _Form | None) -> Iterator[None]:
    try:
        yield
    except EOFError:
        raise _cut_off(source, form or _NDJSON) from None
    except (gzip.BadGzipFile, zlib.error, ZstdError):
        message = Message("it is damaged: its {form} data cannot be unpacked", form=form.name if form else "")
        raise InputErrors([fault(source.name, message, Message("copy it again, or make it again"))]) from None
