"""The service's database, read beside it to see exactly how far it has come."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(f"file:{self._path}?mode={mode}", uri=True, timeout=10)
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            connection.close()

    def rows(self, table: str, user: str) -> list[dict[str, Any]]:
        """This person's rows, oldest first."""
        of_chat = {"inbox": "t.chat", "replies": "t.chat", "chats": "t.id"}
        watched = "t.id IN (SELECT command FROM watchers WHERE chat IN (SELECT id FROM chats WHERE user = ?))"
        where = f"{of_chat[table]} IN (SELECT id FROM chats WHERE user = ?)" if table in of_chat else watched
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
                earlier = ", ".join(f"{column} = {column} - ?" for column in columns)
                connection.execute(f"UPDATE {table} SET {earlier}", [int(seconds * MICROSECONDS)] * len(columns))
            connection.commit()
