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
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

from attrs import frozen

from tools.mutation.mutants import MODULES, ROOMS, ROOT, Mutant, code_of, path_of, test_of

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
)
"""The modules that have a part in reading a file."""
_SECONDS = 60
"""How long a stage may compute, however busy the machine is; a mutant that takes longer does not end."""


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
"""What `hold` was given in this process."""


def hold(scenarios: dict[str, bytes]) -> None:
    """Store the scenarios for the trials of this process."""
    _SCENARIOS.update(scenarios)


def trial(mutant: Mutant, files: Sequence[str], with_tests: bool) -> Verdict:
    """The first scenario or test that catches the mutant, in the order of these files; the process must be new."""
    sys.meta_path.insert(0, _MutantFinder(mutant.module, code_of(mutant)))
    return Verdict(mutant, first_failure(files, with_tests, mutant.module))


def first_failure(files: Sequence[str], with_tests: bool, module: str | None = None) -> str | None:
    """The first scenario or test that fails in this process, in which a module may be replaced."""
    stages: list[Callable[[], str | None]] = [
        lambda: _first_that_fails(pickle.loads(_SCENARIOS[file]) for file in files)
    ]
    if module is None or module in _READING:
        stages.append(lambda: _first_that_fails(_read_afresh(files)))
    if with_tests:
        stages.append(lambda: _first_test_that_fails(module))
    for stage in stages:
        try:
            with _time_limit():
                failure = stage()
        except _TooLongError:
            failure = "tests (do not end)"
        if failure:
            return failure
    return None


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
            if not all(result.ok for result in check(scenario)):
                return at
    except _TooLongError:
        return f"{at} (does not end)"
    except Exception as fault:  # whatever a mutant breaks, it is caught
        return f"{at} ({type(fault).__name__})"
    return None


def _read_afresh(files: Iterable[str]) -> Iterator[Any]:
    from subsim.files.scenario import load

    return (load(ROOT / file) for file in files)


def _first_test_that_fails(module: str | None) -> str | None:
    """The first unit test that fails; for speed those of the module come before all others."""
    everything = [ROOT / "tests" / name for name in _TESTS]
    own = [ROOT / "tests" / test_of(module.removeprefix("subsim."))] if module else []
    likely = [path for path in (*own, everything[-1]) if path.is_file()]
    return _first_failure_of(likely) or _first_failure_of([path for path in everything if path.exists()])


def _first_failure_of(tests: list[Path]) -> str | None:
    import pytest

    failures = _Failures()
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", f"--rootdir={ROOT}", *map(str, tests)], [failures])
    return failures.first or (f"tests (pytest ends with {status})" if status else None)


class _Failures:
    """A pytest plugin that keeps the first failure."""

    first: str | None = None

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.first = self.first or report.nodeid

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.first = self.first or report.nodeid


class _TooLongError(BaseException):
    pass


@contextmanager
def _time_limit() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
