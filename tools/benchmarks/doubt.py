"""Measures the cost of an answer where the day of an event is in doubt: `python -m tools.benchmarks.doubt`.

Each file has one event that happened on one of 60 days. It is compared with the same file with the last of these days,
in the same run. Rounds of both alternate, and the best of each counts. Answers are computed with the law and written as
JSON.
"""

from collections.abc import Callable

from tabulate import tabulate

import subsim
from tools.benchmarks.rounds import best_of

ROUNDS = 20
DAY = "2024-07-01"
FIRST, LAST = "2024-04-20", "2024-06-18"
_HEAD = """scenario: one day is in doubt
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
"""
_PAYMENTS = "".join(
    f"  - {{date: {year}-{month:02}-20, event: pay, amount: 10.00}}\n"
    for year in range(2020, 2024)
    for month in range(2, 13)
)
_FILES = {
    "a notice": (_HEAD, "give_notice"),
    "a complaint": (_HEAD, "complain"),
    "an activation": (_HEAD, "activate"),
    "a complaint after 44 payments": (_HEAD + _PAYMENTS, "complain"),
}


def main() -> None:
    """Measure and print."""
    rows = []
    for name, (before, event) in _FILES.items():
        days = {"known": LAST, "in doubt": f"{FIRST}..{LAST}"}
        best = best_of({each: _answer(before, event, day) for each, day in days.items()}, ROUNDS)
        milliseconds = [f"{seconds * 1000:.1f}" for seconds in best.values()]
        rows.append((name, *milliseconds, f"{best['in doubt'] / best['known']:.1f}"))
    headers = ("what is in doubt", "ms known", "ms in doubt", "ratio")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("left", "right", "right", "right")))


def _answer(before: str, event: str, day: str) -> Callable[[], object]:
    scenario = subsim.loads(f"{before}  - {{date: {day}, event: {event}}}\n")
    return lambda: subsim.can_cancel(scenario, DAY).to_dict()


if __name__ == "__main__":
    main()
