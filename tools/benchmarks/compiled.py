"""Do something with the replay compiled: `python -m tools.benchmarks.compiled -m tools.benchmarks.portfolio ratios`.

Copies what git has into a folder of its own, compiles the replay there, and runs Python there with the arguments given.
With `-m pytest -n 2` all tests are run against the compiled replay. It needs a C compiler, and half a minute.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_HERE = Path(__file__).resolve().parents[2]


def main() -> None:
    """Copy, compile, run; the exit code is that of what is run."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy_to(copy)
        _compile(copy)
        sys.exit(_python(copy, *sys.argv[1:]).returncode)


def _copy_to(copy: Path) -> None:
    """Copy the files that git has, as they are now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_HERE, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (_HERE / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(_HERE / name, copy / name)


def _compile(copy: Path) -> None:
    built = _python(copy, "setup.py", "-q", "build_ext", "--inplace", output=subprocess.PIPE)
    if built.returncode:
        sys.exit(f"{built.stdout}\nnot compiled")


def _python(copy: Path, *arguments: str, output: int | None = None) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(copy), "SUBSIM_COMPILE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=copy, env=environment, stdout=output, stderr=output, text=True)


if __name__ == "__main__":
    main()
