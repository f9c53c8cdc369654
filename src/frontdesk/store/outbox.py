"""The commands that are open, for a person who looks after them: seen, hurried, given up."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from frontdesk.booking.commands import Book, Command, Move, RefusalReason, Refused
from frontdesk.booking.ids import MasterId
from frontdesk.booking.times import Instant, Local
from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.store import asked
from frontdesk.store.codec import Unreadable, load_command
from frontdesk.store.columns import Moment
from frontdesk.store.commands import ClaimedCommand, tell
from frontdesk.store.leases import Lease
from frontdesk.store.tables import OPEN, commands

UNREADABLE = "unreadable"
IN_HAND = (CommandState.WAITING, CommandState.CONFLICT)
"""These surely have not changed the journal, so they can be given up."""


@dataclass(frozen=True, slots=True)
class OpenCommand:
    """A command that is not settled. `person` is the whole phone; `next_try` is None where nothing tries it."""

    id: int
    kind: str
    salon: str
    person: str
    state: CommandState
    since: Instant
    tries: int
    next_try: Instant | None
    why: str


_COUNT = select(func.count()).select_from(commands).where(OPEN)
_OLDEST = select(commands).where(OPEN).order_by(commands.c.id).limit(bindparam("most"))
_ONE = select(commands).where(commands.c.id == bindparam("command_id"), OPEN).with_for_update()
_HURRY = (
    update(commands)
    .where(
        OPEN,
        commands.c.id == bindparam("command_id"),
        commands.c.lease_until.is_(None),
        commands.c.state.in_((CommandState.WAITING, CommandState.UNSURE)),
    )
    .values(next_try_at=bindparam("now", type_=Moment))
)
_SETTLE = (
    update(commands)
    .where(commands.c.id == bindparam("command_id"))
    .values(state=bindparam("becomes"), detail=bindparam("why"), lease=commands.c.lease + 1)
)


def oldest(connection: Connection, most: int) -> tuple[tuple[OpenCommand, ...], int]:
    """The oldest of them, and how many there are in all."""
    rows = connection.execute(_OLDEST, {"most": most}).all()
    return tuple(_shown(row) for row in rows), connection.execute(_COUNT).scalar_one()


def find(connection: Connection, number: int) -> OpenCommand | None:
    """The open command of this number, locked until the transaction ends; None where there is none."""
    row = connection.execute(_ONE, {"command_id": number}).one_or_none()
    return _shown(row) if row else None


def hurry(connection: Connection, number: int, now: Instant) -> bool:
    """Makes its next try due now; False where it is under way, or waits for a person's word."""
    return connection.execute(_HURRY, {"command_id": number, "now": now}).rowcount == 1


def try_again(connection: Connection, number: int, now: Instant) -> bool:
    """Makes its next try due now, also of one that the journal stood against; its chats are told what comes of it.

    False where it is under way, or can't be read.
    """
    command = _conflicted(connection, number)
    if command is None:
        return hurry(connection, number, now)
    asked.become(connection, number, command, CommandEvent.RETRIED, now)
    return True


def force(connection: Connection, number: int, now: Instant) -> bool:
    """Has a booking or a move in conflict written although its time is taken; False where it is none."""
    command = _conflicted(connection, number)
    if not isinstance(command, Book | Move):
        return False
    asked.become(connection, number, replace(command, force=True), CommandEvent.RETRIED, now)
    return True


def give_another_slot(connection: Connection, number: int, start: Local, master: MasterId, now: Instant) -> bool:
    """Gives a booking or a move in conflict another time; False where it is none. Its chats are told of that time."""
    command = _conflicted(connection, number)
    if not isinstance(command, Book | Move):
        return False
    wish = replace(command, start=start, master=master, force=False)
    asked.become(connection, number, wish, CommandEvent.RETRIED, now)
    return True


def _conflicted(connection: Connection, number: int) -> Command | None:
    row = connection.execute(_ONE, {"command_id": number}).one_or_none()
    if row is None or CommandState(row.state) is not CommandState.CONFLICT:
        return None
    try:
        return load_command(row.command)
    except Unreadable:
        return None


def give_up(connection: Connection, number: int, why: str, now: Instant) -> None:
    """Refuses an open command for good, and tells every chat that waits for it. Raises NoSuchMove."""
    row = connection.execute(_ONE, {"command_id": number}).one()
    state = CommandState(row.state)
    becomes = COMMAND.after(state, CommandEvent.REFUSED)
    connection.execute(_SETTLE, {"command_id": number, "becomes": becomes, "why": why})
    try:
        command = load_command(row.command)
    except Unreadable:
        return
    claimed = ClaimedCommand(Lease(row.id, row.lease), command, state, row.tries, row.sent_at, revision=row.revision)
    tell(connection, claimed, Refused(RefusalReason.OTHER, why), None, now)


def _shown(row: Row[Any]) -> OpenCommand:
    state = CommandState(row.state)
    idle = state is CommandState.CONFLICT
    return OpenCommand(
        id=row.id,
        kind=_kind(row.command),
        salon=row.salon,
        person=row.person,
        state=state,
        since=row.created_at,
        tries=row.tries,
        next_try=None if idle else row.next_try_at,
        why=row.detail,
    )


def _kind(stored: str) -> str:
    try:
        return type(load_command(stored)).__name__.lower()
    except Unreadable:
        return UNREADABLE
