"""The sums over all members: whole numbers by names, so that those of the parts add up to the same in any order."""

from collections.abc import Mapping

import msgspec

Names = tuple[str, ...]


class Sums(dict[Names, int]):
    """Sums, each under several names; what nothing was added to is 0."""

    def __missing__(self, _names: Names) -> int:
        """What nothing was added to; it is not kept."""
        return 0

    def add_all(self, other: Mapping[Names, int]) -> None:
        """Add all sums of another."""
        for names, amount in other.items():
            self[names] += amount

    def under(self, *names: str) -> dict[Names, int]:
        """The sums whose names begin so, by the rest of their names."""
        return {key[len(names) :]: amount for key, amount in self.items() if key[: len(names)] == names}

    def as_json(self) -> bytes:
        """The sums in the order of their names."""
        return msgspec.json.encode(sorted(self.items()))

    @classmethod
    def from_json(cls, text: bytes) -> "Sums":
        """What `as_json` wrote."""
        return cls(msgspec.json.decode(text, type=list[tuple[Names, int]]))
