"""A value on which two outcomes differ, with the day and the clauses that decide it."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

Json = Any
LAST_DAY = "9999-12-31"
"""The date of a difference without a date."""


@frozen(kw_only=True, repr=False)
class Difference:
    """One value on which two outcomes differ, both as JSON, with the day and the clauses that decide it.

    `clauses` are those of our value, the deciding one first; for a refusal that only theirs has, the clause named by
    theirs comes before them. `date` is ISO text.
    """

    date: str
    path: str
    ours: Json
    theirs: Json
    clauses: tuple[str, ...] = ()

    @property
    def clause(self) -> str | None:
        """The clause that decides our value."""
        return self.clauses[0] if self.clauses else None

    def __repr__(self) -> str:
        """The difference in one line, as a failing test shows it."""
        return f"<{self}>"

    def __str__(self) -> str:
        """The difference in one line, for people."""
        where = self.date if self.clause is None else f"{self.date} {self.clause}"
        return f"{where}: {self.path} is {_in_short(self.theirs)}, expected {_in_short(self.ours)}"


def _in_short(value: Json) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_in_short(each)}" for key, each in value.items()) + "}"
    return "nothing" if value is None else str(value)


def clauses_of(entry: Json) -> tuple[str, ...]:
    """The clause that an entry of an outcome names, if it names one."""
    return (entry["clause"],) if entry.get("clause") else ()


def says(ours: Json, theirs: Json, keys: Iterable[str]) -> bool:
    """Whether ours has the values of theirs under these keys, as far as theirs has them."""
    return all(ours.get(key) == theirs[key] for key in keys if key in theirs)


def at(values: list[Json], index: int) -> Json:
    """The entry at a place of a list; None where it has no such place."""
    return values[index] if index < len(values) else None
