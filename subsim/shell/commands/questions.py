"""What a member may ask as of a day: `can-cancel`, `cheapest-exit` and `coming`."""

from typing import TYPE_CHECKING

import click

from subsim.basics.dates import Day
from subsim.desk.clock import current_day
from subsim.shell.base import OF_A_BASE
from subsim.shell.input import read_scenario, subscription_meant
from subsim.shell.options import FILE, LANG, LAW, SUBSCRIPTION, TERMS_AND_FACTS, Date, format_in, options
from subsim.shell.output import exit_on_input_errors, print_result

if TYPE_CHECKING:
    from subsim.pages.blocks import Blocks
    from subsim.pages.text import Page
    from subsim.terms.choice import TermsChoice


_QUESTION = options(SUBSCRIPTION, LAW, TERMS_AND_FACTS, OF_A_BASE)


@click.command()
@options(
    FILE,
    click.option("--date", type=Date(), help="The day on which the notice is received.  [default: today]"),
    click.option(
        "--wanted-end",
        type=Date(),
        help="Ask too by which notice it ends on exactly this day, the first without service.",
    ),
    _QUESTION,
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

    date = date or current_day()
    with exit_on_input_errors():
        scenario = read_scenario(file, day=date)
        subscription = subscription_meant(scenario, date, subscription)
        answer = ask_can_cancel(scenario, date, subscription, choice, wanted=wanted_end, with_law=law == "beside")

    def as_page() -> "Blocks":
        from subsim.pages.can_cancel import can_cancel_page  # JSON needs no page

        return can_cancel_page(scenario, answer, choice, page)

    print_result(answer.to_dict, as_page, form, page)


@click.command()
@options(
    FILE,
    click.option("--date", type=Date(), help="The day from which notice can be given.  [default: today]"),
    _QUESTION,
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
        scenario = read_scenario(file, day=date)
        subscription = subscription_meant(scenario, date, subscription)
        found = ask_cheapest_exit(scenario, date, subscription, choice, with_law=law == "beside")
    print_result(found.to_dict, lambda: page_of(found, page), form, page)


@click.command()
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
    _QUESTION,
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
        scenario = read_scenario(file, day=date)
        subscription = subscription_meant(scenario, date, subscription)
        found = ask_coming(scenario, date, subscription, days, choice, with_law=law == "beside")
    if form == "ics":
        click.echo(coming_calendar(found, page), nl=False)
    else:
        print_result(found.to_dict, lambda: page_of(found, page), form, page)
