"""Compares answers to files with facts in doubt with those of every world, each replayed by itself.

`python -m tools.doubt --files 5000 --seed 1` is the long run; the suite runs a sample. `--command` takes the answer of
another command than `can-cancel`; `--worlds` allows ranges of more days. A file that gives a difference is reduced and
printed as a scenario file.
"""

import argparse
import sys
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

import subsim
from subsim.answers.ask import ask_can_cancel
from subsim.basics.faults import InputErrors
from tests.support.doubtful import (
    LISTS,
    MOST_DRAWN,
    Doubtful,
    differences_of_lists,
    doubtful_files,
    expected,
    one_by_one,
)


def differences(file: Doubtful) -> list[str]:
    """The differences of the answer from what the worlds give, each as `key: found, not expected`."""
    worlds = one_by_one(file)
    try:
        found = ask_can_cancel(subsim.loads(file.text), file.day, file.subscription).to_dict()
    except InputErrors as errors:
        return [f"refused: {errors}"] if worlds.answers else []
    if not worlds.answers:
        return ["answered, though no world is possible"]
    found["contested"] = [_without_reason(row) for row in found["contested"]]
    return [f"{key}: {found[key]}, not {value}" for key, value in expected(worlds).items() if found[key] != value]


def _without_reason(row: dict[str, Any]) -> dict[str, Any]:
    """The parts of a row of `contested` that are compared; of a reading that cannot be replayed only its names."""
    if "replayable" in row:
        return {"point": row["point"], "reading": row["reading"], "replayable": False}
    return row


def main(arguments: list[str]) -> int:
    """Compare so many random files; AssertionError shows the first that differs."""
    parser = argparse.ArgumentParser(description="compare answers to facts in doubt with every world of its own")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", choices=("can-cancel", *LISTS), default="can-cancel")
    parser.add_argument(
        "--worlds", type=int, default=MOST_DRAWN, help="the most that a file has (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    compared = worlds = 0

    @seed(options.seed)
    @settings(
        max_examples=options.files,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow],  # a busy machine draws slowly
    )
    @given(doubtful_files(options.worlds))
    def agree(file: Doubtful) -> None:
        nonlocal compared, worlds
        compared += 1
        worlds += file.world_count
        found = differences(file) if options.command == "can-cancel" else differences_of_lists(options.command, file)
        assert found == []

    agree()
    print(f"{compared} files compared, {worlds} worlds replayed one by one, seed {options.seed}: no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
