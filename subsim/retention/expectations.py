"""Compares the expectations on retention with the result: the given entries must be among those found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from subsim.answers.question import Case
from subsim.basics.dates import Day
from subsim.checks.expectations import Mismatch
from subsim.files.expectation import ExpectedRetention
from subsim.retention.retention import retention_without_contested

Json = Any

_NAMES = {"holdings": "category", "requests": "request", "duties": "duty", "refused": "event"}
"""By list the key that identifies an entry."""


def mismatches_of_case(case: Case) -> list[Mismatch]:
    """The mismatches of a scenario or variant with its retention, as of its last date and of each question.

    InputErrors where only the replay shows a fault.
    """
    asked = case.scenario if case.variant is None else case.variant
    found: list[Mismatch] = []
    if "retention" in asked.expect:
        until = case.scenario.until_of(case.variant)
        found += _as_of(case, until, asked.expect["retention"], "retention")
    for index, ask in enumerate(asked.asks):
        if "retention" in ask.expect:
            found += _as_of(case, ask.date, ask.expect["retention"], f"ask[{index}].retention")
    return found


def _as_of(case: Case, date: Day, expected: ExpectedRetention, path: str) -> list[Mismatch]:
    return list(mismatches(expected, retention_without_contested(case, date).to_dict(), path))


def mismatches(expected: ExpectedRetention, found: Mapping[str, Json], path: str = "retention") -> Iterator[Mismatch]:
    """The mismatches; `found` is the JSON of retention."""
    given: dict[str, Json] = {**expected}
    for name, key in _NAMES.items():
        for index, entry in enumerate(given.get(name, ())):
            yield from _entry(entry, found[name], key, f"{path}.{name}[{index}]")
        if given.get(name) == [] and found[name]:
            yield Mismatch(path=f"{path}.{name}", expected=[], found=[each[key] for each in found[name]])
    if "unclear" in given:
        unclear = list(dict.fromkeys(each["category"] or each["request"] for each in found["unclear"]))
        wanted = given["unclear"]
        if (not wanted and unclear) or any(name not in unclear for name in wanted):
            clause = found["unclear"][0]["clause"] if found["unclear"] else None
            yield Mismatch(path=f"{path}.unclear", expected=wanted, found=unclear, clause=clause)


def _entry(wanted: Mapping[str, Json], found: Sequence[Mapping[str, Json]], key: str, path: str) -> Iterator[Mismatch]:
    """Compare one entry with the latest of its name, and of its id if given; a duty or refusal with any."""
    alike = [each for each in found if each[key] == wanted[key] and wanted.get("id") in (None, each.get("id"))]
    if not alike:
        yield Mismatch(path=path, expected=wanted, found=None)
    elif key in ("duty", "event"):
        if not any(_fits(wanted, each) for each in alike):
            yield Mismatch(path=path, expected=wanted, found=alike, clause=alike[-1]["clause"])
    else:
        there = alike[-1]
        clause = there["clause"] if "clause" in there else there["statute_clause"] or there["policy_clause"]
        for name, value in wanted.items():
            if not _agrees(value, there[name]):
                yield Mismatch(path=f"{path}.{name}", expected=value, found=there[name], clause=clause)


def _agrees(wanted: Json, found: Json) -> bool:
    """Whether a value is as expected: mappings of a list must be among those found, all else must be equal."""
    if isinstance(wanted, list) and wanted and isinstance(wanted[0], dict):
        return all(any(_fits(each, there) for there in found) for each in wanted)
    return bool(wanted == found)


def _fits(wanted: Mapping[str, Json], found: Mapping[str, Json]) -> bool:
    return all(_agrees(value, found[name]) for name, value in wanted.items())
