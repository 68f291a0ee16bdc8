"""The output files of letters."""

from typing import TYPE_CHECKING

import click

from subsim.basics.texts import Message, join_words
from subsim.shell.options import localize

if TYPE_CHECKING:
    from subsim.pages.letter import Form


LETTERS: "dict[Form, tuple[str, ...]]" = {
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "pdf": (".pdf",),
}
"""The formats of a letter, and the endings of a file that ask for them."""


def form_of_letter(form: "Form | None", output: str | None) -> "Form":
    """The format asked for, which must fit the file's ending; else the format of the ending."""
    if output is None:
        return form or "markdown"
    by_ending = next((each for each, endings in LETTERS.items() if output.lower().endswith(endings)), None)
    if by_ending is None or form not in (None, by_ending):
        wanted = LETTERS[form] if form else [ending for endings in LETTERS.values() for ending in endings]
        fault = Message("{path} does not end in {endings}", path=repr(output), endings=join_words(wanted))
        raise click.BadParameter(localize(fault), param_hint="'--output'")
    return by_ending
