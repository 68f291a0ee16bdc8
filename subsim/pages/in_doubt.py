"""Blocks where facts are in doubt: what is certain, what depends on which fact, and what to ask the member."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve

from subsim.answers.can_cancel import Row, WorldCount
from subsim.answers.in_doubt.answer import AnswerInDoubt
from subsim.answers.in_doubt.words import assumed_words
from subsim.answers.in_doubt.words import rows_words as facts_of
from subsim.basics.dates import Day
from subsim.basics.notation import ore_of
from subsim.basics.texts import Message, Plural, join_words
from subsim.engine.labels import LAW_ROUTES, ROUTES, THE_EVENTS
from subsim.files.doubts import Doubt
from subsim.files.one_world import option_of
from subsim.membership.events import KINDS
from subsim.pages.answer import other_readings
from subsim.pages.blocks import Blocks, Bullets, Column, Paragraph, Section, section, stack
from subsim.pages.law.in_doubt import law_in_any_case
from subsim.pages.text import Page


def answer_in_doubt_page(answer: AnswerInDoubt, page: Page) -> Blocks:
    """The page of `can-cancel` where facts are in doubt.

    Its parts, in order: what is certain, in one sentence; the cases with their facts; the days on which the answer
    changes; what would settle it; what is certain of each way out and by law; the other readings.
    """
    doubts, same = named(answer.found.doubts), answer.to_dict()
    return stack(
        _first_sentences(answer, page),
        worlds_sentence(answer.worlds, page),
        _cases(answer, page),
        _turns(answer, page),
        _what_settles(answer, page),
        doubts_section(doubts, page),
        _ways_out(same, answer.date, page),
        law_in_doubt(same, page),
        other_readings(answer, page),
    )


def _first_sentences(answer: AnswerInDoubt, page: Page) -> Paragraph:
    """What the contract gives, and what the law gives beside it in any case."""
    contract = answer.sentence(named(answer.found.doubts))
    parts = [contract, *law_in_any_case([*answer.found.values(), *answer.by_law], page)]
    return Paragraph(" ".join(page.say(capital(each, page)).text for each in parts))


def assumed_sentence(doubts: Iterable[Doubt], page: Page) -> Paragraph:
    """The assumptions on facts in doubt, by name."""
    return page.say(Message("Assumed: {facts}", facts=assumed_words(named(doubts))))


def assumption_sentence(doubts: Iterable[Doubt], page: Page) -> Paragraph | None:
    """How the command line settles what is still in doubt; nothing where nothing is."""
    options = [option_of(doubt) for doubt in doubts if doubt.is_open]
    if not options:
        return None
    return page.say(Message("To see the answer where it is settled: {options}", options=join_words(options, "or")))


def named(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts as the staff know them: called by their events, and by the id that the file gives beside it."""
    return _called(doubts, with_id=True)


