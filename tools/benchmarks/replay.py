"""Measures the replay of a member, and its growth with the years: `python -m tools.benchmarks.replay`.

Prints microseconds a member, and the ratio of each to decoding the same members from NDJSON. Rounds of all measurements
alternate and the best of each counts, so that a slower machine slows all alike.
"""

import json
from collections.abc import Callable

import msgspec
from tabulate import tabulate

from subsim.basics.dates import Day
from subsim.engine.timeline import play
from subsim.terms.terms import Terms
from tools.benchmarks.members import YEARS, as_lines, facts
from tools.benchmarks.rounds import best_of

MEMBERS = 300
ROUNDS = 30


def main() -> None:
    """Measure and print."""
    lines = as_lines(MEMBERS)
    decoder = msgspec.json.Decoder()
    measures: dict[str, Callable[[], object]] = {
        "decode NDJSON (msgspec)": lambda: [decoder.decode(line) for line in lines],
        "decode NDJSON (json)": lambda: [json.loads(line) for line in lines],
        f"replay {YEARS} years": _replay(YEARS),
        "replay 1 year": _replay(1),
        "replay 10 years": _replay(10),
        "a loop of 1,000 additions, a member": _additions,
    }
    best = best_of(measures, ROUNDS)
    decode = best["decode NDJSON (msgspec)"]
    rows = [
        (name, f"{seconds / MEMBERS * 1e6:.1f}", f"{MEMBERS / seconds:,.0f}", f"{seconds / decode:.2f}")
        for name, seconds in best.items()
    ]
    headers = ("measure", "µs a member", "members a second", "× decode")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("left", "right", "right", "right")))
    print(f"\n10 years : 1 year = {best['replay 10 years'] / best['replay 1 year']:.1f}")


def _replay(years: int) -> Callable[[], object]:
    members = [facts(line) for line in as_lines(MEMBERS, years=years)]
    terms, until = Terms(), Day(2020 + years, 12, 31)
    return lambda: [play(member, terms, until) for member in members]


def _additions() -> None:
    """Add numbers, as a measure of the machine's present speed."""
    for _ in range(MEMBERS):
        total = 0
        for number in range(1000):
            total += number


if __name__ == "__main__":
    main()
