"""What every way out by law is question: the agreement, and the contract's ways out of one day."""

from collections.abc import Iterable
from typing import NamedTuple

from subsim.answers.can_cancel import WayOut
from subsim.answers.common_law import CommonLaw
from subsim.answers.law import Floor
from subsim.basics.dates import Day, days_between
from subsim.basics.money import half_up
from subsim.basics.texts import NOTHING, Message
from subsim.law import consumer_contracts
from subsim.membership.agreement import Agreement, End, Happened, agreement_of
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import termination

CLOSED = Floor(open=False)


class _Cost(NamedTuple):
    """The refund for an end with its reason, and what is still to pay, in øre."""

    refund: int
    back: Message
    still_to_pay: int


class LawQuestion(NamedTuple):
    """A question to the law: the agreement as of the end of a day, and the contract's ways out of that day."""

    member: Member
    subscription: Subscription
    agreement: Agreement
    contract: list[WayOut]
    """The contract's ways out that are open."""
    by_contract: End
    """The soonest of the contract's ordinary end and the end in force."""
    day: Day
    with_reasons: bool
    common: CommonLaw
    """What has been found for agreements that have something in common with this one."""
    costs: dict[Day, "_Cost"]
    """By end its refund and what is still to pay, as computed so far."""
    floors: dict[object, Floor]
    """The columns that have been found, by all that they depend on."""
    ends: dict[tuple[Day, int], tuple[Message, Floor]]
    """By end and reason the column of a notice, with the reason, which so stays the one of its `id`."""

    @classmethod
    def about(
        cls,
        member: Member,
        subscription: Subscription,
        happened: Iterable[Happened],
        contract: list[WayOut],
        day: Day,
        common: CommonLaw,
        *,
        with_reasons: bool = True,
    ) -> "LawQuestion":
        """The question about a live subscription; `contract` are the contract's ways out that are open."""
        agreement, ends_on = agreement_of(subscription, happened), _end_by_contract(contract, subscription.ends_on)
        return cls(member, subscription, agreement, contract, ends_on, day, with_reasons, common, {}, {}, {})

    def cost_of(self, ends_on: Day) -> "_Cost":
        """The refund for an end, and what is still to pay; computed once."""
        if ends_on not in self.costs:
            prepaid = consumer_contracts.prepaid(self.agreement.issued.newest_first(), ends_on)
            refund = prepaid.refund
            back = prepaid.because if refund and self.with_reasons else NOTHING
            self.costs[ends_on] = _Cost(refund, back, _prorated_to(self, ends_on))
        return self.costs[ends_on]

    def contract_way(self, route: str) -> WayOut | None:
        """The contract's way out by a route; None where it is closed."""
        return next((way for way in self.contract if way.route == route), None)


def _end_by_contract(contract: Iterable[WayOut], standing: Day | None) -> End:
    """The soonest of the contract's ordinary end and the end in force."""
    ordinary = next((way for way in contract if way.route == termination.ORDINARY), None)
    ends_on, reason = (None, NOTHING) if ordinary is None else (ordinary.ends_on, ordinary.because)
    if standing is not None and is_sooner(standing, ends_on):
        return End(standing, Message("the end on {day} stands", day=standing))
    return End(ends_on, reason)


def is_sooner(day: Day, other: Day | None) -> bool:
    """Whether a day is before another; None, no day, is after every day."""
    return other is None or day < other


def floor_of(way: WayOut) -> Floor:
    """A way out of the contract as a column of a row."""
    return Floor(
        open=way.open,
        ends_on=way.ends_on,
        give_notice_by=way.give_notice_by,
        refund=way.refund,
        still_to_pay=way.still_to_pay,
    )


def _prorated_to(question: LawQuestion, ends_on: Day) -> int:
    """The charges of the periods that begin before this end, for their days until then, in øre."""
    subscription = question.subscription
    total = 0
    for starts, ends, package in subscription.coming_periods(ends_on):
        whole = subscription.price(package, starts) * subscription.period_months
        total += half_up(whole * days_between(starts, min(ends, ends_on)), days_between(starts, ends))
    return total
