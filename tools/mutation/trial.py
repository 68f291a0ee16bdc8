"""One trial of a mutant: first the scenarios, then the unit tests.

The scenarios are read once for all mutants, or again where the mutant may change how they are read. A trial runs in a
process of its own, in which the mutated module replaces the true one when it is imported. This file imports nothing of
`subsim` at its top, so that such a process starts without it.
"""

import io
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

from attrs import frozen

from tools.mutation.mutants import MODULES, ROOMS, ROOT, Mutant, code_of, path_of, test_of
from tools.mutation.reach import Reach

_TESTS = (
    *(*ROOMS, "membership", "engine", *map(test_of, MODULES)),
    *("checks/test_coverage.py", "exploring/test_exploration.py", "portfolio/test_columns.py"),
    "proof/test_mutation_survivors.py",
)
"""The unit tests of what is mutated, and of what asks it: coverage, the explorer and the columns of a portfolio."""
_READING = (
    "subsim.basics.dates",
    "subsim.basics.money",
    "subsim.basics.notation",
    "subsim.terms.terms",
    "subsim.membership.events",
    "subsim.membership.data_events",
    "subsim.membership.facts",
)
"""The modules that have a part in reading a file."""
_SECONDS = 60
_SECONDS_OF_A_SCENARIO = 10
"""How long a stage, and one scenario, may compute, however busy the machine is: one that takes longer does not end."""


@frozen
class Verdict:
    """What caught a mutant: a scenario, a test, or nothing."""

    mutant: Mutant
    caught_by: str | None

    @property
    def by_scenario(self) -> bool:
        """Whether a scenario caught it."""
        return self.caught_by is not None and self.caught_by.startswith("scenarios/")


def read_scenarios() -> dict[str, bytes]:
    """Every scenario by its file, read once for every trial; the process must be new."""
    from subsim.files.scenario import load

    return {
        str(path.relative_to(ROOT)): pickle.dumps(load(path)) for path in sorted((ROOT / "scenarios").rglob("*.yaml"))
    }


_SCENARIOS: dict[str, bytes] = {}
_REACHES: list[Reach] = []
"""What `hold` was given in this process."""


def hold(scenarios: dict[str, bytes], reached: Reach | None) -> None:
    """Store the scenarios for the trials of this process, and what reaches each function, where it is known."""
    _SCENARIOS.update(scenarios)
    _REACHES[:] = [reached] if reached else []


def trial(mutant: Mutant, files: Sequence[str], with_tests: bool, may_survive: bool) -> Verdict:
    """The first scenario or test that catches the mutant, in the order of these files; the process must be new.

    Those that reach its function come first. The others are tried too, unless it `may_survive`: its reason is written.
    """
    sys.meta_path.insert(0, _MutantFinder(mutant.module, code_of(mutant)))
    function = next((reached.function_with(mutant) for reached in _REACHES), None)
    if function:
        (reached,) = _REACHES
        near = reached.scenarios.get(function, frozenset())
        tests = _paths_and_ids(reached.tests.get(function, frozenset()))
        caught = first_failure([file for file in files if file in near], tests, mutant.module)
        if caught or may_survive:
            return Verdict(mutant, caught)
    return Verdict(mutant, first_failure(files, all_tests(mutant.module) if with_tests else [], mutant.module))


def first_failure(files: Sequence[str], tests: "Sequence[_Tests]", module: str | None = None) -> str | None:
    """The first scenario or test that fails in this process, in which a module may be replaced."""
    stages: list[Callable[[], str | None]] = [
        lambda: _first_that_fails(pickle.loads(_SCENARIOS[file]) for file in files)
    ]
    if module is None or module in _READING:
        stages.append(lambda: _first_that_fails(_read_afresh(files)))
    stages += [partial(_first_failure_of, each) for each in tests]
    for stage in stages:
        try:
            with _time_limit(_SECONDS):
                failure = stage()
        except _TooLongError:
            failure = "tests (do not end)"
        if failure:
            return failure
    return None


@frozen
class _Tests:
    """Files of tests, and which of their tests by node id; None: all."""

    paths: tuple[Path, ...]
    ids: frozenset[str] | None = None


def all_tests(module: str | None = None) -> list[_Tests]:
    """All unit tests of what is mutated; for speed those of the module come before all others."""
    everything = [path for path in (ROOT / "tests" / name for name in _TESTS) if path.exists()]
    own = [ROOT / "tests" / test_of(module.removeprefix("subsim."))] if module else []
    likely = [path for path in (*own, everything[-1]) if path.is_file()]
    return [_Tests(tuple(likely)), _Tests(tuple(everything))]


def _paths_and_ids(ids: frozenset[str]) -> list[_Tests]:
    paths = sorted({ROOT / each.partition("::")[0] for each in ids})
    return [_Tests(tuple(paths), ids)] if ids else []


class _MutantFinder(MetaPathFinder):
    """An import finder that gives the mutated module instead of the true one."""

    def __init__(self, module: str, code: CodeType) -> None:
        self.module, self.code = module, code

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != self.module:
            return None
        source = str(path_of(name))
        return spec_from_file_location(name, source, loader=_MutantLoader(name, source, self.code))


class _MutantLoader(SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self.mutated = code

    def get_code(self, fullname: str) -> CodeType:
        return self.mutated


# The stages


def _first_that_fails(scenarios: Iterable[Any]) -> str | None:
    """The first scenario whose expectations do not hold, or cannot be checked."""
    at = "scenarios"
    try:
        from subsim.checks.check import check

        for scenario in scenarios:
            at = os.path.relpath(scenario.source, ROOT)
            with _time_limit(_SECONDS_OF_A_SCENARIO):
                holds = all(result.ok for result in check(scenario))
            if not holds:
                return at
    except _TooLongError:
        return f"{at} (does not end)"
    except Exception as fault:  # whatever a mutant breaks, it is caught
        return f"{at} ({type(fault).__name__})"
    return None


def _read_afresh(files: Iterable[str]) -> Iterator[Any]:
    from subsim.files.scenario import load

    return (load(ROOT / file) for file in files)


def _first_failure_of(tests: _Tests) -> str | None:
    import pytest

    failures = _Failures(tests.ids)
    options = ["-x", "-q", "-p", "no:cacheprovider", f"--rootdir={ROOT}"]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        status = pytest.main([*options, *map(str, tests.paths)], [failures])
    return failures.first or (f"tests (pytest ends with {status})" if status else None)


class _Failures:
    """A pytest plugin that runs the tests of these ids only, or all, and keeps the first failure."""

    def __init__(self, ids: frozenset[str] | None) -> None:
        self.first: str | None = None
        self.ids = ids

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        if self.ids is not None:
            items[:] = [item for item in items if item.nodeid in self.ids]

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.first = self.first or report.nodeid

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.first = self.first or report.nodeid


class _TooLongError(BaseException):
    pass


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Let what is done take so long; a limit inside another gives that one back its time."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    signal.signal(signal.SIGVTALRM, stop)
    around, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, around)
