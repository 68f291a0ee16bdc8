"""Tests that need what this machine lacks: left out with their reason, but never where nothing may be left out."""

import os
from typing import NoReturn

import pytest

REQUIRED = "SUBSIM_NOTHING_LEFT_OUT"
"""Where this is set, as in CI, a test that would be left out fails."""


def left_out(reason: str) -> NoReturn:
    """Leave a test out with its reason; where nothing may be left out it fails."""
    if os.environ.get(REQUIRED):
        pytest.fail(reason)
    pytest.skip(reason)
