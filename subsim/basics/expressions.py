"""Regular expressions that are compiled when they are first used, since a command uses few of them."""

import re
from functools import cached_property


class Expression:
    """A regular expression as text; `compiled` is its pattern."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> "re.Pattern[str]":
        """The compiled pattern."""
        return re.compile(self.pattern, self._flags)
