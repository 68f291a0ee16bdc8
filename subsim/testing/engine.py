"""The engine itself as a system under test: it agrees with the terms, unless a fault is planted in it."""

from typing import Any

from subsim.files.scenario import Scenario
from subsim.testing.request import request_of, scenario_of


def replay(request: dict[str, Any]) -> dict[str, Any]:
    """The JSON of the outcome, with the answers, for the JSON of a request."""
    scenario: Scenario = scenario_of(request)
    return request_of(scenario).expected()
