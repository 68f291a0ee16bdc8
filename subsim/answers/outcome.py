"""What comes out of a replay: frozen values, and the JSON of `subsim replay`.

Dates are `Day`s, amounts whole øre; `to_dict` writes them as ISO dates and as text with two decimals.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import define, field, fields, frozen

from subsim.answers.displayable import Displayable
from subsim.basics.dates import Day
from subsim.basics.enumerations import EndReason, LineKind, State, Verdict
from subsim.basics.money import kroner
from subsim.basics.texts import Message
from subsim.membership.events import Person
from subsim.membership.ledger import Line
from subsim.terms.readings import ProfileName, Readings, as_choices
from subsim.terms.terms import Numbers, as_values


@frozen(kw_only=True)
class SubscriptionOutcome:
    """Where one subscription stands on the replay's last day, and the states it went through.

    `states` has one entry a date on which the state as that day ends is another; `binding_ends` is the first day no
    longer bound, `ends_on` the first day without service under a standing notice, `ended_on` the same once it has come.
    """

    id: str
    state: State
    suspended: bool
    package: str
    registered_on: Day
    binding_ends: Day
    ends_on: Day | None
    ended_on: Day | None
    end_reason: EndReason | None
    terms_since: Day | None
    states: tuple[tuple[Day, State], ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the subscription."""
        states = [{"from": day.isoformat(), "state": state} for day, state in self.states]
        return {key: _written(getattr(self, key)) for key in SUBSCRIPTION_KEYS} | {"states": states}


SUBSCRIPTION_KEYS = tuple(each.name for each in fields(SubscriptionOutcome))
"""The keys of a subscription's JSON, which are its fields."""


@frozen(kw_only=True)
class Invoice:
    """One line of the member's invoices, in øre; it covers `[starts, ends)`, which JSON calls `from` and `to`."""

    date: Day
    due: Day
    kind: LineKind
    subscription: str | None
    package: str | None
    starts: Day | None
    ends: Day | None
    amount: int
    paid_on: Day | None
    interest: int
    clause: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the line."""
        values = zip(INVOICE_KEYS, invoice_values(self, self.interest), strict=True)
        return {key: _written(value) for key, value in values}


INVOICE_KEYS = (
    "date",
    "due",
    "kind",
    "subscription",
    "package",
    "from",
    "to",
    "amount",
    "paid_on",
    "interest",
    "clause",
)
"""The keys of a line's JSON."""


def invoice_values(line: Invoice | Line, interest: int) -> tuple[Any, ...]:
    """The values of a line's JSON, its dates still `Day`s; it is due on the day it is issued (`betaling.2`)."""
    due = line.due
    return (
        due,
        due,
        line.kind,
        line.subscription,
        line.package,
        line.starts,
        line.ends,
        kroner(line.amount),
        line.paid_on,
        kroner(interest),
        line.clause,
    )


@frozen(kw_only=True)
class Payment:
    """Money that came from the member on `date`, in øre; negative where a payment went back."""

    date: Day
    amount: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the payment."""
        return {"date": self.date.isoformat(), "amount": kroner(self.amount)}


@frozen(kw_only=True)
class Refund:
    """Money that went back to the member on `date`, in øre, under `clause`."""

    date: Day
    amount: int
    clause: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the refund."""
        return {"date": self.date.isoformat(), "amount": kroner(self.amount), "clause": self.clause}


@frozen(kw_only=True)
class Adjustment:
    """A correction of the member's credit on `date`, in øre, of either sign."""

    date: Day
    amount: int


