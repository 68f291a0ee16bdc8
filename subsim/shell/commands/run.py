"""`subsim run`."""

import os
import sys
from typing import TYPE_CHECKING

import click

from subsim.basics.faults import InputError, InputErrors
from subsim.basics.texts import Message
from subsim.shell.completion import files
from subsim.shell.input import STDIN, read_file, scenario_files
from subsim.shell.options import LANG, TERMS_AND_FACTS, format_in, localize, options
from subsim.shell.output import CANNOT_BE_READ, DOES_NOT_HOLD, exit_on_input_errors, print_errors, print_result
from subsim.shell.scenario_options import assuming, check_assumptions, check_policy_choice, terms_of_file, under_terms

if TYPE_CHECKING:
    from subsim.checks.check import CaseResult
    from subsim.files.scenario import Scenario
    from subsim.pages.text import Page
    from subsim.terms.choice import TermsChoice


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=files)
@options(
    click.option(
        *("--coverage", "with_coverage"),
        is_flag=True,
        help="Tell also which clauses, contested points and readings, transitions and routes these scenarios exercise.",
    ),
    TERMS_AND_FACTS,
    format_in("table", "json", "junit"),
    LANG,
)
def run(paths: tuple[str, ...], with_coverage: bool, form: str, page: "Page", choice: "TermsChoice") -> None:
    """Replay scenarios and check what they expect.

    PATH is a file, a folder with all below it, or `-` for standard input; without one, the folder `scenarios`. The
    exit code is 0 if all expectations hold, 1 if some do not, 2 if an input cannot be read.
    """
    from subsim.checks.run import Run, tally
    from subsim.pages.run import run_page

    if with_coverage and form == "junit":
        raise click.UsageError(localize(Message("--coverage goes with --format table or json")))
    read: list[Scenario] = []
    with exit_on_input_errors():
        terms_of_file()
    cases = [case for file in dict.fromkeys(scenario_files(paths)) for case in _checked(file, choice, read)]
    check_policy_choice(scenario.policy for scenario in read if scenario.policy is not None)
    check_assumptions(doubt for scenario in read for doubt in scenario.doubts)
    counts = tally(cases)
    if form == "junit":
        from subsim.pages.junit import junit_xml

        click.echo(junit_xml(cases))
    elif with_coverage:
        from subsim.checks.coverage import coverage
        from subsim.pages.coverage import coverage_page

        covered = coverage(read, choice)
        print_result(
            Run(tally=counts, results=tuple(cases), coverage=covered.to_dict()).to_dict,
            lambda: (*run_page(cases, page), *coverage_page(covered, page)),
            form,
            page,
        )
    else:
        found = Run(tally=counts, results=tuple(cases))
        print_result(found.to_dict, lambda: run_page(cases, page), form, page)
    sys.exit(CANNOT_BE_READ if counts.errors else DOES_NOT_HOLD if counts.failed else 0)


def _checked(file: str, choice: "TermsChoice", read: "list[Scenario]") -> "list[CaseResult]":
    """The cases of a file, whose scenario joins those read; a file that cannot be read is one case with its errors."""
    from subsim.api import check_scenario
    from subsim.checks.check import CaseResult

    try:
        if os.path.isdir(file):
            raise _no_scenarios(file)
        read.append(under_terms(assuming(read_file(file))))
        cases = check_scenario(read[-1], choice)
    except InputErrors as errors:
        cases = [CaseResult(file=STDIN if file == "-" else file, variant=None, errors=errors)]
    for case in cases:
        if case.errors is not None:
            print_errors(case.errors)
    return cases


def _no_scenarios(folder: str) -> InputErrors:
    message = Message("the folder holds no scenario: no file that ends in .yaml or .yml")
    return InputErrors([InputError(file=folder, line=1, column=1, text=message)])
