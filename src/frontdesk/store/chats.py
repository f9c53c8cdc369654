"""Chats: who writes where, the state of the conversation, and the lease under which a turn is taken.

`due_at` is when the chat's unread messages want an answer, NULL where there are none. A claim clears it, so what
arrives during a turn sets it anew; a lease that is lost sets it again (see `leases`).
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, case, exists, func, literal_column, select, union_all, update
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Incoming, Text
from frontdesk.dialogue.resting import at_rest
from frontdesk.dialogue.talk import Talk
from frontdesk.store import inbox
from frontdesk.store.codec import dump_talk, load_talk
from frontdesk.store.columns import Moment
from frontdesk.store.held import HELD
from frontdesk.store.inbox import Arrival, Message
from frontdesk.store.leases import Due, Lease, LeaseLost
from frontdesk.store.once import insert_of
from frontdesk.store.tables import OPEN, MessageState, chats, commands, masters, watchers
from frontdesk.store.understanding import Understood

LONGEST_THOUGHT = 5
"""So many quiet windows after the first unread message it is answered, even if the person goes on typing."""


@dataclass(frozen=True, slots=True)
class ClaimedChat:
    """A chat with its unread messages, under a lease.

    `busy` are the subjects of the open commands of this person or this chat; `held` those that this chat gave and that
    have not left: as long as a message of the chat is unread, they do not (see `commands`).
    """

    lease: Lease
    address: Address
    name: str
    proved: Phone | None = field(repr=False)
    claimed: Phone | None = field(repr=False)
    talk: Talk
    failures: int
    messages: tuple[Message, ...]
    busy: frozenset[str]
    held: frozenset[str]
    is_masters: bool = False
    """A master of the salon is told here what changed: this is no client's chat."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a turn leaves behind of its chat and of the messages it heard."""

    talk: Talk
    proved: Phone | None = field(repr=False)
    claimed: Phone | None = field(repr=False)
    heard: tuple[Understood, ...] = ()


_LEASED = (
    update(chats)
    .where(chats.c.id == bindparam("chat"), chats.c.lease == bindparam("held"), chats.c.lease_until.is_not(None))
    .values(lease_until=None)
)
_DUE = (
    update(chats)
    .where(chats.c.id == bindparam("chat"))
    .values(
        due_at=bindparam("due", type_=Moment),
        unread_since=bindparam("since", type_=Moment),
        last_at=bindparam("now", type_=Moment),
    )
)
_DUE_NOW = update(chats).where(chats.c.id == bindparam("chat")).values(due_at=bindparam("now", type_=Moment))
_WHEN_DUE = select(chats.c.due_at).where(chats.c.id == bindparam("chat"))
_OLDEST = (
    select(chats, exists().where(masters.c.chat == chats.c.id).label("is_masters"))
    .where(chats.c.due_at.is_not(None), chats.c.lease_until.is_(None))
    .order_by(chats.c.due_at)
    .limit(1)
    .with_for_update(of=chats, skip_locked=True)
)
_CLAIM = (
    update(chats)
    .where(chats.c.id == bindparam("chat"))
    .values(lease=chats.c.lease + 1, lease_until=bindparam("until", type_=Moment), due_at=None, unread_since=None)
)
_NOT_HELD, _IS_HELD = literal_column("0", Integer).label("is_held"), literal_column("1", Integer).label("is_held")
_BUSY = union_all(
    select(commands.c.subject, _NOT_HELD).where(OPEN, commands.c.person == bindparam("phone")),
    select(commands.c.subject, _NOT_HELD)
    .join(watchers, watchers.c.command == commands.c.id)
    .where(OPEN, watchers.c.chat == bindparam("chat")),
    HELD.add_columns(_IS_HELD),
)
_KEEP = _LEASED.returning(chats.c.due_at).values(
    talk=bindparam("new_talk"),
    proved=bindparam("new_proved"),
    claimed=bindparam("new_claimed"),
    human_since=bindparam("with_human", type_=Moment),
    taken_by=case((bindparam("with_human", type_=Moment).is_not(None), chats.c.taken_by)),
    last_at=bindparam("now", type_=Moment),
    words_at=bindparam("worded", type_=Moment),
    version=chats.c.version + 1,
    failures=0,
)
_PUT_BACK = _LEASED.returning(chats.c.due_at).values(
    due_at=func.coalesce(chats.c.due_at, bindparam("due", type_=Moment)), failures=bindparam("failed")
)


@cache
def _found_or_added(dialect: str) -> ReturningInsert[Any]:
    statement = insert_of(dialect, chats)
    said = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["channel", "account", "user"],
        set_={
            "name": func.coalesce(func.nullif(said.name, ""), chats.c.name),
            "proved": func.coalesce(said.proved, chats.c.proved),
            "blocked_at": None,
        },
    ).returning(chats.c.id, chats.c.due_at, chats.c.unread_since)


