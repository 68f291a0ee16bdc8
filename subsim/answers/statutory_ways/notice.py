"""Notice by law (`fal.28`, `tele.7`), beside the soonest end of the contract."""

from collections.abc import Iterable

from subsim.answers.can_cancel import still_to_pay_until
from subsim.answers.law import Floor
from subsim.answers.statutory_ways.question import CLOSED, LawQuestion, floor_of, is_sooner
from subsim.answers.statutory_ways.rank import rank
from subsim.answers.statutory_ways.rule import Rule
from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.engine.ways import WAYS
from subsim.law import telecoms
from subsim.membership.agreement import End
from subsim.membership.events import Kind
from subsim.terms.law_points import LawReadings
from subsim.terms.law_routes import ORDINARY


def _column(question: LawQuestion, kind: Kind, readings: LawReadings, _arguable: bool) -> Floor:
    """The soonest of the contract's ordinary end, the end in force, and the statutory end of a notice of either day."""
    ends_on, reason = question.by_contract
    by_law = _statutory_end(question, kind, question.day, readings)
    for end in (by_law, _end_of_own_notice(question, kind, readings)):
        if end is not None and end.ends_on is not None and is_sooner(end.ends_on, ends_on):
            ends_on, reason = end
    if ends_on is None:
        return Floor(open=False, because=by_law.because)
    known = question.ends.get((ends_on, id(reason)))
    if known is None:
        known = question.ends[ends_on, id(reason)] = reason, _of_end(question, ends_on, reason)
    return known[1]


def _of_end(question: LawQuestion, ends_on: Day, reason: Message) -> Floor:
    """The column of a notice with this end."""
    cost = question.cost_of(ends_on)
    return Floor(
        ends_on=ends_on,
        refund=cost.refund,
        refund_by=question.day if cost.refund else None,
        still_to_pay=cost.still_to_pay,
        because=reason + cost.back if cost.refund else reason,
    )


def _end_of_own_notice(question: LawQuestion, kind: Kind, readings: LawReadings) -> End | None:
    """The statutory end of the member's notice in force, counted from its own day, and not before a wanted end."""
    own = question.agreement.own_notice
    if own is None:
        return None
    end = _statutory_end(question, kind, own.received, readings)
    if end.ends_on is not None and own.wanted_end is not None and own.wanted_end > end.ends_on:
        return End(own.wanted_end, end.because + Message("asked for on {day}", day=own.wanted_end))
    return end


def _statutory_end(question: LawQuestion, kind: Kind, notice: Day, readings: LawReadings) -> End:
    """The end by law of an agreement of this kind, for a notice of this day."""
    agreement, common = question.agreement, question.common
    concluded = agreement.concluded_on
    if kind == "tv":
        if agreement.has_receiver and readings.law_tv_box == "unknown":
            return End(None, Message("a receiver is lent: special rules exist, whose content is not known"))
        return common.end_by_consumer_contracts(concluded, notice, readings)
    tele = common.end_by_telecoms(concluded, notice, readings)
    if kind == "internet" or concluded >= telecoms.BUNDLES_FROM:
        return tele
    if notice >= telecoms.BUNDLES_FROM and readings.law_version == "by-event":
        return tele
    return _of_both_parts(tele, common.end_by_consumer_contracts(concluded, notice, readings), readings)


def _of_both_parts(internet: End, tv: End, readings: LawReadings) -> End:
    """The end of a bundle whose parts have different rules; that of internet always exists."""
    assert internet.ends_on is not None
    if readings.law_bundle_before == "later":
        return tv if tv.ends_on is None or tv.ends_on > internet.ends_on else internet
    return tv if tv.ends_on is not None and tv.ends_on < internet.ends_on else internet


def _points(_question: LawQuestion, kind: Kind) -> tuple[str, ...]:
    return POINTS_BY_KIND[kind]


POINTS_BY_KIND: dict[Kind, tuple[str, ...]] = {
    "internet": ("law-tele-month",),
    "tv": ("law-28-early", "law-tv-box"),
    "bundle": ("law-tele-month", "law-28-early", "law-bundle-before", "law-version"),
}


def _contract_column(question: LawQuestion) -> Floor:
    """The contract's soonest way out by notice, or the end in force."""
    ways = [floor_of(way) for way in question.contract if not WAYS[way.route].is_withdrawal]
    ends_on = question.subscription.ends_on
    if ends_on is not None:
        cost = still_to_pay_until(question.member, question.subscription, ends_on)
        ways.append(Floor(ends_on=ends_on, refund=0, still_to_pay=cost))
    return min(ways, key=lambda way: rank(ORDINARY, way), default=CLOSED)


def _provisions(question: LawQuestion, kind: Kind) -> Iterable[str]:
    if kind == "tv":
        return ("fal.28", "fal.29")
    if kind == "internet":
        return ("fal.29", "tele.7")
    before = ("fal.28",) if question.agreement.concluded_on < telecoms.BUNDLES_FROM else ()
    since = ("tele.10",) if question.day >= telecoms.BUNDLES_FROM else ()
    return (*before, "fal.29", "tele.7", *since)


RULE = Rule(floor=_column, provisions=_provisions, points=_points, of_contract=_contract_column)
