"""A base of the stories, served by one desk a module."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from subsim.base.database import make
from tests.support.browser import browser
from tests.support.command import REPOSITORY
from tests.support.databases import new_database
from tests.support.desk import STORIES, Served, served
from tests.support.members import Base

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMED = """\
scenario: Bo has two subscriptions
prices: {basis: 149.00, family: 299.00}
member: {id: bo, name: "Bo <script>alert(1)</script> Ærø", email: bo@example.dk, phone: 12 34 56 78}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis, subscription: home}
  - {date: 2020-02-15, event: sign_up, package: family, subscription: flat}
"""


WITH_DATA = REPOSITORY / "scenarios" / "retention" / "kabelplus" / "erasure-that-bookkeeping-outlasts.yaml"
"""A member whose file names a privacy policy."""


def base_of_stories(kind: str, folder: Path) -> Base:
    """A new base with the members of the stories, one whose file names a privacy policy, and Bo."""
    base = Base(new_database(kind, folder))
    make(base.address).close()
    (folder / "bo.yaml").write_text(NAMED, encoding="utf-8")
    assert base.members("import", STORIES, WITH_DATA, folder / "bo.yaml").exit_code == 0
    return base


@pytest.fixture(scope="module")
def chrome() -> "Iterator[Browser]":
    """The browser of a module; open longer, its event loop would stop the tests that have one of their own."""
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The base of a module."""
    return base_of_stories("sqlite", tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def desk(base: Base) -> Iterator[Served]:
    """A desk on it, by two workers, where events may be recorded."""
    with served("--database", base.address, "--allow-edit", "--workers", "2") as listening:
        yield listening
