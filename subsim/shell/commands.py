"""The commands: the only place that reads files or asks for today; what they print goes through `showing`.

What a command needs is imported when it runs.
"""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

import subsim
from subsim.basics.dates import Day
from subsim.basics.faults import InputError, InputErrors, no_such
from subsim.basics.texts import Message, join_words
from subsim.desk.clock import current_day
from subsim.shell.assumed import assuming, check_assumed, check_policy_choice, terms_given, under_terms
from subsim.shell.base import OF_A_BASE
from subsim.shell.completion import files, subjects
from subsim.shell.help import Commands
from subsim.shell.options import (
    ASSUME,
    FILE,
    LANG,
    LANG_ALONE,
    LAW,
    SUBSCRIPTION,
    TERMS_AND_FACTS,
    TERMS_FILE,
    Date,
    OneOf,
    format_in,
    localize,
    options,
)
from subsim.shell.output import (
    CANNOT_BE_READ,
    exit_on_input_errors,
    fail,
    fault_as_dict,
    print_errors,
    print_faults_as_json,
    print_result,
    replay_counter,
    require_extra,
    write,
)
from subsim.shell.remarks import remark_on, remark_on_sign_up
from subsim.shell.signals import exit_code, stoppable
from subsim.shell.streams import standard_input

if TYPE_CHECKING:
    from subsim.checks.check import CaseResult
    from subsim.files.scenario import Scenario
    from subsim.pages.letter import Form
    from subsim.pages.text import Page
    from subsim.terms.choice import TermsChoice
    from subsim.terms.policies import Policy

_DOES_NOT_HOLD = 1
_STDIN = "<stdin>"
_LETTERS: "dict[Form, tuple[str, ...]]" = {
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "pdf": (".pdf",),
}
"""The formats of a letter, and the endings of a file that ask for them."""
_FOLDER = "scenarios"
_FILES = ("scenario", "policy", "terms", "header")
_SCHEMAS = (
    *_FILES,
    *("can-cancel", "cheapest-exit", "coming", "compare", "explain", "law", "replay", "retention", "run", "verify"),
    "what-if",
)
"""What has a JSON Schema; a test holds that these are the files and the results of `api.schemas`."""
_GROUPS = {
    "conformance": "subsim.shell.conformance",
    "members": "subsim.shell.members",
    "new": "subsim.shell.new",
    "portfolio": "subsim.shell.portfolio",
    "serve": "subsim.shell.serve",
    "terms": "subsim.shell.terms",
    "token": "subsim.shell.serve",
}
"""The commands and groups of commands that stand in a module of their own."""


class _Commands(Commands):
    """The commands; a signal that asks them to end does so without a word.

    The groups that stand elsewhere are imported when they are asked for.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_GROUPS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _GROUPS:
            self.add_command(getattr(import_module(_GROUPS[cmd_name]), cmd_name))
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        is_json_asked = "--format=json" in ctx.args or ("--format", "json") in pairwise(ctx.args)
        try:
            with stoppable():
                return super().invoke(ctx)
        except click.UsageError as fault:
            if is_json_asked:
                print_faults_as_json([fault_as_dict(fault.format_message())])
            raise
        except BaseException:  # an interrupted import, say, ends in an error of its own
            if (code := exit_code()) is not None:
                raise click.exceptions.Exit(code) from None
            raise


# The commands


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    subsim.__version__, prog_name="subsim", message="%(prog)s %(version)s", help="Show the version and exit."
)
@LANG_ALONE
def main() -> None:
    """What the Kabelplus subscription terms of 2019-10-30 make of a member's story."""


@main.command()
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
        terms_given()
    cases = [case for file in dict.fromkeys(_files(paths)) for case in _checked(file, choice, read)]
    check_policy_choice(scenario.policy for scenario in read if scenario.policy is not None)
    check_assumed(doubt for scenario in read for doubt in scenario.doubts)
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
    sys.exit(CANNOT_BE_READ if counts.errors else _DOES_NOT_HOLD if counts.failed else 0)


