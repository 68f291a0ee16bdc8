"""The right to withdraw from one-off purchases (`fal.18`)."""

from collections.abc import Iterable

from subsim.answers.law import Floor
from subsim.answers.statutory_ways.question import LawQuestion
from subsim.answers.statutory_ways.rule import Rule
from subsim.basics.texts import Message, join_messages
from subsim.law import consumer_contracts
from subsim.membership.events import Kind
from subsim.terms.law_points import LawReadings


def _column(question: LawQuestion, _kind: Kind, _readings: LawReadings, _arguable: bool) -> Floor:
    """The one-off purchases that can still be withdrawn from, together."""
    lasts = [(consumer_contracts.last_day_for_purchase(each), each) for each in question.agreement.purchases]
    within = [(last, each) for last, each in lasts if last is not None and question.day <= last]
    if not within:
        return Floor(open=False, because=Message("no purchase is within its days"))
    refund = sum(each.amount for _, each in within)
    reasons = [
        Message("bought on {day} for {amount:kr}: until {last}", day=each.bought_on, amount=each.amount, last=last)
        for last, each in within
    ]
    return Floor(
        give_notice_by=max(last for last, _ in within),
        refund=refund,
        refund_by=consumer_contracts.refund_by(question.day) if refund else None,
        still_to_pay=0,
        because=join_messages(reasons),
    )


def _provisions(_question: LawQuestion, _kind: Kind) -> Iterable[str]:
    return ("fal.18", "fal.19", "fal.22")


RULE = Rule(floor=_column, provisions=_provisions, is_at_hand=lambda question: bool(question.agreement.purchases))
