"""Compares retention with a second opinion, on random histories under all five policies.

`python -m tools.differential.retention --histories 20000 --seed 1` is the long run; the suite runs a sample. Histories
that give a difference are printed as scenario files, the shortest one last.
"""

import argparse
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

import subsim
from subsim.answers.question import case_of
from subsim.retention.retention import retention_without_contested
from tests.oracle.retention import Opinion
from tests.support.data_histories import History, history


def differences(drawn: History) -> list[str]:
    """The differences, each as `path: ours, not the second opinion's`."""
    scenario = subsim.loads(drawn.text())
    ours = retention_without_contested(case_of(scenario), drawn.on).to_dict()
    theirs = Opinion(drawn.policy, drawn.plain(), drawn.readings, drawn.settings, drawn.on).answer()
    return list(_unlike(ours, theirs))


def _unlike(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    usual = {(each["category"], each["id"]): each for each in ours["holdings"]}
    other = {(each["category"], each["id"]): each for each in theirs["holdings"]}
    if usual.keys() != other.keys():
        yield f"holdings: {sorted(usual.keys() - other.keys())}, not {sorted(other.keys() - usual.keys())}"
    for name in usual.keys() & other.keys():
        for key, value in other[name].items():
            if usual[name][key] != _json(value):
                yield f"{name}.{key}: {usual[name][key]}, not {_json(value)}"
    for each in ours["requests"]:
        for key, value in theirs["requests"][each["request"]].items():
            if each[key] != _json(value):
                yield f"{each['request']}.{key}: {each[key]}, not {_json(value)}"
    refused = sorted((each["date"], each["event"]) for each in ours["refused"])
    if refused != sorted((day.isoformat(), event) for day, event in theirs["refused"]):
        yield f"refused: {refused}, not {theirs['refused']}"


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def main(arguments: list[str]) -> int:
    """Compare so many histories; the exit code is 1 if some differ."""
    parser = argparse.ArgumentParser(description="compare retention with tests/oracle on random histories")
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    random, wrong = Random(asked.seed), []
    for _ in range(asked.histories):
        drawn = history(random)
        if found := differences(drawn):
            wrong.append((drawn, found))
    if wrong:
        drawn, found = min(wrong, key=lambda each: len(each[0].document["timeline"]))
        print(f"# as of {drawn.on}", drawn.text(), *found, sep="\n")
    print(f"{asked.histories} histories, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
