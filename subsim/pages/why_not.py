"""The block on the smallest changes that would have given a better answer, below the answer of `can-cancel`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from subsim.basics.texts import Message, join_words
from subsim.engine.labels import END_REASONS
from subsim.engine.ways import is_withdrawal
from subsim.pages.blocks import Bullets, Paragraph, Section, section
from subsim.pages.text import Page

if TYPE_CHECKING:
    from subsim.answers.why_not import Alternative


def why_not_block(changes: Iterable["Alternative"], page: Page) -> Section | None:
    """The changes, a line each, under their title; nothing where there is none."""
    _ = page.translate
    items = tuple(Paragraph(_line(each, page)) for each in changes)
    return section(_("What would have given another answer"), Bullets(items) if items else None)


def _line(instead: "Alternative", page: Page) -> str:
    end = page.words(_end(instead, page.words(END_REASONS[instead.route])))
    return f"{_change(instead, page)}: {end}."


def _change(instead: "Alternative", page: Page) -> str:
    if instead.notice_by is not None:
        return page.words(Message("Had the notice come by {day}", day=instead.notice_by))
    days = join_words((page.day(event.date) for event in instead.without), "and")
    return page.words(instead.without[0].left_out.fill(days=days))


def _end(instead: "Alternative", route: str) -> Message:
    if instead.is_over:
        return Message("it would have ended on {day} ({way})", day=instead.ends_on, way=route)
    if instead.without and is_withdrawal(instead.route):
        if instead.last is None:
            return Message("withdrawal, as yet without a last day")
        return Message("withdrawal until {day}", day=instead.last)
    return Message("{day} ({way})", day=instead.ends_on, way=route)
