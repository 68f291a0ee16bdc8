"""The reference pages are what the program makes of itself."""

import doctest
from pathlib import Path

import pytest

import subsim
from tools.reference import DOCS, pages

PAGES = pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_as_the_program_makes_it(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == PAGES[page], "python -m tools.reference makes it anew"


def test_the_examples_in_python_give_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS.parent)
    examples = doctest.testfile(str(DOCS / "python.md"), module_relative=False, encoding="utf-8")
    assert (examples.failed, examples.attempted >= 12) == (0, True)


def test_every_export_is_explained() -> None:
    page = (DOCS / "python.md").read_text(encoding="utf-8")
    assert [name for name in dir(subsim) if name.strip("_") not in page] == []


def test_every_page_stands_in_the_index() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    assert [
        page.name for page in sorted(DOCS.glob("*.md")) if page.name != "index.md" and f"({page.name})" not in index
    ] == []
