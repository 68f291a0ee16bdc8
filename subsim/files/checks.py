"""Checks of a scenario file that need several values: the order of dates, fields that exclude one another, and packages
and subscriptions that are named but never declared.
"""

from collections.abc import Callable, Collection, Iterable

from subsim.basics.dates import Day
from subsim.basics.faults import Faults, nearest, quote
from subsim.basics.names import differing_codes, same_letters
from subsim.basics.texts import Message, join_words
from subsim.files.kinds import ValueKind
from subsim.files.reader import FoundRecord, TreeReader
from subsim.files.scalars import PACKAGE, SUBSCRIPTION
from subsim.files.yaml_nodes import Mapping
from subsim.membership.events import (
    NO_CAUSE,
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    Event,
    GiveNotice,
    SignUp,
    SubscriptionEvent,
    Terminate,
    Withdraw,
)
from subsim.membership.facts import FaultInFacts
from subsim.rules.termination import ORDINARY
from subsim.terms.law_points import LAW_POINTS

DEFAULT_ID = "main"
"""The id of a subscription where none is given."""


def check(reader: TreeReader, packages: Iterable[str]) -> None:
    """Note the faults between several values of a file, as far as the values could be read.

    `packages` are those of the price list; that it has none has been noted already.
    """
    _check_order(reader.events, reader.faults)
    _check_doubts(reader)
    for found in reader.events:
        for rule in _RULES.get(found.shape, ()):
            rule(found, reader.faults)
    declared = dict.fromkeys(packages)
    if declared:
        _check_mentions(reader, PACKAGE, _no_package, declared)
    _check_subscriptions(reader, declared)
    _check_letters(reader, declared)


def subscription_meant(signed_up: Iterable[tuple[Day, str]], date: Day, given: str | None = None) -> str:
    """The id of the subscription that a question is about, by the sign-ups of the whole timeline.

    Without an id it is the only one, else `main`. FaultInFacts where that is unknown, or where two or more are signed
    up by the date of the question.
    """
    by_day = list(signed_up)
    ids = dict.fromkeys(name for _, name in by_day)
    if given is None:
        by_then = dict.fromkeys(name for day, name in by_day if day <= date)
        if len(by_then) > 1:
            raise FaultInFacts(_which(by_then), _add_id(by_then))
        given = next(iter(ids)) if len(ids) == 1 else DEFAULT_ID
        if not ids:
            return given
    if given not in ids:
        raise FaultInFacts(_no_subscription(given), _one_of(given, ids))
    return given


# The order of dates


def _check_order(events: Iterable[FoundRecord], faults: Faults) -> None:
    last = None
    for found in events:
        date = found.values.get("date")
        if date is None:
            continue
        if last is not None and date < last:
            message = Message("{date} stands after {last}, expected the order of the dates", date=date, last=last)
            faults.add(found.node.place_of("date"), message, Message("move the event up, or mend its date"))
        last = date


# Facts in doubt


def _check_doubts(reader: TreeReader) -> None:
    """Note ids that are given twice."""
    ids: set[str] = set()
    for found in reader.events:
        id = found.id
        if id in ids:
            message = Message("the id {id} is that of an event above", id=quote(id))
            reader.faults.add(found.node.place_of("id"), message, Message("give each event an id of its own"))
        if id is not None:
            ids.add(id)


# Fields of one event that do not go together


def _check_wanted_end(found: FoundRecord, faults: Faults) -> None:
    ground = found.values.get("ground")
    if found.values.get("wanted_end") and ground not in (None, ORDINARY):
        message = Message("wanted_end goes with the ground ordinary only, found {ground}", ground=quote(ground))
        faults.add(found.node.place_of("wanted_end"), message, Message("leave out wanted_end or ground"))


def _check_settlement(found: FoundRecord, faults: Faults) -> None:
    reason = found.values.get("reason")
    if "settlement" in found.values and reason not in (None, NO_CAUSE):
        message = Message("settlement goes with the reason none only, found {reason}", reason=quote(reason))
        faults.add(found.node.place_of("settlement"), message, Message("leave out settlement"))


