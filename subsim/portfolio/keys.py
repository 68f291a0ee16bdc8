"""Finds keys that an object has twice. JSON allows them, and a fast reader takes the last.

A line has at least as many colons as keys. So no key is there twice if there are no more colons than different keys.
The different keys are those of the record that was read from it: to write the record takes a third of the time of
decoding the line a second time into dicts, which is done where writing leaves a doubt.
"""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def has_each_key_once(line: bytes, record: object) -> bool:
    """Whether every key of a line is certainly there once; False may be wrong, True is always right.

    `record` is what was read from it, into Structs that omit what has their default. A text that was read has no more
    colons when it is written, since no text of a line without backslashes changes but for dates and names.
    """
    return b"\\" not in line and _encode(record).count(b":") == line.count(b":")


def has_unique_keys(line: bytes) -> bool:
    """Whether every key of a record is certainly there once; False may be wrong, True is always right."""
    try:
        record = _decode(line)
        keys = len(record) + len(record.get("member", ())) + sum(map(len, record["timeline"]))
    except (msgspec.MsgspecError, ValueError, RecursionError, TypeError, AttributeError, KeyError):
        return False
    return bool(keys == line.count(b":"))


class _ObjectWithDuplicates(dict[str, Any]):
    """An object with the keys that are given more than once."""

    twice: tuple[str, ...] = ()


def _noted(pairs: list[tuple[str, Any]]) -> _ObjectWithDuplicates:
    found = _ObjectWithDuplicates(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        found.twice = tuple(name for name in found if names.count(name) > 1)
    return found


def keys_twice(line: bytes) -> Iterator[tuple[int | None, str]]:
    """Each key given more than once in an object of a line, with the index of its event in the timeline.

    Outside of events the index is None. ValueError or RecursionError where the line is not JSON.
    """
    root = json.loads(line, object_pairs_hook=_noted)
    if not isinstance(root, _ObjectWithDuplicates):
        return
    timeline = root.get("timeline")
    events = timeline if isinstance(timeline, list) else []
    yield from ((None, name) for name in root.twice)
    for value in root.values():
        if value is not events:
            yield from ((None, each) for each in _twice_in(value))
    for place, event in enumerate(events):
        yield from ((place, name) for name in _twice_in(event))


def _twice_in(value: Any) -> Iterator[str]:
    if isinstance(value, _ObjectWithDuplicates):
        yield from value.twice
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _twice_in(each)
