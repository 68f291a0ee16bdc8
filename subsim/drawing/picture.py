"""The picture of a member's life: time runs down the page, one group of columns a subscription, words to the right.

Time runs downwards so that a phone held upright shows it in type that can be read, and so that every note and every
period has a line of its own: a longer history makes a longer picture, never a smaller one.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from subsim.basics.dates import Day, months
from subsim.basics.texts import Message
from subsim.drawing import lanes
from subsim.drawing.beside import AHEAD, LEAST_ROOM, beside
from subsim.drawing.canvas import GREY, PALE, Canvas
from subsim.drawing.lanes import Columns
from subsim.drawing.layout import LARGE, LARGE_LINE, LINE, MARGIN, PLAIN, SMALL, SMALL_LINE, Axis, axis, wrapped
from subsim.drawing.legend import legend
from subsim.drawing.life import Life
from subsim.drawing.notes import Note, Words, notes
from subsim.engine.labels import STATES

NARROWEST = 480.0
"""The least width of a picture: a phone 390 wide shows it at four fifths of its size."""
_MONTHS, _MONEY = 38.0, 30.0
_MOST_TITLE_LINES = 6


def picture(life: Life, words: Words) -> str:
    """The picture as the text of an SVG file."""
    canvas, found = Canvas(), notes(life, words)
    left = MARGIN + _MONTHS + (_MONEY if life.arrears else 0)
    places = lanes.columns(life.lanes, left, words)
    right = max((place.right for place in places), default=left)
    whole = max(NARROWEST, right + AHEAD + LEAST_ROOM + MARGIN)
    told = beside(found, right, whole)
    top = _paint_heading(canvas, life, words, whole)
    time = axis(life.span.starts, life.span.ends, top + 2 * LINE, told.height)
    _paint_axis(canvas, time, words, right)
    _paint_ties(canvas, found, time, places, right)
    _paint_arrears(canvas, life, time, words)
    for place in places:
        lanes.paint(canvas, place, time, life.until, words, named=len(places) > 1)
    bottom = max(time.bottom, told.paint(canvas, time, words)) + LINE
    bottom = legend(canvas, words, MARGIN, bottom, whole - 2 * MARGIN)
    return canvas.svg(whole, bottom + MARGIN, life.outcome.scenario, _described(life, found, words))


def _described(life: Life, found: list[Note], words: Words) -> str:
    """The picture in words: the states of each subscription, then the notes."""
    states = [
        words.say(
            Message(
                "{subscription}: {state} from {day}",
                subscription=lane.id,
                state=words.say(STATES[band.state]),
                day=band.starts,
            )
        )
        for lane in life.lanes
        for band in lane.bands
    ]
    return ". ".join([*states, *(f"{words.day(note.day)}: {note.words}" for note in found)])


def _paint_heading(canvas: Canvas, life: Life, words: Words, whole: float) -> float:
    """The sentence of the scenario, what was replayed, and the sums; gives where it ends."""
    top, room, outcome = MARGIN, whole - 2 * MARGIN, life.outcome
    for line in wrapped(outcome.scenario, LARGE * 1.12, room, _MOST_TITLE_LINES):
        canvas.text(MARGIN, top + LARGE_LINE / 2, line, LARGE, bold=True)
        top += LARGE_LINE
    replayed = Message("until {day}, profile {profile}", day=outcome.until, profile=outcome.profile)
    totals = outcome.totals
    sums = Message("charged {amount:kr}", amount=totals.charged) + Message("paid {amount:kr}", amount=totals.paid)
    if totals.refunded:
        sums += Message("paid back {amount:kr}", amount=totals.refunded)
    if totals.adjusted:
        sums += Message("credit adjusted by {amount:kr}", amount=totals.adjusted)
    sums += Message("owed {amount:kr}", amount=totals.owed)
    for line in (part for said in (replayed, sums) for part in wrapped(words.say(said), PLAIN, room, 3)):
        canvas.text(MARGIN, top + LINE / 2 + 2, line, PLAIN, fill=GREY)
        top += LINE
    return top


def _paint_axis(canvas: Canvas, time: Axis, words: Words, right: float) -> None:
    """The years across all columns, and the months between them if there is room."""
    edge = MARGIN + _MONTHS - 6
    canvas.line(edge, time.top, edge, time.bottom)
    new_year = Day(time.first.year + 1, 1, 1)
    if new_year > time.last or time.at(new_year) - time.top > LINE:
        canvas.text(MARGIN - 4, time.top - LINE * 0.8, str(time.first.year), SMALL, bold=True)
    for day in _marked_days(time):
        here = time.at(day)
        if day.month == 1:
            canvas.line(edge, here, right, here, stroke=PALE)
            canvas.text(MARGIN - 4, here, str(day.year), SMALL, bold=True)
        else:
            canvas.line(edge - 4, here, edge, here)
            canvas.text(edge - 6, here, words.month(day), SMALL, fill=GREY, text_anchor="end")


def _marked_days(time: Axis) -> Iterator[Day]:
    """The days with which a month, a quarter, a year or ten begin, whichever has room for its name."""
    step = next((step for step in (1, 3, 12) if 30 * step * time.step >= SMALL_LINE), 120)
    start, count = Day(time.first.year, 1, 1), 1
    while (day := months(start, count * step)) <= time.last:
        if day > time.first:
            yield day
        count += 1


def _paint_ties(canvas: Canvas, found: list[Note], time: Axis, places: Sequence[Columns], right: float) -> None:
    """From each note's subscription to the edge of the columns; the days shown go across all of them."""
    for note in found:
        here = time.at(note.day)
        if note.sign in ("asked", "until"):
            canvas.line(MARGIN + _MONTHS - 6, here, right, here, stroke_width=1.4, stroke_dasharray="5 3")
        elif note.lane is not None and places[note.lane].right < right:
            canvas.line(
                places[note.lane].right, here, right, here, stroke=GREY, stroke_width=0.8, stroke_dasharray="1 3"
            )


def _paint_arrears(canvas: Canvas, life: Life, time: Axis, words: Words) -> None:
    """What was owed from each day on which that changed to the next; the widest is the most there was."""
    most = max((amount for _day, amount in life.arrears), default=0)
    for (day, amount), (until, _next) in pairwise([*life.arrears, (life.until, 0)]):
        if amount:
            top, wide = time.at(day), (_MONEY - 8) * amount / most
            canvas.arrears(MARGIN + _MONTHS, top, wide, time.at(until) - top, words.amount(amount))
