"""The abilities of a system under test, to which random timelines are limited."""

from collections.abc import Collection, Mapping
from typing import Any

from attrs import evolve, field, frozen
from attrs import fields as fields_of

from subsim.api.arguments import check_name, day_of
from subsim.basics.dates import Day, days_after
from subsim.basics.notation import ore
from subsim.basics.texts import Message, join_words
from subsim.membership.events import EVENTS, Amount, PackageName, SignUp

IDS = ("main", "second", "third", "fourth", "fifth")
"""The ids of the subscriptions of a random member, in the order of their sign-ups."""
BILLINGS = ("quarterly", "monthly", "half-yearly", "yearly")
"""The billing intervals, the usual one first."""
PLAIN_PRICES = {
    PackageName("basis"): Amount(149_00),
    PackageName("family"): Amount(299_00),
    PackageName("cinema"): Amount(99_95),
    PackageName("sport"): Amount(299_00),
}
FIRST, LAST = Day(2012, 2, 1), Day(2020, 12, 31)
LONGEST = 900


@frozen(kw_only=True)
class Abilities:
    """The limits of a random timeline.

    `events` are names of the format, `sign_up` always among them; `subscriptions` is how many a member may have, from 1
    to 5; `billing` how often one may be charged. `prices` are øre a month by package, None for drawn ones as well.
    A member signs up first on a day from `first` to `last`, and nothing happens more than `days` later, nor, if it is
    given, after `end`. A timeline has at most `length` events.
    """

    events: frozenset[str] = frozenset(EVENTS)
    subscriptions: int = 2
    billing: tuple[str, ...] = BILLINGS
    prices: dict[PackageName, Amount] | None = None
    first: Day = FIRST
    last: Day = LAST
    end: Day | None = None
    days: int = LONGEST
    length: int = 12
    fields: dict[str, dict[str, Any]] = field(factory=dict, repr=False)
    """By event and field, a strategy that gives the field's value instead of the usual one."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that may be signed up."""
        return IDS[: self.subscriptions]

    def last_day(self, start: Day) -> Day:
        """The last day on which something may happen to a member who first signs up on `start`."""
        last = days_after(start, self.days)
        return last if self.end is None else min(last, self.end)


ALL = Abilities()


def abilities(
    *,
    events: Collection[str] | None = None,
    subscriptions: int | None = None,
    billing: Collection[str] | None = None,
    prices: Mapping[str, str | int] | None = None,
    first: Day | str | None = None,
    last: Day | str | None = None,
    end: Day | str | None = None,
    days: int | None = None,
    length: int | None = None,
    fields: Mapping[str, Mapping[str, Any]] | None = None,
) -> Abilities:
    """The abilities given, with defaults for the others; ValueError says what is wrong.

    Dates are `date`s or ISO text; prices are DKK a month, as text with at most two decimals or as a whole number.
    """
    days_given = {"first": first, "last": last, "end": end}
    given: dict[str, Any] = {
        "events": None if events is None else _events(events),
        "subscriptions": _count("subscriptions", subscriptions, 1, len(IDS)),
        "billing": None if billing is None else _billing(billing),
        "prices": None if prices is None else _prices(prices),
        **{name: None if day is None else day_of(name, day) for name, day in days_given.items()},
        "days": _count("days", days, 0, 36_500),
        "length": _count("length", length, 1, 1_000),
        "fields": None if fields is None else _fields(fields),
    }
    found = evolve(ALL, **{name: value for name, value in given.items() if value is not None})
    if first is not None and last is None:
        found = evolve(found, last=max(found.first, found.last))
    if last is not None and first is None:
        found = evolve(found, first=min(found.first, found.last))
    if found.end is not None and last is None:
        found = evolve(found, last=min(found.last, found.end))
    days_in_order = [found.first, found.last, *([found.end] if found.end else [])]
    if days_in_order != sorted(days_in_order):
        found_days = join_words([day.isoformat() for day in days_in_order], "and")
        raise ValueError(Message("first, last and end must be in date order, found {days}", days=found_days))
    return found


def _events(given: Collection[str]) -> frozenset[str]:
    names = _names(Message("event"), given, EVENTS)
    return frozenset({SignUp.name, *names})


def _billing(given: Collection[str]) -> tuple[str, ...]:
    names = _names(Message("billing"), given, BILLINGS)
    if not names:
        raise ValueError(Message("billing is empty: at least one of {words}", words=join_words(BILLINGS, "or")))
    return tuple(sorted(names, key=BILLINGS.index))


def _names(what: Message, given: Collection[str], names: Collection[str]) -> set[str]:
    """The names given, as a collection or as a single name."""
    wanted = {given} if isinstance(given, str) else set(given)
    for name in wanted:
        check_name(what, name, names)
    return wanted


def _prices(given: Mapping[str, str | int]) -> dict[PackageName, Amount]:
    if not given:
        raise ValueError(Message("prices are empty: give at least one package and its price"))
    return {PackageName(name): _price(name, price) for name, price in given.items()}


def _price(name: str, given: str | int) -> Amount:
    if isinstance(given, bool) or not isinstance(given, str | int):
        found = type(given).__name__
        raise ValueError(
            Message("the price of {name} is a {found}, expected text such as 149.00", name=name, found=found)
        )
    return Amount(ore(str(given)))


def _count(name: str, given: int | None, least: int, most: int) -> int | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and least <= given <= most):
        return given
    raise ValueError(
        Message(
            "{name} is {found}, expected a whole number from {least} to {most}",
            name=name,
            found=repr(given),
            least=least,
            most=most,
        )
    )


def _fields(given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    for event, strategies in given.items():
        check_name(Message("event"), event, EVENTS)
        names = [each.name for each in fields_of(EVENTS[event]) if each.name not in ("date", "subscription")]
        for name in strategies:
            check_name(Message("field of {event}", event=event), name, names)
    return {event: dict(strategies) for event, strategies in given.items()}
