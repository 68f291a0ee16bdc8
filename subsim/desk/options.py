"""The options of a question, in a body or in a query: read by the reader of scenario files, all faults noted."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from attrs import Factory, define, frozen

from subsim.base.directory import MOST_FOUND
from subsim.basics.dates import Day
from subsim.basics.faults import START, Faults, Place, nearest_word, quote
from subsim.basics.instants import known_instant
from subsim.basics.languages import CODES
from subsim.basics.texts import Message, join_words
from subsim.desk.problems import Places
from subsim.files.annotations import Assumed, DoubtName
from subsim.files.keys import kind_of
from subsim.files.kinds import EnumKind, EventKind, ListKind, ScalarKind, ValueKind
from subsim.files.policy import POLICY_NAMES
from subsim.files.reader import FAULTY, TreeReader
from subsim.files.scalars import count_up_to
from subsim.files.scenario import Scenario, check_assumed
from subsim.files.terms_file import TermsFile, read_terms
from subsim.files.yaml_nodes import Entry, Mapping, Node, Scalar
from subsim.membership.events import Count
from subsim.terms.choice import TermsChoice
from subsim.terms.policy_choice import policy_faults
from subsim.terms.readings import Choices, ProfileName
from subsim.terms.terms import Replacements

_LARGEST_VERSION = 999_999_999
"""The largest version; it counts writes, so the limit for days does not apply."""


def _any_text(expected: Message) -> ScalarKind:
    return ScalarKind(expected, str, {"type": "string"})


KINDS: dict[str, ValueKind] = {
    "date": kind_of(Day),
    "until": kind_of(Day),
    "subscription": kind_of(str),
    "profile": kind_of(ProfileName),
    "readings": kind_of(Choices),
    "numbers": kind_of(Replacements),
    "terms": kind_of(TermsFile),
    "assume": kind_of(dict[DoubtName, Assumed]),
    "about": kind_of(str),
    "days": kind_of(Count),
    "wanted_end": kind_of(Day),
    "law": EnumKind(("beside", "off")),
    "policy": EnumKind(POLICY_NAMES),
    "category": kind_of(str),
    "try": ListKind(EventKind(), tuple, 1),
    "known_at": ScalarKind(
        Message("an instant such as 2026-11-03T09:30:00Z, or a date"), known_instant, {"type": "string"}
    ),
    "lang": EnumKind(CODES),
    "search": _any_text(Message("a text")),
    "after": _any_text(Message("an id")),
    "limit": count_up_to(MOST_FOUND, least=1),
    "version": count_up_to(_LARGEST_VERSION, least=1),
    "by": kind_of(str),
    "note": kind_of(str),
    "dry_run": kind_of(bool),
}
"""By name of an option the kind of its value."""
REPEATED = {"reading": "readings", "number": "numbers", "assume": "assume"}
"""The options of a query that may be repeated, each `NAME=VALUE`, and the mapping that they make in a body."""
OTHERWISE = ("profile", "readings", "numbers", "terms", "assume")
"""The options that choose terms, and assumptions on facts in doubt."""
ONLY_IN_BODY = ("terms",)
"""The options that no query can give."""


@define
class RequestOptions:
    """A request while it is read: its faults, the places of its values, and the values without faults."""

    faults: Faults = Factory(lambda: Faults("", ""))
    places: Places = Factory(Places)
    values: dict[str, Any] = Factory(dict)
    given: dict[str, Place] = Factory(dict)
    nodes: dict[str, Node] = Factory(dict)

    def place_of(self, option: str) -> Place:
        """The place of an option; if it is missing, the whole body or the name in the query."""
        if option in self.given:
            return self.given[option]
        in_body = bool(self.places.known) and self.places.known[0][0] is not None
        return START if in_body else self.places.parameter(option)

    def check(self) -> None:
        """InputErrors if there is any fault."""
        if self.faults:
            raise self.faults.as_errors()

    def choice(self) -> TermsChoice:
        """The terms asked about."""
        return TermsChoice(
            profile=self.values.get("profile"),
            readings=self.values.get("readings") or {},
            numbers=self.values.get("numbers") or {},
        )

    def as_asked(self, scenario: Scenario) -> Scenario:
        """The scenario under the terms and assumptions given; InputErrors where they do not fit."""
        for fault in policy_faults(self.choice(), filter(None, [scenario.policy])):
            chosen = self.nodes[fault.option]
            assert isinstance(chosen, Mapping)
            self.faults.add(chosen.entries[fault.name].key.place, fault.text, fault.advice)
        if isinstance(node := self.nodes.get("assume"), Mapping):
            check_assumed(node, scenario.doubts, self.faults)
        self.check()
        terms = self.values.get("terms")
        under = scenario if terms is None else scenario.under(terms)
        return under.assuming(self.values.get("assume") or {})

    @property
    def with_law(self) -> bool:
        """Whether the law is to stand beside the contract."""
        return bool(self.values.get("law") != "off")


@frozen
class Choice:
    """The options that a request may have, the required ones, and the formats that it may name.

    `parts` are other keys of a body, which the caller reads.
    """

    names: tuple[str, ...]
    formats: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def kind(self, name: str) -> ValueKind:
        """The kind of value of an option."""
        return EnumKind(self.formats) if name == "format" else KINDS[name]

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys of a body."""
        return (*self.parts, *self.names)

    @property
    def parameters(self) -> tuple[str, ...]:
        """All names of a query."""
        many = [name for name, mapping in REPEATED.items() if mapping in self.names]
        alone = (name for name in self.names if name not in REPEATED.values() and name not in ONLY_IN_BODY)
        return (*alone, *many)

    def read_body(self, asked: RequestOptions, root: Mapping) -> None:
        """Read the options of a body."""
        for name, entry in root.entries.items():
            if name in self.parts:
                asked.given[name], asked.nodes[name] = entry.value.place, entry.value
            elif name in self.names:
                self._read(asked, name, entry.value)
            else:
                _note_unknown(asked, name, entry.key.place, self.keys)
        for name in self.required:
            if name not in root.entries:
                message = Message("{what} lacks the field {key}", what=Message("the request"), key=quote(name))
                asked.faults.add(root.place, message)

    def read_query(self, asked: RequestOptions, query: bytes) -> None:
        """Read the options of a query; those in `REPEATED` may be repeated."""
        repeated: dict[str, dict[str, Entry]] = {}
        for name, text in pairs(query):
            place = asked.places.parameter(name)
            if text is None:
                asked.faults.add(place, Message("{name} is not UTF-8", name=quote(name)))
            elif name not in self.parameters:
                _note_unknown(asked, name, place, self.parameters)
            elif name in REPEATED:
                written = _as_in_a_file(text) if name == "assume" else text
                _read_setting(asked, written, place, repeated.setdefault(name, {}))
            elif name in asked.given:
                asked.faults.add(
                    place, Message("{key} is given twice", key=quote(name)), Message("keep one of the two")
                )
            else:
                self._read(asked, name, Scalar(_repaired(name, text), True, place))
        for name, entries in repeated.items():
            if entries:
                self._read(asked, REPEATED[name], Mapping(entries, next(iter(entries.values())).key.place))

    def _read(self, asked: RequestOptions, name: str, node: Node) -> None:
        asked.given[name], asked.nodes[name] = node.place, node
        if isinstance(node, Scalar) and node.is_null and node.text == "null" and name in _NULLABLE:
            return
        if name == "terms":
            value = FAULTY if (terms := read_terms(node, asked.faults)) is None else terms
        else:
            value = TreeReader(asked.faults).read(node, self.kind(name), name)
        if value is not FAULTY:
            asked.values[name] = value