def _check_effective(found: FoundRecord, faults: Faults) -> None:
    announced, effective = found.values.get("date"), found.values.get("effective")
    if announced and effective and effective < announced:  # no day of the range fits
        message = Message(
            "effective is {day}, expected {date} (the announcement) or later", day=effective, date=announced
        )
        faults.add(found.node.place_of("effective"), message)


def _check_cost_grounds(found: FoundRecord, faults: Faults) -> None:
    given, values = found.node.entries, found.values
    on_cost = values.get("grounds") == "cost"
    increase = values.get("cost_increase")
    if on_cost and increase is None and not ("cost_increase" in given and "cost_increase" not in values):
        message = Message("grounds: cost lacks the field {key}", key=quote("cost_increase"))
        faults.add(found.node.place, message, Message("add cost_increase: the rise of the cost in kroner per month"))
    if increase is not None and not on_cost and ("grounds" not in given or "grounds" in values):
        message = Message("cost_increase goes with grounds: cost only")
        faults.add(
            found.node.place_of("cost_increase"), message, Message("add grounds: cost, or leave out cost_increase")
        )


def _check_call(found: FoundRecord, faults: Faults) -> None:
    given, channel = found.node.entries, found.values.get("channel", "online")
    if "solicited" in given and channel != "phone" and ("channel" not in given or "channel" in found.values):
        message = Message("solicited goes with channel: phone only")
        faults.add(found.node.place_of("solicited"), message, Message("add channel: phone, or leave out solicited"))


def _check_trial_price(found: FoundRecord, faults: Faults) -> None:
    given, days = found.node.entries, found.values.get("trial_days", 0)
    if "trial_price_told" in given and days == 0 and ("trial_days" not in given or "trial_days" in found.values):
        message = Message("trial_price_told goes with a trial only")
        faults.add(
            found.node.place_of("trial_price_told"), message, Message("add trial_days, or leave out trial_price_told")
        )


def _check_sent(found: FoundRecord, faults: Faults) -> None:
    date, sent = found.last, found.values.get("sent")
    if date and sent and sent > date:
        message = Message("sent is {day}, expected {date} (the day it came) or earlier", day=sent, date=date)
        faults.add(found.node.place_of("sent"), message)


def _check_new_readings(found: FoundRecord, faults: Faults) -> None:
    """Note readings of the law in changed terms, which can choose their own readings only (law.md, section 0)."""
    entry = found.node.entries.get("readings")
    if entry is None or not isinstance(entry.value, Mapping):
        return
    for name, reading in entry.value.entries.items():
        if name in LAW_POINTS:
            message = Message("new terms change no law: {point} is a law point", point=quote(name))
            faults.add(reading.key.place, message, Message("give it under readings at the top of the file"))


_RULES: dict[type[Event], tuple[Callable[[FoundRecord, Faults], None], ...]] = {
    SignUp: (_check_call, _check_trial_price),
    Withdraw: (_check_sent,),
    GiveNotice: (_check_wanted_end,),
    Terminate: (_check_settlement,),
    AnnouncePriceChange: (_check_effective, _check_cost_grounds),
    AnnounceServiceChange: (_check_effective,),
    AnnounceTermsChange: (_check_effective, _check_new_readings),
}

# Packages and subscriptions that are named but never declared


