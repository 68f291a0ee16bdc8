"""The shape of a scenario file: its classes, and what each of their annotations may be written as.

The reader of scenario files and the JSON Schema both go by `keys_of` a class; a field added to a class here, or to an
event in `subsim.membership.events`, is read and described without more ado.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NewType,
    Required,
    TypeAlias,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import attrs
from attrs import Factory, field

from subsim.basics.countries import COUNTRIES, USUAL_MISTAKES
from subsim.basics.dates import Day, half_year, last_day_of_month
from subsim.basics.enumerations import Better, LawGap, LawRoute, LineKind, State
from subsim.basics.money import kroner
from subsim.basics.names import checked_name, checked_text
from subsim.basics.notation import copenhagen_day, day_from_iso, ore
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.engine.ways import END_REASONS, GROUNDS, OPERATOR, WAYS
from subsim.files.doubts import Span, span
from subsim.membership.events import (
    EVERY_EVENT,
    KINDS,
    Amount,
    CardMonth,
    Count,
    Country,
    Event,
    FactDay,
    Ground,
    Information,
    ItemName,
    KnownDay,
    MemberId,
    PackageName,
    Paid,
    Person,
    SignedAmount,
)
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.policies import (
    Action,
    CategoryName,
    Condition,
    LineNumber,
    NumberName,
    PartName,
    PurposeName,
    Right,
    Rule,
    SettingName,
    SettingValue,
    Value,
)
from subsim.terms.readings import POINTS, Choices, ProfileName
from subsim.terms.statutes import Confidence, Standing
from subsim.terms.terms import NUMBERS, Number, Numbers, Replacements, question_words

MOST_COUNTED = 3660
"""The largest count of days, ten years."""

# What only a file distinguishes

Moment = NewType("Moment", Day)
"""An event's date; it may be written as a timestamp with an offset, and is then its Copenhagen date."""
MomentOrSpan = Annotated[Day, "or a range"]
"""The same of an event of a timeline, which may also be a range `FIRST..LAST` of days."""
TimelineEvent = Annotated[Event, "of a timeline"]
"""An event of a timeline, which may be in doubt."""
DoubtId = NewType("DoubtId", str)
"""The id of an event, by which a doubt is called."""
DoubtName = NewType("DoubtName", str)
"""What a doubt is called: its id, or its event and place."""
Assumed = NewType("Assumed", str)
"""What is assumed of a doubt: a day, a range of days, or whether it happened."""
HalfYear = NewType("HalfYear", Day)
"""The 1 January or 1 July on which a half-year begins."""
Percent = NewType("Percent", int)
"""A percentage in 1/10000 percent; may be negative."""
SubscriptionId = NewType("SubscriptionId", str)
"""The id of a subscription that some sign-up of the timeline names."""
EventName = NewType("EventName", str)
"""An event of the format."""
Clause = NewType("Clause", str)
"""The id of a clause of the terms or of a provision of the law."""
PolicyClauseId = NewType("PolicyClauseId", str)
"""The prefixed id of a clause of a policy or statute, such as `cekura.opbevaring.7`."""
ProvisionId = NewType("ProvisionId", str)
"""The id of a provision of the law."""
LawPointName = NewType("LawPointName", str)
"""A law point."""
Kroner = NewType("Kroner", str)
"""An amount as JSON shows it, `447.00`; may be negative."""

RouteName = NewType("RouteName", str)
"""A way out of the member's."""
RouteTaken = NewType("RouteTaken", str)
"""A way out, or Kabelplus' own termination."""
EndReasonName = NewType("EndReasonName", str)
"""Why a subscription ends."""
HoldingStatus = Literal["disposed", "on_hold", "overdue", "due", "inactive", "unclear", "held"]
DutyName = Literal["receipt", "card_reminder", "complaint_decision", "return_equipment", "refund"]


class IsoDay(str):
    """A date as JSON shows it, `2020-07-15`; a class of its own so that the last date of a file can be found."""

    __slots__ = ()


@frozen
class OneOf:
    """The values that something must have, where facts in doubt decide which: all of them and no other."""

    values: tuple[Any, ...]


# What is expected, in the JSON of the outcome, with only the keys that were given


