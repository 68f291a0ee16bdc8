"""The faults of a scenario file: collected while it is read, printed with their line, a caret and a remedy."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from subsim.basics.json_object import JsonObject, Key
from subsim.basics.names import visible
from subsim.basics.texts import JSON, Message, Plural, Wording, join_words
from subsim.basics.values import frozen

__all__ = [
    "Faults",
    "InputError",
    "InputErrors",
    "Place",
    "did_you_mean",
    "nearest",
    "nearest_word",
    "no_such",
    "printable",
    "quote",
]

MOST_FAULTS = 1000
"""The number of faults at which reading stops."""

_WIDEST_LINE = 110
_BEFORE_CARET = 70
_LONGEST_QUOTE = 60
_LONGEST_WORD = 60
_MOST_WORDS = 100


class Place(NamedTuple):
    """A place in a text: its line and column, both counted from 1."""

    line: int
    column: int


START = Place(1, 1)


@frozen(kw_only=True)
class InputError(JsonObject):
    """One fault of a file: where it is, what was found and expected there, and the remedy where there is one.

    `source` is the text of the line; None where the file has no text to show.
    """

    file: str
    line: int
    column: int
    text: Message
    source: str | None = None
    advice: Message | None = None

    KEYS = (
        Key("file", "the file"),
        Key("line", "the line of the fault, from 1"),
        Key("column", "its column, from 1"),
        Key("message", "what is wrong"),
        Key("remedy", "what to do about it; null where nothing is known"),
    )

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return printable(str(self.text))

    @property
    def remedy(self) -> str | None:
        """What to do about it, in English."""
        return None if self.advice is None else printable(str(self.advice))

    def __str__(self) -> str:
        """The fault in English: place and message, the line with a caret, the remedy."""
        return self._at(f"{visible(self.file)}:{self.line}:{self.column}", JSON)

    def in_words(self, wording: Wording) -> str:
        """The fault in a language, as the command prints it. A fault of the whole file has no line and no caret."""
        file = visible(self.file)
        return self._at(file if self.source is None else f"{file}:{self.line}:{self.column}", wording)

    def _at(self, place: str, wording: Wording) -> str:
        parts = [f"{place}: {printable(self.text.text(wording))}"]
        if self.source is not None:
            text, caret = _clipped(self.source, self.column - 1)
            gutter = " " * (len(str(self.line)) + 2)
            parts += [f"  {self.line} | {printable(text)}".rstrip(), f"{gutter} | {' ' * caret}^"]
        if self.advice is not None:
            parts.append(printable(self.advice.text(wording)))
        return "\n".join(parts)


class InputErrors(Exception):  # noqa: N818 - it holds several errors, and users import it by this name
    """An input cannot be read; `errors` holds every fault found, in the order of the text."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(errors)
        super().__init__(self.errors)

    def __str__(self) -> str:
        """Every fault as the command prints it."""
        return "\n".join(map(str, self.errors))


class _Fault(NamedTuple):
    place: Place
    text: Message
    advice: Message | None


class Faults:
    """Collects the faults of one text; the name and the text of the file serve to show them."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self._faults: list[_Fault] = []
        self._private: set[str] = set()

    def __len__(self) -> int:
        """The number of faults noted."""
        return len(self._faults)

    def add(self, place: Place, text: Message, advice: Message | None = None) -> None:
        """Note a fault; InputErrors if there are more than `MOST_FAULTS`."""
        self._faults.append(_Fault(place, text, advice))
        if len(self) == MOST_FAULTS:
            advice = Message("mend these first: there may be more")
            text = Plural("reading stops here, after {n} fault", "reading stops here, after {n} faults", n=len(self))
            self._faults.append(_Fault(place, text, advice))
            raise self.as_errors()

    def hide(self, private: str) -> None:
        """Replace this text by dots wherever a fault shows its line."""
        self._private.add(private)

    def _source(self, lines: list[str], line: int) -> str:
        source = lines[line - 1] if line <= len(lines) else ""
        for private in sorted(self._private, key=len, reverse=True):
            source = source.replace(private, "·" * len(private))
        return source

    def as_errors(self) -> InputErrors:
        """All faults noted, as the error to raise."""
        in_order = sorted(self._faults, key=lambda fault: fault.place)
        lines = lines_of(self.text, in_order[-1].place.line)
        return InputErrors(
            InputError(
                file=self.file,
                line=fault.place.line,
                column=fault.place.column,
                text=fault.text,
                source=self._source(lines, fault.place.line),
                advice=fault.advice,
            )
            for fault in in_order
        )


def lines_of(text: str, last: int | None = None) -> list[str]:
    """The lines of a text as YAML counts them, not beyond the number `last`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n", -1 if last is None else last)[:last]


def quote(text: str) -> str:
    """The text in quotes, short and on one line."""
    clipped = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return f"'{printable(clipped)}'"


def nearest_word(word: str, words: Iterable[str]) -> str | None:
    """The nearest of the words; None where none is near."""
    by_lower = {each.lower(): each for each in islice(words, _MOST_WORDS + 1)}
    if len(word) > _LONGEST_WORD or len(by_lower) > _MOST_WORDS:
        return None  # comparing would take long
    from difflib import get_close_matches  # a file without faults need not wait for it

    matches = get_close_matches(word.lower(), by_lower, n=1)
    return by_lower[matches[0]] if matches else None


def nearest(word: str, words: Iterable[str]) -> Message | None:
    """The question "did you mean …?" with the nearest of the words; None where none is near."""
    meant = nearest_word(word, words)
    return None if meant is None else did_you_mean(meant)


def did_you_mean(word: str) -> Message:
    """The question "did you mean …?" with this word."""
    return Message("did you mean {word}?", word=quote(word))


def no_such(what: Message, word: str, words: Iterable[str], listed: Iterable[str] | None = None) -> Message:
    """The message that a word is none of these, with the nearest of them, else with a list of them."""
    fault = Message("no {what} is called {word}", what=what, word=repr(word))
    if remedy := nearest(word, words):
        fault = Message("{fault}; {remedy}", fault=fault, remedy=remedy)
    return Message("{fault}\nthere are {words}", fault=fault, words=join_words(listed or words, "and"))


def _clipped(line: str, caret: int) -> tuple[str, int]:
    if len(line) <= _WIDEST_LINE:
        return line, caret
    start = max(0, caret - _BEFORE_CARET)
    head, tail = "…" if start else "", "…" if start + _WIDEST_LINE < len(line) else ""
    return head + line[start : start + _WIDEST_LINE] + tail, caret - start + len(head)


def printable(text: str) -> str:
    """The text on one line, with a sign in the place of each character that cannot be shown."""
    return "".join(
        char if char.isprintable() else " " if char in "\t\n" else "\N{REPLACEMENT CHARACTER}" for char in text
    )
