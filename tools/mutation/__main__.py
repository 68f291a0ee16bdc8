"""Tries every mutant, and finds the scenario or test that catches it: `python -m tools.mutation`."""

import argparse
import multiprocessing
import re
import sys
import tomllib
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.pool import AsyncResult
from pathlib import Path

from tools.mutation.mutants import ROOT, Mutant, all_mutants
from tools.mutation.reach import Reach, reach
from tools.mutation.report import as_markdown
from tools.mutation.trial import Verdict, all_tests, first_failure, hold, read_scenarios, trial

_REASONS = Path(__file__).parent / "survivors.toml"
_REPORT = ROOT / "docs" / "mutation.md"
_SURVIVES = "SURVIVES"
_AHEAD = 8
"""How many mutants a process are handed out ahead, so that none waits for one that does not end."""


def main() -> int:
    """Try the mutants; the exit code is 1 if one survives without a written reason, or a reason is no longer needed."""
    options = _options()
    mutants = [mutant for mutant in all_mutants() if re.search(options.pattern, mutant.name)]
    caught = _caught_before(options.resume) if options.resume else {}
    reasons = written_reasons()
    before = _last_edits()
    found = {
        mutant.name: Verdict(mutant, caught[mutant.name])
        for mutant in mutants
        if mutant.name in caught and mutant.name not in reasons
    }
    for verdict in found.values():
        _show(verdict)
    left = [mutant for mutant in mutants if mutant.name not in found]
    for verdict in _verdicts(left, options, reasons):
        found[verdict.mutant.name] = verdict
        _show(verdict)
    verdicts = [found[mutant.name] for mutant in mutants]
    if _last_edits() != before:
        sys.exit("files were edited during the run, which may catch a mutant that survives: run it again")
    if options.write:
        Path(options.write).write_text(as_markdown(verdicts, reasons), "utf-8")
    faults = list(_faults(verdicts, reasons))
    print(*faults, f"{len(mutants)} mutants, {sum(each.caught_by is not None for each in verdicts)} caught", sep="\n")
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__)
    parser.add_argument("pattern", nargs="?", default="", help="try only the mutants whose names this pattern finds")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tried at once (default: 2)")
    parser.add_argument("--scenarios-only", action="store_true", help="leave out the unit tests")
    parser.add_argument(
        "--unchecked",
        action="store_true",
        help="with --scenarios-only: do not check first that they all hold without a mutant",
    )
    parser.add_argument(
        "--resume",
        metavar="FILE",
        type=Path,
        help="what a run printed that was stopped: what it found caught is not tried again",
    )
    parser.add_argument("--write", metavar="FILE", help="write the report in Markdown")
    return parser.parse_args()


def _caught_before(output: Path) -> dict[str, str]:
    """What caught each mutant, by its name, in the lines that an earlier run printed."""
    lines = (line.partition(": subsim.") for line in output.read_text("utf-8").splitlines())
    return {f"subsim.{name}": catcher for catcher, _, name in lines if name and catcher != _SURVIVES}


def _show(verdict: Verdict) -> None:
    print(f"{verdict.caught_by or _SURVIVES}: {verdict.mutant.name}", flush=True)


def written_reasons() -> dict[str, str]:
    """The reasons why mutants survive, by their names."""
    with _REASONS.open("rb") as file:
        return {name: each["reason"] for each in tomllib.load(file)["survivors"] for name in each["mutants"]}


def _last_edits() -> dict[Path, int]:
    """The time at which each file that a trial reads was last written."""
    files = (path for folder in ("subsim", "scenarios", "tests") for path in (ROOT / folder).rglob("*.*"))
    return {path: path.stat().st_mtime_ns for path in files if path.suffix in (".py", ".yaml", ".csv")}


def _verdicts(mutants: list[Mutant], options: argparse.Namespace, reasons: dict[str, str]) -> Iterator[Verdict]:
    """The verdicts in the order of the mutants.

    Each new process first tries what caught mutants recently, then what catches the numbers in the last report.
    """
    fork, jobs, with_tests = multiprocessing.get_context("fork"), options.jobs, not options.scenarios_only
    with fork.Pool(1) as reader:
        scenarios = reader.apply(read_scenarios)
    catchers = [file for file in re.findall("`(scenarios/[^`]+)`", _REPORT.read_text("utf-8")) if file in scenarios]
    reached = None if options.unchecked and not with_tests else _reached(scenarios, with_tests)
    with fork.Pool(jobs, hold, [scenarios, reached], maxtasksperchild=1) as processes:
        running: deque[AsyncResult[Verdict]] = deque()
        for mutant in mutants:
            order = dict.fromkeys((*reversed(catchers), *scenarios))
            running.append(processes.apply_async(trial, [mutant, [*order], with_tests, mutant.name in reasons]))
            if len(running) > _AHEAD * jobs:
                verdict = running.popleft().get()
                catchers += [verdict.caught_by] if verdict.caught_by in scenarios else []
                yield verdict
        yield from (each.get() for each in running)


def _reached(scenarios: dict[str, bytes], with_tests: bool) -> Reach | None:
    """What reaches each function; None without tests. Ends the run where a scenario or test fails without a mutant."""
    with multiprocessing.get_context("fork").Pool(1, hold, [scenarios, None]) as process:
        if not with_tests:
            if failure := process.apply(first_failure, [[*scenarios], []]):
                sys.exit(f"{failure} fails already, without a mutant")
            return None
        everything = all_tests()[-1].paths
        try:
            return process.apply(reach, [[*scenarios], everything])
        except ValueError as fault:
            sys.exit(f"{fault} fails already, without a mutant")


def _faults(verdicts: Iterable[Verdict], reasons: dict[str, str]) -> Iterator[str]:
    for verdict in verdicts:
        name = verdict.mutant.name
        if verdict.caught_by is None and name not in reasons:
            yield f"survives without a reason: {name}"
        if verdict.caught_by is not None and name in reasons:
            yield f"is caught, and needs no reason: {name}"


if __name__ == "__main__":
    sys.exit(main())
