"""Measurements in turn, so that a slower machine slows all alike."""

from collections.abc import Callable, Mapping
from time import process_time


def best_of(measures: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least processor seconds of each function; every round runs each of them once."""
    best = dict.fromkeys(measures, float("inf"))
    for _ in range(rounds):
        for name, measure in measures.items():
            start = process_time()
            measure()
            best[name] = min(best[name], process_time() - start)
    return best
