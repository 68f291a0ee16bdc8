"""What the contract and mandatory law give, in sentences for the desk and for a letter."""

from collections.abc import Callable, Iterable, Iterator

from subsim.answers.can_cancel import Cancellation
from subsim.answers.law import Floor, LawAnswer, LawWay
from subsim.basics.texts import Message, join_words
from subsim.membership.events import KINDS
from subsim.pages.blocks import Paragraph
from subsim.pages.law.words import NOT_SHOWN, SENTENCES, Voice, values_of
from subsim.pages.text import Page
from subsim.terms.law_routes import COLD_CALL, ORDINARY, PURCHASE, WITHDRAWAL


def law_sentence(answer: Cancellation, page: Page) -> Paragraph | None:
    """What the contract and mandatory law give, in one sentence; None without a live subscription."""
    law = answer.law
    if law is None or law.why_not == "not-live":
        return None
    if law.why_not is not None:
        return page.say(Message("{why}: mandatory law is not shown", why=NOT_SHOWN[law.why_not]))
    return page.say(*_both(answer, law, "desk", page))


def law_for_member(answer: Cancellation, page: Page) -> list[Message]:
    """What the law gives, in sentences to the member; empty where the law does not cover the subscription."""
    law = answer.law
    return list(_both(answer, law, "letter", page)) if law is not None and law.covered else []


def _both(answer: Cancellation, law: LawAnswer, voice: Voice, page: Page) -> Iterator[Message]:
    yield _sentence(voice, "contract" if answer.earliest_end else "no contract", end=answer.earliest_end)
    yield from _gains(answer, law, voice, page)


def _gains(answer: Cancellation, law: LawAnswer, voice: Voice, page: Page) -> Iterator[Message]:
    """What each route gives beyond the contract; notice is left out for a member who can certainly withdraw."""
    (withdrawal,) = law.ways_by(WITHDRAWAL)
    if withdrawal.better == "law":
        found = [*_sure_withdrawal(withdrawal, answer, voice, page)]
    else:
        found = [*_arguable_withdrawal(withdrawal, voice, page), *_of_notice(law, answer, voice, page)]
    found += _of_purchases(law, voice, page)
    uninvited = [*_of_cold_call(law, voice, page)]
    if uninvited and not found:
        found = [_sentence(voice, "no more for certain")]
    yield from [*found, *uninvited] or [_sentence(voice, "no more")]


def _sure_withdrawal(way: LawWay, answer: Cancellation, voice: Voice, page: Page) -> Iterator[Message]:
    sure, arguable = way.sure, way.arguable
    key = "sent" if sure.ends_on != answer.date else "withdraw" if sure.give_notice_by else "withdraw, no last day"
    yield _sentence(voice, f"{key}, back" if sure.refund else key, **values_of(voice, [way], sure, page))
    if arguable.refund != sure.refund:
        yield _sentence(voice, "arguably back", **values_of(voice, [way], arguable, page, by={"fal.25"}))


def _arguable_withdrawal(way: LawWay, voice: Voice, page: Page) -> Iterator[Message]:
    if way.better == "depends":
        yield _sentence(voice, "arguably withdraw", **values_of(voice, [way], way.arguable, page))


def _of_purchases(law: LawAnswer, voice: Voice, page: Page) -> Iterator[Message]:
    for way in law.ways_by(PURCHASE):
        if way.better == "law":
            yield _sentence(voice, "purchase", **values_of(voice, [way], way.sure, page))


def _of_cold_call(law: LawAnswer, voice: Voice, page: Page) -> Iterator[Message]:
    for way in law.ways_by(COLD_CALL):
        if way.better == "depends":
            key = "cold call, back" if way.arguable.refund else "cold call"
            yield _sentence(voice, key, **values_of(voice, [way], way.arguable, page))


