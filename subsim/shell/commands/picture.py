"""The picture of a member's life: `draw`."""

from typing import TYPE_CHECKING

import click

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.shell.base import OF_A_BASE
from subsim.shell.completion import files
from subsim.shell.input import keep_input, policy_of, read_scenario
from subsim.shell.options import FILE, LANG, TERMS_AND_FACTS, Date, localize, options
from subsim.shell.output import exit_on_input_errors, fail, require_extra

if TYPE_CHECKING:
    from subsim.pages.text import Page
    from subsim.terms.choice import TermsChoice


@click.command()
@options(
    FILE,
    click.option(
        *("-o", "--output"),
        metavar="PICTURE",
        required=True,
        help="The file to write: .svg or .png.",
        shell_complete=files,
    ),
    click.option(
        "--date",
        type=Date(),
        help="Draw up to this day, with the ways out for a notice received on it, and dashed what comes.",
    ),
    click.option(
        "--until",
        type=Date(),
        help="The last date replayed; with --date the last of what comes.  [default: the scenario's]",
    ),
    click.option(
        "--scale",
        type=click.IntRange(1, 10),
        help="How many pixels a PNG has for each unit of the picture.  [default: 2, less if it is large]",
    ),
    click.option(
        "--retention", "with_data", is_flag=True, help="Show below what is held about the member, until when."
    ),
    TERMS_AND_FACTS,
    OF_A_BASE,
    LANG,
)
def draw(
    file: str,
    output: str,
    date: Day | None,
    until: Day | None,
    scale: int | None,
    with_data: bool,
    page: "Page",
    choice: "TermsChoice",
) -> None:
    """Draw the member's life: states, periods, announcements, ways out.

    FILE may be `-` for standard input. Needs the extra `plot`.
    """
    from subsim.answers.question import case_of

    keep_input(file, output)
    if date and until and until < date:
        raise click.UsageError(localize(Message("--until lies before --date")))
    with require_extra("plot", "drawsvg", "resvg_py"):
        from subsim.drawing import CannotSave, check_file, draw, save

        try:
            check_file(output, scale)
            with exit_on_input_errors():
                scenario = read_scenario(file, day=date or until)
                case, day = case_of(scenario, choice), date or until or scenario.until_of()
                data = None
                if with_data:
                    from subsim.retention.picture import data_picture
                    from subsim.retention.retention import retention_without_contested

                    goes_by = policy_of(scenario, Message("add retention: {{policy: NAME}}"))
                    data = data_picture(retention_without_contested(case, day), goes_by, page.language)
                outcome = case.outcome(day)
            lacking = save(draw(scenario, outcome, page.language, date, until, data), output, scale)
        except CannotSave as fault:
            fail(fault.args[0])
    if lacking:
        click.echo(localize(lacking), err=True)
