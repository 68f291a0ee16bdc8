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
        shape.__init__ = _first_init(shape)
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

    def __get__(self, _instance: object, _owner: type) -> Any:
        _make(self.shape)
        return self.shape.__attrs_attrs__


def _first_init(shape: Any) -> Callable[..., None]:
    """The `__init__` for the first value of a class, which replaces itself by the real one."""

    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: N807 - it takes the place of that of attrs
        with _lock:
            if shape.__dict__["__init__"] is __init__:
                plain = _plain_init(shape)
                if plain is None:
                    _make(shape)
                else:
                    shape.__init__ = plain
                    shape.__setattr__ = shape.__delattr__ = _refuse
        shape.__init__(self, *values, **named)

    return __init__


def _plain_init(shape: Any) -> Callable[..., None] | None:
    """An `__init__` that does what that of attrs would; None where a field has more than a name and a default."""
    unmade = shape.__dict__["__attrs_attrs__"]
    fields = _plain_fields(shape)
    if fields is None or hasattr(shape, "__attrs_post_init__") or not isinstance(unmade, _Unmade):
        return None
    parameters, lines, values = [], list[str](), {}
    for name, default in fields.items():
        values[f"_{name}"] = default
        parameters.append(name if default is _MISSING else f"{name}=_{name}")
        made = f"(_{name}.factory() if {name} is _{name} else {name})" if _is_factory(default) else name
        lines.append(f"    _of_self[{name!r}] = {made}\n")
    star = "*, " if unmade.options.get("kw_only") and parameters else ""
    body = "".join(lines) or "    pass\n"
    source = f"def __init__(self, {star}{', '.join(parameters)}):\n    _of_self = self.__dict__\n{body}"
    exec(source, values)
    init: Callable[..., None] = values["__init__"]
    setattr(shape, "__match_args__", () if star else tuple(fields))  # noqa: B010 - mypy takes it for a constant
    init.__qualname__ = f"{shape.__qualname__}.__init__"
    return init


def _refuse(_self: Any, *_change: Any) -> None:
    from attrs.exceptions import FrozenInstanceError

    raise FrozenInstanceError


_MISSING = object()


def _plain_fields(shape: Any) -> dict[str, Any] | None:
    """The fields with their defaults of a class that attrs has not made; None where only attrs can tell."""
    fields: dict[str, Any] = {}
    for each in reversed(shape.__mro__[:-1]):
        if not isinstance(each.__dict__.get("__attrs_attrs__"), _Unmade):
            return None
        for name, kind in vars(each).get("__annotations__", {}).items():
            if not str(kind).startswith(("typing.ClassVar", "ClassVar")):
                default = each.__dict__.get(name, _MISSING)
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
            made(shape, slots=False, eq=False, repr=False, init=False, **unmade.options)
            init = shape.__attrs_init__
            init.__name__, init.__qualname__ = "__init__", f"{shape.__qualname__}.__init__"
            shape.__init__ = init
            del shape.__attrs_init__


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
