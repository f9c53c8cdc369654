"""How often codes were sent and tried, counted from the commands themselves, so that no restart forgets it.

Somebody who types other people's phones must not be able to flood them with messages, nor to guess a code: so both are
counted by the phone, whoever asks, and by the chat, whatever phone it names; and of all chats together a salon sends no
more than so many an hour.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select

from frontdesk.booking.commands import CODE_SENT, CODE_TRIED, PHONE_TRIED, Command
from frontdesk.booking.times import Instant
from frontdesk.outage.command import CommandState
from frontdesk.store.tables import commands, watchers

WITHIN = timedelta(hours=1)
KEPT = timedelta(days=1)
AT_ONCE = 100
MOST_CODES = 3
MOST_WRONG = 5
MOST_OF_A_SALON = 60
"""Each costs the salon money, and a new chat with another's number is made in a moment."""


def too_many(connection: Connection, number: int, command: Command, now: Instant) -> bool:
    """Whether this command, `number`, is one code too many for its phone or for a chat that waits for it."""
    mine = or_(commands.c.person == command.phone, _of_the_same_chat(number)) & (commands.c.id != number)
    lately = mine & (commands.c.created_at > Instant(now - WITHIN))
    if command.subject.startswith(CODE_SENT):
        salons = (commands.c.salon == command.salon) & (commands.c.created_at > Instant(now - WITHIN))
        flooded = _count(connection, salons, CODE_SENT, CommandState.DONE) >= MOST_OF_A_SALON
        return flooded or _count(connection, lately, CODE_SENT, CommandState.DONE) >= MOST_CODES
    if command.subject.startswith(CODE_TRIED):
        return _count(connection, lately, CODE_TRIED, CommandState.REFUSED) >= MOST_WRONG
    return False


def _count(connection: Connection, which: ColumnElement[bool], kind: str, state: CommandState) -> int:
    counted = select(func.count(commands.c.id)).where(
        which, commands.c.state == state, commands.c.subject.startswith(kind)
    )
    return connection.execute(counted).scalar_one()


def forget_old(connection: Connection, now: Instant) -> None:
    """Deletes what no longer counts; bookings stay, they have a story of their own."""
    ours = or_(commands.c.subject.startswith(CODE_SENT), commands.c.subject.startswith(PHONE_TRIED))
    over = commands.c.state.in_((CommandState.DONE, CommandState.REFUSED))
    old = select(commands.c.id).where(ours, over, commands.c.created_at < Instant(now - KEPT)).limit(AT_ONCE)
    numbers = connection.execute(old).scalars().all()
    connection.execute(delete(watchers).where(watchers.c.command.in_(numbers)))
    connection.execute(delete(commands).where(commands.c.id.in_(numbers)))


def _of_the_same_chat(number: int) -> ColumnElement[bool]:
    chats = select(watchers.c.chat).where(watchers.c.command == number)
    return commands.c.id.in_(select(watchers.c.command).where(watchers.c.chat.in_(chats)))