_NULLABLE = ("by", "note", "subscription", "until", "profile", "about", "date")
"""The options that may be null, with the same effect as leaving them out."""


def _read_setting(asked: RequestOptions, text: str, place: Place, entries: dict[str, Entry]) -> None:
    key, equals, value = text.partition("=")
    if not equals:
        asked.faults.add(place, Message("{value} is not of the form {form}", value=quote(text), form="NAME=VALUE"))
    elif key in entries:
        asked.faults.add(place, Message("{key} is given twice", key=quote(key)), Message("keep one of the two"))
    else:
        entries[key] = Entry(Scalar(key, True, place), Scalar(value, True, place))


def _as_in_a_file(text: str) -> str:
    """An assumption in the notation of a file, for `ID=yes` and `ID=no` too."""
    id, equals, value = text.partition("=")
    return id + equals + {"yes": "true", "no": "false"}.get(value, value)


def _note_unknown(asked: RequestOptions, name: str, place: Place, names: Iterable[str]) -> None:
    words = list(names)
    if meant := nearest_word(name, words):
        remedy = Message("did you mean {word}?", word=quote(meant))
    else:
        remedy = Message("there are {words}", words=join_words(words, "and")) if words else Message("leave it out")
    asked.faults.add(place, Message("no option is called {name}", name=quote(name)), remedy)


def pairs(query: bytes) -> list[tuple[str, str | None]]:
    """The names and values of a query or of a form in their order; a value that is not UTF-8 is None."""
    found: list[tuple[str, str | None]] = []
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="latin-1"):
        try:
            found.append((name.encode("latin-1").decode(), value.encode("latin-1").decode()))
        except UnicodeDecodeError:
            found.append((name.encode("latin-1").decode(errors="replace"), None))
    return found


def _repaired(name: str, text: str) -> str:
    """An instant with the plus sign back that a query has turned into a space."""
    return text.replace(" ", "+") if name == "known_at" and "T" in text.upper() else text
