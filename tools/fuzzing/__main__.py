"""Gives the reader many hostile scenario files: each is read or refused, quickly and in little memory.

`python -m tools.fuzzing --inputs 1000000 --seed 1` is the long run; the suite runs a sample. Half of the inputs are
files of `scenarios/` with changed bytes. The others are documents of those files with wrong values, keys and events;
most are well formed, so that the engine gets facts that nobody intends. What can be read is replayed and asked about.
"""

import argparse
import re
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from types import FrameType

from attrs import Factory, define, frozen

from subsim.answers.can_cancel import answer_of
from subsim.answers.question import case_of
from subsim.api import can_cancel, replay
from subsim.basics.faults import InputErrors
from subsim.checks.check import check
from subsim.files.scenario import Scenario, loads
from tools.fuzzing.inputs import ROOT, hostile

MOST_SECONDS = 2.0
"""The most processor time that one input may take."""
MOST_MEMORY = 1 << 30
"""The most bytes by which one process may grow."""


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
