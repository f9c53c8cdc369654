"""What can still be taken back before it leaves: the chat that gave it may think better of it."""

from sqlalchemy import bindparam, exists, select

from frontdesk.outage.command import CommandState
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
