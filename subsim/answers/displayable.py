"""What the answers have in common."""

from collections.abc import Callable
from typing import ClassVar


class Displayable:
    """What a question gives; its `repr` is one line, and a notebook shows it as a page.

    Pages stand above the answers, so that `subsim.api`, through which a notebook asks, sets who writes them.
    """

    __slots__ = ()

    _repr_html_: ClassVar[Callable[["Displayable"], str]]