class ExpectedState(TypedDict, total=False):
    """Where a subscription stands; every key may be null."""

    state: State | None
    suspended: bool | None
    ended_on: IsoDay | None
    end_reason: EndReasonName | None
    ends_on: IsoDay | None
    binding_ends: IsoDay | None
    package: PackageName | None
    terms_since: IsoDay | None
    states: list[tuple[IsoDay, State]] | None


_Covered = TypedDict("_Covered", {"from": IsoDay | None, "to": IsoDay | None}, total=False)


class ExpectedInvoice(_Covered, total=False):
    """One line of the invoices."""

    date: Required[IsoDay]
    kind: Required[LineKind]
    amount: Required[Kroner]
    subscription: SubscriptionId | None
    package: PackageName | None
    clause: Clause


class ExpectedTotals(TypedDict, total=False):
    """Sums over the whole replay; `owed` is charged - paid + refunded - adjusted."""

    charged: Kroner
    paid: Kroner
    refunded: Kroner
    adjusted: Kroner
    owed: Kroner
    interest: Kroner


class ExpectedRefusal(TypedDict, total=False):
    """One refused event."""

    date: Required[IsoDay]
    event: Required[EventName]
    clause: Clause
    subscription: SubscriptionId | None


class ExpectedDuty(TypedDict):
    """One duty; its date is null where the terms date it by nothing."""

    date: IsoDay | None
    duty: DutyName
    clause: Clause


class ExpectedKept(TypedDict, total=False):
    """What keeps a holding longer than its limit."""

    clause: PolicyClauseId
    until: IsoDay | None


class ExpectedHolding(TypedDict, total=False):
    """One holding: the latest of its category, or that of the id."""

    category: Required[CategoryName]
    id: str
    held_from: IsoDay
    status: HoldingStatus
    inactive_on: IsoDay | None
    use_ends_on: IsoDay | None
    restricted_from: IsoDay | None
    retain_until: IsoDay | None
    retain_clause: PolicyClauseId | None
    dispose_by: IsoDay | None
    not_before: IsoDay | None
    action: Action | None
    clause: PolicyClauseId | None
    moved_by: PolicyClauseId | None
    kept_longer: list[ExpectedKept]
    disposed_on: IsoDay | None
    verdict: Literal["too_early", "in_time", "late"] | None


class ExpectedEffect(TypedDict, total=False):
    """What became of a request for one holding."""

    category: CategoryName
    id: str
    outcome: Literal["erase", "keep", "stop_use", "restrict", "answer"]
    until: IsoDay | None
    clauses: list[PolicyClauseId]


class ExpectedRequest(TypedDict, total=False):
    """One request: the latest of that name."""

    request: Required[str]
    right: Right
    received_on: IsoDay
    clock_from: IsoDay | None
    policy_by: IsoDay | None
    policy_clause: PolicyClauseId | None
    statute_by: IsoDay | None
    statute_clause: PolicyClauseId | None
    answer_by: IsoDay | None
    refuse_by: IsoDay | None
    extended: bool
    answered_on: IsoDay | None
    verdict: Literal["in_time", "late"] | None
    outcomes: list[ExpectedEffect]


class ExpectedDataDuty(TypedDict, total=False):
    """One duty about personal data."""

    date: IsoDay | None
    duty: Required[Literal["answer", "notify_authority", "notify_members"]]
    clause: PolicyClauseId | None


class ExpectedDataRefusal(TypedDict, total=False):
    """One event that came too late to count."""

    date: IsoDay
    event: Required[EventName]
    clause: PolicyClauseId | None


class ExpectedRetention(TypedDict, total=False):
    """What `retention` must say: the given entries must be among those found; `unclear` lists all that are."""

    holdings: list[ExpectedHolding]
    requests: list[ExpectedRequest]
    duties: list[ExpectedDataDuty]
    refused: list[ExpectedDataRefusal]
    unclear: list[str]


class Expectation(ExpectedState, total=False):
    """What the outcome must say: of the only subscription, of several under `subscriptions`, and of the member."""

    subscriptions: dict[SubscriptionId, ExpectedState]
    invoices: list[ExpectedInvoice]
    totals: ExpectedTotals
    refused: list[ExpectedRefusal]
    duties: list[ExpectedDuty]
    retention: ExpectedRetention


