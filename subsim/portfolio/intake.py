"""The records of a portfolio as candidates for a member base."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from subsim.answers.question import case_of
from subsim.base.intake import Candidate
from subsim.basics.faults import START, Faults, InputErrors
from subsim.basics.notation import ore
from subsim.basics.texts import Message
from subsim.files.json_nodes import json_tree
from subsim.files.key_values import KeyValues, event_values, field_values
from subsim.files.policy import load_policy
from subsim.files.scenario import scenario_of
from subsim.membership.events import Amount, PackageName, SignUp
from subsim.membership.facts import Person
from subsim.portfolio.members import Reader, Rejected

Refuse = Callable[[str, int, str | None, Message], None]


def candidates(records: Iterator[bytes], file: str, header: KeyValues, refuse: Refuse) -> Iterator[Candidate]:
    """The members of these records under a header; a bad record is refused by its number, which is its line."""
    prices = {PackageName(name): Amount(ore(price)) for name, price in header.get("prices", {}).items()}
    policy = load_policy(header["retention"]["policy"], None) if "retention" in header else None
    reader = Reader(prices, policy, assume=None)
    for line, record in enumerate(records, start=1):
        id = None
        try:
            doubts = reader.checked(record).doubts
            value = json.loads(record, parse_float=str, parse_int=str)
            person = field_values(Person, value.get("member") or {})
            id = person.get("id")
            if id is None:
                raise Rejected(Message("the record names no member: member.id is missing"))
            events = [event_values(event) for event in value["timeline"]]
            if not doubts:
                _check_replay(id, events, header)
        except Rejected as rejected:
            refuse(file, line, id if id is not None else _id_of(record), rejected.message)
            continue
        yield Candidate(file=file, line=line, id=id, keys={"member": person}, events=events)


def _check_replay(id: str, events: list[KeyValues], header: KeyValues) -> None:
    """Refuse a second sign-up under a live id, which only the replay finds; other records need no replay."""
    ids = Counter(event.get("subscription", "main") for event in events if event["event"] == SignUp.name)
    if not ids or max(ids.values()) == 1:
        return
    document = {**header, "scenario": id, "until": events[-1]["date"], "timeline": events}
    faults = Faults("", "")
    try:
        scenario = scenario_of(json_tree(document, faults, lambda _: START), faults)
        case_of(scenario).play(scenario.facts.timeline[-1].date)
    except InputErrors as errors:
        raise Rejected(errors.errors[0].text) from None


def _id_of(record: bytes) -> str | None:
    """The id in a record of any shape."""
    try:
        value: Any = json.loads(record)
        id = value["member"]["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return str(id) if isinstance(id, str | int) else None
