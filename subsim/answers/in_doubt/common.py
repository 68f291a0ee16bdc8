"""What the JSON of several answers has in common: each value that is the same in all of them, else null."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar

from attrs import evolve

from subsim.answers.can_cancel import OF_DOUBT, Answer
from subsim.answers.law import LawAnswer, LawWay

T = TypeVar("T")


def same_in_all(values: Sequence[Any]) -> Any:
    """The common value, null where they differ. Mappings are compared key by key, rows by route and kind."""
    first = values[0]
    if all(value == first for value in values):
        return first
    if all(isinstance(value, dict) for value in values):
        return {
            key: _same_rows([value[key] for value in values])
            if key in _ROWS
            else same_in_all([value[key] for value in values])
            for key in first
            if all(key in value for value in values)
        }
    return None


_ROWS = ("routes", "ways")
"""By list the keys that identify its rows; any other list is one value."""


def _same_rows(lists: Sequence[list[dict[str, Any]]]) -> list[Any]:
    """The rows that all lists have, each as far as it is the same."""
    tables = [{(row["route"], row.get("kind")): row for row in rows} for rows in lists]
    shared = [name for name in tables[0] if all(name in table for table in tables)]
    return [same_in_all([table[name] for table in tables]) for name in shared]


def same_head(answers: Iterable[Answer]) -> dict[str, Any]:
    """The common part of the answers' JSON without their rows and without the keys about all worlds."""
    found: dict[str, Any] = same_in_all([_head(answer) for answer in without_repeats(answers, _compared_head)])
    return found


def _compared_head(answer: Answer) -> dict[str, Any]:
    """What `_head` is made of."""
    return {**vars(answer), "routes": None, "law": None}


def _head(answer: Answer) -> dict[str, Any]:
    """The JSON of an answer without its rows and without the keys about all worlds."""
    found = evolve(answer, routes=(), law=None).to_dict()
    return {key: value for key, value in found.items() if key not in OF_DOUBT}


def same_law(laws: Sequence[LawAnswer]) -> dict[str, Any]:
    """The common part of the law's answers; JSON is made once for each run of equal ones."""
    different = without_repeats(laws, lambda law: (law.why_not, law.kinds, law.notes))
    heads = [evolve(law, ways=()).to_dict() for law in different]
    tables = [{(row.route, row.kind): row for row in law.ways} for law in laws]
    shared = [name for name in tables[0] if all(name in table for table in tables)]
    ways = [_same_way([table[name] for table in tables]) for name in shared]
    return {**same_in_all(heads), "ways": ways}


def _same_way(rows: Sequence[LawWay]) -> dict[str, Any]:
    by_gist = list(without_repeats(rows, lambda row: (row.gist, row.provisions, row.points)))
    reason = str(rows[0].because)
    is_same = all(row.because == rows[0].because or str(row.because) == reason for row in rows)
    return {**same_in_all([row.to_dict() for row in by_gist]), "because": reason if is_same else None}


def without_repeats(values: Iterable[T], key: Callable[[T], Any] | None = None) -> Iterator[T]:
    """The first value of each run of equal values."""
    return (next(run) for _, run in groupby(values, key))
