"""Generates invented members in realistic proportions, which docs/portfolio.md gives.

A member depends on the seed and on his number only, so the bytes do not depend on how the work is divided.
"""

import json
from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any, NamedTuple

from subsim.basics.dates import Day, days_after, days_between, first_boundary, last_day_of_month, months
from subsim.basics.money import kroner
from subsim.membership.events import (
    Activate,
    Buy,
    ChangePackage,
    Charge,
    Complain,
    CreditAdjusted,
    CreditPaidOut,
    Event,
    GiveNotice,
    InvoiceEquipment,
    LendEquipment,
    Pay,
    PaymentMethodFails,
    PaymentMethodRenewed,
    PaymentReturned,
    ReturnEquipment,
    SignUp,
    Suspend,
    Terminate,
    Withdraw,
)
from subsim.portfolio.generate_data import settings_of, with_data
from subsim.rules.termination import ORDINARY
from subsim.terms.policies import Policy

FIRST_YEAR = 2020
MOST_YEARS = 7
"""The most years, as far as the published reference rates reach."""
PRICES = {"basis": 149_00, "sport": 229_00, "family": 299_00}
_RISE = 4
"""The rise of prices a year in percent, rounded to whole kroner."""

BILLING = {"quarterly": 70, "monthly": 20, "yearly": 6, "half-yearly": 4}
PAYMENT = {"card": 60, "betalingsservice": 30, "invoice": 10}
PACKAGES = {"basis": 50, "family": 35, "sport": 15}
CHANNELS = {"online": 75, "phone": 15, "shop": 10}
KINDS = {"internet": 50, "bundle": 30, "tv": 20}
PERCENT = {
    "is a minor": 0.5,
    "has a trial": 15,
    "uses it": 85,
    "withdraws": 3,
    "changes package": 18,
    "falls into arrears": 7,
    "never mends it": 20,
    "pays late": 15,
    "buys": 10,
    "borrows": 20,
    "returns it": 85,
    "gives notice": 35,
    "wishes an end": 10,
    "complains": 2,
    "has a second subscription": 2,
    "has a payment returned": 2,
    "is charged something else": 3,
    "is given credit": 2,
    "has it paid out": 25,
    "bought a known kind": 80,
    "was never told of the right": 2,
    "is known to have asked for the start": 60,
    "asked for it": 50,
    "was not told the later price": 5,
    "was called unasked": 10,
    "gave up the right": 60,
}
"""How many members of a hundred; of arrears, invoices, loans, notices, credits, starts, trials, calls and purchases how
many of a hundred of them."""

_OF_THE_MEMBER = (Pay.name, PaymentMethodFails.name, PaymentMethodRenewed.name, Complain.name)
"""The events without a subscription that are drawn before a second sign-up."""
_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
Written = dict[str, Any]


class Block(NamedTuple):
    """The members with the numbers `[first, last)`."""

    first: int
    last: int


def last_day(years: int) -> Day:
    """The day until which the header replays."""
    return Day(FIRST_YEAR + years - 1, 12, 31)


def price(package: str, day: Day) -> int:
    """The list price by the announcements of the header, in øre a month."""
    rises = day.year - FIRST_YEAR + (day >= Day(day.year, 11, 1))
    amount = PRICES[package]
    for _ in range(rises):
        amount = (amount * (100 + _RISE) + 50_00) // 100_00 * 100
    return amount


def header(years: int, policy: Policy | None = None, named: str = "") -> str:
    """The header: the prices, a rise each 1 November, and from the second year on a change of service.

    With a policy, `named` in the header, it names that too; one without an agreement needs no prices.
    """
    goes_by = [f"retention: {json.dumps({'policy': named, 'settings': settings_of(policy)})}"] if policy else []
    lines = [f"until: {last_day(years)}", *goes_by]
    if policy is not None and policy.agreement == "none":
        return "\n".join(lines) + "\n"
    lines.append("prices:")
    lines += [f"  {package}: {kroner(amount)}" for package, amount in PRICES.items()]
    lines.append("announcements:")
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        if year == FIRST_YEAR + 1:
            lines.append(
                f"  - {{date: {year}-04-01, event: announce_service_change, packages: [sport], "
                f"effective: {year}-05-15, disadvantage: material}}"
            )
        effective = Day(year, 11, 1)
        prices = ", ".join(f"{package}: {kroner(price(package, effective))}" for package in PRICES)
        lines.append(
            f"  - {{date: {year}-09-01, event: announce_price_change, effective: {effective}, prices: {{{prices}}}}}"
        )
    return "\n".join(lines) + "\n"


