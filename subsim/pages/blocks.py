"""The blocks of pages, in the language of the reader. The writers of text, Markdown and HTML each write all of them.

A text may hold no-break spaces, within a date or an amount.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from attrs import evolve

from subsim.basics.values import frozen


def width_of(line: str) -> int:
    """The width of a line in columns of a terminal: wide letters take two, combining accents none."""
    if max(line, default="") < _FIRST_ODD:
        return len(line)
    from wcwidth import wcswidth  # few pages have such letters

    columns = int(wcswidth(line))
    return len(line) if columns < 0 else columns


_FIRST_ODD = "\u0300"
"""The first character that may take more or less than one column."""


@frozen
class Heading:
    """The heading of what follows."""

    text: str


@frozen
class Paragraph:
    """Running text, after a `lead` in bold, which may be empty."""

    text: str
    lead: str = ""


@frozen
class Bullets:
    """A list of paragraphs."""

    items: tuple[Paragraph, ...]


@frozen
class Lines:
    """Short lines, one below the other."""

    lines: tuple[str, ...]


@frozen
class Column:
    """A column of a table: its heading and its cells as text, aligned to the right for amounts and dates."""

    heading: str
    cells: list[str]
    right: bool = False

    @property
    def width(self) -> int:
        """The width of its widest line, in columns of a terminal."""
        return max(width_of(line) for cell in (self.heading, *self.cells) for line in (cell.splitlines() or ("",)))


@frozen
class Table:
    """Columns side by side; a column without any text is left out."""

    columns: tuple[Column, ...]

    @property
    def filled_columns(self) -> list[Column]:
        """The columns that have any text."""
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
    """A term and its definition, each text a paragraph."""

    term: str
    texts: tuple[str, ...]


@frozen
class Definitions:
    """Terms and their definitions under a title, which may be empty."""

    rows: tuple[Definition, ...]
    title: str = ""
    term_width: int = 0
    """The least width of the terms in plain text, to align several lists."""


@frozen
class Picture:
    """A picture as SVG, and its description in words."""

    svg: str
    description: str


@frozen
class Code:
    """A line to copy, and what it is for."""

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
    """The parts in order, without those that are None."""
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
