"""Measures `subsim can-cancel` beside a bare interpreter: `python -m tools.benchmarks.start_up`.

It takes the processor time of whole processes. Rounds alternate and the best of each counts. The libraries that the
command needs are measured too.
"""

import resource
import subprocess
import sys

from tabulate import tabulate

ROUNDS = 10
SCENARIO = "scenarios/termination/the-terms-own-example.yaml"
CAN_CANCEL = ("-m", "subsim", "can-cancel", SCENARIO, "--date", "2020-04-14")
COMMANDS = {
    "python -c pass": ("-c", "pass"),
    "import pendulum": ("-c", "import pendulum"),
    "import attrs, click, yaml": ("-c", "import attrs, click, yaml"),
    "import attrs, click, yaml, tabulate": ("-c", "import attrs, click, yaml, tabulate"),
    "subsim can-cancel --format json": (*CAN_CANCEL, "--format", "json"),
    "subsim can-cancel": CAN_CANCEL,
}


def main() -> None:
    """Measure and print."""
    best = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(ROUNDS):
        for name, arguments in COMMANDS.items():
            best[name] = min(best[name], _seconds(arguments))
    bare = best["python -c pass"]
    rows = [(name, f"{seconds * 1000:.0f}", f"{seconds / bare:.1f}") for name, seconds in best.items()]
    print(tabulate(rows, ("process", "ms", "× bare"), disable_numparse=True, colalign=("left", "right", "right")))


def _seconds(arguments: tuple[str, ...]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
