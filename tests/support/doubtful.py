"""Drawn files with facts in doubt, and a second way to their answers: every world written as a plain file and asked."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

import yaml
from attrs import frozen
from hypothesis import note
from hypothesis import strategies as st

import subsim
from subsim.answers.can_cancel import cancellation_of
from subsim.answers.question import case_of
from subsim.basics.faults import InputErrors
from subsim.terms.readings import single_alternatives
from tests.support.timelines import Story, as_scenario, stories

Json = Any
MOST_DRAWN = 16
"""The most worlds of a drawn file, where nothing else is asked for."""
_NEVER = "2199-12-31"
_TABLE = ("withdrawal", "trial", "price_change", "service_change", "terms_change", "ordinary", "operator", None)


@frozen
class Doubtful:
    """A document of a scenario whose facts are in doubt, and what is asked of it."""

    document: dict[str, Json]
    day: date
    subscription: str

    @property
    def text(self) -> str:
        """The document as a file."""
        return as_file(self.document)

    @property
    def world_count(self) -> int:
        """How many worlds there are."""
        return prod(len(settings) for _, _, settings in self.doubts())

    def doubts(self) -> list[tuple[str, int, list[Json]]]:
        """Each doubt: what it is called, its place in the timeline from 0, and its settings."""
        found = []
        for place, event in enumerate(self.document["timeline"]):
            first, dots, last = event["date"].partition("..")
            if not dots and not event.get("disputed"):
                continue
            name = event.get("id") or f"{event['event']}:{place + 1}"
            settings: list[Json] = list(_days(first, last)) if dots else [True]
            found.append((name, place, settings + [False] * bool(event.get("disputed"))))
        return found


def _days(first: str, last: str) -> Iterator[str]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day.isoformat()
        day += timedelta(1)


class _Plain(yaml.SafeDumper):
    """Writes every text without quotes, as it was read."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as PyYAML has it


def as_file(document: Json) -> str:
    """A document as the text of a file."""
    return yaml.dump(document, Dumper=_Plain, sort_keys=False, allow_unicode=True)


@st.composite
def doubtful_files(draw: st.DrawFn, most: int = MOST_DRAWN) -> Doubtful:
    """A drawn story of which some events are in doubt, with so many worlds at most."""
    story: Story = draw(stories())
    text = as_scenario(story.facts, story.terms, law_choices=story.law_choices)
    document = yaml.load(text, Loader=yaml.CBaseLoader)
    timeline, room = document["timeline"], most
    chosen = draw(st.lists(st.integers(0, len(timeline) - 1), min_size=1, max_size=3, unique=True))
    for place in sorted(chosen):
        event = timeline[place]
        longest = min(room, (date(2199, 12, 30) - date.fromisoformat(event["date"])).days)
        days = draw(st.one_of(st.integers(1, longest), st.just(longest))) if longest > 1 else 1
        disputed = room > days and (days == 1 or draw(st.booleans()))
        if days > 1:
            last = date.fromisoformat(event["date"]) + timedelta(days - 1)
            event["date"] = f"{event['date']}..{last.isoformat()}"
        if disputed:
            event["disputed"] = "true"
        if draw(st.booleans()):
            event["id"] = f"fact-{place}"
        room //= days + disputed
    found = Doubtful(document, story.day, story.subscription)
    note(f"{found.text}\nasked: {found.day}, {found.subscription}")
    return found


# Every world by itself


@frozen
class Worlds:
    """What the plain file of each possible world says; `impossible` ones that only the replay shows among `unread`."""

    doubts: list[tuple[str, int, list[Json]]]
    answers: dict[tuple[int, ...], Json]
    impossible: int
    contested: list[Json]


def plain_files(file: Doubtful) -> Iterator[tuple[tuple[int, ...], subsim.Scenario | None]]:
    """Every world as the plain file that it is; None where that is none."""
    doubts = file.doubts()
    for world in product(*(range(len(settings)) for _, _, settings in doubts)):
        plain = _plain(
            file.document, [(place, settings[i]) for (_, place, settings), i in zip(doubts, world, strict=True)]
        )
        try:
            yield world, subsim.loads(as_file(plain))
        except InputErrors:
            yield world, None


def one_by_one(file: Doubtful) -> Worlds:
    """Every world, written as a plain file, read, replayed and asked."""
    doubts = file.doubts()
    answers: dict[tuple[int, ...], Json] = {}
    gists: dict[tuple[str, str], dict[tuple[int, ...], Json]] = {}
    impossible = 0
    for world, scenario in plain_files(file):
        if scenario is None:
            impossible += 1
            continue
        case = case_of(scenario)
        for point, reading in single_alternatives(case.terms.readings):
            gists.setdefault((point, reading), {})
            try:
                member = case.under(point, reading).play(file.day)
            except InputErrors:
                continue
            gists[point, reading][world] = cancellation_of(member, file.subscription, file.day).gist
        try:
            answers[world] = subsim.can_cancel(scenario, file.day, file.subscription).to_dict()
        except InputErrors:
            impossible += 1
    return Worlds(doubts, answers, impossible, list(_contested(answers, gists)))


