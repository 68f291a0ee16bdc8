"""The kinds of value that a file may hold: single ones, lists, mappings, events and rules."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from attrs import field

from subsim.basics.texts import Message
from subsim.basics.values import frozen


@frozen
class ScalarKind:
    """A single value: the name of what was expected, its reader, and its JSON Schema.

    `read` raises ValueError; `bare` if quotes would make it a text; `words` may be the only values that there are.
    """

    expected: Message
    read: Callable[[str], Any] = field(repr=False)
    schema: Mapping[str, Any] = field(repr=False, hash=False)
    bare: bool = False
    words: Callable[[], Iterable[str]] = field(default=tuple, repr=False)


@frozen
class EnumKind:
    """One of these words."""

    words: tuple[str, ...]
    are_events: bool = False


@frozen
class NullableKind:
    """A value of another kind, or null."""

    kind: "ValueKind"


@frozen
class OneOfKind:
    """That, or `{one_of: [...]}`: the values that it has where facts are in doubt."""

    kind: "ValueKind"


@frozen
class EitherKind:
    """A single value, or a mapping."""

    single: "ValueKind"
    mapping: "ValueKind"


@frozen
class FormKind:
    """One of these, distinguished by form: a single value, a list, or a mapping."""

    kinds: tuple["ValueKind", ...]


@frozen
class ListKind:
    """A list of that, which becomes a tuple or a list; some may not be empty."""

    item: "ValueKind"
    build: Callable[..., Any]
    least: int


@frozen
class TupleKind:
    """A list of exactly these."""

    items: tuple["ValueKind", ...]


@frozen
class MappingKind:
    """Keys of one kind with values of another."""

    key: "ValueKind"
    value: "ValueKind"
    least: int


@frozen
class RecordKind:
    """A mapping with the keys of a class; it becomes a value of the class, or a dict of the keys that were given."""

    shape: Any


@frozen
class EventKind:
    """One of the events, by its name; one of a timeline may be in doubt."""

    of_timeline: bool = False


@frozen
class RuleKind:
    """One of the rules of a policy, by its name."""


ValueKind: TypeAlias = (
    ScalarKind
    | EnumKind
    | NullableKind
    | OneOfKind
    | EitherKind
    | FormKind
    | ListKind
    | TupleKind
    | MappingKind
    | RecordKind
    | EventKind
    | RuleKind
)


@frozen
class Key:
    """A key of a mapping; `attribute` is its field in the class, or the dict in that field if `spread`."""

    name: str
    kind: ValueKind
    required: bool = False
    default: Any = None
    doc: str = ""
    attribute: str = ""
    spread: bool = False