def for_member(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts as a member knows them: called by their events, and by an id too only where two are of one event."""
    return _called(doubts, with_id=False)


def _called(doubts: Iterable[Doubt], *, with_id: bool) -> tuple[Doubt, ...]:
    doubts = tuple(doubts)
    of_event = Counter(doubt.event for doubt in doubts)
    return tuple(evolve(each, name=_name(each, several=of_event[each.event] > 1, with_id=with_id)) for each in doubts)


def _name(doubt: Doubt, *, several: bool, with_id: bool) -> Message:
    event = THE_EVENTS[doubt.event]
    if doubt.is_named and (with_id or several):
        return Message("{event} ({id})", event=event, id=doubt.id)
    return Message("{event} (event {number})", event=event, number=doubt.index + 1) if several else event


def capital(message: Message, page: Page) -> Message:
    """The message with a capital letter."""
    text = page.words(message)
    return Message("{text}", text=text[:1].upper() + text[1:])


def if_words(facts: Sequence[Row], doubts: Sequence[Doubt], page: Page) -> str:
    """The facts under which something holds, as what a sentence begins with; the doubts are named."""
    words = Message("in any case") if list(facts) == [{}] else Message("if {facts}", facts=facts_of(facts, doubts))
    return page.words(capital(words, page))


def worlds_sentence(worlds: WorldCount, page: Page) -> Paragraph:
    """How many courses of events are possible."""
    possible = Plural("{n} course of events is possible", "{n} courses of events are possible", n=worlds.possible)
    if not worlds.impossible:
        return page.say(possible)
    return page.say(possible, Plural("{n} is impossible", "{n} are impossible", n=worlds.impossible))


def _cases(answer: AnswerInDoubt, page: Page) -> Section | None:
    _, cases = page.translate, answer.cases
    if len(cases) == 1:
        return None
    doubts = named(answer.found.doubts)
    table = page.table(
        page.dates(_("ends on"), [case.earliest_end for case in cases]),
        Column(_("way out"), [page.words(ROUTES[case.route]) if case.route else _("cannot cancel") for case in cases]),
        Column(_("if"), [page.words(facts_of(case.facts, doubts)) for case in cases]),
    )
    return section(
        page.words(Message("What hangs on the facts, for a notice received on {day}", day=answer.date)), table
    )


def _turns(answer: AnswerInDoubt, page: Page) -> Paragraph | None:
    if not answer.turns:
        return None
    names = _names(named(answer.found.doubts))
    parts = [Message("{fact} on {days}", fact=names[id], days=_days(days)) for id, days in answer.turns.items()]
    return page.say(Message("The answer is another from these days on: {turns}", turns=join_words(parts, "and")))


def _days(days: Iterable[Day]) -> Message:
    return join_words([Message("{day}", day=day) for day in days], "and")


def _names(doubts: Iterable[Doubt]) -> dict[str, Message]:
    return {doubt.id: doubt.called for doubt in doubts}


def _what_settles(answer: AnswerInDoubt, page: Page) -> Paragraph | None:
    if len(answer.cases) == 1:
        return page.say(Message("Nothing that is in doubt changes whether, when or how the member can leave"))
    return facts_that_settle(answer.decisive, answer.found.doubts, page)


def facts_that_settle(decisive: Iterable[str], doubts: Iterable[Doubt], page: Page) -> Paragraph:
    """What to ask the member about, where there is more than one answer."""
    names = _names(named(doubts))
    facts = [names[id] for id in decisive]
    if not facts:
        return page.say(Message("No single fact settles the answer: ask about all of them"))
    return page.say(Message("To settle it, ask the member about {facts}", facts=join_words(facts, "or")))


def doubts_section(doubts: Iterable[Doubt], page: Page) -> Section | None:
    """The events in doubt, with the assumptions on them."""
    _, items = page.translate, [Paragraph(page.words(doubt_words(doubt))) for doubt in named(doubts)]
    return section(_("Facts in doubt"), Bullets(tuple(items)))


def doubt_words(doubt: Doubt) -> Message:
    """The sentence of a doubt: its name, and what is in doubt or assumed."""
    return Message("{fact}: {words}", fact=doubt.called, words=state_words(doubt))


def state_words(doubt: Doubt) -> Message:
    """What is in doubt about an event, or what is assumed."""
    days = [each for each in doubt.settings if isinstance(each, Day)]
    if doubt.assumed is not None:
        return _as_assumed(days, happened=doubt.assumed is not False)
    if doubt.span is None:
        return Message("disputed, on {day} or not at all", day=doubt.day)
    if doubt.disputed:
        return Message("disputed, on a day from {first} to {last} or not at all", first=days[0], last=days[-1])
    return Message("on a day from {first} to {last}", first=days[0], last=days[-1])


def _as_assumed(days: Sequence[Day], *, happened: bool) -> Message:
    if not happened:
        return Message("did not happen, as assumed")
    if not days:
        return Message("happened, as assumed")
    if len(days) == 1:
        return Message("on {day}, as assumed", day=days[0])
    return Message("on a day from {first} to {last}, as assumed", first=days[0], last=days[-1])


def _ways_out(same: Mapping[str, Any], date: Day, page: Page) -> Section | None:
    """What is certain of each way out. A cell is empty for nothing, and marked where the worlds differ."""
    _, ways = page.translate, same["routes"]
    if all(way["open"] is False for way in ways):
        return None
    table = page.table(
        page.names(_("way out"), ROUTES, [way["route"] for way in ways]),
        _whether_open(_("now"), [way["open"] for way in ways], page),
        page.dates(_("notice by"), [_day(way["give_notice_by"]) for way in ways]),
        page.dates(_("ends on"), [_day(way["ends_on"]) for way in ways]),
        page.amounts(_("still to pay"), [_amount(way["still_to_pay"]) for way in ways]),
        Column(_("clauses"), [", ".join(way["clauses"]) for way in ways]),
    )
    return section(
        page.words(Message("What is certain of the ways out for a notice received on {day}", day=date)), table
    )


def law_in_doubt(same: Mapping[str, Any], page: Page) -> Section | None:
    """What is certain by mandatory law, from the JSON of an answer."""
    _, law = page.translate, same.get("law")
    rows = [row for row in law["ways"] or () if row["sure"]["open"] is not False] if law else []
    if not rows:
        return None
    table = page.table(
        page.names(_("way out"), LAW_ROUTES, [row["route"] for row in rows]),
        Column(_("kind"), [page.words(KINDS[row["kind"]]) if row["kind"] else "" for row in rows]),
        _whether_open(_("for sure"), [row["sure"]["open"] for row in rows], page),
        page.dates(_("ends on"), [_day(row["sure"]["ends_on"]) for row in rows]),
        page.dates(_("arguably"), [_day(row["arguable"]["ends_on"]) for row in rows]),
        Column(_("provisions"), [", ".join(row["provisions"] or ()) for row in rows]),
    )
    return section(_("What is certain by mandatory law"), table)


def _whether_open(heading: str, ways: Iterable[bool | None], page: Page) -> Column:
    """Whether each way is open; None where the worlds differ."""
    _ = page.translate
    words = {True: _("open"), False: _("closed"), None: _("it depends")}
    return Column(heading, [words[each] for each in ways])


def _amount(text: str | None) -> int | None:
    return None if text is None else ore_of(text)


def _day(text: str | None) -> Day | None:
    return None if text is None else Day.fromisoformat(text)
