"""What arrived: one row a message, unique by the messenger's own id, and one a settled command of the chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, select, update

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Content
from frontdesk.dialogue.talk import Settled
from frontdesk.store.codec import Unreadable, content_kind, dump_content, load_content
from frontdesk.store.once import insert_once
from frontdesk.store.tables import NOT_DONE, MessageState, inbox
from frontdesk.store.understanding import Understood, written

TAKEN_AT_ONCE = 50
"""Messages one turn takes; more wait for the next turn."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is to be stored: a person's message, or what came of a command."""

    address: Address
    message_id: str
    content: Content | Settled
    sent_at: Instant


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the inbox."""

    id: int
    message_id: str
    content: Content | Settled
    sent_at: Instant


_UNREAD = (
    select(inbox.c.id, inbox.c.message_id, inbox.c.kind, inbox.c.content, inbox.c.sent_at)
    .where(inbox.c.chat == bindparam("chat"), NOT_DONE, inbox.c.state == MessageState.UNREAD)
    .order_by(inbox.c.sent_at, inbox.c.id)
    .limit(TAKEN_AT_ONCE)
)
_CLOSE = (
    update(inbox)
    .where(inbox.c.id == bindparam("message"), inbox.c.state == MessageState.UNREAD)
    .values(state=bindparam("becomes"), heard=bindparam("understood"))
)


def add(connection: Connection, chat: int, arrival: Arrival, now: Instant) -> bool:
    """Stores the message as unread; False where it is there already."""
    row = {
        "chat": chat,
        "channel": arrival.address.channel,
        "account": arrival.address.account,
        "message_id": arrival.message_id,
        "kind": content_kind(arrival.content),
        "content": dump_content(arrival.content),
        "state": MessageState.UNREAD,
        "sent_at": arrival.sent_at,
        "received_at": now,
    }
    return insert_once(connection, inbox, row) is not None


def unread(connection: Connection, chat: int) -> tuple[Message, ...]:
    """The chat's unread messages by the messenger's time, then by arrival; at most TAKEN_AT_ONCE.

    What this version can't read is set aside.
    """
    found = []
    for row in connection.execute(_UNREAD, {"chat": chat}).all():
        try:
            found.append(Message(row.id, row.message_id, load_content(row.kind, row.content), row.sent_at))
        except Unreadable:
            _close(connection, [row.id], MessageState.SET_ASIDE)
    return tuple(found)


def close(
    connection: Connection, messages: Sequence[Message], state: MessageState, heard: Sequence[Understood] = ()
) -> None:
    """Marks these messages as no longer unread, with what was understood of them."""
    _close(connection, [message.id for message in messages], state, {one.message: written(one.heard) for one in heard})


def _close(
    connection: Connection,
    messages: Sequence[int],
    state: MessageState,
    heard: Mapping[int, str | None] = MappingProxyType({}),
) -> None:
    if messages:
        rows = [{"message": number, "becomes": state, "understood": heard.get(number)} for number in messages]
        connection.execute(_CLOSE, rows)
