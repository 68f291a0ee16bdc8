"""The layout of a picture: days on the axis, notes without overlap, tracks, and the width of text.

Lengths are in units of the picture, about a pixel each on a screen.
"""

from collections.abc import Iterable, Sequence

from attrs import frozen

from subsim.basics.dates import Day, days_between

MARGIN = 10.0
SMALL, PLAIN, LARGE = 11.5, 13.0, 16.0
"""The font sizes."""
LINE, SMALL_LINE, LARGE_LINE = 16.0, 14.0, 20.0
"""The line heights of these sizes."""

_SHORT_AXIS, _LONG_AXIS = 420.0, 9000.0
"""The lengths below which an axis is stretched, and above which it is compressed."""
_A_DAY, _LONGEST_DAY = 0.56, 6.0
"""The usual height of a day, at which a month has room for a line of text, and its height at most."""

_EASE = 1.2
"""The ratio of an axis to the height of all notes, so that each can be near its day."""


@frozen
class Axis:
    """The time axis, downwards: `top` is the y of the start of the day `first`, `step` the height of a day."""

    first: Day
    last: Day
    top: float
    step: float

    def at(self, day: Day) -> float:
        """The y at which the day begins."""
        return self.top + days_between(self.first, min(day, self.last)) * self.step

    @property
    def bottom(self) -> float:
        """The y at which the axis ends."""
        return self.at(self.last)


def axis(first: Day, last: Day, top: float, room: float) -> Axis:
    """The axis over `[first, last]`, long enough for notes of the height `room` in all."""
    days = max(1, days_between(first, last))
    usual = min(_A_DAY, _LONG_AXIS / days)
    return Axis(first, last, top, min(_LONGEST_DAY, max(usual, _SHORT_AXIS / days, _EASE * room / days)))


def spread(wanted: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    """The tops of boxes of these heights, in order and without overlap, each as near to its wanted top as possible.

    Boxes that would overlap form a block, placed at the mean of what its boxes want.
    """
    blocks: list[_Block] = []
    for place, height in zip(wanted, heights, strict=True):
        block = _Block([height], place, top)
        while blocks and blocks[-1].bottom > block.top:
            block = blocks.pop().with_below(block)
        blocks.append(block)
    return [place for block in blocks for place in block.tops()]


class _Block:
    """Adjacent boxes; `wants` is the sum of the tops that its boxes want for the block."""

    def __init__(self, heights: list[float], wants: float, least: float) -> None:
        self.heights, self.wants, self.least = heights, wants, least
        self.height = sum(heights)
        self.top = max(least, wants / len(heights))

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def with_below(self, other: "_Block") -> "_Block":
        wants = self.wants + other.wants - len(other.heights) * self.height
        return _Block(self.heights + other.heights, wants, self.least)

    def tops(self) -> Iterable[float]:
        top = self.top
        for height in self.heights:
            yield top
            top += height


def tracks(spans: Sequence[tuple[float, float]], gap: float = 0) -> list[int]:
    """The first free track for each span, in order of starts; spans of one track are at least `gap` apart."""
    free: list[float] = []
    places: dict[int, int] = {}
    for index in sorted(range(len(spans)), key=lambda index: spans[index]):
        starts, ends = spans[index]
        track = next((each for each, until in enumerate(free) if until + gap <= starts), len(free))
        free[track : track + 1] = [ends]
        places[index] = track
    return [places[index] for index in range(len(spans))]


# Text: no font is loaded, so its width is estimated, rather too wide than too narrow

_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[] -·"), frozenset("mwMWOQ@%—ÆæŒœ")
_MIDDLING = frozenset("#&+<=>^~×Ø")
_BOLD = 1.12
_ELLIPSIS = "…"


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of the text in DejaVu Sans, one of the widest fonts, at this size; never too small."""
    return sum(map(_advance, text)) * size * (_BOLD if bold else 1)


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.42
    if char in _WIDE or ord(char) > 0x2000:
        return 1.0
    if char in _MIDDLING:
        return 0.85
    return 0.78 if char.isupper() else 0.64


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in at most `most` lines no wider than `room`; the rest is cut off with an ellipsis."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined, size) <= room:
            lines[-1] = joined
        else:
            lines += [cut(word, size, room)]
    lines = [line for line in lines if line]
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), size, room)]
    return lines


def cut(text: str, size: float, room: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text, size) <= room:
        return text
    while text and width(text + _ELLIPSIS, size) > room:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS
