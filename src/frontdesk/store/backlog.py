"""What is on its way: for whoever watches the service."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from frontdesk.booking.times import Instant
from frontdesk.outage.command import CommandState
from frontdesk.store.tables import NOT_DONE, OPEN, UNSETTLED, MessageState, commands, inbox, replies

_COUNTS = {
    table.name: select(table.c.state, func.count()).where(stands_open).group_by(table.c.state)
    for table, stands_open in ((inbox, NOT_DONE), (commands, OPEN), (replies, UNSETTLED))
}
_OLDEST = select(func.min(inbox.c.received_at)).where(NOT_DONE, inbox.c.state == MessageState.UNREAD)
_OLDEST_COMMAND = select(func.min(commands.c.created_at)).where(OPEN, commands.c.state != CommandState.CONFLICT)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many rows stand in each open state, by table and state; since when the oldest message and command wait.

    A conflict waits for a person's word, and is not counted among those.
    """

    counts: dict[tuple[str, str], int]
    oldest_unread: Instant | None
    oldest_command: Instant | None = None


def count(connection: Connection) -> Backlog:
    """Counts it now."""
    counts = {
        (table, state): number
        for table, statement in _COUNTS.items()
        for state, number in connection.execute(statement)
    }
    oldest = (connection.execute(one).scalar_one_or_none() for one in (_OLDEST, _OLDEST_COMMAND))
    return Backlog(counts, *oldest)
