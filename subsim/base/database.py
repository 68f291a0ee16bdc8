"""The database of a base: to open one of our version, to make one, and to upgrade one; each in one transaction."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from attrs import frozen
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from subsim.basics.texts import Message

_PATIENCE = 30
"""Seconds that a writer waits for another one."""
_KEPT = 5
_CONNECTIONS = 40
"""The connections beyond those kept open."""


class BaseRefused(Exception):  # noqa: N818 - a claim, as in `raise BaseRefused`
    """The base cannot be used; the message says why, `remedy` what to do."""

    def __init__(self, message: Message, remedy: Message | None = None) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


@frozen(eq=False)
class Database:
    """A database that may hold a base; `address` is its address without a password."""

    engine: Engine
    address: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the base as it is at its beginning; BaseRefused where it cannot be reached."""
        with self._refused(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is stored whole at its end, or not at all; on SQLite there is one at a time."""
        options = {"subsim_write": True}
        if self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "READ COMMITTED"  # type: ignore[assignment] # SQLAlchemy types it as text
        with self._refused(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def settle(self) -> None:
        """Remove erased data from SQLite's log too, as far as no reader needs it."""
        if self.engine.dialect.name == "sqlite":
            with self._refused(), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _refused(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            raise BaseRefused(
                Message("the base {url} cannot be reached: {why}", url=self.address, why=_first_line(error))
            ) from None

    def close(self) -> None:
        """Close its connections."""
        self.engine.dispose()


def opened(url: str) -> Database:
    """The base at an address; BaseRefused if there is none, or one of another version."""
    found = database(url)
    try:
        _check_version(found)
    except BaseException:
        found.close()
        raise
    return found


def _check_version(found: Database) -> None:
    """BaseRefused where there is no base, or one of another version."""
    version = version_of(found)
    if version is None:
        raise BaseRefused(
            Message("there is no base at {url}", url=found.address),
            Message("make one: subsim members init --database URL"),
        )
    known = list(_versions())
    if version == known[-1]:
        return
    if version in known:
        message = Message("the base {url} is older than this version of subsim", url=found.address)
        raise BaseRefused(message, Message("bring it to this version: subsim members upgrade --database URL"))
    message = Message("the base {url} is newer than this version of subsim", url=found.address)
    raise BaseRefused(message, Message("install the version of subsim that made it, or a newer one"))


def version_of(found: Database) -> str | None:
    """The version of the base; None where there is none."""
    if not _exists(found):
        return None
    with found.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def make(url: str, to: str = "head") -> Database:
    """Make the tables of a base, in a database without any; BaseRefused otherwise."""
    found = database(url, new=True)
    if _exists(found):
        with found.reading() as connection:
            tables = inspect(connection).get_table_names()
        if tables:
            found.close()
            raise BaseRefused(
                Message("there are tables already at {url}", url=found.address),
                Message("name another database, or bring the base there to this version: subsim members upgrade"),
            )
    _migrate(found, to)
    return found


def upgrade(url: str) -> Database:
    """Bring an older base to this version; BaseRefused where there is none, or a newer one."""
    found = database(url)
    version = version_of(found)
    if version in list(_versions())[:-1]:
        _migrate(found, "head")
    _check_version(found)
    return found


def database(url: str, new: bool = False) -> Database:
    """The database at an address, not opened yet; BaseRefused if it is of a kind that cannot have a base.

    A file of SQLite is made only if `new`.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BaseRefused(
            Message("{url} is no address of a database", url=repr(_without_password(url))), _ADDRESSES
        ) from None
    backend = parsed.get_backend_name()
    if backend in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif parsed.drivername != "sqlite" or not parsed.database or parsed.database == ":memory:":
        address = parsed.render_as_string(hide_password=True)
        raise BaseRefused(
            Message("a base is a file of SQLite, or a database of PostgreSQL; found {url}", url=address), _ADDRESSES
        )
    return Database(
        engine=_engine(parsed, new), address=parsed.render_as_string(hide_password=True).replace("+psycopg", "")
    )


_ADDRESSES = Message("write sqlite:///members.db, or postgresql://USER@HOST/NAME")


def _engine(url: URL, new: bool) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(url, new)
        return create_engine(
            url,
            poolclass=QueuePool,
            pool_size=_KEPT,
            max_overflow=_CONNECTIONS,
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
            connect_args={"connect_timeout": 5},
        )
    except NoSuchModuleError:
        raise BaseRefused(Message("{url} is no address of a database", url=repr(str(url))), _ADDRESSES) from None


def _sqlite(url: URL, new: bool) -> Engine:
    """SQLite with a write-ahead log, so that readers never wait; transactions are begun explicitly.

    Connections are kept open, since closing the last one also ends the log. A connection is not used again if its file
    was removed or replaced.
    """
    path = os.path.abspath(url.database or "")
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=_KEPT,
        max_overflow=_CONNECTIONS,
        creator=lambda: sqlite3.connect(
            f"file:{quote(path)}?mode={'rwc' if new else 'rw'}",
            uri=True,
            timeout=_PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        ),
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, record: ConnectionPoolEntry) -> None:
        for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
            connection.execute(f"PRAGMA {pragma}")
        record.info["file"] = _file(path)

    @event.listens_for(engine, "checkout")
    def _on_checkout(_connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        if record.info["file"] != _file(path):
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("subsim_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _file(path: str) -> tuple[int, int] | None:
    """The device and the inode number of the file at a path; None where there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _exists(found: Database) -> bool:
    """Whether there is a database; opening one in SQLite would make it."""
    if found.engine.dialect.name != "sqlite":
        return True
    path = found.engine.url.database
    return path is not None and os.path.exists(path) and os.path.getsize(path) > 0


def _migrate(found: Database, to: str) -> None:
    made = not _exists(found)
    try:
        with found.writing() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    except BaseException:
        path = found.engine.url.database
        if made and found.engine.dialect.name == "sqlite" and path and os.path.exists(path):
            found.close()
            os.unlink(path)
        raise


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


@cache
def _versions() -> tuple[str, ...]:
    """The versions of a base, the oldest first."""
    script = ScriptDirectory.from_config(_config())
    return tuple(reversed([revision.revision for revision in script.walk_revisions()]))


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]


def _without_password(url: str) -> str:
    before, at, after = url.rpartition("@")
    return f"{before.partition('://')[0]}://…@{after}" if at else url
