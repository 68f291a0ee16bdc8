"""Lines of NDJSON: what they are read as, beside the reader of scenario files, and why a record is rejected."""

import json
from typing import Any

import attrs
import pytest
import yaml

from subsim.files.scenario import loads
from subsim.membership.events import Amount, PackageName
from subsim.portfolio.generate import Block, header, members
from subsim.portfolio.members import MemberRecord, Reader, Rejected
from subsim.portfolio.records import TOO_LONG
from tests.support.portfolios import told_of

PRICES = {PackageName("basis"): Amount(149_00), PackageName("family"): Amount(299_00)}
SIGN_UP = {"date": "2020-01-15", "event": "sign_up", "package": "basis"}
NOTICE = {"date": "2020-03-01", "event": "give_notice"}


def record(*timeline: Any, **member: Any) -> MemberRecord:
    return Reader(PRICES).record(json.dumps({"member": member, "timeline": timeline}).encode())


def reason(*timeline: Any, **member: Any) -> str:
    with pytest.raises(Rejected) as rejected:
        record(*timeline, **member)
    return rejected.value.reason


def is_read_quickly(record: MemberRecord) -> bool:
    return not attrs.has(type(record))


def test_generated_lines_are_read_as_the_same_timelines_in_scenario_files_are() -> None:
    shared = {key: value for key, value in yaml.safe_load(header(3)).items() if key == "prices"}
    prices = {PackageName(name): Amount(int(price * 100)) for name, price in shared["prices"].items()}
    for line in members(Block(0, 60), seed=3, years=3).splitlines():
        scenario = loads(json.dumps({"scenario": "One of many", "until": "2022-12-31"} | shared | json.loads(line)))
        found = Reader(prices).record(line)
        assert told_of(found.member, found.timeline) == told_of(scenario.facts.person, scenario.facts.timeline)
        assert is_read_quickly(found)


@pytest.mark.parametrize(
    "event",
    [
        {"event": "buy", "item": "film", "amount": "49.00", "access_days": 30},
        {"event": "buy", "item": 7, "amount": 49},
        {"event": "pay", "amount": 49.5},
        {"event": "give_notice", "wanted_end": "2020-09-01"},
        {"event": "terminate", "reason": "none", "settlement": "refund"},
        {"event": "announce_price_change", "prices": {"basis": 155.5}, "effective": "2020-09-01", "via": ["website"]},
        {"event": "announce_service_change", "packages": ["basis"], "effective": "2020-09-01"},
        {"event": "complain", "subscription": None},
        {"event": "activate", "filter_changed": True},
        {"event": "payment_method_renewed", "card_expires": "2022-05"},
        {"event": "log_in", "date": "2020-03-01T23:30:00Z"},
    ],
)
def test_an_event_is_read_as_in_a_scenario_file(event: dict[str, Any]) -> None:
    timeline = [SIGN_UP, {"date": "2020-03-01"} | event]
    prices = {"basis": "149.00", "family": "299.00"}
    scenario = loads(json.dumps({"scenario": "One event", "prices": prices, "timeline": timeline}))
    found = record(*timeline)
    assert told_of(found.member, found.timeline) == told_of(scenario.facts.person, scenario.facts.timeline)


@pytest.mark.parametrize(
    "event",
    [
        {"event": "terminate", "reason": "overdue"},
        {"event": "give_notice", "ground": "ordinary", "wanted_end": "2020-09-01"},
        {"event": "buy", "item": "film", "amount": 49.5},
        {"event": "sign_up", "package": "basis", "card_expires": "2022-05"},
        {"event": "sign_up", "package": "basis", "channel": "phone", "solicited": False},
        {"event": "sign_up", "package": "basis", "trial_days": 14, "trial_price_told": False},
    ],
)
def test_an_event_is_read_quickly_where_nothing_of_it_is_in_doubt(event: dict[str, Any]) -> None:
    assert is_read_quickly(record(SIGN_UP, {"date": "2020-03-01"} | event, id="M1", born="1980-04-01"))


@pytest.mark.parametrize(
    "event",
    [
        {"event": "terminate", "reason": "none", "settlement": "access"},
        {"event": "give_notice", "wanted_end": "2020-09-01"},
        {"event": "log_in", "date": "2020-03-01T23:30:00Z"},
        {"event": "announce_terms_change", "effective": "2020-09-01"},
        {"event": "sign_up", "package": "basis", "channel": "phone", "solicited": True},
        {"event": "sign_up", "package": "basis", "trial_days": 14, "trial_price_told": True},
    ],
)
def test_an_event_of_which_something_is_in_doubt_is_read_thoroughly(event: dict[str, Any]) -> None:
    assert not is_read_quickly(record(SIGN_UP, {"date": "2020-03-01"} | event))


@pytest.mark.parametrize("fact", ["solicited", "trial_price_told"])
def test_a_fact_of_a_sign_up_that_does_not_fit_it_is_rejected(fact: str) -> None:
    assert f"{fact} goes with" in reason(SIGN_UP | {fact: False})


def test_two_subscriptions_are_told_apart_by_their_ids() -> None:
    second = SIGN_UP | {"subscription": "second", "package": "family"}
    found = record(SIGN_UP | {"subscription": "main"}, second, NOTICE | {"subscription": "second"})
    assert [event.subscription for event in found.timeline] == ["main", "second", "second"]  # type: ignore[attr-defined]
    assert is_read_quickly(found)