def _plain(document: dict[str, Json], settings: list[tuple[int, Json]]) -> dict[str, Json]:
    """The document of one world: a sign-up that did not happen stands where nobody asks, so that its name is known."""
    timeline = deepcopy(document["timeline"])
    for event in timeline:
        event.pop("id", None)
        event.pop("disputed", None)
    for place, setting in settings:
        event = timeline[place]
        if isinstance(setting, str):
            event["date"] = setting
        elif setting is False and event["event"] == "sign_up":
            event["date"] = _NEVER
        elif setting is False:
            timeline[place] = None
    kept = sorted((event for event in timeline if event), key=lambda event: event["date"])
    return {**document, "timeline": kept}


def _contested(
    answers: dict[tuple[int, ...], Json], gists: dict[tuple[str, str], dict[tuple[int, ...], Json]]
) -> Iterator[Json]:
    for (point, reading), by_world in gists.items():
        names = {"point": point, "reading": reading}
        if not by_world:
            yield {**names, "replayable": False}
        elif any(
            world in answers and _gist(answers[world]) != (can, end and end.isoformat(), route)
            for world, (can, end, route) in by_world.items()
        ):
            can, end, route = (set(values) for values in zip(*by_world.values(), strict=True))
            yield {
                **names,
                "can_cancel": can.pop() if len(can) == 1 else None,
                "earliest_end": _iso(end.pop()) if len(end) == 1 else None,
                "route": route.pop() if len(route) == 1 else None,
            }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _gist(answer: Json) -> tuple[Json, Json, Json]:
    return answer["can_cancel"], answer["earliest_end"], answer["route"]


# What the page makes of them


def expected(worlds: Worlds) -> Json:
    """The JSON of `can-cancel`, by the page alone; without its sentence."""
    answers = list(worlds.answers.values())
    keys = [key for key in answers[0] if key not in ("because", "contested", "worlds", "certain", "cases", "decisive")]
    cases: dict[Json, list[tuple[int, ...]]] = {}
    for world, answer in worlds.answers.items():
        cases.setdefault(_gist(answer), []).append(world)
    in_order = sorted(cases, key=lambda gist: (gist[1] or "9999", _TABLE.index(gist[2])))
    names = ("can_cancel", "earliest_end", "route")
    gists = {world: _gist(answer) for world, answer in worlds.answers.items()}
    return {
        **{key: _certain([answer[key] for answer in answers], key) for key in keys},
        "contested": worlds.contested,
        "worlds": {"possible": len(answers), "impossible": worlds.impossible},
        "certain": {name: _certain([answer[name] for answer in answers], name) for name in names},
        "cases": [
            {"facts": joined(worlds.doubts, cases[gist]), **dict(zip(names, gist, strict=True))} for gist in in_order
        ],
        "decisive": [
            name
            for place, (name, _, settings) in enumerate(worlds.doubts)
            if len(cases) > 1
            and all(
                len({gist for world, gist in gists.items() if world[place] == setting}) <= 1
                for setting in range(len(settings))
            )
        ],
    }


def _certain(values: list[Json], key: str) -> Json:
    if all(value == values[0] for value in values):
        return values[0]
    if all(isinstance(value, dict) for value in values):
        return {name: _certain([value[name] for value in values], name) for name in values[0]}
    if key in ("routes", "ways"):
        rows = [{(row["route"], row.get("kind")): row for row in value} for value in values]
        return [
            _certain([table[name] for table in rows], "row") for name in rows[0] if all(name in table for table in rows)
        ]
    return None


def joined(doubts: list[tuple[str, int, list[Json]]], worlds: list[tuple[int, ...]]) -> list[Json]:
    """Rows as sets of settings, two of which are joined at a time as long as any can be."""
    rows = [tuple(frozenset([place]) for place in world) for world in worlds]
    for place in reversed(range(len(doubts))):
        settings = doubts[place][2]
        going_on = True
        while going_on:
            going_on = False
            for one, other in ((a, b) for a in rows for b in rows if a != b):
                rest_alike = all(a == b for i, (a, b) in enumerate(zip(one, other, strict=True)) if i != place)
                if rest_alike and _adjoin(settings, one[place], other[place]):
                    rows.remove(one)
                    rows.remove(other)
                    rows.append((*one[:place], one[place] | other[place], *one[place + 1 :]))
                    going_on = True
                    break
    rows.sort(key=lambda row: tuple(map(min, row)))
    return [_row(doubts, row) for row in rows]


