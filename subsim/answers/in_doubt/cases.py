"""The different answers with the facts that give them, what is certain, and the days on which the answer changes."""

from collections.abc import Iterable
from typing import Any

from subsim.answers.can_cancel import Answer, CaseInDoubt, Certain, WorldCount
from subsim.answers.worlds import InWorlds
from subsim.basics.dates import Day
from subsim.basics.enumerations import Route
from subsim.engine.ways import CLAUSES

Gist = tuple[bool | None, Day | None, Route | None]
"""Whether, when and how a member can leave; each None where it is not the same in all worlds."""
SureGist = tuple[bool, Day | None, Route | None]
"""The same of one world."""
_ORDER = {route: place for place, route in enumerate(CLAUSES)}


def certain_of(gists: Iterable[Gist]) -> Gist:
    """Whether, when and how, each as far as all agree."""
    can_cancel, earliest_end, route = map(set, zip(*gists, strict=True))
    return _only(can_cancel), _only(earliest_end), _only(route)


def _only(values: set[Any]) -> Any:
    return next(iter(values)) if len(values) == 1 else None


def cases_as_json(found: InWorlds[Answer]) -> dict[str, Any]:
    """The four keys of JSON about the worlds: how many, what is certain, the cases, and the decisive doubts."""
    certain = certain_of(map(gist_of, found.values()))
    return json_of_cases(found.count, certain, cases_of(found), found.decisive(gist_of))


def json_of_cases(
    worlds: WorldCount, certain: Gist, cases: Iterable[CaseInDoubt], decisive: Iterable[str]
) -> dict[str, Any]:
    """The same four keys, each made of what it says."""
    can_cancel, earliest_end, route = certain
    return {
        "worlds": worlds.to_dict(),
        "certain": Certain(can_cancel=can_cancel, earliest_end=earliest_end, route=route).to_dict(),
        "cases": [case.to_dict() for case in cases],
        "decisive": list(decisive),
    }


def gist_of(answer: Answer) -> SureGist:
    """Whether, when and how a member can leave in one world."""
    return answer.gist


def cases_of(found: InWorlds[Answer]) -> tuple[CaseInDoubt, ...]:
    """The different answers with the facts that give them: the soonest end first, equal ones by the table of routes."""
    cases = []
    for (can_cancel, earliest_end, route), worlds in found.by_key(gist_of).items():
        facts = tuple(found.rows(worlds))
        cases.append(CaseInDoubt(facts=facts, can_cancel=can_cancel, earliest_end=earliest_end, route=route))
    return tuple(sorted(cases, key=lambda case: (case.earliest_end or Day.max, _place(case.route))))


def _place(route: Route | None) -> int:
    return len(_ORDER) if route is None else _ORDER[route]


def turns_of(found: InWorlds[Answer]) -> dict[str, list[Day]]:
    """By doubt the days on which the answer differs from that of the day before, all else being equal."""
    keys = {world: answer.gist for world, answer in found.found.items()}
    turns: dict[str, list[Day]] = {}
    for place, doubt in enumerate(found.doubts):
        days: set[Day] = set()
        for world, key in keys.items():
            before = (*world[:place], world[place] - 1, *world[place + 1 :])
            day = doubt.settings[world[place]]
            if isinstance(day, Day) and before in keys and keys[before] != key:
                days.add(day)
        if days:
            turns[doubt.id] = sorted(days)
    return turns