def test_an_event_that_names_what_nobody_has_signed_up_is_rejected() -> None:
    assert "no sign_up of the timeline names the subscription 'other'" in reason(
        SIGN_UP | {"subscription": "first"}, NOTICE | {"subscription": "other"}
    )


def test_an_event_of_a_record_without_a_sign_up_is_rejected() -> None:
    assert "the timeline has no sign_up, which give_notice needs before it" in reason(
        NOTICE | {"subscription": "other"}
    )


def test_an_event_that_names_neither_of_two_subscriptions_is_rejected() -> None:
    second = SIGN_UP | {"subscription": "second", "package": "family"}
    assert reason(SIGN_UP | {"subscription": "main"}, second, NOTICE) == (
        "event 3: which subscription is meant? the timeline has signed up main and second by then "
        "(add subscription: main or second)"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "not JSON: column 2: a key in double quotes is missing here"),
        (b"{\n", "not JSON: column 2: a key in double quotes is missing here"),
        (b'{"timeline": [1, 2', "not JSON: column 19: a comma or the closing bracket is missing here"),
        (b'{"timeline": NaN}', "not JSON: NaN is no value of JSON"),
        (b"[]", "a record is a list of 0, expected a mapping (key: value)"),
        (b"\xff", "the line has the byte 0xff, expected UTF-8 text"),
        (b'{"timeline": []} []', "not JSON: column 18: something follows the end"),
        (b'{"member": {}}', "a record lacks the field 'timeline' (add timeline: a list)"),
        (b'{"timeline": [], "name": 1}', "a record has no field 'name' (its fields are member and timeline)"),
        (
            b'{"timeline": [], "id": 1}',
            'the id of a member stands under member: write {"member": {"id": "1"}, "timeline": …}',
        ),
        (b'{"timeline": ' + b"[" * 5000 + b"]" * 5000 + b"}", "not JSON: more than 20 levels of nesting"),
        (b'{"timeline": ' + b"[" * 30 + b"]" * 30 + b"}", "more than 20 levels of nesting"),
    ],
)
def test_a_line_that_is_no_record_is_rejected(line: bytes, said: str) -> None:
    with pytest.raises(Rejected) as rejected:
        Reader(PRICES).record(line)
    assert rejected.value.reason.startswith(said)


def test_a_line_that_is_too_long_is_rejected() -> None:
    with pytest.raises(Rejected, match="the line is longer than 10,000,000 bytes"):
        Reader(PRICES).record(TOO_LONG)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (NOTICE | {"event": "give_notise"}, "no event is called 'give_notise' (did you mean 'give_notice'?)"),
        (NOTICE | {"reason": "x"}, "give_notice has no field 'reason'"),
        (NOTICE | {"date": "2020-02-30"}, "date is '2020-02-30': no such day in the calendar"),
        (NOTICE | {"date": 20200301}, "date is '20200301': not a date of the form YYYY-MM-DD"),
        (NOTICE | {"date": "2020-01-14"}, "2020-01-14 stands after 2020-01-15, expected the order of the dates"),
        (NOTICE | {"subscription": "other"}, "no sign_up of the timeline names the subscription 'other'"),
        ({"date": "2020-03-01", "event": "pay", "amount": "1.234"}, "amount is '1.234': an amount has at most two"),
        ({"date": "2020-03-01", "event": "pay", "amount": 1.234}, "amount is '1.234': an amount has at most two"),
        ({"date": "2020-03-01", "event": "pay", "amount": -1}, "amount is '-1': an amount is 0.00 or more"),
        ({"date": "2020-03-01", "event": "pay", "amount": None}, "amount is 'null', expected an amount of kroner"),
        ({"date": "2020-03-01", "event": "pay"}, "pay lacks the field 'amount'"),
        ({"date": "2020-03-01", "event": "change_package", "to": "gold"}, "the price list has no package 'gold'"),
        (
            {"date": "2020-03-01", "event": "announce_terms_change", "effective": "2020-02-01"},
            "effective is 2020-02-01, expected 2020-03-01 (the announcement) or later",
        ),
        ({"date": "2020-03-01", "event": "activate", "filter_changed": "true"}, "filter_changed is the text 'true'"),
        ({"date": "2020-03-01", "event": "buy", "item": "x", "amount": "1", "access_days": "3"}, "access_days is the"),
    ],
)
def test_a_faulty_event_is_named_by_its_number(event: dict[str, Any], said: str) -> None:
    assert reason(SIGN_UP, event).startswith(f"event 2: {said}")


def test_all_faults_of_a_record_are_told() -> None:
    assert reason(SIGN_UP | {"package": "gold"}, NOTICE | {"date": "x"}, resident="Denmark") == (
        "resident is 'Denmark': not two capital letters (expected a country of two capital letters such as DK); "
        "event 1: the price list has no package 'gold' (expected basis or family); "
        "event 2: date is 'x': not a date of the form YYYY-MM-DD (expected a date such as 2020-04-15, a timestamp such "
        "as 2020-04-15T09:30:00+02:00, or a range such as 2020-03-01..2020-03-20)"
    )
