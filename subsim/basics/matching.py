"""Two lists of one kind side by side: what stands in both, and what only one of them has."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")


def match(before: Iterable[T], after: Iterable[T], key: Callable[[T], Hashable]) -> list[tuple[T | None, T | None]]:
    """Each with the other of its key, None where there is no other; of one key the second meets the second."""
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
