"""Masters of the salons and where they are told what changed in their day.

A code is given to one master and used once, within a week, in the chat they choose; a new code moves them to another
chat. It is as good as a key to the names of the master's clients, so it must be long and random.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from frontdesk.booking.appointments import Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Delivery
from frontdesk.outage.reply import ReplyState
from frontdesk.store.codec import Unreadable, load_reply
from frontdesk.store.columns import Moment
from frontdesk.store.once import insert_once, upsert
from frontdesk.store.tables import chats, masters, replies

CODE_LASTS = timedelta(days=7)
LINK = "staff_"
"""What a master's link carries before the code."""
MOST_LISTED = 500
MOST_NOTICES = 20


class CodeUsed(RuntimeError):
    """Somebody else was quicker with the same code: nothing of this transaction may stand."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a code was given to. `chat` is where it was used, None while it waits; `ends_at` is the last of its week."""

    code: str = field(repr=False)
    salon: str
    master: Master
    ends_at: Instant
    chat: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A master as the desk lists them. `code` waits to be used until `ends_at`, None where none does.

    `chat` and `address` are where they are told, None where nowhere yet.
    """

    salon: str
    master: Master
    code: str | None = field(repr=False)
    ends_at: Instant
    registered_at: Instant | None
    chat: int | None
    address: Address | None


@dataclass(frozen=True, slots=True)
class Told:
    """One notice: what it said, when, and how far it got. `words` is empty where they were forgotten."""

    at: Instant
    words: str
    state: ReplyState
    delivery: Delivery | None


@dataclass(frozen=True, slots=True)
class Listener:
    """A chat that is told; `master` is whose it is, None for the administrator's."""

    chat: int
    address: Address
    master: MasterId | None = None


_OF_SALON = (masters.c.salon == bindparam("at"), masters.c.master == bindparam("of"))
_BY_CODE = select(masters).where(masters.c.code == bindparam("given"))
_KNOWN = select(masters.c.code, masters.c.registered_at, masters.c.invited_at).where(*_OF_SALON)
_USE = (
    update(masters)
    .where(masters.c.code == bindparam("given"), masters.c.registered_at.is_(None))
    .values(chat=bindparam("here"), registered_at=bindparam("now", type_=Moment))
)
_LEAVE = delete(masters).where(*_OF_SALON)
_LEAVE_CHAT = delete(masters).where(masters.c.chat == bindparam("here"))
_OF_CHAT = select(masters.c.name).where(masters.c.chat == bindparam("here")).order_by(masters.c.salon, masters.c.master)
_WHERE = select(chats.c.id, chats.c.channel, chats.c.account, chats.c.user)
_LISTENERS = _WHERE.add_columns(masters.c.master).join(masters, masters.c.chat == chats.c.id)
_CHAT_AT = select(chats.c.id).where(
    chats.c.channel == bindparam("on"), chats.c.account == bindparam("of"), chats.c.user == bindparam("who")
)


def invite(connection: Connection, salon: str, master: Master, code: str, now: Instant) -> str:
    """Gives the master a code and answers with it; where an earlier one still waits, that one stays good.

    Where the master is told already, the chat stays until the new code is used.
    """
    known = connection.execute(_KNOWN, {"at": salon, "of": master.id}).one_or_none()
    if known is not None and known.registered_at is None and now < known.invited_at + CODE_LASTS:
        return str(known.code)
    row = {"salon": salon, "master": master.id, "name": master.name, "code": code, "invited_at": now}
    upsert(connection, masters, {**row, "registered_at": None})
    return code


def told(connection: Connection, salon: str) -> frozenset[MasterId]:
    """The masters of a salon that are told."""
    found = select(masters.c.master).where(masters.c.salon == salon, masters.c.chat.is_not(None))
    return frozenset(MasterId(one) for one in connection.execute(found).scalars())


def of_code(connection: Connection, code: str) -> Invited | None:
    """Whom the code was given to last; None where it was given to nobody."""
    row = connection.execute(_BY_CODE, {"given": code}).one_or_none()
    if row is None:
        return None
    used_in = row.chat if row.registered_at is not None else None
    ends_at = Instant(row.invited_at + CODE_LASTS)
    return Invited(row.code, row.salon, Master(MasterId(row.master), row.name), ends_at, used_in)


def register(connection: Connection, code: str, chat: int, now: Instant) -> None:
    """From now on the master is told in this chat; raises CodeUsed."""
    if connection.execute(_USE, {"given": code, "here": chat, "now": now}).rowcount != 1:
        raise CodeUsed("the code was used in another chat at the same moment")


def of_chat(connection: Connection, chat: int) -> str | None:
    """The name of the master who is told here; None where nobody is."""
    name: str | None = connection.execute(_OF_CHAT, {"here": chat}).scalars().first()
    return name


def listed(connection: Connection, salon: str, now: Instant) -> tuple[Standing, ...]:
    """Every master of a salon who was ever invited and did not leave, by name; at most MOST_LISTED."""
    of_chat = (chats.c.channel, chats.c.account, chats.c.user)
    found = select(masters, *of_chat).outerjoin(chats, masters.c.chat == chats.c.id).where(masters.c.salon == salon)
    ordered = found.order_by(masters.c.name, masters.c.master).limit(MOST_LISTED)
    return tuple(_standing(row, now) for row in connection.execute(ordered))


def _standing(row: Row[Any], now: Instant) -> Standing:
    ends_at = Instant(row.invited_at + CODE_LASTS)
    waits = row.registered_at is None and now < ends_at
    return Standing(
        salon=row.salon,
        master=Master(MasterId(row.master), row.name),
        code=row.code if waits else None,
        ends_at=ends_at,
        registered_at=row.registered_at,
        chat=row.chat,
        address=None if row.chat is None else Address(row.channel, row.account, row.user),
    )


def notices(connection: Connection, chat: int, limit: int = MOST_NOTICES) -> tuple[Told, ...]:
    """What was told in this chat, newest first."""
    found = select(replies).where(replies.c.chat == chat, replies.c.key.like("notice-%"))
    rows = connection.execute(found.order_by(replies.c.created_at.desc(), replies.c.id.desc()).limit(limit))
    return tuple(
        Told(
            row.created_at, _words(row.content), ReplyState(row.state), Delivery(row.delivery) if row.delivery else None
        )
        for row in rows
    )


def _words(content: str) -> str:
    try:
        return load_reply(content).text
    except Unreadable:
        return ""


def leave(connection: Connection, salon: str, master: MasterId) -> None:
    """The master does not work there any more: no notice, and no code is good."""
    connection.execute(_LEAVE, {"at": salon, "of": master})


def leave_chat(connection: Connection, chat: int) -> None:
    """Nobody is told in this chat any more."""
    connection.execute(_LEAVE_CHAT, {"here": chat})


def listeners(connection: Connection, salon: str, whose: Collection[MasterId]) -> tuple[Listener, ...]:
    """Where these masters are told."""
    found = _LISTENERS.where(masters.c.salon == salon, masters.c.master.in_(whose)).order_by(masters.c.master)
    return tuple(
        Listener(row.id, Address(row.channel, row.account, row.user), MasterId(row.master))
        for row in connection.execute(found).all()
    )


def listener_at(connection: Connection, address: Address) -> Listener:
    """The chat of this address, opened where nobody wrote there yet."""
    insert_once(connection, chats, {"channel": address.channel, "account": address.account, "user": address.user})
    key = {"on": address.channel, "of": address.account, "who": address.user}
    return Listener(connection.execute(_CHAT_AT, key).scalar_one(), address)
