"""Finds the shortest timeline to every clause, reading, transition and route, for `subsim conformance`.

`python -m tools.shortest` writes `subsim/testing/conformance/shortest.ndjson`. Of the scenarios that exercise an item,
the three with the fewest events are reduced until nothing more can be left out; the shortest result is kept.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from subsim.answers.can_cancel import answer_of
from subsim.answers.question import Case, case_of
from subsim.basics.faults import InputErrors
from subsim.checks.coverage import Kind, exercised, items, points_of_clause
from subsim.files.scenario import Scenario, load
from subsim.testing.reduction import smallest_of_request, text_of
from subsim.testing.request import Request, request_of

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "subsim" / "testing" / "conformance" / "shortest.ndjson"
_TRIED = 3
_OF_DATA = "persondata."
"""The clauses on personal data, on which no billing system is asked."""
_NAMES: dict[Kind, str] = {"clauses": "clause", "readings": "reading", "transitions": "move", "routes": "route"}

Item = tuple[Kind, str]


def requests() -> Iterator[Request]:
    """Every case of every scenario that the contract alone replays."""
    for path in sorted((ROOT / "scenarios").rglob("*.yaml")):
        scenario = load(path)
        if scenario.policy is None and not scenario.doubts:
            for variant in (None, *scenario.variants):
                yield request_of(scenario, variant)


def shows(item: Item) -> Callable[[Case], bool]:
    """Whether a case exercises the item."""
    kind, name = item
    if kind == "routes" and not name.endswith("taken"):
        route, how = name.split()
        return lambda case: any(
            way.route == route and way.open == (how == "open")
            for ask in case.scenario.asks
            for way in answer_of(case.play(ask.date), ask.subscription, ask.date).routes
        )
    points = [name.split("=")[0]] if kind == "readings" else points_of_clause(name) if kind == "clauses" else []
    return lambda case: item in exercised(case, points)


def shortest(item: Item, among: Iterable[Request]) -> Scenario | None:
    """The shortest timeline to an item that reduction finds; None where no scenario exercises it."""
    does = shows(item)
    candidates = sorted(among, key=lambda each: (len(each.case.scenario.facts.timeline), len(each.asks), each.id))
    does_so = islice((each for each in candidates if _does(does, each)), _TRIED)
    found = [smallest_of_request(each, lambda scenario: does(case_of(scenario))) for each in does_so]
    return min(found, key=_size, default=None)


def _does(does: Callable[[Case], bool], request: Request) -> bool:
    """Whether the whole request exercises the item, its questions without their expectations."""
    try:
        return does(case_of(whole(request)))
    except InputErrors:
        return False


def whole(request: Request) -> Scenario:
    """The request as a scenario."""
    return smallest_of_request(request, lambda _: False, most_tries=0)


def _size(scenario: Scenario) -> tuple[int, int, int, str]:
    text = text_of(scenario)
    return len(scenario.facts.timeline), len(scenario.asks), len(text), text


def main() -> int:
    """Write the file; the exit code is 1 if no scenario exercises some item."""
    every = list(requests())
    reached: dict[Item, list[Request]] = {}
    for request in every:
        for item in exercised(request.case):
            reached.setdefault(item, []).append(request)
    found: dict[str, list[str]] = {}
    missing = []
    for kind, name in _NAMES.items():
        for each in items(kind):
            if each.startswith(_OF_DATA):
                continue
            scenario = shortest((kind, each), reached.get((kind, each), []))
            if scenario is None:
                missing.append(f"{name} {each}")
            else:
                found.setdefault(text_of(scenario), []).append(f"{name} {each}")
            print(name, each, None if scenario is None else len(scenario.facts.timeline), file=sys.stderr, flush=True)
    lines = [json.dumps({"reaches": names, "scenario": text}, ensure_ascii=False) for text, names in found.items()]
    PLACE.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(f"{len(lines)} timelines to {sum(map(len, found.values()))} items; none to {missing or 'nothing'}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
