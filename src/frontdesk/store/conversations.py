"""Conversations as the desk shows them: the list, and what was said in one, in order. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Content, Delivery
from frontdesk.dialogue.talk import Reply, Settled
from frontdesk.language.heard import Heard
from frontdesk.outage.reply import ReplyState
from frontdesk.store import understanding
from frontdesk.store.codec import SETTLED, Unreadable, load_content, load_reply
from frontdesk.store.tables import SPOKEN, WITH_HUMAN, chats, inbox, replies

MOST_LISTED = 50
MOST_SHOWN = 200
MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a conversation. `said` is None where this version can't read it.

    `state` and `delivery` are set for a message of ours alone: how far it got; `author` is the person who wrote it,
    None for the assistant. `heard` is what was understood of a client's words.
    """

    at: Instant
    said: Content | Settled | Reply | None
    state: ReplyState | None = None
    delivery: Delivery | None = None
    detail: str = ""
    author: str | None = None
    heard: Heard | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the salon said it."""
        return self.state is not None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat of the list. `human_since` is since when a person of the salon is asked for; `last` is what was said.

    `taken_by` is whoever answers there instead of the assistant, None as long as nobody has taken it over.
    """

    id: int
    address: Address
    name: str
    phone: Phone | None = field(repr=False)
    last_at: Instant | None
    human_since: Instant | None
    last: Line | None = None
    taken_by: str | None = None


_CHAT = select(chats)
_SAID = select(inbox.c.kind, inbox.c.content, inbox.c.sent_at, inbox.c.id, inbox.c.heard)
_ANSWERED = select(
    replies.c.content,
    replies.c.created_at,
    replies.c.state,
    replies.c.delivery,
    replies.c.detail,
    replies.c.author,
    replies.c.id,
)
_ANY_SAID, _ANY_ANSWERED = inbox.alias(), replies.alias()
_THESE = chats.c.id.in_(bindparam("of", expanding=True))
_NEWEST_SAID = (
    select(_ANY_SAID.c.id)
    .where(_ANY_SAID.c.chat == chats.c.id, _ANY_SAID.c.kind != SETTLED)
    .order_by(_ANY_SAID.c.sent_at.desc(), _ANY_SAID.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_NEWEST_ANSWERED = (
    select(_ANY_ANSWERED.c.id)
    .where(_ANY_ANSWERED.c.chat == chats.c.id)
    .order_by(_ANY_ANSWERED.c.created_at.desc(), _ANY_ANSWERED.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_LAST_SAID = _SAID.add_columns(inbox.c.chat).where(inbox.c.id.in_(select(_NEWEST_SAID).where(_THESE)))
_LAST_ANSWERED = _ANSWERED.add_columns(replies.c.chat).where(replies.c.id.in_(select(_NEWEST_ANSWERED).where(_THESE)))
"""The newest of each of these chats, both in one question: a list of a hundred asks no hundred times."""


def waiting(connection: Connection) -> tuple[Conversation, ...]:
    """Those who wait for a person and whom nobody has taken over yet, the longest first; at most MOST_WAITING."""
    found = _CHAT.where(WITH_HUMAN, chats.c.taken_by.is_(None)).order_by(chats.c.human_since, chats.c.id)
    return _with_last(connection, connection.execute(found.limit(MOST_WAITING)).all())


def recent(connection: Connection, before: Instant | None = None) -> tuple[Conversation, ...]:
    """The others, newest first, from before this instant; at most MOST_LISTED."""
    found = _CHAT.where(SPOKEN, chats.c.human_since.is_(None) | chats.c.taken_by.is_not(None))
    if before is not None:
        found = found.where(chats.c.last_at < before)
    ordered = found.order_by(chats.c.last_at.desc(), chats.c.id.desc()).limit(MOST_LISTED)
    return _with_last(connection, connection.execute(ordered).all())


def of_number(connection: Connection, chat: int) -> Conversation | None:
    """One chat; None where there is none of this number."""
    row = connection.execute(_CHAT.where(chats.c.id == chat)).one_or_none()
    return _conversation(row, None) if row else None


def lines(connection: Connection, chat: int, most: int = MOST_SHOWN) -> tuple[Line, ...]:
    """The newest messages both ways, oldest first; a command's outcome stands where it was learnt."""
    came = _SAID.where(inbox.c.chat == chat).order_by(inbox.c.sent_at.desc(), inbox.c.id.desc()).limit(most)
    went = _ANSWERED.where(replies.c.chat == chat).order_by(replies.c.created_at.desc(), replies.c.id.desc())
    theirs = [((row.sent_at, 0, row.id), _theirs(row)) for row in connection.execute(came)]
    ours = [((row.created_at, 1, row.id), _ours(row)) for row in connection.execute(went.limit(most))]
    ordered = sorted((*theirs, *ours), key=lambda one: one[0])
    return tuple(line for _, line in ordered[-most:])


def _with_last(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Conversation, ...]:
    """With what was said last, by a person or by us; an outcome is told in our words anyway."""
    these = {"of": [row.id for row in rows]}
    last = {row.chat: _theirs(row) for row in connection.execute(_LAST_SAID, these)} if rows else {}
    for row in connection.execute(_LAST_ANSWERED, these) if rows else ():
        ours, theirs = _ours(row), last.get(row.chat)
        last[row.chat] = theirs if theirs and theirs.at > ours.at else ours
    return tuple(_conversation(row, last.get(row.id)) for row in rows)


def _conversation(row: Row[*tuple[Any, ...]], last: Line | None) -> Conversation:
    address = Address(row.channel, row.account, row.user)
    phone, taken_by = row.proved or row.claimed, row.taken_by if row.human_since else None
    return Conversation(row.id, address, row.name, phone, row.last_at, row.human_since, last, taken_by)


def _theirs(row: Row[*tuple[Any, ...]]) -> Line:
    try:
        return Line(row.sent_at, load_content(row.kind, row.content), heard=understanding.load(row.heard))
    except Unreadable:
        return Line(row.sent_at, None)


def _ours(row: Row[*tuple[Any, ...]]) -> Line:
    try:
        said: Reply | None = load_reply(row.content)
    except Unreadable:
        said = None
    delivery = Delivery(row.delivery) if row.delivery else None
    return Line(row.created_at, said, ReplyState(row.state), delivery, row.detail, row.author)
