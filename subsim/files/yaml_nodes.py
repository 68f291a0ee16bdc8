"""YAML as a tree of located nodes, in which every scalar is the text that was written.

The tree is built from the events of PyYAML, not its values. So `on` stays a word and 12:30 is no number, duplicate keys
are found with both places, and what no scenario needs (anchors, aliases, merge keys, tags, more documents) is refused.
"""

import codecs
from collections.abc import Iterator
from typing import Any, TypeAlias, TypeGuard

import yaml
from attrs import field

from subsim.basics.faults import START, Faults, InputError, InputErrors, Place, lines_of, quote
from subsim.basics.names import UNFIT, unfit
from subsim.basics.notation import AFTER_COMMA, BEFORE_COMMA
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.files.foreign import refuse_foreign

__all__ = [
    "DEEPEST",
    "LARGEST_FILE",
    "UNFIT",
    "Entry",
    "FaultyValue",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "decoded",
    "tree",
    "unfit",
]

LARGEST_FILE = 10_000_000
"""The most bytes a file may have."""
DEEPEST = 20
"""The most levels of lists and mappings; the format itself needs eight."""
MOST_VALUES = 50_000
"""The most scalars, lists and mappings, enough for a member with four thousand events."""

_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@frozen
class Scalar:
    """A single value as text; `plain` if it was written without quotes."""

    text: str
    plain: bool
    place: Place

    @property
    def is_null(self) -> bool:
        """Whether it is null in YAML 1.2: an empty plain value, `~` or `null`."""
        return self.plain and self.text in _NULLS


@frozen
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@frozen
class Entry:
    """A key with its value."""

    key: Scalar
    value: "Node"


