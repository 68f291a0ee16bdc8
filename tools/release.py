"""Build the wheels and test each as it is installed: `python -m tools.release [-o FOLDER] [TEST...]`.

There are two of the same sources: the pure one, which runs anywhere, and the one of this platform and this Python, in
which mypyc has compiled the replay. Each is installed in a fresh environment, where its modules are looked at, and the
tests named are run beside it, without the sources: the rules, the law, the replay and the portfolio run unless others
are named. Nothing is published. It needs a C compiler, and takes some minutes.
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
    """Build, install, test; 1 where a wheel is not what it should be, or a test fails."""
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
                [python, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", *options.tests], cwd=beside
            )
            good = is_compiled == compiled and tested.returncode == 0
            if good:
                shutil.copy2(wheel, options.output)
            print(f"{name}: {wheel.name} {'passes' if good else 'fails'}", flush=True)
            failed = failed or not good
    return 1 if failed else 0


def copy_tracked(copy: Path) -> None:
    """Copy the files that git has, as they are now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_HERE, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (_HERE / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(_HERE / name, copy / name)


def _built(sources: Path, folder: Path, compiled: bool) -> Path:
    """The wheel of the sources, by the tools of this environment."""
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(folder)]
    environment = os.environ | {"SUBSIM_COMPILE": "1" if compiled else "0"}
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "."], cwd=sources, env=environment, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _installed(wheel: Path, folder: Path) -> str:
    """The interpreter of a fresh environment with the wheel and what its tests need."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    wanted = ["-c", str(_HERE / "constraints.txt"), f"{wheel}[{_EXTRAS}]"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


def _output(folder: Path, *command: str) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
