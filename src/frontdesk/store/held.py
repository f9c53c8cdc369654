"""What a chat gave and can still take back: while one of its messages is unread, none of that leaves (`commands`)."""

from sqlalchemy import bindparam, exists, select

from frontdesk.outage.command import CommandState
from frontdesk.store.tables import commands, watchers

others = watchers.alias("others")
HELD = (
    select(commands.c.subject)
    .join(watchers, watchers.c.command == commands.c.id)
    .where(
        commands.c.state == CommandState.WAITING,
        commands.c.lease_until.is_(None),
        watchers.c.chat == bindparam("chat"),
        ~exists().where(others.c.command == commands.c.id, others.c.chat != bindparam("chat")),
    )
)
"""Of a chat alone: what another chat waits for too goes on for that one."""
