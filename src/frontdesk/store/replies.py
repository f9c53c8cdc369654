"""Outgoing messages. Their states move by `outage.REPLY` alone.

One message of a chat is under way at a time and in order, what was asked for before what was not. A chat has its own
pace (`PairPace`), an account can be paused as a whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.dialogue.talk import Reply
from frontdesk.outage.reply import REPLY, ReplyEvent, ReplyState
from frontdesk.store.codec import Unreadable, brief, dump_reply, load_reply
from frontdesk.store.columns import Moment, written_out
from frontdesk.store.leases import Due, Lease, LeaseLost
from frontdesk.store.once import insert_once, upsert
from frontdesk.store.tables import OPEN_REPLIES, UNSETTLED, chats, pauses, replies

SENDS = 2
"""So often a message is sent whose fate stays unknown: once, and once more."""


@dataclass(frozen=True, slots=True)
class PairPace:
    """How fast one chat may be written to: one message an interval, after up to `burst` at once."""

    interval: timedelta
    burst: int = 1

    def send_after(self, before: Instant | None, now: Instant) -> Instant:
        """From when the next message may go, one being sent now; `before` is what this said the last time."""
        slack = (self.burst - 1) * self.interval
        arrives = max(before + slack, now) if before else now
        return Instant(arrives + self.interval - slack)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to be sent; `key` is our own name for it, unique for good.

    `proactive` is one that nobody asked for (a reminder): it is never sent twice. `author` is whoever of the salon
    wrote it, None where the assistant did.
    """

    address: Address
    key: str
    reply: Reply
    proactive: bool = False
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimedReply:
    """A message of this chat to be sent now, under a lease."""

    lease: Lease
    chat: int
    outgoing: Outgoing
    tries: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a send: how the state moves, when something is due next, until when the account is paused.

    `message_id` is the messenger's own, by which it may report later; `refused` where the messenger does not let the
    account send at all.
    """

    event: ReplyEvent
    again: Instant
    detail: str = ""
    message_id: str | None = None
    paused_until: Instant | None = None
    refused: bool = False
    blocked: bool = False


earlier, others = replies.alias("earlier"), replies.alias("others")
_IN_ORDER = ~exists().where(
    earlier.c.chat == replies.c.chat,
    earlier.c.id < replies.c.id,
    earlier.c.proactive <= replies.c.proactive,
    written_out(earlier.c.state, *OPEN_REPLIES),
    earlier.c.state.in_((ReplyState.WAITING, ReplyState.SENDING)),
)
_PAUSED = exists().where(
    pauses.c.channel == replies.c.channel,
    pauses.c.account == replies.c.account,
    pauses.c.until > bindparam("now", type_=Moment),
)
_NEXT = (
    select(replies, chats.c.user, chats.c.send_after)
    .join(chats, chats.c.id == replies.c.chat)
    .where(
        UNSETTLED,
        replies.c.state == ReplyState.WAITING,
        replies.c.next_try_at <= bindparam("now", type_=Moment),
        (chats.c.send_after.is_(None)) | (chats.c.send_after <= bindparam("now", type_=Moment)),
        _IN_ORDER,
        ~_PAUSED,
    )
    .order_by(replies.c.proactive, replies.c.next_try_at, replies.c.id)
    .limit(1)
    .with_for_update(of=replies, skip_locked=True)
)
_CLAIM = (
    update(replies)
    .where(replies.c.id == bindparam("reply_id"))
    .values(
        lease=replies.c.lease + 1,
        lease_until=bindparam("until", type_=Moment),
        tries=replies.c.tries + 1,
        state=bindparam("becomes"),
    )
)
_PACED = update(chats).where(chats.c.id == bindparam("chat_id")).values(send_after=bindparam("after", type_=Moment))
_END = (
    update(replies)
    .where(
        replies.c.id == bindparam("reply_id"),
        replies.c.lease == bindparam("held"),
        replies.c.lease_until.is_not(None),
    )
    .values(
        lease_until=None,
        state=bindparam("becomes"),
        detail=bindparam("why"),
        cut_offs=replies.c.cut_offs + bindparam("cut"),
        next_try_at=bindparam("again", type_=Moment),
        message_id=func.coalesce(bindparam("named"), replies.c.message_id),
    )
    .returning(
        exists()
        .where(
            others.c.chat == replies.c.chat,
            written_out(others.c.state, *OPEN_REPLIES),
            others.c.state == ReplyState.WAITING,
        )
        .label("others_wait")
    )
)
_NAMED = update(replies).where(replies.c.id == bindparam("reply_id")).values(message_id=bindparam("named"))
_SILENT = (
    select(replies.c.id, replies.c.proactive, replies.c.cut_offs)
    .where(UNSETTLED, replies.c.state == ReplyState.UNKNOWN, replies.c.next_try_at <= bindparam("now", type_=Moment))
    .order_by(replies.c.next_try_at)
    .limit(100)
    .with_for_update(skip_locked=True)
)
_SET = (
    update(replies)
    .where(replies.c.id == bindparam("reply_id"))
    .values(state=bindparam("becomes"), detail=bindparam("why"))
)

_RESUME = delete(pauses).where(
    pauses.c.channel == bindparam("on"),
    pauses.c.account == bindparam("of"),
    pauses.c.until <= bindparam("now", type_=Moment),
)


def add(connection: Connection, chat: int, outgoing: Outgoing, now: Instant) -> None:
    """Queues one outgoing message."""
    row = {
        "chat": chat,
        "channel": outgoing.address.channel,
        "account": outgoing.address.account,
        "key": outgoing.key,
        "content": dump_reply(outgoing.reply),
        "proactive": outgoing.proactive,
        "author": outgoing.author,
        "state": ReplyState.WAITING,
        "created_at": now,
        "next_try_at": now,
    }
    insert_once(connection, replies, row)


def claim(
    connection: Connection, now: Instant, until: Instant, paces: Mapping[str, PairPace]
) -> ClaimedReply | Due | None:
    """The next message that may go now, leased and counted in its chat's pace (`paces` is by channel)."""
    row = connection.execute(_NEXT, {"now": now}).one_or_none()
    if row is None:
        return None
    try:
        reply = load_reply(row.content)
    except Unreadable as fault:
        becomes = REPLY.after(ReplyState(row.state), ReplyEvent.GIVEN_UP)
        connection.execute(_SET, {"reply_id": row.id, "becomes": becomes, "why": str(fault)})
        return Due(now)
    becomes = REPLY.after(ReplyState(row.state), ReplyEvent.CLAIMED)
    connection.execute(_CLAIM, {"reply_id": row.id, "until": until, "becomes": becomes})
    if pace := paces.get(row.channel):
        connection.execute(_PACED, {"chat_id": row.chat, "after": pace.send_after(row.send_after, now)})
    address = Address(row.channel, row.account, row.user)
    outgoing = Outgoing(address, row.key, reply, row.proactive)
    return ClaimedReply(Lease(row.id, row.lease + 1), row.chat, outgoing, row.tries + 1)


