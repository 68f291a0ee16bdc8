"""Rows as columns: the JSON of rows is what they were made from, whatever their values."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as some

from subsim.basics.dates import Day
from subsim.membership.events import Amount, PackageName
from subsim.portfolio.arrow import rows_as_batch, whole_numbers
from subsim.portfolio.arrow_json import lines_of, nested_as_text
from subsim.portfolio.columns import DATE, MONEY, NUMBER, TEXT, TEXTS, TRUTH, Columns, ListOf

COLUMNS: Columns = {
    "line": NUMBER,
    'a "name"': TEXT,
    "amount": MONEY,
    "from": DATE,
    "is_so": TRUTH,
    "words": TEXTS,
    "inner": {"text": TEXT, "amounts": ListOf({"amount": MONEY})},
    "rows": ListOf({"day": DATE, "words": TEXTS, "rows": ListOf({"text": TEXT})}),
}
TEXT_OR_NONE = some.none() | some.text(some.characters(exclude_categories=["Cs"]))
AMOUNT = some.decimals(Decimal(-(10**12)), Decimal(10**12), places=2).map(
    lambda amount: f"{amount:.2f}".replace("-0.00", "0.00")
)
DAY = some.dates().map(str)
WORDS = some.none() | some.lists(TEXT_OR_NONE, max_size=3)
ROWS = some.lists(
    some.fixed_dictionaries(
        {
            "line": some.integers(-(2**63), 2**63 - 1) | some.none(),
            'a "name"': TEXT_OR_NONE,
            "amount": some.none() | AMOUNT,
            "from": some.none() | DAY,
            "is_so": some.none() | some.booleans(),
            "words": WORDS,
            "inner": some.none()
            | some.fixed_dictionaries(
                {
                    "text": TEXT_OR_NONE,
                    "amounts": some.none() | some.lists(some.fixed_dictionaries({"amount": AMOUNT}), max_size=2),
                }
            ),
            "rows": some.lists(
                some.none()
                | some.fixed_dictionaries(
                    {
                        "day": some.none() | DAY,
                        "words": WORDS,
                        "rows": some.none() | some.lists(some.fixed_dictionaries({"text": TEXT_OR_NONE}), max_size=2),
                    }
                ),
                max_size=2,
            ),
        }
    ),
    max_size=4,
)


@given(ROWS)
def test_the_lines_of_rows_are_the_rows_as_msgspec_writes_them(rows: list[dict[str, Any]]) -> None:
    lines = lines_of(rows_as_batch(rows, COLUMNS))
    found = [json.loads(line) for line in lines.decode().split("\n")[:-1]]
    assert found == rows
    assert lines == msgspec.json.Encoder().encode_lines(found)


@given(ROWS)
def test_what_is_nested_is_the_same_json_by_itself(rows: list[dict[str, Any]]) -> None:
    flat = nested_as_text(rows_as_batch(rows, COLUMNS)).to_pylist()
    for row, texts in zip(rows, flat, strict=True):
        for name in ("words", "inner", "rows"):
            assert row[name] == (None if texts[name] is None else json.loads(texts[name]))


def test_a_value_that_a_row_lacks_is_null() -> None:
    assert json.loads(lines_of(rows_as_batch([{"line": 7}], {"line": NUMBER, "reason": TEXT}))) == {
        "line": 7,
        "reason": None,
    }


def test_days_and_numbers_may_be_values_of_their_own_classes() -> None:
    columns: Columns = {"day": DATE, "package": TEXT, "line": NUMBER}
    row = {"day": Day(2020, 2, 29), "package": PackageName("basis"), "line": Amount(3)}
    assert lines_of(rows_as_batch([row], columns)) == b'{"day":"2020-02-29","package":"basis","line":3}\n'
    assert rows_as_batch([row], columns).to_pylist()[0]["day"] == date(2020, 2, 29)


@given(some.lists(some.integers(-(2**63), 2**63 - 1)))
def test_whole_numbers_are_kept_to_the_last_bit(values: list[int]) -> None:
    assert whole_numbers(values).to_pylist() == values