@main.command()
@options(
    FILE,
    click.option("--until", type=Date(), help="The last date replayed.  [default: the scenario's]"),
    TERMS_AND_FACTS,
    OF_A_BASE,
    format_in("table", "json"),
    LANG,
)
def replay(file: str, until: Day | None, form: str, page: "Page", choice: "TermsChoice") -> None:
    """Show a scenario's whole outcome, from states to totals.

    FILE may be `-` for standard input.
    """
    from subsim.answers.question import case_of
    from subsim.pages.report import outcome_page

    with exit_on_input_errors():
        case = case_of(_read(file, day=until), choice)
        outcome = case.outcome(until or case.scenario.until_of())
    print_result(outcome.to_dict, lambda: outcome_page(outcome, page), form, page)


@main.command()
@options(
    FILE,
    click.option("--date", type=Date(), help="The day on which the notice is received.  [default: today]"),
    click.option(
        "--wanted-end",
        type=Date(),
        help="Ask too by which notice it ends on exactly this day, the first without service.",
    ),
    SUBSCRIPTION,
    LAW,
    TERMS_AND_FACTS,
    OF_A_BASE,
    format_in("table", "json"),
    LANG,
)
def can_cancel(
    file: str,
    date: Day | None,
    wanted_end: Day | None,
    subscription: str | None,
    law: str,
    form: str,
    page: "Page",
    choice: "TermsChoice",
) -> None:
    """Say if the member can cancel: when, how, at what cost, and why.

    FILE may be `-` for standard input.
    """
    from subsim.answers.ask import ask_can_cancel
    from subsim.pages.can_cancel import can_cancel_page

    date = date or current_day()
    with exit_on_input_errors():
        scenario = _read(file, day=date)
        subscription = _subscription_meant(scenario, date, subscription)
        answer = ask_can_cancel(scenario, date, subscription, choice, wanted=wanted_end, with_law=law == "beside")
    print_result(answer.to_dict, lambda: can_cancel_page(scenario, answer, choice, page), form, page)


@main.command()
@options(
    FILE,
    click.option(
        "--try",
        "tries",
        metavar='"DATE EVENT [KEY=VALUE]..."',
        multiple=True,
        required=True,
        help='An event to add, as in "2020-04-15 change_package to=family"; may be given several times.',
    ),
    click.option(
        "--until",
        type=Date(),
        help="The last date replayed.  [default: the scenario's or the events', and on until what stands has come]",
    ),
    TERMS_AND_FACTS,
    OF_A_BASE,
    format_in("table", "json"),
    LANG,
)
def what_if(
    file: str, tries: tuple[str, ...], until: Day | None, form: str, page: "Page", choice: "TermsChoice"
) -> None:
    """Show what would change if these events happened too.

    FILE may be `-` for standard input. An event comes after the file's own of its date.
    """
    from subsim.answers.ask import ask_what_if
    from subsim.api.notebook import page_of

    with exit_on_input_errors():
        answer = ask_what_if(_read(file, day=until), tries, until, choice)
    print_result(answer.to_dict, lambda: page_of(answer, page), form, page)


@main.command()
@options(
    FILE,
    click.option("--date", type=Date(), help="The day from which notice can be given.  [default: today]"),
    SUBSCRIPTION,
    LAW,
    TERMS_AND_FACTS,
    OF_A_BASE,
    format_in("table", "json"),
    LANG,
)
def cheapest_exit(
    file: str, date: Day | None, subscription: str | None, law: str, form: str, page: "Page", choice: "TermsChoice"
) -> None:
    """Say when to give notice so as to pay least.

    FILE may be `-` for standard input. Looks a year ahead, as if nothing else happened.
    """
    from subsim.answers.ask import ask_cheapest_exit
    from subsim.api.notebook import page_of

    date = date or current_day()
    with exit_on_input_errors():
        scenario = _read(file, day=date)
        subscription = _subscription_meant(scenario, date, subscription)
        found = ask_cheapest_exit(scenario, date, subscription, choice, with_law=law == "beside")
    print_result(found.to_dict, lambda: page_of(found, page), form, page)


