"""The keys that a mapping of each class may have, and the kind of value that each annotation stands for."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from attrs import NOTHING

from subsim.basics.values import Field, fields_of, with_fields
from subsim.files.annotations import DoubtId, EventName, Moment, MomentOrSpan, TimelineEvent
from subsim.files.expectation import (
    Expectation,
    ExpectedAnswer,
    ExpectedFloor,
    ExpectedInvoice,
    ExpectedLaw,
    ExpectedLawWay,
    ExpectedRefusal,
    ExpectedRoute,
    ExpectedState,
    ExpectedTotals,
)
from subsim.files.kinds import (
    EitherKind,
    EnumKind,
    EventKind,
    FormKind,
    Key,
    ListKind,
    MappingKind,
    NullableKind,
    OneOfKind,
    RecordKind,
    RuleKind,
    ScalarKind,
    TupleKind,
    ValueKind,
)
from subsim.files.scalars import INFORMATION, SCALARS, SUBSCRIPTION, kind_of_number
from subsim.membership.events import Event, Information, PackageName
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.policies import Condition, PartName, Rule, SettingValue
from subsim.terms.readings import POINTS, Choices
from subsim.terms.terms import NUMBERS, Numbers, Replacements, question_words


def keys_of(shape: Any) -> dict[str, Key]:
    """The keys that a mapping of this class may have, in the order of the class."""
    return _keys_of(shape)


def kind_of(annotation: Any) -> ValueKind:
    """The kind of value that has this annotation."""
    return _kind_of(annotation)


@cache
def _keys_of(shape: Any) -> dict[str, Key]:
    keys: Iterable[Key]
    if is_typeddict(shape):
        keys = (
            Key(name, _expected_kind(shape, name, hint), name in shape.__required_keys__)
            for name, hint in get_type_hints(shape).items()
        )
    elif shape is Choices:
        of_contract = (
            Key(name, EnumKind(tuple(point.readings)), doc=str(question_words(name, Numbers())))
            for name, point in POINTS.items()
        )
        of_law = (Key(name, EnumKind(tuple(point.readings)), doc=point.question) for name, point in LAW_POINTS.items())
        keys = chain(of_contract, of_law)
    elif shape is Replacements:
        keys = (Key(name, kind_of_number(number), doc=", ".join(number.clauses)) for name, number in NUMBERS.items())
    elif issubclass(shape, Event):
        keys = _keys_of_event(shape)
    elif issubclass(shape, Rule):
        keys = _keys_of_rule(shape)
    else:
        keys = chain.from_iterable(map(_keys_of_field, fields_of(shape)))
    return {key.name: key for key in keys}


@cache
def _kind_of(annotation: Any) -> ValueKind:
    if annotation in SCALARS:
        return SCALARS[annotation]
    if annotation == Information | None:
        return NullableKind(INFORMATION)
    if annotation is Event:
        return EventKind()
    if annotation == TimelineEvent:
        return EventKind(of_timeline=True)
    if annotation is Rule:
        return RuleKind()
    if annotation is Condition:
        return MappingKind(SCALARS[PartName], SCALARS[SettingValue], least=1)
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is None:
        return RecordKind(annotation)
    if origin is Literal:
        return EnumKind(arguments)
    if origin in (Union, UnionType):
        return _union(arguments)
    if origin is dict:
        key, value = map(kind_of, arguments)
        return MappingKind(key, value, least=int(arguments[0] is PackageName))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return TupleKind(tuple(map(kind_of, arguments)))
    item = kind_of(arguments[0])
    # an announcement needs a channel and a package; a list of events, questions or clauses may be empty
    return ListKind(item, origin, least=int(origin is tuple and isinstance(item, ScalarKind | EnumKind)))


def _expected_kind(shape: Any, name: str, annotation: Any) -> ValueKind:
    """The kind of an expected value; a single value of a contract's answer may be given as one of several."""
    kind = kind_of(annotation)
    if shape not in _MAY_VARY or name in ("worlds", "decisive", "cases"):
        return kind
    single = kind.kind if isinstance(kind, NullableKind) else kind
    is_single = isinstance(single, ScalarKind | EnumKind) or name in ("states", "clauses")
    return OneOfKind(kind) if is_single else kind


_MAY_VARY = (
    Expectation,
    ExpectedState,
    ExpectedInvoice,
    ExpectedTotals,
    ExpectedRefusal,
    ExpectedAnswer,
    ExpectedRoute,
    ExpectedFloor,
    ExpectedLawWay,
    ExpectedLaw,
)
"""The mappings whose single values may be given as one of several, for facts in doubt."""


def _union(members: tuple[Any, ...]) -> ValueKind:
    kinds = [kind_of(member) for member in members if member is not NoneType]
    if len(kinds) == 1:
        (kind,) = kinds
    elif len(kinds) == 2:
        kind = EitherKind(*kinds)
    else:
        kind = FormKind(tuple(kinds))
    return NullableKind(kind) if NoneType in members else kind


def _key(attribute: Field) -> Key:
    return Key(
        name=attribute.metadata.get("key", attribute.name),
        kind=kind_of(attribute.type),
        required=attribute.default is NOTHING,
        default=attribute.default,
        attribute=attribute.name,
    )


def _keys_of_field(attribute: Field) -> Iterable[Key]:
    if not attribute.metadata.get("in_file", True):
        return []
    if not attribute.metadata.get("spread"):
        return [_key(attribute)]
    inner = keys_of(attribute.type).values()
    return [with_fields(key, attribute=attribute.name, spread=True) for key in inner]


def _keys_of_event(event: type[Event]) -> Iterator[Key]:
    for key in map(_key, fields_of(event)):
        if key.name == "date":
            yield with_fields(key, kind=kind_of(Moment))
            yield Key("event", kind_of(EventName), required=True)
        elif key.name == "subscription":
            yield with_fields(key, kind=SUBSCRIPTION if key.default else NullableKind(SUBSCRIPTION))
        else:
            yield key


def keys_in_timeline(event: Any) -> dict[str, Key]:
    """The keys of an event of a timeline: it may be in doubt. Those that have an `id` of their own keep it."""
    return _keys_in_timeline(event)


@cache
def _keys_in_timeline(event: Any) -> dict[str, Key]:
    keys = dict(keys_of(event))
    keys["date"] = with_fields(keys["date"], kind=kind_of(MomentOrSpan))
    own_id = keys.get("id", Key("id", kind_of(DoubtId | None)))
    return keys | {"id": own_id, "disputed": Key("disputed", kind_of(bool), default=False)}


def _keys_of_rule(rule: type[Rule]) -> Iterator[Key]:
    yield Key("rule", EnumKind((rule.name,)), required=True)
    for attribute in fields_of(rule):
        yield _key(attribute)
