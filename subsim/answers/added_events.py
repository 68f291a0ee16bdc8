"""Events added to a scenario by hand: `2020-04-15 change_package to=family`, one a line.

A line is a date, an event and its fields as `key=value`. Each part is written as in a scenario file, so a value with
spaces needs quotes or brackets. The reader of files reads the lines, and locates their faults.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from subsim.basics.dates import Day
from subsim.basics.faults import START, Faults, Place, quote
from subsim.basics.texts import Message
from subsim.files.checks import check
from subsim.files.kinds import EventKind
from subsim.files.reader import FoundRecord, TreeReader
from subsim.files.scenario import Scenario
from subsim.files.yaml_nodes import Entry, Mapping, Node, Scalar, tree
from subsim.membership.events import Event
from subsim.membership.facts import Facts

_PART = re.compile(r"""(?:\{[^}]*\}|\[[^]]*\]|"(?:[^"\\]|\\.)*"|'[^']*'|\S)+""")
_EXAMPLE = "2020-04-15 change_package to=family"


def with_events(scenario: Scenario, lines: Iterable[str], source: str) -> Scenario:
    """The scenario with these events, each after those of the file on its date; InputErrors holds the faults of all.

    `source` is the name under which faults are shown: the line of each is the number of its event.
    """
    text = "\n".join(re.sub(r"[\r\n]+", " ", line) for line in lines)
    faults = Faults(source, text)
    added = with_nodes(scenario, list(_nodes(text, faults)), faults, (source, text))
    if added is None:
        raise faults.as_errors()
    return added


def with_nodes(scenario: Scenario, nodes: Iterable[Node], faults: Faults, origin: tuple[str, str]) -> Scenario | None:
    """The scenario with the events of a tree; None where there is a fault, all of them noted.

    `origin` is the source of the events and its text.
    """
    reader = TreeReader(faults)
    events = [reader.read(node, EventKind(), Message("an event")) for node in nodes]
    places = [found.node.place for found in reader.events]
    if not faults:
        _check_beside(reader, scenario.facts)
    return None if faults else scenario.with_more(zip(events, places, strict=True), origin)


def event_node(line: str, faults: Faults) -> Mapping | None:
    """The tree of the event in a line; None where the line has another form, which is noted."""
    return next(iter(_nodes(re.sub(r"[\r\n]+", " ", line), faults)), None)


def without_added(scenario: Scenario, origin: tuple[str, str] | None = None) -> Scenario:
    """The scenario without its added events, or without those of one origin; it must have no event in doubt."""
    gone = {index for index, its in scenario.added.items() if origin in (None, its)}
    kept = [index for index in range(len(scenario.facts.timeline)) if index not in gone]
    return evolve(
        scenario,
        facts=evolve(scenario.facts, timeline=tuple(scenario.facts.timeline[index] for index in kept)),
        places=tuple(scenario.places[index] for index in kept),
        added={place: scenario.added[index] for place, index in enumerate(kept) if index in scenario.added},
    )


def _check_beside(reader: TreeReader, facts: Facts) -> None:
    """Note the faults of the events together with those of the timeline."""
    every = [*map(_as_found, facts.timeline), *reader.events]
    reader.events = sorted(every, key=lambda found: found.values["date"])
    check(reader, facts.prices)


def _as_found(event: Event) -> FoundRecord:
    """An event without faults in the form of the reader, for checks of others."""
    values: dict[str, Day | str | None] = {"date": event.date, "subscription": getattr(event, "subscription", None)}
    return FoundRecord(
        type(event), values, Mapping({key: _field(START, key, Scalar("", True, START)) for key in values}, START)
    )


# From a line to the tree of an event


def _nodes(text: str, faults: Faults) -> Iterator[Mapping]:
    for number, line in enumerate(text.split("\n"), START.line):
        parts = list(_PART.finditer(line))
        if len(parts) < 2:
            message = Message("found {text}, expected a date, an event and its fields", text=quote(line.strip()))
            faults.add(Place(number, START.column), message, Message("as in: {example}", example=_EXAMPLE))
        else:
            yield _event(number, parts, faults)


def _event(number: int, parts: Sequence[re.Match[str]], faults: Faults) -> Mapping:
    date, name, *fields = parts
    entries = {
        key: _field(_place(number, part.start()), key, _value(number, part.start(), part[0], faults))
        for key, part in (("date", date), ("event", name))
    }
    for part in fields:
        key, equals, value = part[0].partition("=")
        place = _place(number, part.start())
        if not equals:
            faults.add(place, Message("found {text}, expected key=value", text=quote(part[0])))
        elif key in entries:
            faults.add(place, Message("{key} is given twice", key=quote(key)), Message("keep one of the two"))
        else:
            start = part.start() + len(key) + len(equals)
            entries[key] = _field(place, key, _value(number, start, value, faults))
    return Mapping(entries, _place(number, date.start()))


def _field(place: Place, key: str, value: Node) -> Entry:
    return Entry(Scalar(key, True, place), value)


def _value(number: int, start: int, text: str, faults: Faults) -> Node:
    """The value parsed as YAML, with its place in the line."""
    place = _place(number, start)
    before = "\n" * (place.line - START.line) + " " * start
    return tree(before + text, faults) or Scalar("", True, place)


def _place(number: int, start: int) -> Place:
    return Place(number, start + START.column)
