"""The law beside the contract route by route, the open points, the facts that would settle them, and notes."""

from collections.abc import Iterable

from subsim.answers.can_cancel import Cancellation
from subsim.answers.law import Floor, LawAnswer, LawWay
from subsim.basics.enumerations import BETTER
from subsim.basics.texts import Message, join_words
from subsim.engine.labels import LAW_ROUTES
from subsim.membership.agreement import Note
from subsim.membership.events import KINDS
from subsim.pages.blocks import Blocks, Column, Paragraph, Table, section, stack
from subsim.pages.law.information import information
from subsim.pages.law.words import UNCONFIRMED
from subsim.pages.text import Page
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.statutes import STANDINGS, in_order


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
