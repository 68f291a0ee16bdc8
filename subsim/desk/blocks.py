"""Blocks of a page in the form of the desk's templates: sentences, headings, and tables that can scroll."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from subsim.pages.blocks import Block, Bullets, Definitions, Lines, Paragraph, Section
from subsim.pages.blocks import Table as Columns

Row = list[str]


@frozen(kw_only=True)
class Table:
    """A table: its caption, which is read out only where a heading says it already; headings, rows, right columns."""

    caption: str
    headings: Row
    rows: list[Row]
    figures: tuple[int, ...] = ()
    is_captioned: bool = True


@frozen
class Subheading:
    """A heading within a region."""

    text: str


Part = str | Subheading | Table
"""A sentence, or one of the others."""


def parts_of(blocks: Iterable[Block], region: str) -> list[Part]:
    """The parts of a region; a table outside a section has the name of the region as caption."""
    return [part for block in blocks for part in _parts(block, region, is_captioned=False)]


def _parts(block: Block, caption: str, *, is_captioned: bool) -> Iterator[Part]:
    match block:
        case Section(title, blocks):
            is_table = all(isinstance(each, Columns) for each in blocks)
            if not is_table:
                yield Subheading(plain(title))
            for each in blocks:
                yield from _parts(each, title, is_captioned=is_table)
        case Columns(filled_columns=columns):
            yield Table(
                caption=plain(caption),
                headings=[column.heading for column in columns],
                rows=[list(map(plain, cells)) for cells in zip(*(column.cells for column in columns), strict=True)],
                figures=tuple(place for place, column in enumerate(columns) if column.right),
                is_captioned=is_captioned,
            )
        case Paragraph(text, lead):
            yield plain(f"{lead} {text}" if lead else text)
        case Bullets(items):
            yield from (plain(f"{item.lead} {item.text}" if item.lead else item.text) for item in items)
        case Lines(lines):
            yield from map(plain, lines)
        case Definitions(rows):
            yield from (plain(f"{row.term}: {text}") for row in rows for text in row.texts)
        case _:
            raise AssertionError(f"no region of the desk has a {type(block).__name__}")


def plain(text: str) -> str:
    """The text with plain spaces, so that search and copy work on the page."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def stopped(sentence: str) -> str:
    """A reason as a sentence, with a capital letter and a full stop."""
    text = plain(sentence).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
