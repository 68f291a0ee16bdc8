"""The notes beside a picture: every event, deadline and way out as a dated sentence."""

from collections.abc import Iterator
from typing import Literal

from attrs import asdict, evolve

from subsim.answers.can_cancel import WayOut
from subsim.answers.outcome import Decision
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import LineKind
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.drawing.life import AssumedEvent, EndByLaw, Lane, Life, Line, Settled, Span
from subsim.drawing.windows import AnnouncedChange
from subsim.engine.labels import DUTIES, END_REASONS, EVENTS, LINES, ROUTES
from subsim.membership import events
from subsim.membership.deadlines import BINDING_ENDS, DEADLINES, END_TAKES_EFFECT, takes_effect
from subsim.membership.events import KINDS
from subsim.membership.owed import ACCELERATED, CREDIT, EQUIPMENT, UPGRADE
from subsim.pages.text import NO_BREAK, Page

Sign = Literal[
    "event", "refused", "deadline", "ahead", "announced", "payment", "refund", "way", "law", "asked", "until"
]
"""What a note is about: an event or a refused one, a deadline that came or lies ahead, an announcement, money moved by
hand or paid back, a way out, an end by law, the day asked about, or the last day shown."""


@frozen(kw_only=True)
class Note:
    """A sentence about a day; `lane` is the place of its subscription among the lanes, `why` the whole reason.

    `reaches` are the places of the subscriptions that an announcement reaches, `whose` is the id where there are
    several. An event that was in doubt is `assumed`, and may have been on any day of the `span`, where it has one.
    """

    day: Day
    sign: Sign
    words: str
    lane: int | None = None
    why: str = ""
    reaches: tuple[int, ...] = ()
    whose: str = ""
    assumed: bool = False
    span: Span | None = None

    def text(self, named: bool) -> str:
        """The words, after the subscription's id if it is to be named."""
        return f"{self.whose} · {self.words}" if named and self.whose else self.words


@frozen
class PicturePage(Page):
    """A page for a picture: its days are in short form, and its texts are painted, so that it has no width."""

    width: int = 0

    def day(self, day: Day) -> str:
        """The day in short, on one line, as in `15 Jan 2020`."""
        return self.language.short_day(day).replace(" ", NO_BREAK)

    def month(self, day: Day) -> str:
        """The month's short name."""
        return self.day(day).split()[1].rstrip(".")

    def day_and_month(self, day: Day) -> str:
        """The day without its year."""
        return self.day(day).removesuffix(f"{NO_BREAK}{day.year}")


_EVENTS: dict[type[events.Event], Message] = {
    events.SignUp: Message("sign-up: {package}"),
    events.ChangePackage: Message("change of package: {to}"),
    events.Buy: Message("bought: {item}, {amount:kr}"),
    events.Pay: Message("payment of {amount:kr}"),
    events.PaymentReturned: Message("payment of {amount:kr} returned"),
    events.CreditAdjusted: Message("credit adjusted by {amount:kr}"),
    events.CreditPaidOut: Message("credit of {amount:kr} paid out"),
    events.Charge: Message("charged: {item}, {amount:kr}"),
    events.Move: Message("move: {resident}"),
    events.LendEquipment: Message("equipment lent: {item}"),
    events.ReturnEquipment: Message("equipment returned: {item}"),
    events.InvoiceEquipment: Message("equipment invoiced: {item}"),
    events.AnnouncePriceChange: Message("price change announced for {effective}"),
    events.AnnounceServiceChange: Message("service change announced for {effective}"),
    events.AnnounceTermsChange: Message("terms change announced for {effective}"),
}
"""The sentences on events with more than their name."""

SETTLED: dict[Settled, Message] = {
    "paid": Message("paid when due"),
    "late": Message("paid late"),
    "open": Message("not paid"),
    "cancelled": Message("cancelled"),
    "ahead": Message("not yet due"),
}
"""The sentence on the state of a line."""

_MONEY_MOVED: dict[type[events.Event], Sign] = {
    events.Pay: "payment",
    events.PaymentReturned: "refund",
    events.CreditAdjusted: "payment",
    events.CreditPaidOut: "refund",
}
"""The sign of an event that moves money by itself."""

_OF_CREDIT = "betaling.2"
"""The clause of a refund that is a credit paid out."""

_LINES_OF: dict[type[events.Event], tuple[LineKind, ...]] = {
    events.ChangePackage: (UPGRADE,),
    events.InvoiceEquipment: (EQUIPMENT,),
    events.Withdraw: (CREDIT,),
    events.GiveNotice: (CREDIT,),
    events.Terminate: (ACCELERATED, CREDIT),
}
"""By event the lines that it may cause, besides periods and purchases."""


