"""Signals that ask a command to end: it ends without a word, with 128 + the signal's number, whenever they come."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from subsim.portfolio.generate import Block, header, members
from tests.support.command import REPOSITORY

ENDING = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]


def begun(*arguments: str | Path, path: Path = REPOSITORY, ignored: int | None = None) -> "subprocess.Popen[bytes]":
    """A command that ignores one signal or none, whatever this process does, which may run in the background."""

    def answer() -> None:
        for number, _ in ENDING:
            signal.signal(number, signal.SIG_IGN if number == ignored else signal.SIG_DFL)

    return subprocess.Popen(
        [sys.executable, "-m", "subsim", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": f"{path}:{REPOSITORY}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=answer,
    )


@pytest.mark.parametrize(("number", "code"), ENDING)
@pytest.mark.parametrize("module", ["click", "attrs"])
def test_a_signal_while_modules_are_loaded_shows_no_traceback(
    tmp_path: Path, module: str, number: signal.Signals, code: int
) -> None:
    loaded_slowly = f"import os, time\nos.kill(os.getpid(), {number.value})\ntime.sleep(9)\n"
    (tmp_path / f"{module}.py").write_text(loaded_slowly)
    process = begun("clauses", path=tmp_path)
    assert (*process.communicate(timeout=60), process.returncode) == (b"", b"", code)


@pytest.mark.parametrize(("number", "code"), ENDING)
def test_a_signal_while_a_command_runs_ends_it_quietly(tmp_path: Path, number: signal.Signals, code: int) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    process = begun("replay", pipe)
    with pipe.open("w"):  # opens once the command reads, and keeps it waiting
        process.send_signal(number)
        output, errors = process.communicate(timeout=60)
    assert (output, errors, process.returncode) == (b"", b"", code)


def test_a_signal_that_the_command_was_started_to_ignore_stays_ignored(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    process = begun("replay", pipe, ignored=signal.SIGHUP)
    with pipe.open("w"):
        process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)
    assert process.returncode == 2  # the empty file is read, and is none


@pytest.mark.parametrize(("number", "code"), ENDING)
@pytest.mark.parametrize("everywhere", [True, False], ids=["to all processes", "to the first"])
def test_a_signal_ends_a_run_with_all_its_workers_quietly(
    tmp_path: Path, number: signal.Signals, code: int, everywhere: bool
) -> None:
    (tmp_path / "m.ndjson").write_bytes(members(Block(0, 4000), 1, 2))
    (tmp_path / "header.yaml").write_text(header(2))
    process = begun(
        *("portfolio", "run", tmp_path / "m.ndjson", "-o", tmp_path / "out", "--workers", "2", "--part", "50")
    )
    while not (tmp_path / "out" / "parts").is_dir():
        time.sleep(0.01)
    time.sleep(0.1)  # the workers load their modules
    (os.killpg if everywhere else os.kill)(process.pid, number)
    output, errors = process.communicate(timeout=20)
    assert (output, errors, process.returncode) == (b"", b"", code)


def test_little_is_loaded_before_the_signals_are_answered() -> None:
    told = "import sys; import subsim.__main__; print(sorted({'typing', 're', 'enum', 'click'} & sys.modules.keys()))"
    result = subprocess.run([sys.executable, "-S", "-c", told], cwd=REPOSITORY, capture_output=True, encoding="utf-8")
    assert (result.stdout, result.stderr) == ("[]\n", "")
