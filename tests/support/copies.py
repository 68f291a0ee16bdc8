"""Copies of the sources on which a change is made, as a contributor makes it, and every command run."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from subsim.shell.commands import main
from tests.support.command import REPOSITORY

Commands = Mapping[str, tuple[str, ...]]
"""By a name of our own the words of a command."""
NOT_RUN = {
    "serve": "it serves until it is stopped; its pages are asked without it",
    "token": "it knows no words of the terms",
    "conformance": "it asks another system",
    "new": "it writes a file to start from",
}
"""The commands that are not run on a copy, and why."""
_ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": "agg", "COLUMNS": "100"}
"""The width too: where many tests run at once, that of the terminal comes along, and tables break elsewhere."""
_PROGRAM = Path(__file__).with_name("commands_on_copy.py")


def insert(path: Path, before: str, text: str) -> None:
    """Put a text in the place of another that stands once in a file."""
    source = path.read_text(encoding="utf-8")
    assert source.count(before) == 1, before
    path.write_text(source.replace(before, text), encoding="utf-8")


def prepend(path: Path, text: str) -> None:
    """Put a text before the first line of a file."""
    path.write_text(text + path.read_text(encoding="utf-8"), encoding="utf-8")


def on_copy(
    change: Callable[[Path], None], commands: Commands, pages: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """By name what each command, and then each page of the desk, gives on a changed copy: `code`, `output`, `fault`.

    Under `exploration` stand the events, grounds and targets of an exploration, which itself takes minutes, and under
    `reference` the reference pages, as `tools.reference` makes them.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        # compiled files come along, so that only what is changed is compiled; not those that are just being written
        for name in ("subsim", "tools"):
            shutil.copytree(REPOSITORY / name, copy / name, ignore=shutil.ignore_patterns("*.pyc.*"))
        change(copy)
        done = subprocess.run(
            [sys.executable, _PROGRAM],
            input=json.dumps({"commands": commands, "pages": pages or {}}),
            cwd=copy,
            env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": str(copy)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: Mapping[str, Any] = json.loads(done.stdout)
        return found


def commands_left_out(commands: Commands) -> set[str]:
    """The commands that are neither run on a copy nor among those that need not be."""
    return {*main.list_commands(None)} - {words[0] for words in commands.values()} - {*NOT_RUN}  # type: ignore[arg-type] # click needs no context here
