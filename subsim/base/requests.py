"""Requests with an idempotency key: a repeated one gives its first answer and records nothing."""

from attrs import frozen
from sqlalchemy import Connection, delete, insert, select

from subsim.base.tables import REQUESTS
from subsim.basics.instants import Moment, hours_before, written

KEPT_HOURS = 24


class OtherRequest(Exception):  # noqa: N818 - a claim, as in `raise OtherRequest`
    """Another request was answered under this key."""


@frozen(kw_only=True)
class Request:
    """The asker, the key, and a hash by which the request is compared with others."""

    asker: str
    key: str
    fingerprint: str


@frozen(kw_only=True)
class Reply:
    """The answer to a request: its status and its body as JSON."""

    status: int
    body: str


def first_reply(connection: Connection, request: Request, now: Moment) -> Reply | None:
    """The answer given to the request within the last day; OtherRequest if the key was used for another one."""
    query = select(REQUESTS).where(REQUESTS.c.asker == request.asker, REQUESTS.c.key == request.key)
    row = connection.execute(query.where(REQUESTS.c.recorded_at > written(hours_before(now, KEPT_HOURS)))).one_or_none()
    if row is None:
        return None
    if row.fingerprint != request.fingerprint:
        raise OtherRequest
    return Reply(status=row.status, body=row.body)


def keep_reply(connection: Connection, request: Request, reply: Reply, now: Moment) -> None:
    """Store the first answer to a request, in the transaction of the write itself; old answers are deleted."""
    connection.execute(delete(REQUESTS).where(REQUESTS.c.recorded_at <= written(hours_before(now, KEPT_HOURS))))
    connection.execute(
        insert(REQUESTS).values(
            asker=request.asker,
            key=request.key,
            fingerprint=request.fingerprint,
            status=reply.status,
            body=reply.body,
            recorded_at=written(now),
        )
    )
