"""Messages about what was written wrong: English sentences that keep what they were made of, to be said again.

A message is a `str`, so whoever raises, compares or writes it need not know; the command line says it in the
language of the reader.
"""

from collections.abc import Callable, Mapping
from typing import Any


class Said(str):
    """An English sentence with its template and the values that fill it in, which may be such sentences themselves."""

    template: str
    values: Mapping[str, Any]


def said(template: str, /, **values: object) -> Said:
    """The sentence: its template with the values filled in."""
    return _made(template.format(**values), template, values)


def rewritten(message: str, rewrite: Callable[[str], str]) -> str:
    """The message with its English text rewritten; what it was made of stays."""
    text = rewrite(message)
    return _made(text, message.template, message.values) if isinstance(message, Said) else text


def in_words_of(message: str, translate: Callable[[str], str]) -> str:
    """The message by the templates of another language; what is no `Said` stays as it is."""
    if not isinstance(message, Said):
        return message
    values = {
        name: in_words_of(value, translate) if isinstance(value, str) else value
        for name, value in message.values.items()
    }
    return translate(message.template).format(**values)


def of_system(error: Exception) -> str:
    """What the system says of a file that it cannot open or write."""
    why = getattr(error, "strerror", None) or str(error)
    return _OF_SYSTEM.get(why, why)


def _made(text: str, template: str, values: Mapping[str, Any]) -> Said:
    sentence = Said(text)
    sentence.template, sentence.values = template, values
    return sentence


_OF_SYSTEM: dict[str, str] = {
    each: each
    for each in (
        said("No such file or directory"),
        said("Not a directory"),
        said("Is a directory"),
        said("Permission denied"),
        said("No space left on device"),
        said("Connection refused"),
        said("Name or service not known"),
        said("No route to host"),
        said("timed out"),
    )
}
