"""Frozen values: attrs' `frozen`, made when a class is first used.

A command imports some two hundred classes of values and uses a few dozen of them, and attrs takes a millisecond for
each. So a class is passed to attrs only when attrs is asked for its fields, or where only attrs can do what its fields
ask for: to check or convert a value, or to have another name for it. All classes share the same functions for
comparison, hash and text, which do what those of attrs do.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import attrgetter
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import NOTHING

__all__ = ["Field", "fields_of", "frozen", "has_fields", "with_fields"]
T = TypeVar("T")

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(shape: type | None = None, **options: Any) -> Any:
        """The decorator of attrs without slots, for classes that define no comparison of their own."""
        if shape is None:
            return lambda each: frozen(each, **options)
        shape.__eq__, shape.__hash__ = _equals, _hash
        if options.pop("repr", True) and "__repr__" not in shape.__dict__:
            shape.__repr__ = _text
        shape.__attrs_attrs__ = _Unmade(shape, options)
        shape.__init__ = _first_init(shape, lambda: _plain_init(shape))
        return shape


def with_fields(value: T, **fields: Any) -> T:
    """As `evolve` of attrs gives it, in a fraction of the time, of a class whose `__init__` sets its fields only."""
    same: T = object.__new__(type(value))
    same.__dict__.update(value.__dict__, **fields)
    return same


class Field:
    """A field of a class: what attrs says of it. `default` is `NOTHING` where a value must be given."""

    __slots__ = ("default", "in_init", "is_compared", "is_hashed", "is_shown", "metadata", "name", "type")

    def __init__(self, name: str, kind: Any, default: Any, stated: Any = None) -> None:
        self.name, self.type, self.default = name, kind, default
        self.metadata: Mapping[str, Any] = stated.metadata if stated else {}
        self.in_init: bool = stated.init if stated else True
        self.is_shown: bool = stated.repr if stated else True
        self.is_compared: bool = stated.eq if stated else True
        self.is_hashed: bool = stated.hash if stated and stated.hash is not None else self.is_compared


def has_fields(shape: object) -> bool:
    """Whether it is a class of values, as `has` of attrs says, which makes the class."""
    return "__attrs_attrs__" in vars(shape)


def fields_of(shape: type) -> tuple[Field, ...]:
    """The fields of a class of values in their order, as `fields` of attrs gives them, which makes the class."""
    with _lock:
        plain = _plain_fields(shape)
        if plain is not None:
            return tuple(plain.values())
        made: Any = shape
        return tuple(Field(each.name, each.type, each.default, each) for each in made.__attrs_attrs__)


_lock = RLock()


class _Unmade:
    """Takes the place of `__attrs_attrs__` until attrs makes the class."""

    def __init__(self, shape: Any, options: dict[str, Any]) -> None:
        self.shape = shape
        self.options = options
        self.defaults: dict[str, Any] = {}
        """The defaults that were taken off the class: a field that its class has too is looked up slowly."""

    def __get__(self, _instance: object, _owner: type) -> Any:
        _make(self.shape)
        return self.shape.__attrs_attrs__

    def default(self, name: str) -> Any:
        """The default of a field of this class, or what `field` says of it; `NOTHING` if there is neither."""
        return self.defaults.get(name, self.shape.__dict__.get(name, NOTHING))

    def take_defaults(self) -> None:
        """Take the defaults off the class."""
        for name in _own_fields(self.shape):
            if name in self.shape.__dict__:
                self.defaults[name] = self.shape.__dict__[name]
                delattr(self.shape, name)

    def put_back(self) -> None:
        """Undo `take_defaults`."""
        for name, default in self.defaults.items():
            setattr(self.shape, name, default)


def _first_init(shape: Any, made: Callable[[], Callable[..., None] | None]) -> Callable[..., None]:
    """The `__init__` for the first value of a class, which replaces itself by the one made, if none has before."""

    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: N807 - it takes the place of that of attrs
        with _lock:
            if shape.__dict__["__init__"] is __init__:
                shape.__init__ = made() or shape.__init__
        shape.__init__(self, *values, **named)

    return __init__


def _plain_init(shape: Any) -> Callable[..., None] | None:
    """An `__init__` that does what that of attrs would; None, and attrs makes the class, where only attrs can."""
    unmade = shape.__dict__["__attrs_attrs__"]
    fields = _plain_fields(shape)
    if fields is None or hasattr(shape, "__attrs_post_init__") or not isinstance(unmade, _Unmade):
        _make(shape)
        return None
    by_name = bool(fields and unmade.options.get("kw_only"))
    given = () if by_name else tuple(name for name, each in fields.items() if each.in_init)
    setattr(shape, "__match_args__", given)  # noqa: B010 - mypy takes it for a constant
    for each in shape.__mro__:
        if "__attrs_attrs__" in each.__dict__:
            each.__dict__["__attrs_attrs__"].take_defaults()
    shape.__setattr__ = shape.__delattr__ = _refuse
    return _written_init(shape, fields, by_name)


def _written_init(shape: Any, fields: dict[str, Field], by_name: bool) -> Callable[..., None]:
    """An `__init__` that sets these fields, with their defaults. It gives a value a dict of its own.

    In a dict that shares its keys with others, as a class makes it, Python 3.11 looks up fields slowly.
    """
    parameters, places = [], list[str]()
    for name, each in fields.items():
        value = f"_{name}" if not each.in_init else name
        if each.in_init:
            parameters.append(name if each.default is NOTHING else f"{name}=_{name}")
        if _is_factory(each.default):
            value = f"_{name}.factory() if {value} is _{name} else {name}" if each.in_init else f"_{name}.factory()"
        places.append(f"{name!r}: {value}")
    values = {f"_{name}": each.default for name, each in fields.items()}
    star = "*, " if by_name and parameters else ""
    body = f"    _of_self = self.__dict__\n    _of_self |= {{{', '.join(places)}}}\n" if fields else "    pass\n"
    exec(f"def __init__(self, {star}{', '.join(parameters)}):\n{body}", values)
    init: Callable[..., None] = values["__init__"]
    init.__qualname__ = f"{shape.__qualname__}.__init__"
    return init


def _refuse(_self: Any, *_change: Any) -> None:
    from attrs.exceptions import FrozenInstanceError

    raise FrozenInstanceError


def _own_fields(shape: Any) -> list[str]:
    """The names of the fields that a class adds, or declares again."""
    return [
        name
        for name, kind in vars(shape).get("__annotations__", {}).items()
        if not str(kind).startswith(("typing.ClassVar", "ClassVar"))
    ]


def _plain_fields(shape: Any) -> dict[str, Field] | None:
    """The fields of a class that attrs has not made; None where only attrs can tell."""
    fields: dict[str, Field] = {}
    by_name = set()
    for each in reversed(shape.__mro__):
        unmade = each.__dict__.get("__attrs_attrs__")
        if unmade is None:
            continue  # a class of another kind adds no fields
        if not isinstance(unmade, _Unmade):
            return None
        for name in _own_fields(each):
            field = _plain_field(name, each.__annotations__[name], unmade.default(name))
            if field is None:
                return None
            by_name.add(bool(unmade.options.get("kw_only")))
            fields.pop(name, None)
            fields[name] = field
    return fields if len(by_name) < 2 else None


def _plain_field(name: str, kind: Any, default: Any) -> Field | None:
    """A field whose value is set as it is given; None where only attrs can tell."""
    stated = None
    if type(default).__name__ == "_CountingAttr":
        stated = default
        default = stated._default
        more = stated.converter, stated._validator, stated.alias, stated.on_setattr, stated.kw_only, stated.eq_key
        if any(each is not None for each in more) or not isinstance(stated.repr, bool):
            return None
    if name.startswith("_") or (_is_factory(default) and default.takes_self):
        return None
    if stated is not None and not stated.init and default is NOTHING:
        return None
    return Field(name, kind, default, stated)


def _is_factory(default: Any) -> bool:
    return type(default).__name__ == "Factory"


def _make(shape: Any) -> None:
    """Let attrs make a class, once. `__init__` is set last, so that other threads can use the class meanwhile."""
    from attrs import frozen as made

    with _lock:
        unmade = shape.__dict__["__attrs_attrs__"]
        if isinstance(unmade, _Unmade):
            for name in {"__setattr__", "__delattr__"} & {*vars(shape)}:
                delattr(shape, name)  # attrs would keep it as the class's own
            unmade.put_back()
            made(shape, slots=False, eq=False, repr=False, init=False, **unmade.options)
            init = shape.__attrs_init__
            init.__name__, init.__qualname__ = "__init__", f"{shape.__qualname__}.__init__"
            by_name = bool(unmade.options.get("kw_only"))
            fields = _fields_made(shape, by_name)
            shape.__init__ = (
                init if fields is None else _first_init(shape, lambda: _written_init(shape, fields, by_name))
            )
            del shape.__attrs_init__


def _fields_made(shape: Any, by_name: bool) -> dict[str, Field] | None:
    """The fields of a class that attrs has made, all given `by_name` or by place.

    None where its `__init__` by attrs does more than to set them.
    """
    if hasattr(shape, "__attrs_post_init__"):
        return None
    fields: dict[str, Field] = {}
    for each in shape.__attrs_attrs__:
        is_plain = each.init and each.converter is None and each.validator is None and each.alias == each.name
        if not is_plain or each.kw_only != by_name or (_is_factory(each.default) and each.default.takes_self):
            return None
        fields[each.name] = Field(each.name, each.type, each.default, each)
    return fields


def _equals(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    shape: Any = type(self)
    values = _compared(shape)
    return bool(values(self) == values(other))


def _hash(self: Any) -> int:
    shape: Any = type(self)
    return hash((shape, _hashed(shape)(self)))


def _text(self: Any) -> str:
    shape = self.__class__
    shown = (each.name for each in fields_of(shape) if each.is_shown)
    return f"{shape.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


@cache
def _compared(shape: Any) -> Callable[[Any], Any]:
    """The getter of the fields by which values of a class are compared."""
    return _getter([each.name for each in fields_of(shape) if each.is_compared])


@cache
def _hashed(shape: Any) -> Callable[[Any], Any]:
    return _getter([each.name for each in fields_of(shape) if each.is_hashed])


def _getter(names: Iterable[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _value: ()
