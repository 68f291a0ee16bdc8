"""The check line of a letter: the order, and a hash by which the letter can be verified later.

The hash is the SHA-256 of canonical JSON: the id of the terms, the readings, the numbers, the timeline known by then,
and the answer without its sentences. A short hash of each part, its mark, shows later which part has changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from json import dumps
from typing import Any, TypeVar, get_args
from urllib.parse import quote, unquote

import attrs
from attrs import frozen

from subsim.basics.dates import Day
from subsim.basics.languages import CODES, Code
from subsim.basics.notation import day_from_iso
from subsim.basics.texts import Message
from subsim.files.doubts import Assumption, assumption_of
from subsim.membership.events import Event
from subsim.membership.facts import Facts
from subsim.terms.choice import OWN_TERMS, TermsChoice
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS, ProfileName
from subsim.terms.terms import NUMBERS

Part = str
PARTS: tuple[Part, ...] = ("terms", "readings", "numbers", "timeline", "answer")
"""The parts under the hash, in order."""

_NAME = "subsim-letter-1"
_MARK = 8
Name = TypeVar("Name", bound=str)
YES_OR_NO = {"yes": True, "no": False}
"""What is assumed of a disputed event, as the command line has it."""
_LINE = re.compile(_NAME + r"((?:\s+[a-z0-9]+=[^\s`<]*)+)")


class NoCheckLine(ValueError):  # noqa: N818 - a claim, as in `raise NoCheckLine`
    """The text has no check line, or not one of a letter."""


@frozen(kw_only=True)
class Order:
    """The order of a letter: date, subscription, language and terms."""

    date: Day
    subscription: str
    language: Code
    choice: TermsChoice = OWN_TERMS
    with_law: bool = True
    assume: Mapping[str, Assumption] = attrs.Factory(dict)
    """By name the assumptions on facts in doubt."""

    @property
    def assumed(self) -> dict[str, str]:
        """The assumptions in the notation of the command line."""
        return {id: _option_of(value) for id, value in self.assume.items()}


@frozen(kw_only=True)
class Check:
    """The order of a letter, the marks of its parts, and the hash over all of them."""

    order: Order
    marks: Mapping[Part, str]
    sha256: str

    @property
    def line(self) -> str:
        """The check line, in ASCII without characters that are special in Markdown or HTML."""
        order, choice = self.order, self.order.choice.without_policy()
        fields = {
            "date": order.date.isoformat(),
            "subscription": order.subscription,
            "language": order.language,
            "profile": choice.profile,
            "law": "" if order.with_law else "off",
            "assume": _pairs(order.assumed),
            "readings": _pairs(choice.readings),
            "numbers": _pairs({name: NUMBERS[name].write(value) for name, value in choice.numbers.items()}),
            "marks": _pairs(self.marks),
            "sha256": self.sha256,
        }
        return " ".join([_NAME, *(f"{name}={quote(value, safe=':,')}" for name, value in fields.items() if value)])


def check_of(order: Order, parts: Mapping[Part, Any]) -> Check:
    """The check of an order and the parts of its answer, which are JSON."""
    marks = {part: _sha256(parts[part])[:_MARK] for part in PARTS}
    return Check(order=order, marks=marks, sha256=_sha256({part: parts[part] for part in PARTS}))


def check_in(text: str) -> Check:
    """The check of the letter in a text; NoCheckLine where none can be read."""
    found = _LINE.findall(text)
    if len(found) != 1:
        raise NoCheckLine(Message("it has more than one check line") if found else Message("it has no check line"))
    fields = dict(part.split("=", 1) for part in found[0].split())
    try:
        return _read({name: unquote(value) for name, value in fields.items()})
    except (KeyError, ValueError):
        raise NoCheckLine(Message("its check line is not one that subsim writes")) from None


def facts_as_json(facts: Facts) -> Any:
    """The facts as JSON without defaults, so that additions to the format do not change it."""
    return _plain(facts)


def _read(fields: Mapping[str, str]) -> Check:
    readings, numbers = _unpaired(fields.get("readings", "")), _unpaired(fields.get("numbers", ""))
    order = Order(
        date=day_from_iso(fields["date"]),
        subscription=fields["subscription"],
        language=_one_of(fields["language"], CODES),
        choice=TermsChoice(
            profile=_one_of(fields["profile"], get_args(ProfileName)) if "profile" in fields else None,
            readings={point: _one_of(reading, _readings_of(point)) for point, reading in readings.items()},
            numbers={name: NUMBERS[name].read(value) for name, value in numbers.items()},
        ),
        with_law=_one_of(fields.get("law", "beside"), ("beside", "off")) == "beside",
        assume={id: assumption_of(YES_OR_NO.get(value, value)) for id, value in _assumed(fields.get("assume", ""))},
    )
    return Check(order=order, marks=_unpaired(fields["marks"]), sha256=fields["sha256"])


def _readings_of(point: str) -> Mapping[str, str]:
    return POINTS[point].readings if point in POINTS else LAW_POINTS[point].readings


def _one_of(word: str, words: Iterable[Name]) -> Name:
    for each in words:
        if each == word:
            return each
    raise ValueError(word)


def _option_of(assumed: Assumption) -> str:
    """An assumption in the notation of the command line."""
    return ("yes" if assumed else "no") if isinstance(assumed, bool) else str(assumed)


def _pairs(values: Mapping[str, Any]) -> str:
    return ",".join(f"{name}:{value}" for name, value in values.items())


def _unpaired(text: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in text.split(",") if pair)


def _assumed(text: str) -> Iterator[tuple[str, str]]:
    """The assumptions by name; a name may have a colon."""
    for pair in text.split(","):
        id, _, value = pair.rpartition(":")
        if pair:
            yield id, value


def _sha256(value: Any) -> str:
    canonical = dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case Day():
            return value.isoformat()
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _ if attrs.has(type(value)):
            given = {"event": value.name} if isinstance(value, Event) else {}
            return given | _given(value)
    return value


def _given(value: Any) -> dict[str, Any]:
    fields = attrs.fields(type(value))
    return {
        field.name: _plain(getattr(value, field.name))
        for field in fields
        if getattr(value, field.name) != field.default
    }
