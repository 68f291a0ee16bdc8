"""A table as plain text: laid out by hand where letters take one place each, and else by tabulate, which agrees."""

from hypothesis import given
from hypothesis import strategies as some

from subsim.pages import text
from subsim.pages.blocks import Column, Table

CELL = some.lists(some.text("ab æ1.-", max_size=6).map(str.strip), max_size=3).map("\n".join).map(str.strip)


@some.composite
def tables(draw: some.DrawFn) -> list[Column]:
    """Columns with as many cells each; no row is empty."""
    number = draw(some.integers(1, 4))
    cells, first = (some.lists(each, min_size=number, max_size=number) for each in (CELL, CELL.filter(bool)))
    others = some.lists(some.builds(Column, CELL, cells, some.booleans()), max_size=3)
    return [draw(some.builds(Column, CELL, first, some.booleans())), *draw(others)]


@given(tables())
def test_a_table_stands_as_tabulate_has_it(columns: list[Column]) -> None:
    headings = [column.heading for column in columns]
    rows = [*([headings] if any(headings) else []), *zip(*(column.cells for column in columns), strict=True)]
    plain = [line.rstrip() for line in text._aligned(rows, columns)]
    theirs = [line.rstrip() for line in text._tabulated(rows, columns).splitlines()]
    assert plain == theirs


def test_a_letter_as_wide_as_two_takes_two_places() -> None:
    table = Table((Column("name", ["日本", "Anna"]), Column("kr.", ["1.00", "20.00"], right=True)))
    assert text.text_of([table], 80).splitlines() == ["name    kr.", "----  -----", "日本   1.00", "Anna  20.00"]
