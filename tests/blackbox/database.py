"""The service's database, read beside it to see exactly how far it has come."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

MOMENTS = {
    "chats": ("unread_since", "due_at", "lease_until", "send_after"),
    "inbox": ("sent_at", "received_at"),
    "commands": ("created_at", "next_try_at", "sent_at", "lease_until"),
    "replies": ("created_at", "next_try_at", "lease_until"),
    "pauses": ("until",),
}
MICROSECONDS = 1_000_000


class Database:
    """One SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def _open(self, mode: str) -> Iterator[Any]:
        connection = sqlite3.connect(f"file:{self._path}?mode={mode}", uri=True, timeout=10)
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            connection.close()

    def rows(self, table: str, user: str) -> list[dict[str, Any]]:
        """This person's rows, oldest first."""
        of_chat = {"inbox": "t.chat", "replies": "t.chat", "chats": "t.id"}
        watched = 't.id IN (SELECT command FROM watchers WHERE chat IN (SELECT id FROM chats WHERE "user" = ?))'
        where = f'{of_chat[table]} IN (SELECT id FROM chats WHERE "user" = ?)' if table in of_chat else watched
        with self._open("ro") as connection:
            found = connection.execute(f"SELECT t.* FROM {table} t WHERE {where} ORDER BY t.id", (user,))
            return [dict(row) for row in found]

    def states(self, table: str, user: str) -> list[str]:
        """The states of this person's rows, oldest first."""
        return [row["state"] for row in self.rows(table, user)]

    def count(self, table: str) -> int:
        with self._open("ro") as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def let_time_pass(self, seconds: float) -> None:
        """What the file would look like so much later: everything in it happened so much longer ago.

        Only while the service is down.
        """
        with self._open("rw") as connection:
            for table, columns in MOMENTS.items():
                earlier = ", ".join(f"{column} = {column} - {int(seconds * MICROSECONDS)}" for column in columns)
                connection.execute(f"UPDATE {table} SET {earlier}")
            connection.commit()


class _Asked:
    """A connection to PostgreSQL that is asked as SQLite's is."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self.commit = connection.commit

    def execute(self, statement: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        return self._connection.execute(statement.replace("?", "%s"), values)  # type: ignore[arg-type]


class SharedDatabase(Database):
    """One PostgreSQL database, which several processes work on."""

    def __init__(self, address: str) -> None:
        self._address = address

    @contextmanager
    def _open(self, mode: str) -> Iterator[Any]:
        del mode
        with psycopg.connect(self._address, row_factory=dict_row) as connection:
            yield _Asked(connection)

    def count(self, table: str) -> int:
        with self._open("ro") as connection:
            return int(connection.execute(f"SELECT count(*) AS many FROM {table}").fetchone()["many"])

    def let_leases_run_out(self) -> None:
        """Whatever is held now is free at once, as what a dead worker held is a while after its death.

        What a living one holds is too, as if it had stalled for that while.
        """
        with self._open("rw") as connection:
            for table in ("chats", "commands", "replies"):
                connection.execute(f"UPDATE {table} SET lease_until = 0 WHERE lease_until IS NOT NULL")
            connection.commit()