class ExpectedRoute(TypedDict, total=False):
    """One way out as of the date of the question."""

    open: bool
    ends_on: IsoDay | None
    give_notice_by: IsoDay | None
    refund: Kroner | None
    still_to_pay: Kroner | None


class ExpectedFloor(TypedDict, total=False):
    """One column of a row of the law."""

    open: bool
    ends_on: IsoDay | None
    give_notice_by: IsoDay | None
    refund: Kroner | None
    refund_by: IsoDay | None
    still_to_pay: Kroner | None


class ExpectedLawWay(TypedDict, total=False):
    """One row of the law: what the member has by law and contract."""

    sure: Literal["closed"] | ExpectedFloor
    arguable: Literal["closed"] | ExpectedFloor
    better: Better
    provisions: list[ProvisionId]
    standing: Standing
    confidence: Confidence
    points: list[LawPointName]


_LAW_ROWS = [name for route in get_args(LawRoute) for name in (route, *(f"{route}.{kind}" for kind in KINDS))]
"""The rows that a question may name: a route that is the same for all kinds of agreement, or that of one kind."""
ExpectedLaw = TypedDict(
    "ExpectedLaw",
    {
        "covered": bool,
        "why_not": LawGap | None,
        **dict.fromkeys(_LAW_ROWS, ExpectedLawWay | None),  # type: ignore[misc] # one for every route and kind
    },
    total=False,
)
ExpectedLaw.__doc__ = """What the law must say beside the contract."""


class ExpectedWorlds(TypedDict, total=False):
    """How many worlds the doubts make."""

    possible: Value
    impossible: Value


class ExpectedCase(TypedDict):
    """One of the answers that the doubts leave, and the facts that give it."""

    facts: list[dict[DoubtName, Assumed]]
    can_cancel: bool
    earliest_end: IsoDay | None
    route: RouteTaken | None


class ExpectedAnswer(TypedDict, total=False):
    """What the answer to a question must say."""

    can_cancel: bool
    earliest_end: IsoDay | None
    route: RouteTaken | None
    state: State | None
    clauses: list[Clause]
    routes: dict[RouteName, Literal["closed"] | ExpectedRoute]
    owed: Kroner
    overdue: Kroner
    overdue_since: IsoDay | None
    interest: Kroner | None
    retention: ExpectedRetention
    law: ExpectedLaw
    worlds: ExpectedWorlds
    decisive: list[DoubtName]
    cases: list[ExpectedCase]


@frozen(kw_only=True)
class Ask:
    """A question as of the end of a date: can the member cancel this subscription; with the answer expected."""

    date: Day
    subscription: SubscriptionId = SubscriptionId("main")
    expect: ExpectedAnswer = field(factory=ExpectedAnswer, metadata={"spread": True})


# The file


@frozen(kw_only=True)
class Variant:
    """The same timeline under other readings, profile or last date, with expectations and questions of its own.

    `assume` settles some of the doubts.
    """

    name: str
    readings: Choices = Factory(lambda: Choices({}))
    profile: ProfileName | None = None
    assume: dict[DoubtName, Assumed] = Factory(dict)
    until: Day | None = None
    expect: Expectation = Factory(Expectation)
    asks: tuple[Ask, ...] = field(default=(), metadata={"key": "ask"})


@frozen(kw_only=True)
class RetentionChoice:
    """By which policy, one of ours or a file, the personal data go; `settings` are what it leaves to the controller."""

    policy: str
    settings: dict[SettingName, SettingValue | None] = Factory(dict)


@frozen(kw_only=True)
class ScenarioFile:
    """A scenario: facts about one member of Kabelplus, and what the terms of 2019 make of them."""

    scenario: str
    terms: Literal["kabelplus-2019-10-30"] = "kabelplus-2019-10-30"
    profile: ProfileName | None = None
    readings: Choices = Factory(lambda: Choices({}))
    numbers: Replacements = Factory(lambda: Replacements({}))
    prices: dict[PackageName, Amount] = Factory(dict)
    retention: RetentionChoice | None = None
    member: Person = Factory(Person)
    reference_rates: dict[HalfYear, Percent] = Factory(dict)
    until: Day | None = None
    timeline: tuple[TimelineEvent, ...]
    expect: Expectation = Factory(Expectation)
    asks: tuple[Ask, ...] = field(default=(), metadata={"key": "ask"})
    variants: tuple[Variant, ...] = ()


