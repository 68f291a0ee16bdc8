"""Runs tasks on several processes. Results come in the order of the tasks, with few tasks in memory at a time."""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Done = TypeVar("Done")

_AHEAD = 2
"""The tasks that a process has waiting beside the one it works on."""
_HELD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals that are blocked while a process is started."""
_QUIET = "ignore:resource_tracker:UserWarning"
"""The warning of multiprocessing about semaphores of a killed process, which are freed all the same."""


class WorkerLost(Exception):  # noqa: N818 - nobody's error: another process, or the system, ended it
    """A worker ended in the middle of a task."""


class Elsewhere(Protocol):
    """Workers that are not processes of this one, and the way to give them tasks."""

    def in_turn(self, work: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        """The results of the tasks, in their order."""


def processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_turn(
    work: Callable[[Task], Done], tasks: Iterable[Task], workers: int | Elsewhere, needs: Sequence[str] = ()
) -> Iterator[Done]:
    """The results of the tasks, in their order, by so many workers; one is this process itself.

    `needs` are the modules that the work is done with. WorkerLost where a worker is lost.
    """
    if not isinstance(workers, int):
        yield from workers.in_turn(work, tasks)
    elif workers == 1:
        yield from map(work, tasks)
    else:
        if _QUIET not in sys.warnoptions:
            sys.warnoptions.append(_QUIET)
        yield from _by_processes(work, tasks, workers, needs)


def _by_processes(
    work: Callable[[Task], Done], tasks: Iterable[Task], workers: int, needs: Sequence[str]
) -> Iterator[Done]:
    """The results by so many processes, which end at once when this one stops early or is killed.

    Where the system allows it they are forks of a process that has loaded the modules and has done nothing else.
    """
    from concurrent.futures import ProcessPoolExecutor  # these are slow to load, and one worker needs none of them
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import forkserver, get_context

    can_fork = sys.platform == "linux" and not any(os.pathsep in each for each in sys.path)
    context = get_context("forkserver" if can_fork else "spawn")
    end, mine = context.Pipe(duplex=False)
    with _signals_held():
        pool = ProcessPoolExecutor(workers, context, _begin_worker, (end,))
    try:
        if can_fork:
            forkserver.set_forkserver_preload(list(needs))
            with _signals_held(), _path_handed_on():  # anew, since to begin the pool unblocks them
                forkserver.ensure_running()
        yield from few_at_a_time(lambda task: _submitted(pool, partial(work, task)).result, tasks, lambda: workers)
        pool.shutdown()
    except BrokenProcessPool:
        raise WorkerLost from None
    finally:
        mine.close()
        pool.shutdown(cancel_futures=True)
        end.close()
        if can_fork:  # it would wait for more work, and the time of its workers would be nobody's
            forkserver._forkserver._stop()  # type: ignore[attr-defined] # there is no other way


@contextmanager
def _path_handed_on() -> Iterator[None]:
    """Let a process that is started here look for modules where this one does, not in the current folder first.

    Until Python 3.13 the process that forks the workers is not told where, unlike the workers.
    """
    path = {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)), "PYTHONSAFEPATH": "1"}
    before = {name: os.environ.get(name) for name in path}
    os.environ.update(path)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def few_at_a_time(
    start: Callable[[Task], Callable[[], Done]], tasks: Iterable[Task], workers: Callable[[], int]
) -> Iterator[Done]:
    """The results in the order of the tasks; `start` begins a task and returns a function that waits for its result.

    Only as many tasks are begun as the workers need at the time.
    """
    waiting: deque[Callable[[], Done]] = deque()
    for task in tasks:
        waiting.append(start(task))
        if len(waiting) > workers() * _AHEAD:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def _submitted(pool: "ProcessPoolExecutor", work: Callable[[], Done]) -> "Future[Done]":
    with _signals_held():
        return pool.submit(work)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Block signals while processes are started.

    So this thread is not interrupted meanwhile. A new process inherits the mask, and prints nothing if it is
    interrupted while it loads its modules.
    """
    received: list[int] = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    answers = _answered_by(lambda number, _frame: received.append(number))
    try:
        yield
    finally:
        for number, answer in answers.items():
            signal.signal(number, answer)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number in received[:1]:
            signal.raise_signal(number)


def _answered_by(answer: Callable[[int, FrameType | None], object]) -> dict[int, Any]:
    """Set a handler for the signals, and return the handlers before; only the main thread can set any.

    The system delivers a signal to any thread that does not block it, but Python always handles it in the main thread.
    """
    if current_thread() is not main_thread():
        return {}
    found = {number: signal.getsignal(number) for number in _HELD}
    return {number: signal.signal(number, answer) for number, before in found.items() if callable(before)}


def _begin_worker(end: "Connection") -> None:
    """Ignore interrupts, which the parent handles, and end when the parent ends or closes its side."""
    gc.disable()  # to search the modules would only copy what the workers share
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)
    Thread(target=_end_with, args=(end,), daemon=True).start()


def _end_with(end: "Connection") -> None:
    end.poll(None)
    os._exit(1)