@main.command()
@options(
    FILE,
    click.option("--date", type=Date(), help="The day from which on is told.  [default: today]"),
    click.option(
        "--days",
        type=click.IntRange(0, 3660),
        default=365,
        show_default=True,
        help="How many days ahead are told of.",
    ),
    SUBSCRIPTION,
    LAW,
    TERMS_AND_FACTS,
    OF_A_BASE,
    format_in("table", "json", "ics"),
    LANG,
)
def coming(
    file: str,
    date: Day | None,
    days: int,
    subscription: str | None,
    law: str,
    form: str,
    page: "Page",
    choice: "TermsChoice",
) -> None:
    """Say what comes: charges, changes, ends, last days.

    FILE may be `-` for standard input. As if nothing else happened; in the format ics it is a calendar.
    """
    from subsim.answers.ask import ask_coming
    from subsim.api.notebook import page_of
    from subsim.pages.coming_calendar import coming_calendar

    date = date or current_day()
    with exit_on_input_errors():
        scenario = _read(file, day=date)
        subscription = _subscription_meant(scenario, date, subscription)
        found = ask_coming(scenario, date, subscription, days, choice, with_law=law == "beside")
    if form == "ics":
        click.echo(coming_calendar(found, page), nl=False)
    else:
        print_result(found.to_dict, lambda: page_of(found, page), form, page)


@main.command()
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
        "--format", "form", type=OneOf(Message("format"), _LETTERS), help="[default: by the ending, or markdown]"
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

    _keep_input(file, output)
    form, date = _form_of_letter(form, output), date or current_day()
    with exit_on_input_errors(), require_extra("pdf", "typst"):
        scenario = _read(file, day=date)
        subscription = _subscription_meant(scenario, date, subscription)
        order = Order(
            date=date, subscription=subscription, language=page.language.code, choice=choice, with_law=law == "beside"
        )
        written = ask_letter(scenario, order)
        content = letter_pdf(written) if form == "pdf" else letter_page(written, form).encode()
    if output is None:
        click.echo(content, nl=False)
    else:
        write(content, output)


@main.command()
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
            found = verify(text, _read(file), lambda anew: letter_page(anew, form_of(text)))
        except NoCheckLine as fault:
            fail(Message("{file}: this is no letter of subsim: {why}", file=letter, why=fault.args[0]))
    print_result(found.to_dict, lambda: verification_page(found, page), form, page)
    sys.exit(0 if found.confirmed else _DOES_NOT_HOLD)


@main.command()
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

    _keep_input(file, output)
    if date and until and until < date:
        raise click.UsageError(localize(Message("--until lies before --date")))
    with require_extra("plot", "drawsvg", "resvg_py"):
        from subsim.drawing import CannotSave, check_file, draw, save

        try:
            check_file(output, scale)
            with exit_on_input_errors():
                scenario = _read(file, day=date or until)
                case, day = case_of(scenario, choice), date or until or scenario.until_of()
                data = None
                if with_data:
                    from subsim.retention.drawing import data_picture
                    from subsim.retention.retention import retention_without_contested

                    goes_by = _policy_of(scenario, Message("add retention: {{policy: NAME}}"))
                    data = data_picture(retention_without_contested(case, day), goes_by, page.language)
                outcome = case.outcome(day)
            lacking = save(draw(scenario, outcome, page.language, date, until, data), output, scale)
        except CannotSave as fault:
            fail(fault.args[0])
    if lacking:
        click.echo(localize(lacking), err=True)


@main.command()
@options(
    FILE,
    click.option("--date", type=Date(), help="The last date replayed.  [default: the scenario's]"),
    click.option(
        "--about",
        metavar="SUBJECT",
        shell_complete=subjects,
        help="Only the reasons of this: `ends_on`, `invoice:3`, `refused:1`; of one of several: `main.ends_on`.",
    ),
    LAW,
    TERMS_AND_FACTS,
    OF_A_BASE,
    format_in("table", "json"),
    LANG,
)
def explain(
    file: str, date: Day | None, about: str | None, law: str, form: str, page: "Page", choice: "TermsChoice"
) -> None:
    """Give the reason of every decision, or of one date or line.

    FILE may be `-` for standard input.
    """
    from subsim.answers.explain import explain
    from subsim.answers.question import case_of
    from subsim.pages.explain import explain_page

    with exit_on_input_errors():
        scenario = _read(file, day=date)
        outcome = case_of(scenario, choice).outcome(date or scenario.until_of())
        explanation = explain(scenario, outcome, with_law=law == "beside")
    if about is not None and about not in explanation.subjects:
        fault = localize(no_such(Message("subject"), about, explanation.subjects, explanation.subjects_in_short))
        raise click.BadParameter(fault, param_hint="'--about'")
    print_result(lambda: explanation.to_dict(about), lambda: explain_page(explanation, page, about), form, page)