PREFIXED: dict[Any, Any] = {Choices: PartName, Replacements: Value}
"""The mappings that also take the prefixed names of a policy, and what their values are then."""

# What an annotation may be written as


@frozen
class ScalarKind:
    """A single value: what to say was expected, how it is read, and its JSON Schema.

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
    """That, or null."""

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
    """One of these, told apart by their form: a single value, a list, or a mapping."""

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


def keys_of(shape: Any) -> dict[str, Key]:
    """The keys that a mapping of this class may have, in the order of the class."""
    return _keys_of(shape)


def kind_of(annotation: Any) -> ValueKind:
    """What a value with this annotation may be written as."""
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
        keys = (Key(name, _number(number), doc=", ".join(number.clauses)) for name, number in NUMBERS.items())
    elif issubclass(shape, Event):
        keys = _keys_of_event(shape)
    elif issubclass(shape, Rule):
        keys = _keys_of_rule(shape)
    else:
        keys = chain.from_iterable(map(_keys_of_field, attrs.fields(shape)))
    return {key.name: key for key in keys}


@cache
def _kind_of(annotation: Any) -> ValueKind:
    if annotation in _TEXTS:
        return _TEXTS[annotation]
    if annotation == Information | None:
        return NullableKind(_INFORMATION)
    if annotation is Event:
        return EventKind()
    if annotation == TimelineEvent:
        return EventKind(of_timeline=True)
    if annotation is Rule:
        return RuleKind()
    if annotation is Condition:
        return MappingKind(_TEXTS[PartName], _TEXTS[SettingValue], least=1)
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
    # an announcement by no channel, or of no package, announces nothing; no event, question or clause is a story too
    return ListKind(item, origin, least=int(origin is tuple and isinstance(item, ScalarKind | EnumKind)))


def _expected_kind(shape: Any, name: str, annotation: Any) -> ValueKind:
    """The kind of what is expected; a single value of a contract's answer may be one of several."""
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
"""The mappings of which a single value may be expected to be one of several, by a fact in doubt."""


def _union(members: tuple[Any, ...]) -> ValueKind:
    kinds = [kind_of(member) for member in members if member is not NoneType]
    if len(kinds) == 1:
        (kind,) = kinds
    elif len(kinds) == 2:
        kind = EitherKind(*kinds)
    else:
        kind = FormKind(tuple(kinds))
    return NullableKind(kind) if NoneType in members else kind


def _key(attribute: "attrs.Attribute[Any]") -> Key:
    return Key(
        name=attribute.metadata.get("key", attribute.name),
        kind=kind_of(attribute.type),
        required=attribute.default is attrs.NOTHING,
        default=attribute.default,
        attribute=attribute.name,
    )


def _keys_of_field(attribute: "attrs.Attribute[Any]") -> Iterable[Key]:
    if not attribute.metadata.get("in_file", True):
        return []
    if not attribute.metadata.get("spread"):
        return [_key(attribute)]
    inner = keys_of(attribute.type).values()
    return [attrs.evolve(key, attribute=attribute.name, spread=True) for key in inner]


def _keys_of_event(event: type[Event]) -> Iterator[Key]:
    for key in map(_key, attrs.fields(event)):
        if key.name == "date":
            yield attrs.evolve(key, kind=kind_of(Moment))
            yield Key("event", kind_of(EventName), required=True)
        elif key.name == "subscription":
            yield attrs.evolve(key, kind=SUBSCRIPTION if key.default else NullableKind(SUBSCRIPTION))
        else:
            yield key


def keys_in_timeline(event: Any) -> dict[str, Key]:
    """The keys of an event of a timeline: it may be in doubt. Those that have an `id` of their own keep it."""
    return _keys_in_timeline(event)


@cache
def _keys_in_timeline(event: Any) -> dict[str, Key]:
    keys = dict(keys_of(event))
    keys["date"] = attrs.evolve(keys["date"], kind=kind_of(MomentOrSpan))
    own_id = keys.get("id", Key("id", kind_of(DoubtId | None)))
    return keys | {"id": own_id, "disputed": Key("disputed", kind_of(bool), default=False)}


