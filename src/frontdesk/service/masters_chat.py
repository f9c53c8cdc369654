"""How a master comes to be told what changed in their day: a link with a code, and the chat it was opened in.

«Start» with a code registers the chat; so does the code sent as a text, for messengers whose links carry nothing but
words to send. From then on it is no client's chat, and nothing is booked from it.

In the same way somebody of the salon names the Telegram chat to which the links for signing in at the desk are sent;
that chat stays what it was.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from frontdesk.booking.appointments import Master
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import START, Tap, Text
from frontdesk.dialogue import notices
from frontdesk.dialogue.talk import Reply, Settled
from frontdesk.service.parts import Parts
from frontdesk.store import masters, sessions, users
from frontdesk.store.chats import ClaimedChat
from frontdesk.store.masters import LINK, CodeUsed
from frontdesk.store.sessions import CHAT_CODE, chat_token

_TAP = f"{START}:"
_SAID = re.compile(rf"(?P<kind>{LINK}|{CHAT_CODE})(?P<code>[\w-]{{1,58}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class MastersAnswer:
    """What is said, and what is written with it."""

    reply: Reply
    also: Callable[[Connection], None] | None = None


async def invite_masters(parts: Parts, salon: str, staff: Iterable[Master]) -> None:
    """Gives every master of a salon who is not told yet a code, and names it in the log."""
    told = await parts.store.read(partial(masters.told, salon=salon))
    for master in staff:
        if master.id not in told:
            code = await invite(parts, salon, master)
            parts.log.info("a master may register", salon=salon, master=master.name, start=f"{LINK}{code}")


async def invite(parts: Parts, salon: str, master: Master) -> str:
    """A code for this master, to be used once in the chat they want to be told in."""
    work = partial(masters.invite, salon=salon, master=master, code=parts.new_key(), now=parts.clock.now())
    return await parts.store.write(work)


def is_for_a_master(chat: ClaimedChat) -> bool:
    """Whether the messages are a master's, not a client's; what came of a client's command is always the client's."""
    if any(isinstance(message.content, Settled) for message in chat.messages):
        return False
    return chat.is_masters or _code(chat, LINK) is not None or _code(chat, CHAT_CODE) is not None


async def answered(parts: Parts, chat: ClaimedChat) -> MastersAnswer:
    """The answer to a code, to a wish to hear no more, or to anything else that a master says."""
    if (code := _code(chat, CHAT_CODE)) is not None:
        return await _to_desk_code(parts, chat, code)
    if (code := _code(chat, LINK)) is not None:
        return await _to_code(parts, chat, code)
    if any(_leaves(message.content) for message in chat.messages):
        return MastersAnswer(notices.left(), partial(masters.leave_chat, chat=chat.lease.id))
    name = await parts.store.read(partial(masters.of_chat, chat=chat.lease.id))
    return MastersAnswer(notices.working_chat(name or chat.name))


async def _to_code(parts: Parts, chat: ClaimedChat, code: str) -> MastersAnswer:
    now, here = parts.clock.now(), chat.lease.id
    invited = await parts.store.read(partial(masters.of_code, code=code))
    if invited is None:
        return MastersAnswer(notices.wrong_code())
    if invited.chat is not None:
        return MastersAnswer(notices.registered(invited.master.name) if invited.chat == here else notices.used_code())
    if now > invited.ends_at or not await parts.door.works(invited.salon, invited.master.id):
        return MastersAnswer(notices.wrong_code())
    return MastersAnswer(
        notices.registered(invited.master.name), partial(masters.register, code=code, chat=here, now=now)
    )


async def _to_desk_code(parts: Parts, chat: ClaimedChat, code: str) -> MastersAnswer:
    """Only Telegram: nowhere else are such links sent."""
    token, now = chat_token(code), parts.clock.now()
    user = await parts.store.read(partial(sessions.link_of, token=token, now=now))
    if user is None or chat.address.channel != users.TELEGRAM:
        return MastersAnswer(notices.wrong_desk_code())
    return MastersAnswer(notices.desk_chat(user.shown), partial(_tie, token=token, chat=chat.lease.id, now=now))


def _tie(connection: Connection, token: str, chat: int, now: Instant) -> None:
    user = sessions.use_link(connection, token, now)
    if user is None:
        raise CodeUsed("the code was used in another chat at the same moment")
    users.tie(connection, user.id, chat)


def _code(chat: ClaimedChat, kind: str) -> str | None:
    """The last code of this kind among the messages."""
    codes = [code for one in chat.messages if (code := _code_in(one.content, kind)) is not None]
    return codes[-1] if codes else None


def _code_in(content: object, kind: str) -> str | None:
    if isinstance(content, Tap) and content.choice.startswith(_TAP + kind):
        return content.choice.removeprefix(_TAP + kind)
    if isinstance(content, Text) and (said := _SAID.fullmatch(content.text.strip())) and said["kind"] == kind:
        return said["code"]
    return None


def _leaves(content: object) -> bool:
    if isinstance(content, Tap):
        return content.choice == notices.LEAVE
    return isinstance(content, Text) and notices.stops(content.text)
