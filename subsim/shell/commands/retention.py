"""Personal data: `retention` and `policies`."""

import sys
from typing import TYPE_CHECKING

import click

from subsim.basics.dates import Day
from subsim.basics.faults import no_such
from subsim.basics.texts import Message
from subsim.desk.clock import current_day
from subsim.shell.base import OF_A_BASE
from subsim.shell.input import keep_input, policy_of, read_scenario, scenario_files
from subsim.shell.letter_files import form_of_letter
from subsim.shell.options import FILE, LANG, TERMS_AND_FACTS, Date, format_in, localize, options
from subsim.shell.output import DOES_NOT_HOLD, exit_on_input_errors, print_result, require_extra, write

if TYPE_CHECKING:
    from subsim.pages.letter import Form
    from subsim.pages.text import Page
    from subsim.retention.report import Retention
    from subsim.terms.choice import TermsChoice
    from subsim.terms.policies import Policy


@click.command()
@options(
    FILE,
    click.option("--date", type=Date(), help="As of the end of this day.  [default: today]"),
    click.option("--category", metavar="CATEGORY", help="Only what is held of this category."),
    click.option("--policy", metavar="NAME|FILE", help="Go by this policy, whatever the file says."),
    click.option("--check", is_flag=True, help="Exit with 1 if anything is overdue, or was done too early or late."),
    click.option(
        "--letter", "as_letter", is_flag=True, help="Write a letter to the person; in Markdown, or as -o says."
    ),
    click.option("-o", "--output", metavar="LETTER", help="With --letter, the file to write: .md, .html or .pdf."),
    TERMS_AND_FACTS,
    OF_A_BASE,
    format_in("table", "json"),
    LANG,
)
def retention(
    file: str,
    date: Day | None,
    category: str | None,
    policy: str | None,
    check: bool,
    as_letter: bool,
    output: str | None,
    form: str,
    page: "Page",
    choice: "TermsChoice",
) -> None:
    """Say what is held about a member, and until when.

    FILE may be `-` for standard input. Other readings that would change a date are shown.
    """
    from subsim.answers.question import case_of
    from subsim.retention.page import retention_page
    from subsim.retention.retention import retention

    if as_letter and form == "json":
        raise click.UsageError(localize(Message("--letter goes with --format table")))
    if output is not None and not as_letter:
        raise click.UsageError(localize(Message("--output is the file of a letter: add --letter")))
    keep_input(file, output)
    written_as = form_of_letter(None, output)
    with exit_on_input_errors():
        scenario = read_scenario(file, policy)
        goes_by = policy_of(scenario, Message("add retention: {{policy: NAME}}, or give --policy NAME"))
        if category is not None and category not in goes_by.categories:
            fault = no_such(Message("category"), category, goes_by.categories)
            raise click.BadParameter(localize(fault), param_hint="'--category'")
        found = retention(case_of(scenario, choice), date or current_day())
    if as_letter:
        _print_letter(found, goes_by, written_as, output, page)
    else:
        print_result(
            lambda: found.of(category).to_dict(), lambda: retention_page(found, goes_by, page, category), form, page
        )
    sys.exit(DOES_NOT_HOLD if check and found.faults else 0)


def _print_letter(found: "Retention", goes_by: "Policy", form: "Form", output: str | None, page: "Page") -> None:
    """Write the letter to the file, or print it without one."""
    from subsim.retention.letter import letter, letter_pdf

    with require_extra("pdf", "typst"):
        content = letter_pdf(found, goes_by, page) if form == "pdf" else letter(found, goes_by, page, form).encode()
    if output is None:
        click.echo(content, nl=False)
    else:
        write(content, output)


@click.command()
@options(
    click.argument("policy", required=False, metavar="[NAME|FILE]"),
    click.option("--coverage", "with_coverage", is_flag=True, help="Count the scenarios that exercise each clause."),
    format_in("table", "json"),
    LANG,
)
def policies(policy: str | None, with_coverage: bool, form: str, page: "Page") -> None:
    """Show the privacy policies: the retention schedule.

    Without a name, the list of those that ship. A FILE is read, and all its faults are shown.
    """
    from subsim.files.policy import POLICY_NAMES, load_policy, shipped_policy
    from subsim.pages.blocks import stack
    from subsim.retention.coverage import policy_coverage
    from subsim.retention.policies_page import policies_as_dict, policies_page, policy_as_dict, policy_page

    if policy is None and not with_coverage:
        shipped = [shipped_policy(name) for name in POLICY_NAMES]
        print_result(lambda: policies_as_dict(shipped), lambda: policies_page(shipped, page), form, page)
        return
    with exit_on_input_errors():
        chosen = [load_policy(name) for name in ([policy] if policy else POLICY_NAMES)]
        scenarios = [read_scenario(file) for file in scenario_files(())] if with_coverage else []
    covered = [policy_coverage(each, scenarios) if with_coverage else None for each in chosen]
    pairs = list(zip(chosen, covered, strict=True))
    print_result(
        lambda: policy_as_dict(*pairs[0]) if policy else [policy_as_dict(*pair) for pair in pairs],
        lambda: stack(*(policy_page(each, page, coverage) for each, coverage in pairs)),
        form,
        page,
    )
