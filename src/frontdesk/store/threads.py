"""Threads that run whole transactions, fed by one bounded queue in order of priority.

SQLite has one writer at a time, so one thread owns the writing; PostgreSQL gets several. A job that waits for its turn
can still be cancelled; one that runs is carried to its end, and only its answer is dropped.
"""

import asyncio
import queue
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from itertools import count
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

DEADLOCK_TRIES = 5
PASSING = frozenset({"40001", "40P01"})
"""PostgreSQL's `serialization_failure` and `deadlock_detected`: «the application should retry the transaction»."""


class Priority(IntEnum):
    """Who goes first when several wait."""

    WEBHOOK = 0
    """A messenger waits for its answer and repeats itself without one."""
    WORK = 1
    """Turns, commands and replies."""
    PAGE = 2
    """What a person of the salon looks at, and tidying up."""
    CLOSE = 3


class StoreBusy(RuntimeError):
    """Too many transactions wait: the caller should say so to its own caller rather than queue up."""


class _Job:
    def __init__(self, work: Callable[[Connection], Any], answer: "Future[Any]") -> None:
        self._work = work
        self._answer = answer

    def run(self, engine: Engine) -> None:
        if not self._answer.set_running_or_notify_cancel():
            return
        try:
            self._answer.set_result(_transaction(engine, self._work))
        except BaseException as fault:  # noqa: BLE001 - it is raised again in the caller
            self._answer.set_exception(fault)


def _transaction(engine: Engine, work: Callable[[Connection], T], tries: int = DEADLOCK_TRIES) -> T:
    """Two PostgreSQL transactions can wait for each other; one of them is undone and simply done again."""
    try:
        with engine.begin() as connection:
            return work(connection)
    except DBAPIError as fault:
        if tries == 1 or getattr(fault.orig, "sqlstate", None) not in PASSING:
            raise
    return _transaction(engine, work, tries - 1)


class Runner(ABC):
    """Where transactions run."""

    @abstractmethod
    async def run(self, work: Callable[[Connection], T], priority: Priority) -> T:
        """Runs the work in one transaction and answers with its result."""

    @abstractmethod
    def close(self) -> None:
        """Lets what waits finish, and takes no more."""


class InLine(Runner):
    """Runs each transaction at once, in the caller's own thread.

    For a single process that plays on a clock of its own: nobody waits for it meanwhile, and a hop to a thread and back
    costs more than most transactions.
    """

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()

    async def run(self, work: Callable[[Connection], T], priority: Priority) -> T:  # noqa: ARG002 - nobody waits
        """Runs the work in one transaction and answers with its result."""
        with self._connection.begin():
            return work(self._connection)

    def close(self) -> None:
        """Nothing ever waits."""
        self._connection.close()


class Threads(Runner):
    """`size` threads on one engine; at most `waiting` jobs may wait."""

    def __init__(self, name: str, engine: Engine, size: int, waiting: int) -> None:
        self._engine = engine
        self._numbers = count()
        self._jobs: queue.PriorityQueue[tuple[int, int, _Job | None]] = queue.PriorityQueue(waiting)
        self._closed = False
        self._threads = [Thread(target=self._work, name=f"{name}-{n}", daemon=True) for n in range(size)]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[[Connection], T], priority: Priority) -> T:
        """Runs the work in one transaction and answers with its result.

        Raises StoreBusy where the queue is full or closed.
        """
        if self._closed:
            raise StoreBusy("the database is closed: the service is stopping")
        answer: Future[T] = Future()
        try:
            self._jobs.put_nowait((priority, next(self._numbers), _Job(work, answer)))
        except queue.Full:
            raise StoreBusy("the database can't keep up: too many transactions wait") from None
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Lets what waits finish, then ends the threads."""
        self._closed = True
        for _ in self._threads:
            self._jobs.put((Priority.CLOSE, next(self._numbers), None))
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()[2]) is not None:
            job.run(self._engine)
