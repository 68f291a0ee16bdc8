"""A base on each of the two databases."""

from pathlib import Path

import pytest

from tests.support.databases import KINDS, new_database


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    return new_database(request.param, tmp_path)
