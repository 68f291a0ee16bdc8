"""The output of commands: results on standard output, faults and progress on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from subsim.basics.faults import InputErrors
from subsim.basics.names import visible
from subsim.basics.texts import Message, Plural, system_message
from subsim.shell.options import localize, wording

if TYPE_CHECKING:
    from subsim.pages.blocks import Blocks
    from subsim.pages.text import Page

DOES_NOT_HOLD = 1
"""The exit code where an expectation does not hold or a letter is not confirmed."""
CANNOT_BE_READ = 2
"""The exit code for input that is wrong or cannot be read."""


def fail(text: Message, remedy: Message | None = None) -> NoReturn:
    """End with a text in the language of the command; with `--format json` it is on standard output too."""
    for each in (text, remedy):
        if each is not None:
            click.echo(visible(localize(each)), err=True)
    if _is_json_asked():
        print_faults_as_json([fault_as_dict(str(text), None if remedy is None else str(remedy))])
    sys.exit(CANNOT_BE_READ)


def check_folder(folder: str, option: str) -> None:
    """Refuse what names no folder for results: '' would be the current one, '-' is standard output elsewhere."""
    from pathlib import Path

    path = Path(folder)
    if not folder.strip():
        fault = Message("{folder} names no folder", folder=repr(folder))
    elif folder == "-":
        fault = Message(
            "the results are files, which do not go to standard output: name a folder, ./- for one called -"
        )
    elif path.exists() and not path.is_dir():
        fault = Message("{folder} is a file: name a folder for the results", folder=repr(folder))
    elif path.is_symlink() and not path.exists():
        fault = Message("{folder} is a link to nothing: name a folder for the results", folder=repr(folder))
    else:
        return
    raise click.BadParameter(localize(fault), param_hint=f"'{option}'")


def fault_as_dict(message: str, remedy: str | None = None) -> dict[str, Any]:
    """The JSON of a fault that lies in no file; the remedy is null where there is none."""
    return {"file": None, "line": None, "column": None, "message": message, "remedy": remedy}


def faults_as_dicts(errors: InputErrors) -> list[dict[str, Any]]:
    """The JSON of the faults of an input, in the order of its text."""
    return [each.to_dict() for each in errors.errors]


def print_faults_as_json(faults: list[dict[str, Any]]) -> None:
    """Print the faults as JSON."""
    click.echo(_dumped({"errors": faults}))


def _is_json_asked() -> bool:
    return click.get_current_context().params.get("form") == "json"


@contextmanager
def require_extra(extra: str, *modules: str) -> Iterator[None]:
    """End with the way to install an extra if one of its modules is missing."""
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
    """End the command with the faults of an input."""
    try:
        yield
    except InputErrors as errors:
        print_errors(errors)
        if _is_json_asked():
            print_faults_as_json(faults_as_dicts(errors))
        sys.exit(CANNOT_BE_READ)


@contextmanager
def replay_counter() -> Iterator[Callable[[int], None]]:
    """Count replays on a terminal, in one line that is removed at the end."""
    total = 0
    with counter(Plural("{n} replay", "{n} replays")) as tell:

        def count(replays: int) -> None:
            nonlocal total
            total += replays
            tell(total)

        yield count


@contextmanager
def counter(words: Message) -> Iterator[Callable[[int], None]]:
    """Show a count on a terminal, as `{n}` in the words, on a line that is removed at the end."""
    is_printed = False

    def tell(number: int) -> None:
        nonlocal is_printed
        is_printed = True
        if sys.stderr.isatty():
            click.echo("\r" + localize(words.fill(n=number)), err=True, nl=False)

    try:
        yield tell
    finally:
        if is_printed and sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False)


def print_errors(errors: InputErrors) -> None:
    """Print each fault with its place."""
    for each in errors.errors:
        click.echo(each.in_words(wording()), err=True)


def print_result(as_json: Callable[[], Any], as_page: "Callable[[], Blocks]", form: str, page: "Page") -> None:
    """Print a result in the form asked for: as JSON, or as text of the page's width."""
    if form == "json":
        click.echo(_dumped(as_json()))
    else:
        from subsim.pages.text import text_of

        click.echo(visible(text_of((*_assumed(page), *as_page(), *_assumable(page)), page.width)))


def _assumed(page: "Page") -> "Blocks":
    """The block with the assumptions on facts in doubt."""
    from subsim.shell.options import DOUBTS

    doubts = click.get_current_context().meta.get(DOUBTS, ())
    if all(doubt.assumed is None for doubt in doubts):
        return ()
    from subsim.pages.in_doubt import assumed_sentence

    return (assumed_sentence(doubts, page),)


def _assumable(page: "Page") -> "Blocks":
    """How what is still in doubt can be settled, below every page that leaves it open."""
    from subsim.shell.options import DOUBTS

    if not (doubts := click.get_current_context().meta.get(DOUBTS)):
        return ()
    from subsim.pages.blocks import stack
    from subsim.pages.in_doubt import assumption_sentence

    return stack(assumption_sentence(doubts, page))


def _dumped(value: Any) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False, indent=2)


def make_folder_of(path: str) -> None:
    """Make the folder of a file that the command itself names, if there is none."""
    from pathlib import Path

    folder = Path(path).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(Message("{path} cannot be written: {why}", path=repr(path), why=system_message(error)))


def write(content: bytes, path: str) -> None:
    """Write a file whole or not at all."""
    from pathlib import Path

    from subsim.basics.atomic_file import write_atomically

    try:
        write_atomically(content, Path(path))
    except (OSError, ValueError) as error:
        fail(Message("{path} cannot be written: {why}", path=repr(path), why=system_message(error)))
