"""Measures the memory of a process that reads and replays members: `python -m tools.benchmarks.memory MEMBERS.ndjson`.

The header is `header.yaml` beside the members, as `subsim portfolio generate` writes it. It prints the resident memory
after 1,000 members, 10,000 and so on, and what it grew by since 10,000: the goal of a worker. Linux only.
"""

import gc
import sys
from pathlib import Path

from tabulate import tabulate

from subsim.portfolio.header import load_header
from subsim.portfolio.replays import by_cohorts, reader_under

_FIRST = 10_000
_MEASURED = (1_000, _FIRST, 30_000, 60_000, 100_000, 200_000, 300_000, 500_000, 1_000_000)


def main() -> None:
    """Measure and print."""
    gc.disable()  # as in a run
    members = Path(sys.argv[1])
    header = load_header(str(members.with_name("header.yaml")))
    reader = reader_under(header)
    measured: dict[int, float] = {}
    with members.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            by_cohorts(reader.record(line), header)
            if number in _MEASURED:
                measured[number] = _megabytes()
    first = measured.get(_FIRST)
    rows = [
        (f"{number:,}", f"{size:.1f}", "" if first is None or number < _FIRST else f"{size - first:+.1f}")
        for number, size in measured.items()
    ]
    headings = ("members", "MB", f"since {_FIRST:,}")
    print(tabulate(rows, headings, disable_numparse=True, colalign=("right", "right", "right")))


def _megabytes() -> float:
    """The resident memory of this process, in units of a million bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kibibytes = next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]
    return int(kibibytes) * 1024 / 1e6


if __name__ == "__main__":
    main()
