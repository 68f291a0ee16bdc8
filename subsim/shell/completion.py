"""Shell completion: files, readings, numbers, and names in a scenario."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS
from subsim.terms.terms import NUMBERS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from subsim.files.scenario import Scenario


def files(_context: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """The names of the files and folders that complete a word."""
    from click.shell_completion import CompletionItem  # no command that is run needs it

    return [CompletionItem(incomplete, type="file")]


def subjects(context: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """The subjects of the file that precedes on the command line."""
    return _of_file(context, incomplete, _subjects_of)


def subscriptions(context: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """The ids of the file named before."""
    return _of_file(context, incomplete, lambda scenario: scenario.subscriptions)


def readings(_context: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Every reading of every contested point."""
    by_point = {name: tuple(point.readings) for name, point in POINTS.items()}
    by_point |= {name: tuple(point.readings) for name, point in LAW_POINTS.items()}
    return _beginning((f"{point}={reading}" for point, its in by_point.items() for reading in its), incomplete)


def numbers(_context: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """The names of the numbers, to be set to something."""
    return _beginning((f"{name}=" for name in NUMBERS), incomplete)


def _beginning(words: Iterable[str], incomplete: str) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def _of_file(
    context: click.Context, incomplete: str, words: "Callable[[Scenario], Iterable[str]]"
) -> "list[CompletionItem]":
    from subsim.basics.faults import InputErrors
    from subsim.files.scenario import load

    rest = (word for word in context.args if not word.startswith("-"))  # click takes none where an option is open
    file = context.params.get("file") or next(rest, None)
    if not file or file == "-":
        return []
    with suppress(InputErrors, OSError):  # completion shows no faults of a file
        return _beginning(words(load(file)), incomplete)
    return []


def _subjects_of(scenario: "Scenario") -> list[str]:
    from subsim.answers.explain import explain
    from subsim.answers.question import case_of

    return explain(scenario, case_of(scenario).outcome(scenario.until_of()), with_law=False).subjects
