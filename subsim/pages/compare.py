"""The page of a comparison: each answer, settled or with its spread, and what each reading changes."""

from collections.abc import Iterator, Sequence

from subsim.answers.compare import Comparison, End, Other, Result, Spread, charged, interest, refunded, refused
from subsim.answers.outcome import Decision
from subsim.basics.dates import days_between
from subsim.basics.languages import FileWording
from subsim.basics.texts import Message
from subsim.engine.labels import END_REASONS, EVENTS
from subsim.pages.blocks import Blocks, Paragraph, Table, columns_of, section, stack
from subsim.pages.law.information import information
from subsim.pages.law.table import law_cell, law_provisions, law_way_name
from subsim.pages.outcome import header
from subsim.pages.text import Page
from subsim.terms.terms import UNITS

_SETTLED = Message("settled: no reading changes it")
_SETTLED_AS_FAR = Message("not settled: no reading under which it can be replayed changes it")
_NOT_SETTLED = Message("not settled")


def compare_page(comparison: Comparison, page: Page) -> Blocks:
    """The answers, then the profiles and the single readings with only what differs."""
    _ = page.translate
    profiles = [named_row(row, page) for row in profile_rows(comparison, page)]
    return stack(
        header(comparison.outcome, page),
        page.table(*columns_of(asked_rows(comparison, page), ("", ""))),
        section(_("Under the profiles"), page.table(*columns_of(profiles, ("", "")))),
        section(page.words(READINGS_TITLE), _readings(comparison, page)),
        _nothing_else(comparison, page),
        _law(comparison, page),
    )


READINGS_TITLE = Message("Single other readings that change something")
LAW_TITLE = Message("The law under single readings of its own points")


def _law(comparison: Comparison, page: Page) -> Blocks:
    """What other readings of the law points change in the law's answer on the last day; empty where none does."""
    rows = law_rows(comparison, page)
    if not rows:
        return ()
    table = page.table(*columns_of([named_law_row(row, page) for row in rows], law_headings(page)))
    return stack(section(page.words(LAW_TITLE), table), information(page))


def law_headings(page: Page) -> tuple[str, ...]:
    """The headings of the table of readings of the law."""
    _ = page.translate
    return _("subscription"), _("law point"), _("reading"), _("way out"), _("law"), _("provision")


def law_rows(comparison: Comparison, page: Page) -> list[tuple[str, ...]]:
    """The cells of each row of the law that a reading of one of its points changes, point and reading by their ids."""
    several = len(comparison.result.ends) > 1
    return [
        (
            each.subscription if several else "",
            each.point,
            each.reading,
            law_way_name(way, page),
            law_cell(way.sure, page),
            law_provisions(way, page),
        )
        for each in comparison.law
        for way in each.ways
    ]


# The answers


def asked_rows(comparison: Comparison, page: Page) -> list[tuple[str, str]]:
    """Each answer under the terms asked for, and whether it is settled, or its spread over the other readings."""
    return [*_ends_asked(comparison, page), *_sums_asked(comparison, page), _refused_asked(comparison, page)]


def _ends_asked(comparison: Comparison, page: Page) -> Iterator[tuple[str, str]]:
    _, ends = page.translate, comparison.result.ends
    for place, end in enumerate(ends):
        name = _("end") if len(ends) == 1 else page.words(Message("end of {id}", id=end.subscription))
        yield name, f"{_end(end, page)}; {page.words(*_end_spread(comparison, place, page))}"


def _end_spread(comparison: Comparison, place: int, page: Page) -> Iterator[Message]:
    spread = comparison.end_of(place)
    if comparison.is_same(lambda result: result.ends[place : place + 1]):
        yield _settled(comparison)
    elif spread is None or spread.least == spread.most:
        yield _NOT_SETTLED
    else:
        days = UNITS["days"].fill(n=days_between(spread.least, spread.most))
        yield Message("from {least} to {most}, {days} apart", least=spread.least, most=spread.most, days=days)
    if spread is not None and any(end.ends_on is None for end in comparison.ends_of(place)):
        yield Message("under some reading none by {day}", day=comparison.outcome.until)


def _sums_asked(comparison: Comparison, page: Page) -> Iterator[tuple[str, str]]:
    _ = page.translate
    for name, answer in ((_("charged"), charged), (_("refunded"), refunded), (_("interest"), interest)):
        spread = comparison.amounts(answer)
        if answer is charged or spread.most:
            how = _settled(comparison) if spread.least == spread.most else _apart(spread)
            yield name, f"{page.amount(answer(comparison.result))}; {page.words(how)}"


def _settled(comparison: Comparison) -> Message:
    """The message that no reading changes an answer, apart from those that cannot be replayed."""
    return _SETTLED_AS_FAR if comparison.cannot else _SETTLED


def _apart(spread: Spread[int]) -> Message:
    least, most = spread.least, spread.most
    return Message("from {least:kr} to {most:kr}, {apart:kr} apart", least=least, most=most, apart=most - least)


