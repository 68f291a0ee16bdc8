"""The reference pages are what the program makes of itself."""

from pathlib import Path

import pytest

from tools.reference import pages

PAGES = pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_as_the_program_makes_it(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == PAGES[page], "python -m tools.reference makes it anew"
