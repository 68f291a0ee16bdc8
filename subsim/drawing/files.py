"""A picture as a file, by its ending: SVG as it is, PNG with resvg."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from subsim.basics.atomic_file import write_atomically
from subsim.basics.texts import Message, join_words, system_message

_FAMILY = "DejaVu Sans"
_SHARPEST, _LARGEST = 2.0, 1_500_000
"""How many pixels a PNG has for each unit of the picture, and how many in all before it has fewer, down to one."""
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


class CannotSave(Exception):  # noqa: N818 - a claim, as in `raise CannotSave`
    """The picture cannot be written; the message says why, and what to do about it."""


def check_ending(path: str) -> None:
    """CannotSave unless the file's ending is one that can be written."""
    if os.path.splitext(path)[1].lower() not in _FORMATS:
        raise CannotSave(
            Message(
                "{path} does not end in {endings}: the ending says which kind of picture it is",
                path=repr(path),
                endings=join_words(_FORMATS),
            )
        )


def save(svg: str, path: str) -> None:
    """Write the picture as the file's ending says, whole or not at all; CannotSave if that is not possible."""
    check_ending(path)
    data = _FORMATS[os.path.splitext(path)[1].lower()](svg)
    try:
        write_atomically(data, Path(path))
    except (OSError, ValueError) as error:
        raise CannotSave(
            Message("{path} cannot be written: {why}", path=repr(path), why=system_message(error))
        ) from None


def _png(svg: str) -> bytes:
    """The picture in pixels; CannotSave where no font is found, for it would come out without a word."""
    if _rendered(_PROBE) == _rendered(_PROBE.replace("m</text>", "</text>")):
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
    return _rendered(svg, max(1.0, min(_SHARPEST, (_LARGEST / area) ** 0.5)))


_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<text x="2" y="15" font-family="sans-serif" font-size="14">m</text></svg>'
)


def _rendered(svg: str, zoom: float = 1.0) -> bytes:
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, sans_serif_family=_FAMILY))


_FORMATS: dict[str, Callable[[str], bytes]] = {".svg": lambda svg: svg.encode(), ".png": _png}
