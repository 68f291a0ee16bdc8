"""An agreement made in a call that was not asked for (`fal.4`)."""

from collections.abc import Iterable

from subsim.answers.law import Floor
from subsim.answers.statutory_ways.question import LawQuestion
from subsim.answers.statutory_ways.rule import Rule
from subsim.basics.texts import Message
from subsim.law import consumer_contracts
from subsim.membership.events import Kind
from subsim.terms.law_points import LawReadings


def _column(question: LawQuestion, _kind: Kind, _readings: LawReadings, arguable: bool) -> Floor:
    """An agreement made in an unsolicited call does not bind the member; no date limits how long."""
    reason = Message("a call that was not asked for binds the member to nothing, unless they wait too long")
    if not arguable:
        return Floor(open=False, because=reason)
    return Floor(ends_on=question.day, refund=question.agreement.paid, still_to_pay=0, because=reason)


def _provisions(_question: LawQuestion, _kind: Kind) -> Iterable[str]:
    return ("fal.4",)


RULE = Rule(
    floor=_column,
    provisions=_provisions,
    is_at_hand=lambda question: consumer_contracts.is_cold_call(question.agreement),
)
