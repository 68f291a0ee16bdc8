"""Frozen values: attrs' `frozen`, made when a class is first used.

A command imports some two hundred classes of values and uses a few dozen of them, and attrs takes a millisecond for
each. So a class is passed to attrs only when its first value is made or its fields are read. All classes share the same
functions for comparison, hash and text, which do what those of attrs do.
"""

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["frozen", "with_fields"]
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
        """The default of a field of this class; `_MISSING` if there is none."""
        return self.defaults.get(name, self.shape.__dict__.get(name, _MISSING))

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
    setattr(shape, "__match_args__", () if by_name else tuple(fields))  # noqa: B010 - mypy takes it for a constant
    for each in shape.__mro__[:-1]:
        each.__dict__["__attrs_attrs__"].take_defaults()
    shape.__setattr__ = shape.__delattr__ = _refuse
    return _written_init(shape, fields, by_name)


def _written_init(shape: Any, fields: dict[str, Any], by_name: bool) -> Callable[..., None]:
    """An `__init__` that sets these fields, with their defaults. It gives a value a dict of its own.

    In a dict that shares its keys with others, as a class makes it, Python 3.11 looks up fields slowly.
    """
    parameters, places = [], list[str]()
    for name, default in fields.items():
        parameters.append(name if default is _MISSING else f"{name}=_{name}")
        made = f"_{name}.factory() if {name} is _{name} else {name}" if _is_factory(default) else name
        places.append(f"{name!r}: {made}")
    values = {f"_{name}": default for name, default in fields.items()}
    star = "*, " if by_name else ""
    body = f"    _of_self = self.__dict__\n    _of_self |= {{{', '.join(places)}}}\n" if fields else "    pass\n"
    exec(f"def __init__(self, {star}{', '.join(parameters)}):\n{body}", values)
    init: Callable[..., None] = values["__init__"]
    init.__qualname__ = f"{shape.__qualname__}.__init__"
    return init


def _refuse(_self: Any, *_change: Any) -> None:
    from attrs.exceptions import FrozenInstanceError

    raise FrozenInstanceError


_MISSING = object()


def _own_fields(shape: Any) -> list[str]:
    """The names of the fields that a class adds, or declares again."""
    return [
        name
        for name, kind in vars(shape).get("__annotations__", {}).items()
        if not str(kind).startswith(("typing.ClassVar", "ClassVar"))
    ]


def _plain_fields(shape: Any) -> dict[str, Any] | None:
    """The fields with their defaults of a class that attrs has not made; None where only attrs can tell."""
    fields: dict[str, Any] = {}
    for each in reversed(shape.__mro__[:-1]):
        unmade = each.__dict__.get("__attrs_attrs__")
        if not isinstance(unmade, _Unmade):
            return None
        for name in _own_fields(each):
            default = unmade.default(name)
            if (
                name.startswith("_")
                or type(default).__name__ == "_CountingAttr"
                or (_is_factory(default) and default.takes_self)
            ):
                return None
            fields.pop(name, None)
            fields[name] = default
    return fields


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


def _fields_made(shape: Any, by_name: bool) -> dict[str, Any] | None:
    """The fields with their defaults of a class that attrs has made, all given `by_name` or by place.

    None where its `__init__` by attrs does more than to set them.
    """
    from attrs import NOTHING

    if hasattr(shape, "__attrs_post_init__"):
        return None
    fields: dict[str, Any] = {}
    for each in shape.__attrs_attrs__:
        is_plain = each.init and each.converter is None and each.validator is None and each.alias == each.name
        if not is_plain or each.kw_only != by_name or (_is_factory(each.default) and each.default.takes_self):
            return None
        fields[each.name] = _MISSING if each.default is NOTHING else each.default
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
    with _lock:
        names = _plain_fields(shape) or [each.name for each in shape.__attrs_attrs__ if each.repr]
    return f"{shape.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"


@cache
def _compared(shape: Any) -> Callable[[Any], Any]:
    """The getter of the fields by which values of a class are compared."""
    with _lock:
        return _getter(_plain_fields(shape) or [each.name for each in shape.__attrs_attrs__ if each.eq])


@cache
def _hashed(shape: Any) -> Callable[[Any], Any]:
    with _lock:
        plain = _plain_fields(shape)
        if plain is not None:
            return _getter(plain)
        return _getter([each.name for each in shape.__attrs_attrs__ if (each.eq if each.hash is None else each.hash)])


def _getter(names: Iterable[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _value: ()
