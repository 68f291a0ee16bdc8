"""The example of a billing API: its table in the docs is what the API does now."""

from examples.stripe.__main__ import PAGE, page_with, table


def test_the_table_of_the_page_is_what_the_api_does() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_with(table()), "python -m examples.stripe --write makes it anew"