def move(connection: Connection, claimed: ClaimedReply, fate: Fate) -> bool:
    """Ends the claim with what happened, and says whether anything else waits to be sent to the chat.

    Raises LeaseLost.
    """
    lease = claimed.lease
    values = {
        "reply_id": lease.id,
        "held": lease.number,
        "becomes": REPLY.after(ReplyState.SENDING, fate.event),
        "why": brief(fate.detail),
        "cut": int(fate.event is ReplyEvent.CUT_OFF),
        "again": fate.again,
        "named": fate.message_id,
    }
    row = connection.execute(_END, values).one_or_none()
    if row is None:
        raise LeaseLost(f"reply {lease.id} was taken over or settled by a report")
    return bool(row.others_wait)


def name(connection: Connection, claimed: ClaimedReply, message_id: str) -> None:
    """Notes the messenger's own id where a report of it was faster than its answer."""
    connection.execute(_NAMED, {"reply_id": claimed.lease.id, "named": message_id})


def end_silence(connection: Connection, now: Instant) -> int:
    """Messages of which no word came: sent once more, but never one that nobody asked for. Says how many go again."""
    again = 0
    for row in connection.execute(_SILENT, {"now": now}).all():
        gives_up = row.proactive or row.cut_offs >= SENDS
        event = ReplyEvent.GIVEN_UP if gives_up else ReplyEvent.SILENT
        becomes = REPLY.after(ReplyState.UNKNOWN, event)
        connection.execute(_SET, {"reply_id": row.id, "becomes": becomes, "why": "no word of its delivery came"})
        again += not gives_up
    return again


def pause(connection: Connection, address: Address, until: Instant, detail: str, *, refused: bool) -> None:
    """Stops all sending from this account for a while; `detail` is for the owner's eyes.

    `refused` where the account may not send at all: that holds until a message is accepted.
    """
    row = {"channel": address.channel, "account": address.account, "until": until, "detail": brief(detail)}
    upsert(connection, pauses, row | {"refused": True} if refused else row)


def resume(connection: Connection, address: Address, now: Instant) -> None:
    """A message of this account was accepted: a pause that is over leaves no trace, one that runs stays."""
    connection.execute(_RESUME, {"on": address.channel, "of": address.account, "now": now})
