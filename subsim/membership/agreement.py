"""The facts about one subscription on which the law depends, as far as they are known on the day asked about.

No clause of the contract uses them. They come from the events since the latest sign-up of the subscription's id and
from its state. Whether an event was accepted or refused is the verdict of the contract.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from subsim.basics.dates import Day
from subsim.basics.enumerations import Verdict
from subsim.basics.texts import Message
from subsim.membership.data_events import DataEvent
from subsim.membership.events import Activate, Buy, Event, GiveNotice, SignUp, Withdraw
from subsim.membership.lines import Line, Lines
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription

Happened: TypeAlias = tuple[Any, Verdict]
"""An event of a timeline, or the record of one in a portfolio, and the ruling of the contract on it."""


class Withdrawal(NamedTuple):
    """A withdrawal that the contract refused: the day it was sent, and the day it was received."""

    sent: Day
    received: Day


class Purchase(NamedTuple):
    """A one-off purchase, in øre; with `content_consent` the right to withdraw from it was validly given up."""

    bought_on: Day
    amount: int
    content_consent: bool


class OwnNotice(NamedTuple):
    """The member's own notice in force: the day it was received, and the end asked for."""

    received: Day
    wanted_end: Day | None


class End(NamedTuple):
    """The first day without service, None where the law gives none, and why."""

    ends_on: Day | None
    because: Message


class Note(NamedTuple):
    """A provision from which nothing is computed here, with what it says."""

    provision: str
    because: Message


class Agreement(NamedTuple):
    """The agreement of one subscription.

    `informed_on` is when the right to withdraw was explained on a durable medium (None: not yet, or never);
    `express_request` is None where it is not known; `activated_on` is the first activation. `price` is the monthly
    price of the sign-up in øre, `issued` are the lines of its periods and upgrades. `has_receiver` says whether some
    item is lent and not returned.
    """

    sign_up: SignUp
    trial_ends: Day | None
    informed_on: Day | None
    express_request: bool | None
    activated_on: Day | None
    price: int
    issued: Lines
    has_receiver: bool
    refused_withdrawals: tuple[Withdrawal, ...]
    purchases: tuple[Purchase, ...]
    own_notice: OwnNotice | None

    @property
    def concluded_on(self) -> Day:
        """The day of the agreement, from which the law counts, also with a trial."""
        return self.sign_up.date

    @property
    def lines(self) -> list[Line]:
        """Those of its periods and upgrades, in the order in which they were issued."""
        return self.issued.all()

    @property
    def paid(self) -> int:
        """All that was paid for its periods and upgrades, in øre."""
        return sum(line.paid for line in self.lines)


def agreement_of(subscription: Subscription, happened: Iterable[Happened]) -> Agreement:
    """The agreement of a live subscription, from all events of its member in order."""
    own = _of_present_life(subscription.id, happened)
    sign_up = subscription.sign_up
    activations = [event for event, _ in own if event.name == Activate.name]
    requested = activations[0].express_request if activations else None
    return Agreement(
        sign_up=sign_up,
        trial_ends=subscription.trial_ends,
        informed_on=_informed_on(subscription),
        express_request=sign_up.express_request if requested is None else requested,
        activated_on=activations[0].date if activations else None,
        price=subscription.price_at_sign_up,
        issued=subscription.issued,
        has_receiver=any(not lent.is_returned for lent in subscription.equipment.values()),
        refused_withdrawals=tuple(
            Withdrawal(event.sent or event.date, event.date)
            for event, verdict in own
            if event.name == Withdraw.name and verdict == "refused"
        ),
        purchases=tuple(
            Purchase(event.date, event.amount, event.content_consent)
            for event, verdict in own
            if event.name == Buy.name and verdict == "accepted"
        ),
        own_notice=_own_notice(subscription, own),
    )


def what_happened(member: Member, timeline: Iterable[Event]) -> list[Happened]:
    """The events that a replay decided, in order, each with its ruling; deadlines are left out."""
    decided = (event for event in timeline if not isinstance(event, DataEvent))
    return list(zip(decided, member.verdicts, strict=False))


def _of_present_life(id: str, happened: Iterable[Happened]) -> list[Happened]:
    """The events of the subscription of this id since its last accepted sign-up."""
    own: list[Happened] = []
    for event, verdict in happened:
        if getattr(event, "subscription", None) == id:
            if event.name == SignUp.name and verdict == "accepted":
                own = []
            own.append((event, verdict))
    return own


def _informed_on(subscription: Subscription) -> Day | None:
    information = subscription.sign_up.withdrawal_info
    if information is None:
        return subscription.confirmed_on
    if information == "same-day":
        return subscription.registered_on
    return None if information == "none" else information


def _own_notice(subscription: Subscription, own: list[Happened]) -> OwnNotice | None:
    """The member's notice in force: the last accepted one, unless the end is Kabelplus' own."""
    if subscription.notice is None or subscription.notice.is_operators:
        return None
    last = [event for event, verdict in own if event.name == GiveNotice.name and verdict == "accepted"][-1]
    return OwnNotice(last.date, last.wanted_end)
