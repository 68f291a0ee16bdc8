"""The data held about the member, below the picture: a column for each category on an axis of its own.

The axis may run for years after the last subscription. The dates and the texts of the notes come from a room that knows
the policy.
"""

from attrs import frozen

from subsim.basics.dates import Day, days_after
from subsim.basics.texts import Message
from subsim.drawing.canvas import GREY, PALE, Canvas
from subsim.drawing.layout import LARGE_LINE, LINE, MARGIN, PLAIN, SMALL, Axis, axis, cut, width, wrapped
from subsim.drawing.margin import margin_notes, margin_width
from subsim.drawing.notes import Note, PicturePage

_COLUMN, _BAR = 24.0, 18.0
_LONGEST_NAME = 120.0
_MOST_LINES = 4


@frozen(kw_only=True)
class DataBar:
    """A holding from `starts`, with the days it is inactive from, must be disposed of by, and was disposed of.

    Each of these three is None where it is not known, or has not happened.
    """

    starts: Day
    inactive_from: Day | None
    dispose_by: Day | None
    disposed_on: Day | None


@frozen(kw_only=True)
class DataColumn:
    """All holdings of a category."""

    name: str
    bars: tuple[DataBar, ...]


@frozen(kw_only=True)
class DataPicture:
    """The data held as of the end of `date`: heading, sentence on data without a date, columns and notes."""

    date: Day
    heading: Message
    without_date: Message | None
    columns: tuple[DataColumn, ...]
    notes: tuple[Note, ...]

    @property
    def days(self) -> list[Day]:
        """Every day that the axis must have."""
        of_bars = [day for column in self.columns for bar in column.bars for day in _days(bar)]
        return [*of_bars, *(note.day for note in self.notes), days_after(self.date, 1)]


def _days(bar: DataBar) -> list[Day]:
    last = [] if bar.dispose_by is None else [days_after(bar.dispose_by, 1)]
    return [bar.starts, *last, *(day for day in (bar.inactive_from, bar.disposed_on) if day is not None)]


def data_width(picture: DataPicture, page: PicturePage, left: float) -> float:
    """The least width of the picture for the columns and the notes."""
    return _right(picture, left) + margin_width(list(picture.notes), page) + MARGIN


def _right(picture: DataPicture, left: float) -> float:
    return left + _COLUMN * max(1, len(picture.columns))


def paint_heading(canvas: Canvas, picture: DataPicture, page: PicturePage, top: float, whole: float) -> float:
    """Paint the heading. Return the y at which it ends."""
    top += LINE / 2
    lines = wrapped(page.words(picture.heading), PLAIN * 1.12, whole - 2 * MARGIN, _MOST_LINES)
    for line in lines:
        canvas.text(MARGIN, top + LARGE_LINE / 2, line, PLAIN, bold=True)
        top += LARGE_LINE
    if picture.without_date is not None:
        for line in wrapped(page.words(picture.without_date), PLAIN, whole - 2 * MARGIN, _MOST_LINES):
            canvas.text(MARGIN, top + LINE / 2, line, PLAIN, fill=GREY)
            top += LINE
    return top


def data_axis(picture: DataPicture, page: PicturePage, top: float, left: float, whole: float) -> Axis:
    """The axis of the data, below the names of the columns."""
    notes = margin_notes(list(picture.notes), _right(picture, left), whole, page, named=False)
    names = max((min(width(each.name, SMALL, bold=True), _LONGEST_NAME) for each in picture.columns), default=0.0)
    days = picture.days
    return axis(min(days), max(days), top + names + LINE, notes.height)


def paint_data(canvas: Canvas, picture: DataPicture, time: Axis, page: PicturePage, left: float, whole: float) -> float:
    """Paint the columns with their names above and the notes beside. Return the y at which they end."""
    right = _right(picture, left)
    for number, column in enumerate(picture.columns):
        middle = left + _COLUMN * (number + 0.5)
        name = cut(column.name, SMALL, _LONGEST_NAME)
        canvas.upright(middle, time.top - 6 - width(name, SMALL, bold=True) / 2, name, SMALL, "#1a1a1a", "none")
        canvas.line(middle, time.top, middle, time.bottom, stroke=PALE)
        for bar in column.bars:
            _paint_bar(canvas, bar, middle - _BAR / 2, time, picture.date)
    for note in picture.notes:
        here = time.at(note.day)
        style = {"stroke_width": 1.4, "stroke_dasharray": "5 3"} if note.sign == "until" else {"stroke": PALE}
        canvas.line(left, here, right, here, **style)
    notes = margin_notes(list(picture.notes), right, whole, page, named=False)
    return max(time.bottom, notes.paint(canvas, time, page))


def _paint_bar(canvas: Canvas, bar: DataBar, x: float, time: Axis, date: Day) -> None:
    """Paint a holding from its start to the last day of disposal, and beyond as overdue, or to its disposal."""
    over = None if bar.dispose_by is None else days_after(bar.dispose_by, 1)
    gone = bar.disposed_on or (over if over and over > date else None)
    top, bottom = time.at(bar.starts), time.at(gone) if gone else time.at(max(time.last, date))
    if gone is None and over is not None:
        bottom = time.at(days_after(date, 1))
    late = time.at(over) if over is not None and time.at(over) < bottom else bottom
    inactive = time.at(bar.inactive_from) if bar.inactive_from is not None else late
    inactive = min(max(inactive, top), late)
    canvas.held(x, top, _BAR, inactive - top, "held")
    canvas.held(x, inactive, _BAR, late - inactive, "inactive")
    canvas.held(x, late, _BAR, bottom - late, "overdue")
    if over is not None:
        canvas.last_day(x - 2, time.at(over), _BAR + 4)
    if bar.disposed_on is not None:
        canvas.disposed(x + _BAR / 2, time.at(bar.disposed_on))
