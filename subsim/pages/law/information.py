"""The sentences on every page and letter with law: it is information, not legal advice."""

from collections.abc import Iterator

from subsim.basics.texts import Message
from subsim.pages.blocks import Paragraph
from subsim.pages.text import Page
from subsim.terms.statutes import SOURCES_OF


def information(page: Page) -> Paragraph:
    """The sentence on every page with law that it is information."""
    return page.say(
        Message(
            "This is information about the law as read on {day}, not legal advice; "
            "S: statute text seen; A: an authority or a commentary seen; m: from memory, unconfirmed",
            day=SOURCES_OF,
        )
    )


def information_for_member() -> Iterator[Message]:
    """The sentences in a letter that say that the law part is information."""
    yield Message("This is information about the law as read on {day}, not legal advice", day=SOURCES_OF)