def is_own_header(text: str) -> bool:
    """Whether a text is a header generated here, with any policy."""
    without = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("retention:"))
    neutral = [f"until: {last_day(years)}\n" for years in range(1, MOST_YEARS + 1)]
    return without in [header(years) for years in range(1, MOST_YEARS + 1)] or (without in neutral and without != text)


def members(block: Block, seed: int, years: int, policy: Policy | None = None) -> bytes:
    """The lines of these members."""
    return b"".join(_line(number, seed, years, policy) for number in range(*block))


def blocks(number: int, size: int = 1000) -> Iterator[Block]:
    """The blocks of so many members."""
    return (Block(first, min(first + size, number)) for first in range(0, number, size))


def maker(seed: int, years: int, policy: Policy | None = None) -> "partial[bytes]":
    """The function that makes the lines of a block, with facts for a policy if one is given."""
    return partial(members, seed=seed, years=years, policy=policy)


def _line(number: int, seed: int, years: int, policy: Policy | None) -> bytes:
    life = _Life(Random(f"{seed}:{number}"), last_day(years))
    timeline = life.timeline()
    record = {"member": {"id": f"M{number:07d}", "born": str(life.born)}, "timeline": timeline}
    if policy is not None:
        chance = Random(f"{seed}:{number}:{policy.id}")
        record = with_data(record, policy, chance, Day(FIRST_YEAR, 1, 1), last_day(years))
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


