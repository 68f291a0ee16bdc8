"""Runs a command line as a process, with secured streams and one exit code."""

import gc
import os
import sys

import click

from subsim.shell.commands import main
from subsim.shell.options import language_asked_for
from subsim.shell.streams import StreamLost, secure_streams


def run_command_line() -> None:
    """Run the command that `sys.argv` names, and end the process with its exit code."""
    secure_streams()
    gc.freeze()  # modules loaded so far stay until the end, so the collector need not search them
    if sys.argv[1:2] == ["portfolio"]:
        gc.disable()  # nothing that a replay makes refers back to itself, and what is kept of cohorts is much to search
    sys.exit(_exit_code())


def _exit_code() -> str | int | None:
    try:
        try:
            main(prog_name="subsim")
        finally:
            sys.stdout.flush()
    except SystemExit as end:
        return end.code
    except StreamLost as lost:
        if lost.message is not None:
            language = language_asked_for(sys.argv[1:], os.environ)
            click.echo(lost.message.text(language), err=True)
        return lost.exit_code
    return 0
