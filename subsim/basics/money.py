"""Danish kroner in whole øre: the only rounding in the package.

An amount is an `int` of øre; it becomes text with two decimals at the edge. No float ever holds money.
"""

import re
from functools import lru_cache

from subsim.basics.messages import said

LARGEST = 99_999_999_999
"""The largest amount a file may name, in øre: 999,999,999.99 kroner."""

_AMOUNT = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


def ore(text: str) -> int:
    """The øre of an amount of kroner written with at most two decimals; ValueError says what is wrong."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        if re.fullmatch(r"\d+\.\d{3,}", text, re.ASCII):
            raise ValueError(said("an amount has at most two decimals"))
        if re.fullmatch(r"-\d+(\.\d*)?", text, re.ASCII):
            raise ValueError(said("an amount is 0.00 or more"))
        if re.fullmatch(r"\d{10,}(\.\d*)?", text, re.ASCII):
            raise ValueError(said("an amount is at most {largest}", largest=kroner(LARGEST)))
        raise ValueError(said("not an amount of kroner such as 149.00"))
    whole, decimals = match.groups()
    return int(whole) * 100 + int((decimals or "0").ljust(2, "0"))


@lru_cache(maxsize=1 << 14)
def kroner(amount: int) -> str:
    """The amount of kroner with two decimals: 44700 øre is `447.00`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def ore_of(written: str) -> int:
    """The øre of an amount as `kroner` writes it: `-447.00` is -44700."""
    return int(written.replace(".", ""))


def half_up(numerator: int, denominator: int) -> int:
    """The fraction of øre rounded to a whole øre, a half upwards; the denominator is positive."""
    return (2 * numerator + denominator) // (2 * denominator)
