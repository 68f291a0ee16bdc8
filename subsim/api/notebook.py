"""How a notebook shows a result: as the page of its command, in HTML and in English; a letter in its own language."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from subsim.answers.displayable import Displayable
from subsim.basics.languages import language

PAGES = {
    "Answer": "subsim.pages.report.answer_page",
    "AnswerInDoubt": "subsim.pages.in_doubt.answer_in_doubt_page",
    "CheapestExit": "subsim.pages.cheapest_exit.cheapest_exit_page",
    "Coming": "subsim.pages.coming.coming_page",
    "Comparison": "subsim.pages.compare.compare_page",
    "Explanation": "subsim.pages.explain.explain_page",
    "LetterDocument": "subsim.pages.letter_document.document_page",
    "Outcome": "subsim.pages.report.outcome_page",
    "WhatIf": "subsim.pages.what_if.what_if_page",
}
"""By class of a result the function that makes its page, which is imported when it is needed."""
_WIDTH = 100


def page_in_html(result: Displayable) -> str:
    """The page of the result as an element of HTML."""
    from subsim.pages.html import html_of
    from subsim.pages.text import Page

    module, _, name = PAGES[type(result).__name__].rpartition(".")
    page_of: Callable[[Any, Page], Any] = getattr(import_module(module), name)
    return f'<div class="subsim">\n{html_of(page_of(result, Page(language("en"), _WIDTH)))}\n</div>'
