"""The canvas of a picture: strokes, patterns and signs that can be distinguished without colour.

A canvas notes which signs were painted, so that the legend explains these only. What lies below `known_until` has not
happened yet and is dashed.
"""

from collections.abc import Callable
from math import inf
from typing import Literal

import drawsvg

from subsim.basics.enumerations import LineKind, State
from subsim.basics.names import visible
from subsim.drawing.layout import SMALL, width
from subsim.drawing.life import Settled
from subsim.membership.owed import ACCELERATED, ONE_OFF, UPGRADE
from subsim.membership.phases import Phase

INK, GREY, PALE, PAPER, DARK = "#1a1a1a", "#595959", "#d4d4d4", "#ffffff", "#2f4858"
_FONTS = "'DejaVu Sans', Verdana, 'Liberation Sans', Arial, sans-serif"
_HALF_CAP = 0.36
"""Half the height of a capital or digit, as a fraction of the size, to centre a line of text."""
Held = Literal["held", "inactive", "overdue"]
"""How data are held."""
_DASHES = {"stroke_dasharray": "4 3"}


class Canvas:
    """A canvas, painted in the order of the calls; `used` names the signs that the legend must explain."""

    def __init__(self) -> None:
        self.used: dict[str, None] = {}
        self.known_until = inf
        self._elements: list[drawsvg.DrawingElement] = []
        self._fills = _fills()

    def svg(self, width: float, height: float, title: str, description: str) -> str:
        """The finished picture as the text of an SVG file; equal calls give equal bytes."""
        size = {"width": _short(width), "height": _short(height)}
        drawing = drawsvg.Drawing(**size, font_family=_FONTS, role="img", aria_labelledby="title desc")
        drawing.append(drawsvg.Title(_printable(title), id="title"))
        drawing.append(_Description(_printable(description), id="desc"))
        drawing.append(drawsvg.Rectangle(0, 0, **size, fill=PAPER))
        drawing.extend(self._elements)
        svg: str = drawing.as_svg()
        return f"{svg.rstrip()}\n"

    # Strokes

    def rect(
        self, x: float, y: float, wide: float, high: float, fill: str = "none", hint: str = "", **style: object
    ) -> None:
        """A rectangle; `hint` is shown under the pointer."""
        style = {"stroke": INK, "stroke_width": 1, **style}
        box = drawsvg.Rectangle(*map(_short, (x, y, wide, max(high, 0))), fill=self._fills.get(fill, fill), **style)
        self._add(box, hint)

    def line(self, *points: float, hint: str = "", **style: object) -> None:
        """A line through points, given as x, y, x, y, …"""
        style = {"stroke": INK, "stroke_width": 1, "fill": "none", **style}
        self._add(drawsvg.Lines(*map(_short, points), **style), hint)

    def bar(self, x: float, y: float, wide: float, high: float, fill: str, hint: str = "", **style: object) -> None:
        """A rectangle along the time axis; the part that has not happened yet is empty and dashed."""
        known = min(max(self.known_until - y, 0), high)
        if known > 0 or high <= 0:
            self.rect(x, y, wide, known, fill, hint, **style)
        if known < high:
            self.used["ahead"] = None
            self.rect(x, y + known, wide, high - known, PAPER, hint, **{**style, **_DASHES})

    def upright_line(self, x: float, y: float, bottom: float, stroke_width: float = 1) -> None:
        """A line along the time axis, dashed where it has not happened yet."""
        known = min(max(self.known_until, y), bottom)
        if known > y:
            self.line(x, y, x, known, stroke_width=stroke_width)
        if known < bottom:
            self.used["ahead"] = None
            self.line(x, known, x, bottom, stroke_width=stroke_width, **_DASHES)

    def circle(self, x: float, y: float, radius: float, **style: object) -> None:
        """A circle around a point."""
        style = {"stroke": INK, "stroke_width": 1.3, "fill": PAPER, **style}
        self._add(drawsvg.Circle(*map(_short, (x, y, radius)), **style))

    def text(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, hint: str = "", **style: object
    ) -> None:
        """One line of text whose middle lies at the height y."""
        style = {"fill": INK, **({"font_weight": "bold"} if bold else {}), **style}
        place = {"x": _short(x), "y": _short(y + size * _HALF_CAP)}
        self._add(drawsvg.Text(_printable(text), size, **place, **style), hint)

    def upright(self, x: float, y: float, text: str, size: float, fill: str, halo: str) -> None:
        """One line of text that runs upwards, centred at the point, with a light border on patterns."""
        turn = f"rotate(-90 {_short(x)} {_short(y)})"
        if halo != "none":
            long = width(text, size, bold=True)
            self.rect(x - size * 0.62, y - long / 2, size * 1.24, long, halo, stroke="none")
        self.text(x, y, text, size, bold=True, fill=fill, text_anchor="middle", transform=turn)

    def _add(self, element: drawsvg.DrawingElement, hint: str = "") -> None:
        if hint:
            element.append_title(_printable(hint))
        self._elements.append(element)

    # Signs

    def band(self, x: float, y: float, wide: float, high: float, state: State) -> None:
        """The days in one state: dotted in trial, dark when bound, plain when free, hatched when ending."""
        self.used[f"band {state}"] = None
        self.bar(x, y, wide, high, state)

    def bracket(self, x: float, y: float, wide: float, high: float) -> None:
        """The binding: a bracket that opens to the right."""
        self.used["binding"] = None
        self.line(x + wide, y + 1, x - 1.1, y + 1, stroke_width=2.2)
        self.upright_line(x, y + 1, y + high - 1, stroke_width=2.2)
        self.line(x + wide, y + high - 1, x - 1.1, y + high - 1, stroke_width=2.2)

    def end(self, x: float, y: float, wide: float) -> None:
        """The end of a subscription: a thick stroke below its band."""
        self.used["end"] = None
        self.line(x, y + 1.5, x + wide, y + 1.5, stroke_width=4)

    def settled(self, x: float, y: float, how: Settled, size: float = 4.2) -> None:
        """The state of a line: a full, half or empty circle, or a cross; none before it is due."""
        if how == "ahead":
            return
        self.used[f"line {how}"] = None
        if how == "cancelled":
            self.cross(x, y, size - 0.6)
            return
        self.circle(x, y, size - 0.6, fill=INK if how == "paid" else PAPER)
        if how == "late":
            half = drawsvg.Path(fill=INK).M(*_pair(x, y - size)).A(size, size, 0, 0, 1, *_pair(x, y + size)).Z()
            self._add(half)

    def window(self, x: float, y: float, wide: float, high: float, hint: str = "") -> None:
        """The days on which a way out is open: a dotted bar."""
        self.used["window"] = None
        self.bar(x, y, wide, high, "window", hint, rx=3)

    def flag(self, x: float, y: float, high: float | None) -> None:
        """An announcement: a pennant, and from it an arrow to the day on which the change reaches the subscription."""
        if high:
            self.used["announced"] = None
            self.upright_line(x, y, y + high, stroke_width=1.4)
            self.head(x, y + high)
        self._polygon(x, y - 4, x + 7, y, x, y + 4)

    def pennant(self, x: float, y: float) -> None:
        """A pennant on its pole."""
        self.line(x, y - 6, x, y + 7, stroke_width=1.6)
        self._polygon(x, y - 6, x + 9, y - 2.5, x, y + 1, fill=PAPER)

    def way(self, x: float, y: float, high: float, last_notice: float | None = None) -> None:
        """A way out: a thick arrow from the day asked about to the end, with a bar across it after the last notice.

        The head is painted over the wider bar, so that both are seen.
        """
        self.used["way"] = None
        self.line(x, y, x, y + max(high - 4, 0), stroke_width=3)
        if last_notice is not None:
            self.last_notice(x, min(last_notice, y + high))
        self.head(x, y + high, 4.5)

    def box(
        self, x: float, y: float, wide: float, high: float, kind: LineKind, settled: Settled, hint: str = ""
    ) -> None:
        """A period: a box, thicker if not paid, double if it fell due early, dashed if not due yet."""
        self.used["ahead" if settled == "ahead" else f"box {kind}"] = None
        dashes = _DASHES if settled == "ahead" else {}
        thick = 2.2 if settled == "open" else 1
        self.rect(x, y + 1, wide, high - 2, PAPER, hint, stroke_width=thick, rx=2, **dashes)
        if kind == ACCELERATED:
            self.rect(x + 2.5, y + 3.5, wide - 5, high - 7, "none", hint, stroke_width=1, rx=1)

    def extra(self, x: float, y: float, wide: float, high: float, kind: LineKind, hint: str = "") -> None:
        """A charge on top of a period: an upgrade as a striped bar, a purchase as a plain one."""
        self.used[f"extra {kind}"] = None
        self.rect(x, y + 1, wide, high - 2, kind, hint, rx=2)

    def last_notice(self, x: float, y: float) -> None:
        """The last day of notice of a way out: a bar across its arrow."""
        self.used["last notice"] = None
        self.line(x - 3, y, x + 3, y, stroke=PAPER, stroke_width=5)
        self.line(x - 7, y, x + 7, y, stroke_width=2)

    def suspension(self, x: float, y: float, wide: float, high: float) -> None:
        """The days without access: a striped bar."""
        self.used["suspended"] = None
        self.rect(x, y, wide, high, "suspended")

    def arrears(self, x: float, y: float, wide: float, high: float, hint: str) -> None:
        """An amount that was open for a while."""
        self.used["arrears"] = None
        self.rect(x, y, wide, high, "arrears", hint=hint, stroke_width=0.8)

    def held(self, x: float, y: float, wide: float, high: float, how: Held) -> None:
        """The days on which data are held: plain, hatched while inactive, striped when overdue for disposal."""
        if high > 0:
            self.used[f"data {how}"] = None
            self.bar(x, y, wide, high, _HELD[how])

    def last_day(self, x: float, y: float, wide: float) -> None:
        """The end of the last day on which disposal is in time."""
        self.used["data last day"] = None
        self.line(x, y, x + wide, y, stroke_width=3)

    def disposed(self, x: float, y: float) -> None:
        """The day on which data were disposed of."""
        self.used["data disposed"] = None
        self.cross(x, y, 4.5)

    def sign(self, x: float, y: float, sign: str) -> None:
        """The sign of a note."""
        self.used[f"note {sign}"] = None
        _SIGNS[sign](self, x, y)

    def assumed(self, x: float, y: float) -> None:
        """The mark of an assumed event: a ring around its sign."""
        self.used["assumed"] = None
        self.circle(x, y, 7.5, fill="none", stroke_dasharray="2 2")

    def span(self, x: float, y: float, wide: float, high: float) -> None:
        """The days on which an event may have been: a dashed bar."""
        self.used["span"] = None
        self.rect(x, y, wide, high, PAPER, stroke_width=1.2, stroke_dasharray="3 2", rx=2)

    def cross(self, x: float, y: float, size: float) -> None:
        """A cross."""
        self.line(x - size, y - size, x + size, y + size, stroke_width=2)
        self.line(x - size, y + size, x + size, y - size, stroke_width=2)

    def head(self, x: float, y: float, size: float = 4) -> None:
        """The head of an arrow that points down to y."""
        self._polygon(x - size, y - size * 1.5, x + size, y - size * 1.5, x, y)

    def diamond(self, x: float, y: float, fill: str) -> None:
        """A diamond around the point."""
        self._polygon(x - 4.5, y, x, y - 4.5, x + 4.5, y, x, y + 4.5, fill=fill)

    def triangle(self, x: float, y: float, to: int, fill: str) -> None:
        """A triangle that points to the right (1) or the left (-1)."""
        self._polygon(x - 4 * to, y - 4.5, x + 4 * to, y, x - 4 * to, y + 4.5, fill=fill)

    def _polygon(self, *points: float, fill: str = INK) -> None:
        self._add(drawsvg.Lines(*map(_short, points), close=True, fill=fill, stroke=INK, stroke_width=1.2))


