"""The faults of a command line as JSON, which is in English whatever the language of the command."""

from collections.abc import Sequence
from contextlib import redirect_stderr
from io import StringIO
from typing import Any

import click

from subsim.basics.languages import gettext_in, language
from subsim.shell.help import translate_help
from subsim.shell.options import Localized
from subsim.shell.output import fault_as_dict


def usage_fault_as_dict(fault: click.UsageError, group: click.Group, arguments: Sequence[str]) -> dict[str, Any]:
    """The JSON of a fault of these arguments of a group; the remedy is what its text says from the second line on."""
    with gettext_in("en"):
        english = _parsed_in_english(group, arguments) or _in_english(fault)
        message, _line, remedy = english.format_message().partition("\n")
    return fault_as_dict(message, remedy or None)


def _parsed_in_english(group: click.Group, arguments: Sequence[str]) -> click.UsageError | None:
    """The fault that the parser finds, in English; None where the arguments can be parsed. No command is run."""
    english = language("en")
    command: click.Command = translate_help(group, english.translate)
    context, left = click.Context(command, info_name="subsim", obj=english), list(arguments)
    try:
        with redirect_stderr(StringIO()):  # where dates are repeated in words, a second time
            while isinstance(command, click.Group):
                with context:
                    name, found, left = command.resolve_command(context, left)
                    assert found is not None, "an unknown command is a fault"
                    command, context = found, found.make_context(name, left, parent=context)
                left = [*context._protected_args, *context.args]
    except click.UsageError as fault:
        return fault
    return None


def _in_english(fault: click.UsageError) -> click.UsageError:
    """The fault that a command raises by itself: its text is localized, and names options only."""
    if not isinstance(fault.message, Localized):
        return fault
    text = str(fault.message.original)
    if isinstance(fault, click.BadParameter):
        return click.BadParameter(text, param_hint=fault.param_hint)
    return click.UsageError(text)
