"""Threads that run whole transactions, fed by one bounded queue in order of priority.

SQLite has one writer at a time, so one thread owns the writing; PostgreSQL gets several. A job that waits for its turn
can still be cancelled; one that runs is carried to its end, and only its answer is dropped.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from queue import SimpleQueue
from threading import Lock, Thread
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


Begin = Callable[[], AbstractContextManager[Connection]]
"""Opens a transaction: what is done on its connection stands afterwards, or, where it raises, nothing of it."""


class _Job:
    """One transaction and whoever waits for its answer, on the loop they wait in."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[Any] = self._loop.create_future()

    def run(self, begin: Begin) -> None:
        if self.answer.cancelled():
            return
        try:
            result = _transaction(begin, self._work)
        except BaseException as fault:  # noqa: BLE001 - it is raised again in the caller
            self._tell(self.answer.set_exception, fault)
        else:
            self._tell(self.answer.set_result, result)

    def _tell(self, settle: Callable[[Any], None], value: object) -> None:
        """On the loop's own thread; a loop that has ended meanwhile waits for nothing any more."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._settle, settle, value)

    def _settle(self, settle: Callable[[Any], None], value: object) -> None:
        if not self.answer.done():
            settle(value)


def _transaction(begin: Begin, work: Callable[[Connection], T], tries: int = DEADLOCK_TRIES) -> T:
    """Two PostgreSQL transactions can wait for each other; one of them is undone and simply done again."""
    try:
        with begin() as connection:
            return work(connection)
    except DBAPIError as fault:
        if tries == 1 or getattr(fault.orig, "sqlstate", None) not in PASSING:
            raise
    return _transaction(begin, work, tries - 1)


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
        self._held = ExitStack()
        self._begin = _transactions(engine, self._held)

    async def run(self, work: Callable[[Connection], T], priority: Priority) -> T:  # noqa: ARG002 - nobody waits
        """Runs the work in one transaction and answers with its result."""
        return _transaction(self._begin, work)

    def close(self) -> None:
        """Nothing ever waits."""
        self._held.close()


class Threads(Runner):
    """`size` threads on one engine; at most `waiting` jobs may wait."""

    def __init__(self, name: str, engine: Engine, size: int, waiting: int) -> None:
        self._engine = engine
        self._queue = _Queue(waiting)
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
        job = _Job(work)
        if not self._queue.put(priority, job):
            raise StoreBusy("the database can't keep up: too many transactions wait")
        answer: T = await job.answer
        return answer

    def close(self) -> None:
        """Lets what waits finish, then ends the threads."""
        self._closed = True
        for _ in self._threads:
            self._queue.end()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        with ExitStack() as held:
            begin = _transactions(self._engine, held)
            while (job := self._queue.get()) is not None:
                job.run(begin)


def _transactions(engine: Engine, held: ExitStack) -> Begin:
    """Transactions on a connection of the thread's own, taken at the first and kept: a file does not hang up.

    On a network the pool looks before each whether the database still answers.
    """
    if engine.dialect.name != "sqlite":
        return engine.begin
    kept: list[Connection] = []

    @contextmanager
    def begin() -> Iterator[Connection]:
        if not kept:
            kept.append(held.enter_context(engine.connect()))
        with kept[0].begin():
            yield kept[0]

    return begin


class _Queue:
    """Jobs in order of priority, then of arrival; at most so many wait.

    The standard library's own takes five times as long: each of its steps takes a lock and wakes a condition, and here
    one queue of C counts.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._numbers = count()
        self._lock = Lock()
        self._waiting: list[tuple[int, int, _Job | None]] = []
        self._arrivals: SimpleQueue[None] = SimpleQueue()

    def put(self, priority: Priority, job: _Job) -> bool:
        """Takes the job in; False where too many wait."""
        return self._push(priority, job, self._most)

    def end(self) -> None:
        """One of those who get is to end, once everything else is through."""
        self._push(Priority.CLOSE, None, None)

    def get(self) -> _Job | None:
        """Waits for the next job; None is the end."""
        self._arrivals.get()
        with self._lock:
            return heappop(self._waiting)[2]

    def _push(self, priority: Priority, job: _Job | None, most: int | None) -> bool:
        with self._lock:
            if most is not None and len(self._waiting) >= most:
                return False
            heappush(self._waiting, (priority, next(self._numbers), job))
        self._arrivals.put(None)
        return True