@main.command()
@options(
    FILE,
    click.option("--until", type=Date(), help="The last date replayed.  [default: the scenario's]"),
    TERMS_AND_FACTS,
    OF_A_BASE,
    format_in("table", "json"),
    LANG,
)
def compare(file: str, until: Day | None, form: str, page: "Page", choice: "TermsChoice") -> None:
    """Compare the profiles and the single other readings.

    FILE may be `-` for standard input. Only what differs is shown.
    """
    from subsim.answers.ask import ask_compare
    from subsim.api.notebook import page_of
    from subsim.pages.blocks import stack

    with exit_on_input_errors():
        scenario = _read(file, day=until)
        comparison = ask_compare(scenario, until, choice)
        if scenario.policy is None:
            print_result(comparison.to_dict, lambda: page_of(comparison, page), form, page)
            return
        from subsim.retention.compare import ask_compare_data
        from subsim.retention.page import data_comparison_page

        data = ask_compare_data(scenario, until or scenario.until_of(), choice)
    print_result(
        lambda: comparison.to_dict() | {"retention": data.to_dict()},
        lambda: stack(page_of(comparison, page), data_comparison_page(data, page)),
        form,
        page,
    )


@main.command()
@options(
    click.option(
        *("--events", "most_events"),
        type=click.IntRange(1, 4),
        default=2,
        show_default=True,
        help="The most events of a timeline; with 3 it takes some minutes more, with 4 a day.",
    ),
    click.option(
        *("--show", "what"),
        metavar="WHAT",
        help="Print one timeline as a scenario: `refusal give_notice opsigelse.2`, `no-way-out operator`.",
    ),
    format_in("table", "json", "markdown"),
    LANG,
)
def explore(most_events: int, what: str | None, form: str, page: "Page") -> None:
    """Explore all small timelines: what can be reached, and where no way is out.

    The default takes some two minutes. The page docs/exploration.md is the result in the format markdown.
    """
    from subsim.exploring.exploration import SHOWN, explore, shown
    from subsim.exploring.page import exploration_markdown, exploration_page

    if what is not None and what not in SHOWN:
        alike = [each for each in SHOWN if each.split()[0] == what.split(" ")[0]]
        kinds = dict.fromkeys(each.split()[0] for each in SHOWN)
        raise click.BadParameter(localize(no_such(Message("target"), what, alike or kinds)), param_hint="'--show'")
    with replay_counter() as progress:
        text = what and shown(what, most_events, progress)
        found = None if what else explore(most_events, progress)
    if found is None:
        click.echo(text or fail(Message("nothing within these bounds leads to {target}", target=repr(what))), nl=False)
    elif form == "markdown":
        click.echo(exploration_markdown(found))
    else:
        print_result(found.to_dict, lambda: exploration_page(found, page), form, page)


@main.command()
@options(
    click.option(
        "--source",
        type=OneOf(Message("source"), ("contract", "law")),
        default="contract",
        show_default=True,
        help="The terms of the contract, or the provisions of the law beside them.",
    ),
    format_in("table", "json"),
    LANG,
)
def clauses(source: str, form: str, page: "Page") -> None:
    """List the clauses, and where each is modelled or why not."""
    from subsim.pages.catalogues import clause_as_dict, clauses_page, provision_as_dict, provisions_page
    from subsim.terms.clauses import CLAUSES
    from subsim.terms.statutes import PROVISIONS

    if source == "law":
        print_result(
            lambda: list(map(provision_as_dict, PROVISIONS.values())), lambda: provisions_page(page), form, page
        )
    else:
        print_result(
            lambda: list(map(clause_as_dict, CLAUSES.values())),
            lambda: clauses_page(CLAUSES.values(), page),
            form,
            page,
        )


