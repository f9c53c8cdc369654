"""The privacy notices people were told: which version, in what words, and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select

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


_OF_CHAT = select(consents).where(consents.c.chat == bindparam("here")).order_by(consents.c.told_at, consents.c.notice)
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


def of_chat(connection: Connection, chat: int) -> tuple[Told, ...]:
    """What was told here, the earliest first."""
    rows = connection.execute(_OF_CHAT, {"here": chat}).all()
    return tuple(Told(row.notice, row.version, row.text, row.told_at) for row in rows)


def forget(connection: Connection, chat: int) -> None:
    """Erases what was told here."""
    connection.execute(_FORGET, {"here": chat})
