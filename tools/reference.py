"""The reference pages that are generated: `python -m tools.reference` writes them, and a test compares them."""

from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from subsim.api.schemas import WITH_SCHEMA, result_schema, title_of
from subsim.basics.languages import language
from subsim.pages.markdown import blocks_as_markdown
from subsim.pages.result_schema import keys_table
from subsim.pages.text import Page
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


_JSON = """\
# JSON

What the commands print for `--format json`, what the service desk answers, and what `to_dict()` of a result gives from
Python. It is the same in every language. This page is made by `python -m tools.reference`; `subsim schema --of NAME`
gives the same as a JSON Schema.

- A date is `YYYY-MM-DD`. An end, `ends_on` or `to`, is the first day that no longer counts.
- An amount is a text with two decimals, in DKK: `"447.00"`.
- A key is always there, null where there is nothing to say, unless it *may lack*.
- Clauses stand by their ids, which `subsim clauses` lists; readings by point and reading, as in `subsim readings`.
- A fault is one of `{"errors": [{"file", "line", "column", "message", "remedy"}]}` ([errors](errors.md)).
"""


def pages() -> dict[Path, str]:
    """Every generated page, by its path, as it should be."""
    return {DOCS / "commands.md": commands_page(), DOCS / "json.md": json_page()}


def commands_page() -> str:
    """The help of every command, in the order of their names."""
    found = commands(main, click.Context(main, obj=language("en")))
    return "\n".join([_COMMANDS, *(_section(path) for path, _ in sorted(found.items()))])


def _section(path: str) -> str:
    result = CliRunner(env={"COLUMNS": str(_WIDTH), "LC_ALL": "C"}).invoke(
        main, [*path.split(), "--help"], prog_name="subsim", terminal_width=_WIDTH, max_content_width=_WIDTH
    )
    text = "\n".join(line.rstrip() for line in result.output.strip().splitlines())
    return f"## `{' '.join(['subsim', *path.split()])}`\n\n```text\n{text}\n```\n"


def json_page() -> str:
    """The keys of every result, then those of the objects in them."""
    page = Page(language("en"), _WIDTH)
    schemas = {name: result_schema(name) for name in WITH_SCHEMA}
    tops = {name: title_of(schema) for name, schema in schemas.items()}
    objects = {title: each for schema in schemas.values() for title, each in schema["$defs"].items()}
    inner = sorted(set(objects) - set(tops.values()))
    parts = [_JSON]
    for name, title in tops.items():
        parts.append(f"## `{name}`\n\n{_keys(objects[title], page)}")
    parts.append("## The objects in them\n")
    parts += [f"### {title}\n\n{_keys(objects[title], page)}" for title in inner]
    return "\n".join(parts)


def _keys(schema: dict[str, Any], page: Page) -> str:
    return f"{schema['description']}\n\n{blocks_as_markdown((keys_table(schema, page),))}\n"


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
