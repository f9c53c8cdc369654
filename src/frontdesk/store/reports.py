"""What the messenger says later of a message that was sent: settles one whose fate is unknown, notes how far it got."""

from sqlalchemy import Connection, bindparam, select, update

from frontdesk.channels.messages import Delivery, Report, further
from frontdesk.outage.reply import REPLY, ReplyEvent, ReplyState
from frontdesk.store import sending
from frontdesk.store.codec import brief
from frontdesk.store.tables import replies

_COLUMNS = (replies.c.id, replies.c.chat, replies.c.state, replies.c.delivery, replies.c.detail)
_BY_KEY = select(*_COLUMNS).where(replies.c.key == bindparam("our_key")).with_for_update()
_BY_MESSAGE = (
    select(*_COLUMNS)
    .where(
        replies.c.channel == bindparam("on"),
        replies.c.account == bindparam("of"),
        replies.c.message_id == bindparam("named"),
    )
    .with_for_update()
)
_SETTLE = (
    update(replies)
    .where(replies.c.id == bindparam("reply_id"))
    .values(
        state=bindparam("becomes"),
        delivery=bindparam("reached"),
        message_id=bindparam("named"),
        detail=bindparam("why"),
        lease=replies.c.lease + 1,
        lease_until=None,
    )
)


def settle(connection: Connection, report: Report) -> bool:
    """Takes one report in; False where it is about no message of ours.

    Reports come in any order, so how far a message got only grows. The lease ends too: whoever still waits for the
    answer of the send has nothing left to say about it.
    """
    row = connection.execute(_BY_KEY, {"our_key": report.key}).one_or_none() if report.key else None
    if row is None:
        key = {"on": report.channel, "of": report.account, "named": report.message_id}
        row = connection.execute(_BY_MESSAGE, key).first()
    if row is None:
        return False
    if report.rejected is not None and report.rejected.blocked:
        sending.block(connection, row.chat, report.at)
    known = Delivery(row.delivery) if row.delivery else None
    reached = report.delivery if known is None or further(report.delivery, known) else known
    connection.execute(
        _SETTLE,
        {
            "reply_id": row.id,
            "becomes": _becomes(ReplyState(row.state), reached),
            "reached": reached,
            "named": report.message_id,
            "why": brief(report.rejected.detail) if report.rejected and reached is Delivery.FAILED else row.detail,
        },
    )
    return True


def _becomes(state: ReplyState, reached: Delivery) -> ReplyState:
    """A state that reports can't move (a message that waits to go once more) stays as it is."""
    event = ReplyEvent.REPORTED_FAILED if reached is Delivery.FAILED else ReplyEvent.REPORTED
    return REPLY.moves.get((state, event), state)
