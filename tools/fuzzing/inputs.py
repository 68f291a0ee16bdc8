"""The hostile inputs: scenario files with changed bytes, and documents with wrong values, keys and events.

An input depends on the seed and its number alone.
"""

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from attrs import frozen

from subsim.membership.events import EVENTS
from subsim.terms.readings import POINTS, PROFILES
from subsim.terms.terms import NUMBERS

ROOT = Path(__file__).parents[2]
LARGEST = 60_000
"""The most bytes of an input: larger files are a matter of `test_hostile_files`."""

_INDICATORS = (
    *("{", "}", "[", "]", ",", ":", ": ", "- ", "? ", "#", " #", "&a ", "*a", "!", "!!str ", "!!int ", "|", ">", "|\n"),
    *("'", '"', "%", "%YAML 1.1\n", "@", "`", "~", "<<: ", "---\n", "...\n", "\t", "\n", "\r\n", "\r", "  ", "\\"),
    *("{}", "[]", "[[", "{a: ", "{{", "null", "true", "=", "!!python/object:os.system "),
)
_CHARACTERS = (
    *("\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "æøå", "ſ", "İ", "ß", "²", "१२३", "２０２０", "½", "−"),
    *(
        "\u0301",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2028",
        "\u2029",
        "\u3000",
        "\ufeff",
        "\ufffd",
        "\uffff",
        "💸",
        "\U0010ffff",
    ),
)
_NO_UTF_8 = (b"\xff", b"\xfe\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x80")
_DATES = (
    *("1900-01-01", "1900-01-31", "2199-12-31", "2199-11-30", "2000-02-29", "2100-02-28", "2020-02-29", "2019-10-30"),
    *("2012-01-01", "2013-02-28", "2013-03-01", "2026-12-31", "2027-01-01", "2020-01-31", "2020-12-31", "2021-01-01"),
    *("1899-12-31", "2200-01-01", "0000-00-00", "9999-12-31", "2021-02-29", "2100-02-29", "2020-13-01", "20200115"),
    *("2020-1-5", "2020-01-15T00:00:00+14:00", "2020-03-29T02:30:00+01:00", "1900-01-01T00:00:00+23:59"),
    *("2199-12-31T23:59:59-23:59", "2020-06-30T23:59:60Z", "2020-01-15 23:30:00Z", "2020-01-15T10:00:00+99:99"),
)
_NUMBERS = (
    *("0", "1", "2", "12", "0.00", "0.01", "0.005", "5000.00", "5000.01", "999999999.99", "1000000000", "3660", "3661"),
    *(
        "-1",
        "-0",
        "+1",
        "1e9",
        "1e400",
        ".5",
        "5.",
        "1_000",
        "0x10",
        "0o7",
        "1,50",
        "1:30",
        "NaN",
        ".inf",
        "-.inf",
        "१२",
    ),
    *("99999999999999999999", "0" * 40 + "1", "9" * 400, "9" * 5000, "0." + "0" * 4400 + "1"),
)
_PERCENTS = ("2.00", "-0.65", "999.9999", "-999.9999", "0", "-8", "1000", "1e3")
_ODD = (
    *('""', '"~"', '"main"', '"DK"', '"dk"', '" "', f'"{"a" * 3000}"', "{}", "[]", "[[]]", '{"a": {}}', '["1"]'),
    *('{"": ""}', "null"),
)
"""Values as JSON, so that each is a new one wherever it is put."""


class _RawText(str):
    """A part of a document that is written unchanged."""

    __slots__ = ()


@frozen
class Corpus:
    """The original files: their bytes, their documents, and by key every value that one of them has."""

    files: list[bytes]
    documents: list[str]
    values: dict[str, tuple[str, ...]]
    words: tuple[bytes, ...]


@cache
def corpus() -> Corpus:
    """The scenarios of this repository; documents and values are JSON, which is copied quickly."""
    files = [path.read_bytes() for path in sorted((ROOT / "scenarios").rglob("*.yaml"))]
    documents = [yaml.load(file, Loader=yaml.CBaseLoader) for file in files]
    values: dict[str, dict[str, None]] = {}
    for document in documents:
        for within, key in _places(document):
            if isinstance(key, str):
                values.setdefault(key, {})[json.dumps(within[key])] = None
    words = dict.fromkeys(word for file in files for word in re.findall(rb"[\w.-]+", file))
    return Corpus(
        files=files,
        documents=list(map(json.dumps, documents)),
        values={key: tuple(found) for key, found in values.items()},
        words=tuple(words),
    )


def hostile(seed: int, number: int) -> bytes:
    """The input with this number."""
    rng = random.Random(f"{seed} {number}")
    data = _changed_bytes(rng) if rng.random() < 0.5 else _changed_document(rng)
    return data[:LARGEST]


T = TypeVar("T", str, bytes)


def _rather_short(rng: random.Random, texts: list[T]) -> T:
    return min(rng.choice(texts), rng.choice(texts), key=len)


# Files with their bytes changed


def _changed_bytes(rng: random.Random) -> bytes:
    data = _rather_short(rng, corpus().files)
    if rng.random() < 0.5:
        data = data.partition(b"\nexpect:")[0]
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = rng.choice(_CHANGES)(rng, data)
    return data


def _span(rng: random.Random, data: bytes, longest: int = 80) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.randint(1, longest))


