"""The commands: the only place that reads files or asks for today; what they print goes through `subsim.shell.output`.

A command's module is imported when it is asked for, and what the command needs when it runs.
"""

from importlib import import_module
from itertools import pairwise
from typing import Any

import click

import subsim
from subsim.shell.help import Commands
from subsim.shell.options import LANG_ALONE
from subsim.shell.output import print_faults_as_json
from subsim.shell.signals import exit_code, stoppable

_MODULES = {
    **dict.fromkeys(("audit", "clauses", "readings", "schema"), "commands.catalogues"),
    **dict.fromkeys(("can-cancel", "cheapest-exit", "coming"), "commands.questions"),
    **dict.fromkeys(("compare", "explain", "replay", "what-if"), "commands.outcomes"),
    "conformance": "conformance",
    "draw": "commands.picture",
    "explore": "commands.exploration",
    **dict.fromkeys(("letter", "verify"), "commands.letters"),
    "members": "members",
    "new": "new",
    **dict.fromkeys(("policies", "retention"), "commands.retention"),
    "portfolio": "portfolio",
    "run": "commands.run",
    **dict.fromkeys(("serve", "token"), "serve"),
    "terms": "terms",
}
"""Each command and group of commands with its module in `subsim.shell`, where it is the function of the same name."""


class _Commands(Commands):
    """The commands; a signal that asks them to end does so without a word."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _MODULES:
            module = import_module(f"subsim.shell.{_MODULES[cmd_name]}")
            self.add_command(getattr(module, cmd_name.replace("-", "_")))
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        arguments = [*ctx._protected_args, *ctx.args]
        is_json_asked = "--format=json" in arguments or ("--format", "json") in pairwise(arguments)
        try:
            with stoppable():
                return super().invoke(ctx)
        except click.UsageError as fault:
            if is_json_asked:
                from subsim.shell.usage import usage_fault_as_dict

                print_faults_as_json([usage_fault_as_dict(fault, self, arguments)])
            raise
        except BaseException:  # an interrupted import, say, ends in an error of its own
            if (code := exit_code()) is not None:
                raise click.exceptions.Exit(code) from None
            raise


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    subsim.__version__, prog_name="subsim", message="%(prog)s %(version)s", help="Show the version and exit."
)
@LANG_ALONE
def main() -> None:
    """What the Kabelplus subscription terms of 2019-10-30 make of a member's story."""
