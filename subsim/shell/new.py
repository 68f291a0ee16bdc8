"""The command that writes a scenario file to start from."""

import os
from typing import TYPE_CHECKING

import click

from subsim.basics.texts import Message
from subsim.files.start import TEMPLATES, start
from subsim.shell.completion import files
from subsim.shell.options import LANG, OneOf, localize, options
from subsim.shell.output import write

if TYPE_CHECKING:
    from subsim.pages.text import Page


@click.command()
@options(
    click.option(
        "--template",
        type=OneOf(Message("template"), TEMPLATES),
        default=TEMPLATES[0],
        show_default=True,
        help="Which story.",
    ),
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="The file to write, which must not be there yet; `-` for standard output.",
        shell_complete=files,
    ),
    LANG,
)
def new(template: str, output: str, page: "Page") -> None:
    """Write a scenario file to start from.

    It holds as it stands, and its comments say what the lines mean.
    """
    text = start(template, page.language.code)
    if output == "-":
        click.echo(text, nl=False)
        return
    if os.path.lexists(output):
        fault = Message("{path} is there already: name another", path=repr(output))
        raise click.BadParameter(localize(fault), param_hint="'--output'")
    write(text.encode(), output)
