"""The right to withdraw (`fal.18`), beside that of the contract."""

from collections.abc import Hashable, Iterable

from subsim.answers.law import Floor
from subsim.answers.statutory_ways.question import CLOSED, LawQuestion, floor_of
from subsim.answers.statutory_ways.rule import Rule
from subsim.basics.dates import Day
from subsim.law import consumer_contracts
from subsim.membership.events import Kind
from subsim.rules import withdrawal
from subsim.terms.law_points import LawReadings


def _column(question: LawQuestion, _kind: Kind, readings: LawReadings, _arguable: bool) -> Floor:
    """The right to withdraw. A withdrawal that the contract refused and the law allows stays valid."""
    agreement, contract = question.agreement, question.contract_way(withdrawal.WITHDRAWAL)
    sent, received = question.day, question.day
    window = consumer_contracts.withdrawal_window(agreement, sent, readings)
    for refused in agreement.refused_withdrawals:
        if (its := consumer_contracts.withdrawal_window(agreement, refused.sent, readings)) is not None:
            sent, received, window = refused.sent, refused.received, its
            break
    last: Day | None
    if window is not None:
        owed, use = consumer_contracts.owed_for_use(agreement, sent, readings)
        last, refund, reason = window.last, max(0, agreement.paid - owed), window.because + use
        if contract is not None:
            last, refund = _later(contract.give_notice_by, last), max(contract.refund or 0, refund)
    elif contract is not None:
        last, refund, reason = contract.give_notice_by, contract.refund or 0, contract.because
    else:
        return Floor(open=False, because=consumer_contracts.why_no_withdrawal(agreement, sent, readings))
    return Floor(
        ends_on=sent,
        give_notice_by=last,
        refund=refund,
        refund_by=consumer_contracts.refund_by(received) if refund else None,
        still_to_pay=0,
        because=reason,
    )


def _later(one: Day | None, other: Day | None) -> Day | None:
    """The later last day; None, no last day yet, is the latest."""
    return None if one is None or other is None else max(one, other)


def _may_be_open(question: LawQuestion) -> bool:
    """Whether a withdrawal of today, or one that the contract refused, may be in time by law; if not, none is."""
    sent = [question.day, *(each.sent for each in question.agreement.refused_withdrawals)]
    return any(consumer_contracts.may_be_in_time(question.agreement, day) for day in sent)


def _points(question: LawQuestion, _kind: Kind) -> tuple[str, ...]:
    return () if question.agreement.activated_on is None else _POINTS_OF_USE


_POINTS_OF_USE = "law-25-pay", "law-25-base", "law-content"
"""Every point of a withdrawal is about a service that was used."""


def _depends_on(question: LawQuestion) -> Hashable:
    """The contract's way, and all of the agreement but notices and purchases; the lines where one may be in time."""
    its, contract = question.agreement, question.contract_way(withdrawal.WITHDRAWAL)
    lines = its.lines if contract is not None or _may_be_open(question) else []
    return (
        *(contract, its.sign_up, its.trial_ends, its.informed_on, its.express_request, its.activated_on, its.price),
        its.refused_withdrawals,
        tuple((line.kind, line.amount, line.open, line.cancelled, line.starts, line.ends) for line in lines),
    )


def _contract_column(question: LawQuestion) -> Floor:
    way = question.contract_way(withdrawal.WITHDRAWAL)
    return CLOSED if way is None else floor_of(way)


def _provisions(question: LawQuestion, _kind: Kind) -> Iterable[str]:
    of_trial = ("fal.18.trial",) if question.agreement.trial_ends is not None else ()
    return ("fal.18", "fal.19", "fal.20", "fal.22", "fal.25", *of_trial)


RULE = Rule(
    floor=_column,
    provisions=_provisions,
    points=_points,
    of_contract=_contract_column,
    may_be_open=_may_be_open,
    depends_on=_depends_on,
)
