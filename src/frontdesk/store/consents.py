"""The privacy notices people were told: which version, in what words, and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete

from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import Reply, Talk
from frontdesk.store.once import insert_once
from frontdesk.store.wish_tables import consents


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that was told. `notice` tells one company's from another's, `text` is what was read."""

    notice: str
    version: str
    text: str
    at: Instant


_FORGET = delete(consents).where(consents.c.chat == bindparam("here"))


def news(before: Talk, after: Talk, said: Reply, now: Instant) -> list[Told]:
    """The notices that a turn told, in the words below its message."""
    new = [notice for notice in after.informed if notice not in before.informed]
    return [Told(notice, notice.partition(": ")[0], said.footer, now) for notice in new]


def note(connection: Connection, chat: int, told: Iterable[Told]) -> None:
    """Keeps that these were told; what was noted before stays as it was."""
    for one in told:
        row = {"chat": chat, "notice": one.notice, "version": one.version, "text": one.text, "told_at": one.at}
        insert_once(connection, consents, row)


def forget(connection: Connection, chat: int) -> None:
    """Erases what was told here."""
    connection.execute(_FORGET, {"here": chat})
