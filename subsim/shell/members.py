"""The commands of `subsim members`: the member base."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from subsim.basics.faults import quote
from subsim.basics.names import visible
from subsim.basics.texts import Message, join_words, system_message
from subsim.desk.clock import current_day, moment
from subsim.shell.base import (
    DEFAULT_DATABASE,
    base_opened,
    database_option,
    exit_on_base_refusal,
    login_name,
    unknown_member,
)
from subsim.shell.help import Commands
from subsim.shell.member_files import MODULES, RECORDS, candidates, text_of, written_members
from subsim.shell.member_pages import directory_page, erasure_page, facts_page, line_page, written_page
from subsim.shell.options import LANG, LANG_ALONE, format_in, localize, options
from subsim.shell.output import exit_on_input_errors, fail, print_result, require_extra

if TYPE_CHECKING:
    from subsim.base.change import Wish
    from subsim.base.intake import Omission
    from subsim.pages.text import Page

_LEFT_OUT = 1
_SOURCE = "EVENT"

_DATABASE = database_option()
_BY = click.option("--by", metavar="NAME", help="Who records it.  [default: the login name]")
_WRITE = options(
    _BY,
    click.option("--note", metavar="TEXT", help="What to remember beside it."),
    click.option(
        "--version",
        type=click.IntRange(1),
        metavar="N",
        help="The member's version that this is based on; another one is refused.  [default: the present one]",
    ),
    click.option("--dry-run", is_flag=True, help="Store nothing, only show what it would change."),
    _DATABASE,
    format_in("table", "json"),
    LANG,
)
_ID = click.argument("id")
_FACT = click.argument("fact", type=click.IntRange(1))


@click.group(cls=Commands)
@LANG_ALONE
def members() -> None:
    """The member base: who there is, and what was recorded.

    Needs the extra `base`.
    """


@members.command()
@options(
    click.option("--header", metavar="HEADER", help="What all members share: prices, announcements, readings."),
    _BY,
    _DATABASE,
    format_in("table", "json"),
    LANG,
)
def init(header: str | None, by: str | None, database: str | None, form: str, page: "Page") -> None:
    """Make the tables of a base, in a database without any."""
    with require_extra("base", "sqlalchemy", "alembic"), require_extra("postgres", "psycopg"):
        from subsim.base.database import make
        from subsim.base.header import put_header
        from subsim.files.header import read_header

        text = None
        with exit_on_input_errors(), exit_on_base_refusal():
            if header is not None:
                text = text_of(header)
                read_header(text, header)
            with closing(make(database or DEFAULT_DATABASE)) as base:
                if text is not None and header is not None:
                    with base.writing() as connection:
                        put_header(connection, text, header, by or login_name(), moment())
    words = Message("a base is made at {url}", url=base.address)
    print_result(lambda: {"database": base.address}, lambda: line_page(words, page), form, page)


@members.command()
@options(_DATABASE, format_in("table", "json"), LANG)
def upgrade(database: str | None, form: str, page: "Page") -> None:
    """Bring an older base to this version of subsim."""
    with require_extra("base", "sqlalchemy", "alembic"), require_extra("postgres", "psycopg"), exit_on_base_refusal():
        from subsim.base.database import upgrade, version_of

        with closing(upgrade(database or DEFAULT_DATABASE)) as base:
            version = version_of(base)
    words = Message("the base {url} has the version {version}", url=base.address, version=version)
    print_result(lambda: {"database": base.address, "version": version}, lambda: line_page(words, page), form, page)


@members.command()
@options(click.argument("header", required=False), _BY, _DATABASE, format_in("table", "json"), LANG)
def header(header: str | None, by: str | None, database: str | None, form: str, page: "Page") -> None:
    """Print the header, or put another in its place."""
    with base_opened(database) as base, exit_on_input_errors():
        from subsim.base.header import header_at, put_header

        if header is not None:
            text = text_of(header)
            with base.writing() as connection:
                put_header(connection, text, header, by or login_name(), moment())
        with base.reading() as connection:
            found = header_at(connection)
    if found is None:
        fail(Message("the base has no header: give it one with subsim members header HEADER"))
    if form == "json":
        print_result(found.to_dict, tuple, form, page)
    else:
        click.echo(found.text.rstrip("\n"))


@members.command(name="import")
@options(
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option("--replace", is_flag=True, help="Put other facts of a known member in the place of his."),
    _BY,
    _DATABASE,
    format_in("table", "json"),
    LANG,
)
def import_(
    paths: tuple[str, ...], replace: bool, by: str | None, database: str | None, form: str, page: "Page"
) -> None:
    """Take members from scenario files, folders, NDJSON and Parquet.

    Bad records are named and left out; the same facts again change nothing. The exit code is 1 if something was left
    out, 2 if nothing could be stored.
    """
    refused: list[dict[str, Any]] = []

    def leave(left: "Omission") -> None:
        if form == "json":
            refused.append(left.to_dict())
        member = "" if left.member is None else f"{left.member}: "
        click.echo(visible(f"{left.file}:{left.line}: {member}{localize(left.message)}"), err=True)

    with base_opened(database) as base, exit_on_input_errors():
        from subsim.base.intake import Intake

        with base.writing() as connection:
            intake = Intake(connection=connection, replace=replace, by=by or login_name(), now=moment(), leave=leave)
            taken = intake.take(candidates(paths, intake))
    counts = {"added": taken.added, "unchanged": taken.unchanged, "replaced": taken.replaced}
    words = Message(
        "{added} added, {unchanged} unchanged, {replaced} replaced, {left} left out", **counts, left=taken.left
    )
    print_result(lambda: {**counts, "refused": refused}, lambda: line_page(words, page), form, page)
    sys.exit(_LEFT_OUT if taken.left else 0)


@members.command(name="list")
@options(
    click.option("--search", metavar="TEXT", default="", help="Only those with this in id, name, e-mail or phone."),
    click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="How many at most."),
    click.option("--after", metavar="ID", help="Only those after this id."),
    _DATABASE,
    format_in("table", "json"),
    LANG,
)
def list_(search: str, limit: int, after: str | None, database: str | None, form: str, page: "Page") -> None:
    """List members by id, or find them."""
    with base_opened(database) as base:
        from subsim.base.directory import directory

        with base.reading() as connection:
            found = directory(connection, search, limit, after, current_day())
    print_result(lambda: found, lambda: directory_page(found, page), form, page)


@members.command(name="show")
@options(_ID, _DATABASE, format_in("table", "json"), LANG)
def show_(id: str, database: str | None, form: str, page: "Page") -> None:
    """Show a member: his scenario, and his facts in force."""
    with base_opened(database) as base, _exit_on_unknown_member(id), base.reading() as connection:
        from subsim.base.member import member_at

        stored = member_at(connection, id)
    found = stored.to_dict(current_day())
    print_result(lambda: found, lambda: facts_page(found, "facts", page), form, page)


@members.command()
@options(_ID, _DATABASE, format_in("table", "json"), LANG)
def history(id: str, database: str | None, form: str, page: "Page") -> None:
    """Show every record of a member, and the answers given."""
    with base_opened(database) as base, _exit_on_unknown_member(id), base.reading() as connection:
        from subsim.base.history import history_of

        found = history_of(connection, id, current_day())
    print_result(lambda: found, lambda: facts_page(found, "history", page), form, page)


@members.command()
@options(_ID, click.argument("event", metavar='"DATE EVENT [KEY=VALUE]..."'), _WRITE)
def record(id: str, event: str, **write: Any) -> None:
    """Record an event, and show what it changes."""
    _write(id, None, event, **write)


@members.command()
@options(_ID, _FACT, click.argument("event", metavar='"DATE EVENT [KEY=VALUE]..."'), _WRITE)
def correct(id: str, fact: int, event: str, **write: Any) -> None:
    """Put another event in the place of a fact; its older record stays."""
    _write(id, fact, event, **write)


@members.command()
@options(_ID, _FACT, _WRITE)
def retract(id: str, fact: int, **write: Any) -> None:
    """Take a fact back; its records stay in the history."""
    _write(id, fact, None, **write)


@members.command()
@options(
    _ID,
    _BY,
    click.option("--note", metavar="TEXT", help="What to remember beside it."),
    click.option("--dry-run", is_flag=True, help="Erase nothing, only show what is due."),
    _DATABASE,
    format_in("table", "json"),
    LANG,
)
def erase(
    id: str, by: str | None, note: str | None, dry_run: bool, database: str | None, form: str, page: "Page"
) -> None:
    """Erase what is due of a member today, and leave the proof.

    Goes by the policy that the header or the member names. Deletes the facts, with all their records, on which nothing
    that is kept hangs, and in the end the name and how to reach the member; a `disposed` fact remains.
    """
    with base_opened(database) as base, exit_on_input_errors(), _exit_on_unknown_member(id):
        from subsim.base.erasure import WithoutPolicy, erase

        how: dict[str, Any] = {"by": by or login_name(), "note": note, "now": moment(), "today": current_day()}
        try:
            with base.reading() if dry_run else base.writing() as connection:
                erasure = erase(connection, id, **how, dry_run=dry_run)
        except WithoutPolicy:
            fail(Message("no policy is named: add retention: {{policy: NAME}} to the header of the base"))
        if not dry_run:
            base.settle()
    print_result(erasure.to_dict, lambda: erasure_page(erasure, page, dry_run), form, page)


@members.command()
@options(
    click.option("-o", "--output", metavar="FILE", required=True, help="The file to write, NDJSON or Parquet."),
    _DATABASE,
    format_in("table", "json"),
    LANG,
)
def export(output: str, database: str | None, form: str, page: "Page") -> None:
    """Write the members as a portfolio, header.yaml beside it.

    Members with keys of their own are named and left out; the exit code is then 1.
    """
    path = Path(output)
    if not path.name.endswith(RECORDS):
        fault = Message("{path} does not end in {endings}", path=repr(output), endings=join_words(RECORDS))
        raise click.BadParameter(localize(fault), param_hint="'--output'")
    with base_opened(database) as base, require_extra("portfolio", *MODULES), base.reading() as connection:
        try:
            written, left = written_members(connection, path)
        except OSError as error:
            fail(Message("{path} cannot be written: {why}", path=repr(output), why=system_message(error)))
    for each in left:
        why = each.left_out or Message("the base has no header")
        click.echo(localize(Message("{id}: {why}", id=each.id, why=why)), err=True)
    ids = [each.id for each in left]
    words = Message("{written} written, {left} left out", written=written, left=len(left))
    print_result(lambda: {"written": written, "left": ids}, lambda: line_page(words, page), form, page)
    sys.exit(_LEFT_OUT if left else 0)


# Writing


def _write(
    id: str,
    fact: int | None,
    event: str | None,
    *,
    by: str | None,
    note: str | None,
    version: int | None,
    dry_run: bool,
    database: str | None,
    form: str,
    page: "Page",
) -> None:
    with base_opened(database) as base, exit_on_input_errors(), _exit_on_unknown_member(id):
        from subsim.base.change import Stale, UnknownFact, write

        wish = _wish(event, fact)
        try:
            with base.reading() if dry_run else base.writing() as connection:
                written = write(
                    connection,
                    id,
                    wish,
                    version=version,
                    by=by or login_name(),
                    note=note,
                    now=moment(),
                    today=current_day(),
                    dry_run=dry_run,
                )
        except UnknownFact:
            fail(Message("no fact {fact} of member {id} stands", fact=fact, id=quote(id)))
        except Stale as stale:
            fail(stale.args[0])
    print_result(written.to_dict, lambda: written_page(written, page), form, page)


def _wish(event: str | None, fact: int | None) -> "Wish":
    from subsim.answers.added_events import event_node
    from subsim.base.change import Wish
    from subsim.basics.faults import START, Faults

    faults = Faults(_SOURCE, event or "")
    node = None if event is None else event_node(event, faults)
    if faults:
        raise faults.as_errors()
    return Wish(event=node, fact=fact, faults=faults, here=START, origin=(_SOURCE, event or ""))


@contextmanager
def _exit_on_unknown_member(id: str) -> Iterator[None]:
    from subsim.base.member import UnknownMember

    try:
        yield
    except UnknownMember:
        fail(unknown_member(id))
