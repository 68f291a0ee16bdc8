"""Commands with help and usage errors in the language of the command line, including those of click."""

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
    """A group that finds its language before it parses the command line, since that may fail.

    The language is the `obj` of every context.
    """

    def main(self, args: Sequence[str] | None = None, *others: Any, **extra: Any) -> Any:
        """Run a command line in the language it names."""
        language = language_asked_for(sys.argv[1:] if args is None else args, os.environ)
        with gettext_in(language.code):
            return click.Group.main(translate_help(self, language.translate), args, *others, obj=language, **extra)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its help in the language of the context."""
        command = super().get_command(ctx, cmd_name)
        return command and translate_help(command, ctx.obj.translate)


def translate_help(command: _Command, translate: Callable[[str], str]) -> _Command:
    """A copy of the command with its help in another language, translated by paragraph.

    English needs a copy too, since click stores the option `--help` on the command in its first language.
    """
    translated = copy(command)
    translated.help = command.help and "\n\n".join(map(translate, _paragraphs(command.help)))
    translated.params = [_translated_param(param, translate) for param in command.params]
    translated.options_metavar = command.options_metavar and translate(command.options_metavar)
    if isinstance(translated, click.Group):
        translated.subcommand_metavar = translate(translated.subcommand_metavar)
    return translated


def _translated_param(param: click.Parameter, translate: Callable[[str], str]) -> click.Parameter:
    """A copy of the parameter with its help and the name of its value in another language."""
    translated = copy(param)
    translated.help = param.help and translate(param.help)
    if param.metavar is not None:
        translated.metavar = translate(param.metavar)
    elif isinstance(param, click.Argument) or not isinstance(param.type, click.Choice | click.types.BoolParamType):
        translated.metavar = _stands_for(param, translate)
    return translated


def _stands_for(param: click.Parameter, translate: Callable[[str], str]) -> str:
    """The placeholder of a value in click's help: the name of an argument, the type of an option."""
    is_argument = isinstance(param, click.Argument)
    word = translate((param.name or "" if is_argument else param.type.name).upper())
    if is_argument and not param.required:
        word = f"[{word}]"
    return f"{word}..." if param.nargs != 1 else word


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(paragraph.split()) for paragraph in cleandoc(text).split("\n\n")]
