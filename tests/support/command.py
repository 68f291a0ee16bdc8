"""The command `subsim`, as a process of its own or, far sooner, in this one."""

import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from subsim.shell.commands import main

Result = subprocess.CompletedProcess[str]
REPOSITORY = Path(__file__).parents[2]


LOCALE = {"LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": "", "LANG": "en_GB.UTF-8"}


def in_process(*arguments: str | Path, cwd: Path = REPOSITORY, stdin: str | None = None, **environment: str) -> Result:
    """The same as `subsim` without a process, where the claim is about what a command says and not about streams."""
    with chdir(cwd):
        result = CliRunner().invoke(
            main, list(map(str, arguments)), input=stdin, env={"COLUMNS": "100", **LOCALE, **environment}
        )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Result(arguments, result.exit_code, result.stdout, result.stderr)


def subsim(*arguments: str | Path, cwd: Path = REPOSITORY, stdin: str | None = None, **environment: str) -> Result:
    """The command with these arguments, in English and 100 characters wide unless the environment says otherwise."""
    locale = {**LOCALE, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "subsim", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "100", **locale, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