_HELD: dict[Held, str] = {"held": Phase.FREE.value, "inactive": Phase.ENDING.value, "overdue": "suspended"}
_SIGNS: dict[str, Callable[[Canvas, float, float], None]] = {
    "event": lambda canvas, x, y: canvas.rect(x - 3, y - 3, 6, 6, INK),
    "refused": lambda canvas, x, y: canvas.cross(x, y, 3.6),
    "deadline": lambda canvas, x, y: canvas.diamond(x, y, INK),
    "ahead": lambda canvas, x, y: canvas.diamond(x, y, PAPER),
    "announced": lambda canvas, x, y: canvas.pennant(x - 3, y),
    "payment": lambda canvas, x, y: canvas.triangle(x, y, 1, INK),
    "refund": lambda canvas, x, y: canvas.triangle(x, y, -1, PAPER),
    "way": lambda canvas, x, y: canvas.way(x, y - 7, 14),
    "law": lambda canvas, x, y: canvas.text(x, y, "§", SMALL * 1.4, bold=True, text_anchor="middle"),
    "asked": lambda canvas, x, y: canvas.circle(x, y, 4, stroke_width=2.2),
    "until": lambda canvas, x, y: canvas.line(x - 5, y, x + 5, y, stroke_width=2, stroke_dasharray="3 2"),
}


