"""The command `subsim` as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

Result = subprocess.CompletedProcess[str]
REPOSITORY = Path(__file__).parents[2]


def subsim(*arguments: str | Path, cwd: Path = REPOSITORY, stdin: str | None = None, **environment: str) -> Result:
    """The command with these arguments, in English and 100 characters wide unless the environment says otherwise."""
    locale = {"LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": "", "LANG": "en_GB.UTF-8", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "subsim", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "100", **locale, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