@frozen
class Mapping:
    """Keys with their values, each key once."""

    entries: dict[str, Entry] = field(hash=False)
    place: Place
    is_whole: bool = True
    """Whether none of its keys was refused; a key given twice does not count as refused."""

    def get(self, key: str) -> "Node | None":
        """The value of the key, or None."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value

    def place_of(self, key: str) -> Place:
        """The place of the value of the key, or of the mapping where the key is missing."""
        value = self.get(key)
        return value.place if value else self.place


@frozen
class FaultyValue:
    """A value whose fault has been noted already."""

    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping | FaultyValue


def decoded(data: bytes, file: str) -> str:
    """The text of a file; InputErrors where it is too large, not text, or not UTF-8."""
    if len(data) > LARGEST_FILE:
        raise _too_large(file)
    data = data.removeprefix(codecs.BOM_UTF8)
    refuse_foreign(data, file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place_after(data[: error.start].decode("utf-8"))
        byte = data[error.start]
    faults = Faults(file, data.decode("utf-8", errors="replace"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = Message("found UTF-16, expected UTF-8")
    else:
        message = Message("found the byte 0x{byte:02x}, expected UTF-8 text", byte=byte)
    faults.add(place, message, Message("save the file as UTF-8"))
    raise faults.as_errors()


def tree(text: str, faults: Faults) -> Node | None:
    """The document in the text, None where it is empty. Faults are noted; InputErrors where reading cannot go on."""
    if len(text) > LARGEST_FILE:
        raise _too_large(faults.file)
    _refuse_unfit_characters(text, faults)
    try:
        return _Builder(yaml.parse(text, Loader=_LOADER), faults).document()
    except yaml.YAMLError as error:
        _note_syntax_error(error, text, faults)
        raise faults.as_errors() from None


class _Builder:
    """Builds the tree from the events, and notes what is refused; PyYAML leaves the types of its events open."""

    def __init__(self, events: Iterator[Any], faults: Faults) -> None:
        self.events, self.faults = events, faults
        self.values = 0

    def document(self) -> Node | None:
        next(self.events)
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            return None
        if getattr(start, "tags", None):
            self.faults.add(_place(start), Message("tags are not allowed"), _NO_TAGS)
        root = self.node(next(self.events), depth=1)
        next(self.events)
        another = next(self.events)
        if isinstance(another, yaml.DocumentStartEvent):
            remedy = Message("one file holds one scenario: put this one into a file of its own")
            self.faults.add(_place(another), Message("a second document begins here"), remedy)
        return root

    def node(self, event: Any, depth: int) -> Node:
        place = _place(event)
        self._stay_within_bounds(place, depth)
        if isinstance(event, yaml.AliasEvent):
            remedy = Message("write the value out where it is needed")
            self.faults.add(
                place, Message("aliases such as {found} are not allowed", found=quote(f"*{event.anchor}")), remedy
            )
            return FaultyValue(place)
        self._refuse_properties(event, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth)
        return self._mapping(place, depth)

    def _scalar(self, event: Any, place: Place) -> Scalar | FaultyValue:
        if event.style == '"' and (found := UNFIT.compiled.search(event.value)):
            self.faults.add(place, unfit(found[0]), Message("remove it"))
            return FaultyValue(place)
        return Scalar(event.value, not event.style, place)

    def _sequence(self, place: Place, depth: int) -> Sequence:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return Sequence(tuple(items), place)

    def _mapping(self, place: Place, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        last: Any = None
        is_whole = True
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if _is_rest_of_amount(last, key, value):
                last = entries[last.key.text] = Entry(last.key, _with_comma(last.value, key))
            elif self._is_good_key(key, entries):
                last = entries[key.text] = Entry(key, value)
            elif not (isinstance(key, Scalar) and key.text in entries):
                is_whole = False
        return Mapping(entries, place, is_whole)

    def _is_good_key(self, key: Node, entries: dict[str, Entry]) -> TypeGuard[Scalar]:
        if isinstance(key, FaultyValue):
            return False
        if not isinstance(key, Scalar):
            self.faults.add(key.place, Message("found a list or a mapping as a key, expected a word"))
        elif key.plain and key.text == "<<":
            remedy = Message("write the keys out where they are needed")
            self.faults.add(key.place, Message("merge keys ('<<') are not allowed"), remedy)
        elif key.is_null:
            self.faults.add(key.place, Message("found a key that is empty, expected a word"))
        elif key.text in entries:
            first = entries[key.text].key.place
            message = Message(
                "{key} is given twice, first on line {line}, column {column}",
                key=quote(key.text),
                line=first.line,
                column=first.column,
            )
            self.faults.add(key.place, message, Message("keep one of the two"))
        else:
            return True
        return False

    def _refuse_properties(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            remedy = Message("write the value out where it is needed")
            self.faults.add(
                place, Message("anchors such as {found} are not allowed", found=quote(f"&{event.anchor}")), remedy
            )
        if event.tag is not None:
            self.faults.add(
                place, Message("tags such as {found} are not allowed", found=quote(_short(event.tag))), _NO_TAGS
            )

    def _stay_within_bounds(self, place: Place, depth: int) -> None:
        self.values += 1
        if depth > DEEPEST:
            self.faults.add(place, Message("found more than {bound} levels of nesting", bound=DEEPEST))
        elif self.values > MOST_VALUES:
            self.faults.add(place, Message("found more than {bound} values", bound=MOST_VALUES))
        else:
            return
        raise self.faults.as_errors()


def _is_rest_of_amount(last: Entry | None, key: Node, value: Node) -> bool:
    """Whether an amount with a comma, such as `149,00`, `149,00 kr.` or `kr. 149,-`, stands between braces.

    YAML takes the comma for the end of a value, and what follows it for a key.
    """
    if (
        last is None
        or not isinstance(last.value, Scalar)
        or not isinstance(key, Scalar)
        or not isinstance(value, Scalar)
    ):
        return False
    amount, place = last.value, last.value.place
    return (
        (amount.plain and key.plain and value.is_null and value.plain)
        and BEFORE_COMMA.compiled.fullmatch(amount.text) is not None
        and AFTER_COMMA.compiled.fullmatch(key.text) is not None
        and key.place == Place(place.line, place.column + len(amount.text) + 1)
    )


def _with_comma(amount: Node, rest: Node) -> Node:
    assert isinstance(amount, Scalar)
    assert isinstance(rest, Scalar)
    return Scalar(f"{amount.text},{rest.text}", True, amount.place)


_NO_TAGS = Message("remove it: the format knows what each value is")


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _place(event: Any) -> Place:
    return _place_of_mark(event.start_mark)


def _place_of_mark(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _place_after(text: str) -> Place:
    lines = lines_of(text)
    return Place(len(lines), len(lines[-1]) + 1)


def _too_large(file: str) -> InputErrors:
    message = Message("the file is larger than {bound} MB", bound=LARGEST_FILE // 1_000_000)
    return InputErrors([InputError(file=file, line=START.line, column=START.column, text=message)])


def _refuse_unfit_characters(text: str, faults: Faults) -> None:
    found = UNFIT.compiled.search(text)
    if found:
        faults.add(_place_after(text[: found.start()]), unfit(found[0]), Message("remove it"))
        raise faults.as_errors()


def _note_syntax_error(error: yaml.YAMLError, text: str, faults: Faults) -> None:
    problem = getattr(error, "problem", None) or str(error)
    place = min(_place_of_problem(error), _place_after(text))  # the parser ends a text on a line of its own
    rest = "".join(lines_of(text, place.line)[place.line - 1 :])[place.column - 1 :]
    if rest.startswith("\t") or "tab character" in problem:
        faults.add(place, Message("found a tab, expected spaces"), Message("YAML indents with spaces only"))
    else:
        in_words, remedy = _SYNTAX.get(problem, (problem, None))
        faults.add(place, Message("this is not YAML: {problem}", problem=in_words), remedy)


def _place_of_problem(error: yaml.YAMLError) -> Place:
    """The place of the fault; that of the opening bracket or quote where the parser noticed on a later line."""
    found, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if found is None:
        return START
    if opened is not None and getattr(error, "context", None) in _OPEN and opened.line < found.line:
        return _place_of_mark(opened)
    return _place_of_mark(found)


_OPEN = ("while parsing a flow mapping", "while parsing a flow sequence", "while scanning a quoted scalar")
_IN_QUOTES = Message("a text that begins with a sign, or has ': ' in it, goes in quotes")
_IN_SINGLE_QUOTES = Message("write the character itself; in single quotes a backslash is only a backslash")
_SYNTAX: dict[str, tuple[Message, Message]] = {
    str(problem): (problem, remedy)
    for problem, remedy in (
        (Message("mapping values are not allowed in this context"), _IN_QUOTES),
        (Message("mapping values are not allowed here"), _IN_QUOTES),
        (Message("found character that cannot start any token"), _IN_QUOTES),
        (Message("found unexpected end of stream"), Message("close the quotes")),
        (Message("did not find expected ',' or '}}'"), Message("close the braces, and put a comma between two fields")),
        (
            Message("did not find expected ',' or ']'"),
            Message("close the brackets, and put a comma between two values"),
        ),
        (Message("did not find expected key"), Message("line the keys of a mapping up with one another")),
        (Message("did not find expected '-' indicator"), Message("line the dashes of a list up with one another")),
        (Message("could not find expected ':'"), Message("a key is followed by a colon and a space")),
        (
            Message("did not find expected node content"),
            Message("close the brackets or braces that are open here, and leave no value out"),
        ),
        (
            Message("block sequence entries are not allowed in this context"),
            Message("begin a list on a line of its own; a text that begins with a dash goes in quotes"),
        ),
        (Message("mapping keys are not allowed in this context"), _IN_QUOTES),
        (Message("did not find expected alphabetic or numeric character"), _IN_QUOTES),
        (Message("did not find expected whitespace or line break"), _IN_QUOTES),
        (Message("found unknown escape character"), _IN_SINGLE_QUOTES),
        (Message("found invalid Unicode character escape code"), _IN_SINGLE_QUOTES),
    )
}
"""By sentence of the YAML parser the message with its remedy."""
