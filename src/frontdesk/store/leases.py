"""Leases: who works on a row, until when, and under which number.

A worker that stalls past its lease loses it: the number has grown by then, so its commit finds no row and is undone as
a whole. What was under way is judged by the state tables: a command found `sent` may have reached the provider, a
reply found `sending` may have reached the person.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, bindparam, update

from frontdesk.booking.times import Instant
from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.outage.reply import REPLY, ReplyEvent, ReplyState
from frontdesk.store.columns import Moment
from frontdesk.store.tables import OPEN, UNSETTLED, chats, commands, links, replies


class LeaseLost(RuntimeError):
    """Somebody else has taken over: nothing of this transaction may stand."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write about one row, as long as its number is the row's."""

    id: int
    number: int


@dataclass(frozen=True, slots=True)
class Due:
    """Nothing can be claimed now, something will be at this instant."""

    at: Instant


BEFORE = bindparam("before", type_=Moment)
NOW = bindparam("now", type_=Moment)
LATER = bindparam("later", type_=Moment)

_CHATS = (
    update(chats).where(chats.c.lease_until <= BEFORE).values(lease=chats.c.lease + 1, lease_until=None, due_at=NOW)
)
_COMMANDS_SENT = (
    update(commands)
    .where(OPEN, commands.c.lease_until <= BEFORE, commands.c.state == CommandState.SENT)
    .values(
        lease=commands.c.lease + 1,
        lease_until=None,
        state=COMMAND.after(CommandState.SENT, CommandEvent.RESTARTED),
        next_try_at=NOW,
    )
)
_COMMANDS_LOOKED_UP = (
    update(commands)
    .where(OPEN, commands.c.lease_until <= BEFORE)
    .values(lease=commands.c.lease + 1, lease_until=None, next_try_at=NOW)
)
_REPLIES = (
    update(replies)
    .where(UNSETTLED, replies.c.lease_until <= BEFORE, replies.c.state == ReplyState.SENDING)
    .values(
        lease=replies.c.lease + 1,
        lease_until=None,
        state=REPLY.after(ReplyState.SENDING, ReplyEvent.RESTARTED),
        cut_offs=replies.c.cut_offs + 1,
        next_try_at=LATER,
    )
)
_LOOKS = update(links).where(links.c.lease_until <= BEFORE).values(lease=links.c.lease + 1, lease_until=None)

_ALL = timedelta(days=365)


def take_over(connection: Connection, now: Instant, silence: timedelta, *, everything: bool = False) -> int:
    """Ends the leases that ran out and says how many; with `everything`, all of them.

    `everything` is for the start of the only process on this database: whoever held a lease is gone. A reply that was
    being sent is given `silence` for a report of its delivery.
    """
    when = {"before": now + _ALL if everything else now, "now": now, "later": now + silence}
    connection.execute(_LOOKS, when)
    ended = 0
    for statement in (_CHATS, _COMMANDS_SENT, _COMMANDS_LOOKED_UP, _REPLIES):
        ended += connection.execute(statement, when).rowcount
    return ended
