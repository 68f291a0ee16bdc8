import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from subsim.basics.faults import InputErrors
from subsim.files.scenario import loads
from subsim.files.schema import FILE_SCHEMAS, schema
from subsim.membership.events import EVENTS
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS
from tests.support.faulty import with_timeline

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))
VALIDATOR = Draft202012Validator(schema())


class _EditorsLoader(yaml.SafeLoader):
    """Reads as an editor does: by the types of YAML 1.2, to which a date is a text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as the base class has it


for tag, pattern in (
    ("bool", "true|True|TRUE|false|False|FALSE"),
    ("null", "~|null|Null|NULL|"),
    ("int", "[-+]?[0-9]+"),
    ("float", r"[-+]?[0-9]+\.[0-9]*"),
):
    _EditorsLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=_EditorsLoader)


def faults_of(text: str) -> list[tuple[str, str]]:
    """Where the schema finds a fault, and by which of its words."""
    errors = VALIDATOR.iter_errors(as_an_editor_reads(text))
    return sorted((error.json_path, str(error.validator)) for error in errors)


def test_the_schema_is_one_of_draft_2020_12() -> None:
    Draft202012Validator.check_schema(schema())


def test_there_are_scenarios_to_hold_against_it() -> None:
    assert SCENARIOS


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_it_allows_every_scenario_of_ours(path: Path) -> None:
    assert faults_of(path.read_text(encoding="utf-8")) == []


def test_every_event_and_every_point_is_in_it() -> None:
    definitions = schema()["$defs"]
    assert [name for name in EVENTS if name not in definitions] == []
    assert list(definitions["Choices"]["properties"]) == [*POINTS, *LAW_POINTS]


def test_every_class_and_every_point_is_explained() -> None:
    definitions = schema()["$defs"]
    assert definitions["give_notice"]["description"] == (
        "The member's notice as Kabelplus received it; the day it was sent never counts."
    )
    assert definitions["Choices"]["properties"]["upgrade-charge"]["description"] == (
        "What does an upgrade cost for the period already paid?"
    )


def test_defaults_are_those_of_the_format() -> None:
    sign_up = schema()["$defs"]["sign_up"]["properties"]
    assert {name: each["default"] for name, each in sign_up.items() if "default" in each} == {
        "subscription": "main",
        "channel": "online",
        "billing": "quarterly",
        "trial_days": 0,
        "confirmation": "same-day",
        "service": "ip",
        "content_consent": False,
        "trial_price_told": True,
        "solicited": True,
        "disputed": False,
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (with_timeline(rest="untill: 2020-01-01"), ("$", "additionalProperties")),
        (with_timeline(rest="member: {resident: dk}"), ("$.member.resident", "pattern")),
        (with_timeline(rest="member: {use: privat}"), ("$.member.use", "enum")),
        (with_timeline(rest="readings: {upgrade-charge: none}"), ("$.readings['upgrade-charge']", "enum")),
        (with_timeline(rest="readings: {upgrade-charg: full}"), ("$.readings", "additionalProperties")),
        (with_timeline(rest="numbers: {overdue-days: 4000}"), ("$.numbers['overdue-days']", "maximum")),
        (with_timeline(rest="numbers: {quarter-months: 5}"), ("$.numbers['quarter-months']", "enum")),
        (with_timeline(rest="reference_rates: {2027-02-01: 2}"), ("$.reference_rates", "pattern")),
        (with_timeline(rest="until: 1899-12-31"), ("$.until", "anyOf")),
        (with_timeline(rest="expect: {stat: free}"), ("$.expect", "additionalProperties")),
        (with_timeline(rest="expect: {states: [[2020-01-15]]}"), ("$.expect.states", "anyOf")),
        (with_timeline(rest="ask: [{date: 2020-01-15, routes: {ordinery: closed}}]"), ("$.ask[0].routes", "enum")),
        (with_timeline(rest="ask: [{can_cancel: true}]"), ("$.ask[0]", "required")),
        (with_timeline(rest="variants: [{profile: member}]"), ("$.variants[0]", "required")),
        (with_timeline("date: 2020-02-01, event: give_notise"), ("$.timeline[1].event", "enum")),
        (with_timeline("date: 2020-02-01, event: log_in, amount: 1"), ("$.timeline[1]", "additionalProperties")),
        (with_timeline("date: 2020-02-01, event: pay"), ("$.timeline[1]", "required")),
        (with_timeline("date: 2020-02-01, event: pay, amount: -1"), ("$.timeline[1].amount", "minimum")),
        (with_timeline("date: 2020-02-01, event: pay, amount: '1.005'"), ("$.timeline[1].amount", "pattern")),
        (with_timeline("date: 1 February, event: log_in"), ("$.timeline[1].date", "pattern")),
        (
            with_timeline("date: 2020-02-01, event: activate, filter_changed: yes"),
            ("$.timeline[1].filter_changed", "type"),
        ),
        (
            with_timeline("date: 2020-02-01, event: announce_terms_change, effective: 2020-02-01, via: []"),
            ("$.timeline[1].via", "minItems"),
        ),
        (
            with_timeline("date: 2020-02-01, event: announce_price_change, effective: 2020-02-01, prices: {}"),
            ("$.timeline[1].prices", "minProperties"),
        ),
    ],
)
def test_it_flags_what_the_reader_refuses(text: str, fault: tuple[str, str]) -> None:
    assert faults_of(text) == [fault]
    with pytest.raises(InputErrors):
        loads(text)


@pytest.mark.parametrize("kind", FILE_SCHEMAS)
def test_every_mapping_that_a_schema_names_is_described_and_so_has_a_table(kind: str) -> None:
    several = ("event", "event_not_in_doubt", "rule")  # one table for each that there is
    definitions = FILE_SCHEMAS[kind]()["$defs"]
    assert [name for name, each in definitions.items() if name not in several and not each.get("description")] == []


def is_valid(kind: str, text: str) -> bool:
    return Draft202012Validator(FILE_SCHEMAS[kind]()).is_valid(as_an_editor_reads(text))


TERMS_CHANGE = "{date: 2020-09-01, event: announce_terms_change, effective: 2020-10-15}"
PRICE_CHANGE = "{date: 2020-09-01, event: announce_price_change, effective: 2020-10-15, prices: {basis: 159.00}}"
LOG_IN = "{date: 2020-09-01, event: log_in}"


@pytest.mark.parametrize(
    ("kind", "event", "is_right"),
    [
        ("terms", TERMS_CHANGE, True),
        ("terms", PRICE_CHANGE, False),
        ("terms", LOG_IN, False),
        ("header", TERMS_CHANGE, True),
        ("header", PRICE_CHANGE, True),
        ("header", LOG_IN, False),
    ],
)
def test_a_file_for_all_members_announces_what_its_reader_takes(kind: str, event: str, is_right: bool) -> None:
    prices = "prices: {basis: 149.00}\n" if kind == "header" else ""
    assert is_valid(kind, f"{prices}announcements: [{event}]") is is_right


@pytest.mark.parametrize(("kind", "is_right"), [("terms", False), ("scenario", True)])
def test_a_file_of_terms_has_no_number_of_a_policy(kind: str, is_right: bool) -> None:
    rest = "" if kind == "terms" else with_timeline()
    assert is_valid(kind, f"{rest}numbers: {{gdpr.answer-months: 2}}") is is_right
