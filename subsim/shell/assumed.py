"""What is assumed on the command line of facts in doubt."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from subsim.shell.options import ASSUMED, localize

if TYPE_CHECKING:
    from subsim.files.doubts import Doubt
    from subsim.files.scenario import Scenario


def assumptions() -> dict[str, Any]:
    """What the command that runs is to assume, by the names of the doubts."""
    given: dict[str, Any] = click.get_current_context().meta.get(ASSUMED, {})
    return given


def check_assumed(doubts: "Iterable[Doubt]") -> None:
    """A usage error where something is assumed of what is in doubt in no file."""
    if not assumptions():
        return
    from subsim.basics.texts import Message
    from subsim.files.doubts import names_of_no_doubt

    for _id, fault, remedy in names_of_no_doubt(assumptions(), doubts):
        message = Message("{fault}\n{remedy}", fault=fault, remedy=remedy)
        raise click.BadParameter(localize(message), param_hint="'--assume'")


def assuming(scenario: "Scenario") -> "Scenario":
    """The scenario under what is assumed of its doubts; a usage error where that is none of their settings."""
    if not assumptions():
        return scenario
    try:
        return scenario.assuming(assumptions())
    except ValueError as fault:
        raise click.BadParameter(localize(fault.args[0]), param_hint="'--assume'") from None
