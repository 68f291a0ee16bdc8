"""Pairs of entries of two lists: those with the same key in both, and those that only one list has."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")


def match(before: Iterable[T], after: Iterable[T], key: Callable[[T], Hashable]) -> list[tuple[T | None, T | None]]:
    """Each entry with that of the same key in the other list, or None; equal keys are paired in their order."""
    old, new = _by_key(before, key), _by_key(after, key)
    return [(old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new))]


def _by_key(items: Iterable[T], key: Callable[[T], Hashable]) -> dict[tuple[Hashable, int], T]:
    seen: Counter[Hashable] = Counter()
    found = {}
    for item in items:
        name = key(item)
        found[name, seen[name]] = item
        seen[name] += 1
    return found
