"""A conversation taken over by a person of the salon, answered by them, and given back to the assistant.

Whoever steers takes the lease from a turn that is under way: its commit then finds no row and is undone as a whole, so
the assistant's answer does not go out after all. What the turn had taken is unread as before and due at once, and the
next turn, which reads the conversation as it was left here, keeps silent or answers accordingly.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, select, update

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.dialogue.talk import Reply
from frontdesk.store import replies
from frontdesk.store.codec import dump_talk, load_talk
from frontdesk.store.columns import Moment
from frontdesk.store.replies import Outgoing
from frontdesk.store.tables import chats
from frontdesk.store.tables import replies as reply_rows


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's own words. `key` is unique for good: a form that is sent twice says it once."""

    who: str
    key: str
    text: str


_ONE = select(chats).where(chats.c.id == bindparam("chat")).with_for_update()
_STEER = (
    update(chats)
    .where(chats.c.id == bindparam("chat"))
    .values(
        talk=bindparam("new_talk"),
        human_since=bindparam("with_human", type_=Moment),
        taken_by=bindparam("by"),
        lease=chats.c.lease + 1,
        lease_until=None,
        due_at=case((chats.c.lease_until.is_not(None), bindparam("now", type_=Moment)), else_=chats.c.due_at),
        version=chats.c.version + 1,
    )
)
_KNOWN = select(reply_rows.c.id).where(reply_rows.c.key == bindparam("key"))
_SAID = update(chats).where(chats.c.id == bindparam("chat")).values(last_at=bindparam("now", type_=Moment))


def take(connection: Connection, chat: int, who: str, now: Instant) -> bool:
    """From now on this person answers and the assistant is silent; False where there is no such chat."""
    row = _row(connection, chat)
    if row is not None:
        _steer(connection, row, who, now)
    return row is not None


def give_back(connection: Connection, chat: int, now: Instant) -> bool:
    """From now on the assistant answers again; False where nobody had to take it over."""
    row = _row(connection, chat)
    if row is None or row.human_since is None:
        return False
    _steer(connection, row, None, now)
    return True


def answer(connection: Connection, chat: int, said: Answer, now: Instant) -> bool:
    """Takes the chat over and queues the person's words; False where there is no such chat."""
    row = _row(connection, chat)
    if row is None:
        return False
    _steer(connection, row, said.who, now)
    outgoing = Outgoing(Address(row.channel, row.account, row.user), said.key, Reply(said.text), author=said.who)
    replies.add(connection, chat, outgoing, now)
    connection.execute(_SAID, {"chat": chat, "now": now})
    return True


def is_said(connection: Connection, key: str) -> bool:
    """Whether the words of this key were queued already."""
    return connection.execute(_KNOWN, {"key": key}).one_or_none() is not None


def _row(connection: Connection, chat: int) -> Row[Any] | None:
    return connection.execute(_ONE, {"chat": chat}).one_or_none()


def _steer(connection: Connection, row: Row[Any], who: str | None, now: Instant) -> None:
    """The assistant's silence lasts from this moment: each word of the person makes it last anew."""
    since = None if who is None else now
    talk = dump_talk(replace(load_talk(row.talk), with_human_since=since))
    connection.execute(_STEER, {"chat": row.id, "new_talk": talk, "with_human": since, "by": who, "now": now})