@frozen(kw_only=True)
class Duty:
    """Something that is owed to be done by `date`; null where the terms date it by nothing."""

    date: Day | None
    duty: str
    clause: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the duty."""
        return {"date": _iso(self.date), "duty": self.duty, "clause": self.clause}


@frozen(kw_only=True)
class Decision:
    """What the terms decided about an event or a deadline, under which clause, and why."""

    date: Day
    event: str
    subscription: str | None
    clause: str
    verdict: Verdict
    because: Message

    @property
    def reason(self) -> str:
        """The reason in English, with its arithmetic."""
        return str(self.because)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the decision."""
        return {
            "date": self.date.isoformat(),
            "event": self.event,
            "subscription": self.subscription,
            "clause": self.clause,
            "verdict": self.verdict,
            "because": self.reason,
        }

    def to_refusal_dict(self) -> dict[str, Any]:
        """The JSON of a refused event in `refused`."""
        return {
            "date": self.date.isoformat(),
            "event": self.event,
            "subscription": self.subscription,
            "clause": self.clause,
            "reason": self.reason,
        }


@frozen(kw_only=True)
class Totals:
    """Sums over the whole replay in øre: `owed` is charged - paid + refunded - adjusted; interest stands apart."""

    charged: int
    paid: int
    refunded: int
    adjusted: int
    interest: int

    @property
    def owed(self) -> int:
        """What the member owes; negative where the member has a credit."""
        return self.charged - self.paid + self.refunded - self.adjusted

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the totals."""
        return {
            "charged": kroner(self.charged),
            "paid": kroner(self.paid),
            "refunded": kroner(self.refunded),
            "adjusted": kroner(self.adjusted),
            "owed": kroner(self.owed),
            "interest": kroner(self.interest),
        }


@define(kw_only=True, frozen=True, slots=False, repr=False)
class Outcome(Displayable):
    """All that a replay says of one member up to and including the date `until`."""

    scenario: str
    until: Day
    profile: ProfileName
    readings: Readings
    numbers: Numbers
    person: Person
    subscriptions: tuple[SubscriptionOutcome, ...]
    invoices: tuple[Invoice, ...]
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]
    adjustments: tuple[Adjustment, ...]
    duties: tuple[Duty, ...]
    decisions: tuple[Decision, ...]
    provisional_rates: tuple[Day, ...] = field(default=())
    """Half-years whose reference rate is provisional and which bore interest here."""
    law_choices: Mapping[str, str] = field(factory=dict, eq=False, repr=False)
    """The law points that were set; the outcome itself is the contract's alone."""

    @cached_property
    def refused(self) -> tuple[Decision, ...]:
        """The refused events in order."""
        return tuple(decision for decision in self.decisions if decision.verdict == "refused")

    @cached_property
    def totals(self) -> Totals:
        """The sums over all lines, payments, refunds and adjustments."""
        return Totals(
            charged=sum(line.amount for line in self.invoices),
            paid=sum(payment.amount for payment in self.payments),
            refunded=sum(refund.amount for refund in self.refunds),
            adjusted=sum(adjustment.amount for adjustment in self.adjustments),
            interest=sum(line.interest for line in self.invoices),
        )

    def __repr__(self) -> str:
        """What was replayed and where its subscriptions stand, in one line."""
        stands = [f"{each.id} {each.state}" for each in self.subscriptions]
        return f"<Outcome until {self.until}, {self.profile}: {', '.join(stands) or 'nothing'}>"

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `subsim replay`."""
        return {
            "scenario": self.scenario,
            "until": self.until.isoformat(),
            "profile": self.profile,
            "readings": as_choices(self.readings),
            "numbers": as_values(self.numbers),
            "member": {
                "id": self.person.id,
                "born": _iso(self.person.born),
                "resident": self.person.resident,
                "use": self.person.use,
            },
            "subscriptions": [subscription.to_dict() for subscription in self.subscriptions],
            "invoices": [line.to_dict() for line in self.invoices],
            "payments": [payment.to_dict() for payment in self.payments],
            "refunds": [refund.to_dict() for refund in self.refunds],
            "refused": [decision.to_refusal_dict() for decision in self.refused],
            "duties": [duty.to_dict() for duty in self.duties],
            "totals": self.totals.to_dict(),
            "decisions": [decision.to_dict() for decision in self.decisions],
        }


def _iso(day: Day | None) -> str | None:
    return None if day is None else day.isoformat()


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, Day) else value
