"""A command line as a whole process: its streams are secured, and it ends with one exit code."""

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
    gc.freeze()  # what is loaded by now lives until the end: nobody need search it
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