@main.command()
@options(
    click.option(
        "-o",
        "--output",
        metavar="PAGE",
        default="docs/audit.md",
        show_default=True,
        help="The Markdown file to write; `-` for standard output.",
    ),
    LANG,
)
def audit(output: str, page: "Page") -> None:
    """Write where mandatory law gives more than the contract.

    Clause by clause, each with an example; information, not legal advice.
    """
    from subsim.answers.audit import audit
    from subsim.pages.audit import audit_page
    from subsim.pages.markdown import markdown_of

    text = markdown_of(page.translate("The contract beside mandatory law"), audit_page(audit(), page))
    if output == "-":
        click.echo(text, nl=False)
    else:
        write(text.encode(), output)


@main.command()
@options(format_in("table", "json"), LANG)
def readings(form: str, page: "Page") -> None:
    """List the contested points, their readings and the numbers."""
    from subsim.pages.catalogues import readings_as_dict, readings_page

    print_result(readings_as_dict, lambda: readings_page(page), form, page)


@main.command()
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
    from subsim.retention.letter import letter, letter_pdf
    from subsim.retention.page import retention_page
    from subsim.retention.retention import retention

    if as_letter and form == "json":
        raise click.UsageError(localize(Message("--letter goes with --format table")))
    if output is not None and not as_letter:
        raise click.UsageError(localize(Message("--output is the file of a letter: add --letter")))
    _keep_input(file, output)
    written_as = _form_of_letter(None, output)
    with exit_on_input_errors():
        scenario = _read(file, policy)
        goes_by = _policy_of(scenario, Message("add retention: {{policy: NAME}}, or give --policy NAME"))
        if category is not None and category not in goes_by.categories:
            fault = no_such(Message("category"), category, goes_by.categories)
            raise click.BadParameter(localize(fault), param_hint="'--category'")
        found = retention(case_of(scenario, choice), date or current_day())
    if as_letter:
        with require_extra("pdf", "typst"):
            content = (
                letter_pdf(found, goes_by, page)
                if written_as == "pdf"
                else letter(found, goes_by, page, written_as).encode()
            )
        if output is None:
            click.echo(content, nl=False)
        else:
            write(content, output)
    else:
        print_result(lambda: found.of(category).to_dict(), lambda: retention_page(found, page, category), form, page)
    sys.exit(_DOES_NOT_HOLD if check and found.faults else 0)


@main.command()
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
        scenarios = [_read(file) for file in _files(())] if with_coverage else []
    covered = [policy_coverage(each, scenarios) if with_coverage else None for each in chosen]
    pairs = list(zip(chosen, covered, strict=True))
    print_result(
        lambda: policy_as_dict(*pairs[0]) if policy else [policy_as_dict(*pair) for pair in pairs],
        lambda: stack(*(policy_page(each, page, coverage) for each, coverage in pairs)),
        form,
        page,
    )


@main.command()
@options(
    click.option(
        "--of",
        "what",
        type=OneOf(Message("kind of JSON"), _SCHEMAS),
        default="scenario",
        show_default=True,
        metavar="WHAT",
        help="A kind of file, such as `scenario` or `policy`, or the result of a command, such as `can-cancel`.",
    ),
    format_in("json", "table"),
    LANG,
)
def schema(what: str, form: str, page: "Page") -> None:
    """Give the JSON Schema of files, for editors, and of results.

    WHAT is scenario, policy, terms, header, can-cancel, cheapest-exit, coming, compare, explain, law, replay,
    retention, run, verify or what-if; `law` is what the law gives beside the contract in the JSON of the others.
    """
    if what in _FILES:
        from subsim.files.schema import FILE_SCHEMAS
        from subsim.pages.catalogues import schema_page

        of_file = FILE_SCHEMAS[what]()
        print_result(lambda: of_file, lambda: schema_page(what, of_file, page), form, page)
    else:
        from subsim.api.schemas import result_schema
        from subsim.pages.result_schema import result_schema_page

        of_result = result_schema(what)
        print_result(lambda: of_result, lambda: result_schema_page(of_result, page), form, page)


# Reading


def _policy_of(scenario: "Scenario", remedy: Message) -> "Policy":
    """The policy that a scenario names; InputErrors where it names none."""
    if scenario.policy is None:
        raise scenario.fault(None, Message("the file names no policy"), remedy)
    return scenario.policy


