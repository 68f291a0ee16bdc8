"""The columns of one subscription: periods, announcements and windows, ways out, binding, and its states."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from attrs import frozen

from subsim.answers.can_cancel import WayOut
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import LineKind, State
from subsim.basics.texts import Message
from subsim.drawing.canvas import GREY, INK, PAPER, Canvas
from subsim.drawing.layout import PLAIN, SMALL, Axis, cut, tracks, width
from subsim.drawing.life import Band, Lane, Line
from subsim.drawing.notes import SETTLED, PicturePage
from subsim.drawing.windows import Window
from subsim.engine.labels import LINES, ROUTES, STATES
from subsim.membership.owed import ACCELERATED, CREDIT, EQUIPMENT, FEE, ONE_OFF, OTHER, PERIOD, UPGRADE
from subsim.membership.phases import Phase

_BAND, _BRACKET, _SIDE, _TRACK, _GAP = 20.0, 8.0, 13.0, 15.0, 5.0
_MARK = 14.0
"""The width of the sign of a line's state beside its amount."""
_LEAST_HIGH, _LEAST_MARKED = 12.0, 6.0
"""The least height of a box for its amount, and for its sign."""
_DAYS_APART = 21
DRAWN_AS: dict[LineKind, Literal["box", "bar"] | None] = {
    PERIOD: "box",
    UPGRADE: "bar",
    ONE_OFF: "bar",
    ACCELERATED: "box",
    EQUIPMENT: None,
    OTHER: None,
    FEE: None,
    CREDIT: None,
}
"""How a line stands beside the days that it covers: as a box, as a bar at its side; None: it covers no days."""
_LETTERS: dict[State, tuple[str, str]] = {Phase.BOUND.value: (PAPER, "none"), Phase.FREE.value: (INK, "none")}
"""By state the colours of the word in a band and of its border; black on white by default."""


@frozen(kw_only=True)
class Columns:
    """The positions of the columns of a subscription, from left to right; an empty column takes no room.

    `places` are the tracks of its announcements and, last, of its withdrawal period; `ways` the open ways out.
    """

    lane: Lane
    left: float
    boxes: float
    sides: float
    places: tuple[int, ...]
    ways: tuple[WayOut, ...]

    def track(self, number: int) -> float:
        """The middle of a track."""
        return self.left + self.boxes + self.sides + _GAP / 2 + _TRACK * (number + 0.5)

    def way(self, number: int) -> float:
        """The middle of the column of a way out."""
        return self.track(self._tracks + number)

    @property
    def bracket(self) -> float:
        """The x at which the bracket of the binding begins."""
        return self.track(self._tracks + len(self.ways)) - _TRACK / 2 + 2

    @property
    def band(self) -> float:
        """The x at which the band of states begins."""
        return self.bracket + _BRACKET

    @property
    def right(self) -> float:
        """The x at which the columns end."""
        return self.band + _BAND

    @property
    def _tracks(self) -> int:
        return max(self.places, default=-1) + 1


def slots(lanes: Sequence[Lane]) -> list[int]:
    """The slot of each subscription; one that begins after another has ended may have the same slot."""
    extents = [(lane.extent.starts.toordinal(), lane.extent.ends.toordinal()) for lane in lanes]
    return tracks(extents, 2 * _DAYS_APART)


def columns(lanes: Mapping[int, Lane], slots: Sequence[int], left: float, page: PicturePage) -> dict[int, Columns]:
    """The columns of these subscriptions by place among all, slots side by side."""
    placed: dict[int, Columns] = {}
    for slot in sorted({slots[place] for place in lanes}):
        here = [place for place in lanes if slots[place] == slot]
        placed |= {place: _columns(lanes[place], left, page) for place in here}
        left = max(placed[place].right for place in here) + 2 * _GAP
    return placed


def _columns(lane: Lane, left: float, page: PicturePage) -> Columns:
    amounts = [width(page.language.figures(line.amount), SMALL) for line in lane.lines if DRAWN_AS[line.kind] == "box"]
    routes = lane.answer.routes if lane.answer else ()
    return Columns(
        lane=lane,
        left=left,
        boxes=max(amounts) + _MARK + _GAP if amounts else 0,
        sides=_SIDE if any(DRAWN_AS[line.kind] == "bar" for line in lane.lines) else 0,
        places=tuple(tracks([_days(starts, ends) for starts, ends in _journeys(lane)], _DAYS_APART)),
        ways=tuple(way for way in routes if way.ends_on is not None),
    )


def _journeys(lane: Lane) -> Iterable[tuple[Day, Day]]:
    """The spans that need a track: each announcement until it is over, and the withdrawal period."""
    for each in lane.announced:
        over = [each.change.announced_on, each.reaches or each.change.announced_on, *_last_days(each.window)]
        yield each.change.announced_on, max(over)
    if lane.withdrawal:
        yield lane.withdrawal.first, max([lane.withdrawal.first, *_last_days(lane.withdrawal)])


def _last_days(window: Window | None) -> list[Day]:
    return [days_after(window.last, 1)] if window and window.last else []


def _days(starts: Day, ends: Day) -> tuple[float, float]:
    return starts.toordinal(), ends.toordinal()


# Painting


