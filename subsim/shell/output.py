"""How commands show what came out: results on standard output, faults and progress on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from subsim.basics.faults import InputErrors
from subsim.basics.texts import Message
from subsim.shell.options import localize, wording

if TYPE_CHECKING:
    from subsim.pages.blocks import Blocks
    from subsim.pages.text import Page

CANNOT_BE_READ = 2
"""The exit code for input that is wrong or cannot be read."""


def fail(text: Message) -> NoReturn:
    """End with a text in the language of the command."""
    click.echo(localize(text), err=True)
    sys.exit(CANNOT_BE_READ)


@contextmanager
def require_extra(extra: str, *modules: str) -> Iterator[None]:
    """Say how to install an extra where one of its modules is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name not in modules:
            raise
        fail(
            Message(
                "this needs the extra '{extra}', which is not installed: pip install 'subsim[{extra}]'", extra=extra
            )
        )


@contextmanager
def exit_on_input_errors() -> Iterator[None]:
    """Show the faults of an input, and end."""
    try:
        yield
    except InputErrors as errors:
        print_errors(errors)
        sys.exit(CANNOT_BE_READ)


@contextmanager
def replay_counter() -> Iterator[Callable[[int], None]]:
    """Count replays on a terminal, in one line that is gone in the end."""
    total = 0

    def count(replays: int) -> None:
        nonlocal total
        total += replays
        if sys.stderr.isatty():
            click.echo("\r" + localize(Message("{number} replays", number=total)), err=True, nl=False)

    try:
        yield count
    finally:
        if total and sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False)


def print_errors(errors: InputErrors) -> None:
    """Show each fault in its place."""
    for each in errors.errors:
        click.echo(each.in_words(wording()), err=True)


def print_result(as_json: Callable[[], Any], as_page: "Callable[[], Blocks]", form: str, page: "Page") -> None:
    """Print a result in the form asked for: as JSON, or as text of the page's width."""
    if form == "json":
        click.echo(_dumped(as_json()))
    else:
        from subsim.pages.text import text_of

        click.echo(text_of(as_page(), page.width))


def _dumped(value: Any) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False, indent=2)