def _keys_of_rule(rule: type[Rule]) -> Iterator[Key]:
    yield Key("rule", EnumKind((rule.name,)), required=True)
    for attribute in attrs.fields(rule):
        yield _key(attribute)


def _number(number: Number) -> ScalarKind:
    if number.unit == "kroner":
        return attrs.evolve(_AMOUNT, read=number.read)
    if number.allowed is not None:
        expected = Message("one of {numbers}", numbers=", ".join(map(str, number.allowed)))
        return ScalarKind(expected, number.read, {"enum": list(number.allowed)}, bare=True)
    return _whole_number(number.read, number.largest)


def _whole_number(read: Callable[[str], int], largest: int) -> ScalarKind:
    expected = Message("a whole number from 0 to {largest}", largest=largest)
    return ScalarKind(expected, read, {"type": "integer", "minimum": 0, "maximum": largest}, bare=True)


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false") or text not in (text.lower(), text.upper(), text.capitalize()):
        raise ValueError(Message("neither true nor false"))
    return text.lower() == "true"


def _moment(text: str) -> Day:
    return copenhagen_day(text) if re.match(r"\d{4}-\d\d-\d\d[Tt ]", text, re.ASCII) else day_from_iso(text)


def _moment_or_span(text: str) -> Day | Span:
    return span(text) if ".." in text else _moment(text)


def _doubt_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text, re.ASCII):
        raise ValueError(Message("not 1 to 64 of a-z, A-Z, 0-9, - and _"))
    return text


def _assumed(text: str) -> str | bool:
    if text in ("true", "false"):
        return text == "true"
    if ".." in text:
        span(text)
    else:
        day_from_iso(text)
    return text


def _fact_day(text: str) -> Day:
    return day_from_iso(text)


def _information(text: str) -> Day | str:
    return text if text in ("same-day", "none") else day_from_iso(text)


def _iso_day(text: str) -> IsoDay:
    return IsoDay(day_from_iso(text).isoformat())


def _half_year(text: str) -> Day:
    day = day_from_iso(text)
    if day != half_year(day):
        raise ValueError(Message("a half-year begins on 1 January or 1 July"))
    return day


def _card_month(text: str) -> Day:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text, re.ASCII):
        raise ValueError(Message("not a month of the form YYYY-MM"))
    first = day_from_iso(f"{text}-01")
    return last_day_of_month(first.year, first.month)


def _country(text: str) -> str:
    if not re.fullmatch("[A-Z]{2}", text):
        raise ValueError(Message("not two capital letters"))
    if text in USUAL_MISTAKES:
        raise ValueError(Message("no code of ISO 3166: write {code}", code=USUAL_MISTAKES[text]))
    if text not in COUNTRIES:
        raise ValueError(Message("no code of ISO 3166"))
    return text


def _count(text: str) -> int:
    if not re.fullmatch(r"\d+", text, re.ASCII):
        raise ValueError(Message("not a whole number"))
    digits = text.lstrip("0")
    if len(digits) > len(str(MOST_COUNTED)) or int(digits or 0) > MOST_COUNTED:
        raise ValueError(Message("at most {largest}", largest=MOST_COUNTED))
    return int(digits or 0)


def _percent(text: str) -> int:
    match = re.fullmatch(r"(-?)(\d{1,3})(?:\.(\d{1,4}))?", text, re.ASCII)
    if match is None:
        raise ValueError(Message("not a percentage of at most three digits and four decimals"))
    sign, whole, decimals = match.groups()
    value = int(whole) * 10_000 + int((decimals or "0").ljust(4, "0"))
    if sign and value > 80_000:
        raise ValueError(Message("a reference rate is -8.00 or more: the rate of interest is 8.00 above it"))
    return -value if sign else value


def _paid_ore(text: str) -> int:
    if text.startswith("-"):
        raise ValueError(Message("an amount is 0.00 or more; a payment that went back is the event payment_returned"))
    return ore(text)


def _signed_ore(text: str) -> int:
    amount = ore(text.removeprefix("-"))
    return -amount if text.startswith("-") else amount


def _kroner(text: str) -> str:
    return kroner(_signed_ore(text))


def _clause(text: str) -> str:
    if text not in _clauses() and text not in _provisions():
        raise ValueError(Message("the terms have no such clause"))
    return text


