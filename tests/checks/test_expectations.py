from typing import Any

import pytest

from subsim.basics.dates import Day
from subsim.checks.expectations import Mismatch, ask_mismatches, mismatches
from subsim.files.expectation import Ask, Expectation
from subsim.files.scenario import loads
from subsim.membership.facts import FaultInFacts
from tests.support.faulty import with_timeline

MAIN = {
    "id": "main",
    "state": "ended",
    "suspended": False,
    "package": "basis",
    "registered_on": "2020-01-15",
    "binding_ends": "2020-07-15",
    "ends_on": None,
    "ended_on": "2020-07-15",
    "end_reason": "ordinary",
    "states": [{"from": "2020-01-15", "state": "bound"}, {"from": "2020-04-15", "state": "ending"}],
}
TV = {**MAIN, "id": "tv", "state": "free", "ended_on": None, "end_reason": None}
LINE = {
    "date": "2020-01-15",
    "due": "2020-01-15",
    "kind": "period",
    "subscription": "main",
    "package": "basis",
    "from": "2020-01-15",
    "to": "2020-04-15",
    "amount": "447.00",
    "paid_on": "2020-01-15",
    "interest": "0.00",
    "clause": "betaling.2",
}
SECOND = {**LINE, "date": "2020-04-15"}
REFUSED = {
    "date": "2020-02-01",
    "event": "withdraw",
    "subscription": "main",
    "clause": "fortrydelse.1",
    "reason": "too late",
}
RECEIPT = {"date": "2020-01-15", "duty": "receipt", "clause": "fornyelse.3"}


def decision(event: str, clause: str, subscription: str | None = "main", verdict: str = "accepted") -> dict[str, Any]:
    return {"event": event, "clause": clause, "subscription": subscription, "verdict": verdict}


def outcome(**parts: Any) -> dict[str, Any]:
    """What came of Anna's subscription, with these parts otherwise."""
    return {
        "subscriptions": [MAIN],
        "invoices": [LINE, SECOND],
        "refused": [REFUSED],
        "duties": [RECEIPT, {**RECEIPT, "date": "2020-04-15"}],
        "totals": {"charged": "894.00", "paid": "894.00", "refunded": "0.00", "owed": "0.00", "interest": "1.25"},
        "decisions": [
            decision("sign_up", "adgang.1"),
            decision("give_notice", "betaling.5"),
            decision("withdraw", "fortrydelse.1", verdict="refused"),
            decision("end_takes_effect", "opsigelse.2d", verdict="took_effect"),
        ],
        **parts,
    }


def expect(text: str) -> Expectation:
    """An expectation as a file writes it, in a story with the subscriptions main and tv."""
    tv = "date: 2020-02-01, event: sign_up, subscription: tv, package: basis"
    return loads(with_timeline(tv, rest=f"expect: {{{text}}}")).expect


def found(text: str, **parts: Any) -> list[tuple[str, Any, Any, str | None]]:
    return [(each.path, each.expected, each.found, each.clause) for each in mismatches(expect(text), outcome(**parts))]


# What is given must match, the rest may be anything


def test_nothing_expected_is_nothing_missed() -> None:
    assert found("") == []


def test_all_that_is_expected_may_hold() -> None:
    text = """
        state: ended, suspended: false, ended_on: 2020-07-15, end_reason: ordinary, ends_on: null,
        binding_ends: 2020-07-15, package: basis, states: [[2020-01-15, bound], [2020-04-15, ending]],
        invoices: [{date: 2020-01-15, kind: period, amount: 447}, {date: 2020-04-15, kind: period, amount: 447.0}],
        totals: {owed: 0, interest: 1.25}, refused: [{date: 2020-02-01, event: withdraw}],
        duties: [{date: 2020-04-15, duty: receipt, clause: fornyelse.3}]"""
    assert found(text) == []


# The state of a subscription


def test_a_mismatch_names_the_path_both_values_and_the_clause_to_look_at() -> None:
    assert mismatches(expect("ended_on: 2020-05-15"), outcome()) == [
        Mismatch(path="ended_on", expected="2020-05-15", found="2020-07-15", clause="opsigelse.2d")
    ]


def test_the_end_of_the_binding_is_a_matter_of_betaling_5() -> None:
    assert found("binding_ends: 2020-08-15") == [("binding_ends", "2020-08-15", "2020-07-15", "betaling.5")]


def test_a_package_that_never_changed_was_set_by_no_decision() -> None:
    assert found("package: family") == [("package", "family", "basis", None)]


