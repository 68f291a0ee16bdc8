from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from attrs import evolve

from subsim.answers.question import case_of
from subsim.engine.timeline import play
from subsim.files.scenario import load
from subsim.terms.readings import (
    POINTS,
    PROFILES,
    ProfileName,
    Readings,
    as_choices,
    noted,
    profile,
    single_alternatives,
    with_choices,
)
from subsim.terms.terms import Terms
from tests.support.story import ANNA, SHOP, story

SCENARIOS = Path(__file__).parents[2] / "scenarios"

# the model, section 9: point, readings in order, and what standard, member and operator pick
TABLE = [
    (
        "ordinary-notice",
        ["quarterly", "quarter-end", "thirty-days", "period-end", "earliest"],
        ("quarterly", "earliest", "quarterly"),
    ),
    ("quarter-anchor", ["subscription", "calendar"], ("subscription", "subscription", "calendar")),
    ("notice-in-binding", ["counts", "ends-at-binding", "refused"], ("counts", "ends-at-binding", "refused")),
    ("binding-scope", ["subscription", "member"], ("subscription", "member", "subscription")),
    (
        "trial-binding",
        ["from-registration", "from-conversion"],
        ("from-registration", "from-registration", "from-conversion"),
    ),
    ("withdrawal-channel", ["online", "distance"], ("online", "distance", "online")),
    ("withdrawal-waiver", ["activation", "filter", "login"], ("activation", "filter", "login")),
    ("upgrade-charge", ["difference", "prorated", "full"], ("difference", "prorated", "full")),
    ("final-period", ["full", "prorated"], ("full", "prorated", "full")),
    ("short-price-notice", ["deferred", "void"], ("deferred", "void", "deferred")),
    ("price-in-binding", ["deferred", "void", "applies"], ("deferred", "void", "applies")),
    ("price-cut-exit", ["any-change", "rises-only"], ("any-change", "any-change", "rises-only")),
    ("bound-exit-window", ["within-21", "before-effect"], ("within-21", "within-21", "before-effect")),
    ("website-announcement", ["counts", "email-only"], ("counts", "email-only", "counts")),
    (
        "acceleration",
        ["to-binding-end", "to-notice-end", "arrears-only"],
        ("to-binding-end", "arrears-only", "to-notice-end"),
    ),
    ("late-payment-cure", ["cures", "persists"], ("cures", "cures", "persists")),
]
NAMES: list[ProfileName] = ["standard", "member", "operator"]


def test_the_points_are_those_of_the_model_in_its_order() -> None:
    assert list(POINTS) == [point for point, _, _ in TABLE]


@pytest.mark.parametrize(("point", "readings"), [(point, readings) for point, readings, _ in TABLE])
def test_the_readings_of_a_point_are_those_of_the_model_in_its_order(point: str, readings: list[str]) -> None:
    assert list(POINTS[point].readings) == readings


@pytest.mark.parametrize(("point", "readings"), [(point, readings) for point, readings, _ in TABLE])
def test_the_annotation_of_a_point_names_the_same_readings(point: str, readings: list[str]) -> None:
    assert list(get_args(get_type_hints(Readings)[point.replace("-", "_")])) == readings


@pytest.mark.parametrize("index", [0, 1, 2], ids=NAMES)
def test_a_profile_picks_the_readings_of_the_model(index: int) -> None:
    picked = {point: picks[index] for point, _, picks in TABLE}
    assert as_choices(profile(NAMES[index])) == picked


def test_there_are_three_profiles() -> None:
    assert list(PROFILES) == ["standard", "member", "operator"]


def test_without_a_choice_the_readings_are_those_of_the_standard_profile() -> None:
    assert Readings() == profile("standard")


def test_every_point_and_reading_is_explained() -> None:
    words = [(point.question, *point.clauses, *point.readings.values()) for point in POINTS.values()]
    assert all(text.strip() for texts in words for text in texts)


def test_a_single_point_can_be_chosen_on_top_of_a_profile() -> None:
    chosen = with_choices(profile("member"), {"upgrade-charge": "full"})
    assert (chosen.upgrade_charge, chosen.final_period) == ("full", "prorated")


def test_the_single_alternatives_are_the_other_readings_in_the_models_order() -> None:
    assert single_alternatives(profile("operator"))[:6] == [
        ("ordinary-notice", "quarter-end"),
        ("ordinary-notice", "thirty-days"),
        ("ordinary-notice", "period-end"),
        ("ordinary-notice", "earliest"),
        ("quarter-anchor", "subscription"),
        ("notice-in-binding", "counts"),
    ]


def test_sixteen_points_have_24_other_readings() -> None:
    # 40 readings in all, one of each point is chosen
    assert len(single_alternatives(Readings())) == 24


# What a replay asks


def asked(*events: str) -> set[str]:
    """The points that a replay of these events asks."""
    told = story(*events)
    readings = noted(Readings())
    play(told.scenario.facts, Terms(readings=readings), told.outcome.until)
    return readings.asked


def test_who_only_joins_asks_nothing() -> None:
    assert asked(ANNA) == set()


def test_a_free_members_notice_asks_when_it_ends_the_subscription_and_not_what_it_does_in_a_binding() -> None:
    assert asked(SHOP, "2020-09-01 give_notice ground: ordinary") >= {"ordinary-notice", "quarter-anchor"}
    assert "notice-in-binding" not in asked(SHOP, "2020-09-01 give_notice ground: ordinary")


def test_an_upgrade_asks_what_it_costs_and_a_downgrade_does_not() -> None:
    assert asked(ANNA, "2020-06-15 change_package to: family") == {"upgrade-charge"}
    assert asked(ANNA, "2020-06-15 change_package to: mini") == set()


def test_noted_readings_are_those_that_they_were_made_of() -> None:
    assert as_choices(noted(profile("member"))) == as_choices(profile("member"))


@pytest.mark.parametrize("file", sorted(SCENARIOS.rglob("*.yaml"))[::15], ids=lambda file: file.stem)
def test_of_a_point_that_a_replay_does_not_ask_no_other_reading_changes_anything(file: Path) -> None:
    scenario = load(str(file))
    case, until = case_of(scenario), scenario.until_of()
    readings = noted(case.terms.readings)
    own = evolve(case, terms=evolve(case.terms, readings=readings)).outcome(until)
    asked = set(readings.asked)
    for point, reading in single_alternatives(case.terms.readings):
        if point not in asked:
            other = case.under(point, reading).outcome(until)
            assert (other.decisions, other.subscriptions, other.invoices) == (
                own.decisions,
                own.subscriptions,
                own.invoices,
            )
