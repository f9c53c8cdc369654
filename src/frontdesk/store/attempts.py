"""How often codes were sent and tried, counted from the commands themselves, so that no restart forgets it.

Somebody who types other people's phones must not be able to flood them with messages, nor to guess a code: so both are
counted by the phone, whoever asks, and by the chat, whatever phone it names.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, func, or_, select

from frontdesk.booking.commands import CODE_SENT, CODE_TRIED, Command
from frontdesk.booking.times import Instant
from frontdesk.outage.command import CommandState
from frontdesk.store.tables import commands, watchers

WITHIN = timedelta(hours=1)
MOST_CODES = 3
MOST_WRONG = 5


def too_many(connection: Connection, number: int, command: Command, now: Instant) -> bool:
    """Whether this command, `number`, is one code too many for its phone or for a chat that waits for it."""
    if command.subject.startswith(CODE_SENT):
        return _count(connection, number, command, now, CODE_SENT, CommandState.DONE) >= MOST_CODES
    if command.subject.startswith(CODE_TRIED):
        return _count(connection, number, command, now, CODE_TRIED, CommandState.REFUSED) >= MOST_WRONG
    return False


def _count(  # noqa: PLR0913 - what is counted, by name
    connection: Connection, number: int, command: Command, now: Instant, kind: str, state: CommandState
) -> int:
    counted = select(func.count(commands.c.id)).where(
        commands.c.id != number,
        commands.c.state == state,
        commands.c.subject.like(f"{kind}%"),
        commands.c.created_at > Instant(now - WITHIN),
        or_(commands.c.person == command.phone, _of_the_same_chat(number)),
    )
    return connection.execute(counted).scalar_one()


def _of_the_same_chat(number: int) -> ColumnElement[bool]:
    chats = select(watchers.c.chat).where(watchers.c.command == number)
    return commands.c.id.in_(select(watchers.c.command).where(watchers.c.chat.in_(chats)))
