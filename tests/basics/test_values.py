"""Frozen values beside those that attrs makes."""

import copy
import pickle
import sys
import threading
from typing import Any, ClassVar

import attrs
import pytest
from attrs import Factory, evolve, field, fields

from subsim.basics.values import fields_of, frozen, has_fields, with_fields


@frozen
class Place:
    """Two numbers, and a list that each value has for itself."""

    kind: ClassVar[str] = "place"
    line: int
    column: int = 1
    seen: list[int] = Factory(list)


@frozen(kw_only=True)
class Named:
    """A value by names only, of which one is not compared."""

    name: str
    values: tuple[int, ...] = ()
    note: str = field(default="", eq=False, repr=False)


@frozen(kw_only=True)
class Titled(Named):
    """One with a field more."""

    title: str = "none"


def test_a_value_has_the_fields_that_it_is_given_and_the_defaults_of_the_others() -> None:
    assert (Place(3).line, Place(3).column, Place(3).seen) == (3, 1, [])


def test_each_value_has_a_list_of_its_own() -> None:
    one, two = Place(1), Place(1)
    one.seen.append(7)
    assert (one.seen, two.seen) == ([7], [])


@pytest.mark.parametrize("other", [Place(1, 3), Place(2, 2), Named(name="1"), (1, 2)])
def test_values_are_equal_where_class_and_fields_are(other: Any) -> None:
    assert (Place(1, 2) == Place(1, 2), Place(1, 2) == other) == (True, False)


def test_what_is_not_compared_makes_no_difference() -> None:
    one, two = Titled(name="a", note="x"), Titled(name="a", note="y")
    assert (one == two, hash(one) == hash(two), repr(one)) == (True, True, "Titled(name='a', values=(), title='none')")


def test_a_value_of_a_narrower_class_is_another() -> None:
    assert Named(name="a") != Titled(name="a")


def test_a_value_cannot_be_changed() -> None:
    place = Place(1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        place.line = 2  # type: ignore[misc]


@pytest.mark.parametrize("arguments", [{}, {"line": 1, "colour": 2}])
def test_a_field_that_lacks_or_that_there_is_not_is_a_fault(arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Place(**arguments)


def test_attrs_knows_the_fields_of_a_class_before_its_first_value_and_after() -> None:
    assert [each.name for each in fields(Titled)] == ["name", "values", "note", "title"]
    assert [each.name for each in fields(type(Place(1)))] == ["line", "column", "seen"]


def test_a_value_is_evolved_copied_and_sent_to_another_process() -> None:
    place = Place(1, 2)
    assert (evolve(place, line=4), copy.deepcopy(place), pickle.loads(pickle.dumps(place))) == (
        Place(4, 2),
        place,
        place,
    )


def test_a_pattern_takes_the_fields_in_their_order() -> None:
    match Place(5, 6):
        case Place(line, column):
            assert (line, column) == (5, 6)
        case _:
            pytest.fail("no match")


def _used_by_threads() -> set[object]:
    """What eight threads see of a class, and of one below it, that none has used before."""

    @frozen(kw_only=True)
    class Base:
        place: int
        note: str = field(default="", eq=False)

    @frozen(kw_only=True)
    class Shape(Base):
        width: int = 1

    seen: set[object] = set()
    start = threading.Barrier(8)

    def use(number: int) -> None:
        start.wait()
        if number % 2:
            seen.add(tuple(each.name for each in fields(Shape)))
        try:
            seen.add(evolve(Shape(place=2, note=str(number)), width=3) == Shape(place=2, width=3))
        except TypeError as fault:
            seen.add(str(fault))

    threads = [threading.Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def test_a_class_that_threads_use_first_at_the_same_time_is_whole_for_each_of_them() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        seen = set().union(*(_used_by_threads() for _ in range(30)))
    finally:
        sys.setswitchinterval(usual)
    assert seen == {("place", "note", "width"), True}


@frozen(kw_only=True)
class Sized:
    """A value of which two classes are used before attrs knows them."""

    width: int
    height: int = 2


@frozen(kw_only=True)
class Boxed(Sized):
    """One that declares a default again, and adds a field."""

    height: int = 3
    depth: int = 4


def test_the_defaults_of_a_class_are_those_of_its_values_before_attrs_knows_it_and_after() -> None:
    before = Sized(width=1), Boxed(width=1)
    defaults = [each.default for each in fields(Boxed)]
    assert (defaults, before, repr(before[1])) == (
        [attrs.NOTHING, 3, 4],
        (Sized(width=1, height=2), Boxed(width=1, height=3, depth=4)),
        "Boxed(width=1, height=3, depth=4)",
    )


def test_what_attrs_does_beside_setting_a_field_is_done() -> None:
    @frozen(kw_only=True)
    class Counted:
        many: int = field(converter=int)

    assert Counted(many="3").many == 3


def test_a_field_by_place_may_follow_those_by_name_of_a_wider_class() -> None:
    @frozen
    class Coloured(Named):
        colour: str

    assert [each.name for each in fields(Coloured)] == ["name", "values", "note", "colour"]
    assert Coloured("red", name="a") == Coloured(colour="red", name="a", values=())


@frozen(kw_only=True)
class Described:
    """A value with a field that says more of itself, and one that no caller gives."""

    width: int = field(default=3, metadata={"unit": "days"})
    seen: set[int] = field(factory=set, init=False, eq=False, repr=False)


class Plain:
    """A class with no fields, above one with some."""

    def doubled(self) -> int:
        """Twice the width."""
        width: int = vars(self)["width"]
        return 2 * width


@frozen
class Doubled(Plain):
    """A value below a class of another kind."""

    width: int


def test_the_fields_of_a_class_are_known_without_attrs_making_it() -> None:
    @frozen
    class Shape:
        line: int
        note: str = field(default="none", metadata={"key": "remark"})

    known = [(each.name, each.type, each.default, dict(each.metadata)) for each in fields_of(Shape)]
    assert known == [("line", int, attrs.NOTHING, {}), ("note", str, "none", {"key": "remark"})]
    assert type(vars(Shape)["__attrs_attrs__"]).__name__ == "_Unmade"


def test_the_fields_of_a_class_are_the_same_once_attrs_has_made_it() -> None:
    before = [(each.name, each.type, each.default, each.is_compared, each.is_shown) for each in fields_of(Titled)]
    fields(Titled)
    assert before == [
        (each.name, each.type, each.default, each.is_compared, each.is_shown) for each in fields_of(Titled)
    ]


def test_a_class_of_values_is_known_without_attrs_making_it() -> None:
    @frozen
    class Shape:
        line: int

    assert (has_fields(Shape), has_fields(Plain), "__attrs_init__" in vars(Shape)) == (True, False, False)


def test_a_field_that_no_caller_gives_is_made_for_each_value() -> None:
    one, two = Described(), Described()
    one.seen.add(1)
    assert (one.seen, two.seen, one == two, repr(one)) == ({1}, set(), True, "Described(width=3)")


def test_a_field_that_no_caller_gives_cannot_be_given() -> None:
    with pytest.raises(TypeError):
        Described(seen={1})  # type: ignore[call-arg]


def test_a_class_of_another_kind_adds_no_fields() -> None:
    assert (Doubled(4).doubled(), Doubled(4) == Doubled(4), repr(Doubled(4))) == (8, True, "Doubled(width=4)")


def test_a_value_with_other_fields_is_the_one_that_attrs_evolves() -> None:
    assert with_fields(Titled(name="a", note="x"), title="b") == evolve(Titled(name="a", note="x"), title="b")