def _adjoin(settings: list[Json], one: frozenset[int], other: frozenset[int]) -> bool:
    days = {place for place, setting in enumerate(settings) if setting is not False}
    if one <= days and other <= days:
        return max(one) + 1 == min(other)
    return (one == days and not other & days) or (other == days and not one & days)


def _row(doubts: list[tuple[str, int, list[Json]]], row: tuple[frozenset[int], ...]) -> Json:
    found = {}
    for (name, _, settings), cell in zip(doubts, row, strict=True):
        if len(cell) < len(settings):
            first, last = settings[min(cell)], settings[max(cell)]
            found[name] = first if first == last else f"{first}..{last}"
    return found


# What lists entries


_COMING = (
    *("ends", "trial_ends", "binding_ends", "price_change", "service_change", "terms_change", "charge", "card_expires"),
    *("duty", "withdraw_by", "give_notice_by"),
)
_ORDER: dict[tuple[str, str], Callable[[Json], Json]] = {
    ("cheapest-exit", "advice"): lambda entry: (Decimal(entry["cost"]), entry["ends_on"]),
    ("coming", "coming"): lambda entry: (entry["date"], _COMING.index(entry["kind"])),
    ("compare", "profiles"): lambda entry: ("standard", "member", "operator").index(entry["profile"]),
    ("what-if", "tried"): lambda entry: entry["date"],
    ("what-if", "duties"): lambda entry: (entry["after"] or entry["before"])["date"] or _NEVER,
    ("what-if", "invoices"): lambda entry: (entry["after"] or entry["before"])["date"],
    ("what-if", "refused"): lambda entry: (entry["after"] or entry["before"])["date"],
}
"""By what a list stands in order; those that are left out stand as the file or the model has them."""
LISTS = {
    "cheapest-exit": ("advice",),
    "coming": ("coming",),
    "compare": ("ends", "profiles", "readings", "law"),
    "what-if": ("tried", "subscriptions", "invoices", "refused", "duties"),
}
"""The lists of each command whose different entries stand once."""


def ask_list(name: str, scenario: subsim.Scenario, file: Doubtful) -> Json:
    """The JSON of a command that lists something."""
    if name == "compare":
        return subsim.compare(scenario, file.day).to_dict()
    if name == "what-if":
        tried = f"{file.day} complain subscription={file.subscription}"
        return subsim.what_if(scenario, tried, file.day + timedelta(100)).to_dict()
    ask = subsim.cheapest_exit if name == "cheapest-exit" else subsim.coming
    return ask(scenario, file.day, file.subscription).to_dict()


def differences_of_lists(name: str, file: Doubtful) -> list[str]:
    """Where a command that lists something does not give what its page makes of every world, asked by itself."""
    answers: dict[tuple[int, ...], Json] = {}
    for world, scenario in plain_files(file):
        try:
            if scenario is not None:
                answers[world] = ask_list(name, scenario, file)
        except InputErrors:
            continue
    try:
        found = ask_list(name, subsim.loads(file.text), file)
    except InputErrors as errors:
        return [f"refused: {errors}"] if answers else []
    if not answers:
        return ["answered, though no world is possible"]
    return list(_differences_of_lists(name, file, answers, found))


def _differences_of_lists(
    name: str, file: Doubtful, answers: dict[tuple[int, ...], Json], found: Json
) -> Iterator[str]:
    worlds = {"possible": len(answers), "impossible": file.world_count - len(answers)}
    if found["worlds"] != worlds:
        yield f"worlds: {found['worlds']}, not {worlds}"
    first = next(iter(answers.values()))
    for key in first:
        if key not in LISTS[name]:
            certain = _certain([answer[key] for answer in answers.values()], key)
            if found[key] != certain:
                yield f"{key}: {found[key]}, not {certain}"
    for key in LISTS[name]:
        having: dict[str, list[tuple[int, ...]]] = {}
        entries: dict[str, Json] = {}
        for world, answer in answers.items():
            for entry in answer[key]:
                text = json.dumps(_without_because(entry))
                entries.setdefault(text, entry)
                if world not in having.setdefault(text, []):
                    having[text].append(world)
        texts = list(having)
        if (name, key) in _ORDER:
            texts.sort(key=lambda text: _ORDER[name, key](entries[text]))
        expected = [{**entries[text], "facts": joined(file.doubts(), having[text])} for text in texts]
        ordered = (name, key) in _ORDER
        if (found[key] if ordered else _sorted(found[key])) != (expected if ordered else _sorted(expected)):
            yield f"{key}: {found[key]}, not {expected}"


def _sorted(entries: list[Json]) -> list[Json]:
    return sorted(entries, key=json.dumps)


def _without_because(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _without_because(each) for key, each in value.items() if key != "because"}
    return [_without_because(each) for each in value] if isinstance(value, list) else value
