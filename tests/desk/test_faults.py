"""A sample of the fault simulator; `python -m tools.faults` does more."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from subsim.base import change
from subsim.desk import writes
from subsim.portfolio import stored_part
from subsim.portfolio.header import load_header
from tools.faults.portfolio import differs
from tools.faults.simulation import HEADER, Broken, Place, place_in, run


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Where the runs are made."""
    found = place_in(tmp_path)
    yield found
    found.base.close()


@pytest.mark.parametrize("seed", range(9000, 9006))
def test_whatever_fails_the_invariants_hold(place: Place, seed: int) -> None:
    run(seed, place)


def test_a_base_that_stores_a_write_in_two_halves_is_found_out(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
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
            run(seed, place)
        except Broken:
            found.append(seed)
    assert found


RECORDS = [
    b'{"member": {"id": "anna"}, "timeline": [{"date": "2020-01-15", "event": "sign_up", "package": "basis"}]}',
    b'{"member": {"id": "bo"}, "timeline": [{"date": "2020-02-15", "event": "sign_up", "package": "family"}]}',
]


def outcomes(folder: Path, seeds: range) -> Iterator[str | None]:
    """What each of some disturbed runs of a portfolio leaves otherwise, or stumbles over."""
    (folder / "header.yaml").write_text(HEADER, encoding="utf-8")
    header = load_header(str(folder / "header.yaml"))
    for seed in seeds:
        place = folder / str(seed)
        place.mkdir()
        try:
            yield differs(RECORDS, header, place, Random(seed))
        except ValueError as fault:
            yield str(fault)


def test_a_portfolio_whose_workers_are_lost_comes_out_the_same(tmp_path: Path) -> None:
    assert set(outcomes(tmp_path, range(3))) == {None}


def test_a_part_whose_end_is_written_in_pieces_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_part, "atomic_file", lambda path: path.open("wb"))
    assert any(outcomes(tmp_path, range(59, 160)))  # the first of them that finds it is the 60th
