"""Blocks on the law beside the contract: one sentence, a table route by route, open points, and notes.

They never say that a clause is void. They say what the contract gives, what mandatory law gives at least as read here,
and what a tenable reading may give, each with its provision.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from subsim.answers.can_cancel import Cancellation
from subsim.answers.law import Floor, LawAnswer, LawWay
from subsim.basics.dates import Day
from subsim.basics.enumerations import BETTER, LawGap
from subsim.basics.texts import Message, join_words
from subsim.engine.labels import LAW_ROUTES
from subsim.membership.agreement import Note
from subsim.membership.events import KINDS
from subsim.pages.blocks import Blocks, Column, Paragraph, Section, Table, section, stack
from subsim.pages.text import Page
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.law_routes import COLD_CALL, ORDINARY, PURCHASE, WITHDRAWAL
from subsim.terms.statutes import PROVISIONS, SOURCES_OF, STANDINGS, Provision, in_order

Voice = Literal["desk", "letter"]
"""The reader of a sentence: the staff at the desk, or the member in a letter."""

# The sentence


def law_sentence(answer: Cancellation, page: Page) -> Paragraph | None:
    """What the contract and mandatory law give, in one sentence; None without a live subscription."""
    law = answer.law
    if law is None or law.why_not == "not-live":
        return None
    if law.why_not is not None:
        return page.say(Message("{why}: mandatory law is not shown", why=_GAPS[law.why_not]))
    return page.say(*_both(answer, law, "desk", page))


def law_for_member(answer: Cancellation, page: Page) -> list[Message]:
    """What the law gives, in sentences to the member; empty where the law does not cover the subscription."""
    law = answer.law
    return list(_both(answer, law, "letter", page)) if law is not None and law.covered else []


def law_in_any_case(answers: Sequence[Cancellation], page: Page, voice: Voice = "desk") -> Iterator[Message]:
    """What mandatory law gives beside the contract in every course of events, where the facts are in doubt.

    By when the member can leave by law in any case, if that is sooner than the contract lets them leave in any case;
    else that it gives more under some of the facts, where it does. Nothing where the law is not asked.
    """
    laws = [answer.law for answer in answers if answer.law is not None]
    covered = [law for law in laws if law.covered]
    if not covered:
        yield from {
            Message("{why}: mandatory law is not shown", why=_GAPS[law.why_not]) for law in laws if law.why_not in _GAPS
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
        yield words[voice].fill(**(_values(voice, own, own[0].sure, page) | {"end": by_law}))
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


_GAPS: dict[LawGap, Message] = {
    "before-2014-06-13": Message("The agreement was made before 13 June 2014"),
    "commercial": Message("The use is commercial"),
}


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
    yield _sentence(voice, f"{key}, back" if sure.refund else key, **_values(voice, [way], sure, page))
    if arguable.refund != sure.refund:
        yield _sentence(voice, "arguably back", **_values(voice, [way], arguable, page, by={"fal.25"}))


def _arguable_withdrawal(way: LawWay, voice: Voice, page: Page) -> Iterator[Message]:
    if way.better == "depends":
        yield _sentence(voice, "arguably withdraw", **_values(voice, [way], way.arguable, page))


def _of_purchases(law: LawAnswer, voice: Voice, page: Page) -> Iterator[Message]:
    for way in law.ways_by(PURCHASE):
        if way.better == "law":
            yield _sentence(voice, "purchase", **_values(voice, [way], way.sure, page))


def _of_cold_call(law: LawAnswer, voice: Voice, page: Page) -> Iterator[Message]:
    for way in law.ways_by(COLD_CALL):
        if way.better == "depends":
            key = "cold call, back" if way.arguable.refund else "cold call"
            yield _sentence(voice, key, **_values(voice, [way], way.arguable, page))


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
        yield _sentence(voice, key, **_values(voice, ways, ways[0].sure, page, by=by))
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
        yield _sentence(voice, f"arguably {key}", **_values(voice, ways, arguable, page, by=by))


def _for_kinds(voice: Voice, ways: list[LawWay], said: Message) -> Message:
    sold = join_words([KINDS[way.kind] for way in ways if way.kind])
    return _FOR_KINDS[voice].fill(sold=sold, said=said)


_FOR_KINDS: dict[Voice, Message] = {
    "desk": Message("for {sold} {said}"),
    "letter": Message("If your agreement is for {sold}: {said}"),
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


def _values(
    voice: Voice, ways: list[LawWay], floor: Floor, page: Page, *, by: set[str] | None = None
) -> dict[str, object]:
    """The values of a sentence on a column, for rows with the same one; `by` are other provisions than the decisive."""
    ids = in_order({way.decisive for way in ways} if by is None else by)
    basis = ", ".join(ids if voice == "desk" else (_as_read_by_member(id, page) for id in ids))
    if not all(way.is_confirmed for way in ways):
        basis = f"{basis}, {page.words(UNCONFIRMED)}"
    return {
        "end": floor.ends_on,
        "last": floor.give_notice_by,
        "refund": floor.refund,
        "cost": floor.still_to_pay,
        "basis": basis,
    }


def _as_read_by_member(id: str, page: Page) -> str:
    """The statute of a provision and what it is about, for who knows no ids."""
    provision, code = PROVISIONS[id], page.language.code
    about = provision.heading if code == "da" else provision.heading_en
    return page.words(
        Message("{statute} on {subject}", statute=provision.statute.short(code), subject=about[:1].lower() + about[1:])
    )


UNCONFIRMED = Message("unconfirmed")
"""The mark beside a date or amount from a provision that is known from memory only."""


def _sentence(voice: Voice, key: str, **values: object) -> Message:
    return SAID[key][voice].fill(**values)


SAID: dict[str, dict[Voice, Message]] = {
    "contract": {
        "desk": Message("The contract ends it on {end}"),
        "letter": Message("By our terms your subscription ends on {end}"),
    },
    "no contract": {
        "desk": Message("The contract gives no way out"),
        "letter": Message("Our terms give you no way out as yet"),
    },
    "no more": {
        "desk": Message("mandatory law, as read here, gives no more"),
        "letter": Message("Mandatory law, as we read it, gives you no more than that"),
    },
    "no more for certain": {
        "desk": Message("mandatory law, as read here, gives no more for certain"),
        "letter": Message("Mandatory law, as we read it, gives you no more than that for certain"),
    },
    "withdraw": {
        "desk": Message("mandatory law, as read here, lets the member withdraw until {last} ({basis})"),
        "letter": Message("By mandatory law, as we read it, you can withdraw until {last} ({basis})"),
    },
    "withdraw, back": {
        "desk": Message(
            "mandatory law, as read here, lets the member withdraw until {last} ({basis}) and gives {refund:kr} back"
        ),
        "letter": Message(
            "By mandatory law, as we read it, you can withdraw until {last} ({basis}) and get {refund:kr} back"
        ),
    },
    "withdraw, no last day": {
        "desk": Message("mandatory law, as read here, lets the member withdraw ({basis})"),
        "letter": Message("By mandatory law, as we read it, you can withdraw ({basis})"),
    },
    "withdraw, no last day, back": {
        "desk": Message("mandatory law, as read here, lets the member withdraw ({basis}) and gives {refund:kr} back"),
        "letter": Message("By mandatory law, as we read it, you can withdraw ({basis}) and get {refund:kr} back"),
    },
    "sent": {
        "desk": Message("by mandatory law, as read here, the withdrawal sent on {end} counts ({basis})"),
        "letter": Message("By mandatory law, as we read it, your withdrawal of {end} counts ({basis})"),
    },
    "sent, back": {
        "desk": Message(
            "by mandatory law, as read here, the withdrawal sent on {end} counts ({basis}) and gives {refund:kr} back"
        ),
        "letter": Message(
            "By mandatory law, as we read it, your withdrawal of {end} counts ({basis}), and you get {refund:kr} back"
        ),
    },
    "arguably back": {
        "desk": Message("arguably {refund:kr} back ({basis})"),
        "letter": Message("The law can also be read so that you get {refund:kr} back ({basis})"),
    },
    "arguably withdraw": {
        "desk": Message("mandatory law arguably lets the member withdraw until {last} ({basis})"),
        "letter": Message("The law can also be read so that you can withdraw until {last} ({basis})"),
    },
    "leave": {
        "desk": Message("mandatory law, as read here, lets the member leave by {end} ({basis})"),
        "letter": Message("By mandatory law, as we read it, you can leave by {end} ({basis})"),
    },
    "leave, back": {
        "desk": Message(
            "mandatory law, as read here, lets the member leave by {end} ({basis}) and gives {refund:kr} back"
        ),
        "letter": Message("By mandatory law, as we read it, you can leave by {end} ({basis}) and get {refund:kr} back"),
    },
    "left": {
        "desk": Message("by mandatory law, as read here, the notice given ended it on {end} ({basis})"),
        "letter": Message("By mandatory law, as we read it, your notice ended the subscription on {end} ({basis})"),
    },
    "left, back": {
        "desk": Message(
            "by mandatory law, as read here, the notice given ended it on {end} ({basis}) and gives {refund:kr} back"
        ),
        "letter": Message(
            "By mandatory law, as we read it, your notice ended the subscription on {end} ({basis}), "
            "and you get {refund:kr} back"
        ),
    },
    "back": {
        "desk": Message("mandatory law, as read here, gives {refund:kr} back ({basis})"),
        "letter": Message("By mandatory law, as we read it, you get {refund:kr} back ({basis})"),
    },
    "less to pay": {
        "desk": Message("mandatory law, as read here, leaves {cost:kr} to pay until then ({basis})"),
        "letter": Message("By mandatory law, as we read it, you have {cost:kr} to pay until then ({basis})"),
    },
    "arguably leave": {
        "desk": Message("arguably by {end} ({basis})"),
        "letter": Message("The law can also be read so that you can leave by {end} ({basis})"),
    },
    "arguably leave, back": {
        "desk": Message("arguably by {end} with {refund:kr} back ({basis})"),
        "letter": Message("The law can also be read so that you can leave by {end} and get {refund:kr} back ({basis})"),
    },
    "arguably left": {
        "desk": Message("arguably on {end} ({basis})"),
        "letter": Message("The law can also be read so that it ended on {end} ({basis})"),
    },
    "arguably left, back": {
        "desk": Message("arguably on {end} with {refund:kr} back ({basis})"),
        "letter": Message("The law can also be read so that it ended on {end} and you get {refund:kr} back ({basis})"),
    },
    "purchase": {
        "desk": Message(
            "by mandatory law, as read here, what was bought can be undone until {last} ({basis}) with {refund:kr} back"
        ),
        "letter": Message(
            "By mandatory law, as we read it, you can withdraw from what you bought until {last} ({basis}) "
            "and get {refund:kr} back"
        ),
    },
    "cold call": {
        "desk": Message("arguably the call that was not asked for binds the member to nothing ({basis})"),
        "letter": Message(
            "The law can also be read so that our call, which you had not asked for, binds you to nothing ({basis})"
        ),
    },
    "cold call, back": {
        "desk": Message(
            "arguably the call that was not asked for binds the member to nothing ({basis}), with {refund:kr} back"
        ),
        "letter": Message(
            "The law can also be read so that our call, which you had not asked for, binds you to nothing ({basis}), "
            "and you get {refund:kr} back"
        ),
    },
}
"""By key the sentence for each reader."""


def information_for_member() -> Iterator[Message]:
    """The sentences in a letter that say that the law part is information."""
    yield Message("This is information about the law as read on {day}, not legal advice", day=SOURCES_OF)


# The table


def law_blocks(answer: Cancellation, page: Page) -> Blocks:
    """Route by route what contract and law give, the open points, the facts that would settle them, and notes."""
    return stack(law_rows(answer, page), law_notes([answer], page))


def law_rows(answer: Cancellation, page: Page) -> Blocks:
    """Route by route what contract and law give, the open points, and the facts that would settle them."""
    law = answer.law
    if law is None or not law.covered:
        return ()
    _ = page.translate
    return stack(
        section(_("The law beside the contract"), _table(law, page)),
        section(_("Where the law can be read in two ways"), _open_points(law, page)),
        _facts_to_ask(law, page),
    )


def law_notes(answers: Iterable[Cancellation], page: Page) -> Blocks:
    """The notes of provisions for these answers, each once, and that they are information."""
    _, laws = page.translate, [answer.law for answer in answers if answer.law is not None and answer.law.covered]
    if not laws:
        return ()
    by_provision = {note.provision: note for law in laws for note in law.notes}
    notes = [by_provision[provision] for provision in in_order(set(by_provision))]
    return stack(section(_("Notes on the law"), _notes(notes, page)), information(page))


def information(page: Page) -> Paragraph:
    """The sentence on every page with law that it is information."""
    return page.say(
        Message(
            "This is information about the law as read on {day}, not legal advice; "
            "S: statute text seen; A: an authority or a commentary seen; m: from memory, unconfirmed",
            day=SOURCES_OF,
        )
    )


def _table(law: LawAnswer, page: Page) -> Table:
    _, ways = page.translate, law.ways
    return page.table(
        Column(_("way out"), [law_way_name(way, page) for way in ways]),
        Column(_("contract"), [law_cell(way.contract, page) for way in ways]),
        Column(_("law, sure"), [law_cell(way.sure, page) for way in ways]),
        Column(_("law, arguable"), [law_cell(way.arguable, page) for way in ways]),
        page.names(_("better"), BETTER, [way.better for way in ways]),
        Column(_("provision"), [law_provisions(way, page) for way in ways]),
    )


def law_way_name(way: LawWay, page: Page) -> str:
    """The route of a row, and below it its kind of agreement."""
    name = page.words(LAW_ROUTES[way.route])
    return name if way.kind is None else f"{name}\n{page.words(KINDS[way.kind])}"


def law_cell(floor: Floor, page: Page) -> str:
    """A column of a row in short lines: the end, the last day, the refund, what is still to pay."""
    _, day, figures = page.translate, page.short_day, page.language.figures
    if not floor.open:
        return _("closed")
    lines = []
    if floor.ends_on is not None:
        lines.append(page.words(Message("ends {day}", day=day(floor.ends_on))))
    if floor.give_notice_by is not None:
        lines.append(page.words(Message("until {day}", day=day(floor.give_notice_by))))
    if floor.refund:
        lines.append(page.words(Message("back {amount}", amount=figures(floor.refund))))
    if floor.refund and floor.refund_by is not None:
        lines.append(page.words(Message("paid by {day}", day=day(floor.refund_by))))
    if floor.still_to_pay:
        lines.append(page.words(Message("to pay {amount}", amount=figures(floor.still_to_pay))))
    return "\n".join(lines)


def law_provisions(way: LawWay, page: Page) -> str:
    """The provisions of a row, with standing and confidence."""
    words = f"{', '.join(way.provisions)}: {page.words(STANDINGS[way.standing])}, {way.confidence}"
    return words if way.is_confirmed else f"{words} ({page.words(UNCONFIRMED)})"


def _open_points(law: LawAnswer, page: Page) -> Table | None:
    _ = page.translate
    points = [LAW_POINTS[name] for name in LAW_POINTS if any(name in way.points for way in law.ways)]
    rows = [(point, reading) for point in points for reading in point.readings]
    if not rows:
        return None
    return page.table(
        Column(_("point"), [_(point.name) for point, _reading in rows]),
        Column(_("reading"), [_(reading) for _point, reading in rows]),
        Column(
            _("column"),
            [
                ", ".join(page.words(LAW_COLUMNS[column]) for column, pick in point.picks.items() if pick == reading)
                for point, reading in rows
            ],
        ),
        Column(_("what it says"), [_(point.readings[reading]) for point, reading in rows]),
    )


LAW_COLUMNS: dict[str, Message] = {"sure": Message("sure"), "arguable": Message("arguable")}


def _facts_to_ask(law: LawAnswer, page: Page) -> Paragraph | None:
    """The facts that are not known and would settle where answers differ."""
    _, facts = page.translate, []
    if any(way.kind is not None for way in law.ways):
        facts.append(_("what was sold (`kind` of the sign-up)"))
    if any("law-25-pay" in way.points for way in law.ways):
        facts.append(_("whether the member expressly asked for the start (`express_request`)"))
    if not facts:
        return None
    return page.say(Message("To settle it, ask: {facts}", facts=join_words(facts, "and")))


def _notes(notes: list[Note], page: Page) -> Table | None:
    _ = page.translate
    return page.table(
        Column(_("provision"), [note.provision for note in notes]),
        Column(_("note"), [page.words(note.because) for note in notes]),
    )


# The provisions


def provisions_section(ids: Iterable[str], page: Page) -> Section | None:
    """These provisions, each with its dates, standing, confidence and sources, and what it says."""
    danish, provisions = page.language.code == "da", [PROVISIONS[id] for id in ids]
    _ = page.translate
    table = page.table(
        Column(_("provision"), [each.id for each in provisions]),
        Column(
            _("what it says"),
            [f"{each.da if danish else each.en} ({page.words(*provision_facts(each, page))})" for each in provisions],
        ),
    )
    return section(_("The provisions, in our own words"), table)


def provision_facts(provision: Provision, page: Page) -> list[Message]:
    """The dates of a provision, how far it binds, our confidence in it, and its sources."""
    _ = page.translate
    facts = [
        Message("in force from {day}, by the {date}", day=provision.starts, date=_BY[provision.by]),
        Message("{standing}", standing=STANDINGS[provision.standing]),
        Message("confidence {letters}", letters=", ".join(provision.confidence)),
    ]
    if provision.until is not None:
        facts[0] = Message(
            "in force from {day} until {until}, by the {date}",
            day=provision.starts,
            until=provision.until,
            date=_BY[provision.by],
        )
    if provision.sources:
        facts.append(Message("sources {numbers}", numbers=", ".join(provision.sources)))
    if not provision.computed:
        facts.append(Message("a note: nothing is computed"))
    return facts


_BY = {
    "sign-up": Message("date of the agreement"),
    "event": Message("date of the notice or announcement"),
    "due date": Message("due date"),
    "line": Message("date of the line"),
}
