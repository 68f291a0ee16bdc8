"""Checks of the events about personal data by the policy in force: names that the policy or the timeline lacks,
relationships that start or end twice, and requests, disputes and holds that nothing opened.
"""

import os
import re
from collections.abc import Callable, Collection, Iterable
from itertools import groupby

from attrs import Factory

from subsim.basics.dates import Day
from subsim.basics.faults import Faults, InputErrors, Place, nearest, quote
from subsim.basics.texts import Message, join_words
from subsim.basics.values import frozen
from subsim.files.policy import load_policy
from subsim.files.reader import FoundRecord, TreeReader
from subsim.files.scalars import CATEGORY, POLICY_CLAUSE
from subsim.files.yaml_nodes import Entry, Mapping, Scalar
from subsim.membership.data_events import (
    DataEvent,
    DataRegistered,
    DataRequest,
    DisputeClosed,
    DisputeOpened,
    HoldLifted,
    HoldPlaced,
    RelationshipEnd,
    RelationshipStart,
    RequestEvent,
)
from subsim.membership.events import Event
from subsim.terms.policies import Hold, Inactive, Moved, Policy
from subsim.terms.readings import Choices


def policy_of(
    root: Mapping, reader: TreeReader, instead: str | None = None, *, may_be_a_file: bool = False
) -> tuple[Policy | None, tuple[InputErrors, ...]]:
    """The policy that a file names, and the faults of the policy's own file; those of the timeline are noted.

    `instead` is the name of a policy to use in its place; the settings in the file are then ignored. A policy is read
    from a file only if it `may_be_a_file`: a request from outside must not choose a file of ours.
    """
    if instead is not None:
        policy = load_policy(instead)
        check_data(reader, policy)
        return policy, ()
    retention = root.get("retention")
    if retention is None:
        _check_without_policy(reader)
        return None, ()
    named = retention.get("policy") if isinstance(retention, Mapping) else None
    if not isinstance(retention, Mapping) or not isinstance(named, Scalar):
        return None, ()
    try:
        policy = load_policy(named.text, os.path.dirname(reader.faults.file) if may_be_a_file else None)
    except InputErrors as errors:
        if errors.errors[0].source is not None:
            return None, (errors,)
        error = errors.errors[0]
        reader.faults.add(named.place, error.text, error.advice)
        return None, ()
    _check_settings(retention, policy, reader.faults)
    _DataCheck(reader, policy).check()
    return policy, ()


def needs_prices(root: Mapping, policy: Policy | None) -> bool:
    """Whether a file needs a price list: not with a policy without an agreement or one that could not be read."""
    return policy.agreement != "none" if policy else "retention" not in root.entries


def setting_fault(policy: Policy, name: str, value: str) -> Message | None:
    """What is wrong with the value of a setting; None where nothing is."""
    if name in _yearly_days(policy):
        if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value, re.ASCII) or not _is_yearly_day(value):
            return Message("not a day of the year of the form MM-DD")
    elif name == "financial_year_ends":
        if not re.fullmatch(r"[1-9]|1[0-2]", value, re.ASCII):
            return Message("not the number of a month, 1 to 12")
    elif (words := words_of_setting(policy, name)) and value not in words:
        return Message("expected {words}", words=join_words(words))
    return None


def words_of_setting(policy: Policy, name: str) -> list[str]:
    """The words that a setting may have, by the rules and statutes that use it; none where any word is allowed."""
    default = policy.all_settings().get(name)
    named = [
        each.when[name]
        for source in policy.sources
        for clause in source.clauses
        for each in clause.rules
        if name in each.when
    ]
    named += [policy.condition_of(each)[name] for each in policy.bound if name in policy.condition_of(each)]
    return list(dict.fromkeys([*([default] if default else []), *named])) if named else []


def _yearly_days(policy: Policy) -> set[str]:
    return {
        each.to
        for clause in policy.clauses
        for each in clause.rules
        if isinstance(each, Moved | Inactive) and each.to is not None
    }


def _is_yearly_day(value: str) -> bool:
    try:
        Day.fromisoformat(f"2020-{value}")
    except ValueError:
        return False
    return True


def check_data(reader: TreeReader, policy: Policy | None) -> None:
    """Note names in events about personal data that the policy lacks; without a policy note every such event."""
    if policy is None:
        _check_without_policy(reader)
    else:
        _DataCheck(reader, policy).check_timeline()


def _check_without_policy(reader: TreeReader) -> None:
    remedy = Message("add retention: {{policy: NAME}}")
    for found in reader.events:
        if issubclass(found.shape, DataEvent):
            message = Message("{event} is an event about personal data, which needs a policy", event=found.shape.name)
            reader.faults.add(found.node.place_of("event"), message, remedy)
    for _, entry in reader.prefixed:
        message = Message("{name} belongs to a policy, and the file names none", name=quote(entry.key.text))
        reader.faults.add(entry.key.place, message, remedy)


