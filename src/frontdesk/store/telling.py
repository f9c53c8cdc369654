"""What came of a command goes back to its chats as messages of their inbox: the words are an ordinary turn's.

Each chat is told each outcome once: the message's id names the command, what it came to, and how many wishes the
command has been by then.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from frontdesk.booking.commands import Command, Deferred
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.dialogue.talk import Settled
from frontdesk.outage.command import CommandState
from frontdesk.store import inbox
from frontdesk.store.codec import Unreadable, load_command, outcome_kind
from frontdesk.store.columns import Moment
from frontdesk.store.inbox import Arrival
from frontdesk.store.tables import OPEN, chats, commands, watchers


@dataclass(frozen=True, slots=True)
class Telling:
    """What is to be told of the command of this number, in its so-manyeth revision."""

    number: int
    revision: int
    settled: Settled


_WATCHING = (
    select(chats.c.id, chats.c.channel, chats.c.account, chats.c.user)
    .join(watchers, watchers.c.chat == chats.c.id)
    .where(watchers.c.command == bindparam("command_id"))
)
_WAKE = update(chats).where(chats.c.id == bindparam("chat")).values(due_at=bindparam("now", type_=Moment))
_DEFERRED = (
    update(commands)
    .where(commands.c.id == bindparam("command_id"), commands.c.deferred_at.is_(None))
    .values(deferred_at=bindparam("now", type_=Moment))
)
_UNTOLD = select(commands).where(
    OPEN,
    commands.c.salon == bindparam("at"),
    commands.c.state.in_((CommandState.WAITING, CommandState.UNSURE)),
    commands.c.deferred_at.is_(None),
)


_BEHIND = select(commands).where(
    OPEN,
    commands.c.salon == bindparam("at"),
    commands.c.person == bindparam("whose"),
    commands.c.id > bindparam("command_id"),
    commands.c.state == CommandState.WAITING,
    commands.c.deferred_at.is_(None),
)


def tell(connection: Connection, telling: Telling, now: Instant, only: int | None = None) -> None:
    """Tells every chat that watches the command, or `only` that one; a chat that has been told so is left in peace."""
    outcome = telling.settled.outcome
    if isinstance(outcome, Deferred):
        connection.execute(_DEFERRED, {"command_id": telling.number, "now": now})
    revision = f".{telling.revision}" if telling.revision else ""
    told = f"command-{telling.number}{revision}-{outcome_kind(outcome)}"
    for chat in connection.execute(_WATCHING, {"command_id": telling.number}).all():
        if only is not None and chat.id != only:
            continue
        address = Address(chat.channel, chat.account, chat.user)
        if inbox.add(connection, chat.id, Arrival(address, f"{told}-chat-{chat.id}", telling.settled, now), now):
            connection.execute(_WAKE, {"chat": chat.id, "now": now})


def tell_waiting(connection: Connection, salon: str, why: str, now: Instant) -> None:
    """Tells the chats of all that waits for this salon that it waits; those that know are not told again."""
    for row in connection.execute(_UNTOLD, {"at": salon}).all():
        tell_deferred(connection, row, why, now)


def tell_behind(connection: Connection, number: int, command: Command, why: str, now: Instant) -> None:
    """Tells whoever wished more after this command, which has to wait, that the rest waits behind it."""
    behind = {"at": command.salon, "whose": command.phone, "command_id": number}
    for row in connection.execute(_BEHIND, behind).all():
        tell_deferred(connection, row, why, now)


def tell_deferred(connection: Connection, row: Row[Any], why: str, now: Instant, only: int | None = None) -> None:
    """Tells the chats of this command that it waits."""
    try:
        settled = Settled(load_command(row.command), Deferred(why))
    except Unreadable:
        return
    tell(connection, Telling(row.id, row.revision, settled), now, only)