def test_a_refused_decision_set_nothing() -> None:
    decisions = [
        decision("change_package", "priser.3"),
        decision("change_package", "opsigelse.3", verdict="refused"),
        decision("change_package", "priser.2", subscription="tv"),
    ]
    assert found("package: family", decisions=decisions) == [("package", "family", "basis", "priser.3")]


def test_null_is_expected_like_any_other_value() -> None:
    assert found("ended_on: ~, ends_on: ~") == [("ended_on", None, "2020-07-15", "opsigelse.2d")]


def test_the_whole_history_of_states_must_match() -> None:
    assert found("states: [[2020-01-15, bound]]") == [
        (
            "states",
            [["2020-01-15", "bound"]],
            [["2020-01-15", "bound"], ["2020-04-15", "ending"]],
            "opsigelse.2d",
        )
    ]


def test_without_an_accepted_subscription_every_key_is_null() -> None:
    text = "state: ~, suspended: ~, ended_on: ~, end_reason: ~, ends_on: ~, binding_ends: ~, package: ~, states: ~"
    assert found(text, subscriptions=[]) == []


def test_without_an_accepted_subscription_the_clause_is_that_of_its_refusal() -> None:
    decisions = [decision("sign_up", "adgang.9", verdict="refused")]
    assert found("state: bound", subscriptions=[], decisions=decisions) == [("state", "bound", None, "adgang.9")]


def test_no_states_may_be_expected_as_an_empty_list() -> None:
    assert found("states: []", subscriptions=[]) == []


def test_an_id_signed_up_twice_is_one_and_its_latest_subscription_counts() -> None:
    again = {**MAIN, "state": "bound", "ended_on": None}
    assert found("state: bound, subscriptions: {main: {ended_on: null}}", subscriptions=[MAIN, again]) == []


def test_of_several_subscriptions_it_must_be_said_which_is_meant() -> None:
    with pytest.raises(FaultInFacts) as caught:
        found("state: ended", subscriptions=[MAIN, TV])
    assert str(caught.value.text) == "which subscription is expected to be so? the timeline has signed up main and tv"
    assert str(caught.value.advice) == "write it under subscriptions: {main: {…}}"


def test_several_subscriptions_are_compared_by_their_ids() -> None:
    text = "subscriptions: {main: {state: ended}, tv: {state: bound}}"
    decisions = [decision("binding_ends", "betaling.5", subscription="tv", verdict="took_effect")]
    assert found(text, subscriptions=[MAIN, TV], decisions=decisions) == [
        ("subscriptions.tv.state", "bound", "free", "betaling.5")
    ]


def test_a_subscription_that_was_refused_is_null() -> None:
    decisions = [decision("sign_up", "adgang.1"), decision("sign_up", "tv.1", subscription="tv", verdict="refused")]
    assert found("subscriptions: {tv: {state: ~, package: basis}}", decisions=decisions) == [
        ("subscriptions.tv.package", "basis", None, "tv.1")
    ]


# Lists


def test_a_line_is_compared_by_the_given_keys() -> None:
    text = """invoices: [{date: 2020-01-15, kind: period, amount: 1, to: 2020-04-15},
        {date: 2020-04-15, kind: upgrade, amount: 447}]"""
    assert found(text) == [
        ("invoices[0].amount", "1.00", "447.00", "betaling.2"),
        ("invoices[1].kind", "upgrade", "period", "betaling.2"),
    ]


def test_a_line_that_did_not_come_is_found_null() -> None:
    assert found("invoices: [{date: 2020-01-15, kind: period, amount: 447}]", invoices=[]) == [
        ("invoices[0]", {"date": "2020-01-15", "kind": "period", "amount": "447.00"}, None, None)
    ]


def test_a_line_too_many_was_expected_null() -> None:
    assert found("invoices: [{date: 2020-01-15, kind: period, amount: 447}]") == [
        ("invoices[1]", None, {"date": "2020-04-15", "kind": "period", "amount": "447.00"}, "betaling.2")
    ]


def test_no_refusals_may_be_expected() -> None:
    assert found("refused: []") == [
        ("refused[0]", None, {"date": "2020-02-01", "event": "withdraw", "clause": "fortrydelse.1"}, "fortrydelse.1")
    ]


def test_a_refusal_may_be_expected_under_another_clause() -> None:
    assert found("refused: [{date: 2020-02-01, event: withdraw, clause: fortrydelse.2}]") == [
        ("refused[0].clause", "fortrydelse.2", "fortrydelse.1", "fortrydelse.1")
    ]


