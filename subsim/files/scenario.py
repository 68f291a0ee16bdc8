"""Scenario files: read into facts and expectations, or into located faults.

A file is read in three steps: text to a tree of located nodes, the tree to the classes of the format, then the checks
that need several values: the order of dates, and packages and subscriptions that are named but never declared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from os import PathLike, fspath
from typing import Any

from attrs import Factory, field

from subsim.basics.dates import Day
from subsim.basics.faults import START, Faults, InputError, InputErrors, Place
from subsim.basics.texts import Message
from subsim.basics.values import frozen, with_fields
from subsim.files.annotations import IsoDay, OneOf, SubscriptionId
from subsim.files.checks import check, subscription_meant
from subsim.files.data_checks import needs_prices, policy_of
from subsim.files.doubts import Doubt, Setting, names_of_no_doubt
from subsim.files.doubts import assumed as with_assumed
from subsim.files.expectation import Ask, Expectation
from subsim.files.format import ScenarioFile, Variant
from subsim.files.keys import keys_of, kind_of
from subsim.files.reader import FoundRecord, TreeReader
from subsim.files.scalars import DATES
from subsim.files.source import bytes_of
from subsim.files.terms_file import TermsFile
from subsim.files.yaml_nodes import Mapping as MappingNode
from subsim.files.yaml_nodes import Node, Scalar, decoded, tree
from subsim.files.yaml_nodes import Sequence as SequenceNode
from subsim.membership.events import Event, SignUp
from subsim.membership.facts import Facts, FaultInFacts
from subsim.terms.policies import Policy
from subsim.terms.readings import ProfileName

__all__ = [
    "InputError",
    "InputErrors",
    "Scenario",
    "Variant",
    "bytes_of",
    "load",
    "loads",
    "read_scenario",
    "scenario_of",
]


@frozen(kw_only=True, repr=False)
class Scenario:
    """The facts about one member, with expectations and questions; `reference_rates` are in 1/10000 percent.

    `text` is the whole file; `start` and `places` are where it and its events begin, to locate later faults. `added`
    gives by index the source and the text of events that are not in the file. `doubts` are the events in doubt, which
    the timeline has on their first day. A world of a scenario has no doubts, and `whole` is the scenario it belongs to.
    `terms` replace the built-in ones; choices of the scenario apply on top of them.
    """

    source: str
    sentence: str
    facts: Facts
    profile: ProfileName | None = None
    readings: dict[str, str] = Factory(dict)
    numbers: dict[str, int] = Factory(dict)
    reference_rates: dict[Day, int] = Factory(dict)
    until: Day | None = None
    expect: Expectation = Factory(Expectation)
    asks: tuple[Ask, ...] = ()
    variants: tuple[Variant, ...] = ()
    policy: Policy | None = field(default=None, repr=False)
    settings: dict[str, str | None] = Factory(dict)
    text: str = field(default="", repr=False, eq=False)
    start: Place = field(default=START, repr=False, eq=False)
    places: tuple[Place, ...] = field(default=(), repr=False, eq=False)
    added: dict[int, tuple[str, str]] = field(factory=dict, repr=False, eq=False)
    doubts: tuple[Doubt, ...] = ()
    whole: "Scenario | None" = field(default=None, repr=False, eq=False)
    terms: TermsFile | None = field(default=None, repr=False)

    @property
    def is_in_doubt(self) -> bool:
        """Whether some event is in doubt and no assumption settles it."""
        return any(doubt.is_open for doubt in self.doubts)

    @property
    def subscriptions(self) -> tuple[str, ...]:
        """The ids of the subscriptions, in the order of their sign-ups."""
        return tuple(dict.fromkeys(event.subscription for event in self.facts.timeline if isinstance(event, SignUp)))

    def assuming(self, values: Mapping[str, Any], variant: Variant | None = None) -> "Scenario":
        """The scenario with assumptions on its doubts, by their names; other names are ignored.

        These assumptions replace those of the variant. ValueError for a value that does not fit.
        """
        wanted: dict[str, Any] = {} if variant is None else dict(variant.assume.items())
        wanted |= {doubt.id: doubt.assumed for doubt in self.doubts if doubt.assumed is not None}
        wanted |= values
        return with_fields(self, doubts=with_assumed(self.doubts, wanted)) if self.doubts and wanted else self

    def under(self, terms: TermsFile) -> "Scenario":
        """The scenario with these terms in place of the built-in ones.

        Their changes are announced before the member's events of the same date. They do not move the last date.
        """
        return with_fields(self.with_more(((event, START) for event in terms.changes), first=True), terms=terms)

    def with_more(
        self, more: Iterable[tuple[Event, Place]], origin: tuple[str, str] | None = None, *, first: bool = False
    ) -> "Scenario":
        """The scenario with more events, after its own events of the same dates, or before them if `first`.

        `origin` is the source and the text of the events, to which their places refer.
        """
        own = self.facts.timeline
        of_file = zip(own, self.places or [START] * len(own), range(len(own)), strict=True)
        others: list[tuple[Event, Place, int | None]] = [(event, place, None) for event, place in more]
        entries = sorted([*others, *of_file] if first else [*of_file, *others], key=lambda entry: entry[0].date)
        moved = {before: index for index, (_event, _place, before) in enumerate(entries)}
        added = {moved[before]: known for before, known in self.added.items()}
        if origin is not None:
            added |= {index: origin for index, (_event, _place, before) in enumerate(entries) if before is None}
        return with_fields(
            self,
            facts=with_fields(self.facts, timeline=tuple(event for event, _place, _before in entries)),
            places=tuple(place for _event, place, _before in entries),
            added=added,
            doubts=tuple(with_fields(doubt, index=moved[doubt.index]) for doubt in self.doubts),
        )

    def world(self, settings: Sequence[Setting]) -> "Scenario":
        """The world of the scenario with these settings, one for each doubt, in their order."""
        events: list[tuple[Day, int, Event]] = [
            (event.date, index, event) for index, event in enumerate(self.facts.timeline)
        ]
        for doubt, setting in zip(self.doubts, settings, strict=True):
            event = events[doubt.index][2]
            if isinstance(setting, Day) and setting != event.date:
                events[doubt.index] = (setting, doubt.index, with_fields(event, date=setting))
        dropped = {doubt.index for doubt, setting in zip(self.doubts, settings, strict=True) if setting is False}
        kept = sorted((entry for entry in events if entry[1] not in dropped), key=itemgetter(0, 1))
        indices = [index for _, index, _ in kept]
        return with_fields(
            self,
            facts=with_fields(self.facts, timeline=tuple(event for _, _, event in kept)),
            places=tuple(self.places[index] for index in indices) if self.places else (),
            added={place: self.added[index] for place, index in enumerate(indices) if index in self.added},
            doubts=(),
            whole=self,
        )

    def __repr__(self) -> str:
        """Its sentence, its file and how many events it has, in one line."""
        return f"<Scenario {self.sentence!r} in {self.source}: {len(self.facts.timeline)} events>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """The text of `repr`, where a value is printed field by field, as by a failing property test."""
        printer.text(repr(self))

    def until_of(self, variant: Variant | None = None) -> Day:
        """The last date of a replay of the file, or of a variant, where no other is asked for."""
        own = variant.until if variant else None
        days = _dates(self, variant) if self.whole is None else (self.whole.until_of(variant), *_dates(self, variant))
        return own or self.until or max(days)

    def subscription_meant(self, date: Day, given: str | None = None) -> str:
        """The id of the subscription that a question as of a date is about; InputErrors where that is unclear."""
        timeline = (self.whole or self).facts.timeline
        signed_up = [(event.date, event.subscription) for event in timeline if isinstance(event, SignUp)]
        try:
            return subscription_meant(signed_up, date, given)
        except FaultInFacts as fault:
            raise self.fault(None, fault.text, fault.advice) from None

    def fault(self, index: int | None, text: Message, advice: Message | None = None) -> InputErrors:
        """A fault found by the replay, at the event with this index in the timeline, or the start of the file."""
        here = self.source, self.text
        faults = Faults(*(here if index is None else self.added.get(index, here)))
        faults.add(self.start if index is None or not self.places else self.places[index], text, advice)
        return faults.as_errors()


def load(path: str | PathLike[str], policy: str | None = None) -> Scenario:
    """The scenario in a file; InputErrors holds all that is wrong with it. `policy` replaces the one it names."""
    if not isinstance(path, str | PathLike):
        raise ValueError(Message("a path is a text or a path object, found {found}", found=type(path).__name__))
    name = fspath(path)
    return loads(bytes_of(name), name, policy)


def loads(text: str | bytes, name: str = "<text>", policy: str | None = None, *, policy_files: bool = True) -> Scenario:
    """The scenario in a text, or in the bytes of a file; InputErrors holds all that is wrong with it.

    It may name a policy by its file, unless `policy_files` is false.
    """
    if not isinstance(text, str | bytes):
        raise ValueError(Message("a scenario is read from text or bytes, found {found}", found=type(text).__name__))
    content = decoded(text, name) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    faults = Faults(name, content)
    root = tree(content, faults)
    if root is None:
        faults.add(START, Message("the file is empty"), Message("a scenario begins with scenario: and a sentence"))
        raise faults.as_errors()
    return scenario_of(root, faults, policy, policy_files=policy_files)


def scenario_of(root: Node, faults: Faults, policy: str | None = None, *, policy_files: bool = False) -> Scenario:
    """The scenario in a tree, with `faults` to note what is wrong; InputErrors holds all of it."""
    scenario = read_scenario(root, faults, policy, policy_files=policy_files)
    if scenario is None:
        raise faults.as_errors()
    return scenario


def read_scenario(
    root: Node, faults: Faults, policy: str | None = None, *, policy_files: bool = False
) -> Scenario | None:
    """The scenario in a tree; None if `faults` has any fault, earlier ones included.

    InputErrors for faults in the file of the policy.
    """
    reader = TreeReader(faults)
    file = reader.read(root, kind_of(ScenarioFile), Message("a scenario"))
    check(reader, _packages_of(root))
    goes_by, of_policy = (
        policy_of(root, reader, policy, may_be_a_file=policy_files) if isinstance(root, MappingNode) else (None, ())
    )
    if isinstance(root, MappingNode) and "prices" not in root.entries and needs_prices(root, goes_by):
        reader.note_missing(root, keys_of(ScenarioFile)["prices"], Message("a scenario"))
    if of_policy:
        own = faults.as_errors().errors if faults else ()
        raise InputErrors([*own, *(error for errors in of_policy for error in errors.errors)])
    doubts = tuple(doubts_of(reader.events))
    _check_assumed_by_variants(root, doubts, faults)
    if faults:
        return None
    scenario = with_fields(
        _as_scenario(file, faults, root.place, tuple(found.node.place for found in reader.events)),
        policy=goes_by,
        doubts=doubts,
    )
    if scenario.until is None and not any(_dates(scenario, None)):
        faults.add(
            root.place, Message("there is no date to replay until"), Message("add until: a date such as 2020-12-31")
        )
        return None
    return scenario


def doubts_of(events: Iterable[FoundRecord]) -> Iterator[Doubt]:
    """The events of a timeline that are in doubt, as far as they could be read."""
    for index, found in enumerate(events):
        values, disputed = found.values, bool(found.values.get("disputed"))
        if found.shape is not Event and "date" in values and (found.span is not None or disputed):
            yield Doubt(
                id=found.id or f"{found.shape.name}:{index + 1}",
                index=index,
                event=found.shape.name,
                day=values["date"],
                span=found.span,
                disputed=disputed,
                place=found.node.place_of("disputed" if found.span is None else "date"),
            )


def _check_assumed_by_variants(root: Node, doubts: tuple[Doubt, ...], faults: Faults) -> None:
    variants = root.get("variants") if isinstance(root, MappingNode) else None
    for variant in variants.items if isinstance(variants, SequenceNode) else ():
        given = variant.get("assume") if isinstance(variant, MappingNode) else None
        if isinstance(given, MappingNode):
            check_assumed(given, doubts, faults)


def check_assumed(given: MappingNode, doubts: tuple[Doubt, ...], faults: Faults) -> None:
    """Note assumptions on names that no doubt has, and values that fit no setting."""
    for id, fault, remedy in names_of_no_doubt(given.entries, doubts):
        faults.add(given.entries[id].key.place, fault, remedy)
    for doubt in doubts:
        entry = given.entries.get(doubt.id)
        if entry is not None and isinstance(entry.value, Scalar):
            text = entry.value.text
            try:
                doubt.assume({"true": True, "false": False}.get(text, text))
            except ValueError as unfit:
                faults.add(entry.value.place, unfit.args[0])


def _packages_of(root: Node) -> Iterable[str]:
    """The packages of the price list, also those with faulty prices; none without a price list."""
    prices = root.get("prices") if isinstance(root, MappingNode) else None
    return prices.entries if isinstance(prices, MappingNode) else ()


def _as_scenario(file: ScenarioFile, faults: Faults, start: Place, places: tuple[Place, ...]) -> Scenario:
    return Scenario(
        source=faults.file,
        sentence=file.scenario,
        facts=Facts(person=file.member, prices=file.prices, timeline=file.timeline),
        profile=file.profile,
        readings=file.readings,
        numbers=file.numbers,
        reference_rates=dict(file.reference_rates.items()),
        until=file.until,
        settings=dict(file.retention.settings.items()) if file.retention else {},
        expect=file.expect,
        asks=_resolved(file.asks, file.timeline),
        variants=tuple(with_fields(each, asks=_resolved(each.asks, file.timeline)) for each in file.variants),
        text=faults.text,
        start=start,
        places=places,
    )


def _resolved(asks: tuple[Ask, ...], timeline: tuple[Event, ...]) -> tuple[Ask, ...]:
    """The questions; those that name no subscription are about the only one, where there is only one."""
    ids = {event.subscription for event in timeline if isinstance(event, SignUp)}
    return tuple(with_fields(ask, subscription=SubscriptionId(*ids)) for ask in asks) if len(ids) == 1 else asks


def _dates(scenario: Scenario, variant: Variant | None) -> Iterator[Day]:
    yield from (doubt.last for doubt in scenario.doubts)
    of_terms = set(map(id, scenario.terms.changes)) if scenario.terms else ()
    for event in scenario.facts.timeline:
        if id(event) in of_terms:
            continue
        for key in keys_of(type(event)).values():
            if key.kind in DATES and (day := getattr(event, key.attribute)) is not None:
                yield day
    for case in (scenario, variant):
        if case is not None:
            yield from _days_in(case.expect)
            yield from (ask.date for ask in case.asks)
            yield from _days_in([ask.expect for ask in case.asks])


def _days_in(given: object) -> Iterator[Day]:
    if isinstance(given, IsoDay):
        yield Day.fromisoformat(given)
    elif isinstance(given, dict):
        yield from _days_in(tuple(given.values()))
    elif isinstance(given, OneOf):
        yield from _days_in(given.values)
    elif isinstance(given, list | tuple):
        for each in given:
            yield from _days_in(each)
