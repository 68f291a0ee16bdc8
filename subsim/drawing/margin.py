"""The notes to the right of the columns: each near its day, without overlap, with a thin line to the axis."""

from collections.abc import Iterator

from attrs import frozen

from subsim.drawing.canvas import GREY, Canvas
from subsim.drawing.layout import LINE, MARGIN, PLAIN, Axis, spread, width, wrapped
from subsim.drawing.notes import Note, PicturePage

_GUTTER, _SIGN, _AFTER_DATE = 18.0, 10.0, 8.0
_LEAST_ROOM = 186.0
"""The least width of the text of a note."""
_MOST_LINES = 8
_BETWEEN = 3.0


@frozen
class _Entry:
    """A note broken into lines, or without a note the year of those that follow."""

    note: Note | None
    year: int
    lines: list[str]

    @property
    def height(self) -> float:
        """The height of the lines, with the space below."""
        return LINE * len(self.lines) + _BETWEEN


@frozen
class MarginNotes:
    """The notes at the right of `left`, broken into lines."""

    entries: list[_Entry]
    left: float
    date: float
    """The width of the dates, with the space after them."""

    @property
    def height(self) -> float:
        """The height of all notes without gaps."""
        return sum(entry.height for entry in self.entries)

    def paint(self, canvas: Canvas, time: Axis, page: PicturePage) -> float:
        """Paint the notes, each as near to its day as possible. Return the y at which the last one ends."""
        heights = [entry.height for entry in self.entries]
        tops = spread([self._wanted(index, time) for index in range(len(self.entries))], heights, time.top - LINE / 2)
        for entry, top in zip(self.entries, tops, strict=True):
            self._paint_entry(canvas, entry, top + LINE / 2, time, page)
        return tops[-1] + heights[-1] if tops else time.top

    def _wanted(self, index: int, time: Axis) -> float:
        """The y at which an entry should begin; that of a year is above its first note."""
        entry = self.entries[index]
        if entry.note is None:
            return self._wanted(index + 1, time) - entry.height
        return time.at(entry.note.day) - LINE / 2

    def _paint_entry(self, canvas: Canvas, entry: _Entry, middle: float, time: Axis, page: PicturePage) -> None:
        date = self.left + _GUTTER + 2 * _SIGN
        if entry.note is None:
            canvas.text(date, middle, str(entry.year), PLAIN, bold=True)
            return
        note, sign = entry.note, self.left + _GUTTER + _SIGN
        day = time.at(note.day)
        dashes = {"stroke_dasharray": "3 2"} if day > canvas.known_until else {}
        canvas.line(
            *(self.left, day, self.left + 4, day, sign - _SIGN / 2 - 2, middle),
            stroke=GREY,
            stroke_width=0.8,
            **dashes,
        )
        canvas.sign(sign, middle, note.sign)
        if note.assumed:
            canvas.assumed(sign, middle)
        canvas.text(date, middle, page.day_and_month(note.day), PLAIN, bold=_is_bold(note), hint=note.why)
        for number, line in enumerate(entry.lines):
            canvas.text(date + self.date, middle + number * LINE, line, PLAIN, hint=note.why)


def margin_width(notes: list[Note], page: PicturePage) -> float:
    """The least width of the notes, from the edge of the columns."""
    return _ahead(notes, page) + _LEAST_ROOM


def margin_notes(notes: list[Note], left: float, right: float, page: PicturePage, named: bool) -> MarginNotes:
    """The notes between `left` and `right`, those of each year below its number.

    If `named`, each note begins with its subscription, where there are several.
    """
    room = right - MARGIN - left - _ahead(notes, page)
    return MarginNotes(list(_entries(notes, room, named)), left, _date(notes, page))


def _ahead(notes: list[Note], page: PicturePage) -> float:
    """The distance between the columns and the text of a note."""
    return _GUTTER + 2 * _SIGN + _date(notes, page)


def _date(notes: list[Note], page: PicturePage) -> float:
    widths = (width(page.day_and_month(note.day), PLAIN, bold=_is_bold(note)) for note in notes)
    return max(widths, default=0.0) + _AFTER_DATE


def _is_bold(note: Note) -> bool:
    return note.sign in ("way", "asked")


def _entries(notes: list[Note], room: float, named: bool) -> Iterator[_Entry]:
    year = None
    for note in notes:
        if note.day.year != year:
            year = note.day.year
            yield _Entry(None, year, [str(year)])
        yield _Entry(note, year, wrapped(note.text(named), PLAIN, room, _MOST_LINES))
