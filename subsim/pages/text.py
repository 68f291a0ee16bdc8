"""What the pages that people read are made of: wrapped sentences and aligned tables, in one language."""

from collections.abc import Iterable, Mapping
from textwrap import fill

from attrs import evolve, frozen

from subsim.basics.dates import Day
from subsim.basics.languages import Language
from subsim.basics.texts import Message

_GAP = "  "
_NO_BREAK = "\N{NO-BREAK SPACE}"
_NARROWEST = 30
"""The least width of the column that wraps: in a narrower terminal the lines run over."""


@frozen
class Column:
    """A column of a table: its heading and its cells, as text; amounts and dates stand to the right."""

    heading: str
    cells: list[str]
    right: bool = False

    @property
    def width(self) -> int:
        """How wide the widest of its lines is."""
        return max(len(line) for cell in (self.heading, *self.cells) for line in (cell.splitlines() or ("",)))


@frozen
class Page:
    """A page of text in a language, so many characters wide."""

    language: Language
    width: int

    def say(self, *reasons: Message) -> str:
        """The parts as one sentence, with its full stop, wrapped."""
        return self.wrapped(f"{self.words(*reasons).removesuffix('.')}.")

    def words(self, *reasons: Message) -> str:
        """The parts as running words, for a cell of a table."""
        return "; ".join(reason.text(self) for reason in reasons)

    def translate(self, template: str) -> str:
        """The template in the page's language."""
        return self.language.translate(template)

    def count(self, one: str, several: str, number: int) -> str:
        """The template for one or for several in the page's language."""
        return self.language.count(one, several, number)

    def day(self, day: Day) -> str:
        """The day in words that stay on one line."""
        return self.language.day(day).replace(" ", _NO_BREAK)

    def amount(self, amount: int) -> str:
        """The amount with its currency, on one line."""
        return self.language.amount(amount).replace(" ", _NO_BREAK)

    def wrapped(self, text: str, indent: str = "", first: str | None = None) -> str:
        """The text in lines of the page's width, each with this indent; the first may have its own."""
        return _filled(text, max(self.width, _NARROWEST), indent if first is None else first, indent)

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

    def names(self, heading: str, names: Mapping[str, Message], words: Iterable[str | None]) -> Column:
        """A column of words of the format as people read them; empty where there is none."""
        return Column(heading, ["" if word is None else self.words(names[word]) for word in words])

    def table(self, *columns: Column) -> str:
        """The columns side by side, without those that are empty; the last one shown wraps at the page's width."""
        from tabulate import tabulate

        *fixed, last = [column for column in columns if any(column.cells)]
        taken = sum(column.width + len(_GAP) for column in fixed)
        last = evolve(last, cells=[_filled(cell, max(self.width - taken, _NARROWEST)) for cell in last.cells])
        shown = (*fixed, last)
        headings = [column.heading for column in shown]
        rules = ["-" * column.width for column in shown]
        text = tabulate(
            [*([headings, rules] if any(headings) else []), *zip(*(column.cells for column in shown), strict=True)],
            tablefmt="plain",
            colalign=["right" if column.right else "left" for column in shown],
            disable_numparse=True,
        )
        return "\n".join(line.rstrip() for line in text.splitlines())


def _filled(text: str, width: int, first: str = "", indent: str = "") -> str:
    return fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def stacked(*blocks: str) -> str:
    """The whole page: its blocks one under the other, a blank line between them, without the empty ones."""
    return "\n\n".join(block for block in blocks if block).replace(_NO_BREAK, " ")


def titled(title: str, block: str) -> str:
    """The block under its title; nothing without a block."""
    return f"{title}\n{block}" if block else ""
