"""What becomes of a scenario: `replay`, `explain`, `compare` and `what-if`."""

from typing import TYPE_CHECKING

import click

from subsim.basics.dates import Day
from subsim.basics.faults import no_such
from subsim.basics.texts import Message
from subsim.shell.base import OF_A_BASE
from subsim.shell.completion import subjects
from subsim.shell.input import read_scenario
from subsim.shell.options import FILE, LANG, LAW, TERMS_AND_FACTS, Date, format_in, localize, options
from subsim.shell.output import exit_on_input_errors, print_result

if TYPE_CHECKING:
    from subsim.pages.text import Page
    from subsim.terms.choice import TermsChoice


_UNTIL = click.option("--until", type=Date(), help="The last date replayed.  [default: the scenario's]")


@click.command()
@options(
    FILE,
    _UNTIL,
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
    from subsim.pages.outcome import outcome_page

    with exit_on_input_errors():
        case = case_of(read_scenario(file, day=until), choice)
        outcome = case.outcome(until or case.scenario.until_of())
    print_result(outcome.to_dict, lambda: outcome_page(outcome, page), form, page)


@click.command()
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
        answer = ask_what_if(read_scenario(file, day=until), tries, until, choice)
    print_result(answer.to_dict, lambda: page_of(answer, page), form, page)


@click.command()
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
        scenario = read_scenario(file, day=date)
        outcome = case_of(scenario, choice).outcome(date or scenario.until_of())
        explanation = explain(scenario, outcome, with_law=law == "beside")
    if about is not None and about not in explanation.subjects:
        fault = localize(no_such(Message("subject"), about, explanation.subjects, explanation.subjects_in_short))
        raise click.BadParameter(fault, param_hint="'--about'")
    print_result(lambda: explanation.to_dict(about), lambda: explain_page(explanation, page, about), form, page)


@click.command()
@options(
    FILE,
    _UNTIL,
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
        scenario = read_scenario(file, day=until)
        comparison = ask_compare(scenario, until, choice)
        policy = scenario.policy
        if policy is None:
            print_result(comparison.to_dict, lambda: page_of(comparison, page), form, page)
            return
        from subsim.retention.compare import ask_compare_data
        from subsim.retention.page import data_comparison_page

        data = ask_compare_data(scenario, until or scenario.until_of(), choice)
    print_result(
        lambda: comparison.to_dict() | {"retention": data.to_dict()},
        lambda: stack(page_of(comparison, page), data_comparison_page(data, policy, page)),
        form,
        page,
    )
