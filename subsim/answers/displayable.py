"""The common base of answers."""

from collections.abc import Callable
from typing import ClassVar


class Displayable:
    """An answer; its `repr` is one line, and a notebook shows it as a page.

    The room of pages is above this one, so `subsim.api` sets the function that writes the page.
    """

    __slots__ = ()

    _repr_html_: ClassVar[Callable[["Displayable"], str]]