def _refused_asked(comparison: Comparison, page: Page) -> tuple[str, str]:
    _ = page.translate
    how = _settled(comparison) if comparison.is_same(refused) else _NOT_SETTLED
    events = _refusals(comparison.result.refused, page) or _("nothing")
    return _("refused"), f"{events}; {page.words(how)}"


def _end(end: End, page: Page) -> str:
    _ = page.translate
    if end.ends_on is None:
        return _("none yet")
    day = page.day(end.ends_on)
    return f"{day} ({page.words(END_REASONS[end.reason])})" if end.reason else day


def _refusals(decisions: Sequence[Decision], page: Page) -> str:
    """The refused events with their days and clauses."""
    return ", ".join(
        f"{page.words(EVENTS[each.event])} {page.short_day(each.date)} ({each.clause})" for each in decisions
    )


# What differs


def profile_rows(comparison: Comparison, page: Page) -> list[tuple[str, str]]:
    """Each profile by its id, and what differs under it."""
    return [(str(other.profile), _differences(other, comparison.result, page)) for other in comparison.profiles]


def reading_rows(comparison: Comparison, page: Page) -> list[tuple[str, str, str]]:
    """The ids of the point and the reading of each that changes something, and what differs under it."""
    others = comparison.others
    return [(str(each.point), str(each.reading), _differences(each, comparison.result, page)) for each in others]


def reading_headings(page: Page) -> tuple[str, ...]:
    """The headings of the table of single readings."""
    _ = page.translate
    return _("point"), _("reading"), _("what differs")


def named_row(row: tuple[str, ...], page: Page) -> tuple[str, ...]:
    """A row of a profile or a reading by its name in the page's language; its last cell says what differs."""
    return *(page.translate(id) for id in row[:-1]), row[-1]


def named_law_row(row: tuple[str, ...], page: Page) -> tuple[str, ...]:
    """The same of a row of the law: after the subscription come the point and the reading."""
    subscription, point, reading, *cells = row
    return subscription, page.translate(point), page.translate(reading), *cells


def _readings(comparison: Comparison, page: Page) -> Table | None:
    rows = reading_rows(comparison, page)
    named = [named_row(row, page) for row in rows]
    return page.table(*columns_of(named, reading_headings(page))) if rows else None


def _nothing_else(comparison: Comparison, page: Page) -> Paragraph | None:
    if any(other.result is not None for other in comparison.others):
        return None
    if comparison.others:
        return page.say(Message("No other single reading under which it can be replayed changes anything"))
    return page.say(Message("No single other reading changes the end, what is charged, refunded or refused"))


def _differences(other: Other, own: Result, page: Page) -> str:
    _ = page.translate
    if other.result is None:
        assert other.errors is not None
        fault = other.errors.errors[0].text.text(FileWording(page.language))
        return page.words(Message("cannot be replayed: {fault}", fault=fault))
    parts = [
        *_ends(other.result.ends, own.ends, page),
        *_money(other.result, own),
        *_refused(other.result, own, page),
    ]
    return page.words(*parts) if parts else _("the same")


def _ends(ends: Sequence[End], own: Sequence[End], page: Page) -> Iterator[Message]:
    for end, usual in zip(ends, own, strict=False):
        if end != usual:
            parts = tuple(_other_end(end, usual, page))
            yield from parts if len(own) == 1 else [Message("{id}: {end}", id=end.subscription, end=page.words(*parts))]


def _other_end(end: End, usual: End, page: Page) -> Iterator[Message]:
    if end.ends_on is None:
        yield Message("no end yet")
        return
    yield Message("ends on {day}", day=end.ends_on)
    if usual.ends_on is not None and end.ends_on != usual.ends_on:
        days = days_between(usual.ends_on, end.ends_on)
        template = Message("{days} later") if days > 0 else Message("{days} sooner")
        yield template.fill(days=UNITS["days"].fill(n=abs(days)))
    if end.reason != usual.reason and end.reason is not None:
        yield Message("by {way}", way=page.words(END_REASONS[end.reason]))


def _money(other: Result, own: Result) -> Iterator[Message]:
    more = charged(other) - charged(own)
    if more:
        template = (
            Message("{amount:kr} charged, {less:kr} less")
            if more < 0
            else Message("{amount:kr} charged, {more:kr} more")
        )
        yield template.fill(amount=charged(other), less=-more, more=more)
    if refunded(other) != refunded(own):
        yield Message("{amount:kr} refunded", amount=refunded(other))
    if interest(other) != interest(own):
        yield Message("{amount:kr} interest", amount=interest(other))


def _refused(other: Result, own: Result, page: Page) -> Iterator[Message]:
    """The events refused in addition, and those no longer refused."""
    added = [each for each, key in zip(other.refused, refused(other), strict=True) if key not in refused(own)]
    dropped = [each for each, key in zip(own.refused, refused(own), strict=True) if key not in refused(other)]
    if added:
        yield Message("refused: {events}", events=_refusals(added, page))
    if dropped:
        yield Message("not refused: {events}", events=_refusals(dropped, page))
