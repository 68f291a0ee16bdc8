"""Runs answers on threads; each is stopped after a time limit."""

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
_AT_ONCE = 4
"""The number of answers computed at the same time."""
_TURN_SECONDS = 0.25
"""The seconds for which an answer has a turn alone; then the next one starts beside it."""
T = TypeVar("T")


class AnswerTimeout(BaseException):
    """Raised inside an answer that takes too long; no rule may catch it."""


@define
class _Run:
    """A function on a thread that another thread may stop."""

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
        except AnswerTimeout:
            raise TimeoutError from None

    def give_up(self) -> None:
        """Stop it by an exception in its thread."""
        with self.lock:
            self.is_given_up = True
            if self.thread is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), ctypes.py_object(AnswerTimeout))


class _Turn:
    """A turn to compute, given back once: when the answer is ready, or after `_TURN_SECONDS`."""

    def __init__(self, turns: asyncio.Semaphore) -> None:
        self._turns, self._is_left = turns, False
        self._timer = asyncio.get_running_loop().call_later(_TURN_SECONDS, self.leave)

    def leave(self) -> None:
        """Let the next one begin."""
        if not self._is_left:
            self._is_left = True
            self._timer.cancel()
            self._turns.release()


class Answers:
    """Threads for answers, each with a limit in seconds that includes the wait for its turn."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="answer")

    async def run(self, function: Callable[[], T]) -> T:
        """The result of the function; a Problem where it takes too long."""
        run = _Run(function)
        try:
            async with asyncio.timeout(self._seconds) as limit:
                found: T = await self._in_turn(run)
                return found
        except TimeoutError:
            if not limit.expired():
                raise
            seconds = f"{self._seconds:g}"
            message = Message("the answer took longer than {seconds} s and was given up", seconds=seconds)
            raise Problem(503, message) from None

    async def _in_turn(self, run: _Run) -> Any:
        await self._turns.acquire()
        turn = _Turn(self._turns)
        waiting = asyncio.get_running_loop().run_in_executor(self._threads, run)
        try:
            return await asyncio.shield(waiting)
        except asyncio.CancelledError:  # the time is over or the desk ends; no answer may delay that
            run.give_up()
            waiting.add_done_callback(lambda future: future.cancelled() or future.exception())
            raise
        finally:
            turn.leave()

    def close(self) -> None:
        """Accept no more answers."""
        self._threads.shutdown(wait=False, cancel_futures=True)