def _read(file: str, policy: str | None = None, day: Day | None = None) -> "Scenario":
    """The scenario of FILE: a file, `-`, or a member of a base as `@ID`.

    What is to be said of the day that is asked about, or up to which is replayed, is said.
    """
    scenario = _read_any(file, policy)
    if day is not None:
        remark_on(file, scenario, day)
    return scenario


def _read_any(file: str, policy: str | None) -> "Scenario":
    from subsim.shell.base import check_no_base_asked, is_member, member_scenario

    if is_member(file):
        scenario = member_scenario(file, policy)
    else:
        check_no_base_asked()
        scenario = _read_file(file, policy)
    check_policy_choice(filter(None, [scenario.policy]))
    check_assumed(scenario.doubts)
    return under_terms(assuming(scenario))


def _read_file(file: str, policy: str | None = None) -> "Scenario":
    from subsim.files.scenario import load, loads

    return loads(standard_input(), _STDIN, policy) if file == "-" else load(file, policy)


def _subscription_meant(scenario: "Scenario", date: Day, given: str | None) -> str:
    """The subscription that is asked about; where it is none or not clear, the option is at fault and not the file."""
    try:
        meant = scenario.subscription_meant(date, given)
    except InputErrors:
        ids = scenario.subscriptions
        which = Message("which subscription is meant?\nthere are {ids}", ids=join_words(ids, "and"))
        fault = which if given is None else no_such(Message("subscription"), given, ids)
        raise click.BadParameter(localize(fault), param_hint="'--subscription'") from None
    remark_on_sign_up(scenario, meant, date)
    return meant


def _files(paths: tuple[str, ...]) -> Iterator[str]:
    """The scenario files that these paths name, those of a folder in sorted order."""
    if not paths and not os.path.isdir(_FOLDER):
        fault = Message("there is no folder {folder} here: name the files and folders to run", folder=repr(_FOLDER))
        raise click.UsageError(localize(fault))
    for path in paths or (_FOLDER,):
        if os.path.isdir(path):
            yield from sorted(_files_in(path)) or (path,)
        else:
            yield path


def _files_in(folder: str) -> Iterator[str]:
    for place, _folders, names in os.walk(folder):
        yield from (os.path.join(place, name) for name in names if name.lower().endswith((".yaml", ".yml")))


def _checked(file: str, choice: "TermsChoice", read: "list[Scenario]") -> "list[CaseResult]":
    """The cases of a file, whose scenario joins those read; a file that cannot be read is one case with its errors."""
    from subsim.api import check_scenario
    from subsim.checks.check import CaseResult

    try:
        if os.path.isdir(file):
            raise _no_scenarios(file)
        read.append(under_terms(assuming(_read_file(file))))
        cases = check_scenario(read[-1], choice)
    except InputErrors as errors:
        cases = [CaseResult(file=_STDIN if file == "-" else file, variant=None, errors=errors)]
    for case in cases:
        if case.errors is not None:
            print_errors(case.errors)
    return cases


def _no_scenarios(folder: str) -> InputErrors:
    message = Message("the folder holds no scenario: no file that ends in .yaml or .yml")
    return InputErrors([InputError(file=folder, line=1, column=1, text=message)])


# Writing


def _form_of_letter(form: "Form | None", output: str | None) -> "Form":
    """The format asked for, which a file's ending must not deny; else the one that its ending asks for."""
    if output is None:
        return form or "markdown"
    by_ending = next((each for each, endings in _LETTERS.items() if output.lower().endswith(endings)), None)
    if by_ending is None or form not in (None, by_ending):
        wanted = _LETTERS[form] if form else [ending for endings in _LETTERS.values() for ending in endings]
        fault = Message("{path} does not end in {endings}", path=repr(output), endings=join_words(wanted))
        raise click.BadParameter(localize(fault), param_hint="'--output'")
    return by_ending


def _keep_input(file: str, output: str | None) -> None:
    """Refuse to write over the file that is read, by whatever name."""
    from os.path import exists, samefile

    if output and exists(file) and exists(output) and samefile(file, output):
        fault = Message("{path} is the file that is read: name another", path=repr(output))
        raise click.BadParameter(localize(fault), param_hint="'--output'")
