"""Danish kroner in whole øre: the only rounding in the package.

An amount is an `int` of øre. Only texts and JSON have kroner, with two decimals. No float ever holds money.
"""

from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def kroner(amount: int) -> str:
    """The amount of kroner with two decimals: 44700 øre is `447.00`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def half_up(numerator: int, denominator: int) -> int:
    """The fraction of øre rounded to a whole øre, a half upwards; the denominator is positive."""
    return (2 * numerator + denominator) // (2 * denominator)


def half_up_in_all(parts: Iterable[tuple[int, int]]) -> int:
    """The sum of fractions of øre, numerator and positive denominator, rounded once as `half_up` does."""
    numerator, denominator = 0, 1
    for above, below in parts:
        numerator, denominator = numerator * below + above * denominator, denominator * below
    return half_up(numerator, denominator)
