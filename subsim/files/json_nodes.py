"""JSON as a tree of located nodes for the reader of scenario files; each place is a JSON Pointer.

Numbers stay the text that was written: no amount is ever a float. The line of a place is the number of its pointer,
counted from 1 in the order of the document, so that faults come in that order.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from attrs import Factory, frozen

from subsim.basics.faults import Faults, Place, quote
from subsim.basics.texts import Message
from subsim.files.yaml_nodes import DEEPEST, UNFIT, Entry, FaultyValue, Mapping, Node, Scalar, Sequence, unfit


class Digits(str):
    """A number as it is written."""

    __slots__ = ()


class Pairs(list[tuple[str, Any]]):
    """The keys and values of an object in their order, repeated keys included."""

    __slots__ = ()


@frozen
class Pointers:
    """The JSON Pointers of a document's nodes; a place's line is its number in this list, counted from 1."""

    known: list[str] = Factory(list)

    def place(self, pointer: str) -> Place:
        """A new place with this pointer."""
        self.known.append(pointer)
        return Place(len(self.known), 1)

    def at(self, line: int) -> str:
        """The pointer of a place by its line."""
        return self.known[line - 1]


def json_value(text: str) -> Any:
    """The value of a JSON text, objects as Pairs and numbers as Digits; ValueError where it is not JSON."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError(Message("more than {bound} levels of nesting", bound=DEEPEST)) from None
    except json.JSONDecodeError as error:
        why = _WHY.get(error.msg, _NO_JSON)
        raise ValueError(
            Message("line {line}, column {column}: {why}", line=error.lineno, column=error.colno, why=why)
        ) from None


def json_tree(value: Any, faults: Faults, place: Callable[[str], Place], pointer: str = "") -> Node:
    """The tree of a JSON value with its root at `pointer`; values that no scenario file could hold are noted.

    `place` gives the place of each pointer.
    """
    return _Builder(faults, place).node(value, pointer, 1)


@frozen
class _Builder:
    faults: Faults
    place: Callable[[str], Place]

    def node(self, value: Any, pointer: str, depth: int) -> Node:
        place = self.place(pointer)
        if depth > DEEPEST:
            self.faults.add(place, Message("found more than {bound} levels of nesting", bound=DEEPEST))
            return FaultyValue(place)
        match value:
            case Pairs():
                return self._mapping(value, place, pointer, depth)
            case dict():
                return self._mapping(value.items(), place, pointer, depth)
            case list():
                items = [self.node(each, f"{pointer}/{index}", depth + 1) for index, each in enumerate(value)]
                return Sequence(tuple(items), place)
            case Digits():
                return Scalar(str(value), True, place)
            case str():
                return self._text(value, place)
            case None:
                return Scalar("null", True, place)
            case _:
                return Scalar(str(value).lower(), True, place)

    def _mapping(self, pairs: Iterable[tuple[str, Any]], place: Place, pointer: str, depth: int) -> Node:
        entries: dict[str, Entry] = {}
        for key, value in pairs:
            under = f"{pointer}/{escaped(key)}"
            if key in entries:
                message = Message("{key} is given twice", key=quote(key))
                self.faults.add(self.place(under), message, Message("keep one of the two"))
            elif isinstance(read := self._text(key, self.place(under)), Scalar):
                entries[key] = Entry(read, self.node(value, under, depth + 1))
        return Mapping(entries, place)

    def _text(self, text: str, place: Place) -> Scalar | FaultyValue:
        if found := UNFIT.compiled.search(text):
            self.faults.add(place, unfit(found[0]), Message("remove it"))
            return FaultyValue(place)
        return Scalar(text, False, place)


def escaped(key: str) -> str:
    """A key in the notation of JSON Pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _no_constant(name: str) -> None:
    raise ValueError(Message("{name} is no value of JSON", name=name))


_NO_JSON = Message("this is no JSON")
_WHY = {
    "Expecting value": Message("a value is missing here"),
    "Expecting property name enclosed in double quotes": Message("a key in double quotes is missing here"),
    "Expecting ':' delimiter": Message("a colon is missing here"),
    "Expecting ',' delimiter": Message("a comma or the closing bracket is missing here"),
    "Illegal trailing comma before end of object": Message("a comma stands before the closing bracket"),
    "Illegal trailing comma before end of array": Message("a comma stands before the closing bracket"),
    "Unterminated string starting at": Message("the text that begins here lacks its closing quote"),
    "Invalid control character at": Message("a text holds a control character, which is written with a backslash"),
    "Invalid \\escape": Message("a backslash stands before a character that needs none"),
    "Invalid \\uXXXX escape": Message("four hexadecimal digits are missing after \\u"),
    "Extra data": Message("something follows the end"),
}
"""What the decoder of JSON says is wrong, in words that can be told in Danish."""


_digits: Callable[[str], Any] = Digits
_DECODER = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_float=_digits, parse_int=_digits, parse_constant=_no_constant, strict=True
)
