"""Members in CSV: one event a row, with the columns of the Parquet format, all of them text.

Cells are separated by the comma, semicolon or tab of the heading. With a semicolon an amount may have a decimal comma,
as Danish spreadsheets write it. An empty cell means that the field is not given.
"""

import csv
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from subsim.basics.faults import InputErrors
from subsim.basics.texts import Message, Plural
from subsim.portfolio.members import LONGEST_LINE
from subsim.portfolio.records import fault
from subsim.portfolio.rows import (
    LIST,
    MEMBER,
    NAMED,
    PRICES,
    Field,
    check_columns,
    fields_of_events,
    fields_of_member,
    records,
)

_Row = tuple[str | None, str, str | None]
_SEPARATORS = ",;\t"
_COMMA = re.compile(r"(-?\d{1,9}),(\d{1,2})", re.ASCII)
_BARE = {"BOOLEAN": re.compile("true|false", re.IGNORECASE), "INTEGER": re.compile(r"\d{1,9}", re.ASCII)}
"""The values that need no quotes in JSON."""
_encode = msgspec.json.encode


def has_csv_heading(text: bytes) -> bool:
    """Whether a text begins with the names of columns of members."""
    head = text.splitlines()[0].decode("utf-8", errors="replace") if text else ""
    return {MEMBER, "event"} <= {cell.strip('"') for cell in head.split(_separator(head))}


def csv_records(name: str, stream: BinaryIO) -> Iterator[bytes]:
    """The record of each member; InputErrors where the file is no CSV, or its columns or its order are wrong."""
    lines = _lines(name, stream)
    first = next(lines, "")
    csv.field_size_limit(LONGEST_LINE)
    separator = _separator(first)
    cells = csv.reader(_with(first, lines), delimiter=separator, strict=True)
    try:
        columns = next(cells, [])
        if faults := [*check_columns(name, columns, has_types=False), *_twice(name, columns)]:
            raise InputErrors(faults)
        yield from records(name, _rows(name, columns, cells, separator == ";"))
    except csv.Error as error:
        why = _WHY.get(str(error), str(error))
        message = Message("line {line} cannot be read as CSV: {why}", line=cells.line_num, why=why)
        raise InputErrors([fault(name, message, _REMEDY)]) from None


_WHY = {
    "unexpected end of data": Message("a quote is not closed"),
    "line contains NUL": Message("it holds a character that no text has, U+0000"),
    **{f"'{each}' expected after '\"'": Message("something follows a closing quote") for each in _SEPARATORS},
}
"""What the reader of CSV says is wrong, in words that can be told in Danish."""
_REMEDY = Message("a cell with quotes or line breaks goes in quotes, its own quotes doubled")


def _lines(name: str, stream: BinaryIO) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) >= LONGEST_LINE:
            message = Message("line {line} is longer than {bound:,} bytes", line=number, bound=LONGEST_LINE)
            raise InputErrors([fault(name, message, _REMEDY)])
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = f"0x{line[error.start]:02x}"
            message = Message("line {line} has the byte {byte}, expected UTF-8 text", line=number, byte=byte)
            raise InputErrors([fault(name, message, Message("save the file as UTF-8"))]) from None


def _with(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _separator(head: str) -> str:
    return max(_SEPARATORS, key=head.count)


def _twice(name: str, columns: list[str]) -> Any:
    for each in dict.fromkeys(columns):
        if columns.count(each) > 1:
            yield fault(name, Message("{key} is given twice", key=repr(each)), Message("keep one of the two"))


def _rows(name: str, columns: list[str], cells: Any, danish: bool) -> Iterator[_Row]:
    own = {field.column: field for field in fields_of_member()}
    of_events = {field.column: field for field in fields_of_events()}
    for row in cells:
        if not any(row):
            continue
        if len(row) != len(columns):
            message = Plural(
                "line {line} has {n} cell, expected {expected}",
                "line {line} has {n} cells, expected {expected}",
                line=cells.line_num,
                n=len(row),
                expected=len(columns),
            )
            raise InputErrors([fault(name, message, _REMEDY)])
        given = {column: cell for column, cell in zip(columns, row, strict=True) if cell}
        member = given.pop(MEMBER, None)
        person = ['"id":' + _encode(member).decode()]
        person += [_pair(own[column], cell, danish) for column, cell in given.items() if column in own]
        event = [_pair(of_events[column], cell, danish) for column, cell in given.items() if column in of_events]
        yield member, ",".join(person), ",".join(event) or None


def _pair(field: Field, cell: str, danish: bool) -> str:
    """The key and the value of a field in JSON."""
    return f'"{field.key}":{_json(field, cell, danish)}'


def _json(field: Field, cell: str, danish: bool) -> str:
    kind = field.type.written
    if field.type in (LIST, NAMED, PRICES):
        if _is_json(cell):
            return cell
        return _encode(cell.split() if field.type is LIST else cell).decode()
    if kind in _BARE and _BARE[kind].fullmatch(cell):
        return cell.lower().lstrip("0") or "0"
    if danish and kind.startswith("DECIMAL") and (amount := _COMMA.fullmatch(cell)):
        cell = f"{amount[1]}.{amount[2]}"
    return _encode(cell).decode()


def _is_json(cell: str) -> bool:
    try:
        msgspec.json.decode(cell)
    except msgspec.DecodeError:
        return False
    return cell[:1] in "[{"
