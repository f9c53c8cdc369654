"""What was said in one chat, as the person's own page shows it: their words and ours, the newest last."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Tap, Text
from frontdesk.dialogue.talk import Reply
from frontdesk.outage.reply import ReplyState
from frontdesk.store.codec import SETTLED, Unreadable, load_content, load_reply
from frontdesk.store.tables import chats, inbox, replies

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One message: the person's words, or our reply with its number. Numbers of one chat only grow."""

    at: Instant
    said: str | Reply
    number: int = 0


_HERE = (
    chats.c.channel == bindparam("on"),
    chats.c.account == bindparam("of"),
    chats.c.user == bindparam("who"),
)
_OURS = (
    select(replies.c.id, replies.c.content, replies.c.created_at)
    .join(chats, chats.c.id == replies.c.chat)
    .where(
        *_HERE,
        replies.c.id > bindparam("after"),
        replies.c.state == ReplyState.SENT,
        replies.c.message_id.startswith(bindparam("mark")),
    )
    .order_by(replies.c.id.desc())
    .limit(MOST_SHOWN)
)
_THEIRS = (
    select(inbox.c.kind, inbox.c.content, inbox.c.received_at)
    .join(chats, chats.c.id == inbox.c.chat)
    .where(*_HERE, inbox.c.kind != SETTLED)
    .order_by(inbox.c.sent_at.desc(), inbox.c.id.desc())
    .limit(MOST_SHOWN)
)


def ours(connection: Connection, address: Address, after: int, mark: str) -> list[Line]:
    """Our messages above this number that went to the page itself: their ids there begin with `mark`."""
    key = {"on": address.channel, "of": address.account, "who": address.user, "after": after, "mark": mark}
    rows = connection.execute(_OURS, key).all()
    found = [Line(row.created_at, _reply(row.content), row.id) for row in reversed(rows)]
    return [line for line in found if line.said != Reply("")]


def whole(connection: Connection, address: Address, mark: str) -> list[Line]:
    """Both sides, what is newest of each; what was forgotten or can't be read is left out."""
    key = {"on": address.channel, "of": address.account, "who": address.user}
    theirs = [Line(row.received_at, _words(row.kind, row.content)) for row in connection.execute(_THEIRS, key).all()]
    both = [*ours(connection, address, 0, mark), *(line for line in theirs if line.said)]
    return sorted(both, key=lambda line: line.at)[-MOST_SHOWN:]


def _reply(stored: str) -> Reply:
    try:
        return load_reply(stored)
    except Unreadable:
        return Reply("")


def _words(kind: str, stored: str) -> str:
    try:
        content = load_content(kind, stored)
    except Unreadable:
        return ""
    match content:
        case Text(text=text):
            return text
        case Tap(label=label):
            return label
        case _:
            return ""
