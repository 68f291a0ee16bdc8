"""The picture of a member: time runs down the page, one group of columns for each subscription, notes to the right.

Time runs downwards so that the text can be read on an upright phone, and every note and every period has a line of its
own: a longer history makes a longer picture, never smaller text. For the same reason subscriptions of the same time are
painted one below the other where side by side they would be too wide.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import inf

from attrs import frozen

from subsim.basics.dates import Day, days_after, months
from subsim.basics.texts import Message
from subsim.drawing import lanes
from subsim.drawing.canvas import GREY, PALE, Canvas
from subsim.drawing.data import DataPicture, data_axis, data_width, paint_data, paint_heading
from subsim.drawing.lanes import Columns
from subsim.drawing.layout import LARGE, LARGE_LINE, LINE, MARGIN, PLAIN, SMALL, SMALL_LINE, Axis, axis, wrapped
from subsim.drawing.legend import legend
from subsim.drawing.life import Life, Span
from subsim.drawing.margin import margin_notes, margin_width
from subsim.drawing.notes import Note, PicturePage, notes
from subsim.engine.labels import STATES

NARROWEST = 480.0
"""The least width of a picture: a phone 390 wide shows it at four fifths of its size."""
_WIDEST = 530.0
"""The width above which subscriptions of the same time are painted one below the other, each with its notes."""
_MONTHS, _MONEY = 38.0, 30.0
_SPAN = 11.0
"""The width of the bar of an event in doubt."""
_MOST_TITLE_LINES = 6


@frozen(kw_only=True)
class _Panel:
    """Subscriptions side by side on one axis, with their notes; with `money` also what was owed."""

    places: dict[int, Columns]
    notes: list[Note]
    span: Span
    money: bool

    @property
    def right(self) -> float:
        """The x at which the columns end."""
        right = max((place.right for place in self.places.values()), default=_left(self.money))
        return right + _SPAN * len(self.ranged)

    @property
    def ranged(self) -> list[Note]:
        """The notes of events with a span of possible days, each of which has a bar at the right."""
        return [note for note in self.notes if note.span is not None]

    def least_width(self, page: PicturePage) -> float:
        """The least width of the picture for it."""
        return self.right + margin_width(self.notes, page) + MARGIN


def picture(life: Life, page: PicturePage, data: DataPicture | None = None) -> str:
    """The picture as the text of an SVG file, with the data held about the member below where they are given.

    For a member without subscriptions, under a policy without an agreement, it has the data only.
    """
    canvas, found = Canvas(), notes(life, page)
    panels = _panels(life, found, page) if life.lanes or data is None else []
    widths = [panel.least_width(page) for panel in panels] + ([data_width(data, page, _left(False))] if data else [])
    whole = max(NARROWEST, *widths)
    bottom = _paint_heading(canvas, life, page, whole, sums=bool(panels))
    for panel in panels:
        bottom = _paint_panel(canvas, panel, life, page, bottom, whole) + LINE
    if data is not None:
        bottom = _paint_data(canvas, data, page, bottom, whole) + LINE
    bottom = legend(canvas, page, MARGIN, bottom, whole - 2 * MARGIN)
    all_notes = [*found, *(data.notes if data else ())] if panels else list(data.notes if data else found)
    return canvas.svg(whole, bottom + MARGIN, life.outcome.scenario, _described(life, all_notes, page))


def _paint_data(canvas: Canvas, data: DataPicture, page: PicturePage, top: float, whole: float) -> float:
    """Paint the data held below `top`, on an axis of their own. Return the y at which they end."""
    left = _left(False)
    top = paint_heading(canvas, data, page, top, whole)
    time = data_axis(data, page, top, left, whole)
    over = days_after(data.date, 1)
    canvas.known_until = time.at(over) if over < time.last else inf
    _paint_axis(canvas, time, page, _left(False))
    return paint_data(canvas, data, time, page, left, whole)


def _panels(life: Life, found: list[Note], page: PicturePage) -> list[_Panel]:
    """One panel with all subscriptions if that is narrow enough, else a panel for each slot."""
    lanes_by_place, slots = dict(enumerate(life.lanes)), lanes.slots(life.lanes)
    money = bool(life.arrears)
    together = lanes.columns(lanes_by_place, slots, _left(money), page)
    panel = _Panel(places=together, notes=found, span=life.span, money=money)
    if len(set(slots)) < 2 or panel.least_width(page) <= _WIDEST:
        return [panel]
    return [
        _panel_of_slot(life, {place for place in lanes_by_place if slots[place] == slot}, slot == 0, found, page)
        for slot in sorted(set(slots))
    ]


def _panel_of_slot(life: Life, places: set[int], is_first: bool, found: list[Note], page: PicturePage) -> _Panel:
    """The panel of some subscriptions; notes on the member are in the first panel."""
    its = [note for note in found if _belongs(note, places, is_first)]
    extents = [life.lanes[place].extent for place in places]
    days = [note.day for note in its] + [life.until]
    days += [day for note in its if note.span for day in (note.span.starts, note.span.ends)]
    if is_first and life.arrears:
        days.append(life.arrears[0][0])
    starts, ends = min([each.starts for each in extents] + days), max([each.ends for each in extents] + days)
    money = is_first and bool(life.arrears)
    lanes_of_panel = {place: life.lanes[place] for place in sorted(places)}
    columns = lanes.columns(lanes_of_panel, [0] * len(life.lanes), _left(money), page)
    return _Panel(places=columns, notes=its, span=Span(starts, ends), money=money)


def _belongs(note: Note, places: set[int], is_first: bool) -> bool:
    if note.sign in ("asked", "until"):
        return True
    whose = note.reaches or (() if note.lane is None else (note.lane,))
    return bool(places.intersection(whose)) if whose else is_first


def _left(money: bool) -> float:
    """The x at which the columns begin."""
    return MARGIN + _MONTHS + (_MONEY if money else 0)


def _paint_panel(canvas: Canvas, panel: _Panel, life: Life, page: PicturePage, top: float, whole: float) -> float:
    """Paint one panel below `top`. Return the y at which it ends."""
    in_margin = margin_notes(panel.notes, panel.right, whole, page, named=len(panel.places) > 1)
    time = axis(panel.span.starts, panel.span.ends, top + 2 * LINE, in_margin.height)
    over = days_after(life.until, 1)
    canvas.known_until = time.at(over) if over < time.last else inf
    _paint_axis(canvas, time, page, panel.right)
    _paint_ties(canvas, panel, time)
    _paint_ranges(canvas, panel, time)
    if panel.money:
        _paint_arrears(canvas, life, time, page)
    for place in panel.places.values():
        lanes.paint(canvas, place, time, life.until, page, named=len(life.lanes) > 1)
    return max(time.bottom, in_margin.paint(canvas, time, page))


def _paint_ranges(canvas: Canvas, panel: _Panel, time: Axis) -> None:
    """Paint the bars of events with a span of possible days, the first at the right."""
    for number, note in enumerate(panel.ranged, 1):
        assert note.span is not None
        starts = time.at(note.span.starts)
        canvas.span(panel.right - _SPAN * number + 2, starts, _SPAN - 4, time.at(note.span.ends) - starts)


def _described(life: Life, found: list[Note], page: PicturePage) -> str:
    """The picture in words: the states of each subscription, then the notes."""
    states = [
        page.words(_state(lane.id if len(life.lanes) > 1 else None, page.words(STATES[band.state]), band.starts))
        for lane in life.lanes
        for band in lane.bands
    ]
    return ". ".join([*states, *(f"{page.day(note.day)}: {note.text(named=True)}" for note in found)])


def _state(id: str | None, state: str, day: Day) -> Message:
    """From when a subscription is in a state; its id where there are several."""
    if id is None:
        return Message("{state} from {day}", state=state, day=day)
    return Message("{subscription}: {state} from {day}", subscription=id, state=state, day=day)


def _paint_heading(canvas: Canvas, life: Life, page: PicturePage, whole: float, sums: bool) -> float:
    """Paint the sentence of the scenario, the days, and with `sums` the sums. Return the y at which it ends."""
    top, room, outcome = MARGIN, whole - 2 * MARGIN, life.outcome
    for line in wrapped(outcome.scenario, LARGE * 1.12, room, _MOST_TITLE_LINES):
        canvas.text(MARGIN, top + LARGE_LINE / 2, line, LARGE, bold=True)
        top += LARGE_LINE
    replayed = Message("until {day}, profile {profile}", day=outcome.until, profile=Message(outcome.profile))
    totals = outcome.totals
    amounts = Message("charged {amount:kr}", amount=totals.charged) + Message("paid {amount:kr}", amount=totals.paid)
    if totals.refunded:
        amounts += Message("paid back {amount:kr}", amount=totals.refunded)
    if totals.adjusted:
        amounts += Message("credit adjusted by {amount:kr}", amount=totals.adjusted)
    amounts += Message("owed {amount:kr}", amount=totals.owed)
    for line in (
        part for each in (replayed, amounts)[: 2 if sums else 1] for part in wrapped(page.words(each), PLAIN, room, 3)
    ):
        canvas.text(MARGIN, top + LINE / 2 + 2, line, PLAIN, fill=GREY)
        top += LINE
    return top


def _paint_axis(canvas: Canvas, time: Axis, page: PicturePage, right: float) -> None:
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
            canvas.text(edge - 6, here, page.month(day), SMALL, fill=GREY, text_anchor="end")


def _marked_days(time: Axis) -> Iterator[Day]:
    """The first days of months, quarters, years or decades, whichever have room for their names."""
    step = next((step for step in (1, 3, 12) if 30 * step * time.step >= SMALL_LINE), 120)
    start, count = Day(time.first.year, 1, 1), 1
    while (day := months(start, count * step)) <= time.last:
        if day > time.first:
            yield day
        count += 1


def _paint_ties(canvas: Canvas, panel: _Panel, time: Axis) -> None:
    """Paint lines from the notes' subscriptions to the edge of the columns; that of a whole day crosses all columns."""
    for note in panel.notes:
        here = time.at(note.day)
        place = None if note.lane is None else panel.places.get(note.lane)
        if note.sign in ("asked", "until"):
            canvas.line(MARGIN + _MONTHS - 6, here, panel.right, here, stroke_width=1.4, stroke_dasharray="5 3")
        elif place is not None and place.right < panel.right:
            canvas.line(place.right, here, panel.right, here, stroke=GREY, stroke_width=0.8, stroke_dasharray="1 3")


def _paint_arrears(canvas: Canvas, life: Life, time: Axis, page: PicturePage) -> None:
    """Paint what was owed, between the days on which it changed; the widest bar is the largest amount."""
    most = max((amount for _day, amount in life.arrears), default=0)
    for (day, amount), (until, _next) in pairwise([*life.arrears, (life.until, 0)]):
        if amount:
            top, wide = time.at(day), (_MONEY - 8) * amount / most
            canvas.arrears(MARGIN + _MONTHS, top, wide, time.at(until) - top, page.amount(amount))
