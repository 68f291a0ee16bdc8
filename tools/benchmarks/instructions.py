"""Counts machine instructions a member, which other load does not change: `python -m tools.benchmarks.instructions`.

Names of stages may follow. Each stage runs over the same members once and three times under valgrind; half the
difference is its cost without start-up. Two equal runs give the same count. `--check` compares with `instructions.toml`
and fails where a stage costs more than 5 % above it. `--write` stores the counts there for this build of Python: builds
differ by a quarter, and `pgo` says whether the build was optimised by profile.
"""

import argparse
import gc
import os
import platform
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tabulate import tabulate

from subsim.portfolio.header import Header, load_header
from subsim.portfolio.members import Reader
from subsim.portfolio.replays import by_cohorts, facts_under
from subsim.portfolio.sums import Sums
from tools.benchmarks.portfolio import plain_decoder, replayed, replayed_alone

if TYPE_CHECKING:
    from subsim.portfolio.job import Work

_BASELINE = Path(__file__).with_name("instructions.toml")
_MEMBERS = 300
_REPEATS = (1, 3)
_TOLERANCE = 0.05
_SAME_EACH_TIME = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
"""What else moves a count: the order of sets, writing bytecode, and numpy's threads, which spin while they wait."""


def main() -> int:
    """Count, print, and compare or store; the exit code is 1 where a stage costs more than it may."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.instructions", description=__doc__)
    parser.add_argument("stages", nargs="*", help="all of them unless named")
    parser.add_argument("--members", type=int, default=_MEMBERS)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        file = _made(Path(folder), options.members)
        found = _measured(options.stages or list(STAGES), file, options.members)
    known = _baseline().get(build(), {})
    print(_table(found, known))
    if options.write:
        _write({**known, **found})
    if not options.check:
        return 0
    if not known:
        print(f"{_BASELINE.name} has no figures for this build of Python, {build()}: --write adds them")
        return 1
    dearer = [stage for stage, count in found.items() if count > known.get(stage, 0) * (1 + _TOLERANCE)]
    print(f"dearer than allowed: {', '.join(dearer)}" if dearer else "no stage is more than 5 % above its figure")
    return 1 if dearer else 0


def build() -> str:
    """The build of Python as the baseline names it: `cpython-3.11-x86_64-pgo`."""
    optimised = "-pgo" if "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "") else ""
    major, minor, _ = platform.python_version_tuple()
    return f"{platform.python_implementation().lower()}-{major}.{minor}-{platform.machine()}{optimised}"


# The stages


def _decode(lines: list[bytes], _header: Header) -> Callable[[], object]:
    decode = plain_decoder().decode
    return lambda: [decode(line) for line in lines]


def _read(lines: list[bytes], header: Header) -> Callable[[], object]:
    read = Reader(header.prices).record
    return lambda: [read(line) for line in lines]


def _alone(lines: list[bytes], header: Header) -> Callable[[], object]:
    """Replay each timeline as that of one scenario, with the announcements among its events."""
    read = Reader(header.prices).record
    every = [facts_under(header, read(line)) for line in lines]
    return lambda: [replayed_alone(facts, header) for facts in every]


def _replay(lines: list[bytes], header: Header) -> Callable[[], object]:
    """Replay as a portfolio with decisions does: with all reasons, with who can leave, and with the interest."""
    read = Reader(header.prices).record
    every = [read(line) for line in lines]
    return lambda: [replayed(own, header) for own in every]


def _ways_out(lines: list[bytes], header: Header) -> Callable[[], object]:
    """Replay as a portfolio does: without reasons, and asking at each announcement who can leave because of it."""
    read = Reader(header.prices).record
    every = [read(line) for line in lines]
    return lambda: [by_cohorts(own, header) for own in every]


def _run(lines: list[bytes], header: Header) -> Callable[[], object]:
    """Do the work of one part of `portfolio run`, from lines to columns."""
    from subsim.portfolio.run import Run  # whose libraries start with more instructions, or fewer, than decoding takes

    return _rows(Run(header), lines)


def _law(lines: list[bytes], header: Header) -> Callable[[], object]:
    """Do the work of one part of `portfolio law`, from lines to rows."""
    from subsim.portfolio.law import Law  # as above

    return _rows(Law(header), lines)


def _rows(work: "Work", lines: list[bytes]) -> Callable[[], object]:
    import pyarrow as pa

    def run() -> None:
        read, sums, sheets = work.reader.checked, Sums(), work.sheets()
        for number, line in enumerate(lines, start=1):
            sheets.add(work.of_member(read(line), number, sums))
        for batch in sheets.take(sums).values():
            with pa.ipc.new_stream(pa.BufferOutputStream(), batch.schema) as stream:
                stream.write_batch(batch)

    return run


STAGES: dict[str, Callable[[list[bytes], Header], Callable[[], object]]] = {
    "decode": _decode,
    "read": _read,
    "alone": _alone,
    "replay": _replay,
    "ways-out": _ways_out,
    "run": _run,
    "law": _law,
}
"""What is measured: each stage made from the lines and the header, and then done as often as wanted."""


# Measuring


def _made(folder: Path, members: int) -> Path:
    file = folder / "members.ndjson"
    command = [sys.executable, "-m", "subsim", "portfolio", "generate", "--members", str(members), "--seed", "1"]
    subprocess.run([*command, "-o", str(file)], check=True, stdout=subprocess.DEVNULL)
    return file


def _measured(stages: list[str], file: Path, members: int) -> dict[str, int]:
    tasks = [(stage, repeats) for stage in stages for repeats in _REPEATS]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = dict(zip(tasks, pool.map(lambda task: _instructions(task[0], task[1], file), tasks), strict=True))
    once, thrice = _REPEATS
    return {stage: (counts[stage, thrice] - counts[stage, once]) // (members * (thrice - once)) for stage in stages}


def _instructions(stage: str, repeats: int, file: Path) -> int:
    """The instructions of a process that runs a stage `repeats` times."""
    code = f"from tools.benchmarks.instructions import repeat; repeat({stage!r}, {repeats}, {str(file)!r})"
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    environment = os.environ | _SAME_EACH_TIME
    done = subprocess.run([*valgrind, sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if done.returncode or not found:
        raise SystemExit(f"{' '.join(valgrind)} failed:\n{done.stderr[-2000:]}")
    return int(found[1].replace(",", ""))


def repeat(stage: str, repeats: int, file: str) -> None:
    """Run a stage several times over the members of a file; the process must be new."""
    path = Path(file)
    step = STAGES[stage](path.read_bytes().splitlines(), load_header(str(path.with_name("header.yaml"))))
    gc.disable()
    for _ in range(repeats):
        step()


# The figures


def _baseline() -> dict[str, dict[str, int]]:
    return tomllib.loads(_BASELINE.read_text(encoding="utf-8")) if _BASELINE.exists() else {}


def _write(found: dict[str, int]) -> None:
    every = {**_baseline(), build(): found}
    text = [
        f'["{name}"]\n' + "".join(f"{stage} = {n}\n" for stage, n in sorted(its.items())) for name, its in every.items()
    ]
    _BASELINE.write_text(
        "# Instructions a member, by build of Python and stage.\n\n" + "\n".join(text), encoding="utf-8"
    )


def _table(found: dict[str, int], known: dict[str, int]) -> str:
    floor = found.get("decode") or known.get("decode")
    rows = [
        (
            stage,
            f"{count:,}",
            f"{count / floor:.1f}" if floor else "",
            f"{count / known[stage] - 1:+.1%}" if stage in known else "new",
        )
        for stage, count in found.items()
    ]
    headers = (build(), "instructions a member", "× decode", "beside the figure kept")
    return tabulate(rows, headers, disable_numparse=True, colalign=("left", "right", "right", "right"))


if __name__ == "__main__":
    sys.exit(main())
