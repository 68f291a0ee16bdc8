"""The sums over all members: whole numbers in tables, so that those of the parts add up to the same in any order."""

from typing import Any

import msgspec


class Table(dict[Any, int]):
    """Sums by key: a name or a month, or some of them."""

    def __missing__(self, _key: Any) -> int:
        """0 for a missing key, which is not stored."""
        return 0


class Sums(dict[str, Table]):
    """Tables of sums by their names."""

    def __missing__(self, name: str) -> Table:
        """A new table for a missing name."""
        table = self[name] = Table()
        return table

    def add_all(self, other: "Sums") -> None:
        """Add all sums of another."""
        for name, amounts in other.items():
            table = self[name]
            for key, amount in amounts.items():
                table[key] += amount

    def as_json(self) -> bytes:
        """All sums in order."""
        return msgspec.json.encode({name: sorted(table.items()) for name, table in sorted(self.items())})

    @classmethod
    def from_json(cls, text: bytes) -> "Sums":
        """What `as_json` wrote."""
        tables = msgspec.json.decode(text, type=dict[str, list[tuple[str | tuple[str, ...], int]]])
        return cls({name: Table(sums) for name, sums in tables.items()})
