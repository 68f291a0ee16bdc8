"""The sums over all members: whole numbers by names, so that those of the parts add up to the same in any order."""

from typing import Any


class Sums(dict[str, Any]):
    """Sums under several names; JSON writes and reads them as they are."""

    def add(self, *names: str, amount: int = 1) -> None:
        """Add to the sum of that name."""
        *outer, last = names
        table: dict[str, Any] = self
        for name in outer:
            table = table.setdefault(name, {})
        table[last] = table.get(last, 0) + amount

    def of(self, *names: str) -> int:
        """The sum of that name; 0 where nothing was added to it."""
        found: Any = self
        for name in names:
            found = found.get(name, {})
        return found or 0

    def add_all(self, other: dict[str, Any]) -> None:
        """Add all sums of another."""
        _add_up(self, other)


def _add_up(into: dict[str, Any], other: dict[str, Any]) -> None:
    for name, value in other.items():
        if isinstance(value, dict):
            _add_up(into.setdefault(name, {}), value)
        else:
            into[name] = into.get(name, 0) + value
