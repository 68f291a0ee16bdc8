"""A sample of the fault simulator; `python -m tools.faults` does more."""

from pathlib import Path
from typing import Any

import pytest

from subsim.base import change
from subsim.desk import writes
from tools.faults.simulation import Broken, run, template


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The base of which every run gets a copy."""
    path = tmp_path / "first.db"
    template(path)
    return path


@pytest.mark.parametrize("seed", range(9000, 9006))
def test_whatever_fails_the_invariants_hold(first: Path, tmp_path: Path, seed: int) -> None:
    run(seed, first, tmp_path)


def test_a_base_that_stores_a_write_in_two_halves_is_found_out(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the version is counted in a transaction of its own, a kill between the two leaves a half."""
    in_one = change.write

    def in_two(connection: Any, *arguments: Any, **more: Any) -> Any:
        written = in_one(connection, *arguments, **more)
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("UPDATE member SET version = version + 1")
        return written

    monkeypatch.setattr(writes, "write", in_two)
    found = []
    for seed in range(9000, 9006):
        try:
            run(seed, first, tmp_path)
        except Broken:
            found.append(seed)
    assert found
