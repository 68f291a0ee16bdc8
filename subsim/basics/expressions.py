"""Regular expressions that are compiled when they are first used: a command uses few of those that it knows."""

import re
from functools import cached_property


class Expression:
    """A regular expression; `compiled` is the one of `re`."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> "re.Pattern[str]":
        """The expression, ready for use."""
        return re.compile(self.pattern, self._flags)
