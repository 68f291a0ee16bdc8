"""Formats of files that hold neither a scenario nor members, recognized by their first bytes."""

from typing import NamedTuple

from subsim.basics.faults import START, InputError, InputErrors
from subsim.basics.texts import Message


class Foreign(NamedTuple):
    """A format of files: what it is called, and the bytes with which it begins."""

    name: str
    begins: bytes


FOREIGN = (
    Foreign("Excel", b"\xd0\xcf\x11\xe0"),
    Foreign("ZIP", b"PK\x03\x04"),
    Foreign("ZIP", b"PK\x05\x06"),
    Foreign("UTF-16", b"\xff\xfe"),
    Foreign("UTF-16", b"\xfe\xff"),
    Foreign("SQLite", b"SQLite format 3\0"),
    Foreign("PDF", b"%PDF"),
    Foreign("RTF", b"{\\rtf"),
    Foreign("PNG", b"\x89PNG"),
    Foreign("JPEG", b"\xff\xd8\xff"),
    Foreign("bzip2", b"BZh"),
    Foreign("xz", b"\xfd7zXZ\0"),
)
"""The formats from which nothing is read."""
PACKED = (Foreign("gzip", b"\x1f\x8b"), Foreign("zstd", b"\x28\xb5\x2f\xfd"), Foreign("Parquet", b"PAR1"))
"""The formats from which only members are read."""
_IN_ZIP = {b"xl/": "Excel", b"word/": "Word", b"ppt/": "PowerPoint", b"opendocument": "OpenDocument"}
"""The format of a ZIP file, by a name inside it."""


def foreign_name(data: bytes) -> str | None:
    """The name of the format of a file that cannot be read, by its first bytes; None where it may be readable."""
    found = next((each.name for each in FOREIGN if data.startswith(each.begins)), None)
    if found == "ZIP":
        return next((name for part, name in _IN_ZIP.items() if part in data), found)
    return found


def refuse_foreign(data: bytes, file: str) -> None:
    """InputErrors where the bytes of a text file are those of another kind of file."""
    found = foreign_name(data)
    remedy = Message("write it as text in YAML, in UTF-8")
    if found == "UTF-16":
        return  # it is text, and the reader of text says more
    if found is None:
        found = next((each.name for each in PACKED if data.startswith(each.begins)), None)
        remedy = Message("unpack it; members are read by subsim portfolio")
    if found is not None:
        text = Message("it is a file of {found}, expected text in YAML", found=found)
        raise InputErrors([InputError(file=file, line=START.line, column=START.column, text=text, advice=remedy)])
