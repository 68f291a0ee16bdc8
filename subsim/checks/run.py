"""The results of a run over many files: the counts, and the coverage if that is asked for."""

from collections.abc import Sequence

from attrs import frozen

from subsim.basics.json_object import JsonObject, Key, Merge
from subsim.checks.check import CaseResult


@frozen
class Tally(JsonObject):
    """How many files and cases there are, and how many of the cases hold, do not, or cannot be read."""

    files: int
    cases: int
    passed: int
    failed: int
    errors: int

    KEYS = (
        Key("files", "how many files"),
        Key("cases", "how many cases: scenarios and their variants; a file that cannot be read is one"),
        Key("passed", "how many of them hold"),
        Key("failed", "how many do not"),
        Key("errors", "how many cannot be read or replayed"),
    )


@frozen(kw_only=True)
class Run(JsonObject):
    """The results of a run over many files."""

    tally: Tally
    results: tuple[CaseResult, ...]
    coverage: dict[str, dict[str, list[str]]] | None = None
    """The coverage: by kind and item the files; None where it is not asked for."""

    KEYS = (
        Merge("tally"),
        Key("results", "the cases in order; one that cannot be read is there without mismatches"),
        Key("coverage", "by kind and item of the model the files that exercise it, if it is asked", optional=True),
    )


def tally(cases: Sequence[CaseResult]) -> Tally:
    """The counts of a run; a file that cannot be read counts as one case."""
    errors = sum(case.errors is not None for case in cases)
    passed = sum(case.ok for case in cases)
    return Tally(len({case.file for case in cases}), len(cases), passed, len(cases) - passed - errors, errors)
