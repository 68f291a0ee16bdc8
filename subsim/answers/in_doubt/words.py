"""The answer and the facts on which it depends, in words."""

from collections.abc import Iterable, Sequence
from itertools import islice

from subsim.answers.can_cancel import CaseInDoubt, Row
from subsim.basics.dates import Day
from subsim.basics.texts import Message, join_messages, join_words
from subsim.basics.values import frozen
from subsim.files.doubts import Assumption, Doubt, Span


@frozen
class WhyNot:
    """What is said where the member cannot leave: in every world, and under some facts."""

    in_no_case: Message
    not_if: Message


NO_WAY = WhyNot(Message("in no case: no way out is open"), Message("not at all if {facts}"))
HAS_ENDED = WhyNot(
    Message("in no case: the subscription had already ended"), Message("it had already ended if {facts}")
)

NO_SUBSCRIPTION = WhyNot(
    Message("in no case: there is no subscription to cancel"), Message("there is no subscription if {facts}")
)


_MOST_CASES = 4
_MOST_ROWS = 8


def sentence_of(cases: Sequence[CaseInDoubt], doubts: Sequence[Doubt], why_not: WhyNot) -> Message:
    """What is certain, else what can be, by the names of the doubts."""
    if len(cases) == 1:
        (case,) = cases
        return Message("in any case from {day}", day=case.earliest_end) if case.can_cancel else why_not.in_no_case
    ends = [case.earliest_end for case in cases if case.earliest_end is not None]
    if not ends:
        return why_not.in_no_case
    parts = []
    if len(ends) == len(cases):
        parts.append(Message("in any case from {day}", day=max(ends)))
        cases = [case for case in cases if case.earliest_end != max(ends)]
    if len(cases) > _MOST_CASES:
        first = cases[0]
        soonest = Message(
            "from {day} at the soonest, if {facts}", day=first.earliest_end, facts=rows_words(first.facts, doubts)
        )
        return join_messages([*parts, soonest])
    for case in cases:
        facts = rows_words(case.facts, doubts)
        if case.can_cancel:
            parts.append(Message("from {day} if {facts}", day=case.earliest_end, facts=facts))
        else:
            parts.append(why_not.not_if.fill(facts=facts))
    return join_messages(parts)


def rows_words(rows: Iterable[Row], doubts: Sequence[Doubt]) -> Message:
    """The facts that give an answer, as a sentence has them after «if»."""
    first, *others = (_row_words(row, doubts) for row in islice(rows, _MOST_ROWS + 1))
    joined = first
    for words in others[: _MOST_ROWS - 1]:
        joined = Message("{facts}, or {others}", facts=joined, others=words)
    return Message("{facts}, or {others}", facts=joined, others="…") if len(others) == _MOST_ROWS else joined


def _row_words(row: Row, doubts: Sequence[Doubt]) -> Message:
    by_id = {doubt.id: doubt for doubt in doubts}
    facts = [_fact_words(by_id[id], fact) for id, fact in row.items()]
    return join_words(facts, "and") if facts else Message("whatever is in doubt")


def _fact_words(doubt: Doubt, fact: Span | Day | bool) -> Message:
    if not isinstance(fact, Span):
        return _assumed_words(doubt.called, fact)
    days = [day for day in doubt.settings if isinstance(day, Day)]
    if fact.first == days[0]:
        return Message("{fact} was by {day}", fact=doubt.called, day=fact.last)
    if fact.last == days[-1]:
        return Message("{fact} was on {day} or later", fact=doubt.called, day=fact.first)
    return _assumed_words(doubt.called, fact)


def assumed_words(doubts: Iterable[Doubt]) -> Message:
    """What is assumed of those of these facts in doubt of which something is, by their names."""
    return join_words([_assumed_words(each.called, each.assumed) for each in doubts if each.assumed is not None], "and")


def _assumed_words(name: Message, fact: Assumption) -> Message:
    match fact:
        case True:
            return Message("{fact} happened", fact=name)
        case False:
            return Message("{fact} did not happen", fact=name)
        case Span():
            return Message("{fact} was from {first} to {last}", fact=name, first=fact.first, last=fact.last)
    return Message("{fact} was on {day}", fact=name, day=fact)
