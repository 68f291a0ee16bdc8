"""What a page is made of: blocks in the reader's words, which the writers of text, Markdown and HTML set each its way.

A text may hold no-break spaces, within a date or an amount.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from attrs import evolve

from subsim.basics.values import frozen


def width_of(line: str) -> int:
    """How many columns of a terminal a line takes: wide letters take two, accents of their own none."""
    if max(line, default="") < _FIRST_ODD:
        return len(line)
    from wcwidth import wcswidth  # few pages have such letters

    columns = int(wcswidth(line))
    return len(line) if columns < 0 else columns


_FIRST_ODD = "\u0300"
"""The first letter that does not take one column."""


@frozen
class Heading:
    """The heading of what follows."""

    text: str


@frozen
class Paragraph:
    """Running text; what it opens with in bold may be empty."""

    text: str
    lead: str = ""


@frozen
class Bullets:
    """A list of paragraphs."""

    items: tuple[Paragraph, ...]


@frozen
class Lines:
    """Short lines one under the other."""

    lines: tuple[str, ...]


@frozen
class Column:
    """A column of a table: its heading and its cells, as text; amounts and dates stand to the right."""

    heading: str
    cells: list[str]
    right: bool = False

    @property
    def width(self) -> int:
        """How many columns of a terminal the widest of its lines takes."""
        return max(width_of(line) for cell in (self.heading, *self.cells) for line in (cell.splitlines() or ("",)))


@frozen
class Table:
    """Columns side by side; those with empty cells only are left out."""

    columns: tuple[Column, ...]

    @property
    def shown_columns(self) -> list[Column]:
        """The columns that have a cell with something in it."""
        return [column for column in self.columns if any(column.cells)]

    def gathered(self, place: int) -> "Table":
        """Rows that are alike in all but the column at this place as one, at the first of them, its cells in a list."""
        found: dict[tuple[str, ...], list[str]] = {}
        for row in zip(*(column.cells for column in self.columns), strict=True):
            found.setdefault((*row[:place], *row[place + 1 :]), []).append(row[place])
        rows = [(*others[:place], ", ".join(cells), *others[place:]) for others, cells in found.items()]
        return Table(tuple(evolve(each, cells=[row[at] for row in rows]) for at, each in enumerate(self.columns)))


def columns_of(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> list[Column]:
    """The cells of rows under their headings."""
    return [Column(heading, [row[place] for row in rows]) for place, heading in enumerate(headings)]


@frozen
class Definition:
    """A term and what is said of it, each text a paragraph."""

    term: str
    texts: tuple[str, ...]


@frozen
class Definitions:
    """Terms with what is said of each, under a line of their own, which may be empty."""

    rows: tuple[Definition, ...]
    title: str = ""
    term_width: int = 0
    """The least width of the terms in plain text, where several lists are to be aligned."""


@frozen
class Picture:
    """A picture as SVG, and the same in words."""

    svg: str
    description: str


@frozen
class Code:
    """A line to be copied as it stands, and what it is for."""

    text: str
    line: str


@frozen
class Section:
    """Blocks under a title."""

    title: str
    blocks: tuple["Block", ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Lines | Table | Definitions | Picture | Code | Section
Blocks: TypeAlias = tuple[Block, ...]


def stack(*parts: Block | Iterable[Block] | None) -> Blocks:
    """The parts one under the other, without those that are None."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, Iterable):
            blocks.extend(part)
        elif part is not None:
            blocks.append(part)
    return tuple(blocks)


def section(title: str, *parts: Block | Iterable[Block] | None) -> Section | None:
    """The parts under a title; None where there is none of them."""
    blocks = stack(*parts)
    return Section(title, blocks) if blocks else None
