"""The letter to a member as Markdown, as an HTML page to print and as a PDF, which say the same."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from subsim.answers.letter import Letter
from subsim.basics.languages import language
from subsim.basics.texts import Message
from subsim.pages.blocks import Block
from subsim.pages.html import document
from subsim.pages.letter_words import plain_letter
from subsim.pages.markdown import markdown_of
from subsim.pages.pdf import pdf_of
from subsim.pages.text import Page

if TYPE_CHECKING:
    from subsim.answers.ask import AnyLetter

Form = Literal["markdown", "html", "pdf"]

_UNBROKEN = 1_000_000
"""A width at which no line breaks: a line that began with `+` or `1.` would be a list in Markdown."""

_TITLE = Message("Cancelling your subscription")


def letter_page(letter: "AnyLetter", form: Literal["markdown", "html"]) -> str:
    """The letter in its own language, in Markdown or HTML; it ends with a line break."""
    page, blocks = _page_of(letter), letter_blocks(letter)
    title = page.words(_TITLE)
    return markdown_of(title, blocks) if form == "markdown" else document(title, page.language.code, blocks)


def letter_pdf(letter: "AnyLetter") -> bytes:
    """The letter in its own language, as a PDF/A to print on A4; needs the extra `pdf`."""
    page = _page_of(letter)
    return pdf_of(page.words(_TITLE), page.language.code, letter.order.date, letter_blocks(letter))


def _page_of(letter: "AnyLetter") -> Page:
    return Page(language(letter.order.language), _UNBROKEN)


def letter_blocks(letter: "AnyLetter") -> Iterator[Block]:
    """The letter in its own language, without its title."""
    page = _page_of(letter)
    if isinstance(letter, Letter):
        return plain_letter(letter, page)
    from subsim.pages.letter_in_doubt import letter_in_doubt  # few files are in doubt

    return letter_in_doubt(letter, page)


def form_of(text: str) -> Literal["markdown", "html"]:
    """The format in which a letter is written."""
    return "html" if text.lstrip().lower().startswith("<!doctype html") else "markdown"
