"""Taking a wish back before it leaves: the chat that gave it has thought better of it."""

from sqlalchemy import Connection, bindparam, exists, select, update

from frontdesk.booking.times import Instant
from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.store.tables import commands, watchers

others = watchers.alias("others")
ONLY_ITS_OWN = (
    (commands.c.state == CommandState.WAITING)
    & commands.c.lease_until.is_(None)
    & (watchers.c.chat == bindparam("chat"))
    & ~exists().where(others.c.command == commands.c.id, others.c.chat != bindparam("chat"))
)
"""What this chat alone gave, and what has not left: while a message of the chat is unread, it does not (`commands`)."""
HELD = select(commands.c.subject).join(watchers, watchers.c.command == commands.c.id).where(ONLY_ITS_OWN)
_MINE = (
    select(commands.c.id, commands.c.state)
    .join(watchers, watchers.c.command == commands.c.id)
    .where(ONLY_ITS_OWN, commands.c.subject == bindparam("about"))
    .with_for_update(of=commands)
)
_END = (
    update(commands)
    .where(commands.c.id == bindparam("command_id"))
    .values(state=bindparam("becomes"), detail=bindparam("why"), lease=commands.c.lease + 1)
)


def withdraw(connection: Connection, chat: int, subject: str, now: Instant) -> bool:
    """Ends what this chat asked for, if it has surely not left; false where there is no such command."""
    rows = connection.execute(_MINE, {"chat": chat, "about": subject}).all()
    for row in rows:
        becomes = COMMAND.after(CommandState(row.state), CommandEvent.HELD_BACK)
        why = f"taken back by the client at {now:%H:%M}"
        connection.execute(_END, {"command_id": row.id, "becomes": becomes, "why": why})
    return bool(rows)
