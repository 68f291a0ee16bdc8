"""Tests a billing system against the terms: `pip install 'subsim[testing]'`, docs/testing.md.

The public names are below; hypothesis is imported only when a strategy is used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subsim.testing.machine import SubscriptionMachine
    from subsim.testing.outcomes.comparison import differences
    from subsim.testing.outcomes.difference import Difference
    from subsim.testing.outcomes.shape import ShapeError
    from subsim.testing.stories.abilities import abilities
    from subsim.testing.strategies import (
        days_of,
        next_events,
        readings,
        scenarios,
        terms,
        timelines,
        with_events,
    )

__all__ = [
    "Difference",
    "ShapeError",
    "SubscriptionMachine",
    "abilities",
    "days_of",
    "differences",
    "next_events",
    "readings",
    "scenarios",
    "terms",
    "timelines",
    "with_events",
]

_STRATEGIES = "subsim.testing.strategies"
_HOMES = dict.fromkeys(__all__, _STRATEGIES) | {
    "Difference": "subsim.testing.outcomes.difference",
    "abilities": "subsim.testing.stories.abilities",
    "SubscriptionMachine": "subsim.testing.machine",
    "ShapeError": "subsim.testing.outcomes.shape",
    "differences": "subsim.testing.outcomes.comparison",
}


def __dir__() -> list[str]:
    """The public names, for help and completion."""
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
