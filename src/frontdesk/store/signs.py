"""Whether something changed that a page shows: cheap marks, worth asking for each second, the same for every process.

A mark is a tuple of numbers that differs after each change worth showing: the newest row, and how many rows are open in
each state. Each is answered from an index. Two changes that cancel each other out within one look may be missed; the
page shows them at its next.
"""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, Select, func, select

from frontdesk.store.mirror_tables import mirror_salons
from frontdesk.store.tables import (
    NOT_DONE,
    OPEN,
    SPOKEN,
    UNSETTLED,
    WITH_HUMAN,
    chats,
    commands,
    inbox,
    ledger,
    links,
    replies,
)

Mark = tuple[object, ...]

TOPICS: Mapping[str, tuple[Select[*tuple[Any, ...]], ...]] = {
    "conversations": (
        select(func.max(chats.c.last_at)).where(SPOKEN),
        select(func.count(), func.max(chats.c.human_since)).where(WITH_HUMAN),
        select(func.max(inbox.c.id)),
        select(func.max(replies.c.id)),
        select(replies.c.state, func.count()).where(UNSETTLED).group_by(replies.c.state).order_by(replies.c.state),
        select(func.count()).select_from(inbox).where(NOT_DONE),
    ),
    "outbox": (
        select(func.max(commands.c.id)),
        select(commands.c.state, func.count(), func.sum(commands.c.tries))
        .where(OPEN)
        .group_by(commands.c.state)
        .order_by(commands.c.state),
    ),
    "board": (
        select(func.max(ledger.c.id)),
        select(mirror_salons.c.salon, mirror_salons.c.appointments_at).order_by(mirror_salons.c.salon),
    ),
    "link": (select(links.c.salon, links.c.state, links.c.since).order_by(links.c.salon),),
}
"""By the name of the event that a page listens for."""


def marks(connection: Connection) -> Mapping[str, Mark]:
    """The mark of each topic at this moment."""
    return {topic: _mark(connection, looks) for topic, looks in TOPICS.items()}


def written(marks_: Mapping[str, Mark]) -> str:
    """The marks in a few letters, to be compared with others: what a page was made from, as its address says it."""
    return "-".join(f"{crc32(repr(marks_[topic]).encode()):08x}" for topic in TOPICS)


def of_board(connection: Connection) -> Mark:
    """The mark of the appointments and of what was done about them."""
    return _mark(connection, TOPICS["board"])


def _mark(connection: Connection, looks: tuple[Select[*tuple[Any, ...]], ...]) -> Mark:
    return tuple(tuple(row) for look in looks for row in connection.execute(look))
