"""The exploration of all small timelines: `explore`."""

from typing import TYPE_CHECKING

import click

from subsim.basics.faults import no_such
from subsim.basics.texts import Message
from subsim.shell.options import LANG, format_in, localize, options
from subsim.shell.output import fail, print_result, replay_counter

if TYPE_CHECKING:
    from subsim.pages.text import Page


@click.command()
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
    from subsim.exploring.exploration import SCENARIO_NAMES, explore, scenario_named
    from subsim.exploring.page import exploration_markdown, exploration_page

    if what is not None and what not in SCENARIO_NAMES:
        alike = [each for each in SCENARIO_NAMES if each.split()[0] == what.split(" ")[0]]
        kinds = dict.fromkeys(each.split()[0] for each in SCENARIO_NAMES)
        raise click.BadParameter(localize(no_such(Message("target"), what, alike or kinds)), param_hint="'--show'")
    with replay_counter() as progress:
        text = what and scenario_named(what, most_events, progress)
        found = None if what else explore(most_events, progress)
    if found is None:
        click.echo(text or fail(Message("nothing within these bounds leads to {target}", target=repr(what))), nl=False)
    elif form == "markdown":
        click.echo(exploration_markdown(found))
    else:
        print_result(found.to_dict, lambda: exploration_page(found, page), form, page)
