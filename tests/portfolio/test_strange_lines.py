"""Lines written strangely: what is read quickly is what the reader of scenario files reads, or is left to it."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from subsim.membership.events import Amount, PackageName
from subsim.portfolio.generate import Block, members
from subsim.portfolio.members import MemberRecord, Reader, Rejected, read_thoroughly
from tests.support.portfolios import told_of

PRICES = {PackageName("basis"): Amount(149_00), PackageName("sport"): Amount(229_00), PackageName("family"): Amount(1)}
_Pairs = list[tuple[str, str]]
"""A mapping as JSON may have it: keys, maybe one twice, with the JSON of their values."""

_DAYS = """
    2020-06-01 2020-02-30 20200601 2020-W23-1 2020-6-1 2020-06-01T10:00:00 2020-06-01T23:30:00Z 2020-06-01Z 2020-153
    1899-12-31 1900-01-01 2199-12-31 2200-01-01 0001-01-01 9999-12-31 ２020-06-01 2020-06-0١ -020-06-01 +2020-06-01
    2022-05 2022-13 2022-00 1899-05 1900-01 2199-12 2200-01 ２022-05
"""
_WORDS = """
    49 49.5 49.500 -1 1e2 007 +1 1_000 ٤٩ 999999999.99 1000000000 true null NaN
    basis Basis gold main second film DK dk ÆØ DKK card Card invoice ordinary price_change none overdue access refund
    sign_up terminate give_notice log_in pay
"""
_NUMBERS = """
    -1 -0 0 7 3660 3661 1e2 1E2 1.0 49.5 49.50 49.500 -0.0 1e400 999999999.99 999999999 1000000000 12345678901234567890
"""
_SPACED = ["", " ", "a  b", " basis", "basis ", " 2020-06-01", "2020-06-01 ", "film\n", "a\x07b", "a\u2028b", "\xa0"]
_OTHERS = [
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[1.5]",
    '["basis"]',
    '{"basis": 1}',
    "00",
    "1.",
    "NaN",
    '"\\ud800"',
    '"m\\u0061in"',
]
STRANGE = [*map(json.dumps, [*_DAYS.split(), *_WORDS.split(), *_SPACED]), *_NUMBERS.split(), *_OTHERS]
"""The JSON of values that may stand anywhere."""
_KEYS = """
    date event subscription package to amount value item ground wanted_end reason settlement card_expires trial_days
    access_days filter_changed agreed resident born id use written_agreement effective name timeline member
"""
_MORE_EVENTS: list[dict[str, Any]] = [
    {"event": "buy", "item": "film", "amount": 49.5, "access_days": 30},
    {"event": "pay", "amount": "49.00"},
    {"event": "give_notice", "ground": "ordinary", "wanted_end": "2022-12-01"},
    {"event": "give_notice", "ground": "price_change", "wanted_end": "2022-12-01"},
    {"event": "terminate", "reason": "none"},
    {"event": "terminate", "reason": "overdue", "settlement": "access"},
    {"event": "complain", "subscription": None},
    {"event": "move", "resident": "SE"},
    {"event": "lend_equipment", "item": "box", "value": 500},
    {"event": "payment_method_renewed", "card_expires": "2022-05"},
    {"event": "sign_up", "package": "basis", "subscription": "second", "trial_days": 14},
    {"event": "announce_terms_change", "effective": "2023-01-01"},
]


def test_a_strange_line_is_read_quickly_as_it_is_thoroughly_or_not_at_all() -> None:
    read, quickly = Reader(PRICES).checked, 0
    for line in strange_lines(1500):
        assert told(read, line) == told(lambda line: read_thoroughly(line, PRICES), line), line
        quickly += is_read_quickly(read, line)
    assert 300 < quickly < 750  # else the lines are not strange enough, or too strange


def told(read: Callable[[bytes], MemberRecord], line: bytes) -> object:
    """Every field of what is read, or why it is rejected."""
    try:
        record = read(line)
    except Rejected as fault:
        return fault.reason
    return told_of(record.member, record.timeline)


def is_read_quickly(read: Callable[[bytes], MemberRecord], line: bytes) -> bool:
    try:
        return not attrs.has(type(read(line)))
    except Rejected:
        return False


def strange_lines(number: int) -> Iterator[bytes]:
    """Made-up members, each with a few changes."""
    rng = random.Random(number)
    plain = [json.loads(line) for line in members(Block(0, 60), seed=5, years=3).splitlines()]
    for _ in range(number):
        told = rng.choice(plain)
        member, events = pairs(told["member"]), list(map(pairs, told["timeline"]))
        for _ in range(rng.randrange(1, 4)):
            change(rng, member, events)
        record = [("member", written(member)), ("timeline", f"[{', '.join(map(written, events))}]")]
        if rng.random() < 0.05:
            change_one(rng, record)
        yield written(record).encode()


def pairs(mapping: dict[str, Any]) -> _Pairs:
    return [(key, json.dumps(value)) for key, value in mapping.items()]


def written(mapping: _Pairs) -> str:
    return "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in mapping) + "}"


def change(rng: random.Random, member: _Pairs, events: list[_Pairs]) -> None:
    """Change the member or an event; or an event more, one twice or elsewhere, or one less."""
    place = rng.randrange(len(events))
    date = dict(events[place]).get("date", "null")
    match rng.randrange(8):
        case 0:
            change_one(rng, member)
        case 1 | 2:
            events.insert(place + 1, [("date", date), *pairs(rng.choice(_MORE_EVENTS))])
        case 3:
            events.insert(rng.randrange(len(events)), events[place])
        case 4 if len(events) > 1:
            events.pop(place)
        case _:
            events[place] = list(events[place])
            change_one(rng, events[place])


def change_one(rng: random.Random, mapping: _Pairs) -> None:
    """Another value of a key, a key more, one twice, or one less."""
    place = rng.randrange(len(mapping))
    key, value = mapping[place]
    match rng.randrange(6):
        case 0:
            mapping.insert(place, (rng.choice(_KEYS.split()), rng.choice(STRANGE)))
        case 1:
            mapping.insert(place, (key, rng.choice([value, rng.choice(STRANGE)])))
        case 2 if len(mapping) > 1:
            mapping.pop(place)
        case _:
            mapping[place] = key, rng.choice(STRANGE)
