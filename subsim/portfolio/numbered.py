"""Values by numbers, so that columns hold whole numbers in their place."""

from typing import Any


class Numbered(dict[Any, int]):
    """The numbers of values, from 0, in the order in which they were first asked for."""

    def __missing__(self, value: Any) -> int:
        """The next number, which is the value's from now on."""
        number = self[value] = len(self)
        return number
