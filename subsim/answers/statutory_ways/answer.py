"""What the law says beside the contract's answer about one subscription, also under other readings."""

from collections.abc import Iterable, Iterator, Mapping

from subsim.answers.can_cancel import Cancellation, open_routes
from subsim.answers.common_law import CommonLaw
from subsim.answers.law import LawAnswer, LawByReading, LawWay
from subsim.answers.statutory_ways.question import LawQuestion
from subsim.answers.statutory_ways.rows import RULES, common_rows, routes_at_hand, rows_of
from subsim.basics.dates import Day
from subsim.basics.enumerations import LawGap
from subsim.law import consumer_contracts, contracts_act, telecoms
from subsim.membership.agreement import Happened, Note
from subsim.membership.events import KINDS, Kind
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.statutes import in_order


def law_answer(
    member: Member,
    happened: Iterable[Happened],
    contract: Cancellation,
    choices: Mapping[str, str],
    common: CommonLaw | None = None,
) -> LawAnswer:
    """What the law says beside the contract's answer, as of its day; `choices` are the law points that are set.

    `common` spares time where the same is asked of several courses of events.
    """
    day, subscription = contract.date, member.by_id.get(contract.subscription)
    if subscription is None or not subscription.is_live:
        return LawAnswer(why_not="not-live", kinds=())
    kinds = kinds_of(subscription)
    if (why_not := why_not_covered(member, subscription)) is not None:
        return LawAnswer(why_not=why_not, kinds=kinds)
    routes = [way for way in contract.routes if way.open]
    question = LawQuestion.about(member, subscription, happened, routes, day, common or CommonLaw())
    return LawAnswer(
        why_not=None,
        kinds=kinds,
        ways=tuple(row for route in routes_at_hand(question) for row in common_rows(question, route, kinds, choices)),
        notes=_notes(question, kinds),
    )


def ways_giving_more(
    member: Member, subscription: Subscription, happened: Iterable[Happened], day: Day, choices: Mapping[str, str]
) -> Iterator[LawWay]:
    """The rows by which the law gives more than the contract, surely or arguably; of a covered, live subscription.

    They are those of `law_answer`, without `points`: a portfolio has no time for what it does not write.
    """
    routes = open_routes(member, subscription, day)
    question = LawQuestion.about(member, subscription, happened, routes, day, CommonLaw(), with_reasons=False)
    for route in routes_at_hand(question):
        if RULES[route].may_be_open(question):
            for way in rows_of(question, route, kinds_of(subscription), choices, with_points=False):
                if way.better in ("law", "depends"):
                    yield way


def law_by_readings(
    member: Member, happened: Iterable[Happened], contract: Cancellation, choices: Mapping[str, str]
) -> list[LawByReading]:
    """The law's answers under every other reading of a law point that is not set, where a row changes."""
    happened, found = list(happened), []
    usual = {way.gist for way in law_answer(member, happened, contract, choices).ways}
    for point in LAW_POINTS.values():
        for reading in point.readings if point.name not in choices else ():
            other = law_answer(member, happened, contract, {**choices, point.name: reading})
            changed = tuple(way for way in other.ways if way.gist not in usual)
            if changed:
                name = contract.subscription
                found.append(LawByReading(subscription=name, point=point.name, reading=reading, ways=changed))
    return found


def kinds_of(subscription: Subscription) -> tuple[Kind, ...]:
    """The kinds of agreement that a subscription may be: the one that is known, else all of them."""
    return tuple(KINDS) if subscription.sign_up.kind is None else (subscription.sign_up.kind,)


def why_not_covered(member: Member, subscription: Subscription) -> LawGap | None:
    """Why the law column does not cover a live subscription; None where it does."""
    if subscription.registered_on < consumer_contracts.IN_FORCE_FROM:
        return "before-2014-06-13"
    return "commercial" if member.person.use == "commercial" else None


def _notes(question: LawQuestion, kinds: tuple[Kind, ...]) -> tuple[Note, ...]:
    """What provisions say that compute nothing here, in their order."""
    agreement, day = question.agreement, question.day

    def find() -> tuple[Note, ...]:
        found = consumer_contracts.notes(agreement, day)
        if kinds != ("tv",):
            found += telecoms.notes(day)
        found += contracts_act.notes()
        places = in_order({note.provision for note in found})
        return tuple(sorted(found, key=lambda note: places.index(note.provision)))

    return question.common.kept(("notes", agreement.concluded_on, agreement.sign_up.channel, day, kinds), find)
