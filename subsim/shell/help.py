"""Commands whose help and usage errors, click's own words among them, are in the language of the command line."""

import os
import sys
from collections.abc import Callable, Sequence
from copy import copy
from inspect import cleandoc
from typing import Any, TypeVar

import click

from subsim.basics.languages import gettext_in
from subsim.shell.options import language_asked_for

_Command = TypeVar("_Command", bound=click.Command)


class Commands(click.Group):
    """A group whose language is known before the command line is read, since that may fail.

    It is the `obj` of every context.
    """

    def main(self, args: Sequence[str] | None = None, *others: Any, **extra: Any) -> Any:
        """Run a command line in the language that it asks for."""
        language = language_asked_for(sys.argv[1:] if args is None else args, os.environ)
        with gettext_in(language.code):
            return click.Group.main(translate_help(self, language.translate), args, *others, obj=language, **extra)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its help in the language of the context."""
        command = super().get_command(ctx, cmd_name)
        return command and translate_help(command, ctx.obj.translate)


def translate_help(command: _Command, translate: Callable[[str], str]) -> _Command:
    """The command with its help in another language, a paragraph at a time.

    It is a copy in English too: click keeps the option `--help` on a command, in the language in which it was first
    asked for.
    """
    told = copy(command)
    told.help = command.help and "\n\n".join(map(translate, _paragraphs(command.help)))
    told.params = [_param_told(param, translate) for param in command.params]
    told.options_metavar = command.options_metavar and translate(command.options_metavar)
    if isinstance(told, click.Group):
        told.subcommand_metavar = translate(told.subcommand_metavar)
    return told


def _param_told(param: click.Parameter, translate: Callable[[str], str]) -> click.Parameter:
    """The parameter with its help in another language, and what stands for its value."""
    told = copy(param)
    told.help = param.help and translate(param.help)
    if param.metavar is not None:
        told.metavar = translate(param.metavar)
    elif isinstance(param, click.Argument) or not isinstance(param.type, click.Choice | click.types.BoolParamType):
        told.metavar = _stands_for(param, translate)
    return told


def _stands_for(param: click.Parameter, translate: Callable[[str], str]) -> str:
    """What click writes for a value: of an argument its name, of an option the name of its type."""
    is_argument = isinstance(param, click.Argument)
    word = translate((param.name or "" if is_argument else param.type.name).upper())
    if is_argument and not param.required:
        word = f"[{word}]"
    return f"{word}..." if param.nargs != 1 else word


def _paragraphs(text: str) -> list[str]:
    """The paragraphs, however their lines are broken."""
    return [" ".join(paragraph.split()) for paragraph in cleandoc(text).split("\n\n")]
