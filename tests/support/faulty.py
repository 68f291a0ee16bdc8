"""Texts that cannot be read, and what is said of them."""

import pytest

from subsim.basics.faults import InputError, InputErrors
from subsim.files.scenario import loads

MARK = "»"
"""Stands in a text just before the place of a fault."""
SIGN_UP = "  - {date: 2020-01-15, event: sign_up, package: basis}\n"


def with_timeline(*events: str, rest: str = "") -> str:
    """A scenario with these events after a sign-up on line 4, and then the rest of the file."""
    lines = "".join(f"  - {{{event}}}\n" for event in events)
    return f"scenario: a story\nprices: {{basis: 149.00, family: 299.00}}\ntimeline:\n{SIGN_UP}{lines}{rest}"


def errors_of(text: str | bytes) -> tuple[InputError, ...]:
    """Every fault of a text that cannot be read."""
    with pytest.raises(InputErrors) as caught:
        loads(text, "story.yaml")
    return caught.value.errors


def said_of(text: str | bytes) -> list[str]:
    """Every fault in one line: its place, its message, and after a bar the remedy."""
    return [f"{error.line}:{error.column} {_said(error)}" for error in errors_of(text)]


def said_at_mark(text: str) -> list[str]:
    """The one fault of a text, which is at its mark: its message, and after a bar the remedy."""
    before, _, after = text.partition(MARK)
    (error,) = errors_of(before + after)
    *lines, line = before.split("\n")
    assert (error.line, error.column) == (len(lines) + 1, len(line) + 1)
    return [_said(error)]


def _said(error: InputError) -> str:
    return f"{error.message} | {error.remedy}" if error.remedy else error.message
