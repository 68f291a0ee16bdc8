"""`docs/portfolio.md`: its table of columns has those that the program reads, under the types it writes."""

import re
from pathlib import Path

import pytest

from subsim.portfolio.rows import MEMBER, TEXT, fields_of_events, fields_of_member

PAGE = (Path(__file__).parents[2] / "docs" / "portfolio.md").read_text(encoding="utf-8")
ROWS = [
    line.strip("|").split(" | ")[:2]
    for line in PAGE.split("| column | type as it is written |")[1].split("\n\n")[0].splitlines()[2:]
]
NAMED = {kind.strip(): set(re.findall(r"`(\w+)`", names)) for names, kind in ROWS}
"""The columns that the page names, by their type."""
FIELDS = {field.column: field.type.written for field in (*fields_of_member(), *fields_of_events())}


@pytest.mark.parametrize("kind", sorted({*NAMED, *FIELDS.values()} - {TEXT.written}))
def test_the_columns_of_a_type_are_those_that_the_page_names(kind: str) -> None:
    assert NAMED.get(kind, set()) == {column for column, written in FIELDS.items() if written == kind}


def test_all_other_columns_are_text() -> None:
    assert {FIELDS.get(column, TEXT.written) for column in NAMED[TEXT.written]} == {TEXT.written}
    assert MEMBER in NAMED[TEXT.written]
