"""The outcome of a replay: frozen values, and the JSON of `subsim replay`.

Dates are `Day`s, amounts whole øre; `to_dict` writes them as ISO dates and as text with two decimals.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from attrs import field

from subsim.answers.displayable import Displayable
from subsim.basics.dates import Day
from subsim.basics.enumerations import DutyName, EndReason, LineKind, State, Verdict
from subsim.basics.json_object import JsonObject, JsonTable, Key, money
from subsim.basics.money import kroner
from subsim.basics.texts import Message
from subsim.basics.values import fields_of, frozen
from subsim.membership.facts import Person
from subsim.membership.lines import Line
from subsim.terms.readings import ProfileName, Readings, as_choices
from subsim.terms.terms import Numbers, as_values


class StateStart(NamedTuple):
    """The state of a subscription from the end of a day on."""

    since: Day
    state: State


_STATE_START = JsonTable(
    "StateStart",
    StateStart,
    (Key("from", "the day at whose end the state is new", of="since"), Key("state", "the state")),
    "The state of a subscription from the end of a day on.",
)


@frozen(kw_only=True)
class SubscriptionOutcome(JsonObject):
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
    states: tuple[StateStart, ...]

    KEYS = (
        Key("id", "the subscription"),
        Key("state", "its state on the last day"),
        Key("suspended", "whether access is suspended"),
        Key("package", "its package"),
        Key("registered_on", "the day of its sign-up"),
        Key("binding_ends", "the first day no longer bound"),
        Key("ends_on", "the first day without service under the notice that stands"),
        Key("ended_on", "the first day without service once that has come"),
        Key("end_reason", "why it ends or has ended"),
        Key("terms_since", "the day from which changed terms bind it"),
        Key("states", "its states in order of time, one entry a day on which it is another", by=_STATE_START),
    )


SUBSCRIPTION_KEYS = tuple(field.name for field in fields_of(SubscriptionOutcome))
"""The keys of a subscription's JSON, which are its fields."""


@frozen(kw_only=True)
class Invoice(JsonObject):
    """One line of the member's invoices.

    Amounts are in øre; it covers `[starts, ends)`, which JSON calls `from` and `to`.
    """

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

    KEYS = (
        Key("date", "the day on which it is issued"),
        Key("due", "the day on which it is due, the same (betaling.2)"),
        Key("kind", "what it is for"),
        Key("subscription", "the subscription; null where it is the member's own"),
        Key("package", "the package of a period or an upgrade"),
        Key("from", "the first day that it covers", of="starts"),
        Key("to", "the first day that it no longer covers", of="ends"),
        money("amount", "what it asks for; negative for money back"),
        Key("paid_on", "the day on which it was paid in full"),
        money("interest", "the interest on it up to the last day"),
        Key("clause", "the clause under which it is issued"),
    )


INVOICE_KEYS = tuple(key.name for key in Invoice.KEYS if isinstance(key, Key))
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
class Payment(JsonObject):
    """Money that came from the member; negative where a payment went back.

    The amount is in øre.
    """

    date: Day
    amount: int

    KEYS = (Key("date", "the day on which it came"), money("amount", "how much; negative where it went back"))


@frozen(kw_only=True)
class Refund(JsonObject):
    """Money that went back to the member.

    The amount is in øre.
    """

    date: Day
    amount: int
    clause: str

    KEYS = (
        Key("date", "the day on which it is paid back"),
        money("amount", "how much"),
        Key("clause", "the clause under which it is"),
    )


@frozen(kw_only=True)
class Adjustment:
    """A correction of the member's credit on `date`, in øre, of either sign."""

    date: Day
    amount: int


@frozen(kw_only=True)
class Duty(JsonObject):
    """Something that is to be done by a day, or by none where the terms name none."""

    date: Day | None
    duty: DutyName
    clause: str

    KEYS = (
        Key("date", "the day by which it is to be done; null where the terms name none"),
        Key("duty", "what is to be done"),
        Key("clause", "the clause under which it is"),
    )


@frozen(kw_only=True)
class Decision(JsonObject):
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

    KEYS = (
        Key("date", "the day"),
        Key("event", "the event or the deadline"),
        Key("subscription", "the subscription it concerns"),
        Key("clause", "the clause that decides"),
        Key("verdict", "whether an event was accepted or refused, or a deadline took effect"),
        Key("because", "the reason with its arithmetic"),
    )


REFUSED_EVENT = JsonTable(
    "Refusal",
    Decision,
    (
        Key("date", "the day"),
        Key("event", "the event"),
        Key("subscription", "the subscription it concerns"),
        Key("clause", "the clause that refuses it"),
        Key("reason", "why, with the arithmetic", of="because"),
    ),
    "An event that the terms refuse; nothing changes.",
)
"""A refused event as `refused` lists it."""


@frozen(kw_only=True)
class Totals(JsonObject):
    """The sums over the whole replay: `owed` is charged - paid + refunded - adjusted; interest stands apart.

    All are in øre.
    """

    charged: int
    paid: int
    refunded: int
    adjusted: int
    interest: int

    @property
    def owed(self) -> int:
        """What the member owes; negative where the member has a credit."""
        return self.charged - self.paid + self.refunded - self.adjusted

    KEYS = (
        money("charged", "the sum of all lines"),
        money("paid", "the sum of all payments"),
        money("refunded", "the sum of what went back"),
        money("adjusted", "the sum of all corrections of the credit"),
        money("owed", "charged - paid + refunded - adjusted; negative for a credit"),
        money("interest", "the interest, which stands apart"),
    )


_PERSON = JsonTable(
    "MemberOfOutcome",
    Person,
    (
        Key("id", "the member's id"),
        Key("born", "the day of birth"),
        Key("resident", "where the member lives"),
        Key("use", "what the service is used for"),
    ),
    "Who the member is, as far as the terms ask.",
)


@frozen(kw_only=True, repr=False)
class Outcome(Displayable, JsonObject):
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
    """The law points that were set; they do not change the outcome, which is that of the contract."""

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

    KEYS = (
        Key("scenario", "the scenario's sentence"),
        Key("until", "the last day replayed"),
        Key("profile", "the profile of readings"),
        Key("readings", "the reading of every contested point", write=as_choices, kind=dict[str, str]),
        Key("numbers", "the numbers of the terms", write=as_values, kind=dict[str, int | str]),
        Key("member", "the member", of="person", by=_PERSON),
        Key("subscriptions", "the subscriptions in order of sign-up"),
        Key("invoices", "the lines of the invoices"),
        Key("payments", "the payments"),
        Key("refunds", "what went back to the member"),
        Key("refused", "the events that the terms refuse", by=REFUSED_EVENT),
        Key("duties", "what is to be done"),
        Key("totals", "the sums"),
        Key("decisions", "every decision in order of time"),
    )
