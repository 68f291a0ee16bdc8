"""Authentication: the file of tokens, the sessions of the page, and the count of wrong tokens.

A token has 256 random bits, so a plain SHA-256 is safe. A session is a signed cookie that names the line of its token;
it ends with that line. Wrong tokens and ended sessions are counted in a file that all workers share.
"""

import hmac
import math
import os
import re
import secrets
import sqlite3
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import closing
from hashlib import sha256

from attrs import Factory, define, frozen

from subsim.basics.faults import quote
from subsim.basics.texts import Message
from subsim.desk.settings import SESSION_HOURS

WRONG_ONES = 5
MINUTE = 60.0
"""The number of wrong tokens of an address, and the seconds, after which the next one must wait."""
_NAME = re.compile(r"[^\s:\x00-\x1f\x7f-\x9f]([^:\x00-\x1f\x7f-\x9f]{0,98}[^\s:\x00-\x1f\x7f-\x9f])?")
_LINE = re.compile(r"([^:\n]+):([0-9a-f]{64})")


class TokenRefused(Exception):  # noqa: N818 - a claim, as in `raise TokenRefused`
    """No token can be made, or the file of tokens cannot be used; the message says why."""


def add_token(name: str, path: str) -> str:
    """A new token of this name, whose line is added to the file; TokenRefused where it cannot be."""
    if not _NAME.fullmatch(name):
        raise TokenRefused(
            Message("the name {name} will not do: expected 1 to 100 characters without a colon", name=quote(name))
        )
    token = secrets.token_urlsafe(32)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        _lock(descriptor)
        text = file.read()
        if name in _lines(text):
            raise TokenRefused(Message("there is a token of the name {name} already", name=quote(name)))
        os.fchmod(descriptor, 0o600)
        file.write(("" if text.endswith("\n") or not text else "\n") + f"{name}:{_hash(token)}\n")
        file.flush()
        os.fsync(descriptor)
    return token


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:  # not on Windows, where two people rarely add tokens at once
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def _lines(text: str) -> dict[str, str]:
    """The hash of each name."""
    return {match[1]: match[2] for line in text.splitlines() if (match := _LINE.fullmatch(line.strip()))}


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@define
class Tokens:
    """The tokens in a file, read again whenever it has changed."""

    path: str
    _seen: tuple[int, int, int] | None = None
    _names: dict[str, str] = Factory(dict)

    def check(self) -> None:
        """TokenRefused where the file cannot be read, or holds what is no token."""
        try:
            with open(self.path, encoding="utf-8") as file:
                lines = file.read().splitlines()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "UTF-8"
            raise TokenRefused(
                Message("the tokens {path} cannot be read: {why}", path=quote(self.path), why=why)
            ) from None
        for number, line in enumerate(lines, start=1):
            if line.strip() and not _LINE.fullmatch(line.strip()):
                raise TokenRefused(Message("{path}:{line}: this is no NAME:HASH", path=self.path, line=number))

    def name_of(self, token: str) -> str | None:
        """The name whose token this is."""
        wanted, found = _hash(token), None
        for name, known in self._current().items():
            if hmac.compare_digest(known, wanted):
                found = name
        return found

    def hash_of(self, name: str) -> str | None:
        """The hash in the line of this name; None without such a line."""
        return self._current().get(name)

    def _current(self) -> dict[str, str]:
        """The names and hashes of now; none where the file has gone."""
        try:
            stat = os.stat(self.path)
            seen = stat.st_mtime_ns, stat.st_size, stat.st_ino
            if seen != self._seen:
                with open(self.path, encoding="utf-8") as file:
                    self._names = _lines(file.read())
                self._seen = seen
        except (OSError, ValueError):
            self._names, self._seen = {}, None
        return self._names


# Sessions


@frozen
class Sessions:
    """The cookies of sessions, signed with the secret of this start."""

    secret: str
    tokens: Tokens
    attempts: "Attempts"

    def cookie(self, name: str, now: float) -> str:
        """The value of a cookie for the name of a token."""
        mark = (self.tokens.hash_of(name) or "")[:16]
        value = f"{_encoded(name)}.{mark}.{int(now + SESSION_HOURS * 3600)}.{secrets.token_hex(8)}"
        return f"{value}.{signature(self.secret, 'session', value)}"

    def name_of(self, cookie: str, now: float) -> str | None:
        """The name of a session that is not over."""
        value, _, signed = cookie.rpartition(".")
        if not hmac.compare_digest(signature(self.secret, "session", value).encode(), signed.encode()):
            return None
        encoded, mark, ends, _ = value.split(".")
        name = _decoded(encoded)
        known = self.tokens.hash_of(name)
        if int(ends) <= now or known is None or known[:16] != mark or self.attempts.is_over(cookie):
            return None
        return name


def signature(secret: str, purpose: str, value: str) -> str:
    """The signature of a value for one purpose."""
    return hmac.new(secret.encode(), f"{purpose}\n{value}".encode(), sha256).hexdigest()


def _encoded(name: str) -> str:
    return urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _decoded(text: str) -> str:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


# What was tried


@frozen
class Attempts:
    """Wrong tokens by address and sessions that were ended, in a file that all workers share."""

    path: str

    def make(self) -> None:
        """Make the file."""
        with closing(self._connection()) as connection, connection:
            connection.execute("CREATE TABLE wrong (address TEXT NOT NULL, at REAL NOT NULL)")
            connection.execute("CREATE TABLE over (mark TEXT PRIMARY KEY)")

    def wait_after_wrong(self, address: str, now: float) -> int | None:
        """Count a wrong token. After too many within a minute return the seconds to wait, and do not count."""
        with closing(self._connection()) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM wrong WHERE at <= ?", (now - MINUTE,))
            found = connection.execute("SELECT at FROM wrong WHERE address = ? ORDER BY at DESC", (address,)).fetchall()
            if len(found) >= WRONG_ONES:
                return int(max(1, math.ceil(found[WRONG_ONES - 1][0] + MINUTE - now)))
            connection.execute("INSERT INTO wrong VALUES (?, ?)", (address, now))
        return None

    def end(self, cookie: str) -> None:
        """End a session."""
        with closing(self._connection()) as connection, connection:
            connection.execute("INSERT OR IGNORE INTO over VALUES (?)", (_hash(cookie),))

    def is_over(self, cookie: str) -> bool:
        """Whether the session was ended."""
        with closing(self._connection()) as connection:
            return connection.execute("SELECT 1 FROM over WHERE mark = ?", (_hash(cookie),)).fetchone() is not None

    def _connection(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=10, isolation_level=None)
