"""How a value becomes JSON: each class lists its keys in one table. The schema of its JSON comes from the same table.

How a value is written follows from the type of its attribute: a day as ISO date, a message as its English text, a tuple
as list, an object by its own table. An amount in øre, an `int` like others, is marked in the table.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from inspect import get_annotations
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

from subsim.basics.dates import Day
from subsim.basics.money import kroner
from subsim.basics.texts import Message

Write = Callable[[Any], Any]
"""Makes JSON of a value that is not None."""
AMOUNT = r"^-?\d+\.\d{2}$"
"""How JSON writes an amount in DKK."""


class Key(NamedTuple):
    """A key of a JSON object: its name, what it means (`doc`), and the attribute `of` which it is the value.

    Without `of` the attribute has the name of the key; `now.date` is the attribute `date` of the attribute `now`.

    An object is written `by` another table than that of its class. `write` makes JSON of a value of any other class,
    and `kind` is then the type of that JSON. A key that is `optional` is left out where its value is None.
    """

    name: str
    doc: str
    of: str = ""
    by: "JsonTable | None" = None
    write: Write | None = None
    kind: Any = None  # any type, which no type narrower than Any covers
    is_amount: bool = False
    optional: bool = False

    @property
    def attribute(self) -> str:
        """The path of the attribute."""
        return self.of or self.name


def money(name: str, doc: str, of: str = "") -> Key:
    """The key of an amount in øre, which JSON writes in kroner with two decimals."""
    return Key(name, doc, of, write=kroner, is_amount=True)


class Merge(NamedTuple):
    """The keys of the object in the attribute `of`, written among those of the object that has it."""

    of: str


class JsonTable:
    """The keys of the JSON of a class, in their order; `title` and `doc` are for its schema.

    The JSON of a partial table may lack any key.
    """

    def __init__(
        self, title: str, shape: type, entries: tuple[Key | Merge, ...], doc: str, *, is_partial: bool = False
    ) -> None:
        self.title, self.shape, self.entries, self.doc, self.is_partial = title, shape, entries, doc, is_partial

    def write(self, value: Any) -> dict[str, Any]:
        """The JSON of a value of the class."""
        found: dict[str, Any] = {}
        for name, value_of, write, is_optional in self._steps:
            part = value_of(value)
            if not name:
                found.update(part.to_dict())
            elif part is not None:
                found[name] = part if write is None else write(part)
            elif not is_optional:
                found[name] = None
        return found

    @cached_property
    def _steps(self) -> list[tuple[str, Write, Write | None, bool]]:
        """By entry: key ("" for a merged object), getter and writer of the value, and whether it may be left out."""
        return [
            ("", attrgetter(entry.of), None, False)
            if isinstance(entry, Merge)
            else (entry.name, attrgetter(entry.attribute), entry.write or self._writer(entry), entry.optional)
            for entry in self.entries
        ]

    def _writer(self, key: Key) -> Write | None:
        return _writer_of(type_of(self.shape, key.attribute), key.by)


class JsonObject:
    """A value that has JSON by the table `KEYS`."""

    __slots__ = ()

    KEYS: ClassVar[tuple[Key | Merge, ...]]
    TITLE: ClassVar[str] = ""
    """The title of its schema, where that is not the name of the class."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the value, by the keys of its class."""
        return table_of(type(self)).write(self)


def table_of(shape: type[JsonObject]) -> JsonTable:
    """The table of a class, with the title or name of the class and the first paragraph of its docstring."""
    if shape not in _TABLES:
        doc = " ".join((shape.__doc__ or "").partition("\n\n")[0].split())
        _TABLES[shape] = JsonTable(shape.TITLE or shape.__name__, shape, shape.KEYS, doc)
    return _TABLES[shape]


_TABLES: dict[type, JsonTable] = {}
"""The tables made so far, by class."""


def type_of(shape: type, attribute: str) -> Any:
    """The type of an attribute, a field or a property; `now.date` is the type of `date` in that of `now`."""
    attribute, _, inner = attribute.partition(".")
    if inner:
        return type_of(type_of(shape, attribute), inner)
    for each in shape.__mro__:
        if attribute in (known := get_annotations(each)):
            return known[attribute]
    found = getattr(shape, attribute)
    function = found.func if isinstance(found, cached_property) else found.fget
    return function.__annotations__["return"]


def _writer_of(hint: Any, by: JsonTable | None) -> Write | None:
    """The writer of values of this type; None where a value is JSON already."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return None
    if origin in (Union, UnionType):
        return _writer_of(next(part for part in parts if part is not NoneType), by)
    if origin in (tuple, list):
        return _list_of(_writer_of(parts[0], by))
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        return _mapping_of(_writer_of(parts[1], by))
    if hint in _WRITERS:
        return _WRITERS[hint]
    if by is not None:
        return by.write
    return table_of(hint).write if isinstance(hint, type) and issubclass(hint, JsonObject) else None


def _list_of(write: Write | None) -> Write:
    return list if write is None else lambda values: [write(each) for each in values]


def _mapping_of(write: Write | None) -> Write:
    return dict if write is None else lambda values: {name: write(each) for name, each in values.items()}


_WRITERS: dict[Any, Write] = {Day: Day.isoformat, Message: str}
"""The writers of simple types that JSON does not have."""


def without_sentences(value: Any) -> Any:
    """JSON without the keys `because`, whose sentences may change while the decision stays the same."""
    match value:
        case dict():
            return {key: without_sentences(each) for key, each in value.items() if key != "because"}
        case list():
            return [without_sentences(each) for each in value]
    return value
