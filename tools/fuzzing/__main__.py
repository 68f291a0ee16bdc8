"""Gives the reader many hostile scenario files: each is read or refused, quickly and in little memory.

`python -m tools.fuzzing --inputs 1000000 --seed 1` is the long run; the suite runs a sample. Half of the inputs are
files of `scenarios/` with changed bytes. The others are documents of those files with wrong values, keys and events;
most are well formed, so that the engine gets facts that nobody intends. What can be read is replayed and asked about.
An input depends on the seed and its number alone.
"""

import argparse
import json
import random
import re
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from time import perf_counter, process_time
from types import FrameType
from typing import Any, TypeVar

import yaml
from attrs import Factory, define, frozen

from subsim.answers.can_cancel import answer_of
from subsim.answers.question import case_of
from subsim.api import can_cancel, replay
from subsim.basics.faults import InputErrors
from subsim.checks.check import check
from subsim.files.scenario import Scenario, loads
from subsim.membership.events import EVENTS
from subsim.terms.readings import POINTS, PROFILES
from subsim.terms.terms import NUMBERS

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 2.0
"""The most processor time that one input may take."""
MOST_MEMORY = 1 << 30
"""The most bytes by which one process may grow."""
LARGEST = 60_000
"""The most bytes of an input: larger files are a matter of `test_hostile_files`."""

# What is put in

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


# What is found


@frozen
class Verdict:
    """The result of one input: `refused`, `read`, `faulty` if only the replay finds a fault, or else what is wrong."""

    kind: str
    seconds: float
    wrong: str = ""


@define
class Count:
    """The counts of the verdicts."""

    kinds: Counter[str] = Factory(Counter)
    slowest: float = 0.0
    wrong: list[tuple[int, str]] = Factory(list)
    memory: int = 0

    def add(self, other: "Count") -> None:
        """Add the counts of another."""
        self.kinds += other.kinds
        self.slowest = max(self.slowest, other.slowest)
        self.wrong += other.wrong
        self.memory = max(self.memory, other.memory)


class _TooSlowError(BaseException):
    """The time for an input is over; no `except` of the code under test catches it."""


def verdict_on(data: bytes, read: Callable[[bytes], Scenario] = loads, most_seconds: float = MOST_SECONDS) -> Verdict:
    """The verdict on an input: it is read, and where possible replayed and asked about."""
    began = process_time()
    previous = signal.signal(signal.SIGPROF, _out_of_time)
    signal.setitimer(signal.ITIMER_PROF, most_seconds)
    try:
        kind = _tried(data, read)
        wrong = ""
    except _TooSlowError:
        kind, wrong = "wrong", f"it takes more than {most_seconds} s of processor time\n{traceback.format_exc()}"
    except Exception:
        kind, wrong = "wrong", traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    return Verdict(kind, process_time() - began, wrong)


def _out_of_time(number: int, frame: FrameType | None) -> None:
    raise _TooSlowError


def _tried(data: bytes, read: Callable[[bytes], Scenario]) -> str:
    try:
        scenario = read(data)
    except InputErrors as faults:
        _see_to_faults(faults, data)
        return "refused"
    timeline = scenario.facts.timeline
    try:
        replay(scenario).to_dict()
        for event in timeline[len(timeline) // 2 :][:1]:
            id = getattr(event, "subscription", None)
            if len(data) % 8:
                case = case_of(scenario)
                answer_of(case.play(event.date), id or "main", event.date).to_dict()
            else:  # the other readings take as long as all the rest together
                can_cancel(scenario, event.date, id).to_dict()
                check(scenario)
    except InputErrors as faults:
        _see_to_faults(faults, data)
        return "faulty"
    return "read"


def _see_to_faults(faults: InputErrors, data: bytes) -> None:
    """Check that each fault has a text and a place, and prints no character that a terminal would obey."""
    lines = re.split("\r\n|\r|\n", data.decode("utf-8", errors="replace").removeprefix("\ufeff"))
    assert faults.errors, "no fault is told"
    for fault in faults.errors:
        assert fault.message, "a fault has no words"
        assert 1 <= fault.line <= len(lines), f"line {fault.line} of {len(lines)}"
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1, f"column {fault.column} of line {fault.line}"
    assert str(faults).replace("\n", "").isprintable(), "a fault prints control characters"


def run(numbers: Iterable[int], seed: int, save: Path | None = None) -> Count:
    """Try the inputs with these numbers; one that goes wrong is saved in the folder."""
    count = Count()
    for number in numbers:
        data = hostile(seed, number)
        verdict = verdict_on(data)
        count.kinds[verdict.kind] += 1
        count.slowest = max(count.slowest, verdict.seconds)
        if verdict.wrong:
            count.wrong.append((number, verdict.wrong))
            if save is not None:
                (save / f"{seed}-{number}.yaml").write_bytes(data)
    count.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return count


def _bound_memory() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (used + MOST_MEMORY, resource.RLIM_INFINITY))


_AT_A_TIME = 1000


def main(arguments: list[str]) -> int:
    """Try so many inputs; the exit code is 1 if some go wrong."""
    parser = argparse.ArgumentParser(description="read, replay and ask about hostile scenario files")
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--save", type=Path, help="the folder for inputs that go wrong, outside the repository")
    options = parser.parse_args(arguments)
    save = options.save or Path(tempfile.gettempdir()) / "subsim-fuzzing"
    if save.resolve().is_relative_to(ROOT.resolve()):
        parser.error("--save names a folder inside the repository")
    save.mkdir(parents=True, exist_ok=True)
    numbers = range(options.first, options.first + options.inputs)
    chunks = [numbers[start : start + _AT_A_TIME] for start in range(0, len(numbers), _AT_A_TIME)]
    total, began = Count(), perf_counter()
    with ProcessPoolExecutor(options.processes, initializer=_bound_memory) as pool:
        for done, count in enumerate(pool.map(partial(run, seed=options.seed, save=save), chunks), 1):
            total.add(count)
            for number, wrong in count.wrong:
                print(f"input {number}: {wrong}", flush=True)
            if sys.stderr.isatty() or done % 20 == 0:
                print(f"{sum(total.kinds.values())} inputs, {len(total.wrong)} wrong", file=sys.stderr, flush=True)
    _report(total, options.seed, perf_counter() - began, save)
    return 1 if total.wrong else 0


def _report(total: Count, seed: int, seconds: float, save: Path) -> None:
    inputs = sum(total.kinds.values())
    print(f"{inputs} inputs, seed {seed}, {inputs / seconds:.0f} a second")
    print(f"{total.kinds['refused']} refused with their faults")
    print(f"{total.kinds['read']} read, replayed and asked about; {total.kinds['faulty']} with a fault in the replay")
    print(f"slowest {total.slowest:.2f} s of processor time, at most {total.memory >> 20} MB of memory")
    print(f"{len(total.wrong)} wrong" + (f", saved in {save}" if total.wrong else ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
