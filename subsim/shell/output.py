"""How commands show what came out: results on standard output, faults and progress on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from subsim.basics.faults import InputError, InputErrors
from subsim.basics.messages import said
from subsim.shell.options import told

CANNOT_BE_READ = 2
"""The exit code for input that is wrong or cannot be read."""


def fail(message: str) -> NoReturn:
    """End with a message, given in English, in the language of the command."""
    click.echo(told(message), err=True)
    sys.exit(CANNOT_BE_READ)


@contextmanager
def extra_needed(extra: str, *modules: str) -> Iterator[None]:
    """Say how to install an extra where one of its modules is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name not in modules:
            raise
        fail(said("this needs the extra '{extra}', which is not installed: pip install 'subsim[{extra}]'", extra=extra))


@contextmanager
def input_errors_shown() -> Iterator[None]:
    """Show the faults of an input, and end."""
    try:
        yield
    except InputErrors as errors:
        show_errors(errors)
        sys.exit(CANNOT_BE_READ)


@contextmanager
def replays_counted() -> Iterator[Callable[[int], None]]:
    """Count replays on a terminal, in one line that is gone in the end."""
    total = 0

    def count(replays: int) -> None:
        nonlocal total
        total += replays
        if sys.stderr.isatty():
            click.echo("\r" + told(said("{number} replays", number=total)), err=True, nl=False)

    try:
        yield count
    finally:
        if total and sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False)


def show_errors(errors: InputErrors) -> None:
    """Show each fault in its place."""
    for each in errors.errors:
        error = each.told(told)
        click.echo(_error_without_text(error) if error.source is None else error, err=True)


def _error_without_text(error: InputError) -> str:
    """A fault of the file itself: it stands in no line of it."""
    return "\n".join(filter(None, (f"{error.file}: {error.message}", error.remedy)))


def show(as_json: Callable[[], Any], as_text: Callable[[], str], form: str) -> None:
    """Print a result in the form asked for."""
    click.echo(_dumped(as_json()) if form == "json" else as_text())


def _dumped(value: Any) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False, indent=2)
