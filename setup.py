"""Builds the package; where SUBSIM_COMPILE=1 is set, mypyc compiles the replay from the same sources.

It needs mypy, setuptools and a C compiler: see docs/portfolio.md.
"""

import os
import sys
from pathlib import Path
from typing import Any

from setuptools import setup

COMPILED = (
    "subsim/days.py",
    "subsim/money.py",
    "subsim/words.py",
    "subsim/ledger.py",
    "subsim/state.py",
    *sorted(map(str, Path("subsim/rules").glob("[!_]*.py"))),
    "subsim/exits.py",
    "subsim/replaying.py",
)
"""The modules that a replay runs through, but for the values that attrs makes: its classes gain nothing."""


def extensions() -> list[Any]:
    """The compiled modules, none unless they are asked for."""
    if os.environ.get("SUBSIM_COMPILE") != "1":
        return []
    try:
        from mypyc.build import mypycify
    except ModuleNotFoundError:
        sys.exit(
            "SUBSIM_COMPILE=1 needs the extra `compile` beside it, and pip's --no-build-isolation: docs/portfolio.md"
        )
    return list(mypycify([*COMPILED]))


if __name__ == "__main__":
    setup(ext_modules=extensions())
