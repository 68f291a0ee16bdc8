"""The API against its own description: schemathesis asks what the description allows, and what it does not.

`SUBSIM_EXAMPLES=200 pytest tests/desk/test_openapi.py` asks that often of every path, with all keys of a scenario.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.desk import STORIES, Served, served
from tests.support.left_out import left_out

try:
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance
except ModuleNotFoundError:
    schemathesis = None  # type: ignore[assignment]


_EXAMPLES = os.environ.get("SUBSIM_EXAMPLES")


def examples(path: str, method: str) -> int:
    """How often a path is asked: few times where a whole scenario must be drawn, which takes long."""
    if _EXAMPLES is not None:
        return int(_EXAMPLES)
    return 2 if method == "post" and "/members/" not in path else 4


def without_expectations(document: dict[str, Any]) -> dict[str, Any]:
    """The description without what no question needs of a scenario, and what takes longest to draw."""
    for schema in document["components"]["schemas"].values():
        if "timeline" in schema.get("properties", {}):
            for name in ("expect", "ask", "variants"):
                del schema["properties"][name]
    return document


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served("--folder", STORIES) as listening:
        yield listening


def test_every_path_answers_as_described(desk: Served) -> None:
    if schemathesis is None:
        left_out("schemathesis is missing: install the extra `test`: pip install 'subsim[test]'")
    document = desk.get("/api/openapi.json").json
    schema = schemathesis.openapi.from_dict(document if _EXAMPLES else without_expectations(document))
    schema.config.update(base_url=desk.address)
    failed: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr] # an operation that cannot be read raises here

        @settings(
            max_examples=examples(operation.path, operation.method),
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy())
        def ask(case: "schemathesis.Case[Any]") -> None:
            # what the schema allows may still be no scenario: it names packages and subscriptions that nobody declared
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        try:
            ask()
        except Exception as error:
            failed.append(f"{operation.method} {operation.path}: {error}")
    assert failed == []
