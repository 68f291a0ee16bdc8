"""A key that stands twice in a record rejects it, wherever it stands; no other record is rejected for it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from subsim.membership.events import Amount, PackageName
from subsim.portfolio.keys import has_each_key_once, has_unique_keys, keys_twice
from subsim.portfolio.members import Reader, Rejected
from tests.support.portfolios import BASIS, PRICES, UNTIL, event, on_members

SIGN_UP = '{"date": "2020-01-15", "event": "sign_up", "package": "basis"}'
READER = Reader({PackageName("basis"): Amount(149_00)})


def reason(line: str) -> str | None:
    """Why a line is rejected, in which SIGN_UP stands for a sign-up; None where it is not."""
    try:
        READER.checked(line.replace("SIGN_UP", SIGN_UP).encode())
    except Rejected as rejected:
        return rejected.reason
    return None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"timeline": [], "timeline": [SIGN_UP]}', "'timeline' is given twice (keep one of the two)"),
        ('{"member": {"id": "a", "id": "b"}, "timeline": [SIGN_UP]}', "'id' is given twice (keep one of the two)"),
        (
            '{"timeline": [SIGN_UP, {"date": "2020-02-01", "date": "2020-03-01", "event": "give_notice"}]}',
            "event 2: 'date' is given twice (keep one of the two)",
        ),
        (
            '{"timeline": [SIGN_UP, {"date": "2020-02-01", "event": "activate",'
            ' "filter_changed": false, "filter_changed": false}]}',
            "event 2: 'filter_changed' is given twice (keep one of the two)",
        ),
        (
            '{"timeline": [{"date": "2020-01-01", "event": "announce_price_change", "effective": "2020-03-01",'
            ' "prices": {"basis": 1, "basis": 2}}, SIGN_UP]}',
            "event 1: 'basis' is given twice (keep one of the two)",
        ),
        (
            '{"timeline": [{"date": "2020-01-15", "d\\u0061te": "2020-01-15",'
            ' "event": "sign_up", "package": "basis"}]}',
            "event 1: 'date' is given twice (keep one of the two)",
        ),
    ],
)
def test_a_key_that_stands_twice_rejects_the_record(line: str, said: str) -> None:
    assert reason(line) == said


@pytest.mark.parametrize(
    "line",
    [
        '{"timeline": [SIGN_UP]}',
        '{"member": {"id": "a:b"}, "timeline": [SIGN_UP]}',
        '{"timeline": [SIGN_UP, {"date": "2020-02-01T10:00:00+01:00", "event": "log_in"}]}',
        '{"timeline": [{"date": "2020-01-01", "event": "announce_price_change", "effective": "2020-03-01",'
        ' "prices": {"basis": 1}}, SIGN_UP]}',
    ],
)
def test_a_record_whose_keys_stand_once_is_read(line: str) -> None:
    assert reason(line) is None


_VALUES = some.recursive(
    some.none() | some.booleans() | some.integers(0, 9) | some.sampled_from(["a", ":", '":', "a:b"]),
    lambda inner: some.lists(inner, max_size=2) | some.lists(some.tuples(some.sampled_from("abc"), inner), max_size=3),
    max_leaves=6,
)


def written(value: object) -> str:
    """A value as JSON; a list of pairs is an object, in which a key may stand twice."""
    if isinstance(value, list) and value and all(isinstance(each, tuple) for each in value):
        return "{" + ",".join(f"{json.dumps(key)}:{written(each)}" for key, each in value) + "}"
    return "[" + ",".join(map(written, value)) + "]" if isinstance(value, list) else json.dumps(value)


@given(some.lists(some.lists(some.tuples(some.sampled_from("abc"), _VALUES), min_size=1, max_size=3), max_size=3))
def test_no_line_is_sure_of_its_keys_in_which_one_stands_twice(events: list[object]) -> None:
    line = f'{{"timeline":[{",".join(map(written, events))}]}}'.encode()
    assert not (has_unique_keys(line) and list(keys_twice(line)))


_PAIRS = [
    *(("date", f'"{day}"') for day in ("2020-01-15", "2020-01-16")),
    *(("event", f'"{name}"') for name in ("sign_up", "activate", "give_notice")),
    *(("package", '"basis"'), ("channel", '"online"'), ("channel", '"shop"'), ("payment", '"card"')),
    *(("subscription", f'"{name}"') for name in ("main", "a:b", "::")),
]
"""Keys with values, most of which an event of its own may have."""


@given(some.lists(some.sampled_from(_PAIRS), min_size=1, max_size=6), some.lists(some.sampled_from(["a", "b:c"])))
def test_no_record_with_a_key_twice_is_read(pairs: list[tuple[str, str]], ids: list[str]) -> None:
    event = ",".join(f'"{key}":{value}' for key, value in pairs)
    member = ",".join(f'"id":"{id}"' for id in ids)
    line = f'{{"member":{{{member}}},"timeline":[SIGN_UP,{{{event}}}]}}'
    if list(keys_twice(line.replace("SIGN_UP", SIGN_UP).encode())):
        assert reason(line) is not None


def sure_of(line: str) -> bool:
    """Whether the record that is read from a line makes sure that each key is there once."""
    return has_each_key_once(line.encode(), READER.record(line.encode()))


def test_an_id_with_a_colon_leaves_no_doubt() -> None:
    assert sure_of(f'{{"member": {{"id": "a:b"}}, "timeline": [{SIGN_UP}]}}')


def test_an_id_given_twice_leaves_a_doubt() -> None:
    assert not sure_of(f'{{"member": {{"id": "a:b", "id": "a:b"}}, "timeline": [{SIGN_UP}]}}')


def test_a_backslash_that_may_stand_for_a_colon_leaves_a_doubt() -> None:
    assert not sure_of(f'{{"member": {{"id": "x", "id": "a\\u003ab"}}, "timeline": [{SIGN_UP}]}}')


@pytest.mark.parametrize(
    "event",
    [
        {"event": "sign_up", "package": "basis", "channel": "online", "payment": "card", "card_expires": "2022-05"},
        {"event": "sign_up", "package": "basis", "billing": "monthly", "trial_days": 14, "confirmation": "same-day"},
        {"event": "buy", "item": "film", "amount": 49.5, "access_days": 30},
        {"event": "give_notice", "ground": "ordinary", "wanted_end": "2020-09-01"},
        {"event": "give_notice", "subscription": "main"},
        {"event": "change_package", "to": "basis"},
        {"event": "credit_adjusted", "amount": "49.00", "note": "two days: no television"},
        {"event": "lend_equipment", "item": "box", "value": 500},
        {"event": "move", "resident": "SE"},
        {"event": "complain", "about": "bill"},
    ],
)
def test_what_is_given_of_an_event_counts_as_given(event: dict[str, object]) -> None:
    born = {"id": "M1", "born": "1980-04-01"}
    assert sure_of(json.dumps({"member": born, "timeline": [json.loads(SIGN_UP), {"date": "2020-03-01"} | event]}))


def test_a_run_goes_on_after_a_record_with_a_key_twice(tmp_path: Path) -> None:
    (tmp_path / "header.yaml").write_text(PRICES + UNTIL)
    plain = json.dumps({"timeline": [event(BASIS)]})
    twice = plain.replace('"package": "basis"', '"package": "family", "package": "basis"')
    (tmp_path / "members.ndjson").write_text(f"{twice}\n{plain}\n")
    found = on_members(tmp_path, "run")
    assert (found.exit_code, [row["line"] for row in found.rows("outcomes")]) == (1, [2])
    assert found.rows("rejected") == [{"line": 1, "reason": "event 1: 'package' is given twice (keep one of the two)"}]
