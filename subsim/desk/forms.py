"""The form of an event, with fields from the classes of the format, and the values typed as the tree of an event."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import Factory, frozen

from subsim.basics.dates import Day
from subsim.basics.languages import Code
from subsim.desk.form_text import amount_text, day_in_words, day_of_text, day_text, span_of_text
from subsim.desk.problems import Places
from subsim.desk.words import choice_label, field_label
from subsim.files.keys import keys_in_timeline, keys_of, kind_of
from subsim.files.kinds import EnumKind as EnumKind
from subsim.files.kinds import Key, ListKind, MappingKind, NullableKind, RecordKind, ScalarKind, ValueKind
from subsim.files.scalars import CATEGORY
from subsim.files.yaml_nodes import Entry, Node, Scalar, Sequence
from subsim.files.yaml_nodes import Mapping as Tree
from subsim.membership.data_events import EVERY_EVENT
from subsim.membership.events import Amount, PackageName, Paid, SignedAmount, SignUp
from subsim.terms.readings import Choices
from subsim.terms.terms import Replacements

FormValues = Mapping[str, list[str]]
"""The values typed, by name of the field."""


@frozen(kw_only=True)
class Choosable:
    """One of the words that may be chosen."""

    value: str
    label: str
    chosen: bool


@frozen(kw_only=True)
class FormField:
    """A field of a form: `kind` is `text`, `date`, `select` or `boxes`; `words` says a date in words."""

    name: str
    label: str
    kind: str
    value: str = ""
    choices: tuple[Choosable, ...] = ()
    hint: str = ""
    words: str = ""
    required: bool = False
    error: str = ""


@frozen(kw_only=True)
class FormContext:
    """The context of a form: the packages, subscriptions and categories to choose from, the day, and the language."""

    packages: tuple[str, ...]
    subscriptions: tuple[str, ...]
    categories: tuple[str, ...]
    today: Day
    language: Code
    labels: Mapping[str, str] = Factory(dict)


def is_date(kind: ValueKind) -> bool:
    """Whether a field holds a date."""
    inner = kind.kind if isinstance(kind, NullableKind) else kind
    try:
        return isinstance(inner, ScalarKind) and isinstance(inner.read("2020-04-15"), Day)
    except ValueError:
        return False


def is_amount(kind: ValueKind) -> bool:
    """Whether a field holds an amount of kroner."""
    inner = kind.kind if isinstance(kind, NullableKind) else kind
    return inner in (kind_of(Amount), kind_of(Paid), kind_of(SignedAmount))


def fields_of(event: str, typed: FormValues, errors: Mapping[str, str], around: FormContext) -> list[FormField]:
    """The fields of an event, filled with what was typed, each with its fault."""
    found: list[FormField] = []
    for name, key in keys_in_timeline(EVERY_EVENT[event]).items():
        if name != "event":
            found += _fields(event, name, key, typed, errors, around)
    return found


def _fields(
    event: str, name: str, key: Key, typed: FormValues, errors: Mapping[str, str], around: FormContext
) -> Iterable[FormField]:
    kind = key.kind.kind if isinstance(key.kind, NullableKind) else key.kind
    if isinstance(kind, MappingKind):
        for package in around.packages:
            yield _text(f"{name}.{package}", key, typed, errors, around, required=False)
    elif isinstance(kind, RecordKind) and kind.shape in (Choices, Replacements):
        for each, inner in keys_of(kind.shape).items():
            yield _one(event, f"{name}.{each}", inner, inner.kind, typed, errors, around)
    elif isinstance(kind, ListKind):
        words = _words(event, name, kind.item, around)
        if words is None:
            yield _listed(name, key, typed, errors, around)
        else:
            yield _boxes(name, key, words, typed, errors, around)
    else:
        yield _one(event, name, key, kind, typed, errors, around)


def _one(
    event: str, name: str, key: Key, kind: ValueKind, typed: FormValues, errors: Mapping[str, str], around: FormContext
) -> FormField:
    words = _words(event, name, kind, around)
    if words is None:
        return _text(name, key, typed, errors, around, required=key.required)
    value = _first(typed, name)
    choices = [
        Choosable(value=word, label=choice_label(word, name, around.language), chosen=word == value) for word in words
    ]
    is_open = not key.required or (value and value not in words)
    empty = Choosable(value="", label=_left_out(name, key, around), chosen=value == "")
    if value and value not in words:
        choices.append(Choosable(value=value, label=value, chosen=True))
    return FormField(
        name=name,
        label=field_label(name, around.language),
        kind="select",
        value=value,
        choices=(*([empty] if is_open or not value else []), *choices),
        required=key.required,
        error=errors.get(name, ""),
    )


def _words(event: str, name: str, kind: ValueKind, around: FormContext) -> tuple[str, ...] | None:
    """The words to choose from for a field; None where it is typed."""
    if kind == kind_of(bool):
        return ("true", "false")
    if isinstance(kind, EnumKind):
        return kind.words
    if kind == kind_of(PackageName):
        return around.packages
    if kind is CATEGORY and around.categories:
        return around.categories
    if name == "subscription" and event != SignUp.name and around.subscriptions:
        return around.subscriptions
    return None


def _left_out(name: str, key: Key, around: FormContext) -> str:
    if key.required or key.default is None:
        return ""
    text = str(key.default).lower() if isinstance(key.default, bool) else str(key.default)
    return around.labels["default_is"].format(value=choice_label(text, name, around.language))


def _text(
    name: str, key: Key, typed: FormValues, errors: Mapping[str, str], around: FormContext, required: bool
) -> FormField:
    value = _first(typed, name)
    dated = is_date(key.kind)
    default = "" if dated or name.partition(".")[2] else _left_out(name, key, around)
    return FormField(
        name=name,
        label=field_label(name, around.language),
        kind="date" if dated else "text",
        value=value,
        hint=around.labels["span_hint" if name == "date" else "date_hint"] if dated else default,
        words=_in_words(value, around) if dated else "",
        required=required,
        error=errors.get(name, ""),
    )


def _in_words(value: str, around: FormContext) -> str:
    """The day or the range typed, with weekdays; empty where the text is neither."""
    if found := span_of_text(value, around.today):
        return " – ".join(day_in_words(day, around.language) for day in (found.first, found.last))
    day = day_of_text(value, around.today) if value else None
    return "" if day is None else day_in_words(day, around.language)


def _listed(name: str, key: Key, typed: FormValues, errors: Mapping[str, str], around: FormContext) -> FormField:
    """A field for several words with commas between them."""
    return FormField(
        name=name,
        label=field_label(name, around.language),
        kind="text",
        value=", ".join(typed.get(name, [])),
        hint=around.labels["with_commas"],
        required=key.required,
        error=errors.get(name, ""),
    )


def _boxes(
    name: str, key: Key, words: tuple[str, ...], typed: FormValues, errors: Mapping[str, str], around: FormContext
) -> FormField:
    given = typed.get(name, [])
    return FormField(
        name=name,
        label=field_label(name, around.language),
        kind="boxes",
        choices=tuple(
            Choosable(value=word, label=choice_label(word, name, around.language), chosen=word in given)
            for word in words
        ),
        hint=around.labels["default_is"].format(value=", ".join(key.default)) if key.default else "",
        required=key.required,
        error=errors.get(name, ""),
    )


def _first(typed: FormValues, name: str) -> str:
    return typed.get(name, [""])[0]


# From what was typed to an event


def event_tree(event: str, typed: FormValues, places: Places, today: Day) -> Tree:
    """The tree of an event that was typed; an empty field is left out, unless it must be given."""
    here = places.parameter("event")
    entries = {"event": Entry(Scalar("event", True, here), Scalar(event, False, here))}
    for name, key in keys_in_timeline(EVERY_EVENT[event]).items():
        if name == "event":
            continue
        node = _node(name, key, typed, places, today)
        if node is not None:
            entries[name] = Entry(Scalar(name, True, node.place), node)
    return Tree(entries, here)


def _node(name: str, key: Key, typed: FormValues, places: Places, today: Day) -> Node | None:
    kind = key.kind.kind if isinstance(key.kind, NullableKind) else key.kind
    if isinstance(kind, MappingKind | RecordKind):
        parts = {part: _first(typed, part) for part in typed if part.startswith(f"{name}.")}
        place = places.parameter(next(iter(parts), name))
        entries = {
            part.partition(".")[2]: _entry(part, kind, text, places) for part, text in parts.items() if text.strip()
        }
        return Tree(entries, place) if entries or key.required else None
    if isinstance(kind, ListKind):
        given = [word for each in typed.get(name, []) for word in map(str.strip, each.split(",")) if word]
        place = places.parameter(name)
        return Sequence(tuple(Scalar(each, False, place) for each in given), place) if given or key.required else None
    text = _first(typed, name).strip()
    if not text and not key.required:
        return None
    return _scalar(text, key.kind, kind, places.parameter(name), today)


def _scalar(text: str, outer: ValueKind, kind: ValueKind, place: Any, today: Day) -> Scalar:
    if is_date(outer):
        text = day_text(text, today)
    elif kind == kind_of(Amount):
        text = amount_text(text)
    return Scalar(text, isinstance(kind, ScalarKind) and kind.bare, place)


def _entry(part: str, kind: MappingKind | RecordKind, text: str, places: Places) -> Entry:
    place, name = places.parameter(part), part.partition(".")[2]
    known = {} if isinstance(kind, MappingKind) else keys_of(kind.shape)
    inner = known[name].kind if name in known else kind_of(Amount)
    is_bare = isinstance(inner, ScalarKind) and inner.bare
    return Entry(Scalar(name, False, place), Scalar(amount_text(text), is_bare, place))


def typed_event(event: Mapping[str, Any]) -> dict[str, list[str]]:
    """The values of an event as they would be typed, to fill the form."""
    typed: dict[str, list[str]] = {}
    for name, value in event.items():
        if name == "event":
            continue
        if isinstance(value, dict):
            typed |= {f"{name}.{key}": [str(each)] for key, each in value.items()}
        elif isinstance(value, list):
            typed[name] = [str(each) for each in value]
        else:
            typed[name] = [str(value).lower() if isinstance(value, bool) else str(value)]
    return typed