def _flip(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data)) if data else 0
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :] if data else b"\0"


def _insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.randbytes(rng.randint(1, 4)) + data[at:]


def _delete(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def _duplicate(rng: random.Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    times = rng.choice((2, 2, 3, 30))
    return data[:start] + data[start:end] * times + data[end:]


def _splice(rng: random.Random, data: bytes) -> bytes:
    other = rng.choice(corpus().files)
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


def _insert_sign(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_INDICATORS).encode() * rng.choice((1, 1, 1, 2, 25, 400)) + data[at:]


def _insert_character(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    put = rng.choice(_NO_UTF_8) if rng.random() < 0.2 else rng.choice(_CHARACTERS).encode()
    return data[:at] + put + data[at:]


def _replace(rng: random.Random, data: bytes, pattern: bytes, put: Iterable[str]) -> bytes:
    found = list(re.finditer(pattern, data))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.start()] + rng.choice(tuple(put)).encode() + data[match.end() :]


def _change_number(rng: random.Random, data: bytes) -> bytes:
    return _replace(rng, data, rb"(?<![\w-])\d+(\.\d+)?(?![\w-])", _NUMBERS)


def _change_date(rng: random.Random, data: bytes) -> bytes:
    return _replace(rng, data, rb"\d{4}-\d\d-\d\d", _DATES)


def _change_word(rng: random.Random, data: bytes) -> bytes:
    return _replace(rng, data, rb"[A-Za-z_]\w*", [rng.choice(corpus().words).decode()])


def _change_line(rng: random.Random, data: bytes) -> bytes:
    """Move, repeat, drop or indent one line."""
    lines = data.splitlines(keepends=True) or [b""]
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    line = lines[at]
    match rng.randrange(4):
        case 0:
            lines[at], lines[to] = lines[to], line
        case 1:
            lines.insert(to, line)
        case 2:
            del lines[at]
        case 3:
            lines[at] = b" " * rng.choice((0, 1, 2, 3, 4, 40)) + line.lstrip(b" ")
    return b"".join(lines)


_CHANGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_flip, _insert, _delete, _duplicate, _splice, _insert_sign, _insert_character),
    *(_change_number, _change_date, _change_word, _change_line),
)

# Documents with their values changed


def _changed_document(rng: random.Random) -> bytes:
    document = json.loads(_rather_short(rng, corpus().documents))
    if rng.random() < 0.8:  # what is expected and asked is read as all the rest is, and takes as long
        document = {key: value for key, value in document.items() if key not in ("expect", "ask", "variants")}
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        places = list(_places(document))
        if 0 < len(places) < 5000:  # else doubling it once more takes long
            rng.choice(_PUT_WRONG)(rng, *rng.choice(places))
    timeline = document.get("timeline")
    if isinstance(timeline, list) and rng.random() < 0.8:  # else the order of dates refuses most of them
        timeline.sort(key=lambda event: str(event.get("date")) if isinstance(event, dict) else "")
    return "".join(_written(document)).encode("utf-8", "surrogatepass")


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or mapping in the value, with each of its indices or keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


