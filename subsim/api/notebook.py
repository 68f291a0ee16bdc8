"""The page of each result; a notebook shows it in HTML and in English, a letter in its own language."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from subsim.answers.displayable import Displayable
from subsim.basics.languages import language

if TYPE_CHECKING:
    from subsim.pages.blocks import Blocks
    from subsim.pages.text import Page

PAGES = {
    "Answer": "subsim.pages.answer.answer_page",
    "AnswerInDoubt": "subsim.pages.in_doubt.answer_in_doubt_page",
    "CheapestExit": "subsim.pages.cheapest_exit.cheapest_exit_page",
    "CheapestExitInDoubt": "subsim.pages.every_world.cheapest_exit_in_doubt_page",
    "Coming": "subsim.pages.coming.coming_page",
    "ComingInDoubt": "subsim.pages.every_world.coming_in_doubt_page",
    "Comparison": "subsim.pages.compare.compare_page",
    "ComparisonInDoubt": "subsim.pages.every_world.compare_in_doubt_page",
    "Explanation": "subsim.pages.explain.explain_page",
    "LetterDocument": "subsim.pages.letter_document.document_page",
    "Outcome": "subsim.pages.outcome.outcome_page",
    "WhatIf": "subsim.pages.what_if.what_if_page",
    "WhatIfInDoubt": "subsim.pages.every_world.what_if_in_doubt_page",
}
"""By class of a result the function that makes its page, which is imported when it is needed."""
_WIDTH = 100


def page_in_html(result: Displayable) -> str:
    """The page of the result as an element of HTML."""
    from subsim.pages.html import html_of
    from subsim.pages.text import Page

    return f'<div class="subsim">\n{html_of(page_of(result, Page(language("en"), _WIDTH)))}\n</div>'


def page_of(result: Displayable, page: "Page") -> "Blocks":
    """The page of the result, in the language of the page that is given."""
    module, _, name = PAGES[type(result).__name__].rpartition(".")
    write: Callable[[Any, Page], Blocks] = getattr(import_module(module), name)
    return write(result, page)