def _of_notice(law: LawAnswer, answer: Cancellation, voice: Voice, page: Page) -> Iterator[Message]:
    """The effect of a notice by law; where the kind of agreement is not known, the certain effect for each kind."""
    ways = law.ways_by(ORDINARY)
    if all(way.better in ("same", "contract") for way in ways):
        return
    if ways[0].kind is None:
        yield from _sure_notice(ways, answer, voice, page)
        yield from _arguable_notice(ways, answer, voice, page)
        return
    alike = _alike(ways, lambda way: (way.better == "law", way.sure.gist if way.better == "law" else None))
    for its in alike:
        parts = _sure_notice(its, answer, voice, page)
        yield from parts if len(alike) == 1 else (_for_kinds(voice, its, part) for part in parts)
    if voice == "desk":
        if any(map(_has_more_arguable, ways)):
            yield Message("what is arguable beyond that depends on what was sold")
        return
    for its in _alike([way for way in ways if _has_more_arguable(way)], lambda way: way.arguable.gist):
        yield from (_for_kinds(voice, its, part) for part in _arguable_notice(its, answer, voice, page))


def _alike(ways: Iterable[LawWay], by: Callable[[LawWay], object]) -> list[list[LawWay]]:
    """The rows grouped by a key."""
    found: dict[object, list[LawWay]] = {}
    for way in ways:
        found.setdefault(by(way), []).append(way)
    return list(found.values())


def _sure_notice(ways: list[LawWay], answer: Cancellation, voice: Voice, page: Page) -> Iterator[Message]:
    """The certain effect of a notice, for rows with the same one."""
    if ways[0].better == "law":
        key = _key_of_notice(ways[0].sure, answer)
        by = _provisions_of_notice(ways, key)
        yield _sentence(voice, key, **values_of(voice, ways, ways[0].sure, page, by=by))
    else:
        yield _sentence(voice, "no more for certain" if any(map(_has_more_arguable, ways)) else "no more")


def _has_more_arguable(way: LawWay) -> bool:
    more = (way.arguable.ends_on, way.arguable.refund) != (way.sure.ends_on, way.sure.refund)
    return more and way.better in ("law", "depends")


def _arguable_notice(ways: list[LawWay], answer: Cancellation, voice: Voice, page: Page) -> Iterator[Message]:
    """The arguable effect of a notice beyond that, for rows with the same one."""
    arguable = ways[0].arguable
    if _has_more_arguable(ways[0]):
        key = _key_of_end(arguable, answer)
        by = _provisions_of_notice(ways, key)
        yield _sentence(voice, f"arguably {key}", **values_of(voice, ways, arguable, page, by=by))


def _for_kinds(voice: Voice, ways: list[LawWay], sentence: Message) -> Message:
    sold = join_words([KINDS[way.kind] for way in ways if way.kind])
    return _FOR_KINDS[voice].fill(sold=sold, sentence=sentence)


_FOR_KINDS: dict[Voice, Message] = {
    "desk": Message("for {sold} {sentence}"),
    "letter": Message("If your agreement is for {sold}: {sentence}"),
}


def _key_of_end(floor: Floor, answer: Cancellation) -> str:
    """The key of the sentence on an end; one before the day of the question is that of an earlier notice."""
    key = "left" if floor.ends_on is not None and floor.ends_on < answer.date else "leave"
    return f"{key}, back" if floor.refund else key


def _key_of_notice(floor: Floor, answer: Cancellation) -> str:
    """The key of the sentence on a notice: a sooner end, a refund for the same end, or less to pay until then."""
    if answer.earliest_end is None or (floor.ends_on is not None and floor.ends_on < answer.earliest_end):
        return _key_of_end(floor, answer)
    return "back" if floor.refund else "less to pay"


def _provisions_of_notice(ways: list[LawWay], key: str) -> set[str]:
    """The provisions that give what the sentence of this key says of a notice.

    Under `fal.28` money comes back by `fal.29`, which alone counts where the end is that of the contract; `tele.7`
    gives both, the end and the money.
    """
    ids = {way.decisive for way in ways}
    if "fal.28" not in ids or key in ("leave", "left"):
        return ids
    return ids | {"fal.29"} if key in ("leave, back", "left, back") else ids - {"fal.28"} | {"fal.29"}


def _sentence(voice: Voice, key: str, **values: object) -> Message:
    return SENTENCES[key][voice].fill(**values)
