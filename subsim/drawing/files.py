"""Saves a picture as a file of its ending: SVG as it is, PNG by resvg."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from subsim.basics.atomic_file import write_atomically
from subsim.basics.texts import Message, join_words, system_message

_ENDINGS = (".svg", ".png")
_FAMILY = "DejaVu Sans"
_SHARPEST, _LARGEST = 2.0, 1_500_000
"""The pixels of a PNG for each unit of the picture, and the most in all, above which a unit has fewer."""
_MOST_PIXELS = 100_000_000
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


class CannotSave(Exception):  # noqa: N818 - a claim, as in `raise CannotSave`
    """The picture cannot be written; the message says why, and what to do about it."""


def check_file(path: str, scale: int | None = None) -> None:
    """Raise CannotSave unless the file's ending can be written, at this scale if one is given."""
    ending = _ending(path)
    if ending not in _ENDINGS:
        raise CannotSave(
            Message(
                "{path} does not end in {endings}: the ending says which kind of picture it is",
                path=repr(path),
                endings=join_words(_ENDINGS),
            )
        )
    if scale is not None and ending != ".png":
        raise CannotSave(Message("--scale is of a PNG: an SVG is sharp at every size"))


def save(svg: str, path: str, scale: int | None = None) -> Message | None:
    """Write the picture in the format of the file's ending, whole or not at all; CannotSave if that is not possible.

    A PNG has `scale` pixels for each unit of the picture. Return a remark on letters that no font has.
    """
    check_file(path, scale)
    is_png = _ending(path) == ".png"
    data = _png(svg, scale) if is_png else svg.encode()
    try:
        write_atomically(data, Path(path))
    except (OSError, ValueError) as error:
        raise CannotSave(
            Message("{path} cannot be written: {why}", path=repr(path), why=system_message(error))
        ) from None
    return _lacking_letters(svg) if is_png else None


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _png(svg: str, scale: int | None) -> bytes:
    """The picture in pixels; CannotSave where no font is found, since all texts would be missing."""
    if _rendered(_probe("m")) == _rendered(_probe("")):
        raise CannotSave(
            Message(
                "no font is found for a PNG; install one such as {font} "
                "(on Debian `apt-get install fonts-dejavu-core`), or write an .svg",
                font=_FAMILY,
            )
        )
    size = _SIZE.search(svg)
    assert size is not None
    area = float(size[1]) * float(size[2])
    if scale is not None and area * scale**2 > _MOST_PIXELS:
        most = max(1, int((_MOST_PIXELS / area) ** 0.5))
        raise CannotSave(Message("a picture of that scale has too many pixels; --scale {most} is the most", most=most))
    return _rendered(
        svg, scale or min(max(1.0, min(_SHARPEST, (_LARGEST / area) ** 0.5)), (_MOST_PIXELS / area) ** 0.5)
    )


def _lacking_letters(svg: str) -> Message | None:
    """The remark that no font has some letters of the picture, which appear as boxes; None if all are found."""
    unusual = sorted({char for char in _words_of(svg) if ord(char) > _LAST_USUAL and char.isprintable()})
    nothing = _rendered(_probe(_NO_LETTER))
    lacking = [f"{char} (U+{ord(char):04X})" for char in unusual if _rendered(_probe(char)) == nothing]
    if not lacking:
        return None
    letters = join_words(lacking, "and")
    return Message(
        "no font has {letters}: the PNG shows boxes instead; install one that has, or write an .svg", letters=letters
    )


def _words_of(svg: str) -> Iterator[str]:
    """All texts in the picture."""
    for text in ElementTree.fromstring(svg).iter(_TEXT):
        yield from text.text or ""


_LAST_USUAL = 0x17F
"""The last letter that every font is assumed to have."""
_NO_LETTER = "\U0003fff0"
"""A code point that no font has a letter for."""
_TEXT = "{http://www.w3.org/2000/svg}text"


def _probe(char: str) -> str:
    """One letter as a picture."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
        f'<text x="2" y="15" font-family="sans-serif" font-size="14">{char}</text></svg>'
    )


def _rendered(svg: str, zoom: float = 1.0) -> bytes:
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, sans_serif_family=_FAMILY))
