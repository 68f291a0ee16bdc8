"""The letter to the member: `letter` and `verify`."""

import sys
from typing import TYPE_CHECKING

import click

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.desk.clock import current_day
from subsim.shell.base import OF_A_BASE
from subsim.shell.completion import files
from subsim.shell.input import keep_input, read_scenario, subscription_meant
from subsim.shell.letter_files import LETTERS, form_of_letter
from subsim.shell.options import (
    ASSUME,
    FILE,
    LANG,
    LAW,
    SUBSCRIPTION,
    TERMS_AND_FACTS,
    TERMS_FILE,
    Date,
    OneOf,
    format_in,
    options,
)
from subsim.shell.output import DOES_NOT_HOLD, exit_on_input_errors, fail, print_result, require_extra, write
from subsim.shell.streams import standard_input

if TYPE_CHECKING:
    from subsim.pages.letter import Form
    from subsim.pages.text import Page
    from subsim.terms.choice import TermsChoice


@click.command()
@options(
    FILE,
    click.option("--date", type=Date(), help="The day of the answer.  [default: today]"),
    SUBSCRIPTION,
    LAW,
    TERMS_AND_FACTS,
    OF_A_BASE,
    click.option(
        *("-o", "--output"), metavar="LETTER", help="The file to write: .md, .html or .pdf.", shell_complete=files
    ),
    click.option(
        "--format", "form", type=OneOf(Message("format"), LETTERS), help="[default: by the ending, or markdown]"
    ),
    LANG,
)
def letter(
    file: str,
    date: Day | None,
    subscription: str | None,
    law: str,
    output: str | None,
    form: "Form | None",
    page: "Page",
    choice: "TermsChoice",
) -> None:
    """Write the answer as a letter to the member.

    FILE may be `-` for standard input. `subsim verify` confirms the letter by its check line. The format pdf needs the
    extra `pdf`.
    """
    from subsim.answers.ask import ask_letter
    from subsim.answers.letter_check import Order
    from subsim.pages.letter import letter_page, letter_pdf

    keep_input(file, output)
    form, date = form_of_letter(form, output), date or current_day()
    with exit_on_input_errors(), require_extra("pdf", "typst"):
        scenario = read_scenario(file, day=date)
        subscription = subscription_meant(scenario, date, subscription)
        order = Order(
            date=date, subscription=subscription, language=page.language.code, choice=choice, with_law=law == "beside"
        )
        written = ask_letter(scenario, order)
        content = letter_pdf(written) if form == "pdf" else letter_page(written, form).encode()
    if output is None:
        click.echo(content, nl=False)
    else:
        write(content, output)


@click.command()
@options(
    click.argument("letter", shell_complete=files),
    FILE,
    TERMS_FILE,
    ASSUME,
    OF_A_BASE,
    format_in("table", "json"),
    LANG,
)
def verify(letter: str, file: str, form: str, page: "Page") -> None:
    """Confirm that a letter is what a scenario gives.

    LETTER is a file that `subsim letter` wrote. It or FILE may be `-` for standard input. The exit code is 0 if the
    letter is confirmed, 1 if something differs, 2 if one of the two cannot be read.
    """
    from subsim.answers.letter_check import NoCheckLine
    from subsim.answers.verification import verify
    from subsim.files.scenario import bytes_of
    from subsim.files.yaml_nodes import decoded
    from subsim.pages.letter import form_of, letter_page
    from subsim.pages.verification import verification_page

    with exit_on_input_errors():
        content = standard_input() if letter == "-" else bytes_of(letter)
        if content.startswith(b"%PDF"):
            fail(Message("{file}: a PDF cannot be compared; verify the same letter in Markdown or HTML", file=letter))
        text = decoded(content, letter)
        try:
            found = verify(text, read_scenario(file), lambda anew: letter_page(anew, form_of(text)))
        except NoCheckLine as fault:
            fail(Message("{file}: this is no letter of subsim: {why}", file=letter, why=fault.args[0]))
    print_result(found.to_dict, lambda: verification_page(found, page), form, page)
    sys.exit(0 if found.confirmed else DOES_NOT_HOLD)