class _Description(drawsvg.Title):  # type: ignore[misc]
    """The description of the picture in words."""

    TAG_NAME = "desc"


def _fills() -> dict[str, object]:
    """The fills by name, as patterns where grey alone cannot be distinguished."""
    return {
        Phase.TRIAL.value: _pattern("trial", 6, drawsvg.Circle(3, 3, 1.2, fill=INK)),
        Phase.BOUND.value: DARK,
        Phase.FREE.value: "#eef1f4",
        Phase.ENDING.value: _pattern(
            "ending", 7, drawsvg.Path("M-1,8 L8,-1 M-1,1 L1,-1 M6,8 L8,6", stroke=INK, stroke_width=1.5)
        ),
        UPGRADE: _pattern("upgrade", 5, drawsvg.Rectangle(0, 0, 5, 1.2, fill=INK)),
        ONE_OFF: PAPER,
        "window": _pattern("window", 4, drawsvg.Circle(2, 2, 0.9, fill=INK)),
        "suspended": _pattern("suspended", 4, drawsvg.Rectangle(0, 0, 4, 2, fill=INK)),
        "arrears": _pattern("arrears", 4, drawsvg.Path("M0,0 L4,4", stroke=INK, stroke_width=1)),
    }


def _pattern(name: str, size: float, ink: drawsvg.DrawingElement) -> drawsvg.Pattern:
    pattern = drawsvg.Pattern(size, size, patternUnits="userSpaceOnUse", id=f"pattern-{name}")
    pattern.append(drawsvg.Rectangle(0, 0, size, size, fill=PAPER))
    pattern.append(ink)
    return pattern


def _short(length: float) -> float:
    """A length rounded to a tenth, finer than a screen shows."""
    return round(length, 1)


def _pair(x: float, y: float) -> tuple[float, float]:
    return _short(x), _short(y)


def _printable(text: str) -> str:
    """The text with a sign or a code point for characters that XML does not allow, or that control the viewer."""
    plain = visible(text.replace("\N{NO-BREAK SPACE}", " "))
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in plain)
