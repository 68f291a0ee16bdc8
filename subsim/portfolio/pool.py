"""Work on several processes, its results in the order of the tasks, with few tasks at a time in memory."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Done = TypeVar("Done")

_AHEAD = 2
"""How many tasks a process has beside the one it works on."""


class Elsewhere(Protocol):
    """Workers that are no processes of this one, and how they are given work."""

    def in_turn(self, work: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        """The results of the tasks, in their order."""


def processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_turn(work: Callable[[Task], Done], tasks: Iterable[Task], workers: int | Elsewhere) -> Iterator[Done]:
    """The results of the tasks, in their order, by so many workers; one is this process itself.

    BrokenProcessPool where a worker is lost.
    """
    if not isinstance(workers, int):
        yield from workers.in_turn(work, tasks)
    elif workers == 1:
        yield from map(work, tasks)
    else:
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin_worker)
        try:
            yield from few_at_a_time(lambda task: pool.submit(work, task).result, tasks, lambda: workers)
        finally:
            pool.shutdown(cancel_futures=True)


def few_at_a_time(
    start: Callable[[Task], Callable[[], Done]], tasks: Iterable[Task], workers: Callable[[], int]
) -> Iterator[Done]:
    """The results in the order of the tasks; `start` begins a task and gives what waits for its result.

    No more tasks are begun than keep as many workers busy as there are each time.
    """
    waiting: deque[Callable[[], Done]] = deque()
    for task in tasks:
        waiting.append(start(task))
        if len(waiting) > workers() * _AHEAD:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def _begin_worker() -> None:
    """Leave an interrupt to the parent, and end with it should it be killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
