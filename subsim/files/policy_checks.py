"""Checks of a policy file that need several values: names that nothing declares, clauses without rules, and gaps.

A gap is a category that has neither a limit nor `no_date` under some combination of readings.
"""

from collections.abc import Collection, Iterator
from collections.abc import Mapping as MappingOf
from itertools import product

from attrs import Factory

from subsim.basics.faults import Faults, Place, nearest, quote
from subsim.basics.texts import Message, join_words
from subsim.basics.values import frozen
from subsim.files.yaml_nodes import Entry, Mapping, Node, Scalar, Sequence
from subsim.terms.policies import Statute

_PERIODS = ("days", "weeks", "months", "years", "extended_months")
_PROFILES = ("standard", "member", "operator")
_MOST_COMBINATIONS = 4096
_GDPR_POINTS = {"moved": "closed-days", "span": "undue-delay"}
"""The points of the statute that the keys of a rule depend on, apart from its `when`."""


def check_policy(root: Node, faults: Faults, statutes: MappingOf[str, Statute]) -> None:
    """Note the faults between several values of a policy file, as far as it could be read."""
    if isinstance(root, Mapping):
        _Check(root, faults, statutes).policy()


def check_statute(root: Node, faults: Faults) -> None:
    """Check the file of a statute as that of a policy; it has no categories of its own."""
    if isinstance(root, Mapping):
        _Check(root, faults, {}).statute()


@frozen
class _RuleNode:
    node: Mapping

    @property
    def name(self) -> str:
        return _word(self.node.get("rule")) or ""

    def when(self) -> dict[str, str]:
        given = self.node.get("when")
        entries = given.entries if isinstance(given, Mapping) else {}
        return {name: _word(entry.value) or "" for name, entry in entries.items()}


