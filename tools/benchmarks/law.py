"""Measures the cost of the law beside the contract: `python -m tools.benchmarks.law [MEMBERS]`.

It compares `portfolio law` with `portfolio run` for a member from line to rows, and `can-cancel` with the law and with
`--law off` for every scenario under `scenarios/law`. Both are processor time within one process. Rounds alternate, and
the best of each counts.
"""

import gc
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tabulate import tabulate

from subsim.answers.question import Case, case_of
from subsim.files.scenario import load
from subsim.portfolio.generate import Block, header, members
from subsim.portfolio.header import load_header
from tools.benchmarks.instructions import STAGES
from tools.benchmarks.rounds import best_of

SCENARIOS = Path("scenarios/law")
_SEED, _YEARS = 1, 3
_ROUNDS = 5


def main() -> None:
    """Measure both, and print."""
    count = int(sys.argv[1]) if sys.argv[1:] else 5_000
    cases = answerable(SCENARIOS)
    gc.disable()
    with TemporaryDirectory() as folder:
        of_member = best_of(_of_portfolio(Path(folder), count), _ROUNDS)
    of_answer = best_of(answers(cases), _ROUNDS)
    rows = [
        *_rows(f"a member of {count:,}, portfolio", of_member, count),
        *_rows("an answer,", of_answer, len(cases)),
    ]
    print(tabulate(rows, ("", "processor µs", "ratio"), disable_numparse=True, colalign=("left", "right", "right")))


def _of_portfolio(folder: Path, count: int) -> dict[str, Callable[[], object]]:
    """Read and answer every member as one part of a run does, first without the law and then with it."""
    (folder / "header.yaml").write_text(header(_YEARS), encoding="utf-8")
    lines = members(Block(0, count), _SEED, _YEARS).splitlines()
    shared = load_header(str(folder / "header.yaml"))
    return {stage: STAGES[stage](lines, shared) for stage in ("run", "law")}


def answerable(folder: Path) -> list[Case]:
    """The cases of the scenarios in a folder that have no facts in doubt."""
    scenarios = [load(path) for path in sorted(folder.rglob("*.yaml"))]
    return [case_of(scenario) for scenario in scenarios if not scenario.doubts]


def answers(cases: list[Case]) -> dict[str, Callable[[], object]]:
    """Answer every case as of its last day, first without the law and then with it."""
    return {"--law off": partial(_answer, cases, False), "--law beside": partial(_answer, cases, True)}


def _answer(cases: list[Case], with_law: bool) -> None:
    for case in cases:
        case.answer("main", case.scenario.until_of(), with_law=with_law)


def _rows(of: str, seconds: dict[str, float], count: int) -> list[tuple[str, str, str]]:
    first = next(iter(seconds.values()))
    return [(f"{of} {name}", f"{each / count * 1e6:.0f}", f"{each / first:.2f}") for name, each in seconds.items()]


if __name__ == "__main__":
    main()
