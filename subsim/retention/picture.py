"""The data held about a member, for the picture."""

from collections.abc import Iterator, Mapping, Sequence

from subsim.basics.dates import Day
from subsim.basics.languages import Language
from subsim.basics.texts import Message, join_words
from subsim.drawing.data import DataBar, DataColumn, DataPicture
from subsim.drawing.notes import Note, PicturePage
from subsim.retention.labels import ACTIONS, RIGHTS
from subsim.retention.report import Asked, Held, Retention
from subsim.retention.wording import category_name
from subsim.terms.policies import CategoryName, Policy


def data_picture(found: Retention, policy: Policy, language: Language) -> DataPicture:
    """The columns and notes of the data held: one column for each category, the notes in the language."""
    page = PicturePage(language)
    names = {category: category_name(category, policy, language.code) for category in policy.categories}
    columns = tuple(
        DataColumn(
            name=names[CategoryName(category)],
            bars=tuple(_bar(held) for held in found.holdings if held.category == category),
        )
        for category in dict.fromkeys(held.category for held in found.holdings)
    )
    unclear = [names[CategoryName(each)] for each in dict.fromkeys(doubt.category for doubt in found.unclear) if each]
    without = None
    if unclear:
        without = Message("no date can be named for {categories}", categories=join_words(unclear, "and"))
    title = policy.title.in_language(language.code)
    return DataPicture(
        date=found.date,
        heading=Message("Personal data by {policy} on {day}", policy=title, day=found.date),
        without_date=without,
        columns=columns,
        notes=tuple(sorted(_notes(found, names, page), key=lambda note: note.day)),
    )


def _bar(held: Held) -> DataBar:
    return DataBar(
        starts=held.held_from,
        inactive_from=held.inactive_on,
        dispose_by=held.dispose_by,
        disposed_on=held.disposed_on,
    )


def _notes(found: Retention, names: Mapping[CategoryName, str], page: PicturePage) -> Iterator[Note]:
    yield Note(day=found.date, sign="until", words=page.words(Message("as of this day")))
    there = [held for held in found.holdings if held.disposed_on is None]
    for day, several in _by_day([(held.inactive_on, held) for held in there]):
        message = Message("{categories}: inactive", categories=_categories(several, names))
        yield Note(day=day, sign="deadline" if day <= found.date else "ahead", words=page.words(message))
    for day, several in _by_day([(held.dispose_by, held) for held in there]):
        for clause in dict.fromkeys(held.clause for held in several):
            its = [held for held in several if held.clause == clause]
            message = Message(
                "{categories}: {action}, {clause}",
                categories=_categories(its, names),
                action=page.words(ACTIONS[its[0].action or "erase"]),
                clause=clause,
            )
            yield Note(day=day, sign="deadline" if day <= found.date else "ahead", words=page.words(message))
    for day, several in _by_day([(held.disposed_on, held) for held in found.holdings]):
        message = Message("{categories}: disposed of", categories=_categories(several, names))
        yield Note(day=day, sign="event", words=page.words(message))
    for asked in found.requests:
        yield from _of_request(asked, found.date, page)


def _of_request(asked: Asked, date: Day, page: PicturePage) -> Iterator[Note]:
    right = page.words(RIGHTS[asked.right])
    message = Message("request: {right}", right=right)
    yield Note(day=asked.received_on, sign="event", words=page.words(message))
    if asked.answer_by is not None and asked.answered_on is None and asked.withdrawn_on is None:
        message = Message("request to be answered: {right}", right=right)
        yield Note(
            day=asked.answer_by, sign="deadline" if asked.answer_by <= date else "ahead", words=page.words(message)
        )


def _by_day(dated: Sequence[tuple[Day | None, Held]]) -> Iterator[tuple[Day, list[Held]]]:
    days: dict[Day, list[Held]] = {}
    for day, held in dated:
        if day is not None:
            days.setdefault(day, []).append(held)
    yield from days.items()


def _categories(holdings: Sequence[Held], names: Mapping[CategoryName, str]) -> Message:
    """The categories, each with the number of its holdings if that is more than one."""
    counts: dict[str, int] = {}
    for held in holdings:
        name = names[CategoryName(held.category)]
        counts[name] = counts.get(name, 0) + 1
    parts = [name + (f" ({number})" if number > 1 else "") for name, number in counts.items()]
    return join_words(parts, "and")
