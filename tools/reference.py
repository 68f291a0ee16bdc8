"""The reference pages that are made from the program: `python -m tools.reference` writes them; a test holds them."""

from pathlib import Path

import click
from click.testing import CliRunner

from subsim.basics.languages import language
from subsim.shell.commands import main
from tools.catalogue import commands

DOCS = Path(__file__).parents[1] / "docs"
_WIDTH = 100

_COMMANDS = """\
# Commands

What each command prints for `--help`, in English; `--lang da` shows it in Danish. This page is made by
`python -m tools.reference`.

Results go to standard output, everything else to standard error. `-` stands for standard input where a file is read.
[Errors and exit codes](errors.md) have a page of their own, and so has [the JSON](json.md) of `--format json`.
"""


def pages() -> dict[Path, str]:
    """Every page that is made, as it should be."""
    return {DOCS / "commands.md": commands_page()}


def commands_page() -> str:
    """The help of every command, in the order of their names."""
    found = commands(main, click.Context(main, obj=language("en")))
    return "\n".join([_COMMANDS, *(_section(path) for path, _ in sorted(found.items()))])


def _section(path: str) -> str:
    shown = CliRunner(env={"COLUMNS": str(_WIDTH), "LC_ALL": "C"}).invoke(
        main, [*path.split(), "--help"], prog_name="subsim", terminal_width=_WIDTH, max_content_width=_WIDTH
    )
    text = "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
    return f"## `{' '.join(['subsim', *path.split()])}`\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