def _part(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+([._-][a-z0-9]+)*", text, re.ASCII):
        raise ValueError(Message("not a name of small letters, digits, dots and dashes"))
    return text


def _line(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", text, re.ASCII):
        raise ValueError(Message("not the number of a line"))
    return int(text)


def _clauses() -> Iterable[str]:
    from subsim.terms.clauses import CLAUSES  # the catalogues are needed only where one of their ids is expected

    return CLAUSES


def _provision(text: str) -> str:
    if text not in _provisions():
        raise ValueError(Message("the catalogue of the law has no such provision"))
    return text


def _provisions() -> Iterable[str]:
    from subsim.terms.statutes import PROVISIONS

    return PROVISIONS


_DAY_SCHEMA = {"type": "string", "pattern": r"^(19|20|21)\d\d-\d\d-\d\d$"}
_TEXT_SCHEMA = {"type": ["string", "number"], "minLength": 1}
_NAME_SCHEMA = {"type": ["string", "number"], "pattern": r"^\S+( \S+)*$"}
_PART_SCHEMA = {"type": ["string", "number"], "pattern": r"^[a-z0-9]+([._-][a-z0-9]+)*$"}
_DAY = Message("a date such as 2020-04-15")

_AMOUNT = ScalarKind(
    Message("an amount of kroner such as 149.00"),
    ore,
    {"type": ["number", "string"], "minimum": 0, "maximum": 999_999_999.99, "pattern": r"^\d{1,9}(\.\d{1,2})?$"},
)

_SIGNED = ScalarKind(
    Message("an amount of kroner such as 149.00 or -149.00"),
    _signed_ore,
    {
        "type": ["number", "string"],
        "minimum": -999_999_999.99,
        "maximum": 999_999_999.99,
        "pattern": r"^-?\d{1,9}(\.\d{1,2})?$",
    },
)

_TEXTS: dict[Any, ScalarKind | EnumKind] = {
    Ground: EnumKind(tuple(sorted(GROUNDS))),
    RouteName: EnumKind(tuple(WAYS)),
    RouteTaken: EnumKind((*WAYS, OPERATOR)),
    EndReasonName: EnumKind(END_REASONS),
    str: ScalarKind(Message("a text"), checked_text, _TEXT_SCHEMA),
    bool: ScalarKind(Message("true or false"), _boolean, {"type": "boolean"}, bare=True),
    Day: ScalarKind(_DAY, day_from_iso, _DAY_SCHEMA),
    IsoDay: ScalarKind(_DAY, _iso_day, _DAY_SCHEMA),
    FactDay: ScalarKind(_DAY, _fact_day, _DAY_SCHEMA),
    Moment: ScalarKind(
        Message("a date such as 2020-04-15, or a timestamp such as 2020-04-15T09:30:00+02:00"),
        _moment,
        {
            "type": "string",
            "pattern": r"^(19|20|21)\d\d-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d))?$",
        },
    ),
    MomentOrSpan: ScalarKind(
        Message(
            "a date such as 2020-04-15, a timestamp such as 2020-04-15T09:30:00+02:00, "
            "or a range such as 2020-03-01..2020-03-20"
        ),
        _moment_or_span,
        {
            "type": "string",
            "pattern": r"^(19|20|21)\d\d-\d\d-\d\d(\.\.(19|20|21)\d\d-\d\d-\d\d"
            r"|[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:\d\d))?$",
        },
    ),
    DoubtId: ScalarKind(
        Message("an id of 1 to 64 letters, digits, - and _"),
        _doubt_id,
        {"type": ["string", "number"], "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    ),
    DoubtName: ScalarKind(
        Message("an event in doubt, by its id or as give_notice:3"),
        checked_name,
        {"type": ["string", "number"], "pattern": "^[A-Za-z0-9_:-]{1,64}$"},
    ),
    Assumed: ScalarKind(
        Message("a date, a range of dates, true or false"),
        _assumed,
        {
            "anyOf": [
                {"type": "boolean"},
                {
                    "type": "string",
                    "pattern": r"^(19|20|21)\d\d-\d\d-\d\d(\.\.(19|20|21)\d\d-\d\d-\d\d)?$",
                },
            ]
        },
    ),
    HalfYear: ScalarKind(
        Message("a date such as 2027-01-01 or 2027-07-01"),
        _half_year,
        {"type": "string", "pattern": r"^(19|20|21)\d\d-0[17]-01$"},
    ),
    CardMonth: ScalarKind(
        Message("a month such as 2021-05"),
        _card_month,
        {"type": "string", "pattern": r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"},
    ),
    Amount: _AMOUNT,
    Paid: attrs.evolve(_AMOUNT, read=_paid_ore),
    SignedAmount: _SIGNED,
    Kroner: attrs.evolve(_SIGNED, read=_kroner),
    Percent: ScalarKind(
        Message("a percentage such as 2.00 or -0.65"),
        _percent,
        {
            "type": ["number", "string"],
            "minimum": -8,
            "exclusiveMaximum": 1000,
            "pattern": r"^-?\d{1,3}(\.\d{1,4})?$",
        },
    ),
    Count: _whole_number(_count, MOST_COUNTED),
    Country: ScalarKind(
        Message("a country of two capital letters such as DK"),
        _country,
        {"type": "string", "pattern": "^[A-Z]{2}$"},
    ),
    MemberId: ScalarKind(Message("the id of a member"), checked_name, _NAME_SCHEMA),
    ItemName: ScalarKind(Message("the name of an item"), checked_name, _NAME_SCHEMA),
    PackageName: ScalarKind(Message("a package of the price list"), checked_name, _NAME_SCHEMA),
    SubscriptionId: ScalarKind(Message("the id of a subscription"), checked_name, _NAME_SCHEMA),
    Clause: ScalarKind(
        Message("a clause id such as betaling.5"),
        _clause,
        {"type": "string", "pattern": r"^[a-z]+\.\d+[a-z]?$"},
        words=_clauses,
    ),
    KnownDay: ScalarKind(Message("a day such as 2020-04-15"), day_from_iso, _DAY_SCHEMA),
    CategoryName: ScalarKind(Message("a category of the policy"), _part, _PART_SCHEMA),
    NumberName: ScalarKind(Message("the name of a number of the policy"), _part, _PART_SCHEMA),
    SettingName: ScalarKind(Message("a setting of the policy"), _part, _PART_SCHEMA),
    PolicyClauseId: ScalarKind(Message("a clause id such as cekura.opbevaring.7"), _part, _PART_SCHEMA),
    PurposeName: ScalarKind(Message("a purpose such as marketing"), checked_name, _NAME_SCHEMA),
    PartName: ScalarKind(Message("a name such as opbevaring.1"), _part, _PART_SCHEMA),
    SettingValue: ScalarKind(Message("what the setting is set to, such as 02-01"), checked_name, _NAME_SCHEMA),
    LineNumber: ScalarKind(Message("the number of a line"), _line, {"type": "integer", "minimum": 1}, bare=True),
    Value: _whole_number(_count, MOST_COUNTED),
    ProvisionId: ScalarKind(
        Message("the id of a provision such as fal.19"),
        _provision,
        {"type": "string", "pattern": r"^[a-z]+\.[a-z0-9.]+$"},
        words=_provisions,
    ),
    LawPointName: EnumKind(tuple(LAW_POINTS)),
    EventName: EnumKind(tuple(EVERY_EVENT), are_events=True),
}
PACKAGE, SUBSCRIPTION, ITEM = _TEXTS[PackageName], _TEXTS[SubscriptionId], _TEXTS[ItemName]
"""The kinds of text that name something; packages and subscriptions are declared by the file itself."""
CATEGORY, POLICY_CLAUSE = _TEXTS[CategoryName], _TEXTS[PolicyClauseId]
"""The two that name something of the policy."""
NAMES = (PACKAGE, SUBSCRIPTION, ITEM, CATEGORY, POLICY_CLAUSE)
_INFORMATION = ScalarKind(
    Message("same-day, none or a date such as 2020-04-15"),
    _information,
    {"type": "string", "pattern": r"^(same-day|none|(19|20|21)\d\d-\d\d-\d\d)$"},
)
DATES = (_TEXTS[Day], _TEXTS[Moment], NullableKind(_TEXTS[Day]))
"""The kinds of date that a replay may have to reach; the month in which a card expires is none."""
