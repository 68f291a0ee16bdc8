"""How fast a portfolio is replayed, and in how much memory: `python -m benchmarks.portfolio [MEMBERS]`.

Decoding alone, into the Structs of the portfolio, is the measure of all else in the same run. Processor time is that of
a whole process with its workers, start-up included; the best of the rounds counts.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

from tabulate import tabulate

from subsim.portfolio.members import decoder

MEMBERS = 4000
ROUNDS = 1
DECODINGS = 10


class Cost(NamedTuple):
    """What a command took: seconds of processors, seconds by the clock, and the most memory of a process in MB."""

    processor: float
    clock: float
    memory: float


def main() -> None:
    """Measure and print."""
    members = int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS
    with TemporaryDirectory() as folder:
        _measure(members, Path(folder))


def _measure(members: int, folder: Path) -> None:
    small, large = folder / "small.ndjson", folder / "large.ndjson"
    _cost("generate", "--members", members // 4, "--seed", 1, "-o", small)
    made = _cost("generate", "--members", members, "--seed", 1, "--workers", 1, "-o", large)
    decode = _decoding(large)
    one = _best(folder, large, 1)
    two = _best(folder, large, 2)
    rows = [
        ("decode alone", _each(decode, members), "1.0", ""),
        ("generate, 1 process", _each(made.processor, members), f"{made.processor / decode:.0f}", f"{made.clock:.1f}"),
        ("run, 1 process", _each(one.processor, members), f"{one.processor / decode:.0f}", f"{one.clock:.1f}"),
        ("run, 2 processes", _each(two.processor, members), f"{two.processor / decode:.0f}", f"{two.clock:.1f}"),
    ]
    headers = (f"{members:,} members", "processor µs a member", "× decode", "seconds by the clock")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("left", "right", "right", "right")))
    print(f"\nclock of 1 process : clock of 2 = {one.clock / two.clock:.2f}")
    few = _best(folder, small, 1)
    print(f"peak memory: {few.memory:.1f} MB at {members // 4:,} members, {one.memory:.1f} MB at {members:,}")


def _each(seconds: float, members: int) -> str:
    return f"{seconds / members * 1e6:.1f}"


def _decoding(file: Path) -> float:
    """The seconds that it takes to decode the lines that are decoded into Structs: nearly all."""
    lines = [line for line in file.read_bytes().splitlines() if b'"terminate"' not in line]
    decode, best = decoder().decode, float("inf")
    for _ in range(DECODINGS):
        start = process_time()
        for line in lines:
            decode(line)
        best = min(best, process_time() - start)
    return best


def _best(folder: Path, file: Path, workers: int) -> Cost:
    costs = []
    for number in range(ROUNDS):
        output = folder / f"{file.stem}-{workers}-{number}"
        options = ("--workers", workers, "--part", 1000, "--to", "ndjson", "--format", "json")
        costs.append(_cost("run", file, "-o", output, *options))
    return Cost(*map(min, zip(*costs, strict=True)))


def _cost(*arguments: object) -> Cost:
    start = perf_counter()
    command = [sys.executable, "-m", "subsim", "portfolio", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, perf_counter() - start, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