def notes(life: Life, page: PicturePage) -> list[Note]:
    """All notes in order of time; on one day deadlines come first, then events, then what lies ahead."""
    found = [*_of_deadlines(life, page), *_of_events(life, page), *_of_money(life, page), *_of_days(life, page)]
    for index in range(len(life.lanes)):
        found += [*_ahead(index, life, page), *_ways_out(index, life, page)]
    if len(life.lanes) > 1:
        found = [note if note.lane is None else evolve(note, whose=life.lanes[note.lane].id) for note in found]
    return sorted(found, key=lambda note: note.day)


def _named(life: Life, lane: int | None, text: str) -> str:
    """The text with its subscription, where the member has had several."""
    return text if lane is None or len(life.lanes) < 2 else f"{life.lanes[lane].id} · {text}"


def _lane_of(life: Life, id: str | None, day: Day) -> int | None:
    """The place of the lane of the subscription that had the id on a day."""
    return None if id is None else life.owners.at(id, day)


def _why(decision: Decision, page: PicturePage) -> str:
    return f"{page.words(decision.because)} ({decision.clause})"


# What happened


def _of_events(life: Life, page: PicturePage) -> Iterator[Note]:
    announcements, reached, charged = 0, _reached(life), _charged(life)
    for event, decision in life.happened:
        lane, assumed = _lane_of(life, decision.subscription, event.date), life.assumed_of(event)
        sign, parts = _sign(event, decision), [page.words(_event_words(event))]
        parts += [page.words(_assumed(assumed))] if assumed else []
        its = reached.get(announcements, []) if sign == "announced" else []
        if sign == "refused":
            parts.append(page.words(Message("refused, {clause}", clause=decision.clause)))
        elif sign == "announced":
            for index, each in its:
                parts += (_named(life, index, page.words(part)) for part in _reach_words(each))
        elif lane is not None:
            lines = [
                line for kind in _LINES_OF.get(type(event), ()) for line in charged.get((lane, kind, event.date), ())
            ]
            parts += _consequences(event, decision, lines, page)
        announcements += isinstance(event, events.Announcement)
        reaches = tuple(dict.fromkeys(index for index, _each in its))
        why = _why(decision, page)
        yield Note(
            day=event.date,
            sign=sign,
            words="; ".join(parts),
            lane=lane,
            why=why,
            reaches=reaches,
            assumed=assumed is not None,
            span=None if assumed is None else assumed.span,
        )


def _assumed(assumed: AssumedEvent) -> Message:
    """The message that an event is assumed, with the days on which it may have been."""
    if assumed.span is None:
        return Message("assumed")
    return Message(
        "assumed; it may have been from {first} to {last}",
        first=assumed.span.starts,
        last=days_after(assumed.span.ends, -1),
    )


def _reached(life: Life) -> dict[int, list[tuple[int, AnnouncedChange]]]:
    """How each announcement reaches each lane, by the number of the announcement."""
    found: dict[int, list[tuple[int, AnnouncedChange]]] = {}
    for index, lane in enumerate(life.lanes):
        for each in lane.announced:
            found.setdefault(each.change.order, []).append((index, each))
    return found


def _charged(life: Life) -> dict[tuple[int, LineKind, Day], list[Line]]:
    """The lines of each lane by kind and due date."""
    found: dict[tuple[int, LineKind, Day], list[Line]] = {}
    for index, lane in enumerate(life.lanes):
        for line in lane.lines:
            found.setdefault((index, line.kind, line.due), []).append(line)
    return found


def _sign(event: events.Event, decision: Decision) -> Sign:
    if decision.verdict == "refused":
        return "refused"
    if isinstance(event, events.Announcement):
        return "announced"
    return _MONEY_MOVED.get(type(event), "event")


def _event_words(event: events.Event) -> Message:
    text = _EVENTS.get(type(event), EVENTS[event.name]).fill(**asdict(event, recurse=False))
    if isinstance(event, events.AnnouncePriceChange):
        for package, price in event.prices.items():
            text += Message("{package} {price:kr}", package=package, price=price)
    return text


def _reach_words(each: AnnouncedChange) -> Iterator[Message]:
    if each.reaches is None:
        yield Message("never takes effect")
    elif each.reaches != each.change.effective:
        yield Message("takes effect on {day}", day=each.reaches)
    if each.window is not None and each.window.last is not None:
        yield Message("way out until {day}", day=each.window.last)


def _consequences(event: events.Event, decision: Decision, charged: list[Line], page: PicturePage) -> Iterator[str]:
    """The lines that an event caused, and the end that it set."""
    for kind in _LINES_OF.get(type(event), ()):
        lines = [line for line in charged if line.kind == kind]
        if isinstance(event, events.ChangePackage):
            lines = [line for line in lines if line.package == event.to]
        if lines:
            yield f"{page.words(LINES[kind])} {page.amount(sum(line.amount for line in lines))}"
            yield from (page.words(SETTLED[line.settled]) for line in lines[:1] if line.settled != "paid")
    if isinstance(event, events.GiveNotice):
        yield page.words(decision.because.last)