@frozen
class _Check:
    root: Mapping
    faults: Faults
    statutes: MappingOf[str, Statute]
    used: set[str] = Factory(set)
    """The numbers that some rule names."""
    asked: set[str] = Factory(set)
    """The points on which some rule depends."""

    def policy(self) -> None:
        self._name("policy")
        self._statutes()
        self._parts()
        for name, entry in _entries(self.root.get("categories")).items():
            self._gap(name, entry.key.place)

    def statute(self) -> None:
        self._name("statute")
        self._parts()

    def _parts(self) -> None:
        seen: dict[str, Place] = {}
        for clause in _items(self.root.get("clauses")):
            if isinstance(clause, Mapping):
                self._clause(clause, seen)
        self._points()
        for name, entry in _entries(self.root.get("numbers")).items():
            if name not in self.used:
                remedy = Message("name it in a rule, or take it out")
                self.faults.add(entry.key.place, Message("no rule uses the number {name}", name=quote(name)), remedy)

    # Names

    def _name(self, key: str) -> None:
        name = self.root.get(key)
        if isinstance(name, Scalar) and "." in name.text:
            self.faults.add(name.place, Message("{what} is {found}: it has a dot", what=key, found=quote(name.text)))
        elif isinstance(name, Scalar) and name.text in self.statutes:
            self.faults.add(name.place, Message("a statute is called {name}", name=quote(name.text)))

    def _statutes(self) -> None:
        for item in _items(self.root.get("statutes")):
            named = item.get("statute") if isinstance(item, Mapping) else item
            if isinstance(named, Scalar):
                self._known(named, self.statutes, Message("no statute is called {name}", name=quote(named.text)))
            if isinstance(item, Mapping):
                self._when(item.get("when"))

    def _known(self, word: Scalar, words: Collection[str], message: Message) -> bool:
        if word.text in words:
            return True
        remedy = nearest(word.text, words) or (
            Message("there are {words}", words=join_words(words, "and")) if words else None
        )
        self.faults.add(word.place, message, remedy)
        return False

    def _bound(self) -> Iterator[Statute]:
        for item in _items(self.root.get("statutes")):
            name = _word(item.get("statute") if isinstance(item, Mapping) else item)
            if name is not None and name in self.statutes:
                yield self.statutes[name]

    def _settings(self) -> dict[str, None]:
        return dict.fromkeys(
            [*_entries(self.root.get("settings")), *(s for each in self._bound() for s in each.settings)]
        )

    def _readings(self) -> dict[str, tuple[str, ...]]:
        """The readings of each point by the name that a rule may use."""
        own = {
            name: tuple(_entries(entry.value.get("readings") if isinstance(entry.value, Mapping) else None))
            for name, entry in _entries(self.root.get("points")).items()
        }
        return own | {
            f"{each.id}.{name}": tuple(point.readings) for each in self._bound() for name, point in each.points.items()
        }

    # Clauses and rules

    def _clause(self, clause: Mapping, seen: dict[str, Place]) -> None:
        name = clause.get("clause")
        if isinstance(name, Scalar):
            if name.text in seen:
                message = Message(
                    "the clause {name} is given twice, first on line {line}",
                    name=quote(name.text),
                    line=seen[name.text].line,
                )
                self.faults.add(name.place, message, Message("give one of them another id"))
            seen.setdefault(name.text, name.place)
        rules, left_out = _items(clause.get("rules")), "left_out" in clause.entries
        if not rules and not left_out:
            remedy = Message("add rules:, or left_out: with the reason why there are none")
            self.faults.add(clause.place, Message("the clause has neither rules nor left_out"), remedy)
        if rules and left_out:
            remedy = Message("keep one of the two")
            self.faults.add(
                clause.entries["left_out"].key.place, Message("the clause has both rules and left_out"), remedy
            )
        for rule in rules:
            if isinstance(rule, Mapping):
                self._rule(rule)

    def _rule(self, rule: Mapping) -> None:
        for key in _PERIODS:
            self._number(rule.get(key))
        categories = _entries(self.root.get("categories"))
        for key in ("of", "about"):
            for word in _items(rule.get(key)):
                if isinstance(word, Scalar):
                    self._known(word, categories, Message("no category is called {name}", name=quote(word.text)))
        to = rule.get("to")
        if isinstance(to, Scalar):
            self._known(to, self._settings(), Message("no setting is called {name}", name=quote(to.text)))
        self._when(rule.get("when"))
        self._triggers(rule)
        year = rule.get("from_end_of")
        if (
            _word(year) == "financial_year"
            and "policy" in self.root.entries
            and "financial_year_ends" not in self._settings()
        ):
            remedy = Message("add settings: {{financial_year_ends: 12}}")
            self.faults.add(
                rule.place_of("from_end_of"),
                Message("no setting is called {name}", name=quote("financial_year_ends")),
                remedy,
            )
        if _word(rule.get("rule")) == "answer" and "policy" not in self.root.entries:
            self.asked.add("identity-clock")
        for key, point in _GDPR_POINTS.items():
            if key in rule.entries:
                self.asked.add(point)
        if _word(rule.get("span")) == "undue-delay":
            self._needs_gdpr(rule.place_of("span"))
        if _word(rule.get("outcome")) == "keep":
            self._kept(rule)

    def _kept(self, rule: Mapping) -> None:
        """That data are kept is an outcome of erasure alone: after any other request they are kept anyway."""
        for right in _items(rule.get("right")):
            if isinstance(right, Scalar) and right.text != "erasure":
                message = Message("{right} has no outcome keep", right=quote(right.text))
                self.faults.add(right.place, message, Message("write right: [erasure], which alone has it"))

    def _needs_gdpr(self, place: Place) -> None:
        if "policy" in self.root.entries and "gdpr" not in [each.id for each in self._bound()]:
            self.faults.add(
                place, Message("undue-delay is a span of the statute gdpr"), Message("add statutes: [gdpr]")
            )

    def _number(self, name: Node | None) -> None:
        if isinstance(name, Scalar) and not name.is_null:
            numbers = _entries(self.root.get("numbers"))
            if name.text.isdigit() and name.text not in numbers:
                message = Message("found {found}, expected the name of a number", found=quote(name.text))
                self.faults.add(name.place, message, Message("name it under numbers:, and write that name here"))
            elif self._known(name, numbers, Message("no number is called {name}", name=quote(name.text))):
                self.used.add(name.text)

    def _triggers(self, rule: Mapping) -> None:
        after = rule.get("after")
        if isinstance(after, Sequence) and not after.items:
            self.faults.add(after.place, Message("{what} is empty, expected at least one entry", what="after"))
        for key in ("after", "not_before"):
            for item in _items(rule.get(key)):
                if not isinstance(item, Mapping):
                    continue
                if ("first_of" in item.entries) == ("fact" in item.entries):
                    self.faults.add(item.place, Message("expected one of first_of and fact"))
                if "span" in item.entries:
                    self.asked.add("undue-delay")
                    self._needs_gdpr(item.place_of("span"))

    def _when(self, when: Node | None) -> None:
        readings, settings = self._readings(), self._settings()
        for name, entry in _entries(when).items():
            if name in readings:
                self.asked.add(name)
                if isinstance(entry.value, Scalar):
                    message = Message(
                        "no reading of {point} is called {name}", point=quote(name), name=quote(entry.value.text)
                    )
                    self._known(entry.value, readings[name], message)
            elif name not in settings:
                message = Message("no point or setting is called {name}", name=quote(name))
                self._known(entry.key, {**readings, **settings}, message)

    def _points(self) -> None:
        for name, entry in _entries(self.root.get("points")).items():
            point = entry.value
            if not isinstance(point, Mapping):
                continue
            readings = _entries(point.get("readings"))
            if len(readings) == 1:
                remedy = Message("a point has at least two")
                self.faults.add(
                    point.place_of("readings"), Message("the point {name} has one reading", name=quote(name)), remedy
                )
            if name not in self.asked:
                remedy = Message("name it in when: of a rule, or take it out")
                self.faults.add(entry.key.place, Message("no rule asks the point {name}", name=quote(name)), remedy)
            for profile in _PROFILES:
                pick = point.get(profile)
                if isinstance(pick, Scalar) and readings:
                    message = Message(
                        "no reading of {point} is called {name}", point=quote(name), name=quote(pick.text)
                    )
                    self._known(pick, readings, message)

    # Gaps

    def _gap(self, category: str, place: Place) -> None:
        rules = [rule for rule in self._rules() if rule.name in ("limit", "no_date") and self._is_about(rule, category)]
        readings = self._readings()
        asked = list(dict.fromkeys(name for rule in rules for name in rule.when()))
        values = [
            readings.get(name) or ("", *sorted({rule.when().get(name, "") for rule in rules} - {""})) for name in asked
        ]
        combinations = product(*values)
        for _, chosen in zip(range(_MOST_COMBINATIONS), combinations, strict=False):
            under = dict(zip(asked, chosen, strict=True))
            if not any(all(under[name] == value for name, value in rule.when().items()) for rule in rules):
                named = [f"{name}={value}" for name, value in under.items() if value]
                where = (
                    Message("under {readings}", readings=join_words(named, "and"))
                    if named
                    else Message("under any readings")
                )
                message = Message(
                    "the category {name} has neither a limit nor no_date {where}", name=quote(category), where=where
                )
                self.faults.add(place, message, Message("add a rule limit, or no_date with the sentence"))
                return

    def _rules(self) -> Iterator[_RuleNode]:
        for clause in _items(self.root.get("clauses")):
            for rule in _items(clause.get("rules") if isinstance(clause, Mapping) else None):
                if isinstance(rule, Mapping):
                    yield _RuleNode(rule)

    def _is_about(self, rule: _RuleNode, category: str) -> bool:
        of = rule.node.get("of")
        if isinstance(of, Sequence):
            return category in [_word(item) for item in of.items]
        if isinstance(of, Mapping):
            node = _entries(self.root.get("categories"))[category].value
            has = node if isinstance(node, Mapping) else of
            return all(
                (_word(has.get(name)) or ("controller" if name == "role" else None)) == _word(entry.value)
                for name, entry in of.entries.items()
            )
        return _word(of) == "all"


def _entries(node: Node | None) -> dict[str, Entry]:
    return node.entries if isinstance(node, Mapping) else {}


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _word(node: Node | None) -> str | None:
    return node.text if isinstance(node, Scalar) else None