class _Life:
    """The random events of one member, sorted by date at the end."""

    def __init__(self, chance: Random, until: Day) -> None:
        self.chance, self.until = chance, until
        self.joined = days_after(Day(FIRST_YEAR, 1, 1), chance.randrange(days_between(Day(FIRST_YEAR, 1, 1), until)))
        adult = days_after(self.joined, -chance.randrange(19 * 366, 85 * 365))
        self.born = (
            days_after(self.joined, -chance.randrange(13 * 365, 17 * 365)) if self.is_so("is a minor") else adult
        )
        self.package = self.one_of(PACKAGES)
        self.billing, self.payment = self.one_of(BILLING), self.one_of(PAYMENT)
        self.gone: Day | None = None
        self.events: list[Written] = []

    def is_so(self, what: str) -> bool:
        return self.chance.random() * 100 < PERCENT[what]

    def one_of(self, weights: dict[str, int]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def after(self, day: Day, least: int, most: int) -> Day:
        return days_after(day, self.chance.randrange(least, most))

    def add(self, date: Day, event: type[Event], **fields: Any) -> None:
        if date <= self.until:
            self.events.append({"date": str(date), "event": event.name, **fields})

    def timeline(self) -> list[Written]:
        begins = self._join()
        if self._uses_or_withdraws(begins):
            self._change_package()
            self._leave(begins)
            self._pay(begins)
            self._rare_events()
            self._correct_money()
        self._law_facts()
        return sorted(self.events, key=lambda event: str(event["date"]))

    def _join(self) -> Day:
        """Sign up; the day on which the first period begins."""
        trial = self.chance.choice((14, 30)) if self.is_so("has a trial") else 0
        fields: Written = {"package": self.package, "channel": self.one_of(CHANNELS), "payment": self.payment}
        if self.billing != "quarterly":
            fields["billing"] = self.billing
        if trial:
            fields["trial_days"] = trial
        if self.payment == "card":
            expires = months(self.joined, self.chance.randrange(2, 60))
            fields["card_expires"] = f"{expires:%Y-%m}"
            self._renew_card(expires)
        self.events.insert(0, {"date": str(self.joined), "event": SignUp.name, **fields})
        return days_after(self.joined, trial)

    def _renew_card(self, expires: Day) -> None:
        """Renew the card for four years around each day on which it expires."""
        renewed = self.after(last_day_of_month(expires.year, expires.month), -20, 40)
        following = months(expires, 48)
        self.add(max(renewed, days_after(self.joined, 1)), PaymentMethodRenewed, card_expires=f"{following:%Y-%m}")
        if following <= self.until:
            self._renew_card(following)

    def _uses_or_withdraws(self, begins: Day) -> bool:
        """Use the service, or withdraw within 14 days. Return whether the subscription goes on."""
        if self.is_so("withdraws"):
            self.add(self.after(self.joined, 1, 15), Withdraw)
            return False
        if self.is_so("uses it"):
            self.add(self.after(self.joined, 0, 10), Activate)
        return begins <= self.until

    def _change_package(self) -> None:
        if self.is_so("changes package"):
            other = self.chance.choice([package for package in PRICES if package != self.package])
            self.add(self.after(self.joined, 40, 700), ChangePackage, to=other)

    def _leave(self, begins: Day) -> None:
        if not self.is_so("gives notice"):
            return
        notice = self.after(self.joined, 3, 900)
        wish: Written = {}
        if notice > begins and self.is_so("wishes an end"):
            wish = {"ground": ORDINARY, "wanted_end": str(self.after(notice, 40, 200))}
        self.gone = first_boundary(begins, 3, days_after(notice, 30))
        self.add(notice, GiveNotice, **wish)

    def _pay(self, begins: Day) -> None:
        if self.payment == "invoice":
            self._pay_invoices(begins)
        elif self.is_so("falls into arrears"):
            failed = self.after(self.joined, 30, 600)
            self.add(failed, PaymentMethodFails)
            if not self.is_so("never mends it"):
                self.add(self.after(failed, 2, 120), PaymentMethodRenewed)
            else:
                self.add(days_after(failed, 110), Suspend)
                self.add(days_after(failed, 130), Terminate, reason="overdue")

    def _pay_invoices(self, begins: Day) -> None:
        """Pay the list price of every period until the end, sometimes late."""
        step, number = _MONTHS[self.billing], 0
        while (due := months(begins, number * step)) <= self.until and (self.gone is None or due < self.gone):
            day = self.after(due, 3, 45) if self.is_so("pays late") else due
            self.add(day, Pay, amount=kroner(price(self.package, due) * step))
            number += 1

    def _rare_events(self) -> None:
        if self.is_so("buys"):
            self.add(self.after(self.joined, 5, 700), Buy, item="film", amount="49.00", access_days=30)
        if self.is_so("borrows"):
            self.add(self.joined, LendEquipment, item="box", value="600.00")
            if self.gone is not None:
                event = ReturnEquipment if self.is_so("returns it") else InvoiceEquipment
                self.add(self.after(self.gone, 1, 30), event, item="box")
        if self.is_so("complains"):
            self.add(self.after(self.joined, 10, 700), Complain)
        if self.is_so("has a second subscription"):
            self._sign_up_again()

    def _law_facts(self) -> None:
        """Add facts that only the law uses; drawn last, so that nothing else changes."""
        for event in self.events:
            if event["event"] == SignUp.name:
                if self.is_so("bought a known kind"):
                    event["kind"] = self.one_of(KINDS)
                if self.is_so("was never told of the right"):
                    event["withdrawal_info"] = "none"
                if "trial_days" in event and self.is_so("was not told the later price"):
                    event["trial_price_told"] = False
                if event.get("channel") == "phone" and self.is_so("was called unasked"):
                    event["solicited"] = False
            elif event["event"] == Activate.name and self.is_so("is known to have asked for the start"):
                event["express_request"] = self.is_so("asked for it")
            elif event["event"] == Buy.name and self.is_so("gave up the right"):
                event["content_consent"] = True

    def _correct_money(self) -> None:
        """Return a payment, charge something by hand, give credit; drawn late, so that nothing else changes."""
        if self.is_so("has a payment returned"):
            self.add(self.after(self.joined, 3, 700), PaymentReturned, amount=kroner(PRICES[self.package]))
        if self.is_so("is charged something else"):
            self.add(self.after(self.joined, 5, 700), Charge, item="visit", amount="395.00")
        if self.is_so("is given credit"):
            given = self.after(self.joined, 20, 600)
            self.add(given, CreditAdjusted, amount="75.00", note="days without service")
            if self.is_so("has it paid out"):
                self.add(self.after(given, 1, 30), CreditPaidOut, amount="75.00")

    def _sign_up_again(self) -> None:
        """Add a second subscription, after every event has been given the name of its own."""
        second = self.after(self.joined, 20, 500)
        if second > self.until:
            return
        for event in self.events:
            if event["event"] not in _OF_THE_MEMBER:
                event["subscription"] = "main"
        self.add(second, SignUp, package="basis", subscription="second")