def test_a_duty_must_be_among_those_found() -> None:
    duty = {"date": "2020-01-16", "duty": "receipt", "clause": "fornyelse.3"}
    assert found("duties: [{date: 2020-01-16, duty: receipt, clause: fornyelse.3}]", duties=[RECEIPT]) == [
        ("duties[0]", duty, [RECEIPT], "fornyelse.3")
    ]


def test_a_duty_of_which_there_is_none_is_found_null() -> None:
    duty = {"date": None, "duty": "refund", "clause": "fortrydelse.1"}
    assert found("duties: [{date: ~, duty: refund, clause: fortrydelse.1}]") == [
        ("duties[0]", duty, None, "fortrydelse.1")
    ]


def test_totals_are_compared_by_the_given_ones() -> None:
    assert found("totals: {owed: -1, interest: 0}") == [
        ("totals.owed", "-1.00", "0.00", None),
        ("totals.interest", "0.00", "1.25", "betaling.2"),
    ]


# Questions

ORDINARY = {
    "route": "ordinary",
    "open": True,
    "ends_on": "2020-07-15",
    "give_notice_by": None,
    "refund": "0.00",
    "still_to_pay": "447.00",
    "clauses": ["betaling.5", "opsigelse.1a", "opsigelse.2d"],
}
TRIAL = {
    "route": "trial",
    "open": False,
    "ends_on": None,
    "give_notice_by": None,
    "refund": None,
    "still_to_pay": None,
    "clauses": ["proevetilbud.2"],
}
ANSWER = {
    "date": "2020-04-20",
    "subscription": "main",
    "state": "bound",
    "can_cancel": True,
    "earliest_end": "2020-07-15",
    "route": "ordinary",
    "clauses": ["betaling.5", "opsigelse.1a", "opsigelse.2d"],
    "routes": [TRIAL, ORDINARY],
}


def ask(text: str) -> Ask:
    (question,) = loads(with_timeline(rest=f"ask: [{{date: 2020-04-20, {text}}}]")).asks
    return question


def missed(text: str, answer: dict[str, Any] = ANSWER, index: int = 0) -> list[tuple[str, Any, Any, str | None]]:
    return [(each.path, each.expected, each.found, each.clause) for each in ask_mismatches(ask(text), answer, index)]


def test_a_question_may_be_answered_as_expected() -> None:
    text = """can_cancel: true, earliest_end: 2020-07-15, route: ordinary, state: bound,
        clauses: [betaling.5, opsigelse.1a, opsigelse.2d],
        routes: {trial: closed, ordinary: {open: true, ends_on: 2020-07-15, give_notice_by: ~, still_to_pay: 447}}"""
    assert missed(text) == []


def test_a_question_without_an_expected_answer_misses_nothing() -> None:
    assert ask("").date == Day(2020, 4, 20)
    assert missed("") == []


def test_an_answer_otherwise_names_the_question_and_the_first_clause() -> None:
    assert missed("can_cancel: false, earliest_end: 2020-05-20", index=2) == [
        ("ask[2].can_cancel", False, True, "betaling.5"),
        ("ask[2].earliest_end", "2020-05-20", "2020-07-15", "betaling.5"),
    ]


def test_the_clauses_of_an_answer_are_compared_in_order() -> None:
    assert missed("clauses: [opsigelse.1a, betaling.5, opsigelse.2d]") == [
        (
            "ask[0].clauses",
            ["opsigelse.1a", "betaling.5", "opsigelse.2d"],
            ["betaling.5", "opsigelse.1a", "opsigelse.2d"],
            "betaling.5",
        )
    ]


def test_an_open_route_is_not_closed() -> None:
    assert missed("routes: {ordinary: closed}") == [
        ("ask[0].routes.ordinary", "closed", {"open": True, "ends_on": "2020-07-15"}, "betaling.5")
    ]


def test_a_closed_route_is_not_open_and_has_no_terms() -> None:
    assert missed("routes: {trial: {open: true, refund: 0}}") == [
        ("ask[0].routes.trial.open", True, False, "proevetilbud.2"),
        ("ask[0].routes.trial.refund", "0.00", None, "proevetilbud.2"),
    ]


def test_without_a_subscription_every_route_is_closed() -> None:
    nobody = {**ANSWER, "state": None, "can_cancel": False, "route": None, "clauses": [], "routes": []}
    assert missed("state: ~, can_cancel: false, route: ~, clauses: [], routes: {ordinary: closed}", nobody) == []
    assert missed("routes: {ordinary: {ends_on: 2020-07-15}}", nobody) == [
        ("ask[0].routes.ordinary.ends_on", "2020-07-15", None, None)
    ]
