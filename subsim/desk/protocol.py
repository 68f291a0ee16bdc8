"""The HTTP protocol of uvicorn with a time limit for receiving a request, which uvicorn itself lacks."""

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
    """Closes a connection whose first byte or whole request does not arrive within the time."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # uvicorn's own type is narrower than asyncio's
        """Start the time limit of the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Keep the time limit until the request is complete."""
        if self._timer is None and self.conn.their_state is h11.IDLE:
            self._wait()
        super().data_received(data)
        if self.conn.their_state in (h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR):
            self._stop()

    def on_response_complete(self) -> None:
        """Start the time limit of the next request, which may have arrived already."""
        self._stop()
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the time limit."""
        self._stop()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer a request that is not HTTP with a problem and the common headers."""
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
