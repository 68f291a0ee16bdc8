"""Every story under `scenarios/` comes out as it expects, and together they tell of everything."""

from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import subsim
from subsim.basics.enumerations import LineKind
from subsim.checks.check import CaseResult
from subsim.files.scenario import Scenario, Variant
from subsim.membership.events import EVENTS

FOLDER = Path(__file__).parents[1] / "scenarios"
FILES = sorted(FOLDER.rglob("*.yaml"))


@cache
def scenario_of(file: Path) -> Scenario:
    return subsim.load(file)


def cases() -> list[tuple[Path, str | None]]:
    """Each file by itself, then each of its variants."""
    found: list[tuple[Path, str | None]] = []
    for file in FILES:
        variants = scenario_of(file).variants
        found += [(file, None), *((file, variant.name) for variant in variants)]
    return found


def case_id(value: Path | str | None) -> str:
    if isinstance(value, Path):
        return value.relative_to(FOLDER).with_suffix("").as_posix()
    return value or "itself"


@cache
def results_of(file: Path) -> dict[str | None, CaseResult]:
    return {result.variant: result for result in subsim.check(scenario_of(file))}


@pytest.mark.parametrize(("file", "variant"), cases(), ids=case_id)
def test_a_scenario_comes_out_as_expected(file: Path, variant: str | None) -> None:
    result = results_of(file)[variant]
    assert (result.errors, result.mismatches) == (None, ())


def test_there_are_at_least_80_stories() -> None:
    assert len(FILES) >= 80


def test_no_two_variants_of_a_file_share_a_name() -> None:
    names = [(file, variant) for file, variant in cases()]
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
