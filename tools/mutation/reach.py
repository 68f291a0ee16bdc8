"""Which scenarios and which unit tests reach each function that is mutated: found by running all of them once.

A mutant is first tried with those that reach its function. What a cache kept for a later one is not seen, so a mutant
that survives those is tried with all of them, unless its reason to survive is written.
"""

import inspect
import io
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from attrs import frozen

from tools.mutation.mutants import ROOT, Mutant

_PACKAGE = str(ROOT / "subsim") + os.sep


@frozen
class Reach:
    """By function, `module:where` as a mutant has it: the scenario files, and the tests by their node ids."""

    scenarios: dict[str, frozenset[str]]
    tests: dict[str, frozenset[str]]

    def function_with(self, mutant: Mutant) -> str | None:
        """The function that the mutant stands in, or that one is nested in; None where it is reached by nothing."""
        where = mutant.where
        while where and f"{mutant.module}:{where}" not in self.scenarios | self.tests:
            where = where.rpartition(".")[0]
        return f"{mutant.module}:{where}" if where else None


def reach(files: Sequence[str], tests: Sequence[Path]) -> Reach:
    """Run all scenarios and all tests, and keep what each reaches; to be called in a process of its own.

    ValueError where one fails already, without a mutant.
    """
    return Reach(_by_function(_of_scenarios(files)), _by_function(_of_tests(tests)))


def function_of(code: CodeType) -> str | None:
    """The function of the package that this is the code of, or that it is written in.

    None for any other code: of the rest, of a class body, of a module.
    """
    if not code.co_filename.startswith(_PACKAGE) or not code.co_flags & inspect.CO_OPTIMIZED:
        return None
    module = ".".join(Path(code.co_filename).relative_to(ROOT).with_suffix("").parts)
    return f"{module}:{code.co_qualname.split('.<')[0]}"


def _by_function(codes: dict[str, set[CodeType]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    functions: dict[CodeType, str | None] = {}
    for name, its in codes.items():
        for code in its:
            if code not in functions:
                functions[code] = function_of(code)
            if function := functions[code]:
                found[function].add(name)
    return {function: frozenset(names) for function, names in found.items()}


@contextmanager
def _reached(codes: set[CodeType]) -> Iterator[None]:
    def call(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            codes.add(frame.f_code)

    sys.setprofile(call)
    try:
        yield
    finally:
        sys.setprofile(None)


def _of_scenarios(files: Sequence[str]) -> dict[str, set[CodeType]]:
    from subsim.checks.check import check
    from subsim.files.scenario import load

    found: dict[str, set[CodeType]] = {}
    for file in files:
        codes = found[file] = set()
        with _reached(codes):
            if not all(result.ok for result in check(load(ROOT / file))):
                raise ValueError(file)
    return found


def _of_tests(tests: Sequence[Path]) -> dict[str, set[CodeType]]:
    import pytest

    found: dict[str, set[CodeType]] = {}

    class Recorder:
        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
            with _reached(found.setdefault(item.nodeid, set())):
                return (yield)

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        status = pytest.main(["-q", "-p", "no:cacheprovider", f"--rootdir={ROOT}", *map(str, tests)], [Recorder()])
    if status:
        raise ValueError(f"pytest ends with {status}")
    return found