def _check_settings(retention: Mapping, policy: Policy, faults: Faults) -> None:
    known = policy.all_settings()
    settings = retention.get("settings")
    for name, entry in (settings.entries if isinstance(settings, Mapping) else {}).items():
        if name not in known:
            message = Message("the policy has no setting {name}", name=quote(name))
            faults.add(entry.key.place, message, _one_of(name, known))
        elif isinstance(entry.value, Scalar) and not entry.value.is_null:
            why = setting_fault(policy, name, entry.value.text)
            if why is not None:
                faults.add(
                    entry.value.place,
                    Message("{what} is {found}: {why}", what=name, found=quote(entry.value.text), why=why),
                )


@frozen
class _DataCheck:
    reader: TreeReader
    policy: Policy
    requests: set[str] = Factory(set)
    open: dict[type[Event], set[str]] = Factory(lambda: {DisputeOpened: set(), HoldPlaced: set()})
    records: set[tuple[str, str]] = Factory(set)

    def check(self) -> None:
        self._prefixed()
        self.check_timeline()

    def check_timeline(self) -> None:
        self._mentions()
        self._agreement()
        for found in self.reader.events:
            for shape, rule in _RULES.items():
                if issubclass(found.shape, shape):
                    rule(self, found)
        self._relationships()

    def _fault(self, place: Place, message: Message, remedy: Message | None = None) -> None:
        self.reader.faults.add(place, message, remedy)

    def _prefixed(self) -> None:
        points, numbers = self.policy.all_points(), self.policy.all_numbers()
        for shape, entry in self.reader.prefixed:
            known: Collection[str] = points if shape is Choices else numbers
            if entry.key.text not in known:
                what = Message("contested point") if shape is Choices else Message("number")
                message = Message("the policy has no {what} {name}", what=what, name=quote(entry.key.text))
                self._fault(entry.key.place, message, _one_of(entry.key.text, known))
            elif shape is Choices:
                self._reading(entry, points[entry.key.text].readings)

    def _reading(self, entry: Entry, readings: Collection[str]) -> None:
        value = entry.value
        if isinstance(value, Scalar) and value.text not in readings:
            what, found, words = entry.key.text, quote(value.text), join_words(readings)
            message = Message("{what} is {found}, expected {words}", what=what, found=found, words=words)
            self._fault(value.place, message, nearest(value.text, readings))

    def _mentions(self) -> None:
        clauses = [f"{each.id}.{clause.clause}" for each in self.policy.sources for clause in each.clauses]
        for mention in self.reader.mentions:
            if mention.kind is CATEGORY and mention.name not in self.policy.categories:
                message = Message("the policy has no category {name}", name=quote(mention.name))
                self._fault(mention.place, message, _one_of(mention.name, self.policy.categories))
            if mention.kind is POLICY_CLAUSE and mention.name not in clauses:
                message = Message("neither the policy nor its statutes have a clause {name}", name=quote(mention.name))
                self._fault(mention.place, message, nearest(mention.name, clauses))

    def _agreement(self) -> None:
        neutral = self.policy.agreement == "none"
        for found in self.reader.events:
            if found.shape is Event:
                continue
            if neutral and not issubclass(found.shape, DataEvent):
                message = Message(
                    "{event} is an event of the Kabelplus agreement, which this policy is not about",
                    event=found.shape.name,
                )
                self._fault(
                    found.node.place_of("event"), message, Message("use relationship_start and relationship_end")
                )
            elif not neutral and issubclass(found.shape, RelationshipStart | RelationshipEnd):
                message = Message("{event} goes with a policy without an agreement only", event=found.shape.name)
                self._fault(
                    found.node.place_of("event"), message, Message("the sign-ups and ends of the timeline say it")
                )

    # Relationships

    def _relationships(self) -> None:
        """Check the starts and ends of relationships, in the order of `in_order_of_day`."""
        live: set[str] = set()
        both = [found for found in self.reader.events if found.shape in (RelationshipStart, RelationshipEnd)]
        dated = [found for found in both if "date" in found.values]
        for _, day in groupby(dated, key=lambda found: found.values["date"]):
            for found in in_order_of_day(list(day), live):
                name = found.values.get("relationship", "main")
                if found.shape is RelationshipStart and name in live:
                    self._fault(
                        found.node.place, Message("the relationship {name} starts while it is live", name=quote(name))
                    )
                elif found.shape is RelationshipEnd and name not in live:
                    self._fault(
                        found.node.place, Message("the relationship {name} ends and is not live", name=quote(name))
                    )
                (live.add if found.shape is RelationshipStart else live.discard)(name)

    def _notice(self, found: FoundRecord) -> None:
        date, notice = found.values.get("date"), found.values.get("notice_given")
        if date and notice and notice > date:
            message = Message("notice_given is {day}, expected {date} (the end) or sooner", day=notice, date=date)
            self._fault(found.node.place_of("notice_given"), message)

    # Requests, records, disputes and holds

    def _request(self, found: FoundRecord) -> None:
        right, purpose = found.values.get("right"), found.values.get("purpose")
        name = found.values.get("request") or right
        if name and name in self.requests:
            remedy = Message("add request: a name of its own")
            self._fault(found.node.place, Message("there is a request {name} already", name=quote(name)), remedy)
        self.requests.update([name] if name else [])
        if right == "objection" and "purpose" not in found.node.entries:
            remedy = Message("add purpose: {words}", words=join_words(("direct_marketing", "other")))
            self._fault(found.node.place, Message("an objection lacks the field {key}", key=quote("purpose")), remedy)
        if right not in (None, "objection") and purpose:
            message = Message("purpose goes with an objection only")
            self._fault(found.node.place_of("purpose"), message, Message("leave it out"))
        about = found.values.get("about")
        if about in self.policy.categories and self.policy.categories[about].role != "processor":
            others = [name for name, each in self.policy.categories.items() if each.role == "processor"]
            message = Message("about names the data of others, which {name} is not", name=quote(about))
            self._fault(
                found.node.place_of("about"),
                message,
                Message("write it under categories:") if not others else _one_of(about, others),
            )

    def _about_request(self, found: FoundRecord) -> None:
        name = found.values.get("request")
        if name and name not in self.requests:
            message = Message("no data_request before it is called {name}", name=quote(name))
            self._fault(found.node.place_of("request"), message, _one_of(name, self.requests))

    def _record(self, found: FoundRecord) -> None:
        category, name = found.values.get("category"), found.values.get("id")
        if category and name:
            if (category, name) in self.records:
                message = Message("{category} has a record {name} already", category=category, name=quote(name))
                self._fault(found.node.place_of("id"), message, Message("give it an id of its own"))
            self.records.add((category, name))

    def _opens(self, found: FoundRecord) -> None:
        name, until, date = found.values.get("id"), found.values.get("until"), found.values.get("date")
        if name and name in self.open[found.shape]:
            self._fault(found.node.place_of("id"), Message("{name} is open already", name=quote(name)))
        if name:
            self.open[found.shape].add(name)
        if until and date and until < date:
            message = Message("until is {day}, expected {date} or later", day=until, date=date)
            self._fault(found.node.place_of("until"), message)
        if (
            found.shape is HoldPlaced
            and found.values.get("basis") in self._bases_with_until()
            and "until" not in found.node.entries
        ):
            message = Message(
                "a hold for {basis} lacks the field {key}", basis=found.values["basis"], key=quote("until")
            )
            self._fault(found.node.place, message, Message("add until: the day that lifts it; the policy names none"))

    def _bases_with_until(self) -> set[str]:
        rules = [rule for clause in self.policy.clauses for rule in clause.rules]
        return {basis for rule in rules if isinstance(rule, Hold) and rule.until for basis in rule.basis}

    def _closes(self, found: FoundRecord) -> None:
        name = found.values.get("id")
        opened = self.open[DisputeOpened if found.shape is DisputeClosed else HoldPlaced]
        if name and name not in opened:
            what = Message("dispute") if found.shape is DisputeClosed else Message("hold")
            message = Message("no {what} before it is called {name}", what=what, name=quote(name))
            self._fault(found.node.place_of("id"), message, _one_of(name, opened))
        opened.discard(name or "")


_RULES: dict[type[Event], Callable[[_DataCheck, FoundRecord], None]] = {
    RelationshipEnd: _DataCheck._notice,
    DataRequest: _DataCheck._request,
    RequestEvent: _DataCheck._about_request,
    DataRegistered: _DataCheck._record,
    DisputeOpened: _DataCheck._opens,
    HoldPlaced: _DataCheck._opens,
    DisputeClosed: _DataCheck._closes,
    HoldLifted: _DataCheck._closes,
}


def in_order_of_day(day: list[FoundRecord], live: Collection[str]) -> list[FoundRecord]:
    """Starts and ends of one date in the order in which they take effect: first the ends of live relationships."""
    first: dict[str, FoundRecord] = {}
    for found in day:
        name = found.values.get("relationship", "main")
        if found.shape is RelationshipEnd and name in live:
            first.setdefault(name, found)
    ends = list(first.values())
    return [*ends, *(found for found in day if not any(found is each for each in ends))]


def _one_of(name: str, known: Iterable[str]) -> Message | None:
    words = list(known)
    return nearest(name, words) or (Message("expected {names}", names=join_words(words)) if words else None)
