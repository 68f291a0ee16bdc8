"""The options that name a base, and members of it in place of a file: `@10042`."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from subsim.basics.faults import quote
from subsim.basics.instants import Instant, known_instant
from subsim.basics.texts import Message
from subsim.desk.clock import current_day
from subsim.shell.options import localize, options
from subsim.shell.output import fail, require_extra

if TYPE_CHECKING:
    from subsim.base.database import Database
    from subsim.files.scenario import Scenario

DATABASE_VARIABLE = "SUBSIM_DATABASE"
DEFAULT_DATABASE = "sqlite:///members.db"
_MODULES = ("sqlalchemy", "alembic")


class InstantType(click.ParamType[Instant]):
    """An instant with an offset, or a date."""

    name = "instant"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Instant:
        """The instant given, or the last one of a date."""
        try:
            return known_instant(value)
        except ValueError as fault:
            self.fail(f"{value!r}: {localize(fault.args[0])}", param, ctx)


def _kept(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Store the value of an option for `member_scenario`, which every command calls."""
    ctx.meta[f"subsim.{param.name}"] = value
    return value


def database_option(**more: Any) -> Callable[[Any], Any]:
    """The option `--database`."""
    return click.option(
        "--database",
        metavar="URL",
        envvar=DATABASE_VARIABLE,
        help=f"The member base, SQLite or PostgreSQL.  [default: {DATABASE_VARIABLE}, or {DEFAULT_DATABASE}]",
        **more,
    )


OF_A_BASE = options(
    database_option(expose_value=False, callback=_kept),
    click.option(
        "--known-at",
        type=InstantType(),
        metavar="INSTANT",
        expose_value=False,
        callback=_kept,
        help="Ask of @ID on what was recorded by then: an instant with its offset, or a date.",
    ),
)
"""The options of a command whose FILE may be `@ID`."""


@contextmanager
def base_opened(url: str | None) -> Iterator["Database"]:
    """The base at an address; ends the command with a message where it cannot be used."""
    with require_extra("base", *_MODULES), require_extra("postgres", "psycopg"), exit_on_base_refusal():
        from subsim.base.database import opened

        database = opened(url or DEFAULT_DATABASE)
        try:
            yield database
        finally:
            database.close()


@contextmanager
def exit_on_base_refusal() -> Iterator[None]:
    """End the command with the message of BaseRefused."""
    from subsim.base.database import BaseRefused

    try:
        yield
    except BaseRefused as refused:
        fail(refused.message, refused.remedy)


def is_member(file: str) -> bool:
    """Whether FILE names a member of a base."""
    return file.startswith("@") and len(file) > 1


def member_scenario(file: str, policy: str | None = None) -> "Scenario":
    """The scenario of the member that `@ID` names, as known at the instant asked about; `policy` before its own."""
    context = click.get_current_context()
    known_at = context.meta.get("subsim.known_at")
    with base_opened(context.meta.get("subsim.database")) as database:
        from subsim.base.member import UnknownMember, member_at

        try:
            with database.reading() as connection:
                stored = member_at(connection, file[1:], known_at)
        except UnknownMember:
            fail(unknown_member(file[1:], known_at))
    return stored.scenario(current_day(), policy)


def check_no_base_asked() -> None:
    """A usage error where an instant is named beside a plain file."""
    if click.get_current_context().meta.get("subsim.known_at") is not None:
        raise click.UsageError(localize(Message("--known-at is about a member of the base: name him as @ID")))


def unknown_member(id: str, known_at: Instant | None = None) -> Message:
    """The message that the base has no such member, or had none then."""
    if known_at is not None:
        return Message("the base knew no member {id} at {instant}", id=quote(id), instant=known_at)
    return Message("the base has no member {id}", id=quote(id))


def login_name() -> str | None:
    """The login name on this machine; None where there is none."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        return os.environ.get("USER")
