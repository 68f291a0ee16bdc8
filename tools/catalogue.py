"""The Danish catalogue of the messages in the sources.

`python -m tools.catalogue` adds new messages to the .po file, without Danish, drops those that are gone, and compiles
the file.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from attrs import evolve
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import subsim
from subsim.api.schemas import WITH_SCHEMA, result_schema
from subsim.basics.languages import language
from subsim.files.schema import FILE_SCHEMAS
from subsim.pages.catalogues import paragraphs_of
from subsim.shell.commands import main
from subsim.shell.help import translate_help
from subsim.terms.clauses import CLAUSES
from subsim.terms.law_points import LAW_POINTS, LawPoint
from subsim.terms.readings import POINTS, PROFILES, Point
from subsim.terms.terms import NUMBERS

SOURCES = Path(subsim.__file__).parent
PO = SOURCES / "locale" / "da" / "LC_MESSAGES" / "subsim.po"
MO = PO.with_suffix(".mo")

_HEADER = r"""# The Danish of subsim.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: da\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""

Message = str | tuple[str, ...]
KEYWORDS = {"_": None, "Message": None, "Plural": (1, 2)}
"""What marks a message in the sources; of two, the second is for several."""
WORDS_OF_CLICK: tuple[Message, ...] = (
    *("Usage:", "Options", "Commands", "Show this message and exit.", "default: {default}", "required"),
    *("Try '{command} {option}' for help.", "Error: {message}", "Aborted!"),
    *("Missing argument", "Missing option", "Missing command."),
    *("No such command {name!r}.", "No such option {name!r}."),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    "Option {name!r} does not take a value.",
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    "Invalid value for {param_hint}: {message}",
    *("{value!r} is not a valid {number_type}.", "{value} is not in the range {range}."),
)
"""What click itself says in the help and the faults of our commands."""


@cache
def messages() -> dict[Message, list[tuple[str, int]]]:
    """Every message that people may read, with its places in the sources."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for file, line, message, _comments, _context in extract_from_dir(SOURCES, [("**.py", "python")], keywords=KEYWORDS):
        found.setdefault(message, []).append((f"subsim/{file}", line))
    for words in (*PROFILES.values(), *_words_of_points()):
        found.setdefault(words, [("subsim/terms/readings.py", 0)])
    for text in help_texts():
        found.setdefault(text, [("subsim/shell/commands/", 0)])
    for text in _descriptions_of_schemas():
        found.setdefault(text, [("subsim/files/schema.py", 0)])
    for message in WORDS_OF_CLICK:
        found.setdefault(message, [("click", 0)])
    return found


@cache
def help_texts() -> list[str]:
    """The texts that the help of every command translates."""
    found: dict[str, None] = {}

    def noted(text: str) -> str:
        found[text] = None
        return text

    commands(translate_help(main, noted), click.Context(main, obj=evolve(language("en"), translate=noted)))
    return list(found)


def commands(group: click.Group, context: click.Context, path: str = "") -> dict[str, click.Command]:
    """Every command below the group, by its words on the command line."""
    found: dict[str, click.Command] = {path: group}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = f"{path} {name}".strip()
        found |= commands(command, context, below) if isinstance(command, click.Group) else {below: command}
    return found


def _descriptions_of_schemas() -> Iterator[str]:
    """The texts of `schema --format table`: one of each mapping, and one of each value that is not a list of words."""

    def below(schema: Any) -> Iterator[str]:
        if isinstance(schema, dict):
            described = schema.get("description")
            if isinstance(described, str) and ("properties" in schema or "type" in schema):
                yield paragraphs_of(described)[0]
            for each in schema.values():
                yield from below(each)
        elif isinstance(schema, list):
            for each in schema:
                yield from below(each)

    texts = [text for each in FILE_SCHEMAS.values() for text in below(each())]
    yield from (text for text in texts if " " in text and not set(text.split(", ")) <= set(CLAUSES))
    for result in WITH_SCHEMA:
        for each in result_schema(result)["$defs"].values():
            yield from (each["description"], *(key["description"] for key in each["properties"].values()))


def _words_of_points() -> list[str]:
    points: list[Point | LawPoint] = [*POINTS.values(), *LAW_POINTS.values()]
    texts = [words for point in points for words in (point.question, *point.readings.values())]
    names = [name for point in points for name in (point.name, *point.readings)]
    return [*texts, *names, *PROFILES, *NUMBERS]


@cache
def catalogue() -> Catalog:
    """The catalogue in the .po file."""
    with PO.open("rb") as file:
        return read_po(file, locale="da")


def compiled(danish: Catalog) -> bytes:
    """The .mo file of the catalogue."""
    buffer = BytesIO()
    write_mo(buffer, danish)
    return buffer.getvalue()


def _first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def _update() -> None:
    old, new = catalogue(), Catalog(locale="da")
    for message in sorted(messages(), key=_first):
        known = old.get(_first(message))
        new.add(message, known.string if known else None)
    buffer = BytesIO()
    write_po(buffer, new, omit_header=True, width=120)
    PO.write_text(f"{_HEADER}\n{buffer.getvalue().decode()}", encoding="utf-8")
    MO.write_bytes(compiled(new))


if __name__ == "__main__":
    _update()
