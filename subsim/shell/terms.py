"""The command that writes the terms as a file."""

from typing import TYPE_CHECKING

import click

from subsim.shell.options import LANG, TERMS, format_in, options
from subsim.shell.output import exit_on_input_errors, print_result
from subsim.shell.scenario_options import check_policy_choice, terms_of_file

if TYPE_CHECKING:
    from subsim.pages.text import Page
    from subsim.terms.choice import TermsChoice


@click.command()
@options(TERMS, format_in("yaml", "json"), LANG)
def terms(form: str, page: "Page", choice: "TermsChoice") -> None:
    """Write the numbers and readings in force, as a file for drafts.

    Each stands there with what it is about. Every command that takes --terms takes the file: as it stands it changes no
    answer. With --profile, --reading, --number and --terms it is the terms under these.
    """
    from subsim.pages.terms_file import terms_as_dict, terms_text

    check_policy_choice(())
    with exit_on_input_errors():
        given = terms_of_file()
    chosen, changes = (choice, ()) if given is None else (choice.over(given.choice), given.changes)
    if form == "yaml":
        click.echo(terms_text(chosen, changes, page), nl=False)
    else:
        print_result(lambda: terms_as_dict(chosen, changes), tuple, form, page)
