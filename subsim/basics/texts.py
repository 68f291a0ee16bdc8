"""Texts that people read: an English template and its values, translated and filled in only when the text is read.

A replay makes thousands of reasons of which few are read, so a message must be cheap to make.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, Protocol

from subsim.basics.dates import Day
from subsim.basics.money import kroner

_MOST_WORDS = 30


class Wording(Protocol):
    """How a language translates a template and writes its days and amounts (in øre)."""

    def translate(self, template: str, /) -> str:
        """The template in the language."""

    def count(self, one: str, several: str, number: int, /) -> str:
        """The template for one or the one for several, by the number, in the language."""

    def day(self, day: Day, /) -> str:
        """The day as a sentence names it."""

    def amount(self, amount: int, /) -> str:
        """The amount with its currency."""

    def whole(self, number: int, /) -> str:
        """The whole number, its thousands set apart."""


class Json:
    """The wording of JSON, which is the same for every reader: English, ISO dates."""

    def translate(self, template: str) -> str:
        """The template itself."""
        return template

    def count(self, one: str, several: str, number: int) -> str:
        """The template by the English plural."""
        return one if number == 1 else several

    def day(self, day: Day) -> str:
        """`2020-07-15`"""
        return day.isoformat()

    def amount(self, amount: int) -> str:
        """`447.00 kr.`"""
        return f"{kroner(amount)} kr."

    def whole(self, number: int) -> str:
        """`1,000,000`"""
        return f"{number:,}"


JSON = Json()


class Message:
    """A translatable text: an English template, and the values that fill it in.

    A value is a day, a number, a message, or a text, which is not translated. An amount in øre has the format
    `{amount:kr}` in the template, a number with its thousands set apart `{bound:,}`. `str` gives the text of JSON; `+`
    joins two messages with a semicolon.
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values: dict[str, object] = values

    def text(self, wording: Wording) -> str:
        """The message in a language."""
        return _filled(self.template and wording.translate(self.template), self.values, wording)

    @property
    def last(self) -> "Message":
        """The last of the messages that `+` has joined; the message itself where there is one only."""
        return self

    def fill(self, **values: object) -> "Message":
        """The message with more values."""
        return Message(self.template, **{**self.values, **values})

    def __str__(self) -> str:
        """The message as JSON has it: English, ISO dates."""
        return self.text(JSON)

    def __repr__(self) -> str:
        """The text of `str` and the class."""
        return f"{type(self).__name__}({str(self)!r})"

    def __add__(self, other: "Message") -> "Message":
        """Both messages, joined with a semicolon."""
        return JoinedMessages(self, other)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same template and equal values."""
        return isinstance(other, Message) and self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        """By the template."""
        return hash(self.template)

    def __reduce__(self) -> tuple[Any, ...]:
        """The call that makes it again, for pickling."""
        return _remade, (self.template, self.values)


class Plural(Message):
    """A message with a template for one and another for several; its value `n` is the number."""

    __slots__ = ("several",)

    def __init__(self, one: str, several: str, /, **values: object) -> None:
        self.template = one  # repeats Message to save a call: a replay makes many of these
        self.values = values
        self.several = several

    def text(self, wording: Wording) -> str:
        """The message in a language, by that language's plural."""
        number = self.values["n"]
        assert isinstance(number, int)
        return _filled(wording.count(self.template, self.several, number), self.values, wording)

    def fill(self, **values: object) -> Message:
        """The message with more values."""
        return Plural(self.template, self.several, **{**self.values, **values})

    def __reduce__(self) -> tuple[Any, ...]:
        """The call that makes it again, for pickling."""
        return _plural_remade, (self.template, self.several, self.values)


_NO_VALUES: Final[dict[str, object]] = {}


class JoinedMessages(Message):
    """Two messages joined with a semicolon."""

    __slots__ = ("first", "second")

    def __init__(self, first: Message, second: Message) -> None:
        self.template, self.values = "", _NO_VALUES
        self.first = first
        self.second = second

    @property
    def last(self) -> Message:
        """The last of the messages."""
        return self.second.last

    def text(self, wording: Wording) -> str:
        """Both in a language."""
        return f"{self.first.text(wording)}; {self.second.text(wording)}"

    def fill(self, **values: object) -> Message:
        """Both with more values."""
        return JoinedMessages(self.first.fill(**values), self.second.fill(**values))

    def __reduce__(self) -> tuple[Any, ...]:
        """The call that makes it again, for pickling."""
        return JoinedMessages, (self.first, self.second)


_EMPTY = ""
NOTHING = Message(_EMPTY)
"""The empty message."""


def join_messages(messages: Iterable[Message]) -> Message:
    """The messages joined with semicolons."""
    head, *tail = list(messages) or [NOTHING]
    for each in tail:
        head += each
    return head


def join_words(words: Iterable[Message | str], last: Literal["or", "and"] = "or") -> Message:
    """The words as a list: `card, betalingsservice or invoice`; of a long one the first, and how many more."""
    every = list(words)
    *head, tail = every
    if (left_out := len(every) - _MOST_WORDS) > 1:
        head, tail, last = every[:_MOST_WORDS], Plural("{n} other", "{n} others", n=left_out), "and"
    each = {f"word{number}": word for number, word in enumerate(head or [tail])}
    template = ", ".join(f"{{{name}}}" for name in each)
    others = Message(template, **each)
    if not head:
        return others
    if last == "and":
        return Message("{several} and {last}", several=others, last=tail)
    return Message("{several} or {last}", several=others, last=tail)


def system_message(error: Exception) -> Message | str:
    """The system's reason why a file cannot be opened or written."""
    why = getattr(error, "strerror", None) or str(error)
    return _OF_SYSTEM.get(why, why)


def _filled(template: str, values: Mapping[str, object], wording: Wording) -> str:
    """The template filled in, with days, amounts and messages by the wording."""
    return template.format_map({name: _Value(value, wording) for name, value in values.items()})


class _Value:
    """A value as it fills in a template."""

    def __init__(self, value: Any, wording: Wording) -> None:
        self._value = value
        self._wording = wording

    def __format__(self, spec: str) -> str:
        value = self._value
        if spec == "kr":
            return self._wording.amount(value)
        if spec == ",":
            return self._wording.whole(value)
        if isinstance(value, Day):
            return self._wording.day(value)
        if isinstance(value, Message):
            return value.text(self._wording)
        return format(value, spec)


def _remade(template: str, values: Mapping[str, object]) -> Message:
    return Message(template, **values)


def _plural_remade(one: str, several: str, values: Mapping[str, object]) -> Message:
    return Plural(one, several, **values)


_OF_SYSTEM: dict[str, Message] = {
    each.template: each
    for each in (
        Message("No such file or directory"),
        Message("Not a directory"),
        Message("Is a directory"),
        Message("Permission denied"),
        Message("No space left on device"),
        Message("File too large"),
        Message("Disk quota exceeded"),
        Message("Connection refused"),
        Message("Name or service not known"),
        Message("No route to host"),
        Message("timed out"),
    )
}
