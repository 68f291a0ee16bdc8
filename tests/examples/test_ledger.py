"""The example of a ledger: beancount's own tools agree with the totals of a replay."""

from pathlib import Path

import pytest
from beancount import loader

from examples.ledger.ledger import ledger

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SOME = sorted(
    [
        *(SCENARIOS / "stories").glob("*.yaml"),
        *(SCENARIOS / "payment").glob("*.yaml"),
        *(SCENARIOS / "operator-termination").glob("*.yaml"),
    ]
)


@pytest.mark.parametrize("file", SOME, ids=lambda file: file.stem)
def test_the_ledger_of_a_story_adds_up_to_its_totals(file: Path) -> None:
    _, errors, _ = loader.load_string(ledger(file))
    assert [error.message for error in errors] == []


def test_a_ledger_that_does_not_add_up_is_an_error() -> None:
    text = ledger(SCENARIOS / "stories" / "anna-and-the-price-rise.yaml")
    paid = "  Assets:Bank  447.00 DKK\n  Assets:Receivable  -447.00 DKK"
    wrong = text.replace(paid, paid.replace("447", "446"), 1)
    assert wrong != text
    _, errors, _ = loader.load_string(wrong)
    assert len(errors) == 2
