"""The members of files, one record of JSON after the other: NDJSON, CSV and Parquet, the first two plain or compressed.

The ending of a file's name says what it is, whatever its case; what it begins with must agree. Standard input and
pipes have no name to go by, and are told by their beginning.
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
from subsim.portfolio.csv_members import csv_records, looks_like_csv
from subsim.portfolio.members import LONGEST_LINE
from subsim.portfolio.records import TOO_LONG, Members, fault, unreadable
from subsim.portfolio.zstd import ZstdError, ZstdFile

_BOM = b"\xef\xbb\xbf"
_PEEKED = 1 << 16
_STDIN = "<stdin>"


class _Form(NamedTuple):
    """A format of files: what it is called, how a name of it ends, and the bytes with which it begins."""

    name: str
    ending: str
    begins: bytes


_NDJSON, _CSV = _Form("NDJSON", ".ndjson", b""), _Form("CSV", ".csv", b"")
_ARRAY = _Form("JSON", ".ndjson", b"")
"""A list of records, which cannot be read one after the other."""
_GZIP, _ZSTD = _Form("gzip", ".ndjson.gz", b"\x1f\x8b"), _Form("zstd", ".ndjson.zst", b"\x28\xb5\x2f\xfd")
_PARQUET = _Form("Parquet", ".parquet", b"PAR1")
_MARKED = (_GZIP, _ZSTD, _PARQUET)
_PACKED = {"": None, ".gz": _GZIP, ".zst": _ZSTD}
_TEXTS = {"": None, ".ndjson": _NDJSON, ".jsonl": _NDJSON, ".csv": _CSV}
_ENDINGS: dict[str, tuple[_Form | None, _Form | None]] = {
    **{text + packed: (_TEXTS[text], _PACKED[packed]) for packed in _PACKED for text in _TEXTS if text + packed},
    ".parquet": (_PARQUET, None),
}
"""What a file is, and how it is packed, by the ending of its name; None where its text must show it."""
_NAMED = (".ndjson", ".csv", ".ndjson.gz", ".csv.gz", ".ndjson.zst", ".csv.zst", ".parquet")


@frozen
class Source:
    """A file of members: what it is called in messages, and where its bytes are."""

    name: str
    path: Path
    has_ending: bool = True
    """Whether the name says what it is."""


def as_sources(members: "Path | Iterable[Source]") -> tuple[Source, ...]:
    """The files of members; one may be given by its path."""
    return (Source(str(members), members),) if isinstance(members, Path) else tuple(members)


@contextmanager
def sources_in(names: Iterable[str], stdin: IO[bytes] | None = None) -> Iterator[tuple[Source, ...]]:
    """The files of members that these names stand for: a file, a folder with all below it, `-` for standard input.

    What can be read only once is kept in a temporary file meanwhile. InputErrors where a folder holds no members, or
    something else; OSError where a file is missing.
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
    """The files of members in a folder, in the order of their names; headers and what is hidden may stand there too."""
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
        with _faults_told(source, packed):
            return _checked_text(source, _unpacked(raw, packed), form) is _CSV


@contextmanager
def members_in(members: "Path | Iterable[Source]") -> Iterator[Members]:
    """The members of files as one stream; TOO_LONG stands for what is longer than a record may be.

    InputErrors, now or while they are read, where a file is cut off, damaged, or another than its name says; OSError
    where there is none.
    """
    reached = [0, 0]  # the bytes of the files that have been read, and of the one that is read
    with ExitStack() as stack:
        sources = as_sources(members)
        opened = [stack.enter_context(_members_of(source)) for source in sources[:1]]

        def records() -> Iterator[bytes]:
            for number, source in enumerate(sources):
                with ExitStack() as inner:
                    one = opened[0] if number == 0 else inner.enter_context(_members_of(source))
                    for record in one.records:
                        yield record
                        reached[1] = one.reached()
                    reached[:] = [reached[0] + one.reached(), 0]

        for source in sources[1:]:
            with _members_of(source):
                pass
        yield Members(records(), lambda: sum(reached))


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
            with _faults_told(source, packed):
                stream = _unpacked(raw, packed)
                text = _checked_text(source, stream, form)
            read = csv_records(source.name, _without_mark(stream)) if text is _CSV else _lines(stream)
            yield Members(_told(source, packed or text, read), raw.tell)


def _without_mark(stream: Any) -> Any:
    """The text after the byte order mark, if there is one."""
    if stream.peek(len(_BOM)).startswith(_BOM):
        stream.read(len(_BOM))
    return stream


def _form_of(source: Source, raw: BinaryIO) -> tuple[_Form | None, _Form | None]:
    """What the file is, None if only its text can show it, and how it is packed; its name must agree."""
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
        text = found or _form_of_text(begins)
        is_told = text is not _NDJSON or begins.removeprefix(_BOM).lstrip()[:1] == b"{"
        raise _unreadable_form(source, text.name if is_told else None)
    form, packed = _ENDINGS[ending]
    expected = packed or form
    if found is not None and found is not expected:
        raise _another(source, found, expected)
    if expected and expected.begins and not begins:
        raise _cut_off(source, expected)
    return form, packed


def _checked_text(source: Source, stream: Any, form: _Form | None) -> _Form:
    """What the text of a file is; its name, if it has one, must agree."""
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
    return _CSV if looks_like_csv(begins.removeprefix(_BOM)) else _NDJSON


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
    """Refuse a Parquet file that begins well and does not end so."""
    begins = raw.read(4)
    raw.seek(max(0, source.path.stat().st_size - 4))
    if begins == _PARQUET.begins and raw.read() != _PARQUET.begins:
        raise _cut_off(source, _PARQUET)


def _cut_off(source: Source, form: _Form) -> InputErrors:
    message = Message("it is cut off: the end of its {form} data is missing", form=form.name)
    return InputErrors([fault(source.name, message, Message("copy it again, or make it again"))])


def _unpacked(raw: BinaryIO, packed: _Form | None) -> Any:
    """The text in a file."""
    if packed is _GZIP:
        return gzip.GzipFile(fileobj=raw)
    return ZstdFile(raw) if packed is _ZSTD else raw


def _lines(stream: Any) -> Iterator[bytes]:
    """The lines of a text; TOO_LONG for one that is longer than a record may be, unless there is nothing in it."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line.removeprefix(_BOM)
            continue
        blank = not line.strip()
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
            blank = blank and not line.strip()
        yield b"" if blank else TOO_LONG


def _told(source: Source, form: _Form, records: Iterator[bytes]) -> Iterator[bytes]:
    with _faults_told(source, form):
        yield from records


@contextmanager
def _faults_told(source: Source, form: _Form | None) -> Iterator[None]:
    try:
        yield
    except EOFError:
        raise _cut_off(source, form or _NDJSON) from None
    except (gzip.BadGzipFile, zlib.error, ZstdError) as error:
        raise unreadable(source.name, form.name if form else "", error) from None
