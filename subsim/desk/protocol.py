"""HTTP for uvicorn in which a request must come whole within its time; uvicorn itself has no such limit."""

import asyncio
import json
import os
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from subsim.desk.headers import headers_of
from subsim.desk.problems import MEDIA_TYPE
from subsim.desk.settings import REQUEST_SECONDS, VARIABLE, Settings


class TimedProtocol(H11Protocol):
    """Drops a connection whose request, or whose first byte, does not come whole within the time."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # uvicorn's own type is narrower than asyncio's
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting, unless the request has come whole."""
        if self._timer is None and self.conn.their_state is h11.IDLE:
            self._wait()
        super().data_received(data)
        if self.conn.their_state in (h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR):
            self._stop()

    def on_response_complete(self) -> None:
        """Wait for the next request, which may have come already."""
        self._stop()
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is a problem too, with the headers of every response."""
        problem = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": msg, "errors": []}
        body = json.dumps(problem).encode()
        headers = [*headers_of("/api/"), (b"content-type", MEDIA_TYPE.encode()), (b"connection", b"close")]
        headers.append((b"content-length", str(len(body)).encode()))
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _wait(self) -> None:
        self._stop()
        self._timer = self.loop.call_later(_seconds(), self._drop)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _drop(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.transport.abort()


def _seconds() -> float:
    return Settings.of(os.environ).request_seconds if VARIABLE in os.environ else REQUEST_SECONDS