def _check_subscriptions(reader: TreeReader, packages: Iterable[str]) -> None:
    sign_ups = [(found.values.get("date"), _id_of(found)) for found in reader.events if found.shape is SignUp]
    _check_each_event_names_one(reader)
    if any(found.shape is Event for found in reader.events) or any(None in sign_up for sign_up in sign_ups):
        return  # a sign-up that could not be read may name any of them
    if not sign_ups and (
        first := next((each for each in reader.events if issubclass(each.shape, SubscriptionEvent)), None)
    ):
        reader.faults.add(first.node.place, _no_sign_up(first), _add_sign_up(first, packages))
        return  # which subscription an event names is no fault of its own
    known = [(day, name) for day, name in sign_ups if day and name]
    ids = dict.fromkeys(name for _, name in known)
    _check_mentions(reader, SUBSCRIPTION, _no_subscription, ids)
    for found in reader.events:
        if issubclass(found.shape, SubscriptionEvent) and _id_of(found) == DEFAULT_ID and DEFAULT_ID not in ids:
            message = _no_subscription(DEFAULT_ID)
            reader.faults.add(found.node.place, message, _add_id(ids))
    for found in reader.asks:
        if "date" in found.values and "subscription" not in found.node.entries:
            try:
                subscription_meant(known, found.values["date"])
            except FaultInFacts as fault:
                reader.faults.add(found.node.place, fault.text, fault.advice)


def _check_each_event_names_one(reader: TreeReader) -> None:
    ids: dict[str, None] = {}
    for found in reader.events:
        if issubclass(found.shape, SubscriptionEvent) and "subscription" not in found.node.entries and len(ids) > 1:
            message = _which(ids)
            reader.faults.add(found.node.place, message, _add_id(ids))
        name = _id_of(found) if found.shape is SignUp else None
        if name:
            ids[name] = None


def _id_of(found: FoundRecord) -> str | None:
    """The subscription of the event; None where it could not be read."""
    if "subscription" in found.node.entries:
        return found.values.get("subscription")
    return DEFAULT_ID


def _check_mentions(
    reader: TreeReader, kind: ValueKind, unknown: Callable[[str], Message], declared: Collection[str]
) -> None:
    letters = {same_letters(name) for name in declared}
    for mention in reader.mentions:
        if mention.kind is kind and mention.name not in declared and same_letters(mention.name) not in letters:
            reader.faults.add(mention.place, unknown(mention.name), _one_of(mention.name, declared))


def _check_letters(reader: TreeReader, packages: Iterable[str]) -> None:
    """Note names that look the same but differ in their code points, since they would be two names."""
    first: dict[tuple[ValueKind, str], str] = {(PACKAGE, same_letters(name)): name for name in packages}
    for mention in reader.mentions:
        other = first.setdefault((mention.kind, same_letters(mention.name)), mention.name)
        if other != mention.name:
            message = Message("{name} has the letters of another name in other code points", name=quote(mention.name))
            reader.faults.add(mention.place, message, _same_code_points(mention.name, other))


def _same_code_points(name: str, other: str) -> Message:
    written, before = differing_codes(name, other)
    return Message(
        "write it as {other}: {before} where this has {written}",
        other=quote(other),
        before=before,
        written=written,
    )


def _no_package(name: str) -> Message:
    return Message("the price list has no package {name}", name=quote(name))


def _no_subscription(name: str) -> Message:
    return Message("no sign_up of the timeline names the subscription {name}", name=quote(name))


def _no_sign_up(found: FoundRecord) -> Message:
    return Message("the timeline has no sign_up, which {event} needs before it", event=found.shape.name)


def _add_sign_up(found: FoundRecord, packages: Iterable[str]) -> Message | None:
    date, package = found.values.get("date"), next(iter(packages), None)
    if date is None or package is None:
        return None
    sign_up = f"{{date: {date.isoformat()}, event: sign_up, package: {package}}}"
    return Message("add the sign-up with its own date: {event}", event=sign_up)


def _which(ids: Iterable[str]) -> Message:
    return Message("which subscription is meant? the timeline has signed up {ids} by then", ids=join_words(ids, "and"))


def _add_id(ids: Iterable[str]) -> Message:
    return Message("add subscription: {ids}", ids=join_words(ids))


def _one_of(name: str, declared: Collection[str]) -> Message | None:
    return nearest(name, declared) or (Message("expected {names}", names=join_words(declared)) if declared else None)
