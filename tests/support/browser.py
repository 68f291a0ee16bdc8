"""Chromium as it is on the machine, driven by Playwright; tests that need it are skipped with a remedy without it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.left_out import left_out

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REMEDY = "Chromium is missing: apt-get install chromium chromium-l10n, or name another one in SUBSIM_CHROMIUM"
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def chromium() -> str | None:
    """The path of a Chromium that runs; None where there is none."""
    for name in (os.environ.get("SUBSIM_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        path = name and shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


@contextmanager
def browser() -> Iterator["Browser"]:
    """A browser for the tests of a module."""
    path = chromium()
    if path is None:
        left_out(REMEDY)
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        left_out("Playwright is missing: install the extra `test`: pip install 'subsim[test]'")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        try:
            yield opened
        finally:
            opened.close()