def receive(connection: Connection, incoming: Incoming, now: Instant, quiet: timedelta) -> bool:
    """Stores one message and says when its chat wants an answer; False where the message is known already."""
    where = incoming.address
    chat = connection.execute(
        _found_or_added(connection.dialect.name),
        {
            "channel": where.channel,
            "account": where.account,
            "user": where.user,
            "name": incoming.name,
            "proved": incoming.proved,
        },
    ).one()
    arrival = Arrival(where, incoming.message_id, incoming.content, incoming.sent_at)
    if not inbox.add(connection, chat.id, arrival, now):
        return False
    since = chat.unread_since or now
    due = due_after(chat.due_at, since, now, quiet if isinstance(incoming.content, Text) else None)
    connection.execute(_DUE, {"chat": chat.id, "due": due, "since": since, "now": now})
    return True


def due_after(due: Instant | None, unread_since: Instant, now: Instant, quiet: timedelta | None) -> Instant:
    """When the chat wants an answer, now that one more message came; `quiet` is None for what does not wait.

    Text waits for the rest of the thought after the last text, but never longer than LONGEST_THOUGHT windows in all.
    """
    if quiet is None or (due is not None and due <= now):
        return min(due or now, now)
    return min(Instant(now + quiet), Instant(unread_since + LONGEST_THOUGHT * quiet))


def wake(connection: Connection, chat: int, now: Instant) -> None:
    """The chat wants a turn at once."""
    connection.execute(_DUE_NOW, {"chat": chat, "now": now})


def due(connection: Connection, chat: int) -> Instant | None:
    """When the chat wants its next turn; None where it wants none."""
    at: Instant | None = connection.execute(_WHEN_DUE, {"chat": chat}).scalar_one()
    return at


def claim(connection: Connection, now: Instant, until: Instant) -> ClaimedChat | Due | None:
    """The chat that has waited longest, leased; else when the next one is due; None where nobody waits."""
    row = connection.execute(_OLDEST).one_or_none()
    if row is None:
        return None
    if row.due_at > now:
        return Due(row.due_at)
    connection.execute(_CLAIM, {"chat": row.id, "until": until})
    busy = connection.execute(_BUSY, {"chat": row.id, "phone": row.proved}).all()
    return ClaimedChat(
        lease=Lease(row.id, row.lease + 1),
        address=Address(row.channel, row.account, row.user),
        name=row.name,
        proved=row.proved,
        claimed=row.claimed,
        talk=load_talk(row.talk),
        failures=row.failures,
        messages=inbox.unread(connection, row.id),
        busy=frozenset(one.subject for one in busy),
        held=frozenset(one.subject for one in busy if one.is_held),
        is_masters=bool(row.is_masters),
    )


def keep(connection: Connection, chat: ClaimedChat, kept: Kept, now: Instant) -> Instant | None:
    """Ends the turn, its messages done, and says when the chat wants the next one; raises LeaseLost."""
    values = {
        "new_talk": dump_talk(kept.talk),
        "new_proved": kept.proved,
        "new_claimed": kept.claimed,
        "with_human": kept.talk.with_human_since,
        "worded": worded_at(kept.talk, now),
        "now": now,
    }
    next_due = _under_lease(connection, chat, _KEEP, values)
    inbox.close(connection, chat.messages, MessageState.DONE, kept.heard)
    if len(chat.messages) == inbox.TAKEN_AT_ONCE:
        wake(connection, chat.lease.id, now)
        return now
    return next_due


def worded_at(talk: Talk, now: Instant) -> Instant | None:
    """Since when the talk, left as it is now, holds what is to be deleted one day; None where it holds nothing."""
    return None if at_rest(talk) == talk else now


def put_back(connection: Connection, chat: ClaimedChat, due: Instant) -> None:
    """Ends a turn that failed: the messages stay unread and are due again; raises LeaseLost."""
    _under_lease(connection, chat, _PUT_BACK, {"due": due, "failed": chat.failures + 1})


def set_aside(connection: Connection, chat: ClaimedChat, now: Instant) -> None:
    """Ends a turn that failed too often: its messages are kept for a developer, the chat goes on; raises LeaseLost."""
    _under_lease(connection, chat, _PUT_BACK, {"due": now, "failed": 0})
    inbox.close(connection, chat.messages, MessageState.SET_ASIDE)


def _under_lease(
    connection: Connection, chat: ClaimedChat, statement: ReturningUpdate[Any], values: dict[str, Any]
) -> Instant | None:
    """When the chat is due after the statement; raises LeaseLost where it found no lease."""
    fence = {"chat": chat.lease.id, "held": chat.lease.number}
    row = connection.execute(statement, {**fence, **values}).one_or_none()
    if row is None:
        raise LeaseLost(f"chat {chat.lease.id} was taken over")
    at: Instant | None = row.due_at
    return at
