"""Verifies a letter against its file: the parts of the check and the first block of words that differ."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import frozen

from subsim.answers.ask import ask_letter
from subsim.answers.letter_check import Order, Part, check_in
from subsim.basics.json_object import JsonObject, Key, Merge
from subsim.files.scenario import Scenario

if TYPE_CHECKING:
    from subsim.answers.ask import AnyLetter


@frozen(kw_only=True)
class Verification(JsonObject):
    """What differs between a letter and the one that its file gives now: parts of the check, and the first words.

    `words` are the first block of the letter that reads otherwise, and how it should read; either may be empty.
    """

    order: Order
    parts: tuple[Part, ...]
    words: tuple[str, str] | None

    @property
    def confirmed(self) -> bool:
        """Whether nothing differs."""
        return not self.parts and self.words is None

    @property
    def assume(self) -> dict[str, str] | None:
        """The assumptions of the letter on facts in doubt; None without any."""
        return self.order.assumed or None

    @property
    def found(self) -> str | None:
        """The first block of the letter that reads otherwise."""
        return None if self.words is None else self.words[0]

    @property
    def expected(self) -> str | None:
        """How that block should read."""
        return None if self.words is None else self.words[1]

    KEYS = (
        Key("confirmed", "whether nothing differs"),
        Key("differs", "the parts of the check that differ", of="parts"),
        Key("found", "the first words that differ, as the letter has them"),
        Key("expected", "the same as they should be"),
        Merge("order.choice"),
        Key("assume", "what the letter assumed of facts in doubt, by their names", optional=True),
    )


def verify(text: str, scenario: Scenario, written: Callable[["AnyLetter"], str]) -> Verification:
    """Compare a letter with the one that its file gives now for the same order; `written` writes that one.

    The assumptions of the letter count, unless the scenario has others. NoCheckLine where the text is no letter. Line
    breaks and spaces do not count, unless they turn a sentence into a heading or code. The marks and the hash are
    compared as parts, not as words.
    """
    check = check_in(text)
    settled = {doubt.id for doubt in scenario.doubts if doubt.assumed is not None}
    try:
        under = scenario.assuming({id: value for id, value in check.order.assume.items() if id not in settled})
    except ValueError:  # an assumption of the letter no longer fits
        return Verification(order=check.order, parts=("timeline",), words=None)
    anew = ask_letter(under, check.order)
    parts = tuple(part for part, mark in anew.check.marks.items() if check.marks.get(part) != mark)
    if not parts and check.sha256 != anew.check.sha256:
        parts = ("hash",)
    found = [block.replace(check.line, anew.check.line) for block in _blocks(text)]
    return Verification(order=check.order, parts=parts, words=_first_difference(found, _blocks(written(anew))))


def _blocks(text: str) -> list[str]:
    """The blocks of a letter, each on one line."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    if text.lstrip().lower().startswith("<!doctype html"):
        return [" ".join(block.split()) for block in blocks if block.strip()]
    return [_indent(block) + _on_one_line(block) for block in blocks if block.strip()]


_MARKER = re.compile(r" {0,3}(#{1,6}\s|[-+*]\s|\d{1,9}[.)]\s|>|=+\s*$|-+\s*$|```|~~~)")
"""The beginnings by which a line of Markdown is a heading, a list or code."""


def _on_one_line(block: str) -> str:
    """The lines of a block joined by spaces, except before a line with such a beginning."""
    first, *others = block.strip().splitlines()
    lines = [" ".join(first.split())]
    for line in others:
        lines.append(("\n" if _MARKER.match(line) else " ") + " ".join(line.split()))
    return "".join(lines)


def _indent(block: str) -> str:
    """The white space before a block, where it makes the block code in Markdown."""
    first = block.lstrip("\n")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return indent if len(indent.expandtabs(4)) >= 4 else ""


def _first_difference(found: list[str], expected: list[str]) -> tuple[str, str] | None:
    longest = max(len(found), len(expected))
    pairs = zip(found + [""] * (longest - len(found)), expected + [""] * (longest - len(expected)), strict=True)
    return next((pair for pair in pairs if pair[0] != pair[1]), None)
