"""The catalogues: `clauses`, `readings`, `audit` and `schema`."""

from typing import TYPE_CHECKING

import click

from subsim.basics.texts import Message
from subsim.shell.options import LANG, OneOf, format_in, localize, options
from subsim.shell.output import make_folder_of, print_result, write

if TYPE_CHECKING:
    from subsim.pages.text import Page


_AUDIT = "docs/audit.md"

FILES = ("scenario", "policy", "terms", "header")

SCHEMAS = (
    *FILES,
    *("can-cancel", "cheapest-exit", "clauses", "clauses-law", "coming", "compare", "compare-retention", "conformance"),
    *("explain", "explore", "law", "members-erase", "members-export", "members-history", "members-import"),
    *("members-init", "members-list", "members-record", "members-show", "members-upgrade", "policies"),
    *("portfolio-compare", "portfolio-contested", "portfolio-law", "portfolio-retention", "portfolio-run"),
    *("readings", "replay", "retention", "run", "verify", "what-if"),
)
"""What has a JSON Schema; a test holds that these are the files and the results of `api.schemas`."""


@click.command()
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


@click.command()
@options(
    click.option(
        "-o",
        "--output",
        metavar="PAGE",
        default=_AUDIT,
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
        return
    if output == _AUDIT:
        make_folder_of(output)
    write(text.encode(), output)
    click.echo(localize(Message("{path} is written", path=output)), err=True)


@click.command()
@options(format_in("table", "json"), LANG)
def readings(form: str, page: "Page") -> None:
    """List the contested points, their readings and the numbers."""
    from subsim.pages.catalogues import readings_as_dict, readings_page

    print_result(readings_as_dict, lambda: readings_page(page), form, page)


@click.command()
@options(
    click.option(
        "--of",
        "what",
        type=OneOf(Message("kind of JSON"), SCHEMAS),
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

    WHAT is scenario, policy, terms, header, can-cancel, cheapest-exit, clauses, clauses-law, coming, compare,
    compare-retention, conformance, explain, explore, law, members-erase, members-export, members-history,
    members-import, members-init, members-list, members-record, members-show, members-upgrade, policies,
    portfolio-compare, portfolio-contested, portfolio-law, portfolio-retention, portfolio-run, readings, replay,
    retention, run, verify or what-if. `law` is what the law gives beside the contract in the JSON of the others,
    `clauses-law` that of `clauses --source law`, `members-record` that of `correct` and `retract` too. The JSON of
    `terms` and of `members header` is that of their files.
    """
    if what in FILES:
        from subsim.files.schema import FILE_SCHEMAS
        from subsim.pages.catalogues import schema_page

        of_file = FILE_SCHEMAS[what]()
        print_result(lambda: of_file, lambda: schema_page(what, of_file, page), form, page)
    else:
        from subsim.api.schemas import result_schema
        from subsim.pages.result_schema import result_schema_page

        of_result = result_schema(what)
        print_result(lambda: of_result, lambda: result_schema_page(of_result, page), form, page)
