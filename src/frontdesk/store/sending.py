"""The next message to send, as the salon wants it sent: in test mode to one chat, and nobody written to first in vain.

The switches are read in the claim itself, so what is switched at the desk holds for the very next message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, exists, select, update

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.store import replies, salon_wishes
from frontdesk.store.columns import Moment
from frontdesk.store.leases import Due
from frontdesk.store.replies import ClaimedReply, Outgoing, PairPace
from frontdesk.store.tables import chats, masters

_CHAT = select(chats.c.blocked_at, exists().where(masters.c.chat == chats.c.id).label("is_masters")).where(
    chats.c.id == bindparam("here")
)
_BLOCK = update(chats).where(chats.c.id == bindparam("here")).values(blocked_at=bindparam("now", type_=Moment))


@dataclass(frozen=True, slots=True)
class Sending:
    """A message under its lease, and what is to be sent: `outgoing` is where and what, None where it is withheld.

    `why` says why it is withheld. `diverted` where it goes to the test chat instead of to its own.
    """

    claimed: ClaimedReply
    outgoing: Outgoing | None
    why: str = ""
    diverted: bool = False


def claim(
    connection: Connection, now: Instant, until: Instant, paces: Mapping[str, PairPace], administrator: Address | None
) -> Sending | Due | None:
    """The next message that may go now, leased; `administrator` is no client, nor is a master who registered."""
    claimed = replies.claim(connection, now, until, paces)
    if not isinstance(claimed, ClaimedReply):
        return claimed
    switches = salon_wishes.read_switches(connection)
    outgoing = claimed.outgoing
    if outgoing.proactive and (why := _withheld(connection, claimed, administrator, allowed=switches.proactive)):
        return Sending(claimed, None, why)
    test = switches.test_address
    if test is None or test == outgoing.address:
        return Sending(claimed, outgoing)
    return Sending(claimed, _diverted(outgoing, test), diverted=True)


def block(connection: Connection, chat: int, now: Instant) -> None:
    """Notes that the person can't be written to; their next message takes the note away."""
    connection.execute(_BLOCK, {"here": chat, "now": now})


def _withheld(connection: Connection, claimed: ClaimedReply, administrator: Address | None, *, allowed: bool) -> str:
    chat = connection.execute(_CHAT, {"here": claimed.chat}).one()
    if chat.blocked_at is not None:
        return "the person has blocked us or left, and has not written since"
    is_clients = not chat.is_masters and claimed.outgoing.address != administrator
    return "writing to clients first is switched off" if is_clients and not allowed else ""


def _diverted(outgoing: Outgoing, test: Address) -> Outgoing:
    """The same for the test chat, with the end of the address it was meant for."""
    meant = outgoing.address
    text = f"[{meant.channel}:{meant.account} …{meant.user[-4:]}] {outgoing.reply.text}"
    return replace(outgoing, address=test, reply=replace(outgoing.reply, text=text))
