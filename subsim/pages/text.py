"""The language and width of a page, and pages as plain text: wrapped sentences and aligned tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

from attrs import evolve

from subsim.basics.dates import Day
from subsim.basics.languages import Language
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.pages.blocks import (
    Block,
    Bullets,
    Code,
    Column,
    Definitions,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Section,
    Table,
    width_of,
)

Name = TypeVar("Name", bound=str)
"""A word of some closed list."""

_GAP = "  "
NO_BREAK = "\N{NO-BREAK SPACE}"
"""What holds the parts of a date or an amount together on one line."""
_NARROWEST = 30
"""The least width of the column that is wrapped; in a narrower terminal lines are too long."""


@frozen
class Page:
    """A page in a language, of a width in characters. It makes the texts of blocks."""

    language: Language
    width: int

    def say(self, *parts: Message) -> Paragraph:
        """The parts as one sentence that ends with a full stop."""
        return Paragraph(f"{self.words(*parts).removesuffix('.')}.")

    def words(self, *parts: Message) -> str:
        """The parts as running words, for a cell of a table."""
        return "; ".join(part.text(self) for part in parts)

    def translate(self, template: str) -> str:
        """The template in the page's language."""
        return self.language.translate(template)

    def count(self, one: str, several: str, number: int) -> str:
        """The template for one or for several in the page's language."""
        return self.language.count(one, several, number)

    def day(self, day: Day) -> str:
        """The day in words that stay on one line."""
        return self.language.day(day).replace(" ", NO_BREAK)

    def short_day(self, day: Day) -> str:
        """The day as tables have it, on one line."""
        return self.language.short_day(day).replace(" ", NO_BREAK)

    def amount(self, amount: int) -> str:
        """The amount with its currency, on one line."""
        return self.language.amount(amount).replace(" ", NO_BREAK)

    def whole(self, number: int) -> str:
        """The whole number as the language writes it."""
        return self.language.whole(number)

    def dates(self, heading: str, days: Iterable[Day | None]) -> Column:
        """A column of days; empty where there is none."""
        return Column(heading, ["" if day is None else self.language.short_day(day) for day in days], right=True)

    def amounts(self, heading: str, amounts: Iterable[int | None]) -> Column:
        """A column of amounts in øre; empty where there is none."""
        cells = ["" if amount is None else self.language.figures(amount) for amount in amounts]
        return Column(heading, cells, right=True)

    def numbers(self, heading: str, numbers: Iterable[int | str]) -> Column:
        """A column of whole numbers; empty where there is none."""
        return Column(heading, [str(number) for number in numbers], right=True)

    def table(self, *columns: Column) -> Table:
        """The columns side by side."""
        return Table(columns)

    def names(self, heading: str, names: Mapping[Name, Message], words: Iterable[Name | None]) -> Column:
        """A column of the names of words of the format; a cell is empty for None."""
        return Column(heading, ["" if word is None else self.words(names[word]) for word in words])


def text_of(blocks: Iterable[Block], width: int) -> str:
    """The blocks as plain text, a blank line between them, in lines of that width."""
    return "\n\n".join(_text(block, width) for block in blocks).replace(NO_BREAK, " ")


def _text(block: Block, width: int) -> str:
    match block:
        case Heading(text):
            return _filled(text, width)
        case Paragraph(text, lead):
            return _filled(f"{lead} {text}" if lead else text, width)
        case Bullets(items):
            return "\n".join(_filled(" ".join(filter(None, (i.lead, i.text))), width, "  ", "    ") for i in items)
        case Lines(lines):
            return "\n".join(_filled(line, width) for line in lines)
        case Table():
            return _table(block, width)
        case Definitions():
            return _definitions(block, width)
        case Picture(_, description):
            return _filled(description, width)
        case Code(text, line):
            return f"{_filled(text, width)}\n{line}"
        case Section(title, blocks):
            return f"{_filled(title, width)}\n{_under_title(blocks, width)}"


def _under_title(blocks: Iterable[Block], width: int) -> str:
    """The blocks of a section; lists of definitions are indented, without blank lines between them."""
    if all(isinstance(block, Definitions) for block in blocks):
        from textwrap import indent  # JSON needs none of it

        return "\n".join(indent(_text(block, width - len(_GAP)), _GAP) for block in blocks)
    return "\n\n".join(_text(block, width) for block in blocks)


def _definitions(block: Definitions, width: int) -> str:
    wide = block.term_width or max(len(row.term) for row in block.rows) + 1
    hanging = " " * (len(_GAP) + wide + 1)
    lines = [_filled(block.title, width)] if block.title else []
    for row in block.rows:
        first = f"{_GAP}{row.term:<{wide}} "
        for text in row.texts:
            lines.append(_filled(text, width, first, hanging))
            first = hanging
    return "\n".join(lines)


def _table(block: Table, width: int) -> str:
    """The table, its last column wrapped at the width, and before it the widest ones where they leave no room."""
    *before, last = block.filled_columns
    fixed = _narrowed(before, width - _NARROWEST)
    taken = sum(column.width + len(_GAP) for column in fixed)
    columns = (*fixed, _wrapped(last, width - taken))
    headings = [column.heading for column in columns]
    rules = ["-" * column.width for column in columns]
    rows = [*([headings, rules] if any(headings) else []), *zip(*(column.cells for column in columns), strict=True)]
    is_plain = all(len(line) == width_of(line) for row in rows for cell in row for line in cell.splitlines())
    lines = _aligned(rows, columns) if is_plain else _tabulated(rows, columns).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _aligned(rows: Iterable[Sequence[str]], columns: Sequence[Column]) -> Iterator[str]:
    """The lines of the table as tabulate has them, which takes as long to load as all else that a page needs."""
    forms = [f"{'>' if column.right else '<'}{column.width}" for column in columns]
    for row in rows:
        for texts in zip_longest(*(cell.strip().splitlines() or [""] for cell in row), fillvalue=""):
            yield _GAP.join(f"{text:{form}}" for text, form in zip(texts, forms, strict=True))


def _tabulated(rows: Iterable[Sequence[str]], columns: Sequence[Column]) -> str:
    """The same where some letters are as wide as two, or take no place."""
    from tabulate import tabulate

    sides = ["right" if column.right else "left" for column in columns]
    return tabulate(rows, tablefmt="plain", colalign=sides, disable_numparse=True)


def _narrowed(columns: list[Column], room: int) -> list[Column]:
    """The columns of text, the widest first, wrapped so far that all fit into the room; none below the narrowest."""
    found = list(columns)
    for place in sorted(range(len(found)), key=lambda place: -found[place].width):
        over = sum(column.width + len(_GAP) for column in found) - room
        wide = found[place].width
        if over > 0 and wide > _NARROWEST and not found[place].right:
            found[place] = _wrapped(found[place], max(_NARROWEST, wide - over))
    return found


def _wrapped(column: Column, width: int) -> Column:
    return evolve(
        column, cells=["\n".join(_filled(line, width) for line in cell.splitlines()) for cell in column.cells]
    )


def _filled(text: str, width: int, first: str = "", hanging: str = "") -> str:
    from textwrap import fill

    return fill(
        text,
        max(width, _NARROWEST),
        initial_indent=first,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
