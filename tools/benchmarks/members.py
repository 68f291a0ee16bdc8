"""Members for benchmarks, drawn from a seed: quarterly billing, eight events in three years."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from subsim.basics.notation import day_from_iso, ore
from subsim.membership import events
from subsim.membership.events import Amount, AnnouncePriceChange, Event, PackageName
from subsim.membership.facts import Facts

PRICES = {PackageName("basis"): Amount(149_00), PackageName("family"): Amount(299_00)}
YEARS = 3


def as_lines(members: int, seed: int = 1, years: int = YEARS, *, told: bool = True) -> list[bytes]:
    """The members as NDJSON, one a line. Where `told`, each is told of a rise of the prices on a day of his own."""
    rng = random.Random(seed)
    timelines = [list(_timeline(rng, years)) for _ in range(members)]
    kept = [[event for event in each if told or event["event"] != AnnouncePriceChange.name] for each in timelines]
    return [json.dumps({"timeline": timeline}).encode() for timeline in kept]


def facts(line: bytes) -> Facts:
    """The facts of one member, from his line."""
    return Facts(prices=PRICES, timeline=tuple(map(_event, json.loads(line)["timeline"])))


def _timeline(rng: random.Random, years: int) -> Iterator[dict[str, Any]]:
    """Sign-up, activation, change of package, price rise, failure and renewal of the card, purchase, notice."""
    joined = date(2020, 1, 1) + timedelta(rng.randrange(365))

    def on(days: int) -> str:
        return (joined + timedelta(days)).isoformat()

    yield {"date": on(0), "event": "sign_up", "package": "basis", "payment": "card"}
    yield {"date": on(rng.randrange(1, 20)), "event": "activate"}
    yield {"date": on(rng.randrange(60, 140)), "event": "change_package", "to": "family"}
    announced = rng.randrange(150, 200)
    prices = {"basis": "155.00", "family": "310.00"}
    yield {"date": on(announced), "event": "announce_price_change", "prices": prices, "effective": on(announced + 40)}
    failed = rng.randrange(210, 260)
    yield {"date": on(failed), "event": "payment_method_fails"}
    yield {"date": on(failed + rng.randrange(1, 20)), "event": "payment_method_renewed"}
    yield {"date": on(rng.randrange(280, 300)), "event": "buy", "item": "film", "amount": "49.00"}
    yield {"date": on(365 * years - rng.randrange(35, 60)), "event": "give_notice"}


_READ: dict[str, Any] = {
    "date": day_from_iso,
    "effective": day_from_iso,
    "amount": ore,
    "prices": lambda prices: {package: ore(price) for package, price in prices.items()},
}


def _event(written: dict[str, Any]) -> Event:
    kind = events.EVENTS[written.pop("event")]
    return kind(**{name: _READ.get(name, str)(value) for name, value in written.items()})
