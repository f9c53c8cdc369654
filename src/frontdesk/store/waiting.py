"""What waits to be written to the journals, as the desk shows it: conflicts first, then the oldest."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from frontdesk.booking.commands import Command
from frontdesk.booking.times import Instant
from frontdesk.outage.command import CommandState
from frontdesk.store.codec import Unreadable, load_command
from frontdesk.store.tables import OPEN, chats, commands, watchers

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open command. `command` is None where this version can't read it; `chat` and `name` are of whoever asked.

    `next_try` is None where nothing tries it by itself.
    """

    id: int
    command: Command | None
    salon: str
    person: str
    state: CommandState
    since: Instant
    tries: int
    next_try: Instant | None
    why: str
    chat: int | None
    name: str


_CONFLICTS_FIRST = (commands.c.state != CommandState.CONFLICT, commands.c.id)
_ASKER = (
    select(func.min(watchers.c.chat)).where(watchers.c.command == commands.c.id).correlate(commands).scalar_subquery()
)
_ALL = (
    select(commands, chats.c.id.label("chat"), chats.c.name)
    .select_from(commands)
    .outerjoin(chats, chats.c.id == _ASKER)
    .where(OPEN)
    .order_by(*_CONFLICTS_FIRST)
    .limit(MOST_SHOWN)
)
_ONE = (
    select(commands, chats.c.id.label("chat"), chats.c.name)
    .select_from(commands)
    .outerjoin(chats, chats.c.id == _ASKER)
    .where(OPEN, commands.c.id == bindparam("number"))
)
_COUNT = select(func.count()).select_from(commands).where(OPEN)


def waiting(connection: Connection) -> tuple[tuple[Waiting, ...], int]:
    """At most MOST_SHOWN of them, and how many there are in all."""
    rows = connection.execute(_ALL).all()
    return tuple(_waiting(row) for row in rows), connection.execute(_COUNT).scalar_one()


def of_number(connection: Connection, number: int) -> Waiting | None:
    """The open command of this number; None where there is none."""
    row = connection.execute(_ONE, {"number": number}).one_or_none()
    return _waiting(row) if row else None


def _waiting(row: Row[Any]) -> Waiting:
    state = CommandState(row.state)
    try:
        command: Command | None = load_command(row.command)
    except Unreadable:
        command = None
    return Waiting(
        id=row.id,
        command=command,
        salon=row.salon,
        person=row.person,
        state=state,
        since=row.created_at,
        tries=row.tries,
        next_try=None if state is CommandState.CONFLICT else row.next_try_at,
        why=row.detail,
        chat=row.chat,
        name=getattr(command, "name", "") or row.name or "",
    )
