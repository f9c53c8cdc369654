"""What people wrote and were told goes after a while; what became of their appointments stays in the ledger.

Rows are numbered as they come, so the oldest stand at the head: each batch looks at no more than the first few there.
What is still under way, however old, stays until it is through.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, Delete, Table, bindparam, delete, select

from frontdesk.booking.times import Instant
from frontdesk.store.columns import Moment
from frontdesk.store.tables import OPEN_REPLIES, MessageState, inbox, replies

BATCH = 500
"""Few enough that no turn waits for it."""


def _oldest(table: Table, is_over: ColumnElement[bool], when: ColumnElement[Instant]) -> Delete:
    head = select(table.c.id).order_by(table.c.id).limit(BATCH).scalar_subquery()
    return delete(table).where(table.c.id.in_(head), is_over, when < bindparam("before", type_=Moment))


_MESSAGES = _oldest(inbox, inbox.c.state != MessageState.UNREAD, inbox.c.received_at)
_REPLIES = _oldest(replies, replies.c.state.not_in(OPEN_REPLIES), replies.c.created_at)


def purge(connection: Connection, now: Instant, keep: timedelta) -> int:
    """Deletes a batch of what is older than `keep`; says how many rows went."""
    before = {"before": now - keep}
    return sum(connection.execute(statement, before).rowcount for statement in (_MESSAGES, _REPLIES))
