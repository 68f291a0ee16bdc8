"""`docs/scenarios.md`: every key and event of the format is explained; every example runs, of `docs/doubt.md` too."""

import re
from pathlib import Path
from typing import Any

import pytest

import subsim
from subsim.files.expectation import (
    Ask,
    Expectation,
    ExpectedAnswer,
    ExpectedDuty,
    ExpectedInvoice,
    ExpectedRefusal,
    ExpectedRoute,
    ExpectedTotals,
)
from subsim.files.format import ScenarioFile, Variant
from subsim.files.keys import keys_of
from subsim.membership.data_events import EVERY_EVENT
from subsim.membership.facts import Person

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "scenarios.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE + (DOCS / "doubt.md").read_text(encoding="utf-8"), re.DOTALL)
CODE = set(re.findall(r"`([^`\n]+)`", PAGE))
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.*) \| .* \|$", PAGE, re.MULTILINE))
RECORDS = [ScenarioFile, Variant, Person, Ask, ExpectedAnswer, ExpectedRoute]
EXPECTED = [Expectation, ExpectedInvoice, ExpectedTotals, ExpectedRefusal, ExpectedDuty]


def test_the_page_has_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("text", EXAMPLES, ids=[example.splitlines()[0] for example in EXAMPLES])
def test_every_example_holds(text: str) -> None:
    assert [mismatch for result in subsim.check(subsim.loads(text)) for mismatch in result.mismatches] == []


@pytest.mark.parametrize("shape", [*RECORDS, *EXPECTED], ids=lambda shape: shape.__name__)
def test_every_key_is_explained(shape: Any) -> None:
    assert sorted(key for key in keys_of(shape) if key not in CODE) == []


@pytest.mark.parametrize("name", EVERY_EVENT)
def test_every_event_has_a_row_with_its_fields_and_their_defaults(name: str) -> None:
    keys = {
        key: found for key, found in keys_of(EVERY_EVENT[name]).items() if key not in ("date", "event", "subscription")
    }
    shown = {key: f"`{key}: {_default(found.default)}`" if _shown(found) else f"`{key}" for key, found in keys.items()}
    assert [text for text in shown.values() if text not in ROWS.get(name, "no row")] == []


def _shown(key: Any) -> bool:
    return not key.required and key.default not in (None, "main")


def _default(default: Any) -> str:
    if hasattr(default, "factory"):
        return str(default.factory())
    if isinstance(default, bool):
        return str(default).lower()
    return f"[{', '.join(default)}]" if isinstance(default, tuple) else str(default)


@pytest.mark.parametrize("name", EVERY_EVENT)
def test_every_event_stands_in_an_example(name: str) -> None:
    assert [example for example in EXAMPLES if f"event: {name}" in example] != []
