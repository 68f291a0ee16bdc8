"""Finds members that are in the input twice, before the run, with eight bytes of memory a member.

A first pass keeps a hash of each id. The second pass compares only the ids whose hash came twice. Two ids are equal if
their letters are, composed or not (NFC).
"""

from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
import numpy as np

from subsim.basics.faults import quote
from subsim.basics.names import same_letters

_MOST_LISTED = 10


class Duplicate(NamedTuple):
    """A record whose member was in an earlier line."""

    member: str
    line: int
    first: str
    """The id as it was written there."""
    first_line: int

    @property
    def reason(self) -> str:
        """Why the record is rejected; None where it is kept."""
        same = "" if self.member == self.first else ", written with other code points"
        return f"the member {quote(self.member)} stands in line {self.first_line} already{same}"


def duplicates_as_dict(found: list[Duplicate]) -> dict[str, Any]:
    """The number of records of a member who was in the input before, and the first of them."""
    return {
        "duplicates": len(found),
        "first_duplicates": [
            {"member": each.member, "line": each.line, "first_line": each.first_line} for each in found[:_MOST_LISTED]
        ],
    }


class Duplicates:
    """Finds the records whose member was in an earlier one; the records must be given in order."""

    def __init__(self, numbers: frozenset[int]) -> None:
        self._numbers = numbers
        self._first: dict[str, tuple[str, int]] = {}

    def seen(self, line: bytes, number: int) -> Duplicate | None:
        """The earlier record of the member in this line; `number` is that of the line."""
        if not self._numbers or (written := _id_in(line)) is None or _number(written) not in self._numbers:
            return None
        first, first_line = self._first.setdefault(same_letters(written), (written, number))
        return None if first_line == number else Duplicate(written, number, first, first_line)


def duplicates_in(records: Iterable[bytes]) -> Duplicates:
    """The finder of duplicates among these records, which are read once here."""
    numbers = array("q", (_number(written) for line in records if (written := _id_in(line)) is not None))
    ordered = np.frombuffer(numbers, np.int64)
    ordered.sort()  # in its place, so that nothing is held twice
    return Duplicates(frozenset(ordered[1:][ordered[1:] == ordered[:-1]].tolist()))


def _number(written: str) -> int:
    """A hash, which is the same in this process only."""
    return hash(same_letters(written))


class _Member(msgspec.Struct, gc=False, frozen=True):
    id: Any = None


class _Line(msgspec.Struct, gc=False):
    member: _Member = _Member()


_decode = msgspec.json.Decoder(_Line, float_hook=str).decode


def _id_in(line: bytes) -> str | None:
    """The id of the member as it is written; None where the line has none, which the reader rejects."""
    try:
        found = _decode(line).member.id
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return None if found is None or isinstance(found, bool | list | dict) else str(found)
