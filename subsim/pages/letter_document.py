"""A letter as a document: its text in Markdown and HTML, and as a PDF."""

from typing import TYPE_CHECKING

from attrs import frozen

from subsim.answers.displayable import Displayable
from subsim.pages.blocks import Blocks
from subsim.pages.letter import letter_blocks, letter_page, letter_pdf
from subsim.pages.text import Page

if TYPE_CHECKING:
    from subsim.answers.ask import AnyLetter


@frozen(repr=False)
class LetterDocument(Displayable):
    """A letter to a member; as text it is its Markdown."""

    letter: "AnyLetter"
    """The content of the letter, as values."""

    @property
    def markdown(self) -> str:
        """The letter in Markdown, in its own language."""
        return letter_page(self.letter, "markdown")

    @property
    def html(self) -> str:
        """The letter as a whole HTML document, in its own language."""
        return letter_page(self.letter, "html")

    @property
    def pdf(self) -> bytes:
        """The letter as a PDF/A to print on A4; needs the extra `pdf`."""
        return letter_pdf(self.letter)

    @property
    def check_line(self) -> str:
        """The line by which `subsim verify` confirms the letter."""
        return self.letter.check.line

    def __str__(self) -> str:
        """The letter in Markdown."""
        return self.markdown

    def __repr__(self) -> str:
        """The subscription and the day of the letter, in one line."""
        order = self.letter.order
        return f"<LetterDocument of {order.date} about {order.subscription}, in {order.language}>"


def document_page(document: LetterDocument, _page: Page) -> Blocks:
    """The blocks of the letter, which is in its own language."""
    return tuple(letter_blocks(document.letter))
