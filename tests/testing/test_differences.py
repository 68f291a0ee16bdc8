"""Where another system parts from the terms: on which day, at which clause, on which smallest timeline."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

import subsim
from subsim.files.scenario import Scenario
from subsim.testing import Difference, ShapeError, differences, engine, scenarios

STORY = subsim.loads(
    """\
scenario: A notice after an upgrade
prices: {basis: 149.00, family: 299.00}
until: 2020-12-31
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-02-01, event: log_in}
  - {date: 2020-02-14, event: change_package, to: family}
  - {date: 2020-04-15, event: give_notice}
""",
    "upgrade.yaml",
)
OURS = subsim.replay(STORY).to_dict()


def first(theirs: dict[str, Any]) -> Difference:
    return differences(OURS, theirs)[0]


def ended(day: str, *, of: str = "main") -> dict[str, Any]:
    return {"subscriptions": [{"id": of, "ended_on": day}]}


@settings(max_examples=15)
@given(scenarios())
def test_an_outcome_differs_in_nothing_from_itself(scenario: Scenario) -> None:
    outcome = subsim.replay(scenario)
    assert differences(outcome, outcome.to_dict()) == []


def test_what_the_other_leaves_out_is_not_compared() -> None:
    assert differences(OURS, {"totals": {"refunded": "0.00"}}) == []


def test_an_end_that_comes_too_soon_parts_at_the_clauses_of_the_notice() -> None:
    found = first(ended("2020-05-15"))
    assert (found.date, found.path) == ("2020-04-15", "subscriptions.main.ended_on")
    assert (found.ours, found.theirs) == ("2020-07-15", "2020-05-15")
    assert "opsigelse.2d" in found.clauses


def test_a_binding_that_is_too_short_parts_on_the_day_of_the_sign_up() -> None:
    found = first({"subscriptions": [{"id": "main", "binding_ends": "2020-06-15"}]})
    assert (found.date, found.clause) == ("2020-01-15", "betaling.5")


def test_a_line_of_another_amount_parts_at_the_clause_of_the_line() -> None:
    lines = [{**line, "amount": "150.00"} if line["kind"] == "upgrade" else line for line in OURS["invoices"]]
    found = first({"invoices": lines})
    assert str(found) == "2020-02-14 priser.3: invoices[1].amount is 150.00, expected 450.00"


def test_a_failing_test_shows_a_difference_in_one_line() -> None:
    assert repr(differences(OURS, {"totals": {"refunded": "1.00"}})) == (
        "[<2020-12-31 betaling.2: totals.refunded is 1.00, expected 0.00>]"
    )


def test_a_line_that_is_missing_is_told_by_our_line() -> None:
    assert str(first({"invoices": OURS["invoices"][:2]})) == (
        "2020-04-15 betaling.2: invoices[2] is nothing, expected "
        "{date: 2020-04-15, kind: period, subscription: main, amount: 897.00}"
    )


def test_a_line_too_many_parts_at_the_last_decision_before_it() -> None:
    found = first({"invoices": [*OURS["invoices"], {"date": "2020-07-15", "kind": "period", "amount": 897}]})
    assert (found.date, found.path, found.ours, found.clause) == ("2020-07-15", "invoices", None, "betaling.5")


def test_the_order_of_one_days_lines_says_nothing() -> None:
    assert differences(OURS, {"invoices": list(reversed(OURS["invoices"]))}) == []


def test_amounts_may_be_numbers_that_are_exact() -> None:
    assert differences(OURS, {"totals": {"charged": 1794, "refunded": 0.0}}) == []


def test_a_refusal_of_what_the_terms_accept_parts_at_the_clause_of_the_acceptance() -> None:
    found = first({"refused": [{"date": "2020-02-14", "event": "change_package"}]})
    assert (found.ours, found.clause) == (None, "priser.3")


def test_a_sign_up_that_the_terms_refuse_parts_at_the_clause_that_refuses_it() -> None:
    minor = subsim.loads(
        "scenario: A minor\nprices: {basis: 149.00}\nmember: {born: 2010-01-01}\n"
        "timeline:\n  - {date: 2020-01-15, event: sign_up, package: basis}\n"
    )
    found = differences(minor, {"subscriptions": [{"id": "main", "state": "bound"}]})
    assert [(each.path, each.ours, each.clause) for each in found] == [("subscriptions.main", None, "adgang.9")]


def test_the_earliest_difference_comes_first() -> None:
    lines = [{**line, "amount": "1.00"} for line in OURS["invoices"]]
    assert [each.date for each in differences(OURS, {"invoices": lines})] == ["2020-01-15", "2020-02-14", "2020-04-15"]


def test_the_smallest_timeline_is_saved_and_fails_no_more_without_its_events(tmp_path: Path) -> None:
    def forgets_upgrades(request: dict[str, Any]) -> dict[str, Any]:
        timeline = [event for event in request["timeline"] if event["event"] != "change_package"]
        return {"invoices": engine.replay(request | {"timeline": timeline})["invoices"]}

    found = differences(STORY, forgets_upgrades, save=tmp_path / "smallest.yaml")
    saved = subsim.load(tmp_path / "smallest.yaml")
    assert found[0].clause == "priser.3"
    assert [event.name for event in saved.facts.timeline] == ["sign_up", "change_package"]
    assert [result.ok for result in subsim.check(saved)] == [True]
    assert differences(saved, forgets_upgrades)[0].clause == "priser.3"


def test_the_file_saved_of_an_outcome_holds_its_own_timeline(tmp_path: Path) -> None:
    differences(STORY, ended("2020-05-15"), save=tmp_path / "kept.yaml")
    assert subsim.load(tmp_path / "kept.yaml").facts == STORY.facts


def test_nothing_is_saved_where_nothing_differs(tmp_path: Path) -> None:
    assert differences(STORY, OURS, save=tmp_path / "none.yaml") == []
    assert list(tmp_path.iterdir()) == []


def test_odd_names_are_written_so_that_they_are_read_again(tmp_path: Path) -> None:
    odd = subsim.loads(
        'scenario: "A box: new, #1 [used]"\nprices: {basis: 149.00}\n'
        "timeline:\n  - {date: 2020-01-15, event: sign_up, package: basis}\n"
        '  - {date: 2020-01-15, event: lend_equipment, item: "box: {new}, \\"A\\" #1", value: 500.00}\n'
    )
    differences(odd, ended("2020-01-15"), save=tmp_path / "odd.yaml")
    saved = subsim.load(tmp_path / "odd.yaml")
    assert (saved.sentence, saved.facts) == (odd.sentence, odd.facts)


@pytest.mark.parametrize(
    ("theirs", "message"),
    [
        ([], r'the outcome is a list, expected a mapping such as {"totals": {"charged": "447.00"}}'),
        ({}, "the outcome has nothing to compare"),
        ({"invoces": []}, "no key is called 'invoces'; did you mean 'invoices'?"),
        ({"invoices": {}}, "invoices is a mapping, expected a list"),
        ({"invoices": [{"amout": 1}]}, "did you mean 'amount'?"),
        ({"invoices": [{"amount": 1.005}]}, "invoices[0].amount is 1.005, expected kroner with at most two decimals"),
        ({"invoices": [{"amount": float("nan")}]}, "invoices[0].amount is nan"),
        ({"invoices": [{"date": "15-01-2020"}]}, "invoices[0].date is '15-01-2020', expected a date"),
        ({"subscriptions": [{"suspended": "no"}]}, "subscriptions[0].suspended is 'no', expected true or false"),
        ({"subscriptions": [{"state": 1}]}, "subscriptions[0].state is 1, expected text"),
        ({"totals": {"charged": True}}, "totals.charged is True, expected kroner"),
    ],
    ids=str,
)
def test_what_is_no_outcome_is_told_with_its_place(theirs: Any, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        differences(OURS, theirs)
    assert message in str(caught.value)


def test_a_system_can_be_asked_only_about_a_scenario() -> None:
    with pytest.raises(TypeError, match="give the scenario"):
        differences(evolve(subsim.replay(STORY)), lambda request: {})


@settings(max_examples=15)
@given(scenarios())
def test_the_engine_asked_as_a_system_agrees_with_itself(scenario: Scenario) -> None:
    assert differences(scenario, engine.replay) == []