def _put_likely(rng: random.Random, within: Any, key: Any) -> None:
    """Put a value that this key has in another file, or one at its limits."""
    known = corpus().values.get(key if isinstance(key, str) else "", ())
    within[key] = json.loads(rng.choice(known)) if known and rng.random() < 0.6 else _extreme(rng, key, within[key])


def _extreme(rng: random.Random, key: object, value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d.*", value):
        return rng.choice(_DATES[:16])
    if isinstance(value, str) and re.fullmatch(r"[\d.]+", value):
        return rng.choice(_NUMBERS[:12])
    match key:
        case "readings":
            return {name: rng.choice(list(point.readings)) for name, point in POINTS.items() if rng.random() < 0.4}
        case "timeline" if isinstance(value, list):
            return value * 8
        case "event":
            return rng.choice(list(EVENTS))
        case "profile":
            return rng.choice(list(PROFILES))
    return value


def _put_hostile(rng: random.Random, within: Any, key: Any) -> None:
    """Put a value of any kind."""
    within[key] = rng.choice(
        (
            rng.choice(_DATES),
            rng.choice(_NUMBERS),
            rng.choice(_CHARACTERS) * rng.choice((1, 1, 50)),
            json.loads(rng.choice(_ODD)),
            _RawText(rng.choice(_INDICATORS)),
            _RawText("[" * rng.choice((1, 15, 30)) + "]" * rng.choice((1, 15, 30))),
            [within[key]] * rng.choice((1, 2, 40)),
            {"a": within[key]},
        )
    )


def _drop(rng: random.Random, within: Any, key: Any) -> None:
    del within[key]


def _add(rng: random.Random, within: Any, key: Any) -> None:
    """Add a key from any file, or repeat an entry of the list."""
    if isinstance(within, list):
        within.insert(rng.randint(0, len(within)), within[key])
    else:
        name = rng.choice(tuple(corpus().values))
        within[name] = json.loads(rng.choice(corpus().values[name]))


def _add_to_file(rng: random.Random, within: Any, key: Any) -> None:
    """Add a key of a whole file in any mapping, such as one that multiplies the work of a replay."""
    if isinstance(within, dict):
        within |= rng.choice(
            (
                {"until": rng.choice(_DATES[:16])},
                {"profile": rng.choice(list(PROFILES))},
                {"numbers": {name: rng.choice(_NUMBERS[:13]) for name in NUMBERS if rng.random() < 0.3}},
                {"reference_rates": {rng.choice(_DATES[:12]): rng.choice(_PERCENTS)}},
                {"readings": _extreme(rng, "readings", None)},
                {"billing": "monthly", "payment": "invoice"},
                {"trial_days": "3660"},
            )
        )


def _rename(rng: random.Random, within: Any, key: Any) -> None:
    if isinstance(within, dict):
        within[rng.choice((*EVENTS, *corpus().values, *_INDICATORS, *_CHARACTERS))] = within.pop(key)


_PUT_WRONG: tuple[Callable[[random.Random, Any, Any], None], ...] = (
    *(_put_likely, _put_likely, _put_likely, _put_likely, _put_hostile, _add_to_file, _add_to_file),
    *(_drop, _add, _rename),
)
_PLAIN = re.compile(r"[A-Za-z0-9][\w.+-]*( [\w.+-]+)*", re.ASCII)


def _written(value: Any) -> Iterator[str]:
    """The value as YAML, in one line."""
    match value:
        case dict():
            yield "{"
            for key, each in value.items():
                yield from (*_written(key), ": ", *_written(each), ", ")
            yield "}"
        case list():
            yield "["
            for each in value:
                yield from (*_written(each), ", ")
            yield "]"
        case None:
            yield "null"
        case _RawText():
            yield value
        case _:
            text = str(value)
            yield text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
