"""Answers on threads, each given up after its time so that others are answered meanwhile."""

import asyncio
import ctypes
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from attrs import Factory, define

from subsim.basics.texts import Message
from subsim.desk.problems import Problem

_THREADS = 40
T = TypeVar("T")


class GivenUp(BaseException):
    """Raised within an answer that took too long; no rule may catch it."""


@define
class _Run:
    """A function on a thread, which another one may stop while it runs."""

    function: Callable[[], Any]
    lock: threading.Lock = Factory(threading.Lock)
    thread: int | None = None
    is_given_up: bool = False

    def __call__(self) -> Any:
        with self.lock:
            if self.is_given_up:
                raise TimeoutError
            self.thread = threading.get_ident()
        try:
            try:
                return self.function()
            finally:
                with self.lock:
                    self.thread = None
        except GivenUp:
            raise TimeoutError from None

    def give_up(self) -> None:
        """Stop it: an exception is raised in its thread, as Python allows for threads that compute."""
        with self.lock:
            self.is_given_up = True
            if self.thread is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), ctypes.py_object(GivenUp))


class Answers:
    """Threads for answers, each of which may take so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="answer")

    async def run(self, function: Callable[[], T]) -> T:
        """What the function gives; a Problem where it takes too long."""
        run = _Run(function)
        waiting = asyncio.get_running_loop().run_in_executor(self._threads, run)
        try:
            done, _ = await asyncio.wait([waiting], timeout=self._seconds)
        except asyncio.CancelledError:  # the desk ends, and no answer may keep it
            run.give_up()
            raise
        if not done:
            run.give_up()
            waiting.add_done_callback(lambda future: future.cancelled() or future.exception())
            seconds = f"{self._seconds:g}"
            raise Problem(503, Message("the answer took longer than {seconds} s and was given up", seconds=seconds))
        result: T = waiting.result()
        return result

    def close(self) -> None:
        """Take no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
