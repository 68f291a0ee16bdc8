"""Work on a running dask cluster, with the same results as on the processes of this machine.

Dask repeats the tasks of a lost worker, so a task may run twice, even at the same time. It must write whole files and
give the same result each time. dask is imported only if a cluster is asked for.
"""

import asyncio
import logging
import pickle
import socket
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from attrs import frozen

from subsim.basics.texts import Message, Plural, system_message
from subsim.portfolio.job import CannotRun
from subsim.portfolio.pool import Done, Task, few_at_a_time

if TYPE_CHECKING:
    from distributed import Client, Future

_ANSWERS_WITHIN = 5
"""The seconds that a scheduler has to answer."""
_LOOKS_EVERY = 2
_PATIENCE = 60
"""The seconds that a cluster may be without workers, since workers may be restarted."""
_MUST_AGREE = ("dask", "distributed", "subsim")


@frozen
class Cluster:
    """The workers of a cluster, as `pool.Elsewhere` has them."""

    address: str
    client: "Client"

    def in_turn(self, work: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        """The results of the tasks, in their order; CannotRun where the scheduler or all workers are lost."""
        run, numbers = uuid4().hex, count()

        def start(task: Task) -> Callable[[], Done]:
            packed = zlib.compress(pickle.dumps((work, task)), 1)  # dask warns of tasks that are large
            with self._losses_as_cannot_run():
                future = self.client.submit(perform, packed, key=f"subsim-{run}-{next(numbers)}")
            return partial(self._result, future)

        yield from few_at_a_time(start, tasks, lambda: max(1, self._threads()))

    def versions(self) -> dict[str, Any]:
        """The versions installed here, at the scheduler and at each worker."""
        with self._losses_as_cannot_run():
            found: dict[str, Any] = self.client.get_versions(packages=["subsim"])
            return found

    def _result(self, future: "Future[Any]") -> Any:
        alone = 0
        with self._losses_as_cannot_run():
            while not future.done():
                with suppress(TimeoutError):
                    return future.result(timeout=_LOOKS_EVERY)
                alone = 0 if self._threads() else alone + _LOOKS_EVERY
                if alone >= _PATIENCE:
                    raise CannotRun(
                        Message(
                            "the scheduler at {address} has had no worker for {seconds} seconds: "
                            "the same command with --resume goes on",
                            address=self.address,
                            seconds=alone,
                        )
                    )
            return future.result()

    def _threads(self) -> int:
        with self._losses_as_cannot_run():
            return sum(self.client.nthreads().values())

    @contextmanager
    def _losses_as_cannot_run(self) -> Iterator[None]:
        from distributed.client import ClosedClientError
        from distributed.scheduler import KilledWorker

        try:
            yield
        except KilledWorker as lost:
            raise CannotRun(
                Plural(
                    "{n} worker was lost over the same part, perhaps for want of memory: "
                    "the same command with --resume goes on",
                    "{n} workers were lost over the same part, perhaps for want of memory: "
                    "the same command with --resume goes on",
                    n=lost.allowed_failures + 1,
                )
            ) from None
        except (CancelledError, ClosedClientError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # of a worker's file: those of a connection have no number
            raise CannotRun(
                Message(
                    "the scheduler at {address} is gone or was restarted: the same command with --resume goes on",
                    address=self.address,
                )
            ) from None


def perform(packed: bytes) -> Any:
    """Do a task, on the worker."""
    work, task = pickle.loads(zlib.decompress(packed))
    return work(task)


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster of the scheduler at an address; CannotRun where there is none, or it cannot be used.

    Running tasks are cancelled at the end of the context. Until then this process shows no logs or warnings.
    """
    import dask.config
    from distributed import Client

    with _silence(), dask.config.set({"distributed.comm.timeouts.connect": _ANSWERS_WITHIN}):
        _find_scheduler(address)
        with Client(address, timeout=_ANSWERS_WITHIN, set_as_default=False) as client:
            cluster = Cluster(address, client)
            _check_versions(address, cluster.versions())
            yield cluster


@contextmanager
def _silence() -> Iterator[None]:
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _find_scheduler(address: str) -> None:
    """CannotRun unless a scheduler listens at the address; a Client would wait long before it says so."""
    from distributed import __version__
    from distributed.comm.addressing import parse_address, parse_host_port

    try:
        host, port = parse_host_port(parse_address(address)[1])
        socket.create_connection((host, port), timeout=_ANSWERS_WITHIN).close()
    except (ValueError, OverflowError):
        raise CannotRun(
            Message("{address} is no address such as tcp://192.0.2.1:8786", address=repr(address))
        ) from None
    except OSError as error:
        raise CannotRun(
            Message("nobody listens at {address}: {why}", address=address, why=system_message(error))
        ) from None
    try:
        listener = asyncio.run(asyncio.wait_for(_identity(address), _ANSWERS_WITHIN))
    except TypeError as error:  # of an address that begins with tls://, where dask has no certificate set up
        raise CannotRun(Message("{address}: {why}", address=address, why=error)) from None
    except (OSError, ValueError, MemoryError):  # whatever it sends is taken for the length of a message
        raise CannotRun(
            Message("what listens at {address} is no scheduler of dask {version}", address=address, version=__version__)
        ) from None
    if listener["type"] != "Scheduler":
        raise CannotRun(
            Message("at {address} there is no scheduler, but a {what}", address=address, what=listener["type"])
        )


async def _identity(address: str) -> Any:
    """The identity given by a part of a cluster; OSError if it is none."""
    from distributed.core import rpc
    from distributed.security import Security

    async with rpc(address, connection_args=Security().get_connection_args("client")) as listener:
        return await listener.identity()


def _check_versions(address: str, versions: dict[str, Any]) -> None:
    """CannotRun unless there are workers, and the required versions are equal everywhere."""
    workers = versions["workers"]
    if not workers:
        raise CannotRun(
            Message(
                "the scheduler at {address} has no worker: start some with `{command}`",
                address=address,
                command=f"dask worker {address} --nworkers 2 --nthreads 1",
            )
        )
    here = versions["client"]["packages"]
    for place, there in {address: versions["scheduler"], **workers}.items():
        for package in _MUST_AGREE:
            found, expected = there["packages"][package], here[package]
            if found != expected:
                raise CannotRun(
                    Message(
                        "{package} is {here} here, but {there} at {place}: install the same everywhere",
                        package=package,
                        here=expected or Message("missing"),
                        there=found or Message("missing"),
                        place=place,
                    )
                )
