"""`subsim serve` and `subsim token`: the desk and its tokens."""

import os
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from subsim.basics.faults import InputErrors, quote
from subsim.basics.texts import Message, system_message
from subsim.desk.clock import moment
from subsim.shell.base import DEFAULT_DATABASE, database_option, exit_on_base_refusal
from subsim.shell.options import LANG_ALONE, localize, options
from subsim.shell.output import fail, print_errors, require_extra

if TYPE_CHECKING:
    from uvicorn import Config

    from subsim.desk.settings import Settings

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MODULES = ("litestar", "uvicorn", "jinja2", "sqlalchemy", "alembic")
_GRACE = 8
"""The seconds that running requests have when the desk ends."""


@click.command()
@options(
    database_option(),
    click.option("--folder", metavar="SCENARIOS", help="Serve the members of these scenario files, to read only."),
    click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on."),
    click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."),
    click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer."),
    click.option("--allow-edit", is_flag=True, help="Let events be recorded, corrected and retracted."),
    click.option("--tokens", metavar="FILE", help="Only who has a token of this file may ask; see `subsim token`."),
    click.option("--public-url", metavar="URL", help="The https address of the proxy that stands before the desk."),
    LANG_ALONE,
)
def serve(
    database: str | None,
    folder: str | None,
    host: str,
    port: int,
    workers: int,
    allow_edit: bool,
    tokens: str | None,
    public_url: str | None,
) -> None:
    """Serve the desk: a page and a JSON API over a member base.

    Prints its address once it listens; Ctrl-C ends it. Needs the extra `web`.
    """
    _check(folder, database, allow_edit, host, tokens, public_url)
    with ExitStack() as stack:
        stack.enter_context(require_extra("web", *_MODULES))
        stack.enter_context(require_extra("postgres", "psycopg"))
        for module in _MODULES:
            import_module(module)  # before the address is printed, and not when it is first asked
        from subsim.base.database import opened
        from subsim.desk.settings import ANSWER_SECONDS, REQUEST_SECONDS, VARIABLE, Settings
        from subsim.desk.tokens import Attempts

        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="subsim-desk-")))
        with exit_on_base_refusal():
            url = _folder_base(Path(folder), place) if folder is not None else database or DEFAULT_DATABASE
            opened(url).close()
        Attempts(str(place / "attempts.db")).make()
        listener = stack.enter_context(_listening(host, port))
        settings = Settings(
            database=url,
            secret=secrets.token_hex(32),
            attempts=str(place / "attempts.db"),
            allow_edit=allow_edit,
            tokens=tokens,
            public_url=public_url,
            port=listener.getsockname()[1],
            answer_seconds=_seconds("SUBSIM_ANSWER_SECONDS", ANSWER_SECONDS),
            request_seconds=_seconds("SUBSIM_REQUEST_SECONDS", REQUEST_SECONDS),
        )
        os.environ[VARIABLE] = settings.to_json()
        host_of_url = f"[{host}]" if ":" in host else host
        click.echo(f"http://{host_of_url}:{settings.port}")
        sys.stdout.flush()
        _run(_config(settings, workers), listener)


@click.command()
@options(
    click.argument("name"),
    click.option("--tokens", metavar="FILE", required=True, help="The file to which its line is added."),
    LANG_ALONE,
)
def token(name: str, tokens: str) -> None:
    """Make a token for someone, and print it once."""
    from subsim.desk.tokens import TokenRefused, add_token

    try:
        made = add_token(name, tokens)
    except TokenRefused as refused:
        fail(refused.args[0])
    except OSError as error:
        fail(Message("{path} cannot be written: {why}", path=quote(tokens), why=system_message(error)))
    click.echo(made)


def _seconds(variable: str, usual: float) -> float:
    """The seconds named in the environment, else the usual ones."""
    text = os.environ.get(variable, "")
    try:
        return float(text) if text else usual
    except ValueError:
        fail(Message("{variable} is {found}, expected seconds", variable=variable, found=quote(text)))


def _check(
    folder: str | None, database: str | None, allow_edit: bool, host: str, tokens: str | None, public_url: str | None
) -> None:
    """A usage error where the options do not go together."""
    if folder is not None:
        if allow_edit:
            raise click.UsageError(localize(Message("--allow-edit goes with a base: a folder is read only")))
        if click.get_current_context().get_parameter_source("database") is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(localize(Message("name either --database or --folder")))
    if public_url is not None:
        parts = urlsplit(public_url)
        if parts.scheme != "https" or not parts.hostname or parts.path not in ("", "/") or parts.query:
            fault = Message("{url} is no address such as https://desk.example.dk", url=quote(public_url))
            raise click.BadParameter(localize(fault), param_hint="'--public-url'")
    if host not in _LOOPBACK and (tokens is None or public_url is None):
        fault = Message("another host than loopback wants --tokens and --public-url https://…, with a proxy before it")
        raise click.UsageError(localize(fault))
    if tokens is not None:
        from subsim.desk.tokens import TokenRefused, Tokens

        try:
            Tokens(tokens).check()
        except TokenRefused as refused:
            fail(refused.args[0])


def _folder_base(folder: Path, place: Path) -> str:
    """A temporary base of the scenario files of a folder; faulty files are left out."""
    from subsim.base.database import make
    from subsim.base.folder import candidate_in, is_inside, scenario_files
    from subsim.base.intake import Candidate, Intake, Omission

    if not folder.is_dir():
        fail(Message("there is no folder {folder}", folder=quote(str(folder))))
    url = f"sqlite:///{place / 'members.db'}"

    def leave(left: Omission) -> None:
        click.echo(f"{left.file}:{left.line}: {localize(left.message)}", err=True)

    def candidates() -> Iterator[Candidate]:
        for file in scenario_files(folder):
            if not is_inside(file, folder):
                click.echo(
                    localize(Message("{file}: lies outside the folder and is left out", file=str(file))), err=True
                )
                continue
            try:
                yield candidate_in(file)
            except InputErrors as errors:
                print_errors(errors)

    base = make(url)
    with base.writing() as connection:
        Intake(connection=connection, replace=False, by=None, now=moment(), leave=leave).take(candidates())
    base.close()
    return url


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; ends with a message where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio lets small parts of a response go out at once (TCP_NODELAY) only where the socket says that it is TCP
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(2048)
        except OSError as error:
            place = f"{host}:{port}"
            fail(Message("cannot listen on {place}: {why}", place=place, why=system_message(error)))
        listener.set_inheritable(True)
        yield listener


def _config(settings: "Settings", workers: int) -> "Config":
    from uvicorn import Config

    from subsim.desk.protocol import TimedProtocol

    return Config(
        "subsim.desk.app:create",
        factory=True,
        http=TimedProtocol,
        ws="none",
        lifespan="on",
        workers=workers,
        access_log=False,
        log_level="error",
        server_header=False,
        proxy_headers=settings.public_url is not None,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=15,
    )


def _run(config: "Config", listener: socket.socket) -> None:
    """Serve until a signal; threads that still compute then do not keep the process running."""
    from uvicorn import Server
    from uvicorn.supervisors import Multiprocess

    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn has handled it by then, and raises it again
    if config.workers > 1:
        Multiprocess(config, sockets=[listener]).run()
        return
    with suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listener])