def _of_deadlines(life: Life, page: PicturePage) -> Iterator[Note]:
    for decision in life.outcome.decisions:
        lane = _lane_of(life, decision.subscription, decision.date)
        row = DEADLINES.get(decision.event)
        if row is None or (row.sentence is None and not row.says_reason):
            continue
        if decision.event == END_TAKES_EFFECT and lane is not None:
            text = _end(life.lanes[lane], page)
        else:
            text = page.words(decision.because.last if row.says_reason else _sentence(decision.event))
        yield Note(day=decision.date, sign="deadline", words=text, lane=lane, why=_why(decision, page))
    for day, duty in life.duties:
        yield Note(day=day, sign="ahead" if day > life.until else "deadline", words=page.words(DUTIES[duty]))


def _end(lane: Lane, page: PicturePage) -> str:
    assert lane.end_reason is not None
    reason = page.words(END_REASONS[lane.end_reason])
    return page.words(_sentence(END_TAKES_EFFECT).fill(reason=reason))


def _sentence(deadline: str) -> Message:
    """What is said of a deadline that came or lies ahead."""
    sentence = DEADLINES[deadline].sentence
    assert sentence is not None
    return sentence


def _of_money(life: Life, page: PicturePage) -> Iterator[Note]:
    """The refunds; a credit paid out is an event of its own."""
    for refund in life.outcome.refunds:
        if refund.clause == _OF_CREDIT:
            continue
        text = page.words(Message("{amount:kr} paid back", amount=refund.amount))
        yield Note(day=refund.date, sign="refund", words=text, why=refund.clause)


# What lies ahead, and the days themselves


def _ahead(index: int, life: Life, page: PicturePage) -> Iterator[Note]:
    """The deadlines of a live subscription that are known on the last day drawn and lie after it."""
    lane = life.lanes[index]
    if lane.ended_on is not None:
        return
    known = [(lane.binding.ends, page.words(_sentence(BINDING_ENDS)))]
    if lane.ends_on is not None:
        known = [(lane.ends_on, _end(lane, page))]
    for each in lane.announced:
        if each.reaches is not None and each.reaches < (lane.ends_on or Day.max):
            known.append((each.reaches, page.words(_sentence(takes_effect(each.change.kind)))))
    for day, text in known:
        if day > life.until:
            yield Note(day=day, sign="ahead", words=text, lane=index)


def _of_days(life: Life, page: PicturePage) -> Iterator[Note]:
    """The day asked about, and the last day of the replay."""
    if life.asked is not None:
        yield Note(day=life.asked, sign="asked", words=page.words(Message("ways out as of this day")))
    if life.asked != life.until:
        yield Note(day=life.until, sign="until", words=page.words(Message("replayed up to this day")))


def _ways_out(index: int, life: Life, page: PicturePage) -> Iterator[Note]:
    answer = life.lanes[index].answer
    if answer is None:
        return
    if not answer.can_cancel:
        none = page.words(Message("no way out is open"))
        yield Note(day=answer.date, sign="way", words=none, lane=index, why=page.words(answer.because))
    for way in answer.routes:
        if way.ends_on is not None:
            text = "; ".join(_way_words(way, page))
            yield Note(day=way.ends_on, sign="way", words=text, lane=index, why=page.words(way.because))
    for end in life.lanes[index].ends_by_law:
        text = page.words(_law_words(end, page))
        yield Note(day=end.ends_on, sign="law", words=text, lane=index, why=page.words(end.way.because))


def _law_words(end: EndByLaw, page: PicturePage) -> Message:
    """An end by law with its provisions, their confidence and its kind of agreement."""
    way = end.way
    values = {
        "provisions": ", ".join(way.provisions),
        "confidence": way.confidence if way.is_confirmed else f"{way.confidence}, {page.words(_UNCONFIRMED)}",
        "kind": page.words(KINDS[way.kind]) if way.kind else "",
    }
    if way.kind is None:
        return _BY_LAW[end.column].fill(**values)
    return _BY_LAW_OF_KIND[end.column].fill(**values)


_UNCONFIRMED = Message("unconfirmed")
_BY_LAW = {
    "sure": Message("out by law, at least: {provisions}, {confidence}"),
    "arguable": Message("out by law, arguably: {provisions}, {confidence}"),
}
_BY_LAW_OF_KIND = {
    "sure": Message("{kind}: out by law, at least: {provisions}, {confidence}"),
    "arguable": Message("{kind}: out by law, arguably: {provisions}, {confidence}"),
}


def _way_words(way: WayOut, page: PicturePage) -> Iterator[str]:
    yield page.words(Message("out by {route}", route=page.words(ROUTES[way.route])))
    if way.give_notice_by is not None:
        yield page.words(Message("notice by {day}", day=way.give_notice_by))
    if way.refund:
        yield page.words(Message("{amount:kr} paid back", amount=way.refund))
    if way.still_to_pay:
        yield page.words(Message("{amount:kr} still to pay", amount=way.still_to_pay))
