"""The desk as a process of its own, on a free port."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from tests.support.command import REPOSITORY

STORIES = REPOSITORY / "scenarios" / "stories"
_WAIT = 60


@frozen(kw_only=True)
class Got:
    """A response: its status, its headers by their small names, and its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def title(self) -> str:
        """The title of a page."""
        found = re.search("<title>(.*?)</title>", self.text)
        assert found is not None
        return found[1]


@frozen(eq=False)
class Served:
    """A desk that listens, and the lines of its log."""

    address: str
    process: "subprocess.Popen[str]"
    log: list[str]

    @property
    def port(self) -> int:
        """The port that it took."""
        port = urlsplit(self.address).port
        assert port is not None
        return port

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
        timeout: float = _WAIT,
    ) -> Got:
        """One request; a body that is no bytes is sent as JSON."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = dict(headers or {})
        data = body if isinstance(body, bytes | type(None)) else json.dumps(body).encode()
        if data is not None and not isinstance(body, bytes):
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, data, sent)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Got(status=response.status, headers=names, body=response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Got:
        """A page or an answer; names of headers have `_` for `-`."""
        return self.ask("GET", path, headers=_named(headers))

    def post(self, path: str, body: object, **headers: str) -> Got:
        """A body of JSON, or of bytes, sent."""
        return self.ask("POST", path, body, _named(headers))

    def end(self, sign: int = signal.SIGTERM, seconds: float = 15) -> int:
        """End it, and give its exit code."""
        self.process.send_signal(sign)
        return self.process.wait(seconds)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def served(*options: str | Path, **environment: str) -> Iterator[Served]:
    """A desk with these options; it is ended when this is."""
    locale = {"LC_ALL": "", "LANGUAGE": "", "LANG": "en_GB.UTF-8", "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(
        [sys.executable, "-m", "subsim", "serve", "--port", "0", *map(str, options)],
        env={**os.environ, **locale, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    log: list[str] = []
    assert process.stdout is not None
    assert process.stderr is not None
    reader = threading.Thread(target=lambda: log.extend(process.stderr or ()), daemon=True)
    reader.start()
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://"), "".join(log)
        yield Served(address, process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        reader.join(5)
        process.stdout.close()
        process.stderr.close()
