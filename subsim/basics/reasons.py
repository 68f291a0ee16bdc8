"""The sentences of an explanation, kept as templates with their values until someone asks for the words.

A replay makes thousands of decisions whose reasons nobody reads; so a reason is a tuple of parts, each a template and
the values it names, and becomes text only in `sentence`.
"""

import string
from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from subsim.basics.dates import Day
from subsim.basics.money import kroner

Because: TypeAlias = tuple[tuple[str, Mapping[str, Any]], ...]
"""Why something was decided: its parts in order, each a template and its values (days, numbers, øre, names)."""


class Wording(Protocol):
    """How a language says a template and writes the days and the amounts (in øre) that it names."""

    def translate(self, template: str, /) -> str:
        """The template in the language."""

    def day(self, day: Day, /) -> str:
        """The day as a sentence names it."""

    def amount(self, amount: int, /) -> str:
        """The amount with its currency."""


class _Json:
    """The wording of JSON, which is the same for every reader: English, ISO dates."""

    def translate(self, template: str) -> str:
        return template

    def day(self, day: Day) -> str:
        return day.isoformat()

    def amount(self, amount: int) -> str:
        return f"{kroner(amount)} kr."


_JSON = _Json()


def because(template: str, /, **values: object) -> Because:
    """One part of a reason; an amount in øre is written `{amount:kr}` in the template."""
    return ((template, values),)


def sentence(reason: Because, wording: Wording = _JSON) -> str:
    """The reason in words, its parts joined by semicolons; as JSON has it, or in the wording of a language."""
    fill = _Filled(wording).vformat
    return "; ".join(fill(wording.translate(template), (), values) for template, values in reason)


class _Filled(string.Formatter):
    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "kr":
            return self._wording.amount(value)
        if isinstance(value, Day):
            return self._wording.day(value)
        return str(format(value, format_spec))
