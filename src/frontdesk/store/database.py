"""The database behind one door: a whole transaction is one plain function, run in one thread hop.

SQLite stands in WAL mode with `synchronous=NORMAL`: a commit is in the file's pages before it returns, so a killed
process loses nothing. What NORMAL gives up is the last moments before a power cut (the database stays whole); FULL
would sync the disk at each of a turn's eight commits. Where that matters take PostgreSQL, which syncs every commit.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import stamina
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from frontdesk.store.migrate import migrate
from frontdesk.store.threads import InLine, Priority, Runner, Threads

T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000
SQLITE_WRITERS, SQLITE_READERS = 1, 2
POSTGRES_WRITERS, POSTGRES_READERS = 8, 2


class BadStore(ValueError):
    """The store's address can't be used; the words say what to write instead."""


class Store:
    """The one door to the database. Open it with `open_store`."""

    def __init__(self, writing: Engine, reading: Engine, waiting: int, *, in_line: bool = False) -> None:
        self._engines = (writing, reading)
        self.single_process = writing.dialect.name == "sqlite"
        writers, readers = _sizes(writing)
        self._writers: Runner = InLine(writing) if in_line else Threads("store-write", writing, writers, waiting)
        self._readers: Runner = InLine(reading) if in_line else Threads("store-read", reading, readers, waiting)

    async def write(self, work: Callable[[Connection], T], priority: Priority = Priority.WORK) -> T:
        """Runs the work in one writing transaction: all of it stands afterwards, or, where it raises, nothing."""
        return await self._writers.run(work, priority)

    async def read(self, work: Callable[[Connection], T], priority: Priority = Priority.PAGE) -> T:
        """Runs the work on one consistent view of the database; it can't write on SQLite."""
        return await self._readers.run(work, priority)

    async def close(self) -> None:
        """Finishes what was asked for and lets go of the database."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writers.close()
        self._readers.close()
        for engine in self._engines:
            engine.dispose()


def open_store(address: str, *, waiting: int = 1_000, in_line: bool = False) -> Store:
    """Opens the database of this address, creating and migrating it where needed.

    `sqlite:///frontdesk.db` (a path relative to the working directory, four slashes for an absolute one) or
    `postgresql://user:password@host/database`. Raises BadStore for any other address and where there is no way in.
    With `in_line` transactions hold up the caller's thread: for a clock that is not the wall's.
    """
    url = checked(address)
    try:
        writing, reading = _sqlite(url) if url.drivername == "sqlite" else _postgres(url)
        migrate(writing)
    except (DBAPIError, OSError) as fault:
        raise BadStore(f"the database of store.url can't be opened: {first_line(fault)}; {_cure(url)}") from None
    except CommandError:
        raise BadStore("the database of store.url was written by a newer Frontdesk: update this one") from None
    return Store(writing, reading, waiting, in_line=in_line)


def _cure(url: URL) -> str:
    if url.drivername == "sqlite":
        return f"see that this user may write to {Path(url.database or '').resolve()} and its folder"
    return "see that the server runs, and that the address, user and password are right"


def first_line(fault: DBAPIError | OSError) -> str:
    """The database's own words, without the statement."""
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    return str(cause).partition("\n")[0]


def checked(address: str) -> URL:
    """The address with the driver of ours; raises BadStore."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise BadStore(f"store.url is not an address of a database: {_ADVICE}") from None
    match url.get_backend_name():
        case "sqlite" if url.database and url.database != ":memory:":
            return url.set(drivername="sqlite")
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case _:
            raise BadStore(f"store.url names a database that Frontdesk does not keep its work in: {_ADVICE}")


_ADVICE = 'write "sqlite:///frontdesk.db" or "postgresql://user:password@host/database"'


def _sizes(engine: Engine) -> tuple[int, int]:
    if engine.dialect.name == "sqlite":
        return SQLITE_WRITERS, SQLITE_READERS
    return POSTGRES_WRITERS, POSTGRES_READERS


def _engine(url: URL, connections: int, **more: Any) -> Engine:  # noqa: ANN401 - each database has its own options
    """An engine whose faults don't show values: they are people's phones and words, and faults are logged."""
    return create_engine(url, pool_size=connections, max_overflow=0, hide_parameters=True, **more)


def _sqlite(url: URL) -> tuple[Engine, Engine]:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    writing, reading = _engine(url, SQLITE_WRITERS), _engine(url, SQLITE_READERS)
    _prepare(writing, ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"), "IMMEDIATE")
    _prepare(reading, ("PRAGMA query_only=ON",), "DEFERRED")
    return writing, reading


def _prepare(engine: Engine, pragmas: tuple[str, ...], begin: str) -> None:
    """Takes transactions out of the driver's hands: a writer must hold the lock before it reads."""

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}", "PRAGMA foreign_keys=ON", *pragmas):
            _insist(connection, pragma)

    def began(connection: Connection) -> None:
        # Straight to the driver: each transaction begins so, and the way through SQLAlchemy costs as much as a query.
        try:
            connection.connection.cursor().execute(f"BEGIN {begin}")
        except sqlite3.OperationalError as fault:
            raise OperationalError(f"BEGIN {begin}", None, fault) from fault

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", began)


def _insist(connection: sqlite3.Connection, pragma: str) -> None:
    """The change to WAL takes the whole file, and for that lock SQLite does not wait as it does for others."""
    for attempt in stamina.retry_context(on=_is_locked, attempts=None, timeout=BUSY_TIMEOUT_MS / 1000, wait_max=0.2):
        with attempt:
            connection.execute(pragma)


def _is_locked(fault: Exception) -> bool:
    return isinstance(fault, sqlite3.OperationalError) and "locked" in str(fault)


def _postgres(url: URL) -> tuple[Engine, Engine]:
    writing = _engine(url, POSTGRES_WRITERS, pool_pre_ping=True)
    return writing, _engine(url, POSTGRES_READERS, pool_pre_ping=True, isolation_level="REPEATABLE READ")
