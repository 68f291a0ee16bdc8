"""The options that change a scenario: assumptions on facts in doubt, and a file of terms."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from subsim.shell.options import ASSUMPTIONS, CHOICE, DOUBTS, TERMS_PATH, localize

if TYPE_CHECKING:
    from subsim.files.doubts import Doubt
    from subsim.files.scenario import Scenario
    from subsim.files.terms_file import TermsFile
    from subsim.terms.choice import TermsChoice
    from subsim.terms.policies import Policy


def assumptions() -> dict[str, Any]:
    """The assumptions of the running command, by names of doubts."""
    given: dict[str, Any] = click.get_current_context().meta.get(ASSUMPTIONS, {})
    return given


def has_terms_file() -> bool:
    """Whether the running command names a file of terms."""
    return click.get_current_context().meta.get(TERMS_PATH) is not None


def terms_of_file() -> "TermsFile | None":
    """The terms of the file named by the running command; InputErrors holds all that is wrong with it."""
    context = click.get_current_context()
    given = context.meta.get(TERMS_PATH)
    if isinstance(given, str):
        from subsim.files.terms_file import load_terms

        given = context.meta[TERMS_PATH] = load_terms(given)
    found: TermsFile | None = given
    return found


def under_terms(scenario: "Scenario") -> "Scenario":
    """The scenario under the file of terms that is named; InputErrors where that cannot be read."""
    terms = terms_of_file()
    return scenario if terms is None else scenario.under(terms)


def check_policy_choice(policies: "Iterable[Policy]") -> None:
    """A usage error where a reading or number is chosen for a policy that is none of these."""
    choice: TermsChoice | None = click.get_current_context().meta.get(CHOICE)
    if choice is None or not (choice.policy_readings or choice.policy_numbers):
        return
    from subsim.basics.texts import Message
    from subsim.terms.policy_choice import policy_faults

    for fault in policy_faults(choice, policies):
        advised = Message("{fault}\n{remedy}", fault=fault.text, remedy=fault.advice) if fault.advice else fault.text
        hint = {"readings": "'--reading'", "numbers": "'--number'"}[fault.option]
        raise click.BadParameter(localize(advised), param_hint=hint)


def check_assumptions(doubts: "Iterable[Doubt]") -> None:
    """A usage error for an assumption on a name that is in doubt in no file."""
    if not assumptions():
        return
    from subsim.basics.texts import Message
    from subsim.files.doubts import names_of_no_doubt

    for _id, fault, remedy in names_of_no_doubt(assumptions(), doubts):
        message = Message("{fault}\n{remedy}", fault=fault, remedy=remedy)
        raise click.BadParameter(localize(message), param_hint="'--assume'")


def assuming(scenario: "Scenario") -> "Scenario":
    """The scenario with the assumptions on its doubts; a usage error where one does not fit."""
    if scenario.doubts:
        click.get_current_context().meta[DOUBTS] = scenario.doubts
    if not assumptions():
        return scenario
    try:
        found = scenario.assuming(assumptions())
    except ValueError as fault:
        raise click.BadParameter(localize(fault.args[0]), param_hint="'--assume'") from None
    click.get_current_context().meta[DOUBTS] = found.doubts
    return found
