"""Build the wheels, install each and test it: `python -m tools.release [-o FOLDER] [TEST...]`.

Two wheels come from the same sources: a pure one, which runs anywhere, and one for this platform and this Python, with
the replay compiled by mypyc. Each is installed in a new environment. There its modules are checked, and the tests run
without the sources: those named, or else those of the rules, the law, the replay and the portfolio. Nothing is
published. It needs a C compiler and takes some minutes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

_HERE = Path(__file__).resolve().parents[1]
_TESTS = ("tests/rules", "tests/law", "tests/engine", "tests/membership", "tests/portfolio/test_run.py")
_EXTRAS = "plot,portfolio,testing"
_LOOK = "import subsim.engine.timeline as replay; print(replay.__file__)"


def main() -> int:
    """Build, install and test; the exit code is 1 where a wheel has wrong contents or a test fails."""
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    parser.add_argument("tests", nargs="*", default=list(_TESTS))
    parser.add_argument("-o", "--output", type=Path, default=_HERE / "dist")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    failed = False
    for name, compiled in {"pure": False, "compiled": True}.items():
        with TemporaryDirectory() as folder:
            sources = Path(folder) / "sources"
            copy_tracked(sources)
            wheel = _built(sources, Path(folder) / "wheel", compiled)
            python = _installed(wheel, Path(folder) / "environment")
            beside = Path(folder) / "beside"
            shutil.copytree(sources, beside, ignore=shutil.ignore_patterns("subsim", "build", "*.egg-info"))
            is_compiled = not _output(beside, python, "-c", _LOOK).strip().endswith(".py")
            tested = subprocess.run(
                [python, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", *options.tests],
                cwd=beside,
                env=_without_sources(),
            )
            good = is_compiled == compiled and tested.returncode == 0
            if good:
                shutil.copy2(wheel, options.output)
            print(f"{name}: {wheel.name} {'passes' if good else 'fails'}", flush=True)
            failed = failed or not good
    return 1 if failed else 0


def copy_tracked(copy: Path) -> None:
    """Copy the files that git tracks, with their present contents."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_HERE, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (_HERE / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(_HERE / name, copy / name)


def _built(sources: Path, folder: Path, compiled: bool) -> Path:
    """The path of the wheel, built from the sources with the tools of this environment."""
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(folder)]
    environment = os.environ | {"SUBSIM_COMPILE": "1" if compiled else "0"}
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "."], cwd=sources, env=environment, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _installed(wheel: Path, folder: Path) -> str:
    """The path of the interpreter of a new environment, with the wheel and what its tests need."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    wanted = ["-c", str(_HERE / "constraints.txt"), f"{wheel}[{_EXTRAS}]"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


def _output(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, env=_without_sources(), capture_output=True, text=True, check=True)
    return done.stdout


def _without_sources() -> dict[str, str]:
    """The environment, but for a path that would lead to other sources than the wheel's."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


if __name__ == "__main__":
    sys.exit(main())
