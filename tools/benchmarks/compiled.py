"""Runs Python with the replay compiled: `python -m tools.benchmarks.compiled -m tools.benchmarks.portfolio ratios`.

Copies the files that git tracks into a new folder, compiles the replay there, and runs Python there with the arguments.
With `-m pytest -n 2` all tests run against the compiled replay. It needs a C compiler and half a minute.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.release import copy_tracked


def main() -> None:
    """Copy, compile, run; the exit code is that of the program."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_tracked(copy)
        _compile(copy)
        sys.exit(_python(copy, *sys.argv[1:]).returncode)


def _compile(copy: Path) -> None:
    for step in (["setup.py", "-q", "build_ext", "--inplace"], ["-m", "tools.catalogue"]):  # modules, then translations
        built = _python(copy, *step, output=subprocess.PIPE)
        if built.returncode:
            sys.exit(f"{built.stdout}\nnot compiled")


def _python(copy: Path, *arguments: str, output: int | None = None) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(copy), "SUBSIM_COMPILE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=copy, env=environment, stdout=output, stderr=output, text=True)


if __name__ == "__main__":
    main()
