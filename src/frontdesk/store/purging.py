"""What people wrote and were told goes after a while; what became of their appointments stays in the ledger.

A conversation that has been silent for as long keeps no words either: a wish that waited for a phone, the name and the
comment of a booking that never came about.

Rows are numbered as they come, so the oldest stand at the head: each batch looks at no more than the first few there.
What is still under way, however old, stays until it is through.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, Delete, Table, bindparam, delete, select, update

from frontdesk.booking.times import Instant
from frontdesk.dialogue.resting import at_rest
from frontdesk.store.codec import dump_talk, load_talk
from frontdesk.store.columns import Moment
from frontdesk.store.tables import OPEN_REPLIES, WORDED, MessageState, chats, inbox, replies

BATCH = 500
"""Few enough that no turn waits for it."""
TALKS = 100


def _oldest(table: Table, is_over: ColumnElement[bool], when: ColumnElement[Instant]) -> Delete:
    head = select(table.c.id).order_by(table.c.id).limit(BATCH).scalar_subquery()
    return delete(table).where(table.c.id.in_(head), is_over, when < bindparam("before", type_=Moment))


_MESSAGES = _oldest(inbox, inbox.c.state != MessageState.UNREAD, inbox.c.received_at)
_REPLIES = _oldest(replies, replies.c.state.not_in(OPEN_REPLIES), replies.c.created_at)

_TALKS = (
    select(chats.c.id, chats.c.talk, chats.c.version)
    .where(WORDED, chats.c.words_at < bindparam("before", type_=Moment))
    .order_by(chats.c.words_at)
    .limit(TALKS)
)
_RESTS = (
    update(chats)
    .where(chats.c.id == bindparam("chat"), chats.c.version == bindparam("read"))
    .values(talk=bindparam("rest"), words_at=None, version=chats.c.version + 1)
)


def purge(connection: Connection, now: Instant, keep: timedelta) -> int:
    """Deletes a batch of what is older than `keep`; says how many rows went."""
    before = {"before": now - keep}
    gone = sum(connection.execute(statement, before).rowcount for statement in (_MESSAGES, _REPLIES))
    return gone + _put_to_rest(connection, Instant(now - keep))


def _put_to_rest(connection: Connection, before: Instant) -> int:
    """A batch of talks; one in which a turn is committed at the same moment stays."""
    talks = connection.execute(_TALKS, {"before": before}).all()
    rests = ({"chat": row.id, "read": row.version, "rest": dump_talk(at_rest(load_talk(row.talk)))} for row in talks)
    return sum(connection.execute(_RESTS, values).rowcount for values in rests)
