"""A standard stream that is full, closed or lost: a sentence where one can be said, and an exit code of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import REPOSITORY

STORY = """\
scenario: Anna signs up
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
"""
COMMANDS = ["replay story.yaml", "run story.yaml --format junit", "schema", "letter story.yaml --date 2020-02-01", "-h"]


@pytest.fixture
def shell(tmp_path: Path) -> "Shell":
    """A folder with a story, in which a shell runs commands."""
    (tmp_path / "story.yaml").write_text(STORY, encoding="utf-8")
    return Shell(tmp_path)


class Shell:
    """Runs `subsim` with the redirections of a shell."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, command: str) -> tuple[int, str, str]:
        """The exit code, and what came to standard output and standard error; `subsim` begins the command."""
        done = subprocess.run(
            ["sh", "-c", command.replace("subsim", f"{sys.executable} -m subsim", 1)],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_standard_output_is_said_with_a_code_of_its_own(shell: Shell, command: str) -> None:
    assert shell(f"subsim {command} > /dev/full") == (
        74,
        "",
        "the result cannot be written to standard output: No space left on device\n",
    )


@pytest.mark.parametrize("command", COMMANDS[:2])
def test_a_closed_standard_output_is_said_with_the_same_code(shell: Shell, command: str) -> None:
    assert shell(f"subsim {command} >&-") == (74, "", "the result cannot be written to standard output: it is closed\n")


def test_a_lost_result_is_said_in_the_language_of_the_command(shell: Shell) -> None:
    assert shell("subsim replay story.yaml --lang da >&-")[2] == (
        "resultatet kan ikke skrives til standardoutput: den er lukket\n"
    )


def test_a_closed_standard_error_changes_no_result(shell: Shell) -> None:
    assert shell("subsim replay story.yaml 2>&-") == shell("subsim replay story.yaml")


@pytest.mark.parametrize("lost", ["2>&-", "2>/dev/full"])
def test_a_message_that_cannot_be_told_leaves_the_exit_code(shell: Shell, lost: str) -> None:
    assert shell(f"subsim replay gone.yaml {lost}") == (2, "", "")


def test_a_closed_standard_input_is_said_where_it_is_read(shell: Shell) -> None:
    assert shell("subsim replay - <&-") == (74, "", "standard input cannot be read: it is closed\n")


def test_a_closed_standard_input_matters_to_nobody_else(shell: Shell) -> None:
    assert shell("subsim replay story.yaml <&-") == shell("subsim replay story.yaml")


def test_a_file_that_is_read_never_stands_in_for_a_closed_stream(shell: Shell) -> None:
    assert shell("subsim verify - story.yaml <&- >&- 2>&-") == (74, "", "")
