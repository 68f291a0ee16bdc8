"""The API against its own description: schemathesis asks what the description allows, and what it does not."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.desk import STORIES, Served, served
from tests.support.left_out import left_out

pytestmark = pytest.mark.xdist_group("desk openapi")  # which starts its servers once

try:
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance
except ModuleNotFoundError:
    schemathesis = None  # type: ignore[assignment]


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served("--folder", STORIES) as listening:
        yield listening


def test_every_path_answers_as_described(desk: Served) -> None:
    if schemathesis is None:
        left_out("schemathesis is missing: install the extra `test`: pip install 'subsim[test]'")
    schema = schemathesis.openapi.from_dict(desk.get("/api/openapi.json").json)
    schema.config.update(base_url=desk.address)
    failed: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr] # an operation that cannot be read raises here

        @settings(
            max_examples=4,
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