def paint(canvas: Canvas, place: Columns, time: Axis, until: Day, page: PicturePage, named: bool) -> None:
    """Paint the columns of one subscription; with its name above them where there are several."""
    lane = place.lane
    if named:
        name = cut(lane.id, PLAIN, place.right - place.left)
        canvas.text(place.left, time.at(lane.registered_on) - PLAIN * 0.7, name, PLAIN, bold=True)
    for line in lane.lines:
        _paint_line(canvas, line, place, time, page)
    _paint_tracks(canvas, place, time, until, page)
    for number, way in enumerate(place.ways):
        assert lane.answer is not None
        _paint_way(canvas, way, lane.answer.date, place.way(number), time)
    top, bottom = time.at(lane.binding.starts), time.at(lane.binding.ends)
    if bottom > top:
        canvas.bracket(place.bracket, top, _BRACKET - 3, bottom - top)
    for band in lane.bands:
        _paint_band(canvas, band, place, time, page)
    if lane.ended_on is not None:
        canvas.end(place.bracket, time.at(lane.ended_on), place.right - place.bracket)
    for span in lane.suspensions:
        top = time.at(span.starts)
        canvas.suspension(place.band + _BAND - 6, top, 6, time.at(span.ends) - top)


def _paint_band(canvas: Canvas, band: Band, place: Columns, time: Axis, page: PicturePage) -> None:
    """Paint a state with its name, which is put into the past or the future part, whichever is longer."""
    top, bottom = time.at(band.starts), time.at(band.ends)
    canvas.band(place.band, top, _BAND, bottom - top, band.state)
    turn = min(max(canvas.known_until, top), bottom)
    has_come = turn - top >= bottom - turn
    first, last = (top, turn) if has_come else (turn, bottom)
    name = page.words(STATES[band.state])
    wanted = width(name, SMALL, bold=True) + _GAP
    first, last = _without_suspensions(first, last, place.lane, time, wanted)
    if wanted <= last - first:
        fill, halo = _LETTERS.get(band.state, (INK, PAPER)) if has_come else (INK, PAPER)
        canvas.upright(place.band + _BAND / 2, (first + last) / 2, name, SMALL, fill, halo)


def _without_suspensions(first: float, last: float, lane: Lane, time: Axis, wanted: float) -> tuple[float, float]:
    """The longest interval of a band without a suspension, or all of it where none is as long as wanted."""
    starts, longest = first, (first, first)
    for span in [*lane.suspensions, None]:
        ends = last if span is None else min(time.at(span.starts), last)
        if ends - starts > longest[1] - longest[0]:
            longest = (starts, ends)
        if span is not None:
            starts = max(starts, time.at(span.ends))
    return longest if wanted <= longest[1] - longest[0] else (first, last)


def _paint_line(canvas: Canvas, line: Line, place: Columns, time: Axis, page: PicturePage) -> None:
    """Paint a line that covers some days: a period as a box with its amount, an extra charge as a bar beside it."""
    if line.starts is None or DRAWN_AS[line.kind] is None:
        return
    top, hint = time.at(line.starts), _hint(line, page)
    high = time.at(line.ends) - top if line.ends else 0.0
    if DRAWN_AS[line.kind] == "bar":
        _paint_extra(canvas, line, place.left + place.boxes + 1, top, max(high, _LEAST_HIGH), hint)
        return
    canvas.box(place.left, top, place.boxes - 2, high, line.kind, line.settled, hint)
    middle, right = top + high / 2, place.left + place.boxes - 2
    if high >= _LEAST_HIGH:
        amount = page.language.figures(line.amount)
        fill = GREY if line.settled == "ahead" else INK
        canvas.text(right - _MARK, middle, amount, SMALL, text_anchor="end", fill=fill)
    if high >= _LEAST_MARKED:
        canvas.settled(right - _MARK / 2, middle, line.settled, min(4.2, high / 2 - 1))


def _paint_extra(canvas: Canvas, line: Line, x: float, top: float, high: float, hint: str) -> None:
    """Paint an extra charge of a period; it has a sign only if it was not paid when due."""
    canvas.extra(x, top, _SIDE - 5, high, line.kind, hint)
    if line.settled != "paid":
        canvas.settled(x + (_SIDE - 5) / 2, top + high / 2, line.settled)


def _hint(line: Line, page: PicturePage) -> str:
    starts, ends = line.starts or line.due, line.ends or line.due
    return page.words(
        Message(
            "{line}, {starts} to {ends}: {amount:kr}, {settled}",
            line=page.words(LINES[line.kind]),
            starts=starts,
            ends=ends,
            amount=line.amount,
            settled=page.words(SETTLED[line.settled]),
        )
    )


def _paint_tracks(canvas: Canvas, place: Columns, time: Axis, until: Day, page: PicturePage) -> None:
    lane = place.lane
    windows = [*(each.window for each in lane.announced), *([lane.withdrawal] if lane.withdrawal else [])]
    for number, window in zip(place.places, windows, strict=True):
        if window is not None:
            _paint_window(canvas, window, place.track(number), time, until, page)
    for number, each in zip(place.places, lane.announced, strict=False):
        top = time.at(each.change.announced_on)
        canvas.flag(place.track(number), top, time.at(each.reaches) - top if each.reaches else None)


def _paint_window(canvas: Canvas, window: Window, x: float, time: Axis, until: Day, page: PicturePage) -> None:
    """Paint a window until the end of its last day, or without one until the last day drawn."""
    top = time.at(window.first)
    bottom = time.at(days_after(window.last or until, 1))
    canvas.window(x - 5, top, 10, max(bottom - top, 3), page.words(ROUTES[window.route]))


def _paint_way(canvas: Canvas, way: WayOut, asked: Day, x: float, time: Axis) -> None:
    """Paint an arrow from the day asked about to the end, with a bar after the last day of notice."""
    assert way.ends_on is not None
    top, last = time.at(asked), way.give_notice_by
    canvas.way(x, top, time.at(way.ends_on) - top, None if last is None else time.at(days_after(last, 1)))
