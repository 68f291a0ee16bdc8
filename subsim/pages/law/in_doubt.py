"""What mandatory law gives in every course of events, where the facts are in doubt."""

from collections.abc import Iterable, Iterator, Sequence

from subsim.answers.can_cancel import Cancellation
from subsim.answers.law import LawAnswer
from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.pages.law.words import NOT_SHOWN, Voice, values_of
from subsim.pages.text import Page
from subsim.terms.law_routes import ORDINARY, WITHDRAWAL


def law_in_any_case(answers: Sequence[Cancellation], page: Page, voice: Voice = "desk") -> Iterator[Message]:
    """What mandatory law gives beside the contract in every course of events, where the facts are in doubt.

    By when the member can leave by law in any case, if that is sooner than the contract lets them leave in any case;
    else that it gives more under some of the facts, where it does. Nothing where the law is not asked.
    """
    laws = [answer.law for answer in answers if answer.law is not None]
    covered = [law for law in laws if law.covered]
    if not covered:
        yield from {
            Message("{why}: mandatory law is not shown", why=NOT_SHOWN[law.why_not])
            for law in laws
            if law.why_not in NOT_SHOWN
        }
        return
    ways = [way for law in covered for way in law.ways if way.route in (WITHDRAWAL, ORDINARY)]
    by_contract = _latest(answer.earliest_end for answer in answers)
    by_law = _latest(map(_sure_end, laws))
    if by_law is not None and (by_contract is None or by_law < by_contract):
        own = [
            way for way in ways if way.sure.ends_on is not None and way.sure.ends_on <= by_law and way.better == "law"
        ]
        words = _HAS_ENDED if by_law < answers[0].date else _CAN_LEAVE
        yield words[voice].fill(**(values_of(voice, own, own[0].sure, page) | {"end": by_law}))
    elif any(way.better == "law" for way in ways):
        yield _GIVES_MORE[voice]


_CAN_LEAVE: dict[Voice, Message] = {
    "desk": Message("mandatory law, as read here, lets the member leave in any case by {end} ({basis})"),
    "letter": Message("By mandatory law, as we read it, you can leave in any case by {end} ({basis})"),
}
_HAS_ENDED: dict[Voice, Message] = {
    "desk": Message("by mandatory law, as read here, the notice given has ended it in any case by {end} ({basis})"),
    "letter": Message("By mandatory law, as we read it, your notice has ended it in any case by {end} ({basis})"),
}
_GIVES_MORE: dict[Voice, Message] = {
    "desk": Message("mandatory law, as read here, gives more under some of these facts"),
    "letter": Message("Mandatory law, as we read it, gives you more under some of the facts that we do not know"),
}


def _latest(ends: Iterable[Day | None]) -> Day | None:
    """The last of the days; None where one is missing."""
    found = list(ends)
    return None if None in found else max(end for end in found if end is not None)


def _sure_end(law: LawAnswer) -> Day | None:
    """The soonest end that is sure by law whatever was sold; None where there is none."""
    withdrawals = [way.sure.ends_on for way in law.ways_by(WITHDRAWAL)]
    by_notice = _latest(way.sure.ends_on for way in law.ways_by(ORDINARY)) if law.covered else None
    return min((end for end in (*withdrawals, by_notice) if end is not None), default=None)
