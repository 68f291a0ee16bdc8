"""The legend: the meaning of every sign on the canvas, and of no other."""

from collections.abc import Callable
from math import inf

from subsim.basics.enumerations import LineKind, State
from subsim.basics.texts import Message
from subsim.drawing.canvas import Canvas
from subsim.drawing.layout import PLAIN, SMALL, SMALL_LINE, wrapped
from subsim.drawing.life import Settled
from subsim.drawing.notes import SETTLED, PicturePage
from subsim.membership.owed import ACCELERATED, LINES, ONE_OFF, PERIOD, UPGRADE
from subsim.membership.phases import PHASES, Phase

_Sample = Callable[[Canvas, float, float], None]
"""Paints a sign, centred at a point."""
_SAMPLE, _BETWEEN, _ROW = 30.0, 12.0, 6.0
_MOST_LINES = 5


def _band(state: State) -> _Sample:
    return lambda canvas, x, y: canvas.band(x - 11, y - 7, 22, 14, state)


def _note(sign: str) -> _Sample:
    return lambda canvas, x, y: canvas.sign(x, y, sign)


def _box(kind: LineKind, settled: Settled = "paid") -> _Sample:
    return lambda canvas, x, y: canvas.box(x - 12, y - 7, 24, 14, kind, settled)


def _extra(kind: LineKind) -> _Sample:
    return lambda canvas, x, y: canvas.extra(x - 5, y - 8, 10, 16, kind)


_STANDS = Message("notice stands: ending")

_ENTRIES: dict[str, tuple[Message, _Sample]] = {
    **{
        f"band {phase.value}": (_STANDS if phase is Phase.ENDING else label, _band(phase.value))
        for phase, label in PHASES.items()
        if phase is not Phase.ENDED
    },
    "end": (PHASES[Phase.ENDED], lambda canvas, x, y: canvas.end(x - 13, y, 26)),
    "suspended": (Message("access suspended"), lambda canvas, x, y: canvas.suspension(x - 3, y - 8, 6, 16)),
    "binding": (Message("the binding"), lambda canvas, x, y: canvas.bracket(x - 3, y - 8, 6, 16)),
    f"box {PERIOD}": (Message("a period and its price in kr."), _box(PERIOD)),
    f"box {ACCELERATED}": (LINES[ACCELERATED].label, _box(ACCELERATED)),
    "ahead": (Message("dashed: what comes if nothing else happens"), _box(PERIOD, "ahead")),
    f"extra {UPGRADE}": (LINES[UPGRADE].label, _extra(UPGRADE)),
    f"extra {ONE_OFF}": (LINES[ONE_OFF].label, _extra(ONE_OFF)),
    "line paid": (SETTLED["paid"], lambda canvas, x, y: canvas.settled(x, y, "paid")),
    "line late": (SETTLED["late"], lambda canvas, x, y: canvas.settled(x, y, "late")),
    "line open": (SETTLED["open"], lambda canvas, x, y: canvas.settled(x, y, "open")),
    "line cancelled": (SETTLED["cancelled"], lambda canvas, x, y: canvas.settled(x, y, "cancelled")),
    "arrears": (
        Message("what was owed, the wider the more"),
        lambda canvas, x, y: canvas.arrears(x - 12, y - 6, 24, 12, ""),
    ),
    "announced": (
        Message("announced, and from when it applies"),
        lambda canvas, x, y: canvas.flag(x - 3, y - 6, 15),
    ),
    "window": (
        Message("days on which the member may leave over it, or withdraw"),
        lambda canvas, x, y: canvas.window(x - 5, y - 8, 10, 16),
    ),
    "way": (Message("a way out, from the notice to the end"), lambda canvas, x, y: canvas.way(x, y - 8, 16)),
    "last notice": (Message("the last day for that notice"), lambda canvas, x, y: canvas.last_notice(x, y)),
    "data held": (Message("data that are held"), lambda canvas, x, y: canvas.held(x - 9, y - 8, 18, 16, "held")),
    "data inactive": (
        Message("held, but inactive"),
        lambda canvas, x, y: canvas.held(x - 9, y - 8, 18, 16, "inactive"),
    ),
    "data overdue": (
        Message("still held after the last day"),
        lambda canvas, x, y: canvas.held(x - 9, y - 8, 18, 16, "overdue"),
    ),
    "data last day": (
        Message("gone at the latest as this day ends"),
        lambda canvas, x, y: canvas.last_day(x - 11, y, 22),
    ),
    "data disposed": (Message("disposed of"), lambda canvas, x, y: canvas.disposed(x, y)),
    "note event": (Message("what happened"), _note("event")),
    "assumed": (Message("assumed: a fact in doubt"), lambda canvas, x, y: canvas.assumed(x, y)),
    "span": (
        Message("the days on which it may have been"),
        lambda canvas, x, y: canvas.span(x - 3, y - 8, 6, 16),
    ),
    "note refused": (Message("refused under the clause"), _note("refused")),
    "note deadline": (Message("a deadline that came"), _note("deadline")),
    "note ahead": (Message("a deadline that lies ahead"), _note("ahead")),
    "note announced": (Message("announced by Kabelplus"), _note("announced")),
    "note payment": (Message("the member pays"), _note("payment")),
    "note refund": (Message("Kabelplus pays back"), _note("refund")),
    "note law": (Message("an end by mandatory law as read here; information, not legal advice"), _note("law")),
    "note asked": (Message("the day of the notice"), _note("asked")),
    "note until": (Message("the last day replayed"), _note("until")),
}
"""Every sign in the order of the legend: what it stands for, and how it is painted."""


def legend(canvas: Canvas, page: PicturePage, left: float, top: float, wide: float) -> float:
    """Paint the legend of the signs used, in two columns. Return the y at which it ends."""
    used = [key for key in _ENTRIES if key in canvas.used]
    canvas.known_until = inf
    column = (wide - _BETWEEN) / 2
    canvas.line(left, top, left + wide, top)
    canvas.text(left, top + SMALL_LINE, page.words(Message("Legend")), PLAIN, bold=True)
    top += 2 * SMALL_LINE
    half = (len(used) + 1) // 2
    ends = [
        _column(canvas, page, keys, left + number * (column + _BETWEEN), top, column)
        for number, keys in enumerate((used[:half], used[half:]))
    ]
    return max(ends)


def _column(canvas: Canvas, page: PicturePage, keys: list[str], left: float, top: float, wide: float) -> float:
    for key in keys:
        message, sample = _ENTRIES[key]
        lines = wrapped(page.words(message), SMALL, wide - _SAMPLE, _MOST_LINES)
        high = max(len(lines) * SMALL_LINE, SMALL_LINE + 4)
        sample(canvas, left + _SAMPLE / 2 - 3, top + high / 2)
        first = top + high / 2 - (len(lines) - 1) * SMALL_LINE / 2
        for number, line in enumerate(lines):
            canvas.text(left + _SAMPLE, first + number * SMALL_LINE, line, SMALL)
        top += high + _ROW
    return top
