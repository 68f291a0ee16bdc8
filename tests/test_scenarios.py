"""Every story under `scenarios/` comes out as it expects, and together they tell of everything."""

from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import subsim
from subsim.basics.enumerations import LineKind
from subsim.files.scenario import Scenario, Variant
from subsim.membership.events import EVENTS

FOLDER = Path(__file__).parents[1] / "scenarios"
FILES = sorted(FOLDER.rglob("*.yaml"))


@cache
def scenario_of(file: Path) -> Scenario:
    return subsim.load(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).with_suffix("").as_posix())
def test_a_scenario_and_its_variants_come_out_as_expected(file: Path) -> None:
    scenario = scenario_of(file)
    results = subsim.check(scenario)
    assert [result.variant for result in results] == [None, *(variant.name for variant in scenario.variants)]
    assert [result for result in results if result.errors is not None or result.mismatches] == []


def test_there_are_at_least_80_stories() -> None:
    assert len(FILES) >= 80


def test_no_two_variants_of_a_file_share_a_name() -> None:
    names = [(file, variant.name) for file in FILES for variant in scenario_of(file).variants]
    assert len(set(names)) == len(names)


def test_every_event_happens_in_some_story() -> None:
    happened = {event.name for file in FILES for event in scenario_of(file).facts.timeline}
    assert sorted(set(EVENTS) - happened) == []


def stories() -> list[Scenario | Variant]:
    """Every scenario and every variant."""
    scenarios = [scenario_of(file) for file in FILES]
    return [*scenarios, *(variant for scenario in scenarios for variant in scenario.variants)]


def test_every_kind_of_line_is_expected_in_some_story() -> None:
    expected = {line["kind"] for each in stories() for line in each.expect.get("invoices", [])}
    assert sorted(set(get_args(LineKind)) - expected) == []
