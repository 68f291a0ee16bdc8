"""Generates facts about personal data: uses, consents, records, requests, disputes, disposals.

They have their own random source, so that the members are the same without them. Under a policy with the agreement of
the terms, relationships come from the subscriptions; under one without an agreement they are generated.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from subsim.basics.dates import Day, days_after, days_between, months
from subsim.membership.data_events import (
    Activity,
    ConsentGiven,
    ConsentWithdrawn,
    Contact,
    DataEvent,
    DataRegistered,
    DataRequest,
    Disposed,
    DisputeClosed,
    DisputeOpened,
    HoldPlaced,
    IdentityAsked,
    IdentityProved,
    RelationshipEnd,
    RelationshipStart,
    RequestAnswered,
)
from subsim.terms.policies import RIGHTS, Category, Moved, Policy

YEARLY = "02-01"
"""The yearly day of an invented controller, where the policy leaves it open."""
PERCENT = {
    "is a customer": 92,
    "leaves": 40,
    "is still used later": 10,
    "gives notice before": 60,
    "is put out": 15,
    "consents": 60,
    "withdraws it": 20,
    "is in touch": 40,
    "has a record": 50,
    "has its own end": 60,
    "sends a request": 8,
    "is answered": 85,
    "is refused": 10,
    "is about others": 30,
    "must prove who it is": 15,
    "has a dispute": 3,
    "is settled": 70,
    "is assessed": 80,
    "is under a hold": 1,
    "was disposed of": 30,
}
"""How many members of a hundred; of leaving, consents, records, requests, disputes and disposals how many of them."""
_VOUCHER_MONTHS = 3
Written = dict[str, Any]


def with_data(record: Written, policy: Policy, chance: Random, first: Day, until: Day) -> Written:
    """The record of a member with facts for the policy, from `first` to `until`, in order of date."""
    own: list[Written] = record["timeline"] if policy.agreement != "none" else []
    facts = [*own, *_Data(policy, chance, first, until, own).facts()]
    return {"member": record["member"], "timeline": sorted(facts, key=lambda event: str(event["date"]))}


def settings_of(policy: Policy) -> dict[str, str]:
    """Values for the yearly days that the policy leaves open."""
    asked = {rule.to for clause in policy.clauses for rule in clause.rules if isinstance(rule, Moved)}
    return {name: YEARLY for name in sorted(asked) if policy.settings.get(name) is None}


class _Data:
    """The random facts about one person's data."""

    def __init__(self, policy: Policy, chance: Random, first: Day, until: Day, own: list[Written]) -> None:
        self.policy, self.chance, self.until = policy, chance, until
        days = days_between(first, until)
        self.joined = Day.fromisoformat(own[0]["date"]) if own else days_after(first, chance.randrange(days))
        self.left: Day | None = None

    def is_so(self, what: str) -> bool:
        return self.chance.random() * 100 < PERCENT[what]

    def some(self, least: int, most: int) -> Day:
        """A random day, `[least, most)` days after the person came."""
        return days_after(self.joined, self.chance.randrange(least, most))

    def facts(self) -> Iterator[Written]:
        for make in (self._relationship, self._uses, self._consents, self._records, self._requests, self._holds):
            yield from (each for each in make() if each["date"] <= str(self.until))

    def _relationship(self) -> Iterator[Written]:
        if self.policy.agreement != "none":
            self.left = self.some(200, 900) if self.is_so("leaves") else None
            return
        if not self.is_so("is a customer"):
            yield _event(self.joined, Contact)
            return
        yield _event(self.joined, RelationshipStart)
        if self.is_so("leaves"):
            self.left = self.some(60, 1100)
            fields: Written = {"by": "controller"} if self.is_so("is put out") else {}
            if self.is_so("gives notice before"):
                fields["notice_given"] = str(max(self.joined, days_after(self.left, -30)))
            yield _event(self.left, RelationshipEnd, **fields)

    def _uses(self) -> Iterator[Written]:
        last = self.left or self.until
        for _ in range(self.chance.randrange(4)):
            day = self.some(0, 900)
            if day < last or self.is_so("is still used later"):
                yield _event(day, Activity)
        if self.is_so("is in touch"):
            yield _event(self.some(1, 1000), Contact, channel=self.chance.choice(("phone", "email", "chat")))

    def _consents(self) -> Iterator[Written]:
        for purpose in dict.fromkeys(each.consent for each in self._of("consent_given")):
            if self.is_so("consents"):
                given = self.some(0, 300)
                yield _event(given, ConsentGiven, purpose=purpose)
                if self.is_so("withdraws it"):
                    withdrawn = days_after(given, self.chance.randrange(1, 500))
                    yield _event(withdrawn, ConsentWithdrawn, purpose=purpose)

    def _of(self, start: str) -> list[Category]:
        return [each for each in self.policy.categories.values() if start in each.held_from]

    def _records(self) -> Iterator[Written]:
        last = self.left or self.until
        for name, category in self.policy.categories.items():
            if category.duty == "bookkeeping":
                yield from self._vouchers(name, last)
            elif category.per == "record" and self.is_so("has a record"):
                day = self.some(1, 800)
                fields: Written = {"category": name, "id": f"{name}-1"}
                if self.is_so("has its own end"):
                    fields["ends"] = str(days_after(day, self.chance.randrange(10, 60)))
                yield _event(day, DataRegistered, **fields)

    def _vouchers(self, category: str, last: Day) -> Iterator[Written]:
        """A voucher each quarter; with the agreement of the terms the replay makes them."""
        number = 0
        while self.policy.agreement == "none" and (day := months(self.joined, number * _VOUCHER_MONTHS)) < last:
            number += 1
            covers = days_after(months(self.joined, number * _VOUCHER_MONTHS), -1)
            fields = {"category": category, "id": f"voucher-{number}", "covers_until": str(covers)}
            yield _event(day, DataRegistered, **fields)

    def _requests(self) -> Iterator[Written]:
        if not self.is_so("sends a request"):
            return
        received, right = self.some(5, 1000), self.chance.choice(RIGHTS)
        fields: Written = {"right": right, "request": "r1"}
        if right == "objection":
            fields["purpose"] = self.chance.choice(("direct_marketing", "other"))
        others = [name for name, each in self.policy.categories.items() if each.role == "processor"]
        if others and self.is_so("is about others"):
            fields["about"] = others[0]
        yield _event(received, DataRequest, **fields)
        if self.is_so("must prove who it is"):
            asked = days_after(received, 3)
            yield _event(asked, IdentityAsked, request="r1")
            yield _event(days_after(asked, self.chance.randrange(1, 15)), IdentityProved, request="r1")
        if self.is_so("is answered"):
            outcome = "refused" if self.is_so("is refused") else "met"
            answered = days_after(received, self.chance.randrange(18, 40))
            yield _event(answered, RequestAnswered, request="r1", outcome=outcome)

    def _holds(self) -> Iterator[Written]:
        if self.is_so("has a dispute"):
            opened = self.some(30, 900)
            yield _event(opened, DisputeOpened, id="d1", assessed=self.is_so("is assessed"))
            if self.is_so("is settled"):
                yield _event(days_after(opened, self.chance.randrange(20, 400)), DisputeClosed, id="d1")
        if self.is_so("is under a hold"):
            placed = self.some(30, 900)
            until = str(days_after(placed, self.chance.randrange(30, 700)))
            yield _event(placed, HoldPlaced, id="h1", basis="authority", assessed=True, until=until)
        if self.left and self.is_so("was disposed of"):
            bookkeeping = [name for name, each in self.policy.categories.items() if each.duty == "bookkeeping"]
            named = [name for name in self.policy.categories if name not in bookkeeping]
            yield _event(days_after(self.left, self.chance.randrange(20, 500)), Disposed, categories=named)


def _event(date: Day, event: type[DataEvent], **fields: Any) -> Written:
    return {"date": str(date), "event": event.name, **fields}
